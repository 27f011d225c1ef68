/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/decision.h"

#include "base/error.h"
#include "base/text.h"
#include "letter/passages.h"
#include "review/decision-private.h"
#include "review/intake.h"
#include "vault/bankers.h"
#include "vault/seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REASON_CONTEXT "reason" /* frozen: bound into what is encrypted */

typedef struct {
  AccIdentity *identity;
  const AccRecord *opened; /* what was before the banker's eyes */
  AccLetterKey *key;       /* for the reason */
  AccMove move;
  AccNamed named;
  char *reason; /* cleaned; NULL if none */
} Deciding;

const AccBanker *
acc_decision_find_banker (GPtrArray *bankers, gint64 id)
{
  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      if (banker->id == id)
        return banker;
    }
  return NULL;
}

/* A move that the letter's state has no rule for: because it has changed since, or because it never could. */
static void
refuse_move (const AccRecord *opened, const AccRecord *now, GError **error)
{
  if (opened->state != now->state)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("This letter has changed since it was opened: it is %s now."),
                 acc_state_to_word (now->state));
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("This cannot be done with a letter that is %s."),
                 acc_state_to_word (now->state));
}

/* The rule by which this banker may make the move now. The banker is read anew: who was disabled since signing in
 * decides nothing more. */
static const AccMoveRule *
find_permission (AccStore *desk, const Deciding *deciding, const AccRecord *now, GError **error)
{
  const AccRecord *opened = deciding->opened;
  const AccMoveRule *rule = acc_move_find_rule (deciding->move, now->state);
  gint64 id = acc_identity_get_banker (deciding->identity)->id;
  g_autoptr (GPtrArray) bankers = acc_bankers_list (desk, error);
  const AccBanker *banker = bankers != NULL ? acc_decision_find_banker (bankers, id) : NULL;

  if (bankers == NULL)
    return NULL;
  if (banker == NULL)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("You are not set up at this branch."));
      return NULL;
    }
  if (rule == NULL)
    {
      refuse_move (opened, now, error);
      return NULL;
    }
  if (rule->claimer_only && !rule->manager_only && now->claimed_by != id && now->claimed_by != opened->claimed_by)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                           _ ("Another banker has claimed this letter since it was opened."));
      return NULL;
    }
  return acc_move_allowed (rule, banker, now->claimed_by, deciding->named, deciding->reason, error) ? rule : NULL;
}

/* After the letter was moved: the decision was made when the letter says that it changed. */
static AccDecisionRow *
make_row (AccStore *desk, const Deciding *deciding, const AccMoveRule *rule, const AccRecord *now, GError **error)
{
  g_autoptr (AccDecisionRow) row = g_new0 (AccDecisionRow, 1);
  g_autoptr (GPtrArray) before = acc_decision_table_select (desk, now->number, error);
  g_autoptr (AccRecord) moved = before != NULL ? acc_archive_find (desk, now->number, error) : NULL;
  const AccDecisionRow *last;

  if (moved == NULL)
    return NULL;
  last = before->len > 0 ? g_ptr_array_index (before, before->len - 1) : NULL;
  row->number = g_strdup (now->number);
  row->move = g_strdup (acc_move_to_text (rule->move));
  row->from = g_strdup (acc_state_to_text (rule->from));
  row->to = g_strdup (acc_state_to_text (rule->to));
  row->banker = acc_identity_get_banker (deciding->identity)->id;
  row->at = g_strdup (moved->changed_at);
  row->named = deciding->named != ACC_NAMED_NOT;
  row->pdf_hash = g_strdup (now->pdf_hash);
  row->previous = g_strdup (last != NULL ? last->hash : "");
  if (deciding->reason != NULL)
    {
      g_autoptr (GBytes) plain = g_bytes_new (deciding->reason, strlen (deciding->reason));

      row->reason = acc_letter_key_encrypt (deciding->key, now->number, REASON_CONTEXT, plain);
    }
  row->hash = acc_decision_row_hash (row);
  row->signature = acc_identity_sign (deciding->identity, row->hash, strlen (row->hash));
  return g_steal_pointer (&row);
}

