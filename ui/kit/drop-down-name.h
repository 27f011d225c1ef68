/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen reader says of a drop-down: GTK 4.8 gives the focus to a button inside, which has no name of its own.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says "@label: what is chosen" from now on, of a drop-down of strings. */
void acc_drop_down_name (GtkDropDown *drop_down, const char *label);

G_END_DECLS
