/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, one below the other, in a row of the queue. The first two children share the first line: the second is as wide
 * as it asks for, the first gets the rest. Every other child is as wide as the row.
 *
 * A label that may be cut short is not asked for its width, since it takes what it gets. A list asks each of its rows
 * again whenever one of them says something else, and Pango has to lay a text out twice to tell its widths. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_ROW_LAYOUT (acc_queue_row_layout_get_type ())
G_DECLARE_FINAL_TYPE (AccQueueRowLayout, acc_queue_row_layout, ACC, QUEUE_ROW_LAYOUT, GtkLayoutManager)

G_END_DECLS
