/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/sodium-private.h"

#include <string.h>

char *
acc_hexadecimal (const guint8 *bytes, gsize size)
{
  char *text = g_malloc (2 * size + 1);

  return sodium_bin2hex (text, 2 * size + 1, bytes, size);
}

gboolean
acc_hexadecimal_read (const char *text, guint8 *bytes, gsize size)
{
  gsize length = 0;

  return text != NULL && sodium_hex2bin (bytes, size, text, strlen (text), NULL, &length, NULL) == 0 && length == size;
}

GBytes *
acc_box_bind (const char *const *texts, gsize n)
{
  g_autoptr (GByteArray) bound = g_byte_array_new ();

  for (gsize i = 0; i < n; i++)
    {
      guint64 length = GUINT64_TO_BE (strlen (texts[i]));

      g_byte_array_append (bound, (const guint8 *) &length, sizeof length);
      g_byte_array_append (bound, (const guint8 *) texts[i], strlen (texts[i]));
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bound));
}

GBytes *
acc_box_close (const guint8 key[ACC_KEY_SIZE], GBytes *bound, gconstpointer plain, gsize size)
{
  guint8 *box = g_malloc (size + ACC_BOX_EXTRA);
  guint8 *cipher = box + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  gsize bound_size;
  gconstpointer bound_data = g_bytes_get_data (bound, &bound_size);

  acc_sodium_init ();
  randombytes_buf (box, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (cipher, NULL, plain, size, bound_data, bound_size, NULL, box, key);
  return g_bytes_new_take (box, size + ACC_BOX_EXTRA);
}
