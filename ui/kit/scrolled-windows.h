/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GTK 4.8's scrolled windows leave behind, and what they hold fast. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkScrolledWindow of GTK 4.8 watches the settings from realize on, and takes back another handler than it has
 * connected: each one leaves 150 bytes for good, and a handler that would be called with what is freed. From now on that
 * handler goes whenever one is unrealized, wherever it was made.
 *
 * One that is not focusable holds Tab fast at the last thing in it, since it takes the focus for its child again: from now
 * on the focus goes on to what comes after it. Needed once a program; repeatable. */
void acc_scrolled_windows_mend (void);

G_END_DECLS
