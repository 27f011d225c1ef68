/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kiosk shows instead of capturing what it could not keep: to clients in a sentence, to staff why. Its
 * button is the action kiosk.look-again. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "paper/letterhead.h"

G_BEGIN_DECLS

#define ACC_TYPE_OUT_OF_SERVICE (acc_out_of_service_get_type ())
G_DECLARE_FINAL_TYPE (AccOutOfService, acc_out_of_service, ACC, OUT_OF_SERVICE, GtkWidget)

/* @reason: a sentence. @letterhead: NULL if it is not known. */
GtkWidget *acc_out_of_service_new (const char *reason, AccLetterhead *letterhead) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
