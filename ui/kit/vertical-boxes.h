/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK 4.8 asks how wide a column of widgets must be for the height that it has, and tries one width after the other. Where one
 * of them grows with its width, as a place to sign does, no width will do, and the window stands still for good. Nothing here
 * is measured that way round: a column is as high as its width asks for. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For every column of the program; once is enough. */
void acc_vertical_boxes_mend (void);

G_END_DECLS
