/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/intake.h"

#include "archive/opened-letter.h"
#include "base/error.h"
#include "paper/composition.h"
#include "paper/read-back.h"
#include "review/decision-private.h"
#include "review/decision.h"
#include "review/hold.h"
#include "store/statement.h"

#include <glib/gi18n-lib.h>

#define KIND "read back" /* frozen: in the journal */
#define PATIENCE (G_TIME_SPAN_SECOND / 3)
#define STRETCH 2000 /* sequences that a call goes through: some ten milliseconds where all were read back before */

/* Frozen: what the journal says of each outcome. */
static const char *const facts[ACC_READ_BACK_N] = {
  [ACC_READ_BACK_BYTES] = "{\"outcome\":\"same bytes\"}",
  [ACC_READ_BACK_WORDS] = "{\"outcome\":\"same words\"}",
  [ACC_READ_BACK_DIFFERS] = "{\"outcome\":\"differs\"}",
  [ACC_READ_BACK_NO_PDF] = "{\"outcome\":\"cannot be read\"}",
};

/* *@reason says why the letter must be held. FALSE where this machine, not the letter, is to blame. */
static gboolean
compare (const AccIntakePlace *place, AccOpenedLetter *opened, AccReadBack *came_to, char **reason, GError **error)
{
  /* The record's letter as it would be set here today. */
  g_autoptr (AccPages) pages = acc_typeset_letter (acc_opened_letter_get_letter (opened), place->branch,
                                                   acc_opened_letter_get_record (opened)->number, place->letterhead,
                                                   error);
  g_autoptr (GError) difference = NULL;
  gboolean same_bytes = FALSE;

  if (pages == NULL)
    return FALSE;
  if (acc_read_back (pages, acc_opened_letter_get_pdf (opened), &same_bytes, &difference))
    *came_to = same_bytes ? ACC_READ_BACK_BYTES : ACC_READ_BACK_WORDS;
  else if (g_error_matches (difference, ACC_ERROR, ACC_ERROR_CHARACTERS))
    *came_to = ACC_READ_BACK_DIFFERS;
  else if (g_error_matches (difference, ACC_ERROR, ACC_ERROR_DOCUMENT))
    *came_to = ACC_READ_BACK_NO_PDF;
  else
    {
      g_propagate_error (error, g_steal_pointer (&difference));
      return FALSE;
    }
  if (difference != NULL)
    /* Translators: a sentence follows */
    *reason = g_strdup_printf (*came_to == ACC_READ_BACK_NO_PDF
                                 ? _ ("Held as it came in, since its PDF cannot be shown. %s")
                                 : _ ("Held as it came in, since its PDF does not say what the letter's record says. %s"),
                               difference->message);
  return TRUE;
}

typedef struct {
  AccIdentity *identity;
  const char *number;
  AccReadBack came_to;
} Note;

static gboolean
write_note (AccStore *desk, gpointer data, GError **error)
{
  const Note *note = data;

  return acc_archive_note (desk, note->identity, KIND, note->number, facts[note->came_to], error);
}

/* Whether a manager has let the letter go on before: what they saw then is no reason to hold it again. */
static gboolean
find_freed (AccStore *desk, const char *number, gboolean *freed, GError **error)
{
  g_autoptr (GPtrArray) decisions = acc_decision_table_select (desk, number, error);

  *freed = FALSE;
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    if (g_strcmp0 (((const AccDecisionRow *) g_ptr_array_index (decisions, i))->move, acc_move_to_text (ACC_MOVE_FREE)) == 0)
      *freed = TRUE;
  return decisions != NULL;
}

/* *@reason: why the letter's words or its language must hold it; NULL where they need not. */
static gboolean
find_words (const AccIntakePlace *place, AccOpenedLetter *opened, char **reason, GError **error)
{
  gboolean freed;

  *reason = acc_hold_find_reason (acc_opened_letter_get_letter (opened), place->languages_read);
  if (*reason == NULL)
    return TRUE;
  if (!find_freed (place->desk, acc_opened_letter_get_record (opened)->number, &freed, error))
    return FALSE;
  if (freed)
    g_clear_pointer (reason, g_free);
  return TRUE;
}

static gboolean
hold (const AccIntakePlace *place, AccOpenedLetter *opened, const char *reason, AccIntake *intake, GError **error)
{
  if (!acc_decide (place->desk, place->identity, opened, ACC_MOVE_HOLD, ACC_NAMED_NOT, reason, error))
    return FALSE;
  intake->n_held++;
  return TRUE;
}

