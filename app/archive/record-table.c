/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/record-table-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/statement.h"
#include "vault/hash.h"

#define RECORD_COLUMNS \
  "SELECT number, sequence, state, kiosk, submitted_at, taken_at, changed_at, claimed_by, pages, pdf_hash FROM letter "

void
acc_record_free (AccRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->number);
  g_free (record->kiosk);
  g_free (record->submitted_at);
  g_free (record->taken_at);
  g_free (record->changed_at);
  g_free (record->pdf_hash);
  g_free (record);
}

static AccRecord *
read_record (AccStatement *row, GError **error)
{
  g_autoptr (AccRecord) record = g_new0 (AccRecord, 1);

  record->number = g_strdup (acc_statement_get_text (row, 0));
  record->sequence = acc_statement_get_int (row, 1);
  if (!acc_state_from_text (acc_statement_get_text (row, 2), &record->state))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("desk.db letter %s: its state is not known"),
                   record->number);
      return NULL;
    }
  record->kiosk = g_strdup (acc_statement_get_text (row, 3));
  record->submitted_at = g_strdup (acc_statement_get_text (row, 4));
  record->taken_at = g_strdup (acc_statement_get_text (row, 5));
  record->changed_at = g_strdup (acc_statement_get_text (row, 6));
  record->claimed_by = acc_statement_get_int (row, 7);
  record->n_pages = acc_statement_get_int (row, 8);
  record->pdf_hash = g_strdup (acc_statement_get_text (row, 9));
  return g_steal_pointer (&record);
}

AccRecord *
acc_record_table_select (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (desk, RECORD_COLUMNS "WHERE number = ?1", error);
  gboolean row = FALSE;

  acc_statement_bind_text (select, 1, number);
  if (!acc_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("letter %s is not in the archive"), number);
      return NULL;
    }
  return read_record (select, error);
}

static GPtrArray *
read_records (AccStatement *select, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_record_free);
  gboolean row = FALSE;

  while (acc_statement_step (select, &row, error))
    {
      AccRecord *record;

      if (!row)
        return g_steal_pointer (&records);
      record = read_record (select, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return NULL;
}

GPtrArray *
acc_record_table_select_after (AccStore *desk, gint64 after_sequence, guint limit, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, RECORD_COLUMNS "WHERE sequence > ?1 ORDER BY sequence LIMIT ?2", error);

  acc_statement_bind_int (select, 1, after_sequence);
  acc_statement_bind_int (select, 2, limit);
  return read_records (select, error);
}

GPtrArray *
acc_record_table_select_unnoted (AccStore *desk, const char *kind, gint64 after_sequence, gint64 last_sequence,
                                 GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk,
                         RECORD_COLUMNS
                         "WHERE state IN ('waiting', 'claimed') AND sequence > ?1 AND sequence <= ?3 AND NOT EXISTS"
                         " (SELECT 1 FROM journal WHERE journal.number = letter.number AND journal.kind = ?2)"
                         " ORDER BY sequence",
                         error);

  acc_statement_bind_int (select, 1, after_sequence);
  acc_statement_bind_text (select, 2, kind);
  acc_statement_bind_int (select, 3, last_sequence);
  return read_records (select, error);
}

gboolean
acc_record_table_find_newest (AccStore *desk, gint64 *sequence, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (desk, "SELECT coalesce (max (sequence), 0) FROM letter", error);
  gboolean row = FALSE;

  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *sequence = acc_statement_get_int (select, 0);
  return TRUE;
}

gboolean
acc_record_table_update_state (AccStore *desk, const char *number, AccState from, AccState to, gint64 claimed_by,
                               gboolean *changed, GError **error)
{
  g_autoptr (AccStatement) update
    = acc_statement_new (desk,
                         "UPDATE letter SET state = ?3, claimed_by = nullif (?4, 0), changed_at = ?5 "
                         "WHERE number = ?1 AND state = ?2",
                         error);
  g_autofree char *now = acc_clock_stamp ();
  gint64 rows;

  acc_statement_bind_text (update, 1, number);
  acc_statement_bind_text (update, 2, acc_state_to_text (from));
  acc_statement_bind_text (update, 3, acc_state_to_text (to));
  acc_statement_bind_int (update, 4, claimed_by);
  acc_statement_bind_text (update, 5, now);
  rows = acc_statement_change (update, error);
  *changed = rows == 1;
  return rows >= 0;
}

void
acc_original_free (AccOriginal *original)
{
  if (original == NULL)
    return;
  g_clear_pointer (&original->key, g_bytes_unref);
  g_clear_pointer (&original->body, g_bytes_unref);
  g_free (original->body_hash);
  g_free (original->pdf_hash);
  g_free (original);
}

AccOriginal *
acc_record_table_select_original (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk,
                         "SELECT k.key, d.body, d.body_hash, d.pdf_hash FROM document d "
                         "JOIN letter_key k ON k.number = d.number WHERE d.number = ?1 AND d.kind = 'original'",
                         error);
  g_autoptr (AccOriginal) original = NULL;
  gboolean row = FALSE;

  acc_statement_bind_text (select, 1, number);
  if (!acc_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                   _ ("desk.db letter %s: its original or its key is missing"), number);
      return NULL;
    }
  original = g_new0 (AccOriginal, 1);
  original->key = acc_statement_dup_bytes (select, 0);
  original->body = acc_statement_dup_bytes (select, 1);
  original->body_hash = g_strdup (acc_statement_get_text (select, 2));
  original->pdf_hash = g_strdup (acc_statement_get_text (select, 3));
  return g_steal_pointer (&original);
}

