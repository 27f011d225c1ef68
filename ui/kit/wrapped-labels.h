/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How GTK measures labels that wrap. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkStack asks how wide its child must be for the height that it has. A label that wraps then asks for so much width that
 * it needs no more than its share of that height, and its page is laid out wider than the screen, where it should be
 * scrolled. From now on a label's width follows from its words alone. Needed once a program; repeatable. */
void acc_wrapped_labels_mend (void);

G_END_DECLS
