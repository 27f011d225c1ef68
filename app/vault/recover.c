/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "vault/banker-note.h"
#include "vault/bankers-private.h"
#include "vault/branch-key-table.h"
#include "vault/hash.h"
#include "vault/recovery.h"

typedef struct {
  const AccRecovery *recovery;
  guint8 *key; /* the recovery key, locked */
  char *recovered;
} Work;

/* The branch's secrets, opened with the recovery key. A copy that does not open while a newer one does is lost: the
 * letters are wrapped to the newest key. */
static AccSecrets *
open_copies (AccStore *desk, const guint8 key[ACC_RECOVERY_SIZE], GError **error)
{
  g_autoptr (GPtrArray) keys = acc_branch_key_table_list (desk, error);
  g_autoptr (AccSecrets) secrets = acc_secrets_new ();
  guint8 *secret = acc_secret_new (crypto_box_SECRETKEYBYTES);
  gboolean has_newest = FALSE;

  for (guint i = 0; keys != NULL && i < MIN (keys->len, ACC_BRANCH_SECRETS_MAX); i++)
    {
      const AccBranchKeyRow *row = g_ptr_array_index (keys, i);

      has_newest = acc_recovery_open (key, row->id, row->recovery, secret);
      if (has_newest)
        acc_secrets_add_branch (secrets, secret);
    }
  sodium_free (secret);
  if (keys == NULL || has_newest)
    return has_newest ? g_steal_pointer (&secrets) : NULL;
  if (secrets->n_branch == 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("that is not the recovery key of this branch"));
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("the recovery copy of the branch's newest key has been "
                                                               "changed"));
  return NULL;
}

static gboolean
parse_key (const char *text, guint8 key[ACC_RECOVERY_SIZE], GError **error)
{
  if (acc_recovery_from_text (text, key))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
               _ ("recovery key: it has eight groups of four letters and digits"));
  return FALSE;
}

/* The first manager, one who may sign in before one who may not; NULL with @error. */
static AccBankerRow *
find_manager (GPtrArray *rows, GError **error)
{
  AccBankerRow *found = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);

      if (row->banker->manager && (found == NULL || (found->banker->disabled && !row->banker->disabled)))
        found = row;
    }
  if (found == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("no manager is set up"));
  return found;
}

/* Whom to give the keys to; NULL with @error. */
static AccBankerRow *
choose_row (GPtrArray *rows, const char *name, GError **error)
{
  AccBankerRow *manager = find_manager (rows, error);
  AccBankerRow *row = name != NULL ? acc_banker_rows_find (rows, name) : manager;

  if (manager == NULL)
    return NULL;
  if (row == NULL)
    acc_bankers_set_unknown (error, name);
  else if (!row->banker->manager)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 _ ("banker: %s is not a manager, and a manager has to give the others new passphrases"),
                 row->banker->name);
  else if (row->banker->disabled && !manager->banker->disabled)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("%s may not sign in any more"), row->banker->name);
  else
    return row;
  return NULL;
}

static gboolean
note (AccStore *desk, AccIdentity *identity, const Work *self, GError **error)
{
  const char *name = acc_identity_get_banker (identity)->name;
  g_autofree char *sign_key = acc_bankers_sign_key_text (acc_identity_get_banker (identity));
  g_autofree char *proof = acc_recovery_prove (self->key, name, sign_key);
  g_autofree char *pepper_hash = acc_hash_bytes (self->recovery->pepper);
  g_autofree char *facts = acc_banker_facts ("banker", name, "sign_key", sign_key, "proof", proof, "pepper_hash",
                                             pepper_hash, NULL);

  return acc_banker_note (desk, identity, ACC_KIND_RECOVERED, NULL, facts, error);
}

static gboolean
recover (AccStore *desk, gpointer data, GError **error)
{
  Work *self = data;
  g_autoptr (AccSecrets) secrets = open_copies (desk, self->key, error);
  g_autoptr (GPtrArray) rows = secrets != NULL ? acc_banker_table_list (desk, error) : NULL;
  AccBankerRow *row = rows != NULL ? choose_row (rows, self->recovery->name, error) : NULL;
  g_autoptr (AccIdentity) identity = NULL;

  if (row == NULL
      || !acc_bankers_replace_keys (desk, row, secrets, self->recovery->pepper, self->recovery->passphrase, error)
      || !acc_banker_table_set_disabled (desk, row->banker->id, FALSE, error))
    return FALSE;
  self->recovered = g_strdup (row->banker->name);
  identity = acc_identity_new (g_steal_pointer (&row->banker), g_steal_pointer (&secrets));
  return note (desk, identity, self, error);
}

gboolean
acc_bankers_recover (AccStore *desk, const AccRecovery *recovery, char **recovered, GError **error)
{
  Work self = { recovery, NULL, NULL };
  gboolean done;

  g_return_val_if_fail (ACC_IS_STORE (desk) && recovered != NULL, FALSE);
  g_return_val_if_fail (recovery->recovery_key != NULL && recovery->passphrase != NULL, FALSE);
  g_return_val_if_fail (recovery->pepper != NULL, FALSE);

  self.key = acc_secret_new (ACC_RECOVERY_SIZE);
  done = parse_key (recovery->recovery_key, self.key, error) && acc_passphrase_check (recovery->passphrase, error)
         && acc_pepper_check (recovery->pepper, error) && acc_store_transact (desk, recover, &self, error);
  if (done)
    *recovered = g_steal_pointer (&self.recovered);
  g_free (self.recovered);
  sodium_free (self.key);
  return done;
}

gboolean
acc_bankers_may_recover (AccStore *desk, const char *recovery_key, const char *passphrase, GError **error)
{
  g_autoptr (AccSecrets) secrets = NULL;
  guint8 *key;

  g_return_val_if_fail (ACC_IS_STORE (desk) && recovery_key != NULL && passphrase != NULL, FALSE);

  key = acc_secret_new (ACC_RECOVERY_SIZE);
  if (parse_key (recovery_key, key, error) && acc_passphrase_check (passphrase, error))
    secrets = open_copies (desk, key, error);
  sodium_free (key);
  return secrets != NULL;
}
