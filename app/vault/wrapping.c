/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/wrapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "vault/bankers.h"
#include "vault/hash.h"

/* What a new wrapping costs: about a tenth of a second on a desk's machine. */
#define OPS 3
#define MEMORY (64 * 1024 * 1024)

/* What is believed of a stored one. */
#define OPS_MAX 16
#define MEMORY_MIN (8 * 1024 * 1024)
#define MEMORY_MAX (1024 * 1024 * 1024)

#define PASSPHRASE_MAX 1000 /* bytes */

/* Frozen. The plain text: version, number of branch secrets, these newest first, the signing seed. */
#define BANKER_DATA "accolade banker 1"
#define VERSION 1
#define HEAD_SIZE 2

static gsize
plain_size (guint n_branch)
{
  return HEAD_SIZE + n_branch * crypto_box_SECRETKEYBYTES + crypto_sign_SEEDBYTES;
}

void
acc_wrapping_free (AccWrapping *wrapping)
{
  if (wrapping == NULL)
    return;
  g_clear_pointer (&wrapping->salt, g_bytes_unref);
  g_clear_pointer (&wrapping->wrapped, g_bytes_unref);
  g_free (wrapping);
}

gboolean
acc_wrapping_is_sane (const AccWrapping *wrapping)
{
  gsize size = wrapping->wrapped != NULL ? g_bytes_get_size (wrapping->wrapped) : 0;

  return wrapping->salt != NULL && g_bytes_get_size (wrapping->salt) == crypto_pwhash_SALTBYTES && wrapping->ops >= 1
         && wrapping->ops <= OPS_MAX && wrapping->memory >= MEMORY_MIN && wrapping->memory <= MEMORY_MAX
         && size >= plain_size (1) + ACC_BOX_EXTRA && size <= plain_size (ACC_BRANCH_SECRETS_MAX) + ACC_BOX_EXTRA;
}

gboolean
acc_passphrase_check (const char *passphrase, GError **error)
{
  if (!g_utf8_validate (passphrase, -1, NULL))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("passphrase: this is not text in UTF-8"));
  else if (g_utf8_strlen (passphrase, -1) < ACC_PASSPHRASE_MIN || acc_text_is_blank (passphrase))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("passphrase: it needs at least %d characters"),
                 ACC_PASSPHRASE_MIN);
  else if (strlen (passphrase) > PASSPHRASE_MAX)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("passphrase: it is longer than %d bytes"), PASSPHRASE_MAX);
  else
    return TRUE;
  return FALSE;
}

gboolean
acc_pepper_check (GBytes *pepper, GError **error)
{
  if (g_bytes_get_size (pepper) == ACC_PEPPER_SIZE)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("the pepper file is damaged: it must have %d bytes"),
               ACC_PEPPER_SIZE);
  return FALSE;
}

/* The key, in locked memory. The same passphrase typed on another keyboard may come in other code points: NFC, as
 * RFC 8265 (OpaqueString) has it. */
static guint8 *
derive_key (const AccWrapping *wrapping, GBytes *pepper, const char *passphrase, GError **error)
{
  g_autofree char *normal = g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFC);
  const char *typed = normal != NULL ? normal : passphrase; /* not UTF-8: simply a wrong one */
  guint8 *key = acc_secret_new (ACC_KEY_SIZE);
  guint8 *stretched = acc_secret_new (ACC_KEY_SIZE);
  int code = crypto_pwhash (stretched, ACC_KEY_SIZE, typed, strlen (typed), g_bytes_get_data (wrapping->salt, NULL),
                            wrapping->ops, wrapping->memory, crypto_pwhash_ALG_ARGON2ID13);

  if (code == 0)
    crypto_generichash (key, ACC_KEY_SIZE, stretched, ACC_KEY_SIZE, g_bytes_get_data (pepper, NULL), ACC_PEPPER_SIZE);
  else
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("there is not enough memory to check a passphrase (%d MiB)"),
                   (int) (wrapping->memory / (1024 * 1024)));
      g_clear_pointer (&key, sodium_free);
    }
  sodium_free (stretched);
  if (normal != NULL)
    acc_wipe (normal, strlen (normal));
  return key;
}

static GBytes *
bind_banker (const AccBanker *banker)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, banker->id);
  char sign_public[2 * sizeof banker->sign_public + 1];
  const char *texts[] = { BANKER_DATA, id, banker->name, sign_public };

  sodium_bin2hex (sign_public, sizeof sign_public, banker->sign_public, sizeof banker->sign_public);
  return acc_box_bind (texts, G_N_ELEMENTS (texts));
}

AccWrapping *
acc_wrapping_new (const AccSecrets *secrets, const AccBanker *banker, GBytes *pepper, const char *passphrase,
                  GError **error)
{
  g_autoptr (AccWrapping) self = g_new0 (AccWrapping, 1);
  g_autoptr (GBytes) bound = bind_banker (banker);
  gsize size = plain_size (secrets->n_branch);
  gsize branch_size = secrets->n_branch * crypto_box_SECRETKEYBYTES;
  guint8 *key, *plain;

  g_assert (secrets->n_branch >= 1 && secrets->n_branch <= ACC_BRANCH_SECRETS_MAX);

  self->salt = acc_random_bytes (crypto_pwhash_SALTBYTES);
  self->ops = OPS;
  self->memory = MEMORY;
  key = derive_key (self, pepper, passphrase, error);
  if (key == NULL)
    return NULL;

  plain = acc_secret_new (size);
  plain[0] = VERSION;
  plain[1] = secrets->n_branch;
  memcpy (plain + HEAD_SIZE, secrets->branch, branch_size);
  memcpy (plain + HEAD_SIZE + branch_size, secrets->sign_seed, crypto_sign_SEEDBYTES);
  self->wrapped = acc_box_close (key, bound, plain, size);
  sodium_free (plain);
  sodium_free (key);
  return g_steal_pointer (&self);
}

static AccSecrets *
parse_secrets (const guint8 *plain, gsize size)
{
  guint n_branch = plain[1];
  gsize branch_size = n_branch * crypto_box_SECRETKEYBYTES;
  AccSecrets *secrets;

  if (plain[0] != VERSION || n_branch < 1 || n_branch > ACC_BRANCH_SECRETS_MAX || size != plain_size (n_branch))
    return NULL;
  secrets = acc_secrets_new ();
  secrets->n_branch = n_branch;
  memcpy (secrets->branch, plain + HEAD_SIZE, branch_size);
  memcpy (secrets->sign_seed, plain + HEAD_SIZE + branch_size, crypto_sign_SEEDBYTES);
  return secrets;
}

gboolean
acc_wrapping_open (const AccWrapping *wrapping, const AccBanker *banker, GBytes *pepper, const char *passphrase,
                   AccSecrets **secrets, GError **error)
{
  g_autoptr (GBytes) bound = bind_banker (banker);
  gsize size = g_bytes_get_size (wrapping->wrapped) - ACC_BOX_EXTRA;
  guint8 *key, *plain;

  g_assert (acc_wrapping_is_sane (wrapping));

  key = derive_key (wrapping, pepper, passphrase, error);
  if (key == NULL)
    return FALSE;
  plain = acc_secret_new (size);
  *secrets = acc_box_open_into (key, bound, wrapping->wrapped, plain, size) ? parse_secrets (plain, size) : NULL;
  sodium_free (plain);
  sodium_free (key);
  return TRUE;
}