/* The decision first: killed in between, the letter is read once more when it is let go on, and never waits unread. */
static gboolean
read_back (const AccIntakePlace *place, AccOpenedLetter *opened, AccIntake *intake, GError **error)
{
  Note note = { place->identity, acc_opened_letter_get_record (opened)->number, ACC_READ_BACK_NEVER };
  g_autofree char *pdf_reason = NULL, *words_reason = NULL, *reason = NULL;

  if (!compare (place, opened, &note.came_to, &pdf_reason, error) || !find_words (place, opened, &words_reason, error))
    return FALSE;
  if (pdf_reason != NULL && words_reason != NULL)
    reason = g_strconcat (pdf_reason, " ", words_reason, NULL);
  else if (pdf_reason != NULL)
    reason = g_steal_pointer (&pdf_reason);
  else
    reason = g_steal_pointer (&words_reason);
  if (reason != NULL && !hold (place, opened, reason, intake, error))
    return FALSE;
  return acc_store_transact (place->desk, write_note, &note, error);
}

/* One that was read back before: it may have come in when less held a letter, or when its language was read here. */
static gboolean
look_again (const AccIntakePlace *place, AccOpenedLetter *opened, AccIntake *intake, GError **error)
{
  g_autofree char *reason = NULL;

  return find_words (place, opened, &reason, error)
         && (reason == NULL || hold (place, opened, reason, intake, error));
}

typedef gboolean (*Look) (const AccIntakePlace *place, AccOpenedLetter *opened, AccIntake *intake, GError **error);

/* A letter that cannot be opened cannot be approved either, and one that has just changed is another desk's. */
static gboolean
look_at (const AccIntakePlace *place, const char *number, Look look, AccIntake *intake, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (AccOpenedLetter) opened = acc_opened_letter_new (place->desk, place->identity, number, &failure);

  if (opened != NULL && look (place, opened, intake, &failure))
    return TRUE;
  if (g_error_matches (failure, ACC_ERROR, ACC_ERROR_CONFLICT)
      || (opened == NULL && g_error_matches (failure, ACC_ERROR, ACC_ERROR_STORE_DAMAGED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_all_back (const AccIntakePlace *place, AccIntake *intake, GError **error)
{
  gint64 end = g_get_monotonic_time () + PATIENCE, stretch = intake->last + STRETCH, newest;
  g_autoptr (GPtrArray) unread = NULL;

  intake->unfinished = FALSE;
  if (!acc_archive_find_newest (place->desk, &newest, error)
      || (unread = acc_archive_list_unnoted (place->desk, KIND, intake->last, stretch, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < unread->len; i++)
    {
      const AccRecord *record = g_ptr_array_index (unread, i);

      if (!look_at (place, record->number, read_back, intake, error))
        return FALSE;
      intake->last = record->sequence;
      intake->unfinished = g_get_monotonic_time () >= end;
      if (intake->unfinished)
        return TRUE;
    }
  intake->last = MAX (intake->last, MIN (stretch, newest));
  intake->unfinished = intake->last < newest;
  return TRUE;
}

gboolean
acc_intake (const AccIntakePlace *place, AccIntake *intake, GError **error)
{
  g_autoptr (GError) left = NULL, unread = NULL;
  guint n_taken = 0;

  g_return_val_if_fail (place != NULL && intake != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_LETTERHEAD (place->letterhead) && place->branch != NULL, FALSE);

  acc_archive_take_in (place->desk, place->inbox, place->identity, &n_taken, &left);
  intake->n_taken += n_taken;
  read_all_back (place, intake, &unread);
  if (left != NULL)
    g_propagate_error (error, g_steal_pointer (&left));
  else if (unread != NULL)
    g_propagate_error (error, g_steal_pointer (&unread));
  else
    return TRUE;
  return FALSE;
}

gboolean
acc_intake_find (AccStore *desk, const char *number, AccReadBack *came_to, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk,
                         "SELECT coalesce (facts, '') FROM journal"
                         " WHERE number = ?1 AND kind = ?2 AND signer IS NOT NULL ORDER BY sequence DESC LIMIT 1",
                         error);
  gboolean found = FALSE;

  g_return_val_if_fail (number != NULL && came_to != NULL, FALSE);

  *came_to = ACC_READ_BACK_NEVER;
  acc_statement_bind_text (select, 1, number);
  acc_statement_bind_text (select, 2, KIND);
  if (!acc_statement_step (select, &found, error))
    return FALSE;
  for (AccReadBack outcome = ACC_READ_BACK_BYTES; found && outcome < ACC_READ_BACK_N; outcome++)
    if (g_strcmp0 (acc_statement_get_text (select, 0), facts[outcome]) == 0)
      *came_to = outcome;
  return TRUE;
}

gboolean
acc_intake_read (const AccIntakePlace *place, const char *number, GError **error)
{
  g_autoptr (AccRecord) record = NULL;
  AccReadBack came_to;
  AccIntake intake = { 0 };

  g_return_val_if_fail (place != NULL, FALSE);

  record = acc_archive_find (place->desk, number, error);
  if (record == NULL || !acc_intake_find (place->desk, number, &came_to, error))
    return FALSE;
  if (acc_move_find_rule (ACC_MOVE_HOLD, record->state) == NULL)
    return TRUE;
  return look_at (place, number, came_to == ACC_READ_BACK_NEVER ? read_back : look_again, &intake, error);
}
