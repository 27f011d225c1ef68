/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/intake.h"

#include "archive/opened-letter.h"
#include "archive/slips.h"
#include "base/error.h"
#include "base/text.h"
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

/* *@reason says why the letter must be held. FALSE: this machine cannot tell. */
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

/* A call that goes through letters, and what came of the one at hand. */
typedef struct {
  const AccIntakePlace *place;
  AccIntake *intake;
  AccOpenedLetter *opened;
  AccReadBack came_to; /* ACC_READ_BACK_NEVER: nothing is noted */
  char *reason;        /* why it must be held; NULL: it need not */
  GError *unread;      /* why this machine cannot tell what its PDF says; NULL: it can, or need not */
} Round;

static void
round_clear (Round *self)
{
  self->came_to = ACC_READ_BACK_NEVER;
  g_clear_object (&self->opened);
  g_clear_pointer (&self->reason, g_free);
  g_clear_error (&self->unread);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

/* Held and noted in one: killed before, both are done the next time. */
static gboolean
write_round (AccStore *desk, gpointer data, GError **error)
{
  Round *self = data;
  /* The client's words may be in it, however long they are. */
  g_autofree char *reason = self->reason != NULL ? acc_text_clean (self->reason, -1, ACC_TEXT_STORY, NULL) : NULL;

  return (reason == NULL
          || acc_decide_within (desk, self->place->identity, self->opened, ACC_MOVE_HOLD, ACC_NAMED_NOT, reason, error))
         && (self->came_to == ACC_READ_BACK_NEVER
             || acc_archive_note (desk, self->place->identity, KIND, acc_opened_letter_get_record (self->opened)->number,
                                  facts[self->came_to], error));
}

/* Where the PDF cannot be told of, the words are looked at all the same, now and again when it can. */
static gboolean
read_back (Round *self, GError **error)
{
  g_autofree char *pdf_reason = NULL, *words_reason = NULL;

  if (!compare (self->place, self->opened, &self->came_to, &pdf_reason, &self->unread))
    self->came_to = ACC_READ_BACK_NEVER;
  if (!find_words (self->place, self->opened, &words_reason, error))
    return FALSE;
  if (pdf_reason != NULL && words_reason != NULL)
    self->reason = g_strconcat (pdf_reason, " ", words_reason, NULL);
  else
    self->reason = pdf_reason != NULL ? g_steal_pointer (&pdf_reason) : g_steal_pointer (&words_reason);
  return TRUE;
}

/* One that was read back before: it may have come in when less held a letter, or when its language was read here. */
static gboolean
look_again (Round *self, GError **error)
{
  return find_words (self->place, self->opened, &self->reason, error);
}

typedef gboolean (*Look) (Round *self, GError **error);

static gboolean
look_and_write (Round *self, Look look, GError **error)
{
  if (!look (self, error))
    return FALSE;
  if (self->reason == NULL && self->came_to == ACC_READ_BACK_NEVER)
    return TRUE;
  if (!acc_store_transact (self->place->desk, write_round, self, error))
    return FALSE;
  self->intake->n_held += self->reason != NULL;
  return TRUE;
}

/* What is wrong with the letter at hand alone; anything else would be so with the next one, too. */
static gboolean
is_of_the_letter (const GError *error)
{
  static const AccError codes[] = {
    ACC_ERROR_CONFLICT,      /* another desk has just moved it */
    ACC_ERROR_INPUT,         /* or erased it */
    ACC_ERROR_NOT_FOUND,     /* it, or what belongs to it, is not there */
    ACC_ERROR_STORE_DAMAGED, /* its record, key, body or decisions: it can be neither opened nor approved */
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, ACC_ERROR, (int) codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
look_at (Round *self, const char *number, Look look, GError **error)
{
  g_autoptr (GError) failure = NULL;

  round_clear (self);
  self->opened = acc_opened_letter_new (self->place->desk, self->place->identity, number, &failure);
  if ((self->opened != NULL && look_and_write (self, look, &failure)) || is_of_the_letter (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
look_at_next (Round *self, const AccRecord *record, GError **error)
{
  AccIntake *intake = self->intake;

  if (!look_at (self, record->number, read_back, error))
    return FALSE;
  intake->last = record->sequence;
  if (self->unread == NULL)
    return TRUE;
  intake->n_unread++;
  g_strlcpy (intake->unread, record->number, sizeof intake->unread);
  return TRUE;
}

static gboolean
read_all_back (const AccIntakePlace *place, AccIntake *intake, GError **error)
{
  gint64 end = g_get_monotonic_time () + PATIENCE, stretch = intake->last + STRETCH, newest;
  g_autoptr (GPtrArray) unread = NULL;
  g_auto (Round) round = { place, intake };

  intake->unfinished = FALSE;
  if (!acc_archive_find_newest (place->desk, &newest, error)
      || (unread = acc_archive_list_unnoted (place->desk, KIND, intake->last, stretch, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < unread->len; i++)
    {
      if (!look_at_next (&round, g_ptr_array_index (unread, i), error))
        return FALSE;
      intake->unfinished = g_get_monotonic_time () >= end;
      if (intake->unfinished)
        return TRUE;
    }
  intake->last = MAX (intake->last, MIN (stretch, newest));
  intake->unfinished = intake->last < newest;
  return TRUE;
}

/* Only what gets on is called for again: an inbox that cannot be written waits for the next step. */
static void
find_untold (const AccIntakePlace *place, AccIntake *intake)
{
  gint64 before = intake->told;
  gboolean more = FALSE;

  intake->untold = acc_slips_find_told (place->desk, place->inbox, &intake->told, &more, NULL) && more
                   && intake->told > before;
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
  find_untold (place, intake);
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
  g_auto (Round) round = { place, &intake };

  g_return_val_if_fail (place != NULL, FALSE);

  record = acc_archive_find (place->desk, number, error);
  if (record == NULL || !acc_intake_find (place->desk, number, &came_to, error))
    return FALSE;
  if (acc_move_find_rule (ACC_MOVE_HOLD, record->state) == NULL)
    return TRUE;
  if (!look_at (&round, number, came_to == ACC_READ_BACK_NEVER ? read_back : look_again, error))
    return FALSE;
  if (round.unread == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&round.unread));
  return FALSE;
}
