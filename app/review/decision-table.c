/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/decision-private.h"

#include "archive/rules.h"
#include "store/statement.h"
#include "vault/hash.h"

#define FORMAT "accolade decision 1" /* frozen, as is the order of the fields hashed */
#define FACTS_START "{\"decision\":\"" /* frozen: how the journal names a decision */
#define COLUMNS \
  "SELECT d.id, d.number, d.move, d.state_from, d.state_to, d.banker, d.at, d.named, d.pdf_hash, d.reason, " \
  "d.previous, d.hash, d.signature FROM "
/* The letters taken in after one, up to another: led by their order, whatever the planner knows. */
#define RANGE "letter l CROSS JOIN "
#define IN_RANGE "l.sequence > ?1 AND l.sequence <= ?2 "

void
acc_decision_row_free (AccDecisionRow *row)
{
  if (row == NULL)
    return;
  g_free (row->number);
  g_free (row->move);
  g_free (row->from);
  g_free (row->to);
  g_free (row->at);
  g_free (row->pdf_hash);
  g_clear_pointer (&row->reason, g_bytes_unref);
  g_free (row->previous);
  g_free (row->hash);
  g_clear_pointer (&row->signature, g_bytes_unref);
  g_free (row);
}

char *
acc_decision_row_hash (const AccDecisionRow *row)
{
  g_autofree char *banker = g_strdup_printf ("%" G_GINT64_FORMAT, row->banker);
  g_autofree char *reason = row->reason != NULL ? acc_hash_bytes (row->reason) : NULL;
  const char *texts[] = {
    FORMAT,  row->number,           row->move,     row->from, row->to,       banker,
    row->at, row->named ? "1" : "0", row->pdf_hash, reason,    row->previous,
  };

  return acc_hash_texts (texts, G_N_ELEMENTS (texts));
}

char *
acc_decision_row_facts (const AccDecisionRow *row, gboolean disclosed, gboolean pinned)
{
  g_autofree char *signature = pinned ? acc_hash_bytes (row->signature) : NULL;

  return g_strconcat (FACTS_START, row->hash, signature != NULL ? "\",\"signature_hash\":\"" : "",
                      signature != NULL ? signature : "", disclosed ? "\",\"disclosed\":true}" : "\"}", NULL);
}

gboolean
acc_decision_table_insert (AccStore *desk, const AccDecisionRow *row, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk,
                         "INSERT INTO decision (number, move, state_from, state_to, banker, at, named, pdf_hash,"
                         " reason, previous, hash, signature)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                         error);

  acc_statement_bind_text (insert, 1, row->number);
  acc_statement_bind_text (insert, 2, row->move);
  acc_statement_bind_text (insert, 3, row->from);
  acc_statement_bind_text (insert, 4, row->to);
  acc_statement_bind_int (insert, 5, row->banker);
  acc_statement_bind_text (insert, 6, row->at);
  acc_statement_bind_int (insert, 7, row->named);
  acc_statement_bind_text (insert, 8, row->pdf_hash);
  acc_statement_bind_bytes (insert, 9, row->reason);
  acc_statement_bind_text (insert, 10, row->previous);
  acc_statement_bind_text (insert, 11, row->hash);
  acc_statement_bind_bytes (insert, 12, row->signature);
  return acc_statement_run (insert, error);
}

static AccDecisionRow *
read_row (AccStatement *select)
{
  AccDecisionRow *row = g_new0 (AccDecisionRow, 1);

  row->id = acc_statement_get_int (select, 0);
  row->number = g_strdup (acc_statement_get_text (select, 1));
  row->move = g_strdup (acc_statement_get_text (select, 2));
  row->from = g_strdup (acc_statement_get_text (select, 3));
  row->to = g_strdup (acc_statement_get_text (select, 4));
  row->banker = acc_statement_get_int (select, 5);
  row->at = g_strdup (acc_statement_get_text (select, 6));
  row->named = acc_statement_get_int (select, 7) != 0;
  row->pdf_hash = g_strdup (acc_statement_get_text (select, 8));
  row->reason = acc_statement_dup_bytes (select, 9);
  row->previous = g_strdup (acc_statement_get_text (select, 10));
  row->hash = g_strdup (acc_statement_get_text (select, 11));
  row->signature = acc_statement_dup_bytes (select, 12);
  return row;
}

