/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A banker's session on one store folder. Owns both stores, the keys, the directory, the letterhead, and the two
 * threads: every call on the stores runs on the store's thread, covers are written on the paper's.
 *
 * Each verb has a synchronous body, for tests and for the thread itself, and an asynchronous pair for the main thread;
 * results arrive in the main context only. Emits "stores-changed" when somebody else may have changed the stores, and
 * "history-read" when every letter has been read once, so that what is known of earlier letters is all there is. */
#pragma once

#include "archive/queue-reader.h"
#include "base/worker.h"
#include "desk/desk-letter.h"
#include "letter/handover-watch.h"
#include "paper/letterhead.h"
#include "review/states.h"
#include "route/plan.h"

G_BEGIN_DECLS

#define ACC_TYPE_DESK_SESSION (acc_desk_session_get_type ())
G_DECLARE_FINAL_TYPE (AccDeskSession, acc_desk_session, ACC, DESK_SESSION, GObject)

/* @store_dir NULL: there is none, and every verb says so. */
AccDeskSession *acc_desk_session_new (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;

AccWorker *acc_desk_session_get_paper (AccDeskSession *self);

/* The branch before anybody has signed in: its name, its letterhead, who may sign in. Main thread, after look_up. */
const char *acc_desk_session_get_branch (AccDeskSession *self);
AccLetterhead *acc_desk_session_get_letterhead (AccDeskSession *self);
const char *const *acc_desk_session_get_bankers (AccDeskSession *self);

gboolean acc_desk_session_look_up (AccDeskSession *self, GError **error);
void acc_desk_session_look_up_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data);
gboolean acc_desk_session_look_up_finish (AccDeskSession *self, GAsyncResult *result, GError **error);

/* Who is signed in: lent until the sign-out; NULL for nobody. Main thread. */
const AccBanker *acc_desk_session_get_banker (AccDeskSession *self);
gboolean acc_desk_session_get_disclose (AccDeskSession *self); /* integrity.second_approver=disclose */
guint acc_desk_session_get_lock_minutes (AccDeskSession *self); /* desk.lock */
guint acc_desk_session_get_wait_hours (AccDeskSession *self); /* desk.wait */
const char *acc_desk_session_get_languages (AccDeskSession *self); /* branch.languages */
guint acc_desk_session_get_pair_limit (AccDeskSession *self); /* integrity.pair_limit */
guint acc_desk_session_get_pair_days (AccDeskSession *self); /* integrity.pair_days */
guint acc_desk_session_get_directory_refresh (AccDeskSession *self); /* directory.refresh, in days */

/* Through which a prepared letter goes to the kiosk. */
AccHandoverWatch *acc_desk_session_new_handover_watch (AccDeskSession *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean acc_desk_session_sign_in (AccDeskSession *self, const char *banker, const char *passphrase, GError **error);
void acc_desk_session_sign_in_async (AccDeskSession *self, const char *banker, const char *passphrase,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean acc_desk_session_sign_in_finish (AccDeskSession *self, GAsyncResult *result, GError **error);

/* Drops the keys: of what is due, approved bytes alone go on. What is still queued for the store's thread finds nobody signed in. */
void acc_desk_session_sign_out (AccDeskSession *self);

/* What refreshing found. */
typedef struct {
  AccQueuePart *queue;     /* its next part: what has changed, or had not been read yet (desk-search.h) */
  GPtrArray *requests;     /* what clients ask for, of AccSlip; NULL: it could not be read */
  guint n_taken;           /* letters that came in just now */
  guint n_held;            /* … or earlier, and whose PDF does not say what the record says */
  guint n_unread;          /* … and whose PDF this machine cannot read back: whoever opens one is told why */
  char unread[37];         /* the number of the last of them; "": none */
  gboolean unfinished;     /* more are to be read back, or more slips to be told: "stores-changed" follows */
  char *problem;           /* why a letter could not come in, sentences; NULL: all did */
  AccDirectory *directory; /* the newest */
} AccDeskNews;
void acc_desk_news_free (AccDeskNews *news);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeskNews, acc_desk_news_free)

/* Takes letters in where the stores have changed or @force asks for it, and reads the queue on. */
AccDeskNews *acc_desk_session_refresh (AccDeskSession *self, gboolean force, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_refresh_async (AccDeskSession *self, gboolean force, GAsyncReadyCallback callback, gpointer data);
AccDeskNews *acc_desk_session_refresh_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

AccDeskLetter *acc_desk_session_open_letter (AccDeskSession *self, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_open_letter_async (AccDeskSession *self, const char *number, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);

/* What the banker has made of a letter: values only, copied from the review. */
typedef struct {
  AccDeskLetter *letter;
  AccBanker *banker;   /* who was signed in when the order was given */
  AccPlan *plan;       /* NULL where only a move is meant */
  GStrv paragraphs;    /* one for each recipient of the plan */
  AccMove move;        /* for decide */
  char *reason;        /* or NULL */
  AccNamed named;      /* whether the letter names the banker; where disclosed, the covers say so */
  AccLetterhead *letterhead; /* what the branch wrote on then: a sign-out may replace the session's meanwhile */
  char *branch;
} AccDeskOrder;
AccDeskOrder *acc_desk_order_new (AccDeskSession *session, AccDeskLetter *letter, AccMove move)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_order_free (AccDeskOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeskOrder, acc_desk_order_free)

/* Makes the move of @order, claiming the letter first where the table asks for it; gives the letter as it is then. */
AccDeskLetter *acc_desk_session_decide (AccDeskSession *self, const AccDeskOrder *order, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_decide_async (AccDeskSession *self, AccDeskOrder *order, GAsyncReadyCallback callback,
                                    gpointer data);

/* A paragraph from facts for each recipient of the plan. */
GStrv acc_desk_session_propose (AccDeskSession *self, const AccDeskOrder *order, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_propose_async (AccDeskSession *self, AccDeskOrder *order, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
GStrv acc_desk_session_propose_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* The covers as PDFs, a GArray of AccCoverDone: written before anything is decided, so that one that cannot be written
 * changes nothing. The paper's thread. */
GArray *acc_desk_session_write_covers (AccDeskSession *self, const AccDeskOrder *order, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Approves where that is still to do, prepares the deliveries and hands them over; @covers from write_covers, or NULL
 * where the deliveries are prepared already. After a failure the letter may be approved: open it again. */
AccDeskLetter *acc_desk_session_route (AccDeskSession *self, const AccDeskOrder *order, GArray *covers, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_route_async (AccDeskSession *self, AccDeskOrder *order, GAsyncReadyCallback callback,
                                   gpointer data);

/* For open_letter, decide and route. These and refresh fail with ACC_ERROR_PASSPHRASE where the branch has a new key and
 * the banker must sign in again. */
AccDeskLetter *acc_desk_session_letter_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
