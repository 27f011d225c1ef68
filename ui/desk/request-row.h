/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request of a client: on which letter, what, and a button for each answer that makes sense. Emits "answered"
 * (AccRequestAnswer). Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "inbox/slip.h"

G_BEGIN_DECLS

#define ACC_TYPE_REQUEST_ROW (acc_request_row_get_type ())
G_DECLARE_FINAL_TYPE (AccRequestRow, acc_request_row, ACC, REQUEST_ROW, GtkWidget)

GtkWidget *acc_request_row_new (const AccSlip *slip, gboolean manager) G_GNUC_WARN_UNUSED_RESULT;

const char *acc_request_row_get_number (AccRequestRow *self);

G_END_DECLS
