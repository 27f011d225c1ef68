/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The environment that the kiosk runs in: whoever can set a variable before it starts must not load code into it, open
 * GTK's debugger or change its look by that. Main thread, first thing in main. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keeps the variables of one list and forgets all others; if there were others, starts this program anew without them,
 * since the dynamic linker and the libraries' own beginnings may have read them before main, and does not come back.
 * What is run from the build tree is being tested, and keeps what its tests are made with too. */
void acc_launch (char **argv);

G_END_DECLS
