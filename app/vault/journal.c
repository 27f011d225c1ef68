/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/journal.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/parallel.h"
#include "store/statement.h"
#include "vault/hash.h"

/* Entries looked at in one read: a few milliseconds. */
#define ENTRIES_MAX 200

/* An entry as it stands in the table, in the order of the hash. */
typedef struct {
  char *writer;
  gint64 sequence;
  char *at, *kind, *number, *facts, *signer, *previous;
  char *hash;
  GBytes *signature;
  /* what is found without its neighbours */
  gboolean changed, forged;
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

  find = acc_statement_new_kept (
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
  g_autoptr (AccStatement) insert = acc_statement_new_kept (
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

/* ---- the walk ---- */

typedef struct {
  const char *store_name;
  const AccJournalSigned *by; /* NULL: signatures are not looked at */
  gpointer data;
  GPtrArray *findings;
  AccStatement *of_writer, *of_next_writer, *find;
  /* where the next read begins: after this place in the order of the chains */
  GBytes *at_writer;
  gint64 at_sequence;
  /* of the chain that is walked: the newest entry seen */
  char *writer;
  gint64 sequence;
  char *hash;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->of_writer, acc_statement_free);
  g_clear_pointer (&walk->of_next_writer, acc_statement_free);
  g_clear_pointer (&walk->find, acc_statement_free);
  g_clear_pointer (&walk->at_writer, g_bytes_unref);
  g_free (walk->writer);
  g_free (walk->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static gboolean
read_row (AccStatement *find, gint64 id, GPtrArray *rows, GError **error)
{
  gboolean found = FALSE;
  Row *row;

  acc_statement_bind_int (find, 1, id);
  if (!acc_statement_step (find, &found, error))
    return FALSE;
  if (!found) /* an index names what the table does not have: SQLite's own check tells of it */
    return TRUE;

  row = g_new0 (Row, 1);
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
  g_ptr_array_add (rows, row);
  return TRUE;
}

/* Moves the walk's place to that of the index entry in @list; FALSE if that would lead back, in a damaged index. */
static gboolean
move_on (Walk *walk, AccStatement *list)
{
  g_autoptr (GBytes) writer = acc_statement_dup_bytes (list, 1);
  gint64 sequence = acc_statement_get_int (list, 2);
  int order = writer != NULL ? g_bytes_compare (writer, walk->at_writer) : -1;

  if (order < 0 || (order == 0 && sequence <= walk->at_sequence))
    return FALSE;
  g_bytes_unref (walk->at_writer);
  walk->at_writer = g_steal_pointer (&writer);
  walk->at_sequence = sequence;
  return TRUE;
}

/* One read of the entries that @list gives after the walk's place. The order is the index's; each row is then found by
 * its number, whatever stands in it. */
static gboolean
read_rows (Walk *walk, AccStatement *list, GPtrArray *rows, GError **error)
{
  gboolean more = TRUE;

  acc_statement_bind_bytes (list, 1, walk->at_writer);
  acc_statement_bind_int (list, 2, walk->at_sequence);
  while (acc_statement_step (list, &more, error))
    {
      if (!more)
        return TRUE;
      if (!move_on (walk, list))
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: the journal's entries are out of order"),
                       walk->store_name);
          return FALSE;
        }
      if (!read_row (walk->find, acc_statement_get_int (list, 0), rows, error))
        return FALSE;
    }
  return FALSE;
}

static void
add_finding (Walk *walk, const Row *row, const char *what)
{
  g_ptr_array_add (walk->findings, g_strdup_printf (_ ("%s journal entry %" PRId64 " of %s: %s"),
                                                    walk->store_name, row->sequence, row->writer, what));
}

static void
add_gap (Walk *walk, const Row *row)
{
  gint64 first = walk->sequence + 1, last = row->sequence - 1;

  if (first == last)
    g_ptr_array_add (walk->findings, g_strdup_printf (_ ("%s journal entry %" PRId64 " of %s: it is missing"),
                                                      walk->store_name, first, row->writer));
  else
    g_ptr_array_add (walk->findings, g_strdup_printf (_ ("%s journal entries %" PRId64 " to %" PRId64
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
  if (walk->by == NULL)
    return;
  if (g_strv_contains (walk->by->unsigned_writers, row->writer))
    {
      if (row->signer != NULL || row->signature != NULL)
        add_finding (walk, row, _ ("it has a signature where nobody signs"));
    }
  else if (row->signer == NULL || row->signature == NULL)
    add_finding (walk, row, _ ("it is not signed"));
  else if (row->forged)
    add_finding (walk, row, _ ("its signature is wrong"));
}

static void
check_row (Walk *walk, const Row *row)
{
  if (g_strcmp0 (row->writer, walk->writer) != 0)
    {
      g_free (walk->writer);
      walk->writer = g_strdup (row->writer);
      walk->sequence = 0;
      g_free (walk->hash);
      walk->hash = g_strdup ("");
    }
  check_place (walk, row);
  if (row->changed)
    add_finding (walk, row, _ ("it has been changed"));
  check_signature (walk, row);

  walk->sequence = row->sequence;
  g_free (walk->hash);
  walk->hash = g_strdup (row->hash);
}

/* What costs time, on every processor. */
static void
look_at_row (gpointer item, gpointer data)
{
  Row *row = item;
  const Walk *walk = data;
  g_autofree char *hash = hash_row (row);

  row->changed = g_strcmp0 (hash, row->hash) != 0;
  if (walk->by != NULL && row->signer != NULL && row->signature != NULL && row->hash != NULL)
    row->forged = !walk->by->verify (row->signer, row->hash, row->signature, walk->data);
}

/* *@more: whether @list gave an entry. */
static gboolean
walk_rows (Walk *walk, AccStatement *list, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);

  if (!read_rows (walk, list, rows, error))
    return FALSE;
  *more = rows->len > 0;
  if (*more && walk->by != NULL && !walk->by->prepare (walk->data, error))
    return FALSE;
  acc_parallel_each (rows, look_at_row, walk);
  for (guint i = 0; i < rows->len; i++)
    check_row (walk, g_ptr_array_index (rows, i));
  return TRUE;
}

/* The writer's own name may be damaged: it is compared byte by byte, and never read as text. */
#define LIST "SELECT rowid, cast (writer AS BLOB), sequence FROM journal WHERE writer "
#define AT_WRITER "cast (?1 AS TEXT) "

static gboolean
prepare_walk (Walk *walk, AccStore *store, GError **error)
{
  g_autofree char *limit = g_strdup_printf ("LIMIT %d", ENTRIES_MAX);
  g_autofree char *of_writer
      = g_strconcat (LIST "= " AT_WRITER "AND sequence > ?2 ORDER BY sequence ", limit, NULL);
  g_autofree char *of_next
      = g_strconcat (LIST "> " AT_WRITER "AND ?2 IS NOT NULL ORDER BY writer, sequence ", limit, NULL);

  walk->of_writer = acc_statement_new (store, of_writer, error);
  walk->of_next_writer = walk->of_writer != NULL ? acc_statement_new (store, of_next, error) : NULL;
  walk->find = walk->of_next_writer != NULL
                   ? acc_statement_new (store,
                                        "SELECT writer, sequence, at, kind, number, facts, signer, previous, hash,"
                                        " signature FROM journal WHERE rowid = ?1",
                                        error)
                   : NULL;
  return walk->find != NULL;
}

gboolean
acc_journal_check (AccStore *store, const char *store_name, const AccJournalSigned *by, gpointer data,
                   GPtrArray *findings, GError **error)
{
  g_auto (Walk) walk = { store_name, by, data, findings, .at_sequence = G_MININT64 };
  gboolean more = TRUE;

  g_return_val_if_fail (ACC_IS_STORE (store) && store_name != NULL && findings != NULL, FALSE);

  walk.at_writer = g_bytes_new_static ("", 0);
  if (!prepare_walk (&walk, store, error))
    return FALSE;
  while (more)
    if (!walk_rows (&walk, walk.of_writer, &more, error)
        || (!more && !walk_rows (&walk, walk.of_next_writer, &more, error)))
      return FALSE;
  return TRUE;
}
