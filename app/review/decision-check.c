/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/decision.h"

#include "review/decision-private.h"
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BATCH 100

/* One letter's decisions, replayed from the queue on. */
typedef struct {
  const AccRecord *record;
  GPtrArray *bankers;
  GHashTable *entries;  /* of the journal; those that fit a decision are taken out */
  const char *previous; /* the hash of the decision before */
  AccState state;
  gint64 claimed_by;
} Replay;

static const AccMoveRule *
find_rule (const AccDecisionRow *row)
{
  AccMove move;
  AccState from, to;
  const AccMoveRule *rule;

  if (!acc_move_from_text (row->move, &move) || !acc_state_from_text (row->from, &from)
      || !acc_state_from_text (row->to, &to))
    return NULL;
  rule = acc_move_find_rule (move, from);
  return rule != NULL && rule->to == to ? rule : NULL;
}

/* Takes out the journal's entry that names this decision, and gives its head; NULL if there is none. */
static char *
take_entry (Replay *replay, const AccDecisionRow *row, gboolean disclosed)
{
  g_autofree char *facts = acc_decision_row_facts (row, disclosed);
  g_autofree char *key = NULL;
  char *head = NULL;

  g_hash_table_steal_extended (replay->entries, facts, (gpointer *) &key, (gpointer *) &head);
  return head;
}

static gboolean
entry_fits (const char *head, const AccMoveRule *rule, const AccBanker *banker)
{
  g_autofree char *expected = acc_decision_entry_head (acc_move_to_kind (rule->move), banker->name);

  return g_strcmp0 (head, expected) == 0;
}

/* By the rules as they were when it was made: who has been disabled since could decide then. */
static gboolean
was_allowed (const Replay *replay, const AccDecisionRow *row, const AccMoveRule *rule, const AccBanker *banker,
             gboolean disclosed)
{
  AccBanker then = *banker;
  AccNamed named = !row->named ? ACC_NAMED_NOT : disclosed ? ACC_NAMED_DISCLOSED : ACC_NAMED;

  then.disabled = FALSE;
  return acc_move_allowed (rule, &then, replay->claimed_by, named, row->reason != NULL ? "given" : NULL, NULL);
}

/* What is wrong with @row, or NULL; moves the replay on. */
static const char *
replay_row (Replay *replay, const AccDecisionRow *row)
{
  g_autofree char *hash = acc_decision_row_hash (row);
  const AccBanker *banker = acc_decision_find_banker (replay->bankers, row->banker);
  const AccMoveRule *rule = find_rule (row);
  g_autofree char *disclosure = take_entry (replay, row, TRUE);
  g_autofree char *entry = disclosure == NULL ? take_entry (replay, row, FALSE) : NULL;
  gboolean disclosed = disclosure != NULL, allowed;
  const char *previous = replay->previous;
  AccState state = replay->state;

  replay->previous = row->hash;
  if (rule == NULL)
    return _ ("no rule allows its move");
  allowed = banker != NULL && was_allowed (replay, row, rule, banker, disclosed);
  replay->claimed_by = acc_move_next_claimer (rule, replay->claimed_by, row->banker);
  replay->state = rule->to;

  if (g_strcmp0 (hash, row->hash) != 0)
    return _ ("it does not match its hash");
  if (banker == NULL || row->signature == NULL
      || !acc_signature_verify (banker->sign_public, row->hash, strlen (row->hash), row->signature))
    return _ ("its signature is not its banker's");
  if (g_strcmp0 (row->previous, previous) != 0)
    return _ ("it does not follow the one before");
  if (g_strcmp0 (row->pdf_hash, replay->record->pdf_hash) != 0)
    return _ ("it was made on another PDF");
  if (rule->from != state)
    return _ ("the letter was not in the state it starts from");
  if (!allowed)
    return _ ("its banker was not allowed to make it");
  if (!entry_fits (disclosed ? disclosure : entry, rule, banker))
    return _ ("it has no journal entry");
  return NULL;
}

static void
check_end (const Replay *replay, GPtrArray *findings)
{
  const AccRecord *record = replay->record;

  if (g_hash_table_size (replay->entries) > 0)
    g_ptr_array_add (findings,
                     g_strdup_printf (_ ("desk.db letter %s: decisions missing that the journal tells of: %u"),
                                      record->number, g_hash_table_size (replay->entries)));
  if (replay->state != record->state)
    g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db letter %s: it is %s, but its decisions make it %s"),
                                                record->number, acc_state_to_text (record->state),
                                                acc_state_to_text (replay->state)));
  else if (replay->claimed_by != record->claimed_by)
    g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db letter %s: its decisions say that another banker has it"),
                                                record->number));
}

static gboolean
check_letter (AccStore *desk, const AccRecord *record, GPtrArray *bankers, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_decision_table_select (desk, record->number, error);
  g_autoptr (GHashTable) entries = NULL;
  Replay replay = { .record = record, .bankers = bankers, .previous = "", .state = ACC_STATE_WAITING };

  if (rows == NULL)
    return FALSE;
  entries = acc_decision_table_select_entries (desk, record->number, error);
  if (entries == NULL)
    return FALSE;
  replay.entries = entries;
  for (guint i = 0; i < rows->len; i++)
    {
      const AccDecisionRow *row = g_ptr_array_index (rows, i);
      const char *fault = replay_row (&replay, row);

      if (fault != NULL)
        g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db letter %s: decision %ld: %s"), record->number,
                                                    (long) row->id, fault));
    }
  check_end (&replay, findings);
  return TRUE;
}

gboolean
acc_decision_check (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) bankers = NULL;
  gint64 after = 0;

  g_return_val_if_fail (ACC_IS_STORE (desk) && findings != NULL, FALSE);

  bankers = acc_bankers_list (desk, error);
  if (bankers == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (GPtrArray) batch = acc_archive_list (desk, after, BATCH, error);

      if (batch == NULL)
        return FALSE;
      if (batch->len == 0)
        return TRUE;
      for (guint i = 0; i < batch->len; i++)
        {
          const AccRecord *record = g_ptr_array_index (batch, i);

          if (!check_letter (desk, record, bankers, findings, error))
            return FALSE;
          after = record->sequence;
        }
    }
}
