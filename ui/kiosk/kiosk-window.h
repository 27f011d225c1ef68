/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's window: one client's letter after the other, or, where it could not be kept, why. A client's page is made
 * anew after sending or starting again, and nothing of the last one is left in it.
 * Actions for staff: kiosk.look-again, kiosk.staff (their page, over whatever is shown). Emits "ending" (int: the program's
 * exit status) when staff end it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/letter-page.h"

G_BEGIN_DECLS

#define ACC_TYPE_KIOSK_WINDOW (acc_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (AccKioskWindow, acc_kiosk_window, ACC, KIOSK_WINDOW, GtkApplicationWindow)

/* @application may be NULL in a test. Opens the store at once; until it is open nothing can be written. @station is the
 * store's, opening since before there was a window, or NULL. */
AccKioskWindow *acc_kiosk_window_new (GtkApplication *application, const char *store_dir, AccStation *station)
  G_GNUC_WARN_UNUSED_RESULT;

/* Lays the window out for @width by @height pixels, as kiosk/layout.h says. It follows its surface by itself, and the text
 * size too. */
void acc_kiosk_window_set_room (AccKioskWindow *self, int width, int height);

/* The present client's letter. Lent; NULL while the kiosk is out of service. */
AccLetterPage *acc_kiosk_window_get_page (AccKioskWindow *self);

G_END_DECLS
