/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One letter in the queue: whom it is for, from whom, how old, who works on it, whether it waits too long; where it was
 * searched for, what fits. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "archive/search-words.h"
#include "desk/queue-chips.h"

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_ROW (acc_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (AccQueueRow, acc_queue_row, ACC, QUEUE_ROW, GtkWidget)

/* Shows @item (NULL: none), as of now. @question NULL: nobody searches; else its words are marked, and @passage is what fits
 * in the story ("": nothing). */
void acc_queue_row_show (AccQueueRow *self, AccQueueItem *item, const AccChipView *view, AccSearchQuestion *question,
                         const char *passage);

AccQueueItem *acc_queue_row_get_item (AccQueueRow *self); /* lent, or NULL */

G_END_DECLS
