/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/slips.h"

#include <glib/gi18n-lib.h>

#include "archive/rules.h"
#include "base/error.h"
#include "inbox/slip-table.h"
#include "store/statement.h"

#define ANSWERED_KIND "answered" /* frozen: in the desk's journal */
#define ENTRIES_MAX 200          /* told in one transaction of the inbox: short, since the kiosk waits for it */
#define PART 5                   /* of them: some fifty milliseconds */

/* Held is taken in: that a letter is looked at more closely is the desk's affair. */
static const AccSlipState states[ACC_STATE_N] = {
  [ACC_STATE_WAITING] = ACC_SLIP_TAKEN_IN,   [ACC_STATE_CLAIMED] = ACC_SLIP_TAKEN_IN,
  [ACC_STATE_HELD] = ACC_SLIP_TAKEN_IN,      [ACC_STATE_APPROVED] = ACC_SLIP_APPROVED,
  [ACC_STATE_ROUTED] = ACC_SLIP_ON_ITS_WAY,  [ACC_STATE_ACKNOWLEDGED] = ACC_SLIP_ARRIVED,
  [ACC_STATE_DECLINED] = ACC_SLIP_DECLINED,  [ACC_STATE_WITHDRAWN] = ACC_SLIP_WITHDRAWN,
  [ACC_STATE_ERASED] = ACC_SLIP_ERASED,
};

/* The entries of the desk's journal by which a request is done. */
static const struct {
  const char *kind;
  AccRequestKind does; /* this request, and any that asks for less */
} done[] = {
  { "withdrawn", ACC_REQUEST_WITHDRAW }, /* by a banker */
  { "erased", ACC_REQUEST_ERASE },       /* by a manager */
  { "expired", ACC_REQUEST_ERASE },      /* its time was over */
};

AccSlipState
acc_slips_state_of (AccState state)
{
  g_return_val_if_fail (state < ACC_STATE_N, ACC_SLIP_TAKEN_IN);
  return states[state];
}

/* ---- telling ---- */

/* An entry of the desk's journal on a letter, and the letter as it is now. */
typedef struct {
  gint64 row;
  char *number, *kind, *at;
  AccState state;
  char *changed_at;
  char *request, *asked_at, *answer; /* facts of an answer */
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->number);
  g_free (entry->kind);
  g_free (entry->at);
  g_free (entry->changed_at);
  g_free (entry->request);
  g_free (entry->asked_at);
  g_free (entry->answer);
  g_free (entry);
}

