/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/queue-table-private.h"

#include <string.h>

#include "store/statement.h"

/* The second column of each row; *@last becomes the first of the last row. */
static GPtrArray *
read_numbers (AccStatement *select, gint64 *last, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  gboolean row = FALSE;

  while (acc_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&numbers);
      *last = acc_statement_get_int (select, 0);
      g_ptr_array_add (numbers, g_strdup (acc_statement_get_text (select, 1)));
    }
  return NULL;
}

GPtrArray *
acc_queue_table_next_of_state (AccStore *desk, AccState state, gint64 *last, guint limit, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new_kept (desk,
                              "SELECT sequence, number FROM letter WHERE state = ?1 AND sequence > ?2"
                              " ORDER BY sequence LIMIT ?3",
                              error);

  acc_statement_bind_text (select, 1, acc_state_to_text (state));
  acc_statement_bind_int (select, 2, *last);
  acc_statement_bind_int (select, 3, limit);
  return read_numbers (select, last, error);
}

GPtrArray *
acc_queue_table_next_back (AccStore *desk, gint64 *last, guint limit, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new_kept (desk, "SELECT sequence, number FROM letter WHERE sequence < ?1 ORDER BY sequence DESC LIMIT ?2",
                              error);

  acc_statement_bind_int (select, 1, *last);
  acc_statement_bind_int (select, 2, limit);
  return read_numbers (select, last, error);
}

GPtrArray *
acc_queue_table_next_changed (AccStore *desk, gint64 *entry, guint limit, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new_kept (desk,
                              "SELECT j.rowid, l.number FROM journal j JOIN letter l ON l.number = j.number"
                              " WHERE j.rowid > ?1 ORDER BY j.rowid LIMIT ?2",
                              error);

  acc_statement_bind_int (select, 1, *entry);
  acc_statement_bind_int (select, 2, limit);
  return read_numbers (select, entry, error);
}

gboolean
acc_queue_table_find_last_entry (AccStore *desk, gint64 *entry, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new_kept (desk, "SELECT coalesce (max (rowid), 0) FROM journal", error);
  gboolean row = FALSE;

  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *entry = acc_statement_get_int (select, 0);
  return TRUE;
}

static gboolean
count_mine (AccStore *desk, gint64 banker, guint *n_mine, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new_kept (desk, "SELECT count(*) FROM letter WHERE state = 'claimed' AND claimed_by = ?1", error);
  gboolean row = FALSE;

  acc_statement_bind_int (select, 1, banker);
  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *n_mine = (guint) acc_statement_get_int (select, 0);
  return TRUE;
}

gboolean
acc_queue_table_count (AccStore *desk, gint64 banker, guint *counts, guint *n_mine, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new_kept (desk, "SELECT state, count(*) FROM letter GROUP BY state", error);
  gboolean row = FALSE;

  memset (counts, 0, ACC_STATE_N * sizeof *counts);
  while (acc_statement_step (select, &row, error))
    {
      AccState state;

      if (!row)
        return count_mine (desk, banker, n_mine, error);
      if (acc_state_from_text (acc_statement_get_text (select, 0), &state))
        counts[state] = (guint) acc_statement_get_int (select, 1);
    }
  return FALSE;
}
