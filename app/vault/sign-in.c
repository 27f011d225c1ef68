/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "vault/bankers-private.h"
#include "vault/branch-key-table.h"
#include "vault/share.h"
#include "vault/throttle.h"

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
  row = acc_banker_rows_find (rows, name);
  if (row == NULL)
    acc_bankers_set_unknown (error, name);
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
                 _ ("that is not the passphrase of %s: wait %s before the next try. If it is lost, a manager can give "
                    "a new one; where none can sign in, the recovery key does"),
                 name, words);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("that is not the passphrase of %s"), name);
}

static void
set_wait (GError **error, const char *name, gint64 wait)
{
  g_autofree char *words = acc_throttle_words (wait);

  g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
               _ ("too many wrong passphrases for %s: wait %s before the next try. If it is lost, a manager can give a "
                  "new one; where none can sign in, the recovery key does"),
               name, words);
}

/* Takes the shares that wait for the banker: the keys that the branch has been given since. */
typedef struct {
  AccIdentity *identity;
  GBytes *opened; /* the wrapping that gave it */
  GBytes *pepper;
  const char *passphrase;
} Taking;

static gboolean
take_share (AccIdentity *identity, const AccShareRow *share, GError **error)
{
  guint8 *secret = acc_secret_new (crypto_box_SECRETKEYBYTES);
  gboolean opened = acc_share_open (identity, share->branch_key, share->sealed, secret)
                    && acc_identity_get_secrets (identity)->n_branch < ACC_BRANCH_SECRETS_MAX;

  if (opened)
    acc_identity_add_branch_secret (identity, secret);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                 _ ("the branch's key %s for %s has been changed: a manager can give it anew with a new passphrase"),
                 share->branch_key, acc_identity_get_banker (identity)->name);
  sodium_free (secret);
  return opened;
}

/* The row is read again: a wrapping that has changed meanwhile may hold more than the one that was opened. */
static gboolean
check_unchanged (AccStore *desk, const Taking *self, GError **error)
{
  const AccBanker *banker = acc_identity_get_banker (self->identity);
  g_autoptr (GPtrArray) rows = acc_banker_table_list (desk, error);
  const AccBankerRow *row = rows != NULL ? acc_banker_rows_find_id (rows, banker->id) : NULL;

  if (rows == NULL)
    return FALSE;
  if (row != NULL && g_bytes_equal (row->wrapping->wrapped, self->opened))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("the keys of %s have just been changed: sign in again"),
               banker->name);
  return FALSE;
}

static gboolean
take_shares (AccStore *desk, gpointer data, GError **error)
{
  Taking *self = data;
  const AccBanker *banker = acc_identity_get_banker (self->identity);
  g_autoptr (GPtrArray) shares = acc_share_table_list (desk, banker->id, error);
  g_autoptr (AccWrapping) wrapping = NULL;

  if (shares == NULL || !check_unchanged (desk, self, error))
    return FALSE;
  for (guint i = 0; i < shares->len; i++)
    if (!take_share (self->identity, g_ptr_array_index (shares, i), error))
      return FALSE;
  wrapping
      = acc_wrapping_new (acc_identity_get_secrets (self->identity), banker, self->pepper, self->passphrase, error);
  return wrapping != NULL && acc_banker_table_set_keys (desk, banker, wrapping, error)
         && acc_share_table_remove (desk, banker->id, error);
}

/* Most sign-ins find none, and need not write. */
static gboolean
take_what_waits (AccStore *desk, Taking *self, GError **error)
{
  g_autoptr (GPtrArray) shares
      = acc_share_table_list (desk, acc_identity_get_banker (self->identity)->id, error);

  return shares != NULL && (shares->len == 0 || acc_store_transact (desk, take_shares, self, error));
}

/* A wrong passphrase, unless the pepper is another one than when the passphrases were made. */
static void
set_not_opened (AccStore *desk, GBytes *pepper, const AccBanker *banker, gint64 cost, GError **error)
{
  if (acc_bankers_knows_pepper (desk, pepper))
    set_wrong (error, banker->name, cost);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                 _ ("the pepper is not the one that the passphrases were made with: put that back from where it was "
                    "kept, or run “accolade key recover” with the recovery key"));
}

/* Counts a try, and unwraps; NULL with @error. */
static AccSecrets *
try_row (AccStore *desk, const AccBankerRow *row, GBytes *pepper, const char *passphrase, GError **error)
{
  AccSecrets *secrets = NULL;
  gint64 wait = 0, cost = 0;

  if (row->damaged)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("the record of the banker %s is damaged"),
                 row->banker->name);
  else if (acc_throttle_count (desk, row->banker->id, &wait, &cost, error))
    {
      if (wait > 0)
        set_wait (error, row->banker->name, wait);
      else if (acc_wrapping_open (row->wrapping, row->banker, pepper, passphrase, &secrets, error) && secrets == NULL)
        set_not_opened (desk, pepper, row->banker, cost, error);
    }
  return secrets;
}

AccIdentity *
acc_bankers_sign_in (AccStore *desk, GBytes *pepper, const char *name, const char *passphrase, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (AccSecrets) secrets = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  Taking taking = { NULL, NULL, pepper, passphrase };
  AccBankerRow *row;

  g_return_val_if_fail (ACC_IS_STORE (desk) && pepper != NULL && passphrase != NULL, NULL);

  rows = acc_pepper_check (pepper, error) ? acc_banker_table_list (desk, error) : NULL;
  row = rows != NULL ? choose_row (rows, name, error) : NULL;
  secrets = row != NULL ? try_row (desk, row, pepper, passphrase, error) : NULL;
  if (secrets == NULL || !acc_throttle_reset (desk, row->banker->id, error))
    return NULL;
  identity = acc_identity_new (g_steal_pointer (&row->banker), g_steal_pointer (&secrets));
  taking.identity = identity;
  taking.opened = row->wrapping->wrapped;
  return take_what_waits (desk, &taking, error) ? g_steal_pointer (&identity) : NULL;
}
