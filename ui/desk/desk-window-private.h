/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the window: its parts, shared by the window itself, the letter that is open, and the steps taken on it. */
#pragma once

#include "desk/decision-pane.h"
#include "desk/desk-lock.h"
#include "desk/desk-window.h"
#include "desk/directory-page.h"
#include "desk/letter-pane.h"
#include "desk/notebook-page.h"
#include "desk/prepare-page.h"
#include "desk/queue-pane.h"
#include "desk/shortcuts-page.h"
#include "desk/shortcuts.h"
#include "desk/request-strip.h"
#include "desk/sign-in-page.h"
#include "kit/ask.h"

G_BEGIN_DECLS

struct _AccDeskWindow {
  GtkApplicationWindow parent;
  GtkWidget *ask, *toast, *toast_text, *toast_undo, *shortcuts, *pages, *sign_in, *emblem, *who;
  GtkWidget *requests, *queue, *work, *letter, *decision;
  GtkWidget *prepare, *prepare_button, *staff, *notebook;

  AccDeskSession *session;
  AccDeskLock *lock;
  GSimpleActionGroup *review, *desk, *delivery;
  GHashTable *drafts;          /* number -> AccReviewDraft: what the banker has begun, for this session */
  char *drafts_of;             /* whose they are, while the banker must sign in again; NULL: nobody must */
  AccReviewDraft *draft;       /* of the open letter */
  AccDirectory *directory;
  GCancellable *opening;       /* of the letter that is being opened; NULL: none is */
  GCancellable *proposing;
  AccPlan *proposed_for;
  char *problem;               /* why the last step failed */
  guint toast_source;
  gboolean busy;               /* a step or a question is under way */
  gint64 step_of;              /* the banker who took the last step */
  gboolean refreshing, refresh_again;
  gboolean reading_replies;
  gint64 replies_read_at; /* monotonic; 0: not in this session */
  gboolean replies_unread; /* this banker was told that the maildir cannot be read, and not yet that it can be */
  GHashTable *replies_told; /* which of those left alone somebody was told of: hashes of their files' names */
  gboolean looking, look_again; /* for those of whom nothing was heard */
  guint silence_source;         /* looks whether the next one is due; 0: none is waited for */
  gint64 silence_due;           /* microseconds since 1970 */
  gboolean reading;            /* a part of the queue */
  gboolean choose_first;       /* the next queue that comes chooses its first letter */
  gboolean watches_kiosk;      /* for what becomes of a prepared letter */
  const char *notebook_over;   /* the page to go back to from the notebook; NULL: it is closed. Static */
  gboolean directory_open;     /* the staff directory is in the place of the letters */
  const char *shortcuts_over;  /* the same from the page of keys */
  AccMove undo;                /* takes the last step back; of letter undo_of, NULL: none can be */
  char *undo_of, *undo_reason;
  gboolean disposed;
};

/* Everything that is shown and offered, from what is known. */
void acc_desk_window_update (AccDeskWindow *self);

void acc_desk_window_refresh (AccDeskWindow *self, gboolean force);
/* What the banker has begun in @panel about @letter is done with. */
void acc_desk_window_forget_words (AccDeskWindow *self, AccDeskLetter *letter, const char *panel);

void acc_desk_window_show_toast (AccDeskWindow *self, const char *text);
void acc_desk_window_hide_toast (AccDeskWindow *self);
void acc_desk_window_show_toast_to_undo (AccDeskWindow *self, const char *text); /* … while the step can be taken back */
void acc_desk_window_set_problem (AccDeskWindow *self, const GError *error);

/* letter-steps.c: opens @number; the problem of the step before stays to be read where @keep_problem. */
void acc_desk_window_open_letter (AccDeskWindow *self, const char *number, gboolean keep_problem);
void acc_desk_window_adopt_letter (AccDeskWindow *self, AccDeskLetter *letter);
void acc_desk_window_close_letter (AccDeskWindow *self);
void acc_desk_window_request_proposals (AccDeskWindow *self);

