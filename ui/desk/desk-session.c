/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-session-private.h"

#include <glib/gi18n-lib.h>

#include "archive/slips.h"
#include "base/error.h"
#include "desk/desk-history.h"
#include "desk/desk-search.h"
#include "desk/desk-outbox.h"
#include "desk/words.h"
#include "inbox/accepted-key-table.h"
#include "inbox/inbox.h"
#include "review/decision.h"
#include "review/intake.h"
#include "route/cover.h"
#include "route/routing.h"
#include "staff/directory-table.h"
#include "vault/bankers.h"

#define CHANGE_SETTLES_MS 300 /* one commit touches the folder several times */

G_DEFINE_FINAL_TYPE (AccDeskSession, acc_desk_session, G_TYPE_OBJECT)

enum { STORES_CHANGED, HISTORY_READ, DELIVERED, DOOR_SHUT, N_SIGNALS };
static guint signals[N_SIGNALS];

void
acc_desk_place_free (AccDeskPlace *place)
{
  g_clear_object (&place->config);
  g_clear_object (&place->letterhead);
  g_clear_pointer (&place->bankers, g_strfreev);
  g_free (place);
}

void
acc_desk_news_free (AccDeskNews *news)
{
  g_clear_pointer (&news->queue, acc_queue_part_free);
  g_clear_pointer (&news->requests, g_ptr_array_unref);
  g_clear_object (&news->directory);
  g_clear_pointer (&news->problem, g_free);
  g_free (news);
}

static AccBanker *
copy_banker (const AccBanker *banker)
{
  AccBanker *copy = g_new (AccBanker, 1);

  *copy = *banker;
  copy->name = g_strdup (banker->name);
  copy->staff_id = g_strdup (banker->staff_id);
  return copy;
}

AccDeskOrder *
acc_desk_order_new (AccDeskSession *session, AccDeskLetter *letter, AccMove move)
{
  AccDeskOrder *order;

  g_return_val_if_fail (session->banker != NULL, NULL);
  order = g_new0 (AccDeskOrder, 1);
  order->letter = g_object_ref (letter);
  order->banker = copy_banker (session->banker);
  order->move = move;
  order->letterhead = g_object_ref (session->place->letterhead);
  order->branch = g_strdup (acc_desk_session_get_branch (session));
  return order;
}

void
acc_desk_order_free (AccDeskOrder *order)
{
  g_clear_object (&order->letter);
  g_clear_pointer (&order->banker, acc_banker_free);
  g_clear_object (&order->plan);
  g_clear_pointer (&order->paragraphs, g_strfreev);
  g_clear_pointer (&order->reason, g_free);
  g_clear_object (&order->letterhead);
  g_clear_pointer (&order->branch, g_free);
  g_free (order);
}

