/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/identity-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "vault/hash.h"

/* Frozen: the keys of every store there is are derived with it. */
#define BRANCH_DATA "accolade branch data 1"
#define BANKER_DATA "accolade banker data 1"

#define ID_SIZE 16 /* of a branch key, as text: it leads the cipher text, so that the right secret is found again */

struct _AccIdentity {
  GObject parent_instance;
  AccBanker *banker;
  AccSecrets *secrets;
  guint8 *sign_secret; /* crypto_sign_SECRETKEYBYTES, locked */
  AccBranchKey *branch_keys[ACC_BRANCH_SECRETS_MAX];
};

G_DEFINE_FINAL_TYPE (AccIdentity, acc_identity, G_TYPE_OBJECT)

AccSecrets *
acc_secrets_new (void)
{
  return acc_secret_new (sizeof (AccSecrets));
}

void
acc_secrets_free (AccSecrets *secrets)
{
  sodium_free (secrets); /* wipes */
}

void
acc_banker_free (AccBanker *banker)
{
  if (banker == NULL)
    return;
  g_free (banker->name);
  g_free (banker->staff_id);
  g_clear_pointer (&banker->earlier_keys, g_ptr_array_unref);
  g_free (banker);
}

static void
acc_identity_finalize (GObject *object)
{
  AccIdentity *self = ACC_IDENTITY (object);

  acc_secrets_free (self->secrets);
  sodium_free (self->sign_secret);
  for (guint i = 0; i < ACC_BRANCH_SECRETS_MAX; i++)
    g_clear_pointer (&self->branch_keys[i], acc_branch_key_unref);
  acc_banker_free (self->banker);
  G_OBJECT_CLASS (acc_identity_parent_class)->finalize (object);
}

static void
acc_identity_class_init (AccIdentityClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_identity_finalize;
}

static void
acc_identity_init (AccIdentity *self)
{
}

AccBranchKey *
acc_branch_key_of_secret (const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  guint8 public_key[crypto_box_PUBLICKEYBYTES];

  crypto_scalarmult_base (public_key, secret);
  return acc_branch_key_new (public_key);
}

AccIdentity *
acc_identity_new (AccBanker *banker, AccSecrets *secrets)
{
  AccIdentity *self = g_object_new (ACC_TYPE_IDENTITY, NULL);

  self->banker = banker;
  self->secrets = secrets;
  self->sign_secret = acc_secret_new (crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair (self->banker->sign_public, self->sign_secret, secrets->sign_seed);
  for (guint i = 0; i < secrets->n_branch; i++)
    self->branch_keys[i] = acc_branch_key_of_secret (secrets->branch[i]);
  return self;
}

void
acc_secrets_add_branch (AccSecrets *secrets, const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  g_assert (secrets->n_branch < ACC_BRANCH_SECRETS_MAX);
  memmove (secrets->branch[1], secrets->branch[0], secrets->n_branch * sizeof secrets->branch[0]);
  memcpy (secrets->branch[0], secret, sizeof secrets->branch[0]);
  secrets->n_branch++;
}

void
acc_identity_add_branch_secret (AccIdentity *self, const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  memmove (self->branch_keys + 1, self->branch_keys, self->secrets->n_branch * sizeof *self->branch_keys);
  self->branch_keys[0] = acc_branch_key_of_secret (secret);
  acc_secrets_add_branch (self->secrets, secret);
}

gboolean
acc_identity_open_own (AccIdentity *self, GBytes *sealed, guint8 *plain, gsize size)
{
  guint8 public_key[crypto_box_PUBLICKEYBYTES];
  guint8 *secret_key;
  gboolean opened;

  if (g_bytes_get_size (sealed) != size + crypto_box_SEALBYTES
      || crypto_sign_ed25519_pk_to_curve25519 (public_key, self->banker->sign_public) != 0)
    return FALSE;
  secret_key = acc_secret_new (crypto_box_SECRETKEYBYTES);
  opened = crypto_sign_ed25519_sk_to_curve25519 (secret_key, self->sign_secret) == 0
           && crypto_box_seal_open (plain, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), public_key,
                                    secret_key)
                  == 0;
  sodium_free (secret_key);
  return opened;
}

