/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/notebook-private.h"

#include "store/statement.h"

#define BATCH 100

gboolean
acc_notebook_table_walk (AccStore *desk, gint64 banker, AccNotebookRowFunc each, gpointer data, GError **error)
{
  g_autoptr (AccStatement) list = acc_statement_new (
    desk, "SELECT entry, body, changed_at FROM notebook WHERE banker = ?1 ORDER BY entry", error);
  gboolean row = FALSE, read;

  acc_statement_bind_int (list, 1, banker);
  while ((read = acc_statement_step (list, &row, error)) && row)
    {
      g_autoptr (GBytes) body = acc_statement_dup_bytes (list, 1);

      each (&(AccNotebookRow) { banker, acc_statement_get_text (list, 0), acc_statement_get_text (list, 2), body }, data);
    }
  return read;
}

gboolean
acc_notebook_table_put (AccStore *desk, const AccNotebookRow *row, GError **error)
{
  g_autoptr (AccStatement) put
    = acc_statement_new (desk,
                         "INSERT INTO notebook (banker, entry, body, changed_at) VALUES (?1, ?2, ?3, ?4) "
                         "ON CONFLICT (banker, entry) DO UPDATE SET body = ?3, changed_at = ?4",
                         error);

  acc_statement_bind_int (put, 1, row->banker);
  acc_statement_bind_text (put, 2, row->id);
  acc_statement_bind_bytes (put, 3, row->body);
  acc_statement_bind_text (put, 4, row->changed_at);
  return acc_statement_run (put, error);
}

gboolean
acc_notebook_table_remove (AccStore *desk, gint64 banker, const char *id, GError **error)
{
  g_autoptr (AccStatement) delete
    = acc_statement_new (desk, "DELETE FROM notebook WHERE banker = ?1 AND entry = ?2", error);

  acc_statement_bind_int (delete, 1, banker);
  acc_statement_bind_text (delete, 2, id);
  return acc_statement_run (delete, error);
}

/* Some rows after row *@last, which moves on; a damaged table may lead back. */
static gboolean
walk_batch (AccStore *desk, gint64 *last, AccNotebookRowFunc each, gpointer data, GError **error)
{
  g_autoptr (AccStatement) rows = acc_statement_new (desk,
                                                     "SELECT rowid, banker, entry, changed_at, body FROM notebook "
                                                     "WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
                                                     error);
  gboolean row = FALSE, read;

  acc_statement_bind_int (rows, 1, *last);
  acc_statement_bind_int (rows, 2, BATCH);
  while ((read = acc_statement_step (rows, &row, error)) && row && acc_statement_get_int (rows, 0) > *last)
    {
      g_autoptr (GBytes) body = acc_statement_dup_bytes (rows, 4);

      *last = acc_statement_get_int (rows, 0);
      each (&(AccNotebookRow) { acc_statement_get_int (rows, 1), acc_statement_get_text (rows, 2),
                                acc_statement_get_text (rows, 3), body },
            data);
    }
  return read;
}

gboolean
acc_notebook_table_walk_all (AccStore *desk, AccNotebookRowFunc each, gpointer data, GError **error)
{
  gint64 last = G_MININT64, before;

  do
    {
      before = last;
      if (!walk_batch (desk, &last, each, data, error))
        return FALSE;
    }
  while (last != before);
  return TRUE;
}
