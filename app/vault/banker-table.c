/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/banker-table.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/statement.h"

void
acc_banker_row_free (AccBankerRow *row)
{
  if (row == NULL)
    return;
  acc_banker_free (row->banker);
  acc_wrapping_free (row->wrapping);
  g_free (row);
}

static AccBankerRow *
read_row (AccStatement *list)
{
  AccBankerRow *row = g_new0 (AccBankerRow, 1);
  g_autoptr (GBytes) sign_public = acc_statement_dup_bytes (list, 5);

  row->banker = g_new0 (AccBanker, 1);
  row->banker->id = acc_statement_get_int (list, 0);
  row->banker->name = g_strdup (acc_statement_get_text (list, 1));
  row->banker->staff_id = g_strdup (acc_statement_get_text (list, 2));
  row->banker->manager = acc_statement_get_int (list, 3) != 0;
  row->banker->disabled = acc_statement_get_int (list, 4) != 0;
  row->wrapping = g_new0 (AccWrapping, 1);
  row->wrapping->salt = acc_statement_dup_bytes (list, 6);
  row->wrapping->ops = acc_statement_get_int (list, 7);
  row->wrapping->memory = acc_statement_get_int (list, 8);
  row->wrapping->wrapped = acc_statement_dup_bytes (list, 9);

  row->damaged = !acc_wrapping_is_sane (row->wrapping);
  if (sign_public == NULL || g_bytes_get_size (sign_public) != sizeof row->banker->sign_public)
    row->damaged = TRUE;
  else
    memcpy (row->banker->sign_public, g_bytes_get_data (sign_public, NULL), sizeof row->banker->sign_public);
  return row;
}

GPtrArray *
acc_banker_table_list (AccStore *desk, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_banker_row_free);
  g_autoptr (AccStatement) list = acc_statement_new (
      desk,
      "SELECT id, name, staff_id, manager, disabled_at IS NOT NULL, sign_public, salt, ops, memory, wrapped"
      " FROM banker ORDER BY id",
      error);
  gboolean more = TRUE;

  while (more)
    {
      if (!acc_statement_step (list, &more, error))
        return NULL;
      if (more)
        g_ptr_array_add (rows, read_row (list));
    }
  return g_steal_pointer (&rows);
}

AccBankerRow *
acc_banker_rows_find (GPtrArray *rows, const char *name)
{
  g_autofree char *wanted = acc_text_fold (name);

  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);
      g_autofree char *folded = acc_text_fold (row->banker->name);

      if (g_str_equal (folded, wanted))
        return row;
    }
  return NULL;
}

AccBankerRow *
acc_banker_rows_find_id (GPtrArray *rows, gint64 id)
{
  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);

      if (row->banker->id == id)
        return row;
    }
  return NULL;
}

gint64
acc_banker_table_next_id (AccStore *desk, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (desk, "SELECT coalesce (max (id), 0) + 1 FROM banker", error);
  gboolean row = FALSE;

  return acc_statement_step (find, &row, error) ? acc_statement_get_int (find, 0) : 0;
}

gboolean
acc_banker_table_add (AccStore *desk, const AccBankerRow *row, GError **error)
{
  g_autofree char *folded = acc_text_fold (row->banker->name);
  g_autoptr (AccStatement) insert = acc_statement_new (
      desk,
      "INSERT INTO banker (id, name, folded, staff_id, manager, sign_public, salt, ops, memory, wrapped)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      error);

  acc_statement_bind_int (insert, 1, row->banker->id);
  acc_statement_bind_text (insert, 2, row->banker->name);
  acc_statement_bind_text (insert, 3, folded);
  acc_statement_bind_text (insert, 4, row->banker->staff_id);
  acc_statement_bind_int (insert, 5, row->banker->manager);
  acc_statement_bind_data (insert, 6, row->banker->sign_public, sizeof row->banker->sign_public);
  acc_statement_bind_bytes (insert, 7, row->wrapping->salt);
  acc_statement_bind_int (insert, 8, row->wrapping->ops);
  acc_statement_bind_int (insert, 9, row->wrapping->memory);
  acc_statement_bind_bytes (insert, 10, row->wrapping->wrapped);
  return acc_statement_run (insert, error);
}

gint64
acc_banker_table_set_staff_id (AccStore *desk, const char *name, const char *staff_id, GError **error)
{
  g_autofree char *folded = acc_text_fold (name);
  g_autoptr (AccStatement) update
      = acc_statement_new (desk, "UPDATE banker SET staff_id = ?2 WHERE folded = ?1", error);

  acc_statement_bind_text (update, 1, folded);
  acc_statement_bind_text (update, 2, staff_id);
  return acc_statement_change (update, error);
}

gboolean
acc_banker_table_set_keys (AccStore *desk, const AccBanker *banker, const AccWrapping *wrapping, GError **error)
{
  g_autoptr (AccStatement) update = acc_statement_new (
      desk, "UPDATE banker SET sign_public = ?2, salt = ?3, ops = ?4, memory = ?5, wrapped = ?6 WHERE id = ?1", error);

  acc_statement_bind_int (update, 1, banker->id);
  acc_statement_bind_data (update, 2, banker->sign_public, sizeof banker->sign_public);
  acc_statement_bind_bytes (update, 3, wrapping->salt);
  acc_statement_bind_int (update, 4, wrapping->ops);
  acc_statement_bind_int (update, 5, wrapping->memory);
  acc_statement_bind_bytes (update, 6, wrapping->wrapped);
  return acc_statement_run (update, error);
}

gboolean
acc_banker_table_keep_key (AccStore *desk, const AccBanker *banker, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccStatement) insert = acc_statement_new (
      desk,
      "INSERT INTO banker_key (banker, sequence, sign_public, until)"
      " VALUES (?1, (SELECT coalesce (max (sequence), 0) + 1 FROM banker_key WHERE banker = ?1), ?2, ?3)",
      error);

  acc_statement_bind_int (insert, 1, banker->id);
  acc_statement_bind_data (insert, 2, banker->sign_public, sizeof banker->sign_public);
  acc_statement_bind_text (insert, 3, now);
  return acc_statement_run (insert, error);
}

static void
add_earlier_key (AccBanker *banker, GBytes *key)
{
  if (banker->earlier_keys == NULL)
    banker->earlier_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (banker->earlier_keys, g_bytes_ref (key));
}

gboolean
acc_banker_table_read_earlier_keys (AccStore *desk, GPtrArray *rows, GError **error)
{
  g_autoptr (AccStatement) list
      = acc_statement_new (desk, "SELECT banker, sign_public FROM banker_key ORDER BY banker, sequence", error);
  gboolean more = FALSE;

  while (acc_statement_step (list, &more, error))
    {
      g_autoptr (GBytes) key = NULL;
      AccBankerRow *row;

      if (!more)
        return TRUE;
      key = acc_statement_dup_bytes (list, 1);
      row = acc_banker_rows_find_id (rows, acc_statement_get_int (list, 0));
      if (row != NULL && g_bytes_get_size (key) == sizeof row->banker->sign_public)
        add_earlier_key (row->banker, key);
    }
  return FALSE;
}

gboolean
acc_banker_table_set_disabled (AccStore *desk, gint64 id, gboolean disabled, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccStatement) update
      = acc_statement_new (desk, "UPDATE banker SET disabled_at = ?2 WHERE id = ?1", error);

  acc_statement_bind_int (update, 1, id);
  acc_statement_bind_text (update, 2, disabled ? now : NULL);
  return acc_statement_run (update, error);
}
