/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/branch-keys.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/file.h"
#include "inbox/accepted-key-table.h"
#include "inbox/inbox.h"
#include "store/statement.h"
#include "vault/banker-note.h"
#include "vault/hash.h"

gboolean
acc_branch_keys_tell (AccStore *inbox, AccIdentity *identity, GError **error)
{
  gboolean unwritten = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && ACC_IS_IDENTITY (identity), FALSE);

  if (!acc_accepted_key_is_unwritten (inbox, &unwritten, error))
    return FALSE;
  return !unwritten || acc_accepted_key_set_only (inbox, acc_identity_get_branch_key (identity), error);
}

/* ---- the kiosk ---- */

static gboolean
write_key_file (AccStore *inbox, AccBranchKey *key, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (acc_store_get_path (inbox));
  g_autofree char *path = acc_inbox_branch_key_path (folder);
  g_autoptr (AccBranchKey) there = acc_branch_key_load (path, NULL);
  g_autoptr (GBytes) bytes = acc_branch_key_to_file (key);

  if (there != NULL && g_str_equal (acc_branch_key_get_id (there), acc_branch_key_get_id (key)))
    return TRUE;
  return acc_file_write (path, bytes, 0644, error);
}

/* The kiosk accepts both while the file is being replaced: it is never out of service. */
gboolean
acc_branch_keys_give_to_kiosk (AccStore *inbox, AccIdentity *identity, GError **error)
{
  AccBranchKey *key;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && ACC_IS_IDENTITY (identity), FALSE);

  key = acc_identity_get_branch_key (identity);
  return acc_accepted_key_add (inbox, key, error) && write_key_file (inbox, key, error)
         && acc_accepted_key_set_only (inbox, key, error);
}

/* ---- the letters ---- */

typedef struct {
  AccIdentity *identity;
  gint64 row;      /* of letter_key; the walk goes on after it */
  char *number;    /* NULL: there is no further one */
  gboolean sealed; /* or its key did not open */
} Letter;

/* The next key after self->row that is sealed to an older key of the branch. */
static gboolean
find_next (AccStore *desk, Letter *self, GBytes **key, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new (desk,
                         "SELECT rowid, number, key FROM letter_key WHERE rowid > ?1 AND branch_key <> ?2 "
                         "ORDER BY rowid LIMIT 1",
                         error);
  gboolean row = FALSE;

  acc_statement_bind_int (find, 1, self->row);
  acc_statement_bind_text (find, 2, acc_branch_key_get_id (acc_identity_get_branch_key (self->identity)));
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  if (row)
    {
      self->row = acc_statement_get_int (find, 0);
      self->number = g_strdup (acc_statement_get_text (find, 1));
      *key = acc_statement_dup_bytes (find, 2);
    }
  return TRUE;
}

static gboolean
keep (AccStore *desk, const Letter *self, GBytes *key, GError **error)
{
  const char *branch_key = acc_branch_key_get_id (acc_identity_get_branch_key (self->identity));
  g_autofree char *key_hash = acc_hash_bytes (key);
  g_autofree char *facts = acc_banker_facts ("key_hash", key_hash, "branch_key", branch_key, NULL);
  g_autoptr (AccStatement) update
    = acc_statement_new (desk, "UPDATE letter_key SET branch_key = ?2, key = ?3 WHERE rowid = ?1", error);

  acc_statement_bind_int (update, 1, self->row);
  acc_statement_bind_text (update, 2, branch_key);
  acc_statement_bind_bytes (update, 3, key);
  return acc_statement_run (update, error)
         && acc_archive_note (desk, self->identity, "key sealed anew", self->number, facts, error);
}

static gboolean
seal_next (AccStore *desk, gpointer data, GError **error)
{
  Letter *self = data;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) anew = NULL;
  g_autoptr (AccLetterKey) opened = NULL;

  if (!find_next (desk, self, &key, error))
    return FALSE;
  if (self->number == NULL)
    return TRUE;
  opened = acc_letter_key_open (self->identity, key, NULL);
  self->sealed = opened != NULL;
  if (!self->sealed)
    return TRUE;
  anew = acc_letter_key_seal (opened, acc_identity_get_branch_key (self->identity));
  return keep (desk, self, anew, error);
}

gboolean
acc_branch_keys_seal_letters (AccStore *desk, AccIdentity *identity, guint *n_letters, char **left, GError **error)
{
  gint64 last = G_MININT64;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (n_letters != NULL && left != NULL, FALSE);

  *left = NULL;
  *n_letters = 0;
  for (;;)
    {
      Letter letter = { identity, last };
      gboolean done = acc_store_transact (desk, seal_next, &letter, error);
      g_autofree char *number = letter.number;

      if (!done || number == NULL)
        return done;
      last = letter.row;
      *n_letters += letter.sealed;
      if (!letter.sealed && *left == NULL)
        *left = g_steal_pointer (&number);
    }
}
