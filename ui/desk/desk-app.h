/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk's program: options, look, one window. Started a second time, it raises the first. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_DESK_APP (acc_desk_app_get_type ())
G_DECLARE_FINAL_TYPE (AccDeskApp, acc_desk_app, ACC, DESK_APP, GtkApplication)

AccDeskApp *acc_desk_app_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Registers resources and loads the look; for the program and for tests that open a window themselves. */
void acc_desk_app_load_look (GdkDisplay *display);

G_END_DECLS