static GPtrArray *
read_entries (AccStore *desk, gint64 after, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (
    desk,
    "SELECT j.rowid, j.number, j.kind, j.at, l.state, l.changed_at, " ACC_RULES_FACT ("j", "request") ", "
    ACC_RULES_FACT ("j", "asked_at") ", " ACC_RULES_FACT ("j", "answer") " FROM journal j LEFT JOIN letter l "
    "ON l.number = j.number WHERE j.rowid > ?1 ORDER BY j.rowid LIMIT ?2",
    error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  gboolean row = FALSE;

  acc_statement_bind_int (select, 1, after);
  acc_statement_bind_int (select, 2, ENTRIES_MAX);
  while (acc_statement_step (select, &row, error))
    {
      Entry *entry;

      if (!row)
        return g_steal_pointer (&entries);
      entry = g_new0 (Entry, 1);
      g_ptr_array_add (entries, entry);
      entry->row = acc_statement_get_int (select, 0);
      entry->kind = g_strdup (acc_statement_get_text (select, 2));
      if (!acc_state_from_text (acc_statement_get_text (select, 4), &entry->state))
        continue; /* on no letter: nobody's slip tells of it */
      entry->number = g_strdup (acc_statement_get_text (select, 1));
      entry->at = g_strdup (acc_statement_get_text (select, 3));
      entry->changed_at = g_strdup (acc_statement_get_text (select, 5));
      entry->request = g_strdup (acc_statement_get_text (select, 6));
      entry->asked_at = g_strdup (acc_statement_get_text (select, 7));
      entry->answer = g_strdup (acc_statement_get_text (select, 8));
    }
  return NULL;
}

static gboolean
answer_done (AccStore *inbox, const Entry *entry, GError **error)
{
  AccSlipAnswer answer = { entry->number, ACC_REQUEST_NONE, NULL, ACC_ANSWER_DONE, entry->at };

  for (gsize i = 0; i < G_N_ELEMENTS (done); i++)
    {
      if (g_strcmp0 (entry->kind, done[i].kind) != 0)
        continue;
      if (done[i].does == ACC_REQUEST_WITHDRAW)
        answer.kind = ACC_REQUEST_WITHDRAW;
      return acc_slip_table_answer (inbox, &answer, error);
    }
  return TRUE;
}

static gboolean
answer_otherwise (AccStore *inbox, const Entry *entry, GError **error)
{
  AccSlipAnswer answer = { .number = entry->number, .asked_at = entry->asked_at, .at = entry->at };

  if (g_strcmp0 (entry->kind, ANSWERED_KIND) != 0 || entry->request == NULL || entry->answer == NULL
      || !acc_request_from_text (entry->request, &answer.kind)
      || !acc_request_answer_from_text (entry->answer, &answer.answer))
    return TRUE;
  return acc_slip_table_answer (inbox, &answer, error);
}

static gboolean
tell_entries (AccStore *inbox, gpointer data, GError **error)
{
  const GPtrArray *entries = data;
  const Entry *last = g_ptr_array_index (entries, entries->len - 1);

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if (entry->number != NULL
          && (!acc_slip_table_set_state (inbox, entry->number, states[entry->state], entry->changed_at, error)
              || !answer_done (inbox, entry, error) || !answer_otherwise (inbox, entry, error)))
        return FALSE;
    }
  return acc_slip_table_set_told (inbox, last->row, error);
}

static gboolean
find_newest (AccStore *desk, gint64 *newest, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new_kept (desk, "SELECT max (rowid) FROM journal", error);
  gboolean row = FALSE;

  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *newest = acc_statement_get_int (select, 0);
  return TRUE;
}

/* *@told: the last entry that is told; *@newest: the last there is. */
static gboolean
find_told (AccStore *desk, AccStore *inbox, gint64 *told, gint64 *newest, GError **error)
{
  if (!acc_slip_table_get_told (inbox, told, error) || !find_newest (desk, newest, error))
    return FALSE;
  if (*told > *newest) /* the desk was put back from a backup: its journal goes another way from there */
    *told = 0;
  return TRUE;
}

/* The next entries, in one transaction of the inbox. */
static gboolean
tell_next (AccStore *desk, AccStore *inbox, gint64 newest, gint64 *told, GError **error)
{
  g_autoptr (GPtrArray) entries = read_entries (desk, *told, error);

  if (entries == NULL || (entries->len > 0 && !acc_store_transact (inbox, tell_entries, entries, error)))
    return FALSE;
  *told = entries->len > 0 ? ((Entry *) g_ptr_array_index (entries, entries->len - 1))->row : newest;
  return TRUE;
}

static gboolean
tell (AccStore *desk, AccStore *inbox, guint most, GError **error)
{
  gint64 told = 0, newest = 0;

  if (!find_told (desk, inbox, &told, &newest, error))
    return FALSE;
  for (guint i = 0; i < most && told < newest; i++)
    if (!tell_next (desk, inbox, newest, &told, error))
      return FALSE;
  return TRUE;
}

gboolean
acc_slips_tell (AccStore *desk, AccStore *inbox, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox), FALSE);
  return tell (desk, inbox, G_MAXUINT, error);
}

gboolean
acc_slips_tell_part (AccStore *desk, AccStore *inbox, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox), FALSE);
  return tell (desk, inbox, PART, error);
}

