/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/routing-private.h"

#include "archive/documents.h"
#include "base/error.h"
#include "review/checks.h"
#include "route/message.h"
#include "staff/directory-table.h"

#include <glib/gi18n-lib.h>

static gboolean
has_left (AccState state)
{
  return state == ACC_STATE_ROUTED || state == ACC_STATE_ACKNOWLEDGED;
}

static const AccMoveRule *
find_rule (const AccRecord *record, gboolean further, GError **error)
{
  const AccMoveRule *rule = acc_move_find_rule (ACC_MOVE_ROUTE, further && has_left (record->state) ? ACC_STATE_APPROVED : record->state);

  if (rule == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                 _ ("Letter %s is “%s”: only an approved letter can be routed."), record->number,
                 acc_state_to_word (record->state));
  return rule;
}

gboolean
acc_routing_check_approved (AccStore *desk, const char *number, gboolean further, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (desk, number, error);

  return record != NULL && find_rule (record, further, error) != NULL;
}

gboolean
acc_routing_check_may (AccStore *desk, const AccRouting *routing, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (desk, routing->number, error);
  const AccMoveRule *rule = record != NULL ? find_rule (record, routing->further, error) : NULL;

  if (rule == NULL)
    return FALSE;
  return acc_move_allowed (rule, acc_identity_get_banker (routing->identity), record->claimed_by, routing->named, NULL,
                           error);
}

gboolean
acc_routing_find_named (AccStore *desk, AccRouting *routing, const char *const *employees, gboolean disclosed,
                        GError **error)
{
  g_autoptr (AccDirectory) directory = acc_directory_table_load (desk, routing->identity, NULL, error);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  AccCheckFacts facts = {
    .letter = acc_opened_letter_get_letter (routing->letter),
    .directory = directory,
    .banker = acc_identity_get_banker (routing->identity),
    .second_approver_disclose = disclosed,
  };

  if (directory == NULL)
    return FALSE;
  for (guint i = 0; employees[i] != NULL; i++)
    g_ptr_array_add (people, (gpointer)acc_directory_find_id (directory, employees[i]));
  g_ptr_array_set_size (people, (int)acc_letter_get_fields (facts.letter)->n_to);
  facts.employees = (const AccPerson *const *)people->pdata;
  routing->named = acc_checks_named (&facts);
  return TRUE;
}

GBytes *
acc_routing_build_message (AccStore *desk, const AccRouting *routing, guint position, const AccDeliveryNote *note,
                           GBytes *cover_pdf, GError **error)
{
  g_autoptr (GBytes) letter_pdf = acc_documents_get_outgoing (desk, routing->letter, NULL, error);
  AccMessage message = { .from_name = note->from_name,
                         .from_email = *note->from_email != '\0' ? note->from_email : NULL,
                         .reply_to = *note->reply_to != '\0' ? note->reply_to : NULL,
                         .to_name = note->name,
                         .to_email = note->email,
                         .subject = note->subject,
                         .text = note->text,
                         .number = routing->number,
                         .role = note->role,
                         .position = position,
                         .date = note->date,
                         .letter_pdf = letter_pdf,
                         .cover_pdf = cover_pdf };

  return letter_pdf != NULL ? acc_message_build (&message, error) : NULL;
}

AccDeliveryNote *
acc_routing_open_note (const AccRouting *routing, const AccDeliveryRow *row, GError **error)
{
  g_autoptr (AccDeliveryNote) note = acc_delivery_note_open (row->recipient, routing->letter, row->position, error);

  if (note == NULL)
    return NULL;
  if (g_str_equal (note->role, row->role))
    return g_steal_pointer (&note);
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
               _ ("Delivery %u of letter %s has another role than was written."), row->position, routing->number);
  return NULL;
}

void
acc_delivery_free (AccDelivery *delivery)
{
  if (delivery == NULL)
    return;
  g_free (delivery->role);
  g_free (delivery->name);
  g_free (delivery->email);
  g_free (delivery->door);
  g_free (delivery->state);
  g_free (delivery->place);
  g_free (delivery->at);
  g_free (delivery->reason);
  g_free (delivery->next_try);
  g_free (delivery);
}

GPtrArray *
acc_routing_list (AccStore *desk, AccOpenedLetter *letter, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), NULL);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), NULL);

  AccRouting routing = { .letter = letter, .number = acc_opened_letter_get_record (letter)->number };
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, routing.number, error);
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify)acc_delivery_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      AccDeliveryRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AccDeliveryNote) note = acc_routing_open_note (&routing, row, error);
      AccDelivery *delivery;

      if (note == NULL)
        return NULL;
      delivery = g_new0 (AccDelivery, 1);
      delivery->position = row->position;
      delivery->after = row->after;
      delivery->role = g_strdup (row->role);
      delivery->name = g_steal_pointer (&note->name);
      delivery->email = g_steal_pointer (&note->email);
      delivery->door = g_strdup (row->door);
      delivery->state = g_strdup (acc_delivery_state_to_text (row->state));
      delivery->place = g_steal_pointer (&note->place);
      delivery->at = g_strdup (row->changed_at);
      /* while it is under way, what stands there is of the try before, or its end that is not signed yet */
      delivery->reason = row->state == ACC_DELIVERY_SENDING
                             ? g_strdup ("")
                             : acc_delivery_reason_open (row->reason, letter, row->position);
      delivery->next_try = g_strdup (row->next_try != NULL ? row->next_try : "");
      g_ptr_array_add (deliveries, delivery);
    }
  return rows != NULL ? g_steal_pointer (&deliveries) : NULL;
}

void
acc_routed_departments_clear (AccRoutedDepartments *known)
{
  g_clear_pointer (&known->last, g_hash_table_unref);
  known->row = 0;
}

GHashTable *
acc_routing_list_departments (AccStore *desk, AccRoutedDepartments *known, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && known != NULL, NULL);

  if (known->last == NULL)
    known->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return acc_delivery_table_read_departments (desk, known->last, &known->row, error) ? known->last : NULL;
}