static void
stop_watching (AccDeskSession *self)
{
  g_clear_handle_id (&self->changed_source, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}

static void
end_workers (AccDeskSession *self)
{
  AccWorker *workers[] = { self->delivery_worker, self->store_worker, self->paper_worker, self->search_worker };

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    if (workers[i] != NULL)
      acc_worker_end (workers[i]);
}

static void
acc_desk_session_dispose (GObject *object)
{
  AccDeskSession *self = ACC_DESK_SESSION (object);

  stop_watching (self);
  acc_desk_session_stop_outbox (self);
  /* Nobody touches the stores once the threads have ended: the delivery's first, which tells the store's how it ended. */
  end_workers (self);
  g_clear_object (&self->delivery_worker);
  g_clear_object (&self->store_worker);
  g_clear_object (&self->paper_worker);
  g_clear_object (&self->search_worker);
  g_clear_object (&self->directory_worker);
  acc_desk_session_free_outbox (self);
  acc_desk_session_close (self);
  g_clear_pointer (&self->banker, acc_banker_free);
  g_clear_pointer (&self->place, acc_desk_place_free);
  G_OBJECT_CLASS (acc_desk_session_parent_class)->dispose (object);
}

static void
acc_desk_session_finalize (GObject *object)
{
  AccDeskSession *self = ACC_DESK_SESSION (object);

  g_clear_pointer (&self->store_dir, g_free);
  g_clear_pointer (&self->told_shut, g_free);
  g_clear_object (&self->ending);
  g_mutex_clear (&self->search_mutex);
  g_cond_clear (&self->search_answered);
  G_OBJECT_CLASS (acc_desk_session_parent_class)->finalize (object);
}

static void
acc_desk_session_class_init (AccDeskSessionClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_desk_session_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_desk_session_finalize;
  signals[STORES_CHANGED] = g_signal_new ("stores-changed", ACC_TYPE_DESK_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[DELIVERED] = g_signal_new ("delivered", ACC_TYPE_DESK_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DOOR_SHUT] = g_signal_new ("door-shut", ACC_TYPE_DESK_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HISTORY_READ] = g_signal_new ("history-read", ACC_TYPE_DESK_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
acc_desk_session_init (AccDeskSession *self)
{
  self->desk_version = self->inbox_version = -1;
  g_mutex_init (&self->search_mutex);
  g_cond_init (&self->search_answered);
}

AccDeskSession *
acc_desk_session_new (const char *store_dir)
{
  AccDeskSession *self = g_object_new (ACC_TYPE_DESK_SESSION, NULL);

  self->store_dir = g_strdup (store_dir);
  self->delivery_worker = acc_worker_new ("delivery");
  self->ending = g_object_ref (acc_worker_get_ending (self->delivery_worker));
  self->store_worker = acc_worker_new ("store");
  self->paper_worker = acc_worker_new ("paper");
  self->search_worker = acc_worker_new ("search");
  return self;
}

AccWorker *
acc_desk_session_get_paper (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  return self->paper_worker;
}

const char *
acc_desk_session_get_branch (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  return self->place != NULL ? acc_config_get (self->place->config, ACC_CONFIG_BRANCH_NAME) : "";
}

AccLetterhead *
acc_desk_session_get_letterhead (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  return self->place != NULL ? self->place->letterhead : NULL;
}

const char *const *
acc_desk_session_get_bankers (AccDeskSession *self)
{
  static const char *const nobody[] = { NULL };

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  return self->place != NULL ? (const char *const *) self->place->bankers : nobody;
}

const AccBanker *
acc_desk_session_get_banker (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  return self->banker;
}

gboolean
acc_desk_session_get_disclose (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), FALSE);
  return self->place != NULL
         && g_strcmp0 (acc_config_get (self->place->config, ACC_CONFIG_INTEGRITY_SECOND_APPROVER), "disclose") == 0;
}

guint
acc_desk_session_get_lock_minutes (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && self->place != NULL, 0);

  return acc_config_get_int (self->place->config, ACC_CONFIG_DESK_LOCK);
}

guint
acc_desk_session_get_wait_hours (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && self->place != NULL, 0);

  return acc_config_get_int (self->place->config, ACC_CONFIG_DESK_WAIT);
}

const char *
acc_desk_session_get_languages (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  return self->place != NULL ? acc_config_get (self->place->config, ACC_CONFIG_BRANCH_LANGUAGES) : NULL;
}

guint
acc_desk_session_get_pair_limit (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), 0);
  return self->place != NULL ? acc_config_get_int (self->place->config, ACC_CONFIG_INTEGRITY_PAIR_LIMIT) : 0;
}

guint
acc_desk_session_get_pair_days (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), 0);
  return self->place != NULL ? acc_config_get_int (self->place->config, ACC_CONFIG_INTEGRITY_PAIR_DAYS) : 0;
}

guint
acc_desk_session_get_directory_refresh (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), 0);
  return self->place != NULL ? acc_config_get_int (self->place->config, ACC_CONFIG_DIRECTORY_REFRESH) : 0;
}

AccHandoverWatch *
acc_desk_session_new_handover_watch (AccDeskSession *self)
{
  g_autofree char *inbox = NULL;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && self->place != NULL, NULL);

  inbox = acc_inbox_path (self->store_dir);
  return acc_handover_watch_new (acc_config_get (self->place->config, ACC_CONFIG_KIOSK_HANDOVER), inbox);
}

/* ---- before the sign-in ---- */

static GStrv
list_banker_names (AccStore *desk, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) bankers = acc_bankers_list (desk, error);

  if (bankers == NULL)
    return NULL;
  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      if (!banker->disabled)
        g_strv_builder_add (names, banker->name);
    }
  return g_strv_builder_end (names);
}

