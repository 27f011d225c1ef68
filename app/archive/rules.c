/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/rules.h"

#include <glib/gi18n-lib.h>

#include "base/parallel.h"
#include "base/text.h"
#include "store/statement.h"
#include "vault/hash.h"

/* What is looked at in one read: a few milliseconds. */
#define ROWS_MAX 100
#define BYTES_MAX (8 * 1024 * 1024)

enum { COLUMN_ROW, COLUMN_RECORD, COLUMN_CONTENT, COLUMN_HASH, COLUMN_RULES };

typedef struct {
  char *record;
  GBytes *content;
  char *hash;
  gboolean changed;
} Content;

static void
content_free (Content *content)
{
  g_free (content->record);
  g_bytes_unref (content->content);
  g_free (content->hash);
  g_free (content);
}

typedef struct {
  const char *store_name;
  const AccRules *rules;
  GPtrArray *findings;
  AccStatement *select;
  gint64 last; /* the row that was read last */
} Walk;

void
acc_rules_add_finding (GPtrArray *findings, const char *store_name, const char *record, const char *sentence)
{
  g_autofree char *shown = acc_text_clean (record != NULL ? record : "?", -1, ACC_TEXT_LINE, NULL);

  g_ptr_array_add (findings, g_strdup_printf ("%s %s: %s", store_name, shown, sentence));
}

static char *
write_query (const AccRules *rules)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT x.rowid, %s, %s, %s", rules->record,
                          rules->content != NULL ? rules->content : "NULL", rules->hash != NULL ? rules->hash : "NULL");
  for (gsize i = 0; i < rules->n_rules; i++)
    /* CASE looks no further than it must; a bare AND works out both of its sides */
    g_string_append_printf (sql, ", CASE WHEN %s THEN 1 END", rules->rules[i].wrong);
  g_string_append_printf (sql, " FROM %s WHERE x.rowid > ?1 ORDER BY x.rowid LIMIT %d", rules->rows, ROWS_MAX);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
check_rules (const Walk *walk)
{
  for (gsize i = 0; i < walk->rules->n_rules; i++)
    if (acc_statement_get_int (walk->select, COLUMN_RULES + (int) i) != 0)
      acc_rules_add_finding (walk->findings, walk->store_name, acc_statement_get_text (walk->select, COLUMN_RECORD),
                             _ (walk->rules->rules[i].sentence));
}

/* Keeps what is to be hashed when the read is over; gives its size. */
static gsize
keep_content (const Walk *walk, GPtrArray *contents)
{
  const char *hash = acc_statement_get_text (walk->select, COLUMN_HASH);
  GBytes *bytes = hash != NULL ? acc_statement_dup_bytes (walk->select, COLUMN_CONTENT) : NULL;
  Content *content;

  if (bytes == NULL)
    return 0;
  content = g_new0 (Content, 1);
  content->record = g_strdup (acc_statement_get_text (walk->select, COLUMN_RECORD));
  content->content = bytes;
  content->hash = g_strdup (hash);
  g_ptr_array_add (contents, content);
  return g_bytes_get_size (bytes);
}

/* One read. *@more: whether it has come upon a row. */
static gboolean
read_rows (Walk *walk, GPtrArray *contents, gboolean *more, GError **error)
{
  gboolean row = TRUE;
  gsize size = 0;

  *more = FALSE;
  acc_statement_bind_int (walk->select, 1, walk->last);
  while (size < BYTES_MAX && acc_statement_step (walk->select, &row, error))
    {
      gint64 id = acc_statement_get_int (walk->select, COLUMN_ROW);

      if (!row || id <= walk->last) /* a damaged table may lead back */
        return TRUE;
      walk->last = id;
      *more = TRUE;
      check_rules (walk);
      size += keep_content (walk, contents);
    }
  acc_statement_bind_int (walk->select, 1, walk->last); /* ends the read */
  return size >= BYTES_MAX;
}

static void
hash_content (gpointer item, gpointer data)
{
  Content *content = item;
  g_autofree char *hash = acc_hash_bytes (content->content);

  content->changed = !g_str_equal (hash, content->hash);
}

static void
check_contents (const Walk *walk, GPtrArray *contents)
{
  acc_parallel_each (contents, hash_content, NULL);
  for (guint i = 0; i < contents->len; i++)
    {
      const Content *content = g_ptr_array_index (contents, i);

      if (content->changed)
        acc_rules_add_finding (walk->findings, walk->store_name, content->record, _ (walk->rules->changed));
    }
}

gboolean
acc_rules_check (AccStore *store, const char *store_name, const AccRules *rules, GPtrArray *findings, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (AccStatement) select = NULL;
  Walk walk = { store_name, rules, findings, NULL, G_MININT64 };
  gboolean more = TRUE;

  g_return_val_if_fail (ACC_IS_STORE (store) && store_name != NULL && rules != NULL && findings != NULL, FALSE);

  sql = write_query (rules);
  walk.select = select = acc_statement_new_kept (store, sql, error);
  while (more)
    {
      g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) content_free);

      if (!read_rows (&walk, contents, &more, error))
        return FALSE;
      check_contents (&walk, contents);
    }
  return TRUE;
}
