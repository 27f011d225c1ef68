/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Over the client's page, behind the kiosk's exit code: what staff may do at the kiosk. Left alone for a minute it goes by
 * itself. Actions: staff.leave, staff.check, staff.assist, staff.close, staff.open, staff.restart, staff.shut-down.
 *
 * Emits "left" when the client's page is to be seen again, "assist" when there shall be no hurry for the client there,
 * "service-changed" when staff have closed or opened the kiosk, and "ending" (int: the program's exit status) when it is
 * to end. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "base/worker.h"
#include "kiosk/layout.h"
#include "paper/letterhead.h"

G_BEGIN_DECLS

/* What the program's session is told at its end: begin again, or switch the machine off. */
#define ACC_END_RESTART 0
#define ACC_END_SHUT_DOWN 10

#define ACC_TYPE_STAFF_PAGE (acc_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (AccStaffPage, acc_staff_page, ACC, STAFF_PAGE, GtkWidget)

/* Asks for the code of the kiosk whose store is @store_dir. @letterhead: NULL if it is not known. What takes time runs on
 * @worker, the paper's. */
GtkWidget *acc_staff_page_new (const char *store_dir, AccLetterhead *letterhead,
                               AccWorker *worker) G_GNUC_WARN_UNUSED_RESULT;

/* On a low or broad screen, what has been checked stands beside what may be done. */
void acc_staff_page_set_layout (AccStaffPage *self, const AccLayout *layout);

/* Puts the focus where the page begins; once it is in its window. */
void acc_staff_page_enter (AccStaffPage *self);

gboolean acc_staff_page_is_open (AccStaffPage *self); /* the code has been right */

G_END_DECLS
