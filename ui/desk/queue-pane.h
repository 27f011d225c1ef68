/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters at the desk: a list over a filter by state, an order, and one selection. Emits "letter-chosen" (number)
 * when the person chooses another letter, never when the list only changes. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_PANE (acc_queue_pane_get_type ())
G_DECLARE_FINAL_TYPE (AccQueuePane, acc_queue_pane, ACC, QUEUE_PANE, GtkWidget)

/* @banker: whose letters "Mine" are; NULL empties the pane. */
void acc_queue_pane_set_banker (AccQueuePane *self, const char *banker);

/* Brings the list to @items (of AccQueueItem): what has not changed stays as it is, and where it is. */
void acc_queue_pane_set_items (AccQueuePane *self, GPtrArray *items);

/* A sentence above the list; NULL for none. */
void acc_queue_pane_set_problem (AccQueuePane *self, const char *problem);

/* Chooses the first letter, the next (+1) or the one before (-1). FALSE if there is none. */
gboolean acc_queue_pane_choose_first (AccQueuePane *self);
gboolean acc_queue_pane_step (AccQueuePane *self, int step);

/* The focus goes to the list, or to the filters where it is empty. */
void acc_queue_pane_take_focus (AccQueuePane *self);

/* The letter that was chosen last; "" for none. */
const char *acc_queue_pane_get_chosen (AccQueuePane *self);

G_END_DECLS
