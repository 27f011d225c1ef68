/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What clients ask for with the codes of their slips, in a banker's session: carrying it out, or answering that it cannot
 * be. Main thread; the work is done on the store's. */
#pragma once

#include "desk/desk-session.h"
#include "inbox/slip.h"

G_BEGIN_DECLS

/* Answers the open request of @slip. ACC_ANSWER_DONE does it: the letter is withdrawn, or erased, whose receipt goes into
 * the banker's documents. Gives a sentence on what was done. */
char *acc_desk_session_answer (AccDeskSession *self, const AccSlip *slip, AccRequestAnswer answer, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_answer_async (AccDeskSession *self, const AccSlip *slip, AccRequestAnswer answer,
                                    GAsyncReadyCallback callback, gpointer data);
char *acc_desk_session_answer_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
