/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Above the queue: that clients ask for something with the codes of their slips, and for each what, and the answers that
 * can be given. Not there while nobody asks. Emits "answered" (letter's number, AccRequestAnswer). Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "inbox/slip.h"

G_BEGIN_DECLS

#define ACC_TYPE_REQUEST_STRIP (acc_request_strip_get_type ())
G_DECLARE_FINAL_TYPE (AccRequestStrip, acc_request_strip, ACC, REQUEST_STRIP, GtkWidget)

/* The open requests, of AccSlip; @manager: whether the banker may erase. */
void acc_request_strip_set_requests (AccRequestStrip *self, GPtrArray *requests, gboolean manager);

/* The one on letter @number; lent. NULL if there is none. */
const AccSlip *acc_request_strip_find (AccRequestStrip *self, const char *number);

/* What came of the last answer, to be read as long as nothing else is said; NULL: nothing. */
void acc_request_strip_set_note (AccRequestStrip *self, const char *sentence);
void acc_request_strip_set_busy (AccRequestStrip *self, gboolean busy);

G_END_DECLS
