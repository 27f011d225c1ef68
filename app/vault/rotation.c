/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/rotation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "store/statement.h"
#include "vault/banker-note.h"
#include "vault/bankers-private.h"
#include "vault/branch-key-table.h"
#include "vault/hash.h"
#include "vault/recovery.h"
#include "vault/share.h"

typedef struct {
  AccIdentity *identity;
  GBytes *pepper;
  const char *passphrase;
  guint8 *recovery; /* a new recovery key, or NULL */
  guint8 *secret;   /* the new key's, locked */
  AccBranchKey *key;
} Rotation;

char *
acc_recovery_key_new (void)
{
  guint8 *key = acc_secret_new (ACC_RECOVERY_SIZE);
  char *text;

  randombytes_buf (key, ACC_RECOVERY_SIZE);
  text = acc_recovery_to_text (key);
  sodium_free (key);
  return text;
}

/* ---- the recovery copies ---- */

/* For the printed key that the newest copy tells of. */
static gboolean
add_key (AccStore *desk, const Rotation *self, GPtrArray *keys, GError **error)
{
  const AccBranchKeyRow *newest = g_ptr_array_index (keys, keys->len - 1);
  const guint8 *secret = acc_identity_get_secrets (self->identity)->branch[0];
  g_autoptr (GBytes) copy = acc_recovery_close_like (newest->recovery, newest->id, secret, self->secret);

  if (copy != NULL)
    return acc_branch_key_table_add (desk, self->key, copy, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               _ ("the recovery copy of the branch's key %s has been changed: make a new recovery key with "
                  "--recovery-file"),
               newest->id);
  return FALSE;
}

/* Every secret is sealed to the new printed key: the old one opens nothing any more. */
static gboolean
add_key_with_recovery (AccStore *desk, const Rotation *self, GError **error)
{
  const AccSecrets *secrets = acc_identity_get_secrets (self->identity);
  g_autoptr (GBytes) copy = acc_recovery_close (self->recovery, self->key, self->secret);

  for (guint i = 0; i < secrets->n_branch; i++)
    {
      g_autoptr (AccBranchKey) old = acc_branch_key_of_secret (secrets->branch[i]);
      g_autoptr (GBytes) again = acc_recovery_close (self->recovery, old, secrets->branch[i]);

      if (!acc_branch_key_table_set_recovery (desk, acc_branch_key_get_id (old), again, error))
        return FALSE;
    }
  return acc_branch_key_table_add (desk, self->key, copy, error);
}

/* ---- the bankers ---- */

/* The passphrase is tried first: wrapping under another one would lock its banker out. */
static gboolean
wrap_own (AccStore *desk, const Rotation *self, const AccBankerRow *row, GError **error)
{
  g_autoptr (AccSecrets) secrets = NULL;
  g_autoptr (AccWrapping) wrapping = NULL;

  if (row->damaged || !acc_wrapping_open (row->wrapping, row->banker, self->pepper, self->passphrase, &secrets, error))
    return FALSE;
  if (secrets == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("that is not the passphrase of %s"), row->banker->name);
      return FALSE;
    }
  acc_secrets_add_branch (secrets, self->secret);
  wrapping = acc_wrapping_new (secrets, row->banker, self->pepper, self->passphrase, error);
  return wrapping != NULL && acc_banker_table_set_keys (desk, row->banker, wrapping, error);
}

/* Who has a damaged record, or no proper key, can be given the branch's keys with a new passphrase. */
static gboolean
share (AccStore *desk, const Rotation *self, const AccBankerRow *row, GError **error)
{
  g_autoptr (GBytes) sealed = NULL;

  if (row->banker->disabled || row->damaged)
    return TRUE;
  sealed = acc_share_close (self->identity, row->banker, self->secret);
  return sealed == NULL
         || acc_share_table_add (desk, row->banker->id, acc_branch_key_get_id (self->key), sealed, error);
}

