/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of a list, first, second and so on, of which each tells which letter stands at it. A list of letters makes
 * a new row for each letter that comes, and a key in the search brings many: over this model the rows stay, and say
 * something else. Whoever shows a place listens to its "notify::letter", told also when the same letter comes to stand
 * at it again. Main thread. */
#pragma once

#include <gio/gio.h>

#include "archive/queue.h"

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_PLACE (acc_queue_place_get_type ())
G_DECLARE_FINAL_TYPE (AccQueuePlace, acc_queue_place, ACC, QUEUE_PLACE, GObject)

AccQueueItem *acc_queue_place_get_letter (AccQueuePlace *self); /* lent */

#define ACC_TYPE_QUEUE_PLACES (acc_queue_places_get_type ())
G_DECLARE_FINAL_TYPE (AccQueuePlaces, acc_queue_places, ACC, QUEUE_PLACES, GObject)

/* A GListModel of AccQueuePlace, as many as @letters, a GListModel of AccQueueItem, has. */
void acc_queue_places_set_letters (AccQueuePlaces *self, GListModel *letters);

G_END_DECLS
