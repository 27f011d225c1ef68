/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a pixel is in the world. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pixels a millimetre of a monitor of @width by @height pixels that says it is so many millimetres. Where it says what
 * cannot be (projectors and cheap panels do), the 96 pixels an inch that everybody takes for granted. Pure. */
double acc_real_size_for (int width, int height, int width_mm, int height_mm);

/* … of the monitor that @widget, which is realized, stands on. */
double acc_real_size_of (GtkWidget *widget);

G_END_DECLS
