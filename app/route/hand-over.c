/* SPDX-License-Identifier: GPL-3.0-or-later */
/* acc_routing_hand_over: each delivery through the door, then the letter's state. */
#include "route/routing-private.h"

#include "archive/heads.h"
#include "base/clock.h"
#include "base/error.h"
#include "review/decision.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const AccRouting *routing;
  AccDeliveryRow *row;
  AccDeliveryNote *note;
  const char *reason;
} Handing;

static gboolean
start (AccStore *desk, gpointer data, GError **error)
{
  const Handing *job = data;

  return acc_routing_check_may (desk, job->routing, error) && acc_delivery_table_start (desk, job->row->id, error);
}

static gboolean
keep_waiting (AccStore *desk, gpointer data, GError **error)
{
  const Handing *job = data;

  return acc_delivery_table_wait (desk, job->row->id, job->reason, error);
}

static gboolean
is_last (AccStore *desk, const char *number, gboolean *last, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, number, error);

  if (rows == NULL)
    return FALSE;
  *last = TRUE;
  for (guint i = 0; i < rows->len; i++)
    *last = *last && acc_delivery_state_is_done (((AccDeliveryRow *)g_ptr_array_index (rows, i))->state);
  return TRUE;
}

/* The state, its journal entry and, with the last one, the departments: together or not at all. */
static gboolean
finish (AccStore *desk, gpointer data, GError **error)
{
  const Handing *job = data;
  const AccRouting *routing = job->routing;
  g_autofree char *facts = NULL;
  gboolean last;

  g_bytes_unref (job->row->recipient);
  job->row->recipient = acc_delivery_note_close (job->note, routing->letter, job->row->position);
  g_free (job->row->changed_at);
  job->row->changed_at = acc_clock_stamp ();
  facts = acc_delivery_row_facts (job->row);
  return acc_delivery_table_finish (desk, job->row->id, job->row->recipient, job->row->changed_at, error)
         && acc_archive_note (desk, routing->identity, "handed over", routing->number, facts, error)
         && is_last (desk, routing->number, &last, error)
         && (!last
             || acc_delivery_table_add_departments (desk, routing->number, (const char *const *)job->note->departments,
                                                    job->row->changed_at, error));
}

static gboolean
deliver (AccStore *desk, const Handing *job, char **place, GError **error)
{
  AccOpenedLetter *letter = job->routing->letter;
  g_autoptr (GBytes) cover = acc_documents_open (desk, letter, job->row->cover, error);
  g_autoptr (GBytes) message = NULL;

  if (cover == NULL)
    return FALSE;
  message = acc_routing_build_message (job->routing, job->row->position, job->note, cover, error);
  if (message == NULL)
    return FALSE;
  return acc_door_deliver (acc_doors_find (job->routing->doors, job->row->door),
                           &(AccPackage){ .number = job->routing->number,
                                          .role = job->row->role,
                                          .position = job->row->position,
                                          .address = job->note->email,
                                          .letter_pdf = acc_opened_letter_get_pdf (letter),
                                          .cover_pdf = cover,
                                          .message = message },
                           NULL, place, error)
         == ACC_DOOR_HANDED_OVER;
}

/* The reason is kept for whoever looks; the caller gets the error itself. */
static void
keep_reason (AccStore *desk, Handing *job, const GError *failure)
{
  g_autoptr (GError) error = NULL;

  job->reason = failure->message;
  if (!acc_store_transact (desk, keep_waiting, job, &error))
    g_warning ("Delivery %u of letter %s stays “sending”: %s", job->row->position, job->routing->number,
               error->message);
}

static gboolean
hand_over_one (AccStore *desk, const AccRouting *routing, AccDeliveryRow *row, GError **error)
{
  g_autoptr (AccDeliveryNote) note = acc_routing_open_note (routing, row, error);
  Handing job = { .routing = routing, .row = row, .note = note };
  g_autoptr (GError) failure = NULL;
  g_autofree char *place = NULL;

  if (note == NULL || !acc_store_transact (desk, start, &job, error))
    return FALSE;
  if (!deliver (desk, &job, &place, &failure))
    {
      keep_reason (desk, &job, failure);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_free (note->place);
  note->place = g_steal_pointer (&place);
  return acc_store_transact (desk, finish, &job, error);
}

static gboolean
is_through_door (const AccRouting *routing, const AccDeliveryRow *row, GError **error)
{
  if (acc_delivery_state_is_open (row->state) && acc_doors_find (routing->doors, row->door) != NULL)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
               _ ("Delivery %u of letter %s is “%s” for the door “%s”: a person must act."), row->position,
               routing->number, acc_delivery_state_to_text (row->state), row->door);
  return FALSE;
}

static gboolean
hand_over_all (AccStore *desk, const AccRouting *routing, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      AccDeliveryRow *row = g_ptr_array_index (rows, i);

      if (acc_delivery_state_is_done (row->state))
        continue;
      if (!is_through_door (routing, row, error) || !hand_over_one (desk, routing, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_routed_already (AccStore *desk, const char *number, gboolean *routed, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (desk, number, error);

  if (record == NULL)
    return FALSE;
  *routed = record->state == ACC_STATE_ROUTED || record->state == ACC_STATE_ACKNOWLEDGED;
  return TRUE;
}

static gboolean
find_named_in_rows (AccStore *desk, AccRouting *routing, GPtrArray *rows, GError **error)
{
  g_autoptr (AccDeliveryNote) first = acc_routing_open_note (routing, g_ptr_array_index (rows, 0), error);

  return first != NULL
         && acc_routing_find_named (desk, routing, (const char *const *)first->employees, first->disclosed, error);
}

gboolean
acc_routing_hand_over (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDoors *doors,
                       GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);
  g_return_val_if_fail (ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (ACC_IS_DOORS (doors), FALSE);

  AccRouting routing = {
    .identity = identity, .letter = letter, .number = acc_opened_letter_get_record (letter)->number, .doors = doors
  };
  g_autoptr (GPtrArray) rows = NULL;
  gboolean routed;

  if (!is_routed_already (desk, routing.number, &routed, error))
    return FALSE;
  if (routed)
    return TRUE;
  rows = acc_delivery_table_list (desk, routing.number, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Letter %s has no delivery prepared yet."), routing.number);
      return FALSE;
    }
  if (!find_named_in_rows (desk, &routing, rows, error) || !acc_routing_check_may (desk, &routing, error)
      || !hand_over_all (desk, &routing, rows, error)
      || !acc_decide (desk, identity, letter, ACC_MOVE_ROUTE, routing.named, NULL, error))
    return FALSE;
  acc_heads_keep (desk, NULL, NULL); /* must not hold the letter up: doctor tells if it cannot be done */
  return TRUE;
}
