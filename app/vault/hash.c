/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/hash.h"

#include <string.h>

#include "vault/sodium-private.h"

G_STATIC_ASSERT (crypto_hash_sha256_BYTES == ACC_HASH_SIZE);

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
to_hexadecimal (const guint8 hash[ACC_HASH_SIZE])
{
  char *text = g_malloc (2 * ACC_HASH_SIZE + 1);

  return sodium_bin2hex (text, 2 * ACC_HASH_SIZE + 1, hash, ACC_HASH_SIZE);
}

char *
acc_hash_data (gconstpointer data, gsize size)
{
  guint8 hash[ACC_HASH_SIZE];

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  acc_sodium_init ();
  crypto_hash_sha256 (hash, data, size);
  return to_hexadecimal (hash);
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
  crypto_hash_sha256_state state;
  guint8 hash[ACC_HASH_SIZE];

  g_return_val_if_fail (texts != NULL || n == 0, NULL);

  acc_sodium_init ();
  crypto_hash_sha256_init (&state);
  for (gsize i = 0; i < n; i++)
    {
      guint64 length = texts[i] != NULL ? strlen (texts[i]) : G_MAXUINT64;
      guint64 written = GUINT64_TO_BE (length);

      crypto_hash_sha256_update (&state, (const guint8 *) &written, sizeof written);
      if (texts[i] != NULL)
        crypto_hash_sha256_update (&state, (const guint8 *) texts[i], length);
    }
  crypto_hash_sha256_final (&state, hash);
  return to_hexadecimal (hash);
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
