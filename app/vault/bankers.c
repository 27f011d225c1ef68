/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "store/statement.h"
#include "vault/banker-note.h"
#include "vault/bankers-private.h"
#include "vault/branch-key-table.h"
#include "vault/hash.h"
#include "vault/recovery.h"

/* @name as it is kept; NULL with @error. It is bound to the keys, so nothing of it is changed in silence. */
static char *
check_name (const char *name, GError **error)
{
  AccTextChange change = ACC_TEXT_UNCHANGED;
  g_autofree char *clean = acc_text_clean (name, -1, ACC_TEXT_LINE, &change);
  g_autofree char *trimmed = acc_text_trim (clean);

  if (acc_text_is_blank (trimmed))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("banker: the name is empty"));
  else if ((change & ACC_TEXT_CUT) != 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("banker: the name is longer than %d characters"), ACC_NAME_MAX);
  else if ((change & ACC_TEXT_DROPPED) != 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("banker: the name “%s” has characters that cannot be seen"),
                 clean);
  else
    return g_steal_pointer (&trimmed);
  return NULL;
}

/* Whether a banker of this name or directory id may be added. */
static gboolean
check_new (GPtrArray *rows, const char *name, const char *staff_id, GError **error)
{
  AccBankerRow *same = acc_banker_rows_find (rows, name);

  if (same != NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("banker: %s is set up already"), same->banker->name);
      return FALSE;
    }
  for (guint i = 0; staff_id != NULL && i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->banker->staff_id, staff_id) == 0)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("staff id: %s is linked to %s already"), staff_id,
                       row->banker->name);
          return FALSE;
        }
    }
  return TRUE;
}

void
acc_bankers_new_sign_key (AccBanker *banker, AccSecrets *secrets)
{
  guint8 *sign_secret = acc_secret_new (crypto_sign_SECRETKEYBYTES);

  randombytes_buf (secrets->sign_seed, crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair (banker->sign_public, sign_secret, secrets->sign_seed);
  sodium_free (sign_secret);
}

char *
acc_bankers_sign_key_text (const AccBanker *banker)
{
  return acc_hexadecimal (banker->sign_public, sizeof banker->sign_public);
}

gboolean
acc_bankers_check_right (AccStore *desk, GPtrArray *rows, AccIdentity *identity, const char *deed, GError **error)
{
  const AccBanker *banker = acc_identity_get_banker (identity);
  const AccBankerRow *row = acc_banker_rows_find_id (rows, banker->id);
  g_autoptr (GPtrArray) keys = acc_branch_key_table_list (desk, error);
  const AccBranchKeyRow *newest;

  if (keys == NULL)
    return FALSE;
  newest = keys->len > 0 ? g_ptr_array_index (keys, keys->len - 1) : NULL;
  if (row == NULL || row->banker->disabled
      || memcmp (row->banker->sign_public, banker->sign_public, sizeof banker->sign_public) != 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED,
                 _ ("%s was disabled or given a new passphrase since signing in"), banker->name);
  else if (deed != NULL && !row->banker->manager)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("%s is not a manager and may not %s"), banker->name, deed);
  else if (newest == NULL
           || g_strcmp0 (newest->id, acc_branch_key_get_id (acc_identity_get_branch_key (identity))) != 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                 _ ("the branch has had another key since %s signed in: sign in again"), banker->name);
  else
    return TRUE;
  return FALSE;
}

/* Adds a row for @wanted with the branch's keys of @secrets, and a signing key of their own, under @passphrase; NULL
 * with @error. */
