/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/accepted-key-table.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/statement.h"

/* How many keys are written, and how many of them are @id: 0 or 1. */
static gboolean
count_keys (AccStore *inbox, const char *id, gint64 *all, gint64 *same, GError **error)
{
  g_autoptr (AccStatement) count
    = acc_statement_new_kept (inbox, "SELECT count (*), count (nullif (id = ?1, 0)) FROM accepted_key", error);
  gboolean row = FALSE;

  acc_statement_bind_text (count, 1, id);
  if (!acc_statement_step (count, &row, error))
    return FALSE;
  *all = acc_statement_get_int (count, 0);
  *same = acc_statement_get_int (count, 1);
  return TRUE;
}

gboolean
acc_accepted_key_find (AccStore *inbox, AccBranchKey *branch_key, gboolean *accepted, GError **error)
{
  gint64 all = 0, same = 0;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && branch_key != NULL && accepted != NULL, FALSE);

  if (!count_keys (inbox, acc_branch_key_get_id (branch_key), &all, &same, error))
    return FALSE;
  *accepted = all == 0 || same > 0;
  return TRUE;
}

gboolean
acc_accepted_key_check (AccStore *inbox, AccBranchKey *branch_key, GError **error)
{
  gboolean accepted = FALSE;

  if (!acc_accepted_key_find (inbox, branch_key, &accepted, error))
    return FALSE;
  if (accepted)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
               _ ("branch.pub: the desk does not accept the key %s, so no letter is sealed for it: if the branch's key "
                  "was changed, copy the desk's branch.pub; if not, somebody has put another file in its place"),
               acc_branch_key_get_id (branch_key));
  return FALSE;
}

gboolean
acc_accepted_key_is_unwritten (AccStore *inbox, gboolean *unwritten, GError **error)
{
  gint64 all = 0, same = 0;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && unwritten != NULL, FALSE);

  if (!count_keys (inbox, "", &all, &same, error))
    return FALSE;
  *unwritten = all == 0;
  return TRUE;
}

static gboolean
add (AccStore *inbox, gpointer data, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccStatement) insert
    = acc_statement_new (inbox, "INSERT OR IGNORE INTO accepted_key (id, accepted_at) VALUES (?1, ?2)", error);

  acc_statement_bind_text (insert, 1, acc_branch_key_get_id (data));
  acc_statement_bind_text (insert, 2, now);
  return acc_statement_run (insert, error);
}

static gboolean
set_only (AccStore *inbox, gpointer data, GError **error)
{
  g_autoptr (AccStatement) delete = acc_statement_new (inbox, "DELETE FROM accepted_key WHERE id <> ?1", error);

  acc_statement_bind_text (delete, 1, acc_branch_key_get_id (data));
  return acc_statement_run (delete, error) && add (inbox, data, error);
}

gboolean
acc_accepted_key_add (AccStore *inbox, AccBranchKey *branch_key, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (inbox) && branch_key != NULL, FALSE);
  return acc_store_transact (inbox, add, branch_key, error);
}

gboolean
acc_accepted_key_set_only (AccStore *inbox, AccBranchKey *branch_key, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (inbox) && branch_key != NULL, FALSE);
  return acc_store_transact (inbox, set_only, branch_key, error);
}
