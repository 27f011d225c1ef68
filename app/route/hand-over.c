/* SPDX-License-Identifier: GPL-3.0-or-later */
/* acc_routing_hand_over: the outbox of one letter, on the caller's thread. */
#include "route/routing-private.h"

#include "base/error.h"
#include "route/outbox.h"

#include <glib/gi18n-lib.h>

/* Where nothing failed just now, something is for a person to act on, or is being sent by another desk. */
static void
set_stuck (const AccDeliveryRow *row, GError **error)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Delivery %u of letter %s is “%s”: a person must act."),
               row->position, row->number, acc_delivery_state_to_text (row->state));
}

/* The letter as it is once the outbox has done what it could. */
static gboolean
check_routed (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (desk, number, error);
  g_autoptr (GPtrArray) rows = record != NULL ? acc_delivery_table_list (desk, number, error) : NULL;

  if (rows == NULL)
    return FALSE;
  if (record->state == ACC_STATE_ROUTED || record->state == ACC_STATE_ACKNOWLEDGED)
    return TRUE;
  for (guint i = 0; i < rows->len; i++)
    if (!acc_delivery_state_is_done (((AccDeliveryRow *)g_ptr_array_index (rows, i))->state))
      {
        set_stuck (g_ptr_array_index (rows, i), error);
        return FALSE;
      }
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
               rows->len == 0 ? _ ("Letter %s has no delivery prepared yet.")
                              : _ ("Letter %s has gone on in the meantime."),
               number);
  return FALSE;
}

gboolean
acc_routing_hand_over (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDoors *doors,
                       GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);
  g_return_val_if_fail (ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (ACC_IS_DOORS (doors), FALSE);

  const char *number = acc_opened_letter_get_record (letter)->number;
  g_autoptr (AccOutbox) outbox = acc_outbox_new (desk, identity, doors, number, error);
  g_autoptr (GError) failure = NULL;
  gboolean written = outbox != NULL;

  while (written)
    {
      g_autoptr (AccSending) sending = acc_outbox_next (outbox, TRUE);

      if (sending == NULL)
        break;
      acc_sending_deliver (sending, NULL);
      written = acc_outbox_end (outbox, sending, error);
    }
  if (!written)
    return FALSE;
  failure = acc_outbox_steal_failure (outbox);
  if (failure == NULL)
    return check_routed (desk, number, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
