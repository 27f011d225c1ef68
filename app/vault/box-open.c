/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/box-open.h"

gboolean
acc_box_open_into (const guint8 key[ACC_KEY_SIZE], GBytes *bound, GBytes *box, guint8 *plain, gsize size)
{
  gsize box_size, bound_size;
  const guint8 *nonce = g_bytes_get_data (box, &box_size);
  gconstpointer bound_data = g_bytes_get_data (bound, &bound_size);

  if (box_size < ACC_BOX_EXTRA || box_size - ACC_BOX_EXTRA != size)
    return FALSE;
  acc_sodium_init ();
  return crypto_aead_xchacha20poly1305_ietf_decrypt (
             plain, NULL, NULL, nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
             box_size - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, bound_data, bound_size, nonce, key)
         == 0;
}

GBytes *
acc_box_open (const guint8 key[ACC_KEY_SIZE], GBytes *bound, GBytes *box)
{
  gsize size = g_bytes_get_size (box);
  g_autofree guint8 *plain = NULL;

  if (size < ACC_BOX_EXTRA)
    return NULL;
  size -= ACC_BOX_EXTRA;
  plain = g_malloc (size + 1);
  if (!acc_box_open_into (key, bound, box, plain, size))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), size);
}

gpointer
acc_secret_new (gsize size)
{
  gpointer secret;

  acc_sodium_init ();
  secret = sodium_malloc (size);
  if (secret == NULL)
    g_error ("No memory for %" G_GSIZE_FORMAT " secret bytes", size);
  sodium_memzero (secret, size);
  return secret;
}
