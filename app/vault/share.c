/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/share.h"

/* What is bound in: a share is for one banker and one key. Frozen. */
static char *
share_context (gint64 banker, const char *branch_key_id)
{
  return g_strdup_printf ("branch key share %s %" G_GINT64_FORMAT, branch_key_id, banker);
}

GBytes *
acc_share_close (AccIdentity *from, const AccBanker *to, const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  g_autoptr (AccBranchKey) branch_key = acc_branch_key_of_secret (secret);
  g_autofree char *context = share_context (to->id, acc_branch_key_get_id (branch_key));
  guint8 own_key[crypto_box_PUBLICKEYBYTES], inner[crypto_box_SECRETKEYBYTES + crypto_box_SEALBYTES];
  g_autoptr (GBytes) sealed = NULL;

  if (crypto_sign_ed25519_pk_to_curve25519 (own_key, to->sign_public) != 0
      || crypto_box_seal (inner, secret, crypto_box_SECRETKEYBYTES, own_key) != 0)
    return NULL;
  sealed = g_bytes_new (inner, sizeof inner);
  return acc_identity_encrypt (from, context, sealed);
}

gboolean
acc_share_open (AccIdentity *self, const char *branch_key_id, GBytes *sealed,
                guint8 secret[crypto_box_SECRETKEYBYTES])
{
  g_autofree char *context = share_context (acc_identity_get_banker (self)->id, branch_key_id);
  g_autoptr (GBytes) inner = acc_identity_decrypt (self, context, sealed, NULL);
  g_autoptr (AccBranchKey) branch_key = NULL;

  if (inner == NULL || !acc_identity_open_own (self, inner, secret, crypto_box_SECRETKEYBYTES))
    return FALSE;
  branch_key = acc_branch_key_of_secret (secret);
  return g_str_equal (acc_branch_key_get_id (branch_key), branch_key_id);
}
