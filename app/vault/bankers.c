/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "vault/banker-table.h"
#include "vault/hash.h"
#include "vault/recovery.h"
#include "vault/throttle.h"

/* The row of @name, compared folded; NULL if there is none. Lent by @rows. */
static AccBankerRow *
find_row (GPtrArray *rows, const char *name)
{
  g_autofree char *wanted = acc_text_fold (name);

  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);
      g_autofree char *folded = acc_text_fold (row->banker->name);

      if (g_str_equal (folded, wanted))
        return row;
    }
  return NULL;
}

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
  AccBankerRow *same = find_row (rows, name);

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

static AccBanker *
new_banker (gint64 id, const char *name, gboolean is_manager, const char *staff_id, const AccSecrets *secrets)
{
  AccBanker *banker = g_new0 (AccBanker, 1);
  guint8 *sign_secret = acc_secret_new (crypto_sign_SECRETKEYBYTES);

  banker->id = id;
  banker->name = g_strdup (name);
  banker->manager = is_manager;
  banker->staff_id = g_strdup (staff_id);
  crypto_sign_seed_keypair (banker->sign_public, sign_secret, secrets->sign_seed);
  sodium_free (sign_secret);
  return banker;
}

/* Adds a row for @name with @secrets under @passphrase; the banker with @error NULL. */
static AccBanker *
add_row (AccStore *desk, GBytes *pepper, const AccBanker *wanted, const char *passphrase, const AccSecrets *secrets,
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
  row->banker = new_banker (id, name, wanted->manager, wanted->staff_id, secrets);
  row->wrapping = acc_wrapping_new (secrets, row->banker, pepper, passphrase, error);
  if (row->wrapping == NULL || !acc_banker_table_add (desk, row, error))
    return NULL;
  return g_steal_pointer (&row->banker);
}

/* Keeps the branch's key with its recovery copy; the recovery key as text, NULL with @error. */
static char *
add_branch_key (AccStore *desk, const AccSecrets *secrets, GError **error)
{
  guint8 *key = acc_secret_new (ACC_RECOVERY_SIZE);
  guint8 public_key[crypto_box_PUBLICKEYBYTES];
  g_autoptr (AccBranchKey) branch_key = NULL;
  g_autoptr (GBytes) copy = NULL;
  char *text = NULL;

  crypto_scalarmult_base (public_key, secrets->branch[0]);
  branch_key = acc_branch_key_new (public_key);
  randombytes_buf (key, ACC_RECOVERY_SIZE);
  copy = acc_recovery_close (key, branch_key, secrets->branch[0]);
  if (acc_branch_key_table_add (desk, branch_key, copy, error))
    text = acc_recovery_to_text (key);
  sodium_free (key);
  return text;
}

AccIdentity *
acc_bankers_found_branch (AccStore *desk, GBytes *pepper, const char *name, const char *passphrase, char **recovery_key,
                          GError **error)
{
  g_autoptr (AccSecrets) secrets = NULL;
  g_autoptr (AccBanker) banker = NULL;
  AccBanker wanted = { .name = (char *) name, .manager = TRUE };

  g_return_val_if_fail (ACC_IS_STORE (desk) && pepper != NULL && name != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (recovery_key != NULL, NULL);

  secrets = acc_secrets_new ();
  secrets->n_branch = 1;
  randombytes_buf (secrets->branch[0], crypto_box_SECRETKEYBYTES);
  randombytes_buf (secrets->sign_seed, crypto_sign_SEEDBYTES);

  banker = add_row (desk, pepper, &wanted, passphrase, secrets, error);
  if (banker == NULL)
    return NULL;
  *recovery_key = add_branch_key (desk, secrets, error);
  if (*recovery_key == NULL)
    return NULL;
  return acc_identity_new (g_steal_pointer (&banker), g_steal_pointer (&secrets));
}

gboolean
acc_bankers_add (AccStore *desk, AccIdentity *manager, GBytes *pepper, const char *name, const char *passphrase,
                 gboolean is_manager, const char *staff_id, GError **error)
{
  AccBanker wanted = { .name = (char *) name, .manager = is_manager, .staff_id = (char *) staff_id };
  g_autoptr (AccSecrets) secrets = NULL;
  g_autoptr (AccBanker) banker = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (manager) && pepper != NULL, FALSE);
  g_return_val_if_fail (name != NULL && passphrase != NULL, FALSE);

  if (!acc_identity_get_banker (manager)->manager)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("%s is not a manager and may not add a banker"),
                   acc_identity_get_banker (manager)->name);
      return FALSE;
    }
  secrets = acc_secrets_new ();
  memcpy (secrets, acc_identity_get_secrets (manager), sizeof *secrets);
  randombytes_buf (secrets->sign_seed, crypto_sign_SEEDBYTES); /* the branch's keys, but a signing key of their own */
  banker = add_row (desk, pepper, &wanted, passphrase, secrets, error);
  return banker != NULL;
}

