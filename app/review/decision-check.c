/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/decision.h"

#include "base/error.h"
#include "base/parallel.h"
#include "review/decision-private.h"
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LETTERS_MAX 100 /* looked at in one read */
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60) /* seconds */

/* A decision, and what is found without those before it. */
typedef struct {
  const AccDecisionRow *row;
  const AccBanker *banker;  /* NULL if there is none of that id */
  const AccMoveRule *rule;  /* NULL if there is none for its move */
  AccDecisionEntry *entry;  /* the journal's, that names it; NULL if there is none */
  gboolean disclosed;       /* the entry says so */
  gboolean entry_fits;      /* it is of the move's kind, and the banker's */
  gboolean vouched;         /* the banker's signature of the entry is one of the decision too */
  gboolean changed, forged;
} Looked;

static void
looked_free (Looked *looked)
{
  acc_decision_entry_free (looked->entry);
  g_free (looked);
}

/* The letters of one read, and all that is told of them. */
typedef struct {
  GPtrArray *records, *rows, *expiries, *bankers;
  GPtrArray *looked;   /* of Looked, as many as @rows and in their order */
  GHashTable *entries; /* of the journal; those that fit a decision are taken out */
} Batch;

static void
batch_clear (Batch *batch)
{
  g_clear_pointer (&batch->records, g_ptr_array_unref);
  g_clear_pointer (&batch->rows, g_ptr_array_unref);
  g_clear_pointer (&batch->expiries, g_ptr_array_unref);
  g_clear_pointer (&batch->bankers, g_ptr_array_unref);
  g_clear_pointer (&batch->looked, g_ptr_array_unref);
  g_clear_pointer (&batch->entries, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

/* One letter's decisions, replayed from the queue on. */
typedef struct {
  const AccRecord *record;
  GHashTable *entries;  /* of the journal, that no decision fits */
  const char *previous; /* the hash of the decision before */
  const char *at;       /* when the letter was moved last */
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

/* By the rules as they were when it was made: who has been disabled since could decide then. */
static gboolean
was_allowed (const Replay *replay, const Looked *looked)
{
  const AccDecisionRow *row = looked->row;
  AccBanker then = *looked->banker;
  AccNamed named = !row->named ? ACC_NAMED_NOT : looked->disclosed ? ACC_NAMED_DISCLOSED : ACC_NAMED;

  then.disabled = FALSE;
  return acc_move_allowed (looked->rule, &then, replay->claimed_by, named, row->reason != NULL ? "given" : NULL, NULL);
}

/* What is wrong with @looked, or NULL; moves the replay on. */
static const char *
replay_row (Replay *replay, const Looked *looked)
{
  const AccDecisionRow *row = looked->row;
  const AccMoveRule *rule = looked->rule;
  gboolean allowed;
  const char *previous = replay->previous;
  AccState state = replay->state;

  replay->previous = row->hash;
  replay->at = row->at;
  if (rule == NULL)
    return _ ("no rule allows its move");
  allowed = looked->banker != NULL && was_allowed (replay, looked);
  replay->claimed_by = acc_move_next_claimer (rule, replay->claimed_by, row->banker);
  replay->state = rule->to;

  if (looked->changed)
    return _ ("it does not match its hash");
  if (looked->forged)
    return _ ("its signature is not its banker's");
  if (g_strcmp0 (row->previous, previous) != 0)
    return _ ("it does not follow the one before");
  if (g_strcmp0 (row->pdf_hash, replay->record->pdf_hash) != 0)
    return _ ("it was made on another PDF");
  if (rule->from != state)
    return _ ("the letter was not in the state it starts from");
  if (!allowed)
    return _ ("its banker was not allowed to make it");
  if (!looked->entry_fits)
    return _ ("it has no journal entry");
  return NULL;
}

/* ---- destroyed because its time was over, with nobody signed in: by the entry's own facts ---- */

static gboolean
read_time (const char *stamp, gint64 *seconds)
{
  g_autoptr (GDateTime) time = stamp != NULL ? g_date_time_new_from_iso8601 (stamp, NULL) : NULL;

  *seconds = time != NULL ? g_date_time_to_unix (time) : 0;
  return time != NULL;
}

static const char *
replay_expiry (Replay *replay, const AccExpiryRow *row)
{
  AccState state = replay->state, told;
  gboolean known = acc_state_from_text (row->state, &told);
  gint64 since, at;

  replay->state = ACC_STATE_ERASED;
  replay->at = row->changed_at;
  if (!known || told != state)
    return _ ("the letter was not in the state that retention tells of");
  if (state == ACC_STATE_HELD || state == ACC_STATE_ERASED)
    return _ ("retention may not destroy a letter that is held or erased");
  if (g_strcmp0 (row->since, replay->record->taken_at) != 0
      && (state != ACC_STATE_ACKNOWLEDGED || g_strcmp0 (row->since, row->acknowledged) != 0))
    return _ ("retention counted from another time than the letter was taken in or acknowledged");
  if (row->days < 1 || !read_time (row->since, &since) || !read_time (row->at, &at) || at - since < row->days * DAY)
    return _ ("retention destroyed it before its time");
  return NULL;
}

/* ---- one letter ---- */

static void
add_finding (GPtrArray *findings, const AccRecord *record, const char *sentence)
{
  g_ptr_array_add (findings, g_strdup_printf ("desk.db letter %s: %s", record->number, sentence));
}

static void
check_decisions (const Batch *batch, guint *next, Replay *replay, GPtrArray *findings)
{
  const char *number = replay->record->number;

  for (; *next < batch->looked->len; ++*next)
    {
      const Looked *looked = g_ptr_array_index (batch->looked, *next);
      const char *fault = NULL;

      if (g_strcmp0 (looked->row->number, number) != 0)
        return;
      fault = replay_row (replay, looked);
      if (fault != NULL)
        g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db letter %s: decision %ld: %s"), number,
                                                    (long) looked->row->id, fault));
    }
}

static void
check_expiries (const Batch *batch, Replay *replay, GPtrArray *findings)
{
  for (guint i = 0; i < batch->expiries->len; i++)
    {
      const AccExpiryRow *row = g_ptr_array_index (batch->expiries, i);
      const char *fault = NULL;

      if (g_strcmp0 (row->number, replay->record->number) == 0)
        fault = replay_expiry (replay, row);
      if (fault != NULL)
        add_finding (findings, replay->record, fault);
    }
}

static guint
count_left (Replay *replay)
{
  g_autofree char *start = acc_decision_entry_key (replay->record->number, "");
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_hash_table_iter_init (&iter, replay->entries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n += g_str_has_prefix (key, start);
  return n;
}

static void
check_end (Replay *replay, GPtrArray *findings)
{
  const AccRecord *record = replay->record;
  guint left = count_left (replay);

  if (left > 0)
    g_ptr_array_add (findings,
                     g_strdup_printf (_ ("desk.db letter %s: decisions missing that the journal tells of: %u"),
                                      record->number, left));
  if (replay->state != record->state)
    g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db letter %s: it is %s, but its decisions make it %s"),
                                                record->number, acc_state_to_word (record->state),
                                                acc_state_to_word (replay->state)));
  else if (replay->claimed_by != record->claimed_by)
    add_finding (findings, record, _ ("its decisions say that another banker has it"));
  else if (replay->at != NULL && g_strcmp0 (replay->at, record->changed_at) != 0)
    add_finding (findings, record, _ ("it was moved last at another time than it says"));
}

