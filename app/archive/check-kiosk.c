/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/check-private.h"

#include <glib/gi18n-lib.h>

#include "archive/record-table-private.h"
#include "vault/branch-key.h"
#include "vault/hash.h"

#define FACT(name) "json_extract (iif (json_valid (j.facts), j.facts, '{}'), '$." name "')"

/* ---- inbox letters, as far as SQL cannot see ---- */

static gboolean
check_waiting_letter (AccCheck *self, AccStatement *row, GError **error)
{
  g_autoptr (GBytes) body = acc_statement_dup_bytes (row, 2);
  g_autoptr (GBytes) key = acc_statement_dup_bytes (row, 4);
  g_autofree char *record = g_strdup_printf ("letter %s", acc_statement_get_text (row, 1));
  g_autofree char *body_hash = acc_hash_bytes (body);
  g_autofree char *key_hash = key != NULL ? acc_hash_bytes (key) : NULL;
  const char *told = acc_statement_get_text (row, 6);
  gboolean known = FALSE;

  if (g_strcmp0 (body_hash, acc_statement_get_text (row, 3)) != 0)
    acc_check_add (self, self->inbox, record, _ ("its body has been changed"));
  if (key_hash == NULL) /* a rule has found it */
    return TRUE;
  if (told != NULL && g_strcmp0 (key_hash, told) != 0)
    acc_check_add (self, self->inbox, record, _ ("its key has been changed"));
  if (!acc_record_table_knows_branch_key (self->desk, acc_statement_get_text (row, 5), &known, error))
    return FALSE;
  if (!known)
    acc_check_add (self, self->inbox, record, _ ("it is sealed for a key that this branch does not have"));
  return TRUE;
}

gboolean
acc_check_waiting (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox,
                         "SELECT x.sequence, x.number, x.body, x.body_hash, k.key, k.branch_key, "
                         "(SELECT " FACT ("key_hash") " FROM journal j WHERE j.number = x.number "
                         "AND j.writer = 'kiosk:' || x.kiosk AND j.kind = 'submitted' LIMIT 1) "
                         "FROM letter x LEFT JOIN letter_key k ON k.number = x.number "
                         "WHERE x.sequence > ?1 ORDER BY x.sequence LIMIT 1",
                         check_waiting_letter, error);
}

/* ---- what the kiosks' journals tell ---- */

static gboolean
find_in_inbox (AccCheck *self, const char *number, gboolean *found, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (self->inbox, "SELECT 1 FROM letter WHERE number = ?1", error);

  acc_statement_bind_text (find, 1, number);
  return acc_statement_step (find, found, error);
}

/* The inbox is looked at first: a letter that the desk takes in meanwhile is in the archive before it leaves. */
static gboolean
check_submitted_entry (AccCheck *self, AccStatement *row, GError **error)
{
  const char *number = acc_statement_get_text (row, 2);
  const char *record = acc_statement_get_text (row, 1);
  g_autoptr (AccStatement) find = NULL;
  gboolean waiting = FALSE, found = FALSE;
  const char *body_hash;

  if (!find_in_inbox (self, number, &waiting, error))
    return FALSE;
  if (waiting) /* a rule compares the two */
    return TRUE;
  find = acc_statement_new (self->desk,
                            "SELECT d.body_hash, l.pdf_hash FROM letter l "
                            "LEFT JOIN document d ON d.number = l.number AND d.kind = 'original' WHERE l.number = ?1",
                            error);
  acc_statement_bind_text (find, 1, number);
  if (!acc_statement_step (find, &found, error))
    return FALSE;
  body_hash = found ? acc_statement_get_text (find, 0) : NULL;
  if (!found)
    acc_check_add (self, self->inbox, record, _ ("its letter is neither in the inbox nor in the archive"));
  else if ((body_hash != NULL && g_strcmp0 (body_hash, acc_statement_get_text (row, 3)) != 0)
           || g_strcmp0 (acc_statement_get_text (find, 1), acc_statement_get_text (row, 4)) != 0)
    acc_check_add (self, self->inbox, record, _ ("its letter in the archive is another one"));
  return TRUE;
}

gboolean
acc_check_submitted (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox,
                         "SELECT j.rowid, 'journal entry ' || j.sequence || ' of ' || j.writer, j.number, "
                         FACT ("body_hash") ", " FACT ("pdf_hash") " FROM journal j "
                         "WHERE j.kind = 'submitted' AND j.rowid > ?1 ORDER BY j.rowid LIMIT 1",
                         check_submitted_entry, error);
}

static gboolean
check_archive_letter (AccCheck *self, AccStatement *row, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new (self->inbox, "SELECT 1 FROM journal WHERE number = ?1 AND kind = 'submitted'", error);
  g_autofree char *record = NULL;
  gboolean told = FALSE;

  acc_statement_bind_text (find, 1, acc_statement_get_text (row, 1));
  if (!acc_statement_step (find, &told, error))
    return FALSE;
  record = g_strdup_printf ("letter %s", acc_statement_get_text (row, 1));
  if (!told)
    acc_check_add (self, self->desk, record, _ ("no kiosk's journal says that it was submitted"));
  return TRUE;
}

gboolean
acc_check_taken_in (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk,
                         "SELECT sequence, number FROM letter WHERE sequence > ?1 ORDER BY sequence LIMIT 1",
                         check_archive_letter, error);
}

static gboolean
check_head (AccCheck *self, AccStatement *row, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new (self->inbox, "SELECT 1 FROM journal WHERE writer = ?1 AND sequence = ?2 AND hash = ?3", error);
  g_autofree char *record = NULL;
  gboolean found = FALSE;

  acc_statement_bind_text (find, 1, acc_statement_get_text (row, 1));
  acc_statement_bind_int (find, 2, acc_statement_get_int (row, 2));
  acc_statement_bind_text (find, 3, acc_statement_get_text (row, 3));
  if (!acc_statement_step (find, &found, error))
    return FALSE;
  record = g_strdup_printf ("journal head %" G_GINT64_FORMAT " of %s", acc_statement_get_int (row, 2),
                            acc_statement_get_text (row, 1));
  if (!found)
    acc_check_add (self, self->desk, record, _ ("inbox.db no longer has it, so its history has been rewritten"));
  return TRUE;
}

gboolean
acc_check_heads (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk,
                         "SELECT rowid, writer, count, hash FROM kiosk_head WHERE rowid > ?1 ORDER BY rowid LIMIT 1",
                         check_head, error);
}

/* ---- the branch's public key ---- */

gboolean
acc_check_key_file (AccCheck *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (acc_store_get_path (self->inbox));
  g_autofree char *path = acc_inbox_branch_key_path (folder);
  g_autoptr (GError) local = NULL;
  g_autoptr (AccBranchKey) key = acc_branch_key_load (path, &local);
  g_autoptr (AccStatement) find = NULL;
  gboolean row = FALSE;

  if (key == NULL)
    {
      g_ptr_array_add (self->findings, g_strdup_printf ("branch.pub: %s", local->message));
      return TRUE;
    }
  find = acc_statement_new (self->desk, "SELECT id FROM branch_key ORDER BY sequence DESC LIMIT 1", error);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  if (!row || g_strcmp0 (acc_statement_get_text (find, 0), acc_branch_key_get_id (key)) != 0)
    g_ptr_array_add (self->findings, g_strdup (_ ("branch.pub: this is not the newest key of this branch")));
  return TRUE;
}
