/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever writes sees what they write: where the room for a page becomes less, as when a sentence appears below it, what has
 * the focus would be left behind. GTK's viewport follows the focus only when it goes to another widget. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on what has the focus in @scroller, a page higher than its room, stays in view when that room changes. */
void acc_focus_in_view_keep (GtkScrolledWindow *scroller);

G_END_DECLS
