/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/approvals.h"

#include "review/decision-private.h"

gboolean
acc_approval_find (AccStore *desk, const char *number, gint64 banker, char **at, GError **error)
{
  g_autoptr (GPtrArray) decisions = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && number != NULL && at != NULL, FALSE);

  *at = NULL;
  decisions = acc_decision_table_select (desk, number, error);
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const AccDecisionRow *row = g_ptr_array_index (decisions, i);

      if (g_strcmp0 (row->move, acc_move_to_text (ACC_MOVE_APPROVE)) != 0)
        continue;
      g_clear_pointer (at, g_free);
      if (row->banker == banker)
        *at = g_strdup (row->at);
    }
  return decisions != NULL;
}
