/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/journal.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "store/statement.h"
#include "vault/hash.h"

/* An entry as it stands in the table, in the order of the hash. */
typedef struct {
  char *writer;
  gint64 sequence;
  char *at, *kind, *number, *facts, *signer, *previous;
  char *hash;
  GBytes *signature;
} Row;

static void
row_free (Row *row)
{
  g_free (row->writer);
  g_free (row->at);
  g_free (row->kind);
  g_free (row->number);
  g_free (row->facts);
  g_free (row->signer);
  g_free (row->previous);
  g_free (row->hash);
  g_clear_pointer (&row->signature, g_bytes_unref);
  g_free (row);
}

/* The order is frozen: the hashes of every store there is depend on it. */
static char *
hash_row (const Row *row)
{
  g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, row->sequence);
  const char *fields[] = {
    row->writer, sequence, row->at, row->kind, row->number, row->facts, row->signer, row->previous,
  };

  return acc_hash_texts (fields, G_N_ELEMENTS (fields));
}

char *
acc_journal_head (AccStore *store, const char *writer, gint64 *count, GError **error)
{
  g_autoptr (AccStatement) find = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (store) && writer != NULL && count != NULL, NULL);

  find = acc_statement_new (
      store, "SELECT hash, sequence FROM journal WHERE writer = ?1 ORDER BY sequence DESC LIMIT 1", error);
  acc_statement_bind_text (find, 1, writer);
  if (!acc_statement_step (find, &row, error))
    return NULL;
  *count = row ? acc_statement_get_int (find, 1) : 0;
  return g_strdup (row ? acc_statement_get_text (find, 0) : "");
}

