/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One letter in the queue: whom it is for, from whom, how old, who works on it. Its labels read its item's properties.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_ROW (acc_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (AccQueueRow, acc_queue_row, ACC, QUEUE_ROW, GtkWidget)

G_END_DECLS
