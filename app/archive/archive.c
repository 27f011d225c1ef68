/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/archive.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "archive/record-table-private.h"
#include "base/error.h"
#include "base/file.h"
#include "vault/bankers.h"
#include "vault/journal.h"

#define PEPPER_SIZE 32

/* "AcDk" */
const AccStoreKind acc_archive_kind = { "desk", 0x4163446b, 2, "ballast" };

char *
acc_archive_path (const char *store_dir)
{
  return g_build_filename (store_dir, "desk.db", NULL);
}

char *
acc_archive_pepper_path (const char *store_dir)
{
  return g_build_filename (store_dir, "pepper", NULL);
}

AccStore *
acc_archive_open (const char *store_dir, AccStoreMode mode, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (store_dir != NULL, NULL);
  path = acc_archive_path (store_dir);
  return acc_store_open (path, &acc_archive_kind, mode, error);
}

static GBytes *
read_pepper (const char *store_dir, GError **error)
{
  g_autofree char *path = acc_archive_pepper_path (store_dir);
  g_autoptr (GBytes) pepper = acc_file_read (path, PEPPER_SIZE, error);

  if (pepper != NULL && g_bytes_get_size (pepper) != PEPPER_SIZE)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: this is not a pepper file"), path);
      return NULL;
    }
  return g_steal_pointer (&pepper);
}

AccIdentity *
acc_archive_sign_in (const char *store_dir, const char *banker, const char *passphrase, AccStore **desk,
                     GError **error)
{
  g_autoptr (AccStore) opened = NULL;
  g_autoptr (GBytes) pepper = NULL;
  AccIdentity *identity;

  g_return_val_if_fail (store_dir != NULL && passphrase != NULL && desk != NULL, NULL);

  opened = acc_archive_open (store_dir, ACC_STORE_WRITE, error);
  pepper = opened != NULL ? read_pepper (store_dir, error) : NULL;
  if (pepper == NULL)
    return NULL;
  identity = acc_bankers_sign_in (opened, pepper, banker, passphrase, error);
  if (identity != NULL)
    *desk = g_steal_pointer (&opened);
  return identity;
}

AccRecord *
acc_archive_find (AccStore *desk, const char *number, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && number != NULL, NULL);
  return acc_record_table_select (desk, number, error);
}

GPtrArray *
acc_archive_list (AccStore *desk, gint64 after_sequence, guint limit, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), NULL);
  return acc_record_table_select_after (desk, after_sequence, limit, error);
}

GPtrArray *
acc_archive_list_unnoted (AccStore *desk, const char *kind, gint64 after_sequence, guint limit, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && kind != NULL, NULL);
  return acc_record_table_select_unnoted (desk, kind, after_sequence, limit, error);
}

gboolean
acc_archive_set_state (AccStore *desk, const char *number, AccState from, AccState to, gint64 claimed_by,
                       GError **error)
{
  g_autoptr (AccRecord) record = NULL;
  gboolean changed = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && number != NULL, FALSE);

  if (!acc_record_table_update_state (desk, number, from, to, claimed_by, &changed, error))
    return FALSE;
  if (changed)
    return TRUE;
  record = acc_record_table_select (desk, number, error);
  if (record != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("letter %s is no longer %s, but %s"), number,
                 acc_state_to_text (from), acc_state_to_text (record->state));
  return FALSE;
}

static GBytes *
sign_hash (const char *hash, gpointer data, GError **error)
{
  return acc_identity_sign (data, hash, strlen (hash));
}

gboolean
acc_archive_note (AccStore *desk, AccIdentity *identity, const char *kind, const char *number, const char *facts,
                  GError **error)
{
  AccJournalEntry entry = { "desk", kind, number, facts, NULL };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && kind != NULL, FALSE);

  entry.signer = acc_identity_get_banker (identity)->name;
  return acc_journal_append (desk, &entry, sign_hash, identity, error);
}
