/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/archive.h"

#include <glib/gi18n-lib.h>

#include "archive/branch-keys.h"
#include "archive/record-table-private.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/inbox.h"
#include "vault/banker-note.h"
#include "vault/bankers.h"

#define PEPPER_SIZE 32
#define PEPPER_FILE_MAX 4096 /* what is longer is none either */

/* "AcDk" */
const AccStoreKind acc_archive_kind = { "desk", 0x4163446b, 4, "ballast" };

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

GBytes *
acc_archive_read_pepper (const char *store_dir, GError **error)
{
  g_autofree char *path = acc_archive_pepper_path (store_dir);
  g_autoptr (GBytes) pepper = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                   _ ("%s: the pepper is missing: put it back from where it was kept, or run “accolade key recover” "
                      "with the recovery key"),
                   path);
      return NULL;
    }
  pepper = acc_file_read (path, PEPPER_FILE_MAX, error);
  if (pepper != NULL && g_bytes_get_size (pepper) != PEPPER_SIZE)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: this is not a pepper file"), path);
      return NULL;
    }
  return g_steal_pointer (&pepper);
}

/* What keeps the inbox from being opened is told by whoever needs it. */
static void
tell_kiosk (const char *store_dir, AccIdentity *identity)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_WRITE, NULL);

  if (inbox != NULL)
    acc_branch_keys_tell (inbox, identity, NULL);
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
  pepper = opened != NULL ? acc_archive_read_pepper (store_dir, error) : NULL;
  if (pepper == NULL)
    return NULL;
  identity = acc_bankers_sign_in (opened, pepper, banker, passphrase, error);
  if (identity == NULL)
    return NULL;
  tell_kiosk (store_dir, identity);
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
acc_archive_list_unnoted (AccStore *desk, const char *kind, gint64 after_sequence, gint64 last_sequence, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && kind != NULL, NULL);
  return acc_record_table_select_unnoted (desk, kind, after_sequence, last_sequence, error);
}

gboolean
acc_archive_find_newest (AccStore *desk, gint64 *sequence, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && sequence != NULL, FALSE);
  return acc_record_table_find_newest (desk, sequence, error);
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
                 acc_state_to_word (from), acc_state_to_word (record->state));
  return FALSE;
}

gboolean
acc_archive_note (AccStore *desk, AccIdentity *identity, const char *kind, const char *number, const char *facts,
                  GError **error)
{
  return acc_banker_note (desk, identity, kind, number, facts, error);
}
