/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many seconds are left: a large figure with its word, for the eye each second; for assistive technology a status
 * that says it politely now and then. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_COUNTDOWN (acc_countdown_get_type ())
G_DECLARE_FINAL_TYPE (AccCountdown, acc_countdown, ACC, COUNTDOWN, GtkWidget)

GtkWidget *acc_countdown_new (void) G_GNUC_WARN_UNUSED_RESULT;

void acc_countdown_set_seconds (AccCountdown *self, guint seconds);

G_END_DECLS