const AccSecrets *
acc_identity_get_secrets (AccIdentity *self)
{
  return self->secrets;
}

const AccBanker *
acc_identity_get_banker (AccIdentity *self)
{
  g_return_val_if_fail (ACC_IS_IDENTITY (self), NULL);
  return self->banker;
}

AccBranchKey *
acc_identity_get_branch_key (AccIdentity *self)
{
  g_return_val_if_fail (ACC_IS_IDENTITY (self), NULL);
  return self->branch_keys[0];
}

GBytes *
acc_identity_sign (AccIdentity *self, gconstpointer data, gsize size)
{
  guint8 signature[crypto_sign_BYTES];

  g_return_val_if_fail (ACC_IS_IDENTITY (self) && (data != NULL || size == 0), NULL);

  crypto_sign_detached (signature, NULL, data, size, self->sign_secret);
  return g_bytes_new (signature, sizeof signature);
}

gboolean
acc_signature_verify (const guint8 sign_public[32], gconstpointer data, gsize size, GBytes *signature)
{
  gsize signature_size;
  const guint8 *signature_data;

  g_return_val_if_fail (sign_public != NULL && (data != NULL || size == 0), FALSE);

  if (signature == NULL)
    return FALSE;
  acc_sodium_init ();
  signature_data = g_bytes_get_data (signature, &signature_size);
  return signature_size == crypto_sign_BYTES
         && crypto_sign_verify_detached (signature_data, data, size, sign_public) == 0;
}

gboolean
acc_banker_verify (const AccBanker *banker, gconstpointer data, gsize size, GBytes *signature)
{
  g_return_val_if_fail (banker != NULL, FALSE);

  if (acc_signature_verify (banker->sign_public, data, size, signature))
    return TRUE;
  for (guint i = 0; banker->earlier_keys != NULL && i < banker->earlier_keys->len; i++)
    {
      const guint8 *earlier = g_bytes_get_data (g_ptr_array_index (banker->earlier_keys, i), NULL);

      if (acc_signature_verify (earlier, data, size, signature))
        return TRUE;
    }
  return FALSE;
}

gboolean
acc_identity_open_sealed (AccIdentity *self, GBytes *sealed, guint8 *plain, gsize size)
{
  gsize sealed_size;
  const guint8 *sealed_data = g_bytes_get_data (sealed, &sealed_size);

  if (sealed_size != size + crypto_box_SEALBYTES)
    return FALSE;
  for (guint i = 0; i < self->secrets->n_branch; i++)
    if (crypto_box_seal_open (plain, sealed_data, sealed_size, acc_branch_key_get_public (self->branch_keys[i]),
                              self->secrets->branch[i])
        == 0)
      return TRUE;
  return FALSE;
}

/* The key for what @use names, from @secret (keyed BLAKE2b, RFC 7693), in locked memory. */
static guint8 *
derive_key (const char *use, const guint8 secret[32])
{
  guint8 *key = acc_secret_new (ACC_KEY_SIZE);

  crypto_generichash (key, ACC_KEY_SIZE, (const guint8 *) use, strlen (use), secret, 32);
  return key;
}

G_STATIC_ASSERT (crypto_box_SECRETKEYBYTES == 32 && crypto_sign_SEEDBYTES == 32);

static GBytes *
bind_context (AccBranchKey *branch_key, const char *context)
{
  const char *texts[] = { BRANCH_DATA, acc_branch_key_get_id (branch_key), context };

  return acc_box_bind (texts, G_N_ELEMENTS (texts));
}

