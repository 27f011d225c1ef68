/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only a banker may do about a delivery, and what follows once all of a letter's are done. */
#include "route/outbox-private.h"

#include "archive/heads.h"
#include "base/clock.h"
#include "base/error.h"
#include "review/decision.h"
#include "vault/hash.h"

#include <glib/gi18n-lib.h>

/* ---- a banker's order ---- */

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  AccDeliveryRow *row;
  AccDeliveryNote *note;
  const char *kind;
  AccDeliveryState state;
} Order;

static gboolean
carry_out (AccStore *desk, gpointer data, GError **error)
{
  const Order *order = data;
  AccDeliveryRow *row = order->row;
  AccRouting routing = { .identity = order->identity,
                         .letter = order->letter,
                         .number = row->number,
                         .further = row->after != 0 };
  g_autofree char *facts = NULL;

  row->state = order->state;
  g_bytes_unref (row->recipient);
  row->recipient = acc_delivery_note_close (order->note, order->letter, row->position);
  g_free (row->changed_at);
  row->changed_at = acc_clock_stamp ();
  facts = order->state == ACC_DELIVERY_PREPARED ? acc_delivery_row_prepared (row) : acc_delivery_row_facts (row);
  return acc_routing_check_may (desk, &routing, error)
         && acc_delivery_table_order (desk, row->id, row->recipient, row->state, row->changed_at, error)
         && acc_archive_note (desk, order->identity, order->kind, row->number, facts, error)
         && (order->state == ACC_DELIVERY_PREPARED || acc_outbox_count_if_last (desk, row, order->note, error));
}

AccDeliveryRow *
acc_outbox_find_row (AccStore *desk, const char *number, guint position, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, number, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((AccDeliveryRow *)g_ptr_array_index (rows, i))->position == position)
      return g_ptr_array_steal_index (rows, i);
  if (rows != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("Letter %s has no delivery %u."), number, position);
  return NULL;
}

static gboolean
is_stuck (const AccDeliveryRow *row, GError **error)
{
  if (row->state == ACC_DELIVERY_REFUSED || row->state == ACC_DELIVERY_UNSURE)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Delivery %u of letter %s has gone on in the meantime."),
               row->position, row->number);
  return FALSE;
}

/* The message is made anew from the same words: by a newer version its bytes may differ, and from now on those count. */
static gboolean
make_message_anew (AccStore *desk, Order *order, GError **error)
{
  AccRouting routing = { .identity = order->identity, .letter = order->letter, .number = order->row->number };
  g_autoptr (GBytes) cover = acc_documents_open (desk, order->letter, order->row->cover, error);
  g_autoptr (GBytes) message = NULL;

  if (cover == NULL)
    return FALSE;
  message = acc_routing_build_message (desk, &routing, order->row->position, order->note, cover, error);
  if (message == NULL)
    return FALSE;
  g_free (order->note->message_hash);
  order->note->message_hash = acc_hash_bytes (message);
  return TRUE;
}

/* Takes @row. */
static gboolean
give_order (AccStore *desk, Order *order, GError **error)
{
  AccRouting routing = { .identity = order->identity, .letter = order->letter, .number = order->row->number };
  g_autoptr (AccDeliveryRow) row = order->row;
  g_autoptr (AccDeliveryNote) note = NULL;

  if (!is_stuck (row, error) || (note = acc_routing_open_note (&routing, row, error)) == NULL)
    return FALSE;
  order->note = note;
  if (order->state == ACC_DELIVERY_PREPARED && !make_message_anew (desk, order, error))
    return FALSE;
  return acc_store_transact (desk, carry_out, order, error);
}

gboolean
acc_outbox_send_again (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), FALSE);

  Order order = { .identity = identity,
                  .letter = letter,
                  .row = acc_outbox_find_row (desk, acc_opened_letter_get_record (letter)->number, position, error),
                  .kind = ACC_OUTBOX_ORDERED_AGAIN,
                  .state = ACC_DELIVERY_PREPARED };

  return order.row != NULL && give_order (desk, &order, error);
}

gboolean
acc_outbox_mark_as_sent (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                         GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), FALSE);

  Order order = { .identity = identity,
                  .letter = letter,
                  .row = acc_outbox_find_row (desk, acc_opened_letter_get_record (letter)->number, position, error),
                  .kind = ACC_OUTBOX_MARKED,
                  .state = ACC_DELIVERY_HANDED_OVER };

  return order.row != NULL && give_order (desk, &order, error) && acc_outbox_settle (desk, identity, letter, error);
}

