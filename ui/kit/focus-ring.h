/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring round what has the focus stays for as long as keys are used: GTK takes it away three seconds after the last one,
 * and who reads slowly would not know any more where they are (WCAG 2.2, 2.4.7). Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For all of @window's life: from a key on it is there, until somebody touches the window or points at something. */
void acc_focus_ring_keep (GtkWindow *window);

G_END_DECLS
