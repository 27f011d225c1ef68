/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a banker prepares a letter for a client: whom it is for goes to the kiosk, and what becomes of it there is said.
 * What waits there outlasts the banker's session, but not the desk. Emits "closed", and "news" (a sentence) when what
 * waited waits no more. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/handover-watch.h"
#include "staff/directory.h"

G_BEGIN_DECLS

#define ACC_TYPE_PREPARE_PAGE (acc_prepare_page_get_type ())
G_DECLARE_FINAL_TYPE (AccPreparePage, acc_prepare_page, ACC, PREPARE_PAGE, GtkWidget)

/* Through which it goes; once. */
void acc_prepare_page_set_watch (AccPreparePage *self, AccHandoverWatch *watch);

/* Begins with empty fields; @directory, in which people are found, may be NULL. */
void acc_prepare_page_begin (AccPreparePage *self, AccDirectory *directory);

/* Forgets what was typed, and the directory. */
void acc_prepare_page_end (AccPreparePage *self);

gboolean acc_prepare_page_is_waiting (AccPreparePage *self); /* something is at the kiosk */

G_END_DECLS