gboolean
acc_outbox_mark_within (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDeliveryRow *row,
                        GError **error)
{
  AccRouting routing = { .identity = identity, .letter = letter, .number = row->number };
  g_autoptr (AccDeliveryNote) note = acc_routing_open_note (&routing, row, error);
  Order order = { identity, letter, row, note, ACC_OUTBOX_MARKED, ACC_DELIVERY_HANDED_OVER };

  return note != NULL && carry_out (desk, &order, error);
}

/* ---- the letter ---- */

/* What its deliveries say of a letter. */
typedef struct {
  gboolean complete;     /* every one of the plan's is done */
  gboolean acknowledged; /* and so has everybody said whom it thanks */
} Progress;

/* One who is thanked and somebody's supervisor as well has one delivery, of the first role. */
static gboolean
is_thanked (const AccDeliveryRow *row, const AccDeliveryNote *note)
{
  return g_str_equal (row->role, acc_role_to_text (ACC_ROLE_EMPLOYEE))
         || (*note->staff_id != '\0' && g_strv_contains ((const char *const *) note->employees, note->staff_id));
}

static gboolean
is_complete (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);

      if (row->after == 0 && !acc_delivery_state_is_done (row->state))
        return FALSE;
    }
  return rows->len > 0;
}

/* *@first: a delivery's note; NULL if the letter is not complete. */
static gboolean
find_progress (AccStore *desk, const AccRouting *routing, Progress *progress, AccDeliveryNote **first, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, routing->number, error);
  guint n_thanked = 0, n_heard = 0;

  if (rows == NULL)
    return FALSE;
  progress->complete = is_complete (rows);
  for (guint i = 0; progress->complete && i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AccDeliveryNote) note = acc_routing_open_note (routing, row, error);

      if (note == NULL)
        return FALSE;
      if (row->after == 0 && is_thanked (row, note))
        {
          n_thanked++;
          n_heard += row->state == ACC_DELIVERY_ACKNOWLEDGED ? 1 : 0;
        }
      if (*first == NULL)
        *first = g_steal_pointer (&note);
    }
  progress->acknowledged = n_thanked > 0 && n_heard == n_thanked;
  return TRUE;
}

gboolean
acc_outbox_settle_within (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, gboolean *moved,
                          GError **error)
{
  AccRouting routing
      = { .identity = identity, .letter = letter, .number = acc_opened_letter_get_record (letter)->number };
  g_autoptr (AccRecord) record = acc_archive_find (desk, routing.number, error);
  g_autoptr (AccDeliveryNote) note = NULL;
  Progress progress = { FALSE, FALSE };
  gboolean route, acknowledge;

  if (moved != NULL)
    *moved = FALSE;
  if (record == NULL || (record->state != ACC_STATE_APPROVED && record->state != ACC_STATE_ROUTED))
    return record != NULL;
  if (!find_progress (desk, &routing, &progress, &note, error))
    return FALSE;
  route = progress.complete && record->state == ACC_STATE_APPROVED;
  acknowledge = progress.acknowledged;
  if (!route && !acknowledge)
    return TRUE;
  if (moved != NULL)
    *moved = TRUE;
  return acc_routing_find_named (desk, &routing, (const char *const *)note->employees, note->disclosed, error)
         && (!route || acc_decide_within (desk, identity, letter, ACC_MOVE_ROUTE, routing.named, NULL, error))
         && (!acknowledge || acc_decide_within (desk, identity, letter, ACC_MOVE_ACKNOWLEDGE, routing.named, NULL, error));
}

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  gboolean moved;
} Settling;

static gboolean
settle (AccStore *desk, gpointer data, GError **error)
{
  Settling *job = data;

  return acc_outbox_settle_within (desk, job->identity, job->letter, &job->moved, error);
}

gboolean
acc_outbox_settle (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error)
{
  Settling job = { identity, letter, FALSE };

  if (!acc_store_transact (desk, settle, &job, error))
    return FALSE;
  if (job.moved)
    acc_heads_keep (desk, NULL, NULL); /* must not hold the letter up: doctor tells if it cannot be done */
  return TRUE;
}
