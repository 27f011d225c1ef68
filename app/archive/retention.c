/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/retention.h"

#include <glib/gi18n-lib.h>

#include "archive/record-table-private.h"
#include "base/clock.h"
#include "base/error.h"
#include "store/statement.h"
#include "vault/journal.h"

#define WRITER "retention" /* frozen, as is the entry's kind: verify takes unsigned entries of the desk from it alone */
#define KIND "expired"

#define BATCH 200
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60) /* seconds */
#define CLOCK_AHEAD_MAX 400                    /* days without an entry; retention runs each day */

void
acc_expiry_free (AccExpiry *expiry)
{
  if (expiry == NULL)
    return;
  g_free (expiry->number);
  g_free (expiry->since);
  g_free (expiry);
}

/* Seconds since 1970; FALSE for a time that is none. */
static gboolean
read_time (const char *stamp, gint64 *seconds)
{
  g_autoptr (GDateTime) time = stamp != NULL ? g_date_time_new_from_iso8601 (stamp, NULL) : NULL;

  *seconds = time != NULL ? g_date_time_to_unix (time) : 0;
  return time != NULL;
}

static gint64
get_now (void)
{
  return acc_clock_now () / G_USEC_PER_SEC;
}

/* When the journal says that @number was acknowledged last; NULL without an error if it does not. */
static gboolean
find_acknowledged (AccStore *desk, const char *number, char **at, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (desk,
                                                     "SELECT at FROM journal WHERE number = ?1 AND writer = 'desk'"
                                                     " AND kind = 'acknowledged' ORDER BY sequence DESC LIMIT 1",
                                                     error);
  gboolean row = FALSE;

  acc_statement_bind_text (find, 1, number);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  *at = g_strdup (row ? acc_statement_get_text (find, 0) : NULL);
  return TRUE;
}

/* A time that cannot be read ends nothing: verify tells of it. */
static AccExpiry *
make_expiry (const AccRecord *record, const char *since, guint days)
{
  gint64 began;
  AccExpiry *expiry;

  if (!read_time (since, &began) || get_now () - began < days * DAY)
    return NULL;
  expiry = g_new0 (AccExpiry, 1);
  expiry->number = g_strdup (record->number);
  expiry->state = record->state;
  expiry->since = g_strdup (since);
  expiry->days = days;
  return expiry;
}

/* *@expiry: the rule by which the time of @record is over, or NULL. */
static gboolean
find_expiry (AccStore *desk, const AccRetention *retention, const AccRecord *record, AccExpiry **expiry, GError **error)
{
  g_autofree char *acknowledged = NULL;

  *expiry = NULL;
  if (record->state == ACC_STATE_ERASED)
    return TRUE;
  if (record->state == ACC_STATE_ACKNOWLEDGED && !find_acknowledged (desk, record->number, &acknowledged, error))
    return FALSE;
  if (acknowledged != NULL)
    *expiry = make_expiry (record, acknowledged, retention->days);
  if (*expiry == NULL)
    *expiry = make_expiry (record, record->taken_at, retention->most_days);
  return TRUE;
}

GPtrArray *
acc_retention_list (AccStore *desk, const AccRetention *retention, GPtrArray **held, GError **error)
{
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_expiry_free);
  g_autoptr (GPtrArray) stay = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_expiry_free);
  gint64 last = 0;
  guint n = BATCH;

  g_return_val_if_fail (ACC_IS_STORE (desk) && retention != NULL && held != NULL, NULL);

  while (n == BATCH)
    {
      g_autoptr (GPtrArray) records = acc_archive_list (desk, last, BATCH, error);

      if (records == NULL)
        return NULL;
      n = records->len;
      for (guint i = 0; i < n; i++)
        {
          const AccRecord *record = g_ptr_array_index (records, i);
          AccExpiry *expiry;

          if (!find_expiry (desk, retention, record, &expiry, error))
            return NULL;
          if (expiry != NULL)
            g_ptr_array_add (expiry->state == ACC_STATE_HELD ? stay : over, expiry);
          last = record->sequence;
        }
    }
  *held = g_steal_pointer (&stay);
  return g_steal_pointer (&over);
}

gboolean
acc_retention_check_clock (AccStore *desk, gboolean something_is_over, GError **error)
{
  g_autoptr (AccStatement) newest = NULL;
  g_autofree char *now = acc_clock_stamp ();
  gboolean row = FALSE;
  const char *stamp;
  gint64 at, gone;

  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);

  newest = acc_statement_new (desk, "SELECT at FROM journal ORDER BY rowid DESC LIMIT 1", error);
  if (!acc_statement_step (newest, &row, error))
    return FALSE;
  stamp = row ? acc_statement_get_text (newest, 0) : NULL;
  if (!read_time (stamp, &at))
    return TRUE; /* nothing to compare with */
  gone = get_now () - at;
  if (gone >= 0 && (!something_is_over || gone <= CLOCK_AHEAD_MAX * DAY))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
               gone < 0 ? _ ("The clock says %s, which is before the journal's newest entry (%s); nothing was removed. "
                             "Set the clock, or run “accolade retain --yes” if it is right.")
                        : _ ("The clock says %s, which is more than a year after the journal's newest entry (%s); "
                             "nothing was removed. Set the clock, or run “accolade retain --yes” if it is right."),
               now, stamp);
  return FALSE;
}

static gboolean
change (AccStore *desk, const char *sql, const char *number, GError **error)
{
  g_autoptr (AccStatement) statement = acc_statement_new (desk, sql, error);

  acc_statement_bind_text (statement, 1, number);
  return acc_statement_run (statement, error);
}

gboolean
acc_retention_destroy (AccStore *desk, const char *number, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && number != NULL, FALSE);

  return change (desk, "DELETE FROM letter_key WHERE number = ?1", number, error)
         && change (desk, "UPDATE document SET body = x'' WHERE number = ?1", number, error);
}

static gboolean
note_expiry (AccStore *desk, const AccExpiry *expiry, GError **error)
{
  g_autoptr (AccRecord) moved = acc_record_table_select (desk, expiry->number, error);
  g_autofree char *facts = NULL;
  AccJournalEntry entry = { WRITER, KIND, expiry->number, NULL, NULL };

  if (moved == NULL)
    return FALSE;
  entry.facts = facts
    = g_strdup_printf ("{\"state\":\"%s\",\"since\":\"%s\",\"days\":%u,\"changed_at\":\"%s\"}",
                       acc_state_to_text (expiry->state), expiry->since, expiry->days, moved->changed_at);
  return acc_journal_append (desk, &entry, NULL, NULL, error);
}

gboolean
acc_retention_expire (AccStore *desk, const AccRetention *retention, const char *number, gboolean *expired,
                      GError **error)
{
  g_autoptr (AccRecord) record = NULL;
  g_autoptr (AccExpiry) expiry = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && retention != NULL && number != NULL && expired != NULL, FALSE);

  *expired = FALSE;
  record = acc_record_table_select (desk, number, error);
  if (record == NULL || !find_expiry (desk, retention, record, &expiry, error))
    return FALSE;
  if (expiry == NULL || expiry->state == ACC_STATE_HELD) /* a banker was faster */
    return TRUE;
  return acc_record_table_update_state (desk, number, record->state, ACC_STATE_ERASED, record->claimed_by, expired,
                                        error)
         && acc_retention_destroy (desk, number, error) && note_expiry (desk, expiry, error);
}