static AccBanker *
add_row (AccStore *desk, GBytes *pepper, const AccBanker *wanted, const char *passphrase, AccSecrets *secrets,
         GError **error)
{
  g_autofree char *name = check_name (wanted->name, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (AccBankerRow) row = NULL;
  gint64 id;

  if (name == NULL || !acc_passphrase_check (passphrase, error) || !acc_pepper_check (pepper, error))
    return NULL;
  rows = acc_banker_table_list (desk, error);
  if (rows == NULL || !check_new (rows, name, wanted->staff_id, error))
    return NULL;
  id = acc_banker_table_next_id (desk, error);
  if (id == 0)
    return NULL;

  row = g_new0 (AccBankerRow, 1);
  row->banker = g_new0 (AccBanker, 1);
  row->banker->id = id;
  row->banker->name = g_steal_pointer (&name);
  row->banker->manager = wanted->manager;
  row->banker->staff_id = g_strdup (wanted->staff_id);
  acc_bankers_new_sign_key (row->banker, secrets);
  row->wrapping = acc_wrapping_new (secrets, row->banker, pepper, passphrase, error);
  if (row->wrapping == NULL || !acc_banker_table_add (desk, row, error))
    return NULL;
  return g_steal_pointer (&row->banker);
}

/* What the first entry of the journal says, and pins. */
static char *
set_up_facts (AccStore *desk, const char *branch, const AccBanker *banker, const guint8 key[ACC_RECOVERY_SIZE],
              GBytes *pepper, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_branch_key_table_list (desk, error);
  g_autofree char *sign_key = acc_bankers_sign_key_text (banker);
  g_autofree char *recovery_sign = acc_recovery_sign_public (key);
  g_autofree char *pepper_hash = acc_hash_bytes (pepper);
  g_autofree char *copies = rows != NULL ? acc_branch_key_rows_hash_copies (rows) : NULL;

  if (rows == NULL)
    return NULL;
  return acc_banker_facts ("branch", branch, "branch_key", ((AccBranchKeyRow *) g_ptr_array_index (rows, 0))->id,
                           "banker", banker->name, "role", ACC_ROLE_MANAGER, "sign_key", sign_key, "recovery_sign",
                           recovery_sign, "recovery_copies", copies, "pepper_hash", pepper_hash, NULL);
}

AccIdentity *
acc_bankers_found_branch (AccStore *desk, const AccFounding *founding, char **recovery_key, GError **error)
{
  AccBanker wanted = { .name = (char *) founding->banker, .manager = TRUE };
  g_autoptr (AccSecrets) secrets = acc_secrets_new ();
  g_autoptr (AccBanker) banker = NULL;
  g_autoptr (AccBranchKey) branch_key = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (GBytes) copy = NULL;
  g_autofree char *facts = NULL;
  guint8 key[ACC_RECOVERY_SIZE];
  gboolean founded;

  g_return_val_if_fail (ACC_IS_STORE (desk) && recovery_key != NULL, NULL);

  secrets->n_branch = 1;
  randombytes_buf (secrets->branch[0], crypto_box_SECRETKEYBYTES);
  banker = add_row (desk, founding->pepper, &wanted, founding->passphrase, secrets, error);
  if (banker == NULL)
    return NULL;

  randombytes_buf (key, sizeof key);
  branch_key = acc_branch_key_of_secret (secrets->branch[0]);
  copy = acc_recovery_close (key, branch_key, secrets->branch[0]);
  founded = acc_branch_key_table_add (desk, branch_key, copy, error)
            && (facts = set_up_facts (desk, founding->branch, banker, key, founding->pepper, error)) != NULL;
  identity = acc_identity_new (g_steal_pointer (&banker), g_steal_pointer (&secrets));
  founded = founded && acc_banker_note (desk, identity, ACC_KIND_SET_UP, NULL, facts, error);
  if (founded)
    *recovery_key = acc_recovery_to_text (key);
  acc_wipe (key, sizeof key);
  return founded ? g_steal_pointer (&identity) : NULL;
}

gboolean
acc_bankers_add (AccStore *desk, AccIdentity *manager, GBytes *pepper, const char *name, const char *passphrase,
                 gboolean is_manager, const char *staff_id, GError **error)
{
  AccBanker wanted = { .name = (char *) name, .manager = is_manager, .staff_id = (char *) staff_id };
  g_autoptr (AccSecrets) secrets = NULL;
  g_autoptr (AccBanker) banker = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *sign_key = NULL;
  g_autofree char *facts = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (manager) && pepper != NULL, FALSE);
  g_return_val_if_fail (name != NULL && passphrase != NULL, FALSE);

  rows = acc_banker_table_list (desk, error);
  if (rows == NULL || !acc_bankers_check_right (desk, rows, manager, _ ("add a banker"), error))
    return FALSE;
  secrets = acc_secrets_new ();
  memcpy (secrets, acc_identity_get_secrets (manager), sizeof *secrets);
  banker = add_row (desk, pepper, &wanted, passphrase, secrets, error);
  if (banker == NULL)
    return FALSE;
  sign_key = acc_bankers_sign_key_text (banker);
  facts = acc_banker_facts ("banker", banker->name, "role", is_manager ? ACC_ROLE_MANAGER : ACC_ROLE_BANKER, "sign_key",
                            sign_key, staff_id != NULL ? "staff_id" : NULL, staff_id, NULL);
  return acc_banker_note (desk, manager, ACC_KIND_ADDED, NULL, facts, error);
}

