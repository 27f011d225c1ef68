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

/* One round on its way between the threads. */
typedef struct {
  AccDeskSession *session; /* lent: by whoever holds the round */
  AccIdentity *identity;   /* whose round it is */
  AccOutbox *outbox;
  AccSending *sending;     /* NULL: none is under way */
  char *number;            /* of the letter that it was about last; "" before */
} Round;

static void
round_clear (gpointer data)
{
  Round *round = data;

  g_clear_pointer (&round->sending, acc_sending_free);
  g_clear_object (&round->outbox);
  g_clear_object (&round->identity);
  g_free (round->number);
}

static void
round_unref (gpointer round)
{
  g_atomic_rc_box_release_full (round, round_clear);
}

static AccDoors *
open_doors (AccDeskSession *self, GError **error)
{
  char *password = acc_kept_secret_load (self->desk, self->identity, ACC_KEPT_SECRET_MAIL, error);
  AccDoors *doors = password != NULL ? acc_doors_new_with_password (self->place->config, password) : NULL;

  if (password != NULL)
    acc_wipe (password, strlen (password));
  g_free (password);
  return doors;
}

static Round *
round_new (AccDeskSession *self, const char *number, GError **error)
{
  g_autoptr (AccDoors) doors = open_doors (self, error);
  AccOutbox *outbox = doors != NULL ? acc_outbox_new (self->desk, self->identity, doors, number, error) : NULL;
  Round *round;

  if (outbox == NULL)
    return NULL;
  round = g_atomic_rc_box_new0 (Round);
  round->session = self;
  round->identity = g_object_ref (self->identity);
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

/* ---- between the threads ---- */

static void
on_delivered (GObject *source, GAsyncResult *result, gpointer data)
{
  const Round *round = g_task_get_task_data (G_TASK (result));

  g_signal_emit_by_name (source, "delivered", round->number);
}

static void
queue (Round *round, AccWorker *worker, GTaskThreadFunc body, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (round->session, NULL, callback, NULL);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (round), round_unref);
  acc_worker_run (worker, task, body);
}

/* What could not be written is known here alone: it is kept, and written with the next round. */
static gboolean
write_end (Round *round)
{
  g_autoptr (GError) error = NULL;
  gboolean written = acc_outbox_end (round->outbox, round->sending, &error)
                     || g_error_matches (error, ACC_ERROR, ACC_ERROR_CONFLICT);

  if (written)
    g_clear_pointer (&round->sending, acc_sending_free);
  else
    {
      g_warning ("What became of a delivery of letter %s is written later: %s", round->number, error->message);
      if (round->session->unwritten == NULL)
        round->session->unwritten = g_ptr_array_new_with_free_func (round_unref);
      g_ptr_array_add (round->session->unwritten, g_atomic_rc_box_acquire (round));
    }
  return written;
}

static void end_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable);

static void
deliver_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Round *round = data;

  acc_sending_deliver (round->sending, acc_worker_get_ending (self->delivery_worker));
  queue (round, self->store_worker, end_job, on_delivered);
  g_task_return_boolean (task, TRUE);
}

/* Until one has to wait for a network, or all are done. One waits at a time: what is "sending" is then really being sent.
 * Whoever has signed out sends nothing more. */
static void
go_on (Round *round)
{
  AccDeskSession *self = round->session;

  while (self->identity == round->identity
         && (round->sending = acc_outbox_next (round->outbox, !self->at_door)) != NULL)
    {
      g_free (round->number);
      round->number = g_strdup (acc_sending_get_number (round->sending));
      self->at_door = self->at_door || acc_sending_waits (round->sending);
      if (acc_sending_waits (round->sending))
        {
          queue (round, self->delivery_worker, deliver_job, NULL);
          return;
        }
      acc_sending_deliver (round->sending, NULL);
      if (!write_end (round))
        return;
    }
  if (self->identity == round->identity && !acc_outbox_is_empty (round->outbox))
    g_queue_push_tail (&self->deferred, g_atomic_rc_box_acquire (round));
}

static void
end_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Round *round = data;

  self->at_door = FALSE;
  if (write_end (round))
    go_on (round);
  while (!self->at_door && (round = g_queue_pop_head (&self->deferred)) != NULL)
    {
      go_on (round);
      round_unref (round);
    }
  g_task_return_boolean (task, TRUE);
}

/* ---- rounds ---- */

static void
write_what_is_left (AccDeskSession *self)
{
  g_autoptr (GPtrArray) left = g_steal_pointer (&self->unwritten);

  for (guint i = 0; left != NULL && i < left->len; i++)
    write_end (g_ptr_array_index (left, i));
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

  write_what_is_left (self);
  sweep (self);
  if (!self->at_door && acc_desk_session_check_signed_in (self, NULL))
    round = round_new (self, NULL, &error);
  if (round != NULL)
    {
      go_on (round);
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

void
acc_desk_session_start_outbox (AccDeskSession *self)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  acc_desk_session_stop_outbox (self);
  self->round_source = g_timeout_add_seconds (ROUND_SECONDS, on_round_due, self);
  acc_desk_session_go_round (self);
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
  Round *round;

  g_clear_pointer (&self->unwritten, g_ptr_array_unref);
  while ((round = g_queue_pop_head (&self->deferred)) != NULL)
    round_unref (round);
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
  go_on (round);
  /* What is left in it goes once another delivery is back from its door. */
  begun = round->number[0] != '\0' || !acc_outbox_is_empty (round->outbox);
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

  asked = g_new0 (Order, 1);
  asked->number = g_strdup (number);
  asked->position = position;
  asked->order = order;
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, asked, order_free);
  acc_worker_run (self->store_worker, task, order_job);
}
