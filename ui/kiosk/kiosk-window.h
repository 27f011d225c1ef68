/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's window: head with the way, the step's page beside the paper, Back and Next at the foot. It owns
 * the form of one client and forgets it whole: after sending or starting again the pages are made anew.
 * Actions: letter.next, letter.back, letter.start-again, letter.send, letter.finish and three for reading. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/station.h"
#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_TYPE_KIOSK_WINDOW (acc_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (AccKioskWindow, acc_kiosk_window, ACC, KIOSK_WINDOW, GtkApplicationWindow)

/* @application may be NULL in a test. Opens the store at once; until it is open nothing can be written. */
AccKioskWindow *acc_kiosk_window_new (GtkApplication *application, const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;

/* Lays the window out for @width by @height pixels, as kiosk/layout.h says. It follows its surface by itself, and the text
 * size too. */
void acc_kiosk_window_set_room (AccKioskWindow *self, int width, int height);

/* For tests: what is shown. Lent; NULL until the store is open, and before the letter is ready to be read. */
AccStep acc_kiosk_window_get_step (AccKioskWindow *self);
AccForm *acc_kiosk_window_get_form (AccKioskWindow *self);
AccReadyLetter *acc_kiosk_window_get_ready (AccKioskWindow *self);
gboolean acc_kiosk_window_is_in_service (AccKioskWindow *self);

G_END_DECLS
