/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/erasure.h"

#include "archive/heads.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "review/decision.h"
#include "route/receipt-table.h"
#include "route/routing-private.h"
#include "store/statement.h"
#include "vault/journal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
acc_erasure_free (AccErasure *erasure)
{
  if (erasure == NULL)
    return;
  g_free (erasure->number);
  g_free (erasure->sent_at);
  g_free (erasure->erased_at);
  g_free (erasure->banker);
  g_free (erasure->reason);
  g_clear_pointer (&erasure->deliveries, g_ptr_array_unref);
  g_free (erasure->entry_hash);
  g_free (erasure);
}

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter; /* NULL: it cannot be opened */
  const AccRecord *record;
  const char *reason;
  AccErasureKeep keep;
  gpointer data;
  AccErasure *erasure;
} Erasing;

/* The deliveries of a letter that cannot be opened: to whom they went cannot be read either. */
static GPtrArray *
list_unopened (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, number, error);
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify)acc_delivery_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);
      AccDelivery *delivery = g_new0 (AccDelivery, 1);

      delivery->role = g_strdup (row->role);
      delivery->name = g_strdup (_ ("somebody whose name cannot be read any more"));
      delivery->email = g_strdup ("");
      delivery->door = g_strdup (row->door);
      delivery->state = g_strdup (acc_delivery_state_to_text (row->state));
      delivery->place = g_strdup ("");
      delivery->position = row->position;
      delivery->reason = g_strdup ("");
      delivery->next_try = g_strdup ("");
      delivery->at = g_strdup (row->changed_at);
      g_ptr_array_add (deliveries, delivery);
    }
  return rows != NULL ? g_steal_pointer (&deliveries) : NULL;
}

/* Read inside the transaction: another session may have been handing over until now. */
static gboolean
collect_deliveries (AccStore *desk, const Erasing *job, GError **error)
{
  g_autoptr (GPtrArray) all = job->letter != NULL ? acc_routing_list (desk, job->letter, error)
                                                  : list_unopened (desk, job->erasure->number, error);
  GPtrArray *left = g_ptr_array_new_with_free_func ((GDestroyNotify)acc_delivery_free);

  job->erasure->deliveries = left;
  while (all != NULL && all->len > 0)
    {
      AccDelivery *delivery = g_ptr_array_steal_index (all, 0);
      AccDeliveryState state;

      if (acc_delivery_state_from_text (delivery->state, &state)
          && (acc_delivery_state_is_done (state) || state == ACC_DELIVERY_SENDING || state == ACC_DELIVERY_UNSURE))
        g_ptr_array_add (left, delivery);
      else
        acc_delivery_free (delivery);
    }
  return all != NULL;
}

/* Nobody is chosen for the addressees any more: unresolved counts as named, as everywhere. */
static gboolean
decide (AccStore *desk, const Erasing *job, GError **error)
{
  AccRouting routing = { .identity = job->identity, .letter = job->letter, .number = job->erasure->number };
  const char *const nobody[] = { NULL };

  if (job->letter == NULL)
    return acc_decide_erase_unopened_within (desk, job->identity, job->record, job->reason, error);
  return acc_routing_find_named (desk, &routing, nobody, FALSE, error)
         && acc_decide_within (desk, job->identity, job->letter, ACC_MOVE_ERASE, routing.named, job->reason, error);
}

/* What the decision has made of it: when, and under which hash the journal has it. */
static gboolean
collect_facts (AccStore *desk, const Erasing *job, GError **error)
{
  AccErasure *erasure = job->erasure;
  g_autoptr (AccRecord) record = acc_archive_find (desk, erasure->number, error);
  g_autofree char *clean = acc_text_clean (job->reason, -1, ACC_TEXT_STORY, NULL);
  gint64 count;

  if (record == NULL)
    return FALSE;
  erasure->sent_at = g_strdup (record->submitted_at);
  erasure->erased_at = g_strdup (record->changed_at);
  erasure->banker = g_strdup (acc_identity_get_banker (job->identity)->name);
  erasure->reason = acc_text_trim (clean);
  erasure->entry_hash = acc_journal_head (desk, "desk", &count, error);
  return erasure->entry_hash != NULL;
}

static gboolean
erase (AccStore *desk, gpointer data, GError **error)
{
  const Erasing *job = data;

  return collect_deliveries (desk, job, error) && decide (desk, job, error) && collect_facts (desk, job, error)
         && acc_retention_destroy (desk, job->erasure->number, error)
         && acc_delivery_table_empty (desk, job->erasure->number, error)
         && acc_receipt_table_empty (desk, job->erasure->number, error)
         && job->keep (job->erasure, job->data, error);
}

