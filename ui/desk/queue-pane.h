/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters at the desk: a search, filters by state, an order, and one selection over them. Emits "letter-chosen" (number)
 * when the person chooses another letter, never when the list only changes. While somebody searches, the list holds what
 * fits, best first, and the filters count that. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "archive/queue-reader.h"
#include "desk/desk-session.h"

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_PANE (acc_queue_pane_get_type ())
G_DECLARE_FINAL_TYPE (AccQueuePane, acc_queue_pane, ACC, QUEUE_PANE, GtkWidget)

/* Empties the pane; then it shows the letters to whoever is signed in to @session. NULL: to nobody. */
void acc_queue_pane_set_session (AccQueuePane *self, AccDeskSession *session);

/* Takes what was read of the queue: new letters come in, changed ones take the place of what they were, and all others stay
 * as and where they are. */
void acc_queue_pane_take_part (AccQueuePane *self, const AccQueuePart *part);

/* Whom those letters thank that wait for the branch: a text for each letter, several names parted by commas. */
GStrv acc_queue_pane_list_waiting (AccQueuePane *self) G_GNUC_WARN_UNUSED_RESULT;

/* Marks the letters of @silences (of AccSilence; NULL: none), of which nothing was heard: they rise, and have a filter. */
void acc_queue_pane_set_silences (AccQueuePane *self, GPtrArray *silences);

/* A sentence above the list; NULL for none. */
void acc_queue_pane_set_problem (AccQueuePane *self, const char *problem);

/* Chooses the first letter, the next (+1) or the one before (-1). FALSE if there is none. */
gboolean acc_queue_pane_choose_first (AccQueuePane *self);
gboolean acc_queue_pane_step (AccQueuePane *self, int step);

/* The focus goes to the list, or to the filters where it is empty. */
void acc_queue_pane_take_focus (AccQueuePane *self);

/* The focus goes to the search, and what stands there is selected. */
void acc_queue_pane_begin_search (AccQueuePane *self);

/* The letter that was chosen last; "" for none. */
const char *acc_queue_pane_get_chosen (AccQueuePane *self);

G_END_DECLS
