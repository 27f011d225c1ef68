/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/receipt-table.h"

#include "archive/rules.h"
#include "route/receipts-private.h"
#include "store/statement.h"
#include "vault/hash.h"

/* An entry of the journal of this letter, of @kind, about receipt r. */
#define ENTRY(column, kind) \
  "(SELECT " column " FROM journal j WHERE j.number = r.number AND +j.writer = 'desk' AND j.kind = '" kind "' AND " \
  ACC_RULES_FACT ("j", "receipt") " = r.sequence ORDER BY +j.sequence LIMIT 1)"

void
acc_receipt_row_free (AccReceiptRow *row)
{
  if (row == NULL)
    return;
  g_free (row->number);
  g_free (row->heard_on);
  g_free (row->recorded_at);
  g_free (row->source);
  g_clear_pointer (&row->body, g_bytes_unref);
  g_free (row->banker);
  g_free (row->passed_on_at);
  g_free (row);
}

gboolean
acc_receipt_table_add (AccStore *desk, const AccReceiptRow *row, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk,
                         "INSERT INTO receipt (number, sequence, position, heard_on, recorded_at, source, body)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                         error);

  acc_statement_bind_text (insert, 1, row->number);
  acc_statement_bind_int (insert, 2, row->sequence);
  acc_statement_bind_int (insert, 3, row->position);
  acc_statement_bind_text (insert, 4, row->heard_on);
  acc_statement_bind_text (insert, 5, row->recorded_at);
  acc_statement_bind_text (insert, 6, row->source);
  acc_statement_bind_bytes (insert, 7, row->body);
  return acc_statement_run (insert, error);
}

static AccReceiptRow *
read_row (AccStatement *select)
{
  AccReceiptRow *row = g_new0 (AccReceiptRow, 1);

  row->number = g_strdup (acc_statement_get_text (select, 0));
  row->sequence = (guint) acc_statement_get_int (select, 1);
  row->position = (guint) acc_statement_get_int (select, 2);
  row->heard_on = g_strdup (acc_statement_get_text (select, 3));
  row->recorded_at = g_strdup (acc_statement_get_text (select, 4));
  row->source = g_strdup (acc_statement_get_text (select, 5));
  row->body = acc_statement_dup_bytes (select, 6);
  row->banker = g_strdup (acc_statement_get_text (select, 7));
  row->passed_on_at = g_strdup (acc_statement_get_text (select, 8));
  return row;
}

GPtrArray *
acc_receipt_table_list (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_receipt_row_free);
  g_autoptr (AccStatement) select = acc_statement_new (
    desk,
    "SELECT r.number, r.sequence, r.position, r.heard_on, r.recorded_at, r.source, r.body, "
    ENTRY ("j.signer", ACC_RECEIPTS_HEARD_BACK) ", " ENTRY ("j.at", ACC_RECEIPTS_PASSED_ON)
    " FROM receipt r WHERE r.number = ?1 ORDER BY r.sequence",
    error);
  gboolean more = FALSE;

  acc_statement_bind_text (select, 1, number);
  while (acc_statement_step (select, &more, error))
    {
      if (!more)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_row (select));
    }
  return NULL;
}

gboolean
acc_receipt_table_empty (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccStatement) update
    = acc_statement_new (desk, "UPDATE receipt SET body = x'' WHERE number = ?1", error);

  acc_statement_bind_text (update, 1, number);
  return acc_statement_run (update, error);
}

char *
acc_receipt_row_facts (const AccReceiptRow *row)
{
  g_autofree char *body = acc_hash_bytes (row->body);

  return g_strdup_printf ("{\"receipt\":%u,\"position\":%u,\"on\":\"%s\",\"source\":\"%s\",\"at\":\"%s\",\"body\":\"%s\"}",
                          row->sequence, row->position, row->heard_on, row->source, row->recorded_at, body);
}