static gboolean
hand_out (AccStore *desk, const Rotation *self, GPtrArray *rows, GError **error)
{
  gint64 own = acc_identity_get_banker (self->identity)->id;

  for (guint i = 0; i < rows->len; i++)
    {
      const AccBankerRow *row = g_ptr_array_index (rows, i);

      if (!(row->banker->id == own ? wrap_own (desk, self, row, error) : share (desk, self, row, error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- all of it ---- */

static gboolean
note (AccStore *desk, const Rotation *self, const char *before, GError **error)
{
  g_autoptr (GPtrArray) keys = acc_branch_key_table_list (desk, error);
  g_autofree char *copies = keys != NULL ? acc_branch_key_rows_hash_copies (keys) : NULL;
  g_autofree char *recovery_sign = self->recovery != NULL ? acc_recovery_sign_public (self->recovery) : NULL;
  g_autofree char *facts
      = acc_banker_facts ("branch_key", acc_branch_key_get_id (self->key), "before", before, "recovery_copies", copies,
                          "recovery_sign", recovery_sign, NULL);

  return keys != NULL && acc_banker_note (desk, self->identity, ACC_KIND_ROTATED, NULL, facts, error);
}

static gboolean
rotate (AccStore *desk, gpointer data, GError **error)
{
  const Rotation *self = data;
  g_autoptr (GPtrArray) rows = acc_banker_table_list (desk, error);
  g_autoptr (GPtrArray) keys = NULL;

  if (rows == NULL || !acc_bankers_check_right (desk, rows, self->identity, _ ("rotate the branch's key"), error))
    return FALSE;
  keys = acc_branch_key_table_list (desk, error);
  if (keys == NULL)
    return FALSE;
  if (acc_identity_get_secrets (self->identity)->n_branch == ACC_BRANCH_SECRETS_MAX)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("branch key: it has been rotated %d times, which is the most"),
                   ACC_BRANCH_SECRETS_MAX - 1);
      return FALSE;
    }
  return (self->recovery != NULL ? add_key_with_recovery (desk, self, error) : add_key (desk, self, keys, error))
         && hand_out (desk, self, rows, error)
         && note (desk, self, ((AccBranchKeyRow *) g_ptr_array_index (keys, keys->len - 1))->id, error);
}

gboolean
acc_rotation_begin (AccStore *desk, AccIdentity *identity, GBytes *pepper, const char *passphrase,
                    const char *recovery_key, GError **error)
{
  Rotation self = { identity, pepper, passphrase };
  gboolean rotated = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (pepper != NULL && passphrase != NULL, FALSE);

  if (!acc_pepper_check (pepper, error))
    return FALSE;
  self.secret = acc_secret_new (crypto_box_SECRETKEYBYTES);
  randombytes_buf (self.secret, crypto_box_SECRETKEYBYTES);
  self.key = acc_branch_key_of_secret (self.secret);
  self.recovery = recovery_key != NULL ? acc_secret_new (ACC_RECOVERY_SIZE) : NULL;
  if (recovery_key != NULL && !acc_recovery_from_text (recovery_key, self.recovery))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("recovery key: this is none"));
  else
    rotated = acc_store_transact (desk, rotate, &self, error);
  if (rotated)
    acc_identity_add_branch_secret (identity, self.secret);
  acc_branch_key_unref (self.key);
  sodium_free (self.secret);
  sodium_free (self.recovery);
  return rotated;
}

gboolean
acc_rotation_is_open (AccStore *desk, gboolean *open, GError **error)
{
  g_autoptr (AccStatement) find = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && open != NULL, FALSE);

  find = acc_statement_new (desk,
                            "SELECT kind = '" ACC_KIND_ROTATED "' FROM journal WHERE writer = '" ACC_DESK_WRITER
                            "' AND kind IN ('" ACC_KIND_ROTATED "', '" ACC_KIND_ROTATION_FINISHED
                            "') ORDER BY sequence DESC LIMIT 1",
                            error);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  *open = row && acc_statement_get_int (find, 0) != 0;
  return TRUE;
}

gboolean
acc_rotation_finish (AccStore *desk, AccIdentity *identity, GError **error)
{
  g_autofree char *facts = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);

  facts = acc_banker_facts ("branch_key", acc_branch_key_get_id (acc_identity_get_branch_key (identity)), NULL);
  return acc_banker_note (desk, identity, ACC_KIND_ROTATION_FINISHED, NULL, facts, error);
}
