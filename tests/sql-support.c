/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sql-support.h"

#include "store/statement.h"

void
run_sql (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (store, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

char *
ask_sql (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (store, sql, &error);
  gboolean row = FALSE;

  acc_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return g_strdup (row ? acc_statement_get_text (statement, 0) : NULL);
}

void
assert_answer (AccStore *store, const char *sql, const char *expected)
{
  g_autofree char *answer = ask_sql (store, sql);

  g_assert_cmpstr (answer, ==, expected);
}