/* The verbs, in "review" and "desk". */
void acc_desk_window_install_actions (AccDeskWindow *self);
void acc_desk_window_update_actions (AccDeskWindow *self);
void acc_desk_window_decline (AccDeskWindow *self, const char *reason);
void acc_desk_window_reopen (AccDeskWindow *self, const char *reason);
void acc_desk_window_black_out (AccDeskWindow *self);

/* delivery-steps.c: a banker's orders about deliveries, in "delivery"; after the session is set. */
void acc_desk_window_install_deliveries (AccDeskWindow *self);
gboolean acc_desk_window_is_being_sent (AccDeskLetter *letter); /* any part of it, just now or next */

/* The problem of a delivery. Where it stands there since before, it is that it was tried again that is news. */
void acc_desk_window_tell_unsent (AccDeskWindow *self, const GError *error);

/* receipt-steps.c: who was heard from, in "delivery" and "review"; after acc_desk_window_install_deliveries. */
void acc_desk_window_install_receipts (AccDeskWindow *self);
void acc_desk_window_record_heard (AccDeskWindow *self);
void acc_desk_window_pass_on (AccDeskWindow *self);
gboolean acc_desk_window_may_hear (AccDeskWindow *self);

/* Reads who has answered by mail, at most once a minute; tells how many. */
void acc_desk_window_read_replies (AccDeskWindow *self);

/* silence-steps.c: of whom nothing was heard, and the next level. */
void acc_desk_window_install_silences (AccDeskWindow *self);
void acc_desk_window_look_for_silences (AccDeskWindow *self);
void acc_desk_window_set_silences (AccDeskWindow *self, GPtrArray *silences); /* NULL: forgets them */
void acc_desk_window_stop_waiting_for_silences (AccDeskWindow *self);
void acc_desk_window_send_next (AccDeskWindow *self);

/* The open letter after a step on it: NULL where it failed, which is told then, or was taken by somebody who has gone. */
AccDeskLetter *acc_desk_window_end_step (AccDeskWindow *self, GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_window_begin_step (AccDeskWindow *self);

/* After a step on @letter: to what can be decided, unless the banker has gone on to another letter. */
void acc_desk_window_return_focus (AccDeskWindow *self, AccDeskLetter *letter);

/* desk-undo.c: before a step, what would take it back; then whether it still can be. */
void acc_desk_window_note_undo (AccDeskWindow *self, AccMove move);
void acc_desk_window_forget_undo (AccDeskWindow *self);
gboolean acc_desk_window_may_undo (AccDeskWindow *self);

/* Answers what the client of letter @number asks for; what cannot be undone is asked about first. */
void acc_desk_window_answer_request (AccDeskWindow *self, const char *number, AccRequestAnswer answer);

/* page-steps.c: what stands over the letters. */
void acc_desk_window_install_pages (AccDeskWindow *self);
gboolean acc_desk_window_is_away (AccDeskWindow *self); /* the directory counts too */
gboolean acc_desk_window_is_preparing (AccDeskWindow *self);
void acc_desk_window_prepare (AccDeskWindow *self);
void acc_desk_window_open_notebook (AccDeskWindow *self);
void acc_desk_window_open_shortcuts (AccDeskWindow *self); /* over the others too */

/* Once, and for all sessions: what waits at the kiosk is not the banker's, but the client's. */
void acc_desk_window_watch_kiosk (AccDeskWindow *self);

/* directory-steps.c: the staff directory, over the letters; after the session is set. Another one that the store has. */
void acc_desk_window_install_directory (AccDeskWindow *self);
void acc_desk_window_open_directory (AccDeskWindow *self);
void acc_desk_window_take_directory (AccDeskWindow *self, AccDirectory *directory);

/* Ends the session in the window: nothing of it stays. */
void acc_desk_window_leave (AccDeskWindow *self);

G_END_DECLS
