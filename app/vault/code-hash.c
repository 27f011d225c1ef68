/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/code-hash.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "vault/sodium-private.h"

#define OPS 3
#define MEMORY (64 * 1024 * 1024)
#define HEAD crypto_pwhash_argon2id_STRPREFIX "v=19$m=65536,t=3,p=1$" /* what is believed: no other cost */

char *
acc_code_hash_new (const char *code, GError **error)
{
  g_autofree char *hash = g_malloc0 (crypto_pwhash_STRBYTES);

  g_return_val_if_fail (code != NULL, NULL);

  acc_sodium_init ();
  if (crypto_pwhash_str_alg (hash, code, strlen (code), OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return g_steal_pointer (&hash);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("the code cannot be hashed: there is too little memory"));
  return NULL;
}

gboolean
acc_code_hash_is_sane (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_str_has_prefix (text, HEAD) && strlen (text) < crypto_pwhash_STRBYTES && g_str_is_ascii (text);
}

gboolean
acc_code_hash_matches (const char *hash, const char *code)
{
  char padded[crypto_pwhash_STRBYTES] = { 0 };

  g_return_val_if_fail (hash != NULL && code != NULL, FALSE);

  if (!acc_code_hash_is_sane (hash))
    return FALSE;
  acc_sodium_init ();
  memcpy (padded, hash, strlen (hash));
  return crypto_pwhash_str_verify (padded, code, strlen (code)) == 0;
}
