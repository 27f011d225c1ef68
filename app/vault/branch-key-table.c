/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/branch-key-table.h"

#include "base/clock.h"
#include "store/statement.h"
#include "vault/hash.h"
#include "vault/sodium-private.h"

static void
branch_key_row_free (gpointer data)
{
  AccBranchKeyRow *row = data;

  g_clear_pointer (&row->key, acc_branch_key_unref);
  g_free (row->id);
  g_clear_pointer (&row->recovery, g_bytes_unref);
  g_free (row);
}

static AccBranchKeyRow *
read_row (AccStatement *list)
{
  AccBranchKeyRow *row = g_new0 (AccBranchKeyRow, 1);
  g_autoptr (GBytes) public_key = acc_statement_dup_bytes (list, 1);

  row->id = g_strdup (acc_statement_get_text (list, 0));
  row->recovery = acc_statement_dup_bytes (list, 2);
  if (g_bytes_get_size (public_key) == crypto_box_PUBLICKEYBYTES)
    row->key = acc_branch_key_new (g_bytes_get_data (public_key, NULL));
  if (row->key != NULL && g_strcmp0 (acc_branch_key_get_id (row->key), row->id) != 0)
    g_clear_pointer (&row->key, acc_branch_key_unref);
  return row;
}

GPtrArray *
acc_branch_key_table_list (AccStore *desk, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (branch_key_row_free);
  g_autoptr (AccStatement) list
      = acc_statement_new (desk, "SELECT id, public_key, recovery FROM branch_key ORDER BY sequence", error);
  gboolean more = FALSE;

  while (acc_statement_step (list, &more, error))
    {
      if (!more)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_row (list));
    }
  return NULL;
}

gboolean
acc_branch_key_table_add (AccStore *desk, AccBranchKey *branch_key, GBytes *recovery, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccStatement) insert
      = acc_statement_new (desk,
                           "INSERT INTO branch_key (id, sequence, public_key, recovery, created_at)"
                           " VALUES (?1, (SELECT coalesce (max (sequence), 0) + 1 FROM branch_key), ?2, ?3, ?4)",
                           error);

  acc_statement_bind_text (insert, 1, acc_branch_key_get_id (branch_key));
  acc_statement_bind_data (insert, 2, acc_branch_key_get_public (branch_key), crypto_box_PUBLICKEYBYTES);
  acc_statement_bind_bytes (insert, 3, recovery);
  acc_statement_bind_text (insert, 4, now);
  return acc_statement_run (insert, error);
}

gboolean
acc_branch_key_table_set_recovery (AccStore *desk, const char *id, GBytes *recovery, GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk, "UPDATE branch_key SET recovery = ?2 WHERE id = ?1", error);

  acc_statement_bind_text (update, 1, id);
  acc_statement_bind_bytes (update, 2, recovery);
  return acc_statement_run (update, error);
}

char *
acc_branch_key_rows_hash_copies (GPtrArray *rows)
{
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (hashes, acc_hash_bytes (((AccBranchKeyRow *) g_ptr_array_index (rows, i))->recovery));
  return acc_hash_texts ((const char *const *) hashes->pdata, hashes->len);
}

static void
share_row_free (gpointer data)
{
  AccShareRow *row = data;

  g_free (row->branch_key);
  g_clear_pointer (&row->sealed, g_bytes_unref);
  g_free (row);
}

GPtrArray *
acc_share_table_list (AccStore *desk, gint64 banker, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (share_row_free);
  g_autoptr (AccStatement) list
      = acc_statement_new (desk,
                           "SELECT s.branch_key, s.sealed FROM branch_key_share s JOIN branch_key k"
                           " ON k.id = s.branch_key WHERE s.banker = ?1 ORDER BY k.sequence",
                           error);
  gboolean more = FALSE;

  acc_statement_bind_int (list, 1, banker);
  while (acc_statement_step (list, &more, error))
    {
      AccShareRow *row;

      if (!more)
        return g_steal_pointer (&rows);
      row = g_new0 (AccShareRow, 1);
      row->branch_key = g_strdup (acc_statement_get_text (list, 0));
      row->sealed = acc_statement_dup_bytes (list, 1);
      g_ptr_array_add (rows, row);
    }
  return NULL;
}

gboolean
acc_share_table_add (AccStore *desk, gint64 banker, const char *branch_key, GBytes *sealed, GError **error)
{
  g_autoptr (AccStatement) insert = acc_statement_new (
      desk, "INSERT INTO branch_key_share (banker, branch_key, sealed) VALUES (?1, ?2, ?3)", error);

  acc_statement_bind_int (insert, 1, banker);
  acc_statement_bind_text (insert, 2, branch_key);
  acc_statement_bind_bytes (insert, 3, sealed);
  return acc_statement_run (insert, error);
}

gboolean
acc_share_table_remove (AccStore *desk, gint64 banker, GError **error)
{
  g_autoptr (AccStatement) delete
      = acc_statement_new (desk, "DELETE FROM branch_key_share WHERE banker = ?1", error);

  acc_statement_bind_int (delete, 1, banker);
  return acc_statement_run (delete, error);
}
