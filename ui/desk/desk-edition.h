/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's verbs on editions of a letter: set on the paper's thread, kept and read on the store's. Results arrive in the
 * main context only. */
#pragma once

#include "archive/documents.h"
#include "desk/desk-session.h"
#include "review/decision.h"

G_BEGIN_DECLS

/* The decision by which an edition without some words is what leaves; NULL where the original is. Lent. */
const AccDecision *acc_desk_edition_find_black_out (AccDeskLetter *letter);

/* The edition @kind of @letter: in large print, made and kept where there is none yet; or blacked out, if that is what leaves.
 * ACC_ERROR_NOT_FOUND where the letter has none. */
void acc_desk_session_read_edition_async (AccDeskSession *self, AccDeskLetter *letter, AccDocumentKind kind,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GBytes *acc_desk_session_read_edition_finish (AccDeskSession *self, GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @passages (acc_passages_new; NULL: none, back to the original) out of what leaves, for @order's reason, claiming the
 * letter first where it is nobody's. Takes @order. The letter as it is then: acc_desk_session_letter_finish. */
void acc_desk_session_black_out_async (AccDeskSession *self, AccDeskOrder *order, GArray *passages,
                                       GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
