/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recipient's message, to be told to the client: how to reach them, and what was said. The banker rings or writes; nothing is
 * sent from here. Emits "passed-on" or "closed". Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "route/receipts.h"

G_BEGIN_DECLS

#define ACC_TYPE_PASS_PANEL (acc_pass_panel_get_type ())
G_DECLARE_FINAL_TYPE (AccPassPanel, acc_pass_panel, ACC, PASS_PANEL, GtkWidget)

/* Of receipt @sequence. The focus is on the button that copies. */
void acc_pass_panel_begin (AccPassPanel *self, const AccPassing *passing, guint sequence);
guint acc_pass_panel_get_sequence (AccPassPanel *self);

/* Forgets contact and message: the panel is on the screen no more. */
void acc_pass_panel_end (AccPassPanel *self);

G_END_DECLS
