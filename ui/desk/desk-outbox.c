/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-outbox.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "archive/kept-secrets.h"
#include "base/error.h"
#include "desk/desk-session-private.h"
#include "route/outbox.h"
#include "route/receipts.h"
#include "vault/hash.h"

#define ROUND_SECONDS 60 /* as long as the shortest wait of outbox.c */
#define PACKED_BYTES_MAX (4 * 1024 * 1024) /* half of what a process may lock, as Debian sets it: a dozen letters' mails */

/* One round, of whoever is signed in. */
typedef struct {
  AccOutbox *outbox;
  char *number; /* of the letter that it was about last; "" before */
} Round;

/* A delivery on its way to a door that waits, and back. */
typedef struct {
  AccSending *sending; /* NULL: the store's thread has it again */
  char *number;
} Trip;

static void
round_clear (gpointer data)
{
  Round *round = data;

  g_clear_object (&round->outbox);
  g_free (round->number);
}

static void
round_unref (gpointer round)
{
  g_rc_box_release_full (round, round_clear);
}

static void
trip_clear (gpointer data)
{
  Trip *trip = data;

  g_clear_pointer (&trip->sending, acc_sending_free);
  g_free (trip->number);
}

static void
trip_unref (gpointer trip)
{
  g_atomic_rc_box_release_full (trip, trip_clear);
}

static gboolean
make_doors (AccDeskSession *self, GError **error)
{
  char *password = acc_kept_secret_load (self->desk, self->identity, ACC_KEPT_SECRET_MAIL, error);

  if (password == NULL)
    return FALSE;
  g_clear_object (&self->doors);
  self->doors = acc_doors_new_with_password (self->place->config, password);
  acc_wipe (password, strlen (password));
  g_free (password);
  return TRUE;
}

/* The same ones from round to round, so that one that was found shut is left alone; with another password, others. */
static gboolean
open_doors (AccDeskSession *self, GError **error)
{
  g_autofree char *version = acc_kept_secret_load_version (self->desk, ACC_KEPT_SECRET_MAIL, error);

  if (version == NULL)
    return FALSE;
  if (self->doors != NULL && g_str_equal (version, self->doors_version))
    return TRUE;
  if (!make_doors (self, error))
    return FALSE;
  g_free (self->doors_version);
  self->doors_version = g_steal_pointer (&version);
  return TRUE;
}

static Round *
round_new (AccDeskSession *self, const char *number, GError **error)
{
  AccOutbox *outbox = NULL;
  Round *round;

  if (open_doors (self, error))
    outbox = acc_outbox_new (self->desk, self->identity, self->doors, number, error);
  if (outbox == NULL)
    return NULL;
  round = g_rc_box_new0 (Round);
  round->outbox = outbox;
  round->number = g_strdup ("");
  return round;
}

const char *
acc_desk_session_get_personnel (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), "");

  return self->place != NULL ? acc_config_get (self->place->config, ACC_CONFIG_MAIL_PERSONNEL) : "";
}

const char *
acc_desk_session_get_door (AccDeskSession *self, const char *address)
{
  g_autoptr (AccDoors) doors = NULL;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && self->place != NULL, "");

  doors = acc_doors_new (self->place->config);
  return acc_door_name_to_label (acc_door_get_name (acc_doors_choose (doors, address)));
}

/* ---- how one ended ---- */

/* What could not be written is known here alone: it is kept, and written with the next round. Takes @sending. */
static void
keep_unwritten (AccDeskSession *self, AccSending *sending)
{
  if (self->unwritten == NULL)
    self->unwritten = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_sending_free);
  g_ptr_array_add (self->unwritten, sending);
}