/* ---- the letters of one read ---- */

static gboolean
read_batch (AccStore *desk, gint64 after, Batch *batch, GError **error)
{
  gint64 last;

  batch->records = acc_archive_list (desk, after, LETTERS_MAX, error);
  if (batch->records == NULL || batch->records->len == 0)
    return batch->records != NULL;
  last = ((const AccRecord *) g_ptr_array_index (batch->records, batch->records->len - 1))->sequence;
  return (batch->rows = acc_decision_table_select_range (desk, after, last, error)) != NULL
         && (batch->entries = acc_decision_table_select_entries (desk, after, last, error)) != NULL
         && (batch->expiries = acc_decision_table_select_expiries (desk, after, last, error)) != NULL
         && (batch->bankers = acc_bankers_list (desk, error)) != NULL;
}

/* Takes out the journal's entry that names this decision by these facts. */
static gboolean
take_entry (Looked *looked, GHashTable *entries, gboolean disclosed, gboolean pinned)
{
  g_autofree char *facts = acc_decision_row_facts (looked->row, disclosed, pinned);
  g_autofree char *wanted = acc_decision_entry_key (looked->row->number, facts);
  g_autofree char *key = NULL;

  looked->disclosed = disclosed;
  return g_hash_table_steal_extended (entries, wanted, (gpointer *) &key, (gpointer *) &looked->entry);
}

