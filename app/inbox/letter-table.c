/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/letter-table-private.h"

#include "store/statement.h"

/* A key may be missing in a damaged store: the letter is read all the same, so that it can be named. */
#define LETTER_COLUMNS \
  "SELECT l.sequence, l.number, l.format, l.kiosk, l.submitted_at, l.pages, l.body, l.body_hash, l.pdf_hash, " \
  "k.branch_key, k.key FROM letter l LEFT JOIN letter_key k ON k.sequence = l.sequence "

gboolean
acc_letter_table_find_pdf_hash (AccStore *inbox, const char *number, char **pdf_hash, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new_kept (inbox,
                              "SELECT pdf_hash FROM letter WHERE number = ?1 UNION ALL "
                              "SELECT coalesce (json_extract (iif (json_valid (facts), facts, '{}'), '$.pdf_hash'), '') "
                              "FROM journal WHERE number = ?1 AND kind = 'submitted' LIMIT 1",
                              error);
  gboolean row = FALSE;

  *pdf_hash = NULL;
  acc_statement_bind_text (find, 1, number);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  if (row)
    *pdf_hash = g_strdup (acc_statement_get_text (find, 0));
  return TRUE;
}

/* Of the letter that was inserted just now. */
static gboolean
insert_key (AccStore *inbox, const AccSealed *sealed, GError **error)
{
  g_autoptr (AccStatement) insert = acc_statement_new_kept (
    inbox, "INSERT INTO letter_key (sequence, branch_key, key) VALUES (last_insert_rowid (), ?1, ?2)", error);

  acc_statement_bind_text (insert, 1, sealed->branch_key);
  acc_statement_bind_bytes (insert, 2, sealed->key);
  return acc_statement_run (insert, error);
}

gboolean
acc_letter_table_insert (AccStore *inbox, const AccInboxLetter *letter, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new_kept (inbox,
                              "INSERT INTO letter (number, format, kiosk, submitted_at, pages, body, body_hash, pdf_hash) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                              error);

  acc_statement_bind_text (insert, 1, letter->sealed->number);
  acc_statement_bind_int (insert, 2, letter->format);
  acc_statement_bind_text (insert, 3, letter->kiosk);
  acc_statement_bind_text (insert, 4, letter->submitted_at);
  acc_statement_bind_int (insert, 5, letter->n_pages);
  acc_statement_bind_bytes (insert, 6, letter->sealed->body);
  acc_statement_bind_text (insert, 7, letter->sealed->body_hash);
  acc_statement_bind_text (insert, 8, letter->sealed->pdf_hash);
  return acc_statement_run (insert, error) && insert_key (inbox, letter->sealed, error);
}

gboolean
acc_letter_table_delete (AccStore *inbox, const char *number, GError **error)
{
  g_autoptr (AccStatement) delete = acc_statement_new (inbox, "DELETE FROM letter WHERE number = ?1", error);

  acc_statement_bind_text (delete, 1, number);
  return acc_statement_run (delete, error);
}

static AccInboxLetter *
read_letter (AccStatement *select, GError **error)
{
  g_autoptr (AccInboxLetter) letter = NULL;
  gboolean row = FALSE;

  if (!acc_statement_step (select, &row, error) || !row)
    return NULL;

  letter = g_new0 (AccInboxLetter, 1);
  letter->sealed = g_new0 (AccSealed, 1);
  letter->sequence = acc_statement_get_int (select, 0);
  letter->sealed->number = g_strdup (acc_statement_get_text (select, 1));
  letter->format = acc_statement_get_int (select, 2);
  letter->kiosk = g_strdup (acc_statement_get_text (select, 3));
  letter->submitted_at = g_strdup (acc_statement_get_text (select, 4));
  letter->n_pages = acc_statement_get_int (select, 5);
  letter->sealed->body = acc_statement_dup_bytes (select, 6);
  letter->sealed->body_hash = g_strdup (acc_statement_get_text (select, 7));
  letter->sealed->pdf_hash = g_strdup (acc_statement_get_text (select, 8));
  letter->sealed->branch_key = g_strdup (acc_statement_get_text (select, 9));
  letter->sealed->key = acc_statement_dup_bytes (select, 10);
  return g_steal_pointer (&letter);
}

AccInboxLetter *
acc_letter_table_select_next (AccStore *inbox, gint64 after_sequence, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (inbox, LETTER_COLUMNS "WHERE l.sequence > ?1 ORDER BY l.sequence LIMIT 1", error);

  acc_statement_bind_int (select, 1, after_sequence);
  return read_letter (select, error);
}

AccInboxLetter *
acc_letter_table_select (AccStore *inbox, const char *number, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (inbox, LETTER_COLUMNS "WHERE l.number = ?1", error);

  acc_statement_bind_text (select, 1, number);
  return read_letter (select, error);
}

GStrv
acc_letter_table_select_departments (AccStore *inbox, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (inbox, "SELECT name FROM department ORDER BY name", error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean row = FALSE;

  while (acc_statement_step (select, &row, error))
    {
      if (!row)
        return g_strv_builder_end (names);
      g_strv_builder_add (names, acc_statement_get_text (select, 0));
    }
  return NULL;
}

gboolean
acc_letter_table_replace_departments (AccStore *inbox, const char *const *names, GError **error)
{
  g_autoptr (AccStatement) delete = acc_statement_new (inbox, "DELETE FROM department", error);
  g_autoptr (AccStatement) insert = NULL;

  if (!acc_statement_run (delete, error))
    return FALSE;
  insert = acc_statement_new (inbox, "INSERT OR IGNORE INTO department (name) VALUES (?1)", error);
  if (insert == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      acc_statement_bind_text (insert, 1, names[i]);
      if (!acc_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}