/* With @outbox as it is kept for good; NULL: nobody is signed in, and it is noted for then. Takes @sending. */
static gboolean
write_end (AccDeskSession *self, AccOutbox *outbox, AccSending *sending)
{
  g_autoptr (GError) error = NULL;
  gboolean written = (outbox != NULL ? acc_outbox_end (outbox, sending, &error)
                                     : acc_sending_keep_end (sending, self->packed_desk, &error))
                     || g_error_matches (error, ACC_ERROR, ACC_ERROR_CONFLICT);

  if (written)
    acc_sending_free (sending);
  else
    {
      g_warning ("What became of a delivery of letter %s is written later: %s", acc_sending_get_number (sending),
                 error->message);
      keep_unwritten (self, sending);
    }
  return written;
}

/* ---- between the threads ---- */

/* Says once that a door is shut; which may hold other letters than this one. Whoever has it tried is told again. */
static void
on_delivered (GObject *source, GAsyncResult *result, gpointer data)
{
  AccDeskSession *self = ACC_DESK_SESSION (source);
  const Trip *trip = g_task_get_task_data (G_TASK (result));
  g_autofree char *shut = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean news = self->banker != NULL && shut != NULL && g_strcmp0 (shut, self->told_shut) != 0;

  g_signal_emit_by_name (self, "delivered", shut == NULL ? trip->number : "");
  if (news)
    g_signal_emit_by_name (self, "door-shut", shut);
  if (news || shut == NULL)
    {
      g_free (self->told_shut);
      self->told_shut = g_steal_pointer (&shut);
    }
}

static void
queue (AccDeskSession *self, Trip *trip, AccWorker *worker, GTaskThreadFunc body, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (trip), trip_unref);
  acc_worker_run (worker, task, body);
}

static void end_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable);

static void
deliver_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Trip *trip = data;

  acc_sending_deliver (trip->sending, self->ending);
  queue (self, trip, self->store_worker, end_job, on_delivered);
  g_task_return_boolean (task, TRUE);
}

/* One waits at a time: what is "sending" is then really being sent. Takes @sending. */
static void
send_off (AccDeskSession *self, AccSending *sending)
{
  Trip *trip = g_atomic_rc_box_new0 (Trip);

  trip->sending = sending;
  trip->number = g_strdup (acc_sending_get_number (sending));
  self->at_door = TRUE;
  queue (self, trip, self->delivery_worker, deliver_job, NULL);
  trip_unref (trip);
}

/* Until one has to wait for a network, or all are done. A session that ends begins nothing more. */
static void
go_on (AccDeskSession *self, Round *round)
{
  AccSending *sending;

  while (!g_cancellable_is_cancelled (self->ending)
         && (sending = acc_outbox_next (round->outbox, !self->at_door)) != NULL)
    {
      g_free (round->number);
      round->number = g_strdup (acc_sending_get_number (sending));
      if (acc_sending_waits (sending))
        {
          self->round = g_rc_box_acquire (round);
          send_off (self, sending);
          return;
        }
      acc_sending_deliver (sending, NULL);
      if (!write_end (self, round->outbox, sending))
        return;
    }
  if (!acc_outbox_is_empty (round->outbox))
    g_queue_push_tail (&self->deferred, g_rc_box_acquire (round));
}

/* Takes @sending. */
static void
end_signed_in (AccDeskSession *self, AccSending *sending)
{
  g_autoptr (GError) error = NULL;
  Round *round = g_steal_pointer (&self->round);

  if (round == NULL)
    round = round_new (self, NULL, &error); /* it was on its way when somebody else was signed in */
  if (round == NULL)
    keep_unwritten (self, sending);
  else if (write_end (self, round->outbox, sending))
    go_on (self, round);
  g_clear_pointer (&round, round_unref);
  while (!self->at_door && !g_cancellable_is_cancelled (self->ending)
         && (round = g_queue_pop_head (&self->deferred)) != NULL)
    {
      go_on (self, round);
      round_unref (round);
    }
}

static void
drop_packed (AccDeskSession *self)
{
  AccSending *sending;

  while ((sending = g_queue_pop_head (&self->packed)) != NULL)
    acc_sending_free (sending);
}