AccDeskPlace *
acc_desk_session_find_place (AccDeskSession *self, GError **error)
{
  g_autoptr (AccDeskPlace) place = g_new0 (AccDeskPlace, 1);
  g_autoptr (AccStore) desk = NULL;

  if (self->store_dir == NULL)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NO_STORE, _ ("No store folder was named."));
      return NULL;
    }
  desk = acc_archive_open (self->store_dir, ACC_STORE_READ, error);
  if (desk == NULL)
    return NULL;
  place->bankers = list_banker_names (desk, error);
  if (place->bankers == NULL)
    return NULL;
  place->config = acc_config_load (self->store_dir, error);
  if (place->config == NULL)
    return NULL;
  place->letterhead = acc_letterhead_load_named (acc_config_get (place->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  if (place->letterhead == NULL)
    return NULL;
  return g_steal_pointer (&place);
}

void
acc_desk_session_adopt_place (AccDeskSession *self, AccDeskPlace *place)
{
  g_assert (self->banker == NULL);
  g_clear_pointer (&self->place, acc_desk_place_free);
  self->place = place;
}

gboolean
acc_desk_session_look_up (AccDeskSession *self, GError **error)
{
  AccDeskPlace *place;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), FALSE);
  place = acc_desk_session_find_place (self, error);
  if (place == NULL)
    return FALSE;
  acc_desk_session_adopt_place (self, place);
  return TRUE;
}

/* ---- signing in and out ---- */

void
acc_desk_session_close (AccDeskSession *self)
{
  acc_desk_session_close_queue (self);
  acc_desk_session_close_outbox (self);
  g_clear_object (&self->directory);
  g_clear_object (&self->identity);
  g_clear_object (&self->inbox);
  g_clear_object (&self->desk);
  self->desk_version = self->inbox_version = -1;
  self->intake = (AccIntake) { 0 };
  acc_routed_departments_clear (&self->departments);
  self->swept = FALSE;
}

AccBanker *
acc_desk_session_unlock (AccDeskSession *self, const char *banker, const char *passphrase, GError **error)
{
  acc_desk_session_close (self);
  self->identity = acc_archive_sign_in (self->store_dir, banker, passphrase, &self->desk, error);
  if (self->identity != NULL)
    self->inbox = acc_inbox_open (self->store_dir, ACC_STORE_WRITE, error);
  if (self->inbox != NULL)
    self->directory = acc_directory_table_load (self->desk, self->identity, NULL, error);
  if (self->directory == NULL || !acc_desk_session_open_queue (self, error))
    {
      acc_desk_session_close (self);
      return NULL;
    }
  acc_desk_session_unpack_outbox (self);
  return copy_banker (acc_identity_get_banker (self->identity));
}

static gboolean
emit_stores_changed (gpointer data)
{
  AccDeskSession *self = data;

  self->changed_source = 0;
  g_signal_emit (self, signals[STORES_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_folder_changed (AccDeskSession *self)
{
  if (self->changed_source == 0)
    self->changed_source = g_timeout_add (CHANGE_SETTLES_MS, emit_stores_changed, self);
}

void
acc_desk_session_announce_history (AccDeskSession *self)
{
  if (!self->history_read)
    g_signal_emit (self, signals[HISTORY_READ], 0);
  self->history_read = TRUE;
}

/* At once, but after what the main loop has to do anyway. */
void
acc_desk_session_announce_change (AccDeskSession *self)
{
  if (self->changed_source == 0)
    self->changed_source = g_idle_add (emit_stores_changed, self);
}

void
acc_desk_session_adopt_banker (AccDeskSession *self, AccBanker *banker)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->store_dir);

  self->history_read = FALSE;
  g_clear_pointer (&self->told_shut, g_free);
  g_clear_pointer (&self->banker, acc_banker_free);
  self->banker = banker;
  stop_watching (self);
  /* Where the folder cannot be watched, letters come in with the next step that is taken. */
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_folder_changed), self, G_CONNECT_SWAPPED);
}

gboolean
acc_desk_session_sign_in (AccDeskSession *self, const char *banker, const char *passphrase, GError **error)
{
  AccBanker *signed_in;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), FALSE);
  signed_in = acc_desk_session_unlock (self, banker, passphrase, error);
  if (signed_in == NULL)
    return FALSE;
  acc_desk_session_adopt_banker (self, signed_in);
  return TRUE;
}

/* A branch that has been given a new key meanwhile seals its letters for that: with the old one they would seem damaged,
 * so nothing is opened or written until the banker has the new one too. */
gboolean
acc_desk_session_check_signed_in (AccDeskSession *self, GError **error)
{
  gboolean accepted = FALSE;

  if (self->identity == NULL)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("Nobody is signed in."));
      return FALSE;
    }
  if (!acc_accepted_key_find (self->inbox, acc_identity_get_branch_key (self->identity), &accepted, error))
    return FALSE;
  if (accepted)
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
                       _ ("The branch has been given a new key. Sign in again to go on; nothing is lost."));
  return FALSE;
}

