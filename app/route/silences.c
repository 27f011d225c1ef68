/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/silences.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/next-level.h"
#include "route/outbox-private.h"
#include "staff/directory-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60) /* seconds */

void
acc_silence_free (AccSilence *silence)
{
  if (silence == NULL)
    return;
  g_free (silence->number);
  g_free (silence->role);
  g_free (silence->name);
  g_free (silence->handed_over_at);
  g_free (silence->next);
  g_free (silence->sentence);
  g_free (silence);
}

/* Nobody above is proposed twice for one letter. */
static void
propose (AccSilence *silence, AccNextLevel *level, GHashTable *proposed)
{
  const AccRecipient *recipient = acc_next_level_get_recipient (level);
  g_autofree char *key = recipient != NULL ? g_strdup_printf ("%s %s", silence->number, recipient->person->id) : NULL;
  gboolean again = key != NULL && g_hash_table_contains (proposed, key);

  silence->next = g_strdup (recipient != NULL && !again ? recipient->person->name : "");
  silence->sentence
    = again ? g_strdup_printf (_ ("%s, the next one up, is proposed for this letter already."), recipient->person->name)
            : g_strdup (acc_next_level_get_sentence (level));
  if (key != NULL)
    g_hash_table_add (proposed, g_steal_pointer (&key));
}

/* What making the list asks of: lent. */
typedef struct {
  AccStore *desk;
  AccIdentity *identity;
  AccDirectory *directory;
  GHashTable *proposed; /* "NUMBER ID", of char * */
} Listing;

static AccSilence *
make_silence (const Listing *list, const AccDeliveryRow *row, GError **error)
{
  g_autoptr (AccOpenedLetter) letter = acc_opened_letter_new (list->desk, list->identity, row->number, error);
  AccRouting routing = { .letter = letter, .number = row->number };
  g_autoptr (AccDeliveryNote) note = letter != NULL ? acc_routing_open_note (&routing, row, error) : NULL;
  g_autoptr (AccNextLevel) level
    = note != NULL
        ? acc_next_level_new_in (list->directory, list->desk, list->identity, letter, row->position, error)
        : NULL;
  g_autoptr (GDateTime) since = g_date_time_new_from_iso8601 (row->changed_at, NULL);
  AccSilence *silence;

  if (level == NULL)
    return NULL;
  silence = g_new0 (AccSilence, 1);
  silence->number = g_strdup (row->number);
  silence->position = row->position;
  silence->role = g_strdup (row->role);
  silence->name = g_steal_pointer (&note->name);
  silence->handed_over_at = g_strdup (row->changed_at);
  silence->days = since != NULL ? (guint) ((acc_clock_now () / G_USEC_PER_SEC - g_date_time_to_unix (since)) / DAY) : 0;
  propose (silence, level, list->proposed);
  return silence;
}

/* TRUE where that is no reason to end: one letter is damaged, and told of. Takes @fault. */
static gboolean
pass_over (const char *number, GError *fault, GPtrArray *faults, GError **error)
{
  if (!g_error_matches (fault, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  if (strstr (fault->message, number) == NULL)
    g_prefix_error (&fault, "desk.db letter %s: ", number);
  if (faults != NULL)
    g_ptr_array_add (faults, fault);
  else
    g_error_free (fault);
  return TRUE;
}

static gint64
begin_of (guint days)
{
  return acc_clock_now () / G_USEC_PER_SEC - days * DAY;
}

gboolean
acc_silences_find_due (AccStore *desk, guint days, gint64 *due, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && due != NULL, FALSE);

  gint64 first = 0;

  if (!acc_delivery_table_find_silent_after (desk, begin_of (days), ACC_OUTBOX_LEFT, &first, error))
    return FALSE;
  *due = first > 0 ? (first + days * DAY) * G_USEC_PER_SEC : 0;
  return TRUE;
}

GPtrArray *
acc_silences_list (AccStore *desk, AccIdentity *identity, guint days, GPtrArray *faults, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);

  g_autoptr (GPtrArray) rows = acc_delivery_table_list_silent (desk, begin_of (days), ACC_OUTBOX_LEFT, error);
  g_autoptr (GPtrArray) silences = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_silence_free);
  g_autoptr (GHashTable) proposed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (AccDirectory) directory
    = rows != NULL && rows->len > 0 ? acc_directory_table_load (desk, identity, NULL, error) : NULL;
  const Listing list = { desk, identity, directory, proposed };

  if (rows == NULL || (rows->len > 0 && directory == NULL))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);
      GError *fault = NULL;
      AccSilence *silence = make_silence (&list, row, &fault);

      if (silence != NULL)
        g_ptr_array_add (silences, silence);
      else if (!pass_over (row->number, fault, faults, error))
        return NULL;
    }
  return g_steal_pointer (&silences);
}

/* ---- leaving it at that ---- */

typedef struct {
  AccIdentity *identity;
  const char *number;
  guint position;
} Leaving;

static gboolean
is_silent (AccStore *desk, const Leaving *job, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list_silent (desk, G_MAXINT64, ACC_OUTBOX_LEFT, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);

      if (row->position == job->position && g_str_equal (row->number, job->number))
        return TRUE;
    }
  if (rows != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Delivery %u of letter %s does not wait for an answer."),
                 job->position, job->number);
  return FALSE;
}

static gboolean
leave (AccStore *desk, gpointer data, GError **error)
{
  const Leaving *job = data;
  g_autofree char *facts = g_strdup_printf ("{\"position\":%u}", job->position);

  return is_silent (desk, job, error) && acc_archive_note (desk, job->identity, ACC_OUTBOX_LEFT, job->number, facts, error);
}

gboolean
acc_silences_leave (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);

  return acc_store_transact (
    desk, leave, &(Leaving) { identity, acc_opened_letter_get_record (letter)->number, position }, error);
}