static void
end_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Trip *trip = data;
  AccSending *sending = g_steal_pointer (&trip->sending);
  char *shut = g_strdup (acc_sending_get_shut (sending));

  self->at_door = FALSE;
  if (self->identity != NULL)
    end_signed_in (self, sending);
  else
    {
      write_end (self, NULL, sending);
      if (shut != NULL)
        drop_packed (self);
      acc_desk_session_go_on_packed (self);
    }
  g_task_return_pointer (task, shut, g_free);
}

/* ---- while nobody is signed in ---- */

void
acc_desk_session_pack_outbox (AccDeskSession *self)
{
  g_autoptr (GError) error = NULL;
  gsize room = PACKED_BYTES_MAX;
  AccSending *sending;
  Round *round;

  if (self->identity == NULL)
    return;
  g_set_object (&self->packed_desk, self->desk);
  round = round_new (self, NULL, &error);
  if (round == NULL)
    {
      g_warning ("What is due goes out at the next sign-in: %s", error->message);
      return;
    }
  while ((sending = acc_outbox_pack (round->outbox, &room)) != NULL)
    g_queue_push_tail (&self->packed, sending);
  round_unref (round);
}

void
acc_desk_session_go_on_packed (AccDeskSession *self)
{
  AccSending *sending;

  while (!self->at_door && !g_cancellable_is_cancelled (self->ending)
         && (sending = g_queue_pop_head (&self->packed)) != NULL)
    if (!acc_sending_begin (sending, self->packed_desk, NULL))
      acc_sending_free (sending); /* the next sign-in finds it as it is */
    else if (acc_sending_waits (sending))
      send_off (self, sending);
    else
      {
        acc_sending_deliver (sending, NULL);
        write_end (self, NULL, sending);
      }
  if (!self->at_door)
    g_clear_object (&self->packed_desk);
}

void
acc_desk_session_unpack_outbox (AccDeskSession *self)
{
  drop_packed (self);
  g_clear_object (&self->packed_desk);
}

/* Whatever holds a key. */
void
acc_desk_session_close_outbox (AccDeskSession *self)
{
  Round *round;

  g_clear_pointer (&self->round, round_unref);
  while ((round = g_queue_pop_head (&self->deferred)) != NULL)
    round_unref (round);
  g_clear_object (&self->doors);
  g_clear_pointer (&self->doors_version, g_free);
}

/* ---- rounds ---- */

static void
write_what_is_left (AccDeskSession *self, Round *round)
{
  g_autoptr (GPtrArray) left = g_steal_pointer (&self->unwritten);

  while (left != NULL && left->len > 0)
    write_end (self, round->outbox, g_ptr_array_steal_index (left, 0));
}

/* Once a session: what a program that was killed has left there for recipients who have acknowledged. */
static void
sweep (AccDeskSession *self)
{
  g_autoptr (AccDoor) outbox = NULL;
  g_autoptr (GError) error = NULL;

  if (self->swept || !acc_desk_session_check_signed_in (self, NULL))
    return;
  outbox = acc_folder_door_new (acc_config_get (self->place->config, ACC_CONFIG_FOLDER_OUTBOX));
  self->swept = acc_receipts_sweep (self->desk, ACC_FOLDER_DOOR (outbox), &error);
  if (!self->swept)
    g_info ("The outbox’s folder is swept later: %s", error->message);
}

static void
round_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  g_autoptr (GError) error = NULL;
  Round *round = NULL;
  gboolean any = FALSE;

  sweep (self);
  if ((!self->at_door || self->unwritten != NULL) && acc_desk_session_check_signed_in (self, NULL))
    round = round_new (self, NULL, &error);
  if (round != NULL)
    {
      write_what_is_left (self, round);
      if (!self->at_door)
        go_on (self, round);
      any = round->number[0] != '\0';
      round_unref (round);
    }
  else if (error != NULL)
    g_warning ("The outbox is looked at later: %s", error->message);
  g_task_return_boolean (task, any);
}

static void
on_round_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  ACC_DESK_SESSION (source)->going_round = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    g_signal_emit_by_name (source, "delivered", "");
}

