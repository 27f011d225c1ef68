/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "vault/banker-note.h"
#include "vault/bankers-private.h"
#include "vault/branch-key-table.h"
#include "vault/throttle.h"

typedef struct {
  AccIdentity *identity;
  GBytes *pepper;
  const char *name, *passphrase;
  gboolean reset;
} Change;

gboolean
acc_bankers_replace_keys (AccStore *desk, AccBankerRow *row, AccSecrets *secrets, GBytes *pepper,
                          const char *passphrase, GError **error)
{
  g_autoptr (AccWrapping) wrapping = NULL;

  if (!acc_banker_table_keep_key (desk, row->banker, error))
    return FALSE;
  acc_bankers_new_sign_key (row->banker, secrets);
  wrapping = acc_wrapping_new (secrets, row->banker, pepper, passphrase, error);
  return wrapping != NULL && acc_banker_table_set_keys (desk, row->banker, wrapping, error)
         && acc_share_table_remove (desk, row->banker->id, error)
         && acc_throttle_clear (desk, row->banker->id, error);
}

static gboolean
change_own (AccStore *desk, const Change *self, const AccBanker *banker, GError **error)
{
  g_autofree char *facts = acc_banker_facts ("banker", banker->name, NULL);
  g_autoptr (AccWrapping) wrapping
      = acc_wrapping_new (acc_identity_get_secrets (self->identity), banker, self->pepper, self->passphrase, error);

  return wrapping != NULL && acc_banker_table_set_keys (desk, banker, wrapping, error)
         && acc_throttle_clear (desk, banker->id, error)
         && acc_banker_note (desk, self->identity, ACC_KIND_CHANGED, NULL, facts, error);
}

static gboolean
reset (AccStore *desk, const Change *self, AccBankerRow *row, GError **error)
{
  g_autoptr (AccSecrets) secrets = acc_secrets_new ();
  g_autofree char *sign_key = NULL;
  g_autofree char *facts = NULL;

  if (row->banker->disabled)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("%s may not sign in any more"), row->banker->name);
      return FALSE;
    }
  memcpy (secrets, acc_identity_get_secrets (self->identity), sizeof *secrets);
  if (!acc_bankers_replace_keys (desk, row, secrets, self->pepper, self->passphrase, error))
    return FALSE;
  sign_key = acc_bankers_sign_key_text (row->banker);
  facts = acc_banker_facts ("banker", row->banker->name, "sign_key", sign_key, NULL);
  return acc_banker_note (desk, self->identity, ACC_KIND_RESET, NULL, facts, error);
}

static gboolean
change (AccStore *desk, gpointer data, GError **error)
{
  Change *self = data;
  g_autoptr (GPtrArray) rows = acc_banker_table_list (desk, error);
  AccBankerRow *row = rows != NULL ? acc_banker_rows_find (rows, self->name) : NULL;

  if (rows == NULL)
    return FALSE;
  if (row == NULL)
    {
      acc_bankers_set_unknown (error, self->name);
      return FALSE;
    }
  self->reset = row->banker->id != acc_identity_get_banker (self->identity)->id;
  if (!acc_bankers_check_right (desk, rows, self->identity,
                                self->reset ? _ ("give somebody else a new passphrase") : NULL, error))
    return FALSE;
  return self->reset ? reset (desk, self, row, error) : change_own (desk, self, row->banker, error);
}

gboolean
acc_bankers_set_passphrase (AccStore *desk, AccIdentity *identity, GBytes *pepper, const char *name,
                            const char *passphrase, gboolean *reset_key, GError **error)
{
  Change self = { identity, pepper, name, passphrase, FALSE };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && pepper != NULL, FALSE);
  g_return_val_if_fail (name != NULL && passphrase != NULL && reset_key != NULL, FALSE);

  if (!acc_passphrase_check (passphrase, error) || !acc_pepper_check (pepper, error)
      || !acc_store_transact (desk, change, &self, error))
    return FALSE;
  *reset_key = self.reset;
  return TRUE;
}
