/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's verbs on deliveries of which nothing was heard: which they are, and the next level. Read and kept on the store's
 * thread, covers set on the paper's; results arrive in the main context only. */
#pragma once

#include "desk/desk-session.h"
#include "route/next-cover.h"
#include "route/silences.h"

G_BEGIN_DECLS

/* Main thread: those of [desk] receipt_days and longer, GPtrArray of AccSilence, which nobody changes any more. *@due: when the
 * next one joins them, microseconds since 1970; 0: never, or it is not known. */
void acc_desk_session_list_silences_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data);
GPtrArray *acc_desk_session_list_silences_finish (AccDeskSession *self, GAsyncResult *result, gint64 *due,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One more recipient, with what is proposed to write to them. Counted; nobody changes it any more. */
typedef struct {
  AccDeskLetter *letter;
  guint position; /* of whom nothing was heard */
  AccNextLevel *level;
  const AccRecipient *recipient; /* its; NULL: there is nobody */
  const char *sentence;          /* its */
  AccNextCover *cover;
} AccDeskNext;
AccDeskNext *acc_desk_next_ref (AccDeskNext *next);
void acc_desk_next_unref (gpointer next);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeskNext, acc_desk_next_unref)

/* After delivery @position of letter @number. */
void acc_desk_session_open_next_async (AccDeskSession *self, const char *number, guint position,
                                       GAsyncReadyCallback callback, gpointer data);
AccDeskNext *acc_desk_session_open_next_finish (AccDeskSession *self, GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sends the letter there as well, with @paragraph as its cover. @named: whether the letter names the banker. The letter as it is
 * then: acc_desk_session_letter_finish. */
void acc_desk_session_send_next_async (AccDeskSession *self, AccDeskNext *next, const char *paragraph, AccNamed named,
                                       GAsyncReadyCallback callback, gpointer data);

/* Asks nobody further about delivery @position: letter_finish. */
void acc_desk_session_leave_silence_async (AccDeskSession *self, const char *number, guint position,
                                           GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
