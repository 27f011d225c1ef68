/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/hash.h"

#include <nettle/sha2.h>
#include <string.h>

#include "vault/sodium-private.h"

/* nettle's SHA-256 uses the processor's own instructions, libsodium's does not: four times slower. */
struct _AccHasher {
  struct sha256_ctx state;
};

G_STATIC_ASSERT (SHA256_DIGEST_SIZE == ACC_HASH_SIZE);

void
acc_sodium_init (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      if (sodium_init () < 0)
        g_error ("This machine gives no random numbers: no key can be made");
      g_once_init_leave (&once, 1);
    }
}

static char *
finish (struct sha256_ctx *state)
{
  guint8 hash[ACC_HASH_SIZE];
  char *text = g_malloc (2 * ACC_HASH_SIZE + 1);

  sha256_digest (state, ACC_HASH_SIZE, hash);
  return sodium_bin2hex (text, 2 * ACC_HASH_SIZE + 1, hash, ACC_HASH_SIZE);
}

char *
acc_hash_data (gconstpointer data, gsize size)
{
  struct sha256_ctx state;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  sha256_init (&state);
  sha256_update (&state, size, data);
  return finish (&state);
}

char *
acc_hash_bytes (GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  return acc_hash_data (data, size);
}

char *
acc_hash_texts (const char *const *texts, gsize n)
{
  struct sha256_ctx state;

  g_return_val_if_fail (texts != NULL || n == 0, NULL);

  sha256_init (&state);
  for (gsize i = 0; i < n; i++)
    {
      guint64 length = texts[i] != NULL ? strlen (texts[i]) : G_MAXUINT64;
      guint64 written = GUINT64_TO_BE (length);

      sha256_update (&state, sizeof written, (const guint8 *) &written);
      if (texts[i] != NULL)
        sha256_update (&state, length, (const guint8 *) texts[i]);
    }
  return finish (&state);
}

char *
acc_hash_keyed (GBytes *key, const char *text)
{
  guint8 hash[ACC_HASH_SIZE];
  char *digits;

  g_return_val_if_fail (key != NULL && text != NULL, NULL);

  digits = g_malloc (2 * ACC_HASH_SIZE + 1);
  acc_sodium_init ();
  /* fails for a key of a size that BLAKE2b has not */
  if (crypto_generichash (hash, sizeof hash, (const guint8 *) text, strlen (text), g_bytes_get_data (key, NULL),
                          g_bytes_get_size (key))
      != 0)
    g_error ("A key of %" G_GSIZE_FORMAT " bytes cannot be hashed with", g_bytes_get_size (key));
  return sodium_bin2hex (digits, 2 * ACC_HASH_SIZE + 1, hash, sizeof hash);
}

AccHasher *
acc_hasher_new (void)
{
  AccHasher *self = g_new (AccHasher, 1);

  sha256_init (&self->state);
  return self;
}

void
acc_hasher_add (AccHasher *self, gconstpointer data, gsize size)
{
  g_return_if_fail (self != NULL && (data != NULL || size == 0));
  sha256_update (&self->state, size, data);
}

char *
acc_hasher_finish (AccHasher *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);
  text = finish (&self->state);
  g_free (self);
  return text;
}

GBytes *
acc_random_bytes (gsize size)
{
  guint8 *bytes = g_malloc (MAX (size, 1));

  acc_sodium_init ();
  randombytes_buf (bytes, size);
  return g_bytes_new_take (bytes, size);
}

void
acc_wipe (gpointer data, gsize size)
{
  if (data != NULL)
    sodium_memzero (data, size);
}

const char *
acc_sodium_version (void)
{
  return sodium_version_string ();
}