gboolean
acc_desk_session_check_banker (AccDeskSession *self, gint64 banker, GError **error)
{
  if (!acc_desk_session_check_signed_in (self, error))
    return FALSE;
  if (acc_identity_get_banker (self->identity)->id == banker)
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED,
                       _ ("Somebody else has signed in meanwhile. Nothing was changed."));
  return FALSE;
}

gboolean
acc_desk_session_check_order (AccDeskSession *self, const AccDeskOrder *order, GError **error)
{
  return acc_desk_session_check_banker (self, order->banker->id, error);
}

/* ---- the queue ---- */

static AccIntakePlace
get_intake_place (AccDeskSession *self)
{
  return (AccIntakePlace) { self->desk, self->inbox, self->identity, self->place->letterhead,
                            acc_config_get (self->place->config, ACC_CONFIG_BRANCH_NAME),
                            acc_config_get (self->place->config, ACC_CONFIG_BRANCH_LANGUAGES) };
}

/* A letter that cannot come in keeps nobody from working on the others. Where many come in, they do so in parts: what
 * else the banker asks for is done in between. */
static void
take_in (AccDeskSession *self, AccDeskNews *news)
{
  const AccIntakePlace place = get_intake_place (self);
  g_autoptr (GError) error = NULL;

  self->intake.n_taken = self->intake.n_held = self->intake.n_unread = 0;
  if (!acc_intake (&place, &self->intake, &error))
    news->problem = acc_words_error (error);
  news->n_taken = self->intake.n_taken;
  news->n_held = self->intake.n_held;
  news->n_unread = self->intake.n_unread;
  memcpy (news->unread, self->intake.unread, sizeof news->unread);
  news->unfinished = self->intake.unfinished || self->intake.untold;
}

AccDeskNews *
acc_desk_session_refresh (AccDeskSession *self, gboolean force, GError **error)
{
  g_autoptr (AccDeskNews) news = g_new0 (AccDeskNews, 1);
  gint64 inbox_version, desk_version;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  if (!acc_desk_session_check_signed_in (self, error))
    return NULL;
  inbox_version = acc_store_data_version (self->inbox);
  desk_version = acc_store_data_version (self->desk);
  if (force || inbox_version != self->inbox_version || self->intake.unfinished || self->intake.untold)
    take_in (self, news);
  if (desk_version != self->desk_version)
    {
      g_autoptr (AccDirectory) directory
        = acc_directory_table_load_newer (self->desk, self->identity, self->directory, error);

      if (directory == NULL)
        return NULL;
      g_set_object (&self->directory, directory);
    }
  news->queue = acc_desk_session_read_queue (self, error);
  if (news->queue == NULL)
    return NULL;
  news->requests = acc_slips_list_open (self->desk, self->inbox, NULL); /* they keep nobody from the letters */
  self->inbox_version = news->problem == NULL ? inbox_version : -1;
  self->desk_version = desk_version;
  news->directory = g_object_ref (self->directory);
  return g_steal_pointer (&news);
}

/* ---- one letter ---- */

static AccDeskLetter *
load_letter (AccDeskSession *self, const char *number, GError **error)
{
  AccDeskLetter *letter = acc_desk_letter_load (self->desk, self->identity, number, error);

  if (letter != NULL)
    acc_desk_session_look_back (self, letter);
  return letter;
}

/* An inbox that is busy keeps nobody from deciding: the slip is told with the next letter. */
void
acc_desk_session_tell_slips (AccDeskSession *self)
{
  g_autoptr (GError) error = NULL;

  if (!acc_slips_tell_part (self->desk, self->inbox, &error))
    g_debug ("The slips are told later: %s", error->message);
}

AccDeskLetter *
acc_desk_session_open_letter (AccDeskSession *self, const char *number, GError **error)
{
  g_autoptr (AccDeskLetter) letter = NULL;
  g_autoptr (GError) unread = NULL;
  AccIntakePlace place;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  if (!acc_desk_session_check_signed_in (self, error))
    return NULL;
  /* Where its turn has not come yet. What goes wrong is the card's to say: it stops the approval. */
  place = get_intake_place (self);
  acc_intake_read (&place, number, &unread);
  letter = load_letter (self, number, error);
  if (letter != NULL && unread != NULL)
    {
      g_autofree char *why = acc_words_error (unread);

      acc_desk_letter_set_unread_because (letter, why);
    }
  return g_steal_pointer (&letter);
}

/* What the table has no rule for before it is claimed; and who declines a letter claims it, to be able to take that back. */
static gboolean
is_claimed_first (AccMove move, AccState state)
{
  return acc_move_find_rule (ACC_MOVE_CLAIM, state) != NULL
         && (acc_move_find_rule (move, state) == NULL || move == ACC_MOVE_DECLINE);
}

