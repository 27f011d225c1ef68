/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's verbs on receipts: who was heard from, and what of it the client is told. On the store's thread; results arrive in
 * the main context only. */
#pragma once

#include "desk/desk-session.h"
#include "route/receipts.h"
#include "route/replies.h"

G_BEGIN_DECLS

/* The main thread: records @heard, copied, of letter @number, and tells the client's slip where the letter has arrived. The
 * letter as it is then: acc_desk_session_letter_finish. */
void acc_desk_session_record_receipt_async (AccDeskSession *self, const char *number, const AccHeard *heard,
                                            GAsyncReadyCallback callback, gpointer data);

/* What of receipt @sequence of letter @number may be told to its client; then, that they were told (letter_finish). */
void acc_desk_session_open_passing_async (AccDeskSession *self, const char *number, guint sequence,
                                          GAsyncReadyCallback callback, gpointer data);
AccPassing *acc_desk_session_open_passing_finish (AccDeskSession *self, GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_pass_on_async (AccDeskSession *self, const char *number, guint sequence,
                                     GAsyncReadyCallback callback, gpointer data);

/* Main thread: reads who has answered by mail ([mail] replies). NULL where that is not set up, or with @error. */
void acc_desk_session_read_replies_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data);
AccReplies *acc_desk_session_read_replies_finish (AccDeskSession *self, GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