/* After an error at COMMIT the change may be there: it counts once the folder is synced. */
static gboolean
was_committed (AccStore *desk, const AccErasure *erasure)
{
  g_autofree char *folder = g_path_get_dirname (acc_store_get_path (desk));
  g_autoptr (AccStatement) find = NULL;
  gboolean found = FALSE;

  if (erasure->entry_hash == NULL)
    return FALSE;
  find = acc_statement_new (desk, "SELECT 1 FROM journal WHERE hash = ?1", NULL);
  acc_statement_bind_text (find, 1, erasure->entry_hash);
  return acc_statement_step (find, &found, NULL) && found && acc_file_sync_folder (folder, NULL);
}

/* NULL without @error: it is damaged, and can be erased all the same. */
static AccOpenedLetter *
open_letter (AccStore *desk, AccIdentity *identity, const char *number, GError **error)
{
  g_autoptr (GError) local = NULL;
  AccOpenedLetter *letter = acc_opened_letter_new (desk, identity, number, &local);

  if (letter == NULL && !g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    g_propagate_error (error, g_steal_pointer (&local));
  return letter;
}

AccErasure *
acc_erase (AccStore *desk, AccIdentity *identity, const char *number, const char *reason, AccErasureKeep keep,
           gpointer data, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (number != NULL && reason != NULL && keep != NULL, NULL);

  g_autoptr (GError) local = NULL;
  g_autoptr (AccRecord) record = acc_archive_find (desk, number, error);
  g_autoptr (AccOpenedLetter) letter = record != NULL ? open_letter (desk, identity, number, &local) : NULL;
  g_autoptr (AccErasure) erasure = g_new0 (AccErasure, 1);
  Erasing job = { identity, letter, record, reason, keep, data, erasure };

  if (record == NULL)
    return NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  erasure->number = g_strdup (number);
  if (acc_store_transact (desk, erase, &job, &local) || was_committed (desk, erasure))
    {
      acc_heads_keep (desk, NULL, NULL); /* a store put back to before this would bring the letter back: that is told */
      return g_steal_pointer (&erasure);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
acc_erasure_take_back (const AccErasure *erasure, AccFolderDoor *outbox, GError **error)
{
  g_return_val_if_fail (erasure != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_FOLDER_DOOR (outbox), FALSE);

  if (!acc_folder_door_take_back (outbox, erasure->number, error))
    return FALSE;
  for (guint i = 0; i < erasure->deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (erasure->deliveries, i);
      g_autofree char *folder = g_path_get_dirname (delivery->place);
      g_autoptr (AccDoor) door = g_path_is_absolute (folder) ? acc_folder_door_new (folder) : NULL;

      if (door != NULL && g_str_equal (delivery->door, acc_door_get_name (door))
          && !acc_folder_door_take_back (ACC_FOLDER_DOOR (door), erasure->number, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct {
  const AccRetention *retention;
  const char *number;
  gboolean expired;
} Expiring;

static gboolean
expire (AccStore *desk, gpointer data, GError **error)
{
  Expiring *job = data;

  return acc_retention_expire (desk, job->retention, job->number, &job->expired, error)
         && (!job->expired
             || (acc_delivery_table_empty (desk, job->number, error)
                 && acc_receipt_table_empty (desk, job->number, error)));
}

gboolean
acc_erasure_expire (AccStore *desk, const AccRetention *retention, const char *number, gboolean *expired,
                    GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && retention != NULL, FALSE);
  g_return_val_if_fail (number != NULL && expired != NULL, FALSE);

  Expiring job = { retention, number, FALSE };
  gboolean done = acc_store_transact (desk, expire, &job, error);

  *expired = done && job.expired;
  return done;
}

/* A package of a letter that is not known here is another store's. */
static gboolean
is_erased (AccStore *desk, const char *number, gboolean *erased, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccRecord) record = acc_archive_find (desk, number, &local);

  *erased = record != NULL && record->state == ACC_STATE_ERASED;
  if (record != NULL || g_error_matches (local, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
acc_erasure_sweep (AccStore *desk, AccFolderDoor *outbox, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_FOLDER_DOOR (outbox), FALSE);

  g_auto (GStrv) numbers = acc_folder_door_list (outbox, error);

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      gboolean erased;

      if (!is_erased (desk, numbers[i], &erased, error)
          || (erased && !acc_folder_door_take_back (outbox, numbers[i], error)))
        return FALSE;
    }
  return numbers != NULL;
}