GBytes *
acc_identity_encrypt (AccIdentity *self, const char *context, GBytes *plain)
{
  g_autoptr (GBytes) bound = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autoptr (GByteArray) cipher = NULL;
  gconstpointer plain_data, box_data;
  gsize plain_size, box_size;
  guint8 *key;

  g_return_val_if_fail (ACC_IS_IDENTITY (self) && context != NULL && plain != NULL, NULL);

  plain_data = g_bytes_get_data (plain, &plain_size);
  bound = bind_context (self->branch_keys[0], context);
  key = derive_key (BRANCH_DATA, self->secrets->branch[0]);
  box = acc_box_close (key, bound, plain_data, plain_size);
  sodium_free (key);

  box_data = g_bytes_get_data (box, &box_size);
  cipher = g_byte_array_sized_new (ID_SIZE + box_size);
  g_byte_array_append (cipher, (const guint8 *) acc_branch_key_get_id (self->branch_keys[0]), ID_SIZE);
  g_byte_array_append (cipher, box_data, box_size);
  return g_byte_array_free_to_bytes (g_steal_pointer (&cipher));
}

/* Which of the secrets @cipher names; -1 if none. */
static int
find_secret (AccIdentity *self, GBytes *cipher)
{
  gsize size;
  const char *data = g_bytes_get_data (cipher, &size);

  for (guint i = 0; size >= ID_SIZE && i < self->secrets->n_branch; i++)
    if (memcmp (data, acc_branch_key_get_id (self->branch_keys[i]), ID_SIZE) == 0)
      return i;
  return -1;
}

GBytes *
acc_identity_decrypt (AccIdentity *self, const char *context, GBytes *cipher, GError **error)
{
  GBytes *plain = NULL;
  int i;

  g_return_val_if_fail (ACC_IS_IDENTITY (self) && context != NULL && cipher != NULL, NULL);

  i = find_secret (self, cipher);
  if (i >= 0)
    {
      g_autoptr (GBytes) bound = bind_context (self->branch_keys[i], context);
      g_autoptr (GBytes) box = g_bytes_new_from_bytes (cipher, ID_SIZE, g_bytes_get_size (cipher) - ID_SIZE);
      guint8 *key = derive_key (BRANCH_DATA, self->secrets->branch[i]);

      plain = acc_box_open (key, bound, box);
      sodium_free (key);
    }
  if (plain == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                 _ ("%s: what is stored has been changed or is another branch's"), context);
  return plain;
}

static GBytes *
bind_own_context (const char *context)
{
  const char *texts[] = { BANKER_DATA, context };

  return acc_box_bind (texts, G_N_ELEMENTS (texts));
}

GBytes *
acc_identity_encrypt_own (AccIdentity *self, const char *context, GBytes *plain)
{
  g_autoptr (GBytes) bound = NULL;
  gconstpointer data;
  gsize size;
  GBytes *box;
  guint8 *key;

  g_return_val_if_fail (ACC_IS_IDENTITY (self) && context != NULL && plain != NULL, NULL);

  data = g_bytes_get_data (plain, &size);
  bound = bind_own_context (context);
  key = derive_key (BANKER_DATA, self->secrets->sign_seed);
  box = acc_box_close (key, bound, data, size);
  sodium_free (key);
  return box;
}

GBytes *
acc_identity_decrypt_own (AccIdentity *self, const char *context, GBytes *cipher, GError **error)
{
  g_autoptr (GBytes) bound = NULL;
  GBytes *plain;
  guint8 *key;

  g_return_val_if_fail (ACC_IS_IDENTITY (self) && context != NULL && cipher != NULL, NULL);

  bound = bind_own_context (context);
  key = derive_key (BANKER_DATA, self->secrets->sign_seed);
  plain = acc_box_open (key, bound, cipher);
  sodium_free (key);
  if (plain == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                 _ ("%s: what is stored has been changed, or was written with an earlier key"), context);
  return plain;
}

gboolean
acc_identity_is_newest (AccIdentity *self, GBytes *cipher)
{
  g_return_val_if_fail (ACC_IS_IDENTITY (self) && cipher != NULL, FALSE);
  return find_secret (self, cipher) == 0;
}