gboolean
acc_slips_find_told (AccStore *desk, AccStore *inbox, gint64 *told, gboolean *more, GError **error)
{
  gint64 newest = 0;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox), FALSE);
  g_return_val_if_fail (told != NULL && more != NULL, FALSE);

  if (!find_told (desk, inbox, told, &newest, error))
    return FALSE;
  *more = *told < newest;
  return TRUE;
}

/* ---- taking in ---- */

static gboolean
begin_taking (AccStore *inbox, gpointer data, GError **error)
{
  return acc_slip_table_begin_taking (inbox, data, error);
}

gboolean
acc_slips_begin_taking (AccStore *inbox, const char *number, gboolean *still_there, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccSlip) slip = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && number != NULL && still_there != NULL, FALSE);

  slip = acc_slip_table_find (inbox, number, &local);
  *still_there = TRUE;
  if (slip == NULL && local == NULL) /* nobody can take it back */
    return TRUE;
  if (local == NULL && acc_store_transact (inbox, begin_taking, (gpointer) number, &local))
    {
      g_autoptr (AccSlip) now = acc_slip_table_find (inbox, number, &local);

      *still_there = now == NULL || (now->state != ACC_SLIP_WITHDRAWN && now->state != ACC_SLIP_ERASED);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- requests ---- */

GPtrArray *
acc_slips_list_open (AccStore *desk, AccStore *inbox, GError **error)
{
  g_autoptr (GPtrArray) slips = NULL, open = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox), NULL);

  slips = acc_slip_table_list_requests (inbox, error);
  open = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_slip_free);
  while (slips != NULL && slips->len > 0)
    {
      AccSlip *slip = g_ptr_array_steal_index (slips, 0);
      g_autoptr (AccRecord) record = acc_archive_find (desk, slip->number, NULL);

      if (record != NULL && slip->answer == ACC_ANSWER_NONE)
        g_ptr_array_add (open, slip);
      else
        acc_slip_free (slip);
    }
  return slips != NULL ? g_steal_pointer (&open) : NULL;
}

typedef struct {
  AccStore *inbox;
  AccIdentity *identity;
  const AccSlip *slip;
  AccRequestAnswer answer;
} Answering;

static gboolean
check_open (const Answering *job, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccSlip) now = acc_slip_table_find (job->inbox, job->slip->number, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (now != NULL && now->asked == job->slip->asked && now->answer == ACC_ANSWER_NONE
      && g_strcmp0 (now->asked_at, job->slip->asked_at) == 0)
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                       _ ("This request has been answered, or the client has asked for something else since."));
  return FALSE;
}

/* The time that the client asked at is the kiosk's writing: it is noted only if it is one. */
static gboolean
note_answer (AccStore *desk, gpointer data, GError **error)
{
  const Answering *job = data;
  g_autoptr (GDateTime) asked = g_date_time_new_from_iso8601 (job->slip->asked_at, NULL);
  g_autofree char *facts = NULL;

  if (asked == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("inbox.db request on letter %s: its time is none"),
                   job->slip->number);
      return FALSE;
    }
  facts = g_strdup_printf ("{\"request\":\"%s\",\"asked_at\":\"%s\",\"answer\":\"%s\"}",
                           acc_request_to_text (job->slip->asked), job->slip->asked_at,
                           acc_request_answer_to_text (job->answer));
  return acc_archive_note (desk, job->identity, ANSWERED_KIND, job->slip->number, facts, error);
}

gboolean
acc_slips_answer (AccStore *desk, AccStore *inbox, AccIdentity *identity, const AccSlip *slip, AccRequestAnswer answer,
                  GError **error)
{
  Answering job = { inbox, identity, slip, answer };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (slip != NULL && slip->asked != ACC_REQUEST_NONE, FALSE);
  g_return_val_if_fail (answer == ACC_ANSWER_TOO_LATE || answer == ACC_ANSWER_REFUSED, FALSE);

  return check_open (&job, error) && acc_store_transact (desk, note_answer, &job, error)
         && acc_slips_tell_part (desk, inbox, error);
}
