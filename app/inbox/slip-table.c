/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/slip-table.h"

#include "store/statement.h"

#define SLIP_COLUMNS \
  "SELECT s.number, s.state, s.changed_at, r.kind, r.asked_at, r.answer, r.answered_at FROM slip s " \
  "LEFT JOIN request r ON r.number = s.number "

/* NULL for a row in which somebody has written what cannot be. */
static AccSlip *
read_slip (AccStatement *select)
{
  g_autoptr (AccSlip) slip = g_new0 (AccSlip, 1);
  const char *asked = acc_statement_get_text (select, 3);
  const char *answer = acc_statement_get_text (select, 5);

  if (!acc_slip_state_from_text (acc_statement_get_text (select, 1), &slip->state)
      || (asked != NULL && !acc_request_from_text (asked, &slip->asked))
      || (answer != NULL && !acc_request_answer_from_text (answer, &slip->answer)))
    return NULL;
  slip->number = g_strdup (acc_statement_get_text (select, 0));
  slip->changed_at = g_strdup (acc_statement_get_text (select, 2));
  slip->asked_at = g_strdup (acc_statement_get_text (select, 4));
  slip->answered_at = g_strdup (acc_statement_get_text (select, 6));
  return g_steal_pointer (&slip);
}

static AccSlip *
find (AccStore *inbox, const char *sql, const char *value, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (inbox, sql, error);
  gboolean row = FALSE;

  acc_statement_bind_text (select, 1, value);
  return acc_statement_step (select, &row, error) && row ? read_slip (select) : NULL;
}

AccSlip *
acc_slip_table_find_code (AccStore *inbox, const char *code_hash, GError **error)
{
  return find (inbox, SLIP_COLUMNS "WHERE s.code_hash = ?1", code_hash, error);
}

AccSlip *
acc_slip_table_find (AccStore *inbox, const char *number, GError **error)
{
  return find (inbox, SLIP_COLUMNS "WHERE s.number = ?1", number, error);
}

gboolean
acc_slip_table_find_hash (AccStore *inbox, const char *number, char **code_hash, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (inbox, "SELECT code_hash FROM slip WHERE number = ?1", error);
  gboolean row = FALSE;

  *code_hash = NULL;
  acc_statement_bind_text (select, 1, number);
  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *code_hash = g_strdup (row ? acc_statement_get_text (select, 0) : NULL);
  return TRUE;
}

gboolean
acc_slip_table_insert (AccStore *inbox, const char *number, const char *code_hash, const char *at, GError **error)
{
  g_autoptr (AccStatement) insert = acc_statement_new_kept (
    inbox, "INSERT INTO slip (number, code_hash, state, changed_at) VALUES (?1, ?2, ?3, ?4)", error);

  acc_statement_bind_text (insert, 1, number);
  acc_statement_bind_text (insert, 2, code_hash);
  acc_statement_bind_text (insert, 3, acc_slip_state_to_text (ACC_SLIP_WAITING));
  acc_statement_bind_text (insert, 4, at);
  return acc_statement_run (insert, error);
}

gboolean
acc_slip_table_set_state (AccStore *inbox, const char *number, AccSlipState state, const char *at, GError **error)
{
  g_autoptr (AccStatement) update
    = acc_statement_new_kept (inbox, "UPDATE slip SET state = ?2, changed_at = ?3 WHERE number = ?1", error);

  acc_statement_bind_text (update, 1, number);
  acc_statement_bind_text (update, 2, acc_slip_state_to_text (state));
  acc_statement_bind_text (update, 3, at);
  return acc_statement_run (update, error);
}

gboolean
acc_slip_table_begin_taking (AccStore *inbox, const char *number, GError **error)
{
  g_autoptr (AccStatement) update
    = acc_statement_new_kept (inbox, "UPDATE slip SET state = ?3 WHERE number = ?1 AND state = ?2", error);

  acc_statement_bind_text (update, 1, number);
  acc_statement_bind_text (update, 2, acc_slip_state_to_text (ACC_SLIP_WAITING));
  acc_statement_bind_text (update, 3, acc_slip_state_to_text (ACC_SLIP_TAKEN_IN));
  return acc_statement_run (update, error);
}

gboolean
acc_slip_table_ask (AccStore *inbox, const char *number, AccRequestKind kind, const char *at, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (inbox, "INSERT OR REPLACE INTO request (number, kind, asked_at) VALUES (?1, ?2, ?3)", error);

  acc_statement_bind_text (insert, 1, number);
  acc_statement_bind_text (insert, 2, acc_request_to_text (kind));
  acc_statement_bind_text (insert, 3, at);
  return acc_statement_run (insert, error);
}

gboolean
acc_slip_table_answer (AccStore *inbox, const AccSlipAnswer *answer, GError **error)
{
  g_autoptr (AccStatement) update
    = acc_statement_new_kept (inbox,
                              "UPDATE request SET answer = ?4, answered_at = ?5 WHERE number = ?1 AND answer IS NULL "
                              "AND kind = coalesce (?2, kind) AND asked_at = coalesce (?3, asked_at)",
                              error);

  acc_statement_bind_text (update, 1, answer->number);
  acc_statement_bind_text (update, 2, acc_request_to_text (answer->kind));
  acc_statement_bind_text (update, 3, answer->asked_at);
  acc_statement_bind_text (update, 4, acc_request_answer_to_text (answer->answer));
  acc_statement_bind_text (update, 5, answer->at);
  return acc_statement_run (update, error);
}

GPtrArray *
acc_slip_table_list_requests (AccStore *inbox, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (inbox, SLIP_COLUMNS "WHERE r.number IS NOT NULL ORDER BY r.sequence", error);
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_slip_free);
  gboolean row = FALSE;

  while (acc_statement_step (select, &row, error))
    {
      AccSlip *slip = row ? read_slip (select) : NULL;

      if (!row)
        return g_steal_pointer (&slips);
      if (slip != NULL)
        g_ptr_array_add (slips, slip);
    }
  return NULL;
}

gboolean
acc_slip_table_get_told (AccStore *inbox, gint64 *entry, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new_kept (inbox, "SELECT entry FROM told WHERE id = 1", error);
  gboolean row = FALSE;

  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *entry = row ? acc_statement_get_int (select, 0) : 0;
  return TRUE;
}

gboolean
acc_slip_table_set_told (AccStore *inbox, gint64 entry, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new_kept (inbox, "INSERT OR REPLACE INTO told (id, entry) VALUES (1, ?1)", error);

  acc_statement_bind_int (insert, 1, entry);
  return acc_statement_run (insert, error);
}