static GPtrArray *
read_rows (AccStatement *select, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_decision_row_free);
  gboolean found = FALSE;

  while (acc_statement_step (select, &found, error))
    {
      if (!found)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_row (select));
    }
  return NULL;
}

GPtrArray *
acc_decision_table_select (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, COLUMNS "decision d WHERE d.number = ?1 ORDER BY d.id", error);

  acc_statement_bind_text (select, 1, number);
  return read_rows (select, error);
}

static AccStatement *
select_range (AccStore *desk, const char *sql, gint64 after, gint64 last, GError **error)
{
  AccStatement *select = acc_statement_new (desk, sql, error);

  acc_statement_bind_int (select, 1, after);
  acc_statement_bind_int (select, 2, last);
  return select;
}

GPtrArray *
acc_decision_table_select_range (AccStore *desk, gint64 after, gint64 last, GError **error)
{
  g_autoptr (AccStatement) select = select_range (
    desk, COLUMNS RANGE "decision d ON d.number = l.number WHERE " IN_RANGE "ORDER BY l.sequence, d.id", after, last,
    error);

  return read_rows (select, error);
}

char *
acc_decision_entry_key (const char *number, const char *facts)
{
  return g_strconcat (number, " ", facts, NULL);
}

void
acc_decision_entry_free (AccDecisionEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->kind);
  g_free (entry->signer);
  g_free (entry);
}

static AccDecisionEntry *
read_entry (AccStatement *select)
{
  AccDecisionEntry *entry = g_new0 (AccDecisionEntry, 1);

  entry->sequence = acc_statement_get_int (select, 2);
  entry->kind = g_strdup (acc_statement_get_text (select, 3));
  entry->signer = g_strdup (acc_statement_get_text (select, 4));
  return entry;
}

GHashTable *
acc_decision_table_select_entries (AccStore *desk, gint64 after, gint64 last, GError **error)
{
  g_autoptr (GHashTable) entries
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) acc_decision_entry_free);
  g_autoptr (AccStatement) select = select_range (
    desk,
    "SELECT l.number, j.facts, j.sequence, j.kind, j.signer FROM " RANGE "journal j ON j.number = l.number "
    "WHERE " IN_RANGE "AND +j.writer = 'desk' AND instr (j.facts, '" FACTS_START "') = 1",
    after, last, error);
  gboolean found = FALSE;

  while (acc_statement_step (select, &found, error))
    {
      if (!found)
        return g_steal_pointer (&entries);
      g_hash_table_insert (
        entries, acc_decision_entry_key (acc_statement_get_text (select, 0), acc_statement_get_text (select, 1)),
        read_entry (select));
    }
  return NULL;
}

void
acc_expiry_row_free (AccExpiryRow *row)
{
  g_free (row->number);
  g_free (row->at);
  g_free (row->state);
  g_free (row->since);
  g_free (row->acknowledged);
  g_free (row->changed_at);
  g_free (row);
}

static AccExpiryRow *
read_expiry (AccStatement *select)
{
  AccExpiryRow *row = g_new0 (AccExpiryRow, 1);

  row->number = g_strdup (acc_statement_get_text (select, 0));
  row->at = g_strdup (acc_statement_get_text (select, 1));
  row->state = g_strdup (acc_statement_get_text (select, 2));
  row->since = g_strdup (acc_statement_get_text (select, 3));
  row->days = acc_statement_get_int (select, 4);
  row->acknowledged = g_strdup (acc_statement_get_text (select, 5));
  row->changed_at = g_strdup (acc_statement_get_text (select, 6));
  return row;
}

GPtrArray *
acc_decision_table_select_expiries (AccStore *desk, gint64 after, gint64 last, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_expiry_row_free);
  g_autoptr (AccStatement) select = select_range (
    desk,
    "SELECT l.number, j.at, " ACC_RULES_FACT ("j", "state") ", " ACC_RULES_FACT ("j", "since") ", "
    ACC_RULES_FACT ("j", "days") ", (SELECT a.at FROM journal a WHERE a.number = l.number AND +a.writer = 'desk' "
    "AND a.kind = 'acknowledged' ORDER BY +a.sequence DESC LIMIT 1), " ACC_RULES_FACT ("j", "changed_at")
    " FROM " RANGE "journal j ON j.number = l.number WHERE " IN_RANGE "AND +j.writer = 'retention'",
    after, last, error);
  gboolean found = FALSE;

  while (acc_statement_step (select, &found, error))
    {
      if (!found)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_expiry (select));
    }
  return NULL;
}
