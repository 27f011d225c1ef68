/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where nothing is written yet, GTK puts the caret on the side from which the plugged-in keyboard writes, and the finger on the
 * screen has none. The caret waits where the language of the page begins. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As long as @entry lives. */
void acc_entry_side_watch (GtkEntry *entry);

G_END_DECLS
