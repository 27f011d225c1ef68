/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/decision-private.h"

#include "store/statement.h"
#include "vault/hash.h"

#define FORMAT "accolade decision 1" /* frozen, as is the order of the fields hashed */
#define FACTS_START "{\"decision\":\"" /* frozen: how the journal names a decision */

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
acc_decision_row_facts (const AccDecisionRow *row, gboolean disclosed)
{
  return g_strconcat (FACTS_START, row->hash, disclosed ? "\",\"disclosed\":true}" : "\"}", NULL);
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

GPtrArray *
acc_decision_table_select (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_decision_row_free);
  g_autoptr (AccStatement) select
    = acc_statement_new (desk,
                         "SELECT id, number, move, state_from, state_to, banker, at, named, pdf_hash, reason, previous,"
                         " hash, signature FROM decision WHERE number = ?1 ORDER BY id",
                         error);
  gboolean found = FALSE;

  acc_statement_bind_text (select, 1, number);
  while (acc_statement_step (select, &found, error))
    {
      if (!found)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_row (select));
    }
  return NULL;
}

char *
acc_decision_entry_head (const char *kind, const char *signer)
{
  return g_strconcat (kind != NULL ? kind : "", " by ", signer != NULL ? signer : "", NULL);
}

GHashTable *
acc_decision_table_select_entries (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, "SELECT kind, signer, coalesce (facts, '') FROM journal WHERE number = ?1", error);
  gboolean found = FALSE;

  acc_statement_bind_text (select, 1, number);
  while (acc_statement_step (select, &found, error))
    {
      const char *facts = found ? acc_statement_get_text (select, 2) : NULL;

      if (!found)
        return g_steal_pointer (&entries);
      if (g_str_has_prefix (facts, FACTS_START))
        g_hash_table_insert (
          entries, g_strdup (facts),
          acc_decision_entry_head (acc_statement_get_text (select, 0), acc_statement_get_text (select, 1)));
    }
  return NULL;
}
