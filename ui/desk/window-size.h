/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size in which a window was left, for the next time: in this user's state folder, and nothing else about anybody.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @window the size kept in @file, or @width × @height pixels where none is; then keeps its size there, soon after each
 * change. What cannot be kept is forgotten. */
void acc_window_size_remember (GtkWindow *window, const char *file, int width, int height);

/* Where @program keeps it: $XDG_STATE_HOME/accolade/PROGRAM.conf */
char *acc_window_size_dup_file (const char *program) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