static gboolean
keep_row (AccStore *desk, const Deciding *deciding, const AccMoveRule *rule, const AccRecord *now, GError **error)
{
  g_autoptr (AccDecisionRow) row = make_row (desk, deciding, rule, now, error);
  g_autofree char *facts = NULL;

  if (row == NULL)
    return FALSE;
  facts = acc_decision_row_facts (row, deciding->named == ACC_NAMED_DISCLOSED, TRUE);
  return acc_decision_table_insert (desk, row, error)
         && acc_archive_note (desk, deciding->identity, acc_move_to_kind (rule->move), now->number, facts, error);
}

/* One whose PDF contradicts its record was held when that was found: a manager has let it go on. */
static gboolean
check_reading (AccStore *desk, const AccMoveRule *rule, const AccRecord *now, GError **error)
{
  AccReadBack came_to = ACC_READ_BACK_NEVER;

  if (!rule->needs_reading)
    return TRUE;
  if (!acc_intake_find (desk, now->number, &came_to, error))
    return FALSE;
  if (came_to == ACC_READ_BACK_NEVER)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED,
                         _ ("The PDF of this letter has not been read back yet: open the letter again."));
  return came_to != ACC_READ_BACK_NEVER;
}

static gboolean
decide (AccStore *desk, gpointer data, GError **error)
{
  const Deciding *deciding = data;
  const AccRecord *opened = deciding->opened;
  gint64 banker = acc_identity_get_banker (deciding->identity)->id;
  g_autoptr (AccRecord) now = acc_archive_find (desk, opened->number, error);
  const AccMoveRule *rule = now != NULL ? find_permission (desk, deciding, now, error) : NULL;

  if (rule == NULL || !check_reading (desk, rule, now, error))
    return FALSE;
  if (strcmp (now->pdf_hash, opened->pdf_hash) != 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                   _ ("desk.db letter %s: its PDF is not the one that was read"), now->number);
      return FALSE;
    }
  return acc_archive_set_state (desk, now->number, now->state, rule->to,
                                acc_move_next_claimer (rule, now->claimed_by, banker), error)
         && keep_row (desk, deciding, rule, now, error);
}

static gboolean
clean_reason (const char *reason, char **clean, GError **error)
{
  AccTextChange change = ACC_TEXT_UNCHANGED;
  g_autofree char *cleaned = reason != NULL ? acc_text_clean (reason, -1, ACC_TEXT_STORY, &change) : NULL;

  if (change & ACC_TEXT_CUT)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("reason: At most %d characters and %d lines, please."),
                   ACC_STORY_MAX, ACC_STORY_LINES);
      return FALSE;
    }
  *clean = acc_text_is_blank (cleaned) ? NULL : acc_text_trim (cleaned);
  return TRUE;
}

gboolean
acc_decide_within (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccMove move,
                   AccNamed named, const char *reason, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (move < ACC_MOVE_N, FALSE);

  Deciding deciding = { identity, acc_opened_letter_get_record (letter), acc_opened_letter_get_key (letter), move, named,
                        NULL };
  gboolean done;

  done = clean_reason (reason, &deciding.reason, error) && decide (desk, &deciding, error);
  g_free (deciding.reason);
  return done;
}

/* A letter's key that nothing else is sealed with. */
static AccLetterKey *
new_lost_key (AccIdentity *identity, const char *number, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("-", 1);
  g_autoptr (AccSealed) sealed = acc_seal (acc_identity_get_branch_key (identity), number, nothing, nothing);

  return acc_letter_key_open (identity, sealed->key, error);
}

gboolean
acc_decide_erase_unopened_within (AccStore *desk, AccIdentity *identity, const AccRecord *record, const char *reason,
                                  GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && record != NULL, FALSE);

  g_autoptr (AccLetterKey) key = new_lost_key (identity, record->number, error);
  Deciding deciding = { identity, record, key, ACC_MOVE_ERASE, ACC_NAMED, NULL };
  gboolean done = key != NULL && clean_reason (reason, &deciding.reason, error) && decide (desk, &deciding, error);

  g_free (deciding.reason);
  return done;
}

gboolean
acc_decide (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccMove move, AccNamed named,
            const char *reason, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (move < ACC_MOVE_N, FALSE);

  Deciding deciding = { identity, acc_opened_letter_get_record (letter), acc_opened_letter_get_key (letter), move, named,
                        NULL };
  gboolean done;

  done = clean_reason (reason, &deciding.reason, error) && acc_store_transact (desk, decide, &deciding, error);
  g_free (deciding.reason);
  return done;
}