static gboolean
insert_row (AccStore *store, const Row *row, GError **error)
{
  g_autoptr (AccStatement) insert = acc_statement_new (
      store,
      "INSERT INTO journal (writer, sequence, at, kind, number, facts, signer, previous, hash, signature)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      error);

  acc_statement_bind_text (insert, 1, row->writer);
  acc_statement_bind_int (insert, 2, row->sequence);
  acc_statement_bind_text (insert, 3, row->at);
  acc_statement_bind_text (insert, 4, row->kind);
  acc_statement_bind_text (insert, 5, row->number);
  acc_statement_bind_text (insert, 6, row->facts);
  acc_statement_bind_text (insert, 7, row->signer);
  acc_statement_bind_text (insert, 8, row->previous);
  acc_statement_bind_text (insert, 9, row->hash);
  acc_statement_bind_bytes (insert, 10, row->signature);
  return acc_statement_run (insert, error);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Row, row_free)

gboolean
acc_journal_append (AccStore *store, const AccJournalEntry *entry, AccJournalSign sign, gpointer data, GError **error)
{
  g_autoptr (Row) row = NULL;
  gint64 count = 0;

  g_return_val_if_fail (ACC_IS_STORE (store) && entry != NULL, FALSE);
  g_return_val_if_fail (entry->writer != NULL && entry->kind != NULL, FALSE);
  g_return_val_if_fail ((entry->signer != NULL) == (sign != NULL), FALSE);

  row = g_new0 (Row, 1);
  row->previous = acc_journal_head (store, entry->writer, &count, error);
  if (row->previous == NULL)
    return FALSE;
  row->writer = g_strdup (entry->writer);
  row->sequence = count + 1;
  row->at = acc_clock_stamp ();
  row->kind = g_strdup (entry->kind);
  row->number = g_strdup (entry->number);
  row->facts = g_strdup (entry->facts);
  row->signer = g_strdup (entry->signer);
  row->hash = hash_row (row);
  if (sign != NULL)
    {
      row->signature = sign (row->hash, data, error);
      if (row->signature == NULL)
        return FALSE;
    }
  return insert_row (store, row, error);
}

/* The rows of every chain, in order. Their row numbers, not writer and sequence, lead the walk: a damaged writer
 * would not be found again. */
static GArray *
list_rows (AccStore *store, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (AccStatement) list
      = acc_statement_new (store, "SELECT rowid FROM journal ORDER BY writer, sequence", error);
  gboolean more = TRUE;

  while (more)
    {
      gint64 id;

      if (!acc_statement_step (list, &more, error))
        return NULL;
      id = acc_statement_get_int (list, 0);
      if (more)
        g_array_append_val (rows, id);
    }
  return g_steal_pointer (&rows);
}

/* Each row is a read of its own: no reader may hold up a writer for more than 50 ms. */
static gboolean
read_row (AccStatement *find, gint64 id, Row **read, GError **error)
{
  gboolean found = FALSE;
  Row *row;

  acc_statement_bind_int (find, 1, id);
  if (!acc_statement_step (find, &found, error))
    return FALSE;
  if (!found) /* gone since the list was made: the walk meets the gap */
    return TRUE;

  row = *read = g_new0 (Row, 1);
  row->writer = g_strdup (acc_statement_get_text (find, 0));
  row->sequence = acc_statement_get_int (find, 1);
  row->at = g_strdup (acc_statement_get_text (find, 2));
  row->kind = g_strdup (acc_statement_get_text (find, 3));
  row->number = g_strdup (acc_statement_get_text (find, 4));
  row->facts = g_strdup (acc_statement_get_text (find, 5));
  row->signer = g_strdup (acc_statement_get_text (find, 6));
  row->previous = g_strdup (acc_statement_get_text (find, 7));
  row->hash = g_strdup (acc_statement_get_text (find, 8));
  row->signature = acc_statement_dup_bytes (find, 9);
  return TRUE;
}

typedef struct {
  const char *store_name;
  AccJournalVerify verify;
  gpointer data;
  GPtrArray *findings;
  /* of the chain that is walked: the newest entry seen */
  char *writer;
  gint64 sequence;
  char *hash;
} Walk;

static void
add_finding (Walk *walk, const Row *row, const char *what)
{
  g_ptr_array_add (walk->findings, g_strdup_printf (_ ("%s journal entry %" G_GINT64_FORMAT " of %s: %s"),
                                                    walk->store_name, row->sequence, row->writer, what));
}

static void
add_gap (Walk *walk, const Row *row)
{
  gint64 first = walk->sequence + 1, last = row->sequence - 1;

  if (first == last)
    g_ptr_array_add (walk->findings, g_strdup_printf (_ ("%s journal entry %" G_GINT64_FORMAT " of %s: it is missing"),
                                                      walk->store_name, first, row->writer));
  else
    g_ptr_array_add (walk->findings, g_strdup_printf (_ ("%s journal entries %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                                                         " of %s: they are missing"),
                                                      walk->store_name, first, last, row->writer));
}

/* The entry's place in the chain: after the one before, and made when that one was the newest. */
static void
check_place (Walk *walk, const Row *row)
{
  if (row->sequence > walk->sequence + 1)
    add_gap (walk, row);
  else if (row->sequence <= walk->sequence)
    add_finding (walk, row, _ ("there can be no entry of this number"));
  else if (g_strcmp0 (row->previous, walk->hash) != 0)
    add_finding (walk, row, _ ("it does not follow the entry before it"));
}

static void
check_signature (Walk *walk, const Row *row)
{
  if (walk->verify == NULL)
    return;
  if (row->signer == NULL || row->signature == NULL)
    add_finding (walk, row, _ ("it is not signed"));
  else if (!walk->verify (row->signer, row->hash, row->signature, walk->data))
    add_finding (walk, row, _ ("its signature is wrong"));
}

static void
check_row (Walk *walk, const Row *row)
{
  g_autofree char *hash = hash_row (row);

  if (g_strcmp0 (row->writer, walk->writer) != 0)
    {
      g_free (walk->writer);
      walk->writer = g_strdup (row->writer);
      walk->sequence = 0;
      g_free (walk->hash);
      walk->hash = g_strdup ("");
    }
  check_place (walk, row);
  if (g_strcmp0 (hash, row->hash) != 0)
    add_finding (walk, row, _ ("it has been changed"));
  check_signature (walk, row);

  walk->sequence = row->sequence;
  g_free (walk->hash);
  walk->hash = g_strdup (row->hash);
}

static gboolean
walk_rows (Walk *walk, AccStore *store, GError **error)
{
  g_autoptr (GArray) ids = list_rows (store, error);
  g_autoptr (AccStatement) find = NULL;

  if (ids == NULL)
    return FALSE;
  find = acc_statement_new (store,
                            "SELECT writer, sequence, at, kind, number, facts, signer, previous, hash, signature"
                            " FROM journal WHERE rowid = ?1",
                            error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (Row) row = NULL;

      if (!read_row (find, g_array_index (ids, gint64, i), &row, error))
        return FALSE;
      if (row != NULL)
        check_row (walk, row);
    }
  return find != NULL;
}

gboolean
acc_journal_check (AccStore *store, const char *store_name, AccJournalVerify verify, gpointer data, GPtrArray *findings,
                   GError **error)
{
  Walk walk = { store_name, verify, data, findings };
  gboolean walked;

  g_return_val_if_fail (ACC_IS_STORE (store) && store_name != NULL && findings != NULL, FALSE);

  walked = walk_rows (&walk, store, error);
  g_free (walk.writer);
  g_free (walk.hash);
  return walked;
}
