/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: options, one window. A second copy raises the first one's window. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_KIOSK_APP (acc_kiosk_app_get_type ())
G_DECLARE_FINAL_TYPE (AccKioskApp, acc_kiosk_app, ACC, KIOSK_APP, GtkApplication)

AccKioskApp *acc_kiosk_app_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* After it has run: the exit status that staff have chosen (kiosk/staff-page.h), else 0. */
int acc_kiosk_app_get_end (AccKioskApp *self);

/* Registers the resources and types that the kiosk's windows are made of; for tests, which have no program. */
void acc_kiosk_init (void);

G_END_DECLS