void
acc_bankers_set_unknown (GError **error, const char *name)
{
  g_autofree char *shown = acc_text_clean (name, -1, ACC_TEXT_LINE, NULL);

  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("no banker is called “%s”"), shown);
}

gboolean
acc_bankers_link (AccStore *desk, const char *name, const char *staff_id, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  AccBankerRow *row;

  g_return_val_if_fail (ACC_IS_STORE (desk) && name != NULL, FALSE);

  rows = acc_banker_table_list (desk, error);
  if (rows == NULL)
    return FALSE;
  row = acc_banker_rows_find (rows, name);
  if (row == NULL)
    {
      acc_bankers_set_unknown (error, name);
      return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *other = g_ptr_array_index (rows, i);

      if (other != row && staff_id != NULL && g_strcmp0 (other->banker->staff_id, staff_id) == 0)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("staff id: %s is linked to %s already"), staff_id,
                       other->banker->name);
          return FALSE;
        }
    }
  return acc_banker_table_set_staff_id (desk, name, staff_id, error) >= 0;
}

GPtrArray *
acc_bankers_list (AccStore *desk, GError **error)
{
  g_autoptr (GPtrArray) bankers = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk), NULL);

  rows = acc_banker_table_list (desk, error);
  if (rows == NULL || !acc_banker_table_read_earlier_keys (desk, rows, error))
    return NULL;
  bankers = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_banker_free);
  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (bankers, g_steal_pointer (&row->banker));
    }
  return g_steal_pointer (&bankers);
}

typedef struct {
  AccIdentity *manager;
  const char *name;
} Disabling;

/* A manager who is one still does it, to somebody else: so one is always left. */
static gboolean
disable (AccStore *desk, gpointer data, GError **error)
{
  const Disabling *self = data;
  g_autoptr (GPtrArray) rows = acc_banker_table_list (desk, error);
  const AccBanker *banker;
  const AccBankerRow *row;
  g_autofree char *facts = NULL;

  if (rows == NULL || !acc_bankers_check_right (desk, rows, self->manager, _ ("disable a banker"), error))
    return FALSE;
  row = acc_banker_rows_find (rows, self->name);
  if (row == NULL)
    {
      acc_bankers_set_unknown (error, self->name);
      return FALSE;
    }
  banker = row->banker;
  if (banker->id == acc_identity_get_banker (self->manager)->id)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED,
                   _ ("nobody disables themselves: another manager may disable %s"), banker->name);
      return FALSE;
    }
  if (banker->disabled)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("banker: %s is disabled already"), banker->name);
      return FALSE;
    }
  facts = acc_banker_facts ("banker", banker->name, NULL);
  return acc_banker_table_set_disabled (desk, banker->id, TRUE, error)
         && acc_share_table_remove (desk, banker->id, error)
         && acc_banker_note (desk, self->manager, ACC_KIND_DISABLED, NULL, facts, error);
}

gboolean
acc_bankers_disable (AccStore *desk, AccIdentity *manager, const char *name, GError **error)
{
  Disabling disabling = { manager, name };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (manager) && name != NULL, FALSE);
  return acc_store_transact (desk, disable, &disabling, error);
}

gboolean
acc_bankers_knows_pepper (AccStore *desk, GBytes *pepper)
{
  g_autoptr (AccStatement) find = NULL;
  g_autofree char *hash = NULL;
  const char *told;
  gboolean row = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && pepper != NULL, FALSE);

  find = acc_statement_new (desk,
                            "SELECT json_extract (iif (json_valid (facts), facts, '{}'), '$.pepper_hash') FROM journal"
                            " WHERE writer = '" ACC_DESK_WRITER "' AND kind IN ('" ACC_KIND_SET_UP
                            "', '" ACC_KIND_RECOVERED "') ORDER BY sequence DESC LIMIT 1",
                            NULL);
  told = acc_statement_step (find, &row, NULL) && row ? acc_statement_get_text (find, 0) : NULL;
  hash = acc_hash_bytes (pepper);
  return told == NULL || g_str_equal (told, hash);
}
