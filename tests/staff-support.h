/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff at a kiosk: their code and their page. Main thread. */
#pragma once

#include "kiosk-support.h"
#include "kiosk/staff-page.h"

#define STAFF_CODE "20261122"

/* A configuration with that code, put into a kiosk's folder. */
void add_code (const char *store_dir);

AccStaffPage *find_staff (GtkWidget *window); /* lent; NULL while it is not asked for */
gboolean is_open (gpointer window);           /* the page, behind its code */
gboolean is_refused (gpointer window);        /* a code */
gboolean is_checked (gpointer window);        /* the check has ended, and all may be done again */

/* The page and its code; a digit after the other; both, and the check that follows. */
void ask_for_staff (Kiosk *kiosk);
void type_code (Kiosk *kiosk, const char *code);
void open_staff (Kiosk *kiosk);

/* The button of template id @id, which must be sensitive. */
void press (Kiosk *kiosk, const char *id);
