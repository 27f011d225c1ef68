/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/locked-bytes.h"

#include "vault/box-open.h"

#include <string.h>

GBytes *
acc_locked_bytes_new (gconstpointer data, gsize size)
{
  gpointer copy;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  copy = acc_secret_new (size);
  if (size > 0)
    memcpy (copy, data, size);
  return g_bytes_new_with_free_func (copy, size, sodium_free, copy);
}
