/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/seal.h"

#include <string.h>

#include "vault/hash.h"
#include "vault/sodium-private.h"

GBytes *
acc_seal_bind (const char *number)
{
  g_autofree char *format = g_strdup_printf ("%d", ACC_SEAL_FORMAT);
  const char *texts[] = { ACC_SEAL_MAGIC, format, number };

  return acc_box_bind (texts, G_N_ELEMENTS (texts));
}

/* The head of seal.h, the JSON, the PDF. */
static GByteArray *
make_plain (GBytes *json, GBytes *pdf)
{
  const guint8 head[] = { 'A', 'C', 'C', 'L', ACC_SEAL_FORMAT, 0, 0, 0 };
  gsize json_size, pdf_size;
  const guint8 *json_data = g_bytes_get_data (json, &json_size);
  const guint8 *pdf_data = g_bytes_get_data (pdf, &pdf_size);
  guint64 length = GUINT64_TO_BE (json_size);
  GByteArray *plain = g_byte_array_sized_new (ACC_SEAL_HEAD_SIZE + json_size + pdf_size);

  g_byte_array_append (plain, head, sizeof head);
  g_byte_array_append (plain, (const guint8 *) &length, sizeof length);
  g_byte_array_append (plain, json_data, json_size);
  g_byte_array_append (plain, pdf_data, pdf_size);
  return plain;
}

GBytes *
acc_seal_key (const guint8 branch_key[crypto_box_PUBLICKEYBYTES], const guint8 key[ACC_KEY_SIZE])
{
  guint8 *sealed = g_malloc (ACC_KEY_SIZE + crypto_box_SEALBYTES);

  /* fails for a public key of small order only, which acc_branch_key_load refuses */
  if (crypto_box_seal (sealed, key, ACC_KEY_SIZE, branch_key) != 0)
    g_error ("The branch's key cannot seal");
  return g_bytes_new_take (sealed, ACC_KEY_SIZE + crypto_box_SEALBYTES);
}

AccSealed *
acc_seal (AccBranchKey *branch, const char *number, GBytes *json, GBytes *pdf)
{
  guint8 key[ACC_KEY_SIZE];
  g_autoptr (GByteArray) plain = NULL;
  g_autoptr (GBytes) bound = NULL;
  AccSealed *sealed;

  g_return_val_if_fail (branch != NULL && number != NULL && json != NULL && pdf != NULL, NULL);

  acc_sodium_init ();
  randombytes_buf (key, sizeof key);
  plain = make_plain (json, pdf);
  bound = acc_seal_bind (number);

  sealed = g_new0 (AccSealed, 1);
  sealed->number = g_strdup (number);
  sealed->body = acc_box_close (key, bound, plain->data, plain->len);
  sealed->key = acc_seal_key (acc_branch_key_get_public (branch), key);
  sealed->branch_key = g_strdup (acc_branch_key_get_id (branch));
  sealed->body_hash = acc_hash_bytes (sealed->body);
  sealed->pdf_hash = acc_hash_bytes (pdf);

  acc_wipe (plain->data, plain->len);
  acc_wipe (key, sizeof key);
  return sealed;
}

AccSealed *
acc_sealed_copy (const AccSealed *sealed)
{
  AccSealed *copy;

  g_return_val_if_fail (sealed != NULL, NULL);

  copy = g_new0 (AccSealed, 1);
  copy->number = g_strdup (sealed->number);
  copy->body = g_bytes_ref (sealed->body);
  copy->key = g_bytes_ref (sealed->key);
  copy->branch_key = g_strdup (sealed->branch_key);
  copy->body_hash = g_strdup (sealed->body_hash);
  copy->pdf_hash = g_strdup (sealed->pdf_hash);
  return copy;
}

void
acc_sealed_free (AccSealed *sealed)
{
  if (sealed == NULL)
    return;
  g_free (sealed->number);
  g_clear_pointer (&sealed->body, g_bytes_unref);
  g_clear_pointer (&sealed->key, g_bytes_unref);
  g_free (sealed->branch_key);
  g_free (sealed->body_hash);
  g_free (sealed->pdf_hash);
  g_free (sealed);
}
