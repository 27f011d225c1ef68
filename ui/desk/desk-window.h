/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banker's window: sign-in, then queue, letter and decision side by side. Owns the drafts; every verb is an action
 * ("review.claim", "desk.sign-out") whose sensitivity one function derives. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-session.h"

G_BEGIN_DECLS

#define ACC_TYPE_DESK_WINDOW (acc_desk_window_get_type ())
G_DECLARE_FINAL_TYPE (AccDeskWindow, acc_desk_window, ACC, DESK_WINDOW, GtkApplicationWindow)

/* @application may be NULL. */
AccDeskWindow *acc_desk_window_new (GtkApplication *application, AccDeskSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
