/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a program that has a window ends when the machine asks it to. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on SIGTERM, SIGINT and SIGHUP destroy @application's window, which then forgets what must not be left behind, or
 * quit where there is none. Needed once, at start-up. */
void acc_ending_watch (GtkApplication *application);

G_END_DECLS