static Looked *
find_looked (const Batch *batch, const AccDecisionRow *row, gint64 verified)
{
  Looked *looked = g_new0 (Looked, 1);
  gboolean pinned;

  looked->row = row;
  looked->banker = acc_decision_find_banker (batch->bankers, row->banker);
  looked->rule = find_rule (row);
  pinned = row->signature != NULL
           && (take_entry (looked, batch->entries, FALSE, TRUE) || take_entry (looked, batch->entries, TRUE, TRUE));
  if (!pinned && !take_entry (looked, batch->entries, TRUE, FALSE))
    take_entry (looked, batch->entries, FALSE, FALSE);
  looked->entry_fits = looked->entry != NULL && looked->rule != NULL && looked->banker != NULL
                       && g_strcmp0 (looked->entry->kind, acc_move_to_kind (looked->rule->move)) == 0
                       && g_strcmp0 (looked->entry->signer, looked->banker->name) == 0;
  looked->vouched = pinned && looked->entry_fits && looked->entry->sequence <= verified;
  return looked;
}

/* What costs time, on every processor. */
static void
look_at_row (gpointer item, gpointer data)
{
  Looked *looked = item;
  const AccDecisionRow *row = looked->row;
  g_autofree char *hash = acc_decision_row_hash (row);

  looked->changed = g_strcmp0 (hash, row->hash) != 0;
  looked->forged = !looked->vouched
                   && (looked->banker == NULL || row->signature == NULL || row->hash == NULL
                       || !acc_banker_verify (looked->banker, row->hash, strlen (row->hash), row->signature));
}

static void
look_at_rows (Batch *batch, gint64 verified)
{
  batch->looked = g_ptr_array_new_with_free_func ((GDestroyNotify) looked_free);
  for (guint i = 0; i < batch->rows->len; i++)
    g_ptr_array_add (batch->looked, find_looked (batch, g_ptr_array_index (batch->rows, i), verified));
  acc_parallel_each (batch->looked, look_at_row, NULL);
}

/* Moves *@after on; *@more: whether there were letters. */
static gboolean
check_batch (AccStore *desk, gint64 verified, gint64 *after, gboolean *more, GPtrArray *findings, GError **error)
{
  g_auto (Batch) batch = { NULL };
  guint next = 0;

  if (!read_batch (desk, *after, &batch, error))
    return FALSE;
  *more = batch.records->len > 0;
  if (!*more)
    return TRUE;
  look_at_rows (&batch, verified);
  for (guint i = 0; i < batch.records->len; i++)
    {
      const AccRecord *record = g_ptr_array_index (batch.records, i);
      Replay replay = { record, batch.entries, "", record->taken_at, ACC_STATE_WAITING, 0 };

      check_decisions (&batch, &next, &replay, findings);
      check_expiries (&batch, &replay, findings);
      check_end (&replay, findings);
      *after = record->sequence;
    }
  return TRUE;
}

gboolean
acc_decision_check (AccStore *desk, gint64 verified, GPtrArray *findings, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 after = G_MININT64;
  gboolean more = TRUE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && findings != NULL, FALSE);

  while (more && check_batch (desk, verified, &after, &more, findings, &local))
    ;
  if (local == NULL)
    return TRUE;
  if (!g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_add (findings, g_strdup (local->message));
  return TRUE;
}