gboolean
acc_record_table_find_body_hash (AccStore *desk, const char *number, char **body_hash, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new (desk,
                         "SELECT coalesce (d.body_hash, '') FROM letter l "
                         "LEFT JOIN document d ON d.number = l.number AND d.kind = 'original' WHERE l.number = ?1",
                         error);
  gboolean row = FALSE;

  *body_hash = NULL;
  acc_statement_bind_text (find, 1, number);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  if (row)
    *body_hash = g_strdup (acc_statement_get_text (find, 0));
  return TRUE;
}

static gboolean
insert_letter (AccStore *desk, const AccInboxLetter *letter, const char *taken_at, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk,
                         "INSERT INTO letter (number, state, kiosk, submitted_at, taken_at, changed_at, pages, "
                         "pdf_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)",
                         error);

  acc_statement_bind_text (insert, 1, letter->sealed->number);
  acc_statement_bind_text (insert, 2, acc_state_to_text (ACC_STATE_WAITING));
  acc_statement_bind_text (insert, 3, letter->kiosk);
  acc_statement_bind_text (insert, 4, letter->submitted_at);
  acc_statement_bind_text (insert, 5, taken_at);
  acc_statement_bind_int (insert, 6, letter->n_pages);
  acc_statement_bind_text (insert, 7, letter->sealed->pdf_hash);
  return acc_statement_run (insert, error);
}

static gboolean
insert_key (AccStore *desk, const AccSealed *sealed, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk, "INSERT INTO letter_key (number, branch_key, key) VALUES (?1, ?2, ?3)", error);

  acc_statement_bind_text (insert, 1, sealed->number);
  acc_statement_bind_text (insert, 2, sealed->branch_key);
  acc_statement_bind_bytes (insert, 3, sealed->key);
  return acc_statement_run (insert, error);
}

static gint64
insert_document (AccStore *desk, const AccDocumentRow *document, const char *made_at, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk,
                         "INSERT INTO document (number, kind, format, made_at, body, body_hash, pdf_hash) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
                         error);
  gboolean row = FALSE;

  acc_statement_bind_text (insert, 1, document->number);
  acc_statement_bind_text (insert, 2, document->kind);
  acc_statement_bind_int (insert, 3, ACC_SEAL_FORMAT);
  acc_statement_bind_text (insert, 4, made_at);
  acc_statement_bind_bytes (insert, 5, document->body);
  acc_statement_bind_text (insert, 6, document->body_hash);
  acc_statement_bind_text (insert, 7, document->pdf_hash);
  if (!acc_statement_step (insert, &row, error))
    return 0;
  return acc_statement_get_int (insert, 0);
}

gboolean
acc_record_table_insert (AccStore *desk, const AccInboxLetter *letter, const char *taken_at, GError **error)
{
  const AccSealed *sealed = letter->sealed;
  const AccDocumentRow original = { sealed->number, "original", sealed->body_hash, sealed->pdf_hash, sealed->body };

  return insert_letter (desk, letter, taken_at, error) && insert_key (desk, sealed, error)
         && insert_document (desk, &original, taken_at, error) != 0;
}

gint64
acc_record_table_insert_document (AccStore *desk, const AccDocumentRow *document, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();

  return insert_document (desk, document, now, error);
}

GBytes *
acc_record_table_select_document (AccStore *desk, const char *number, gint64 id, char **kind, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, "SELECT kind, body, body_hash FROM document WHERE id = ?1 AND number = ?2", error);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *hash = NULL;
  gboolean row = FALSE;

  acc_statement_bind_int (select, 1, id);
  acc_statement_bind_text (select, 2, number);
  if (!acc_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("letter %s has no document %" PRId64), number,
                   id);
      return NULL;
    }
  body = acc_statement_dup_bytes (select, 1);
  hash = acc_hash_bytes (body);
  if (g_strcmp0 (hash, acc_statement_get_text (select, 2)) != 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                   _ ("desk.db document %" PRId64 ": its body has been changed"), id);
      return NULL;
    }
  *kind = g_strdup (acc_statement_get_text (select, 0));
  return g_steal_pointer (&body);
}

gboolean
acc_record_table_insert_head (AccStore *desk, const char *writer, gint64 count, const char *hash, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk,
                         "INSERT OR IGNORE INTO kiosk_head (writer, count, hash, seen_at) VALUES (?1, ?2, ?3, ?4)",
                         error);
  g_autofree char *now = acc_clock_stamp ();

  acc_statement_bind_text (insert, 1, writer);
  acc_statement_bind_int (insert, 2, count);
  acc_statement_bind_text (insert, 3, hash);
  acc_statement_bind_text (insert, 4, now);
  return acc_statement_run (insert, error);
}

gboolean
acc_record_table_knows_branch_key (AccStore *desk, const char *id, gboolean *known, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (desk, "SELECT 1 FROM branch_key WHERE id = ?1", error);

  acc_statement_bind_text (find, 1, id);
  return acc_statement_step (find, known, error);
}

gboolean
acc_record_table_insert_branch (AccStore *desk, const char *name, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk, "INSERT INTO branch (id, name, created_at) VALUES (1, ?1, ?2)", error);
  g_autofree char *now = acc_clock_stamp ();

  acc_statement_bind_text (insert, 1, name);
  acc_statement_bind_text (insert, 2, now);
  return acc_statement_run (insert, error);
}
