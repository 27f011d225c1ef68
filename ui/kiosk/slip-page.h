/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For a client who comes back with the code of a slip: type the code, see in a sentence where the letter is, take it back
 * or have it erased. Each client's page is a new one, and the code is gone with it. Emits "changed" when something was
 * shown or done, and "finished" when the client leaves. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/station.h"

G_BEGIN_DECLS

#define ACC_TYPE_SLIP_PAGE (acc_slip_page_get_type ())
G_DECLARE_FINAL_TYPE (AccSlipPage, acc_slip_page, ACC, SLIP_PAGE, GtkWidget)

/* @station is open. Its questions are asked in the AccAsk that it lies in. */
GtkWidget *acc_slip_page_new (AccStation *station) G_GNUC_WARN_UNUSED_RESULT;

/* Puts the focus where the code is typed; once it is in its window. */
void acc_slip_page_enter (AccSlipPage *self);

G_END_DECLS
