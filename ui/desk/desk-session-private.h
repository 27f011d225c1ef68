/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the session: its parts by the thread that touches them, and the bodies that both ways of calling share. */
#pragma once

#include "archive/queue-reader.h"
#include "base/config.h"
#include "desk/desk-session.h"
#include "review/history.h"
#include "review/intake.h"
#include "route/doors.h"
#include "route/routing.h"

G_BEGIN_DECLS

/* What look_up found. */
typedef struct {
  AccConfig *config;
  AccLetterhead *letterhead;
  GStrv bankers;
} AccDeskPlace;

struct _AccDeskSession {
  GObject parent;
  char *store_dir;
  AccWorker *delivery_worker; /* for doors that wait for a network; it ends before the store's, to which it tells how */
  AccWorker *store_worker;
  AccWorker *paper_worker;
  AccWorker *search_worker;
  AccWorker *directory_worker; /* for a staff file, or a directory server that may never answer; NULL until it is needed */

  /* Main thread; replaced only while nobody is signed in, so that the other threads may read them until then. */
  AccDeskPlace *place;
  AccBanker *banker;
  GFileMonitor *monitor;
  guint changed_source;
  guint round_source;  /* of the outbox's next round; 0: nobody is signed in */
  gboolean going_round;
  char *told_shut;       /* what was announced of a door that is shut; NULL: nothing since the sign-in */
  gboolean history_read; /* announced */

  /* The store's thread. */
  AccStore *desk;
  AccStore *inbox;
  AccIdentity *identity;
  AccDirectory *directory;
  gint64 desk_version, inbox_version; /* as last seen; -1: never */
  AccIntake intake;                   /* how far the letters have come in */
  AccQueueReader *queue;
  AccHistory *history; /* desk-history.h */
  AccRoutedDepartments departments; /* what the covers may say of them */

  GMutex search_mutex; /* the store's thread and the search's */
  AccSearch *search;   /* NULL: nobody is signed in */
  GCond search_answered;
  const AccSearchQuestion *asked; /* the last, lent, while it has no answer; NULL: it has. Under the mutex */

  /* The outbox, desk-outbox.c. The store's thread but for @ending, any. */
  GCancellable *ending; /* the session's */
  AccDoors *doors;      /* NULL: not asked for since the sign-in, as the next two */
  char *doors_version;  /* of the password that they have */
  gpointer round;       /* whose delivery is at the door */
  gboolean swept;       /* the outbox's folder, in this session */
  gboolean at_door;     /* a delivery is at a door that waits */
  GQueue deferred;      /* rounds that go on when it is back */
  GPtrArray *unwritten; /* of AccSending, whose end could not be written; NULL: none */
  GQueue packed;        /* of AccSending, which go while nobody is signed in */
  AccStore *packed_desk; /* where it is noted how they end; NULL: somebody is signed in, or all are done */
};

void acc_desk_place_free (AccDeskPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeskPlace, acc_desk_place_free)

AccDeskPlace *acc_desk_session_find_place (AccDeskSession *self, GError **error);
AccBanker *acc_desk_session_unlock (AccDeskSession *self, const char *banker, const char *passphrase, GError **error);
void acc_desk_session_close (AccDeskSession *self);

/* desk-search.c, the store's thread: what is read of the letters, for as long as the stores are open. */
gboolean acc_desk_session_open_queue (AccDeskSession *self, GError **error);
void acc_desk_session_close_queue (AccDeskSession *self);

/* The store's thread: whether the stores may be touched; says why not. */
gboolean acc_desk_session_check_signed_in (AccDeskSession *self, GError **error);

/* The same, and whether it is @banker who is signed in. What is written on paper first may come to the store when somebody
 * else is there: it would be signed with their key. */
gboolean acc_desk_session_check_banker (AccDeskSession *self, gint64 banker, GError **error);

/* The same of whoever gave @order. */
gboolean acc_desk_session_check_order (AccDeskSession *self, const AccDeskOrder *order, GError **error);

/* The store's thread: @task, of a session, ends with letter @number as it is after a step; @done FALSE: the step failed with
 * @error, which is taken. */
void acc_desk_session_return_letter (GTask *task, const char *number, gboolean done, GError *error);

/* The store's thread: what clients may know of their letters now. */
void acc_desk_session_tell_slips (AccDeskSession *self);

/* Main thread: what a body found becomes the session's. */
void acc_desk_session_adopt_place (AccDeskSession *self, AccDeskPlace *place);
void acc_desk_session_adopt_banker (AccDeskSession *self, AccBanker *banker);

/* Main thread: emits "history-read", the first time in a session. */
void acc_desk_session_announce_history (AccDeskSession *self);

/* desk-outbox.c, the store's thread. Before the keys go: what is due goes on without them, once they are gone. At the
 * sign-in what is left of that is left to the next round. */
void acc_desk_session_pack_outbox (AccDeskSession *self);
void acc_desk_session_close_outbox (AccDeskSession *self);
void acc_desk_session_go_on_packed (AccDeskSession *self);
void acc_desk_session_unpack_outbox (AccDeskSession *self);

/* desk-outbox.c: once the threads have ended. */
void acc_desk_session_free_outbox (AccDeskSession *self);

/* Main thread: emits "stores-changed" soon. */
void acc_desk_session_announce_change (AccDeskSession *self);

G_END_DECLS