void
acc_desk_session_go_round (AccDeskSession *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  if (self->going_round)
    return;
  self->going_round = TRUE;
  task = g_task_new (self, NULL, on_round_ended, NULL);
  acc_worker_run (self->store_worker, task, round_job);
}

static gboolean
on_round_due (gpointer self)
{
  acc_desk_session_go_round (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_first_round_due (gpointer data)
{
  AccDeskSession *self = data;

  self->round_source = g_timeout_add_seconds (ROUND_SECONDS, on_round_due, self);
  acc_desk_session_go_round (self);
  return G_SOURCE_REMOVE;
}

/* Once the main loop has nothing else to do: who has just signed in waits for the queue, which is asked for first. */
void
acc_desk_session_start_outbox (AccDeskSession *self)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  acc_desk_session_stop_outbox (self);
  self->round_source = g_idle_add (on_first_round_due, self);
}

void
acc_desk_session_stop_outbox (AccDeskSession *self)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  g_clear_handle_id (&self->round_source, g_source_remove);
}

void
acc_desk_session_free_outbox (AccDeskSession *self)
{
  g_clear_pointer (&self->unwritten, g_ptr_array_unref);
  acc_desk_session_unpack_outbox (self);
}

/* ---- one letter ---- */

static gboolean
is_routed (AccDeskSession *self, const char *number, gboolean *routed, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (self->desk, number, error);

  *routed = record != NULL && record->state == ACC_STATE_ROUTED;
  return record != NULL;
}

gboolean
acc_desk_session_send (AccDeskSession *self, const char *number, GError **error)
{
  Round *round = round_new (self, number, error);
  GError *failure;
  gboolean begun, routed = FALSE;

  if (round == NULL)
    return FALSE;
  go_on (self, round);
  /* What is left in it goes once another delivery is back from its door, or the door is open again. */
  begun = round->number[0] != '\0' || !acc_outbox_is_empty (round->outbox) || acc_outbox_has_held (round->outbox);
  failure = acc_outbox_steal_failure (round->outbox);
  round_unref (round);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (begun)
    return TRUE;
  if (!is_routed (self, number, &routed, error))
    return FALSE;
  if (!routed)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                         _ ("Nothing of this letter can go by itself now: see what is said about each delivery."));
  return routed;
}

AccDeskLetter *
acc_desk_session_order_delivery (AccDeskSession *self, const char *number, guint position, AccDeliveryOrder order,
                                 GError **error)
{
  g_autoptr (AccOpenedLetter) letter = NULL;
  gboolean carried_out;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);

  if (!acc_desk_session_check_signed_in (self, error)
      || (letter = acc_opened_letter_new (self->desk, self->identity, number, error)) == NULL)
    return NULL;
  if (!open_doors (self, error))
    return NULL;
  acc_door_rests_remove_all (acc_doors_get_rests (self->doors)); /* whoever asks for it may have put the door right */
  if (order == ACC_DELIVERY_ORDER_MARK_AS_SENT)
    carried_out = acc_outbox_mark_as_sent (self->desk, self->identity, letter, position, error);
  else
    carried_out = (order == ACC_DELIVERY_ORDER_TRY_NOW
                   || acc_outbox_send_again (self->desk, self->identity, letter, position, error))
                  && acc_desk_session_send (self, number, error);
  return carried_out ? acc_desk_session_open_letter (self, number, error) : NULL;
}

typedef struct {
  char *number;
  guint position;
  AccDeliveryOrder order;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->number);
  g_free (order);
}

static void
order_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  AccDeskLetter *letter
    = acc_desk_session_order_delivery (source, order->number, order->position, order->order, &error);

  if (letter == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, letter, g_object_unref);
}

void
acc_desk_session_order_delivery_async (AccDeskSession *self, const char *number, guint position,
                                       AccDeliveryOrder order, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Order *asked;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && number != NULL);

  g_clear_pointer (&self->told_shut, g_free);
  asked = g_new0 (Order, 1);
  asked->number = g_strdup (number);
  asked->position = position;
  asked->order = order;
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, asked, order_free);
  acc_worker_run (self->store_worker, task, order_job);
}