static AccDeskLetter *
make_move (AccDeskSession *self, AccDeskLetter *letter, const AccDeskOrder *order, AccMove move, GError **error)
{
  const AccRecord *record = acc_desk_letter_get_record (letter);
  g_autoptr (AccDeskLetter) current = g_object_ref (letter);
  AccDeskLetter *moved;

  if (is_claimed_first (move, record->state))
    {
      g_autoptr (AccDeskLetter) claimed = make_move (self, letter, order, ACC_MOVE_CLAIM, error);

      if (claimed == NULL)
        return NULL;
      g_set_object (&current, claimed);
    }
  if (!acc_decide (self->desk, self->identity, acc_desk_letter_get_opened (current), move, order->named,
                   move == order->move ? order->reason : NULL, error))
    return NULL;
  acc_desk_session_tell_slips (self);
  moved = load_letter (self, record->number, error);
  if (moved != NULL)
    acc_desk_letter_set_unread_because (moved, acc_desk_letter_get_unread_because (letter));
  return moved;
}

AccDeskLetter *
acc_desk_session_decide (AccDeskSession *self, const AccDeskOrder *order, GError **error)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  if (!acc_desk_session_check_order (self, order, error))
    return NULL;
  return make_move (self, order->letter, order, order->move, error);
}

GStrv
acc_desk_session_propose (AccDeskSession *self, const AccDeskOrder *order, GError **error)
{
  g_autoptr (GStrvBuilder) paragraphs = g_strv_builder_new ();
  GHashTable *departments;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  if (!acc_desk_session_check_signed_in (self, error))
    return NULL;
  departments = acc_routing_list_departments (self->desk, &self->departments, error);
  if (departments == NULL)
    return NULL;
  for (guint i = 0; i < acc_plan_get_n_recipients (order->plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (order->plan, i);
      g_autofree char *paragraph = acc_cover_propose (acc_desk_letter_get_letter (order->letter), recipient,
                                                      acc_desk_session_get_branch (self), departments);

      g_strv_builder_add (paragraphs, paragraph);
    }
  return g_strv_builder_end (paragraphs);
}

/* ---- routing ---- */

static void
clear_cover (gpointer data)
{
  AccCoverDone *cover = data;

  g_clear_pointer (&cover->paragraph, g_free);
  g_clear_pointer (&cover->cover_pdf, g_bytes_unref);
}

GArray *
acc_desk_session_write_covers (AccDeskSession *self, const AccDeskOrder *order, GError **error)
{
  g_autoptr (GArray) covers = g_array_new (FALSE, TRUE, sizeof (AccCoverDone));

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  g_array_set_clear_func (covers, clear_cover);
  for (guint i = 0; i < acc_plan_get_n_recipients (order->plan); i++)
    {
      AccCoverDone cover = { .disclosed = order->named == ACC_NAMED_DISCLOSED };

      cover.cover_pdf = acc_cover_write (acc_desk_letter_get_letter (order->letter),
                                         acc_desk_letter_get_record (order->letter)->number,
                                         acc_plan_get_recipient (order->plan, i), order->banker, order->paragraphs[i],
                                         cover.disclosed, order->letterhead, order->branch, error);
      if (cover.cover_pdf == NULL)
        return NULL;
      cover.paragraph = g_strdup (order->paragraphs[i]);
      g_array_append_val (covers, cover);
    }
  return g_steal_pointer (&covers);
}

AccDeskLetter *
acc_desk_session_route (AccDeskSession *self, const AccDeskOrder *order, GArray *covers, GError **error)
{
  g_autoptr (AccDeskLetter) letter = NULL;
  g_autoptr (AccDoors) doors = NULL;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  if (!acc_desk_session_check_order (self, order, error))
    return NULL;
  letter = acc_desk_letter_get_record (order->letter)->state == ACC_STATE_APPROVED
             ? g_object_ref (order->letter)
             : make_move (self, order->letter, order, ACC_MOVE_APPROVE, error);
  if (letter == NULL)
    return NULL;
  doors = acc_doors_new (self->place->config);
  if (covers != NULL
      && !acc_routing_prepare (self->desk, self->identity, acc_desk_letter_get_opened (letter), order->plan,
                               (const AccCoverDone *) covers->data, doors, error))
    return NULL;
  if (!acc_desk_session_send (self, acc_desk_letter_get_record (letter)->number, error))
    return NULL;
  acc_desk_session_tell_slips (self);
  return load_letter (self, acc_desk_letter_get_record (letter)->number, error);
}
