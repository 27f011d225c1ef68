/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GTK brings along that a client in public must not meet: its debugger, menus, the emoji chooser, chords nobody asked
 * for, text dragged about, a window that closes. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Locks @window and every field in it, whenever it comes to be; each is locked when it first takes the focus. The window
 * stays until it is destroyed. */
void acc_locked_window (GtkWindow *window);

G_END_DECLS