void
acc_decision_free (AccDecision *decision)
{
  if (decision == NULL)
    return;
  g_free (decision->banker);
  g_free (decision->at);
  g_free (decision->reason);
  g_free (decision->passages);
  g_free (decision);
}

static char *
open_reason (AccOpenedLetter *letter, const AccDecisionRow *row, GError **error)
{
  g_autoptr (GBytes) plain = NULL;
  gsize size = 0;
  const char *text;

  if (row->reason == NULL)
    return g_strdup ("");
  plain = acc_letter_key_decrypt (acc_opened_letter_get_key (letter), row->number, REASON_CONTEXT, row->reason, error);
  if (plain == NULL)
    return NULL;
  text = g_bytes_get_data (plain, &size);
  return g_strndup (text, size);
}

/* What acc_black_out keeps with the reason: a first line that says which passages. */
static void
part_passages (AccOpenedLetter *letter, AccDecision *decision)
{
  g_auto (GStrv) parts = g_strsplit (decision->reason, "\n", 2);
  g_autoptr (GArray) passages = NULL;

  if (decision->move == ACC_MOVE_BLACK_OUT && g_strv_length (parts) == 2)
    passages = acc_passages_from_text (acc_opened_letter_get_letter (letter), parts[0], NULL);
  decision->passages = g_strdup (passages != NULL ? parts[0] : "");
  if (passages == NULL)
    return;
  g_free (decision->reason);
  decision->reason = g_strdup (parts[1]);
}

static AccDecision *
open_row (AccOpenedLetter *letter, const AccDecisionRow *row, GPtrArray *bankers, GError **error)
{
  g_autoptr (AccDecision) decision = g_new0 (AccDecision, 1);
  const AccBanker *banker = acc_decision_find_banker (bankers, row->banker);

  if (!acc_move_from_text (row->move, &decision->move))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                   _ ("desk.db letter %s: one of its decisions cannot be read"), row->number);
      return NULL;
    }
  decision->banker = g_strdup (banker != NULL ? banker->name : "");
  decision->at = g_strdup (row->at);
  decision->reason = open_reason (letter, row, error);
  if (decision->reason == NULL)
    return NULL;
  part_passages (letter, decision);
  return g_steal_pointer (&decision);
}

/* A person holds a letter only by taking back that it was let go on, and then for the very reason it was held for before. */
static gboolean
is_by_check (GPtrArray *before, const AccDecision *decision)
{
  const AccDecision *last = before->len > 0 ? g_ptr_array_index (before, before->len - 1) : NULL;

  if (decision->move != ACC_MOVE_HOLD || *decision->reason == '\0')
    return FALSE;
  for (guint i = 0; last != NULL && last->move == ACC_MOVE_FREE && i < before->len; i++)
    {
      const AccDecision *earlier = g_ptr_array_index (before, i);

      if (earlier->move == ACC_MOVE_HOLD && g_str_equal (earlier->reason, decision->reason))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
acc_decision_list (AccStore *desk, AccOpenedLetter *letter, GError **error)
{
  g_autoptr (GPtrArray) decisions = NULL, rows = NULL, bankers = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter), NULL);

  rows = acc_decision_table_select (desk, acc_opened_letter_get_record (letter)->number, error);
  bankers = rows != NULL ? acc_bankers_list (desk, error) : NULL;
  if (bankers == NULL)
    return NULL;
  decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_decision_free);
  for (guint i = 0; i < rows->len; i++)
    {
      AccDecision *decision = open_row (letter, g_ptr_array_index (rows, i), bankers, error);

      if (decision == NULL)
        return NULL;
      decision->by_check = is_by_check (decisions, decision);
      g_ptr_array_add (decisions, decision);
    }
  return g_steal_pointer (&decisions);
}

const AccDecision *
acc_decision_find_black_out (GPtrArray *decisions)
{
  g_return_val_if_fail (decisions != NULL, NULL);

  for (guint i = decisions->len; i-- > 0;)
    {
      const AccDecision *decision = g_ptr_array_index (decisions, i);

      if (decision->move == ACC_MOVE_BLACK_OUT)
        return decision;
      if (decision->move == ACC_MOVE_RESTORE)
        return NULL;
    }
  return NULL;
}