static void
set_unknown (GError **error, const char *name)
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
  row = find_row (rows, name);
  if (row == NULL)
    {
      set_unknown (error, name);
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
  if (rows == NULL)
    return NULL;
  bankers = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_banker_free);
  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (bankers, g_steal_pointer (&row->banker));
    }
  return g_steal_pointer (&bankers);
}

/* The only banker who may sign in; NULL with @error where there are several. Lent by @rows. */
static AccBankerRow *
find_only_row (GPtrArray *rows, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  AccBankerRow *only = NULL;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      AccBankerRow *row = g_ptr_array_index (rows, i);

      if (row->banker->disabled)
        continue;
      only = row;
      g_string_append_printf (names, "%s%s", n++ > 0 ? ", " : "", row->banker->name);
    }
  if (n == 1)
    return only;
  if (n == 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("no banker is set up"));
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("say which banker with --banker: %s"), names->str);
  return NULL;
}

/* Who wants to sign in; NULL with @error. Lent by @rows. */
static AccBankerRow *
choose_row (GPtrArray *rows, const char *name, GError **error)
{
  AccBankerRow *row;

  if (name == NULL)
    return find_only_row (rows, error);
  row = find_row (rows, name);
  if (row == NULL)
    set_unknown (error, name);
  else if (row->banker->disabled)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("%s may not sign in any more"), row->banker->name);
  else
    return row;
  return NULL;
}

static void
set_wrong (GError **error, const char *name, gint64 cost)
{
  g_autofree char *words = acc_throttle_words (cost);

  if (cost > 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
                 _ ("that is not the passphrase of %s: wait %s before the next try"), name, words);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("that is not the passphrase of %s"), name);
}

static void
set_wait (GError **error, const char *name, gint64 wait)
{
  g_autofree char *words = acc_throttle_words (wait);

  g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
               _ ("too many wrong passphrases for %s: wait %s before the next try"), name, words);
}

AccIdentity *
acc_bankers_sign_in (AccStore *desk, GBytes *pepper, const char *name, const char *passphrase, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (AccSecrets) secrets = NULL;
  AccBankerRow *row;
  gint64 wait = 0, cost = 0;

  g_return_val_if_fail (ACC_IS_STORE (desk) && pepper != NULL && passphrase != NULL, NULL);

  rows = acc_pepper_check (pepper, error) ? acc_banker_table_list (desk, error) : NULL;
  row = rows != NULL ? choose_row (rows, name, error) : NULL;
  if (row != NULL && row->damaged)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("the record of the banker %s is damaged"),
                   row->banker->name);
      return NULL;
    }
  if (row == NULL || !acc_throttle_count (desk, row->banker->id, &wait, &cost, error))
    return NULL;
  if (wait > 0)
    {
      set_wait (error, row->banker->name, wait);
      return NULL;
    }
  if (!acc_wrapping_open (row->wrapping, row->banker, pepper, passphrase, &secrets, error))
    return NULL;
  if (secrets == NULL)
    {
      set_wrong (error, row->banker->name, cost);
      return NULL;
    }
  if (!acc_throttle_reset (desk, row->banker->id, error))
    return NULL;
  return acc_identity_new (g_steal_pointer (&row->banker), g_steal_pointer (&secrets));
}
