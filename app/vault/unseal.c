/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/unseal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "vault/identity-private.h"
#include "vault/seal.h"

/* Frozen: what belongs to a letter is encrypted under a key derived with it, so that nothing of that kind can pass
 * for a body, nor a body for it. */
#define LETTER_DATA "accolade letter data 1"

#define LETTER_PURPOSE "accolade letter purpose 1"

struct _AccLetterKey {
  guint8 body[ACC_KEY_SIZE];
  guint8 data[ACC_KEY_SIZE]; /* derived from it */
};

static void
derive_data (AccLetterKey *self)
{
  crypto_generichash (self->data, sizeof self->data, (const guint8 *) LETTER_DATA, strlen (LETTER_DATA), self->body,
                      sizeof self->body);
}

AccLetterKey *
acc_letter_key_open (AccIdentity *identity, GBytes *sealed_key, GError **error)
{
  g_autoptr (AccLetterKey) self = NULL;

  g_return_val_if_fail (ACC_IS_IDENTITY (identity) && sealed_key != NULL, NULL);

  self = acc_secret_new (sizeof *self);
  if (!acc_identity_open_sealed (identity, sealed_key, self->body, sizeof self->body))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                   _ ("the key of this letter has been changed, or was sealed for another branch"));
      return NULL;
    }
  derive_data (self);
  return g_steal_pointer (&self);
}

AccLetterKey *
acc_letter_key_derive (AccLetterKey *self, const char *number, const char *context)
{
  const char *texts[] = { LETTER_PURPOSE, number, context };
  g_autoptr (GBytes) purpose = NULL;
  AccLetterKey *derived;
  gsize size;

  g_return_val_if_fail (self != NULL && number != NULL && context != NULL, NULL);

  purpose = acc_box_bind (texts, G_N_ELEMENTS (texts));
  size = g_bytes_get_size (purpose);
  derived = acc_secret_new (sizeof *derived);
  crypto_generichash (derived->body, sizeof derived->body, g_bytes_get_data (purpose, NULL), size, self->data,
                      sizeof self->data);
  derive_data (derived);
  return derived;
}

GBytes *
acc_letter_key_seal (AccLetterKey *self, AccBranchKey *branch_key)
{
  g_return_val_if_fail (self != NULL && branch_key != NULL, NULL);
  return acc_seal_key (acc_branch_key_get_public (branch_key), self->body);
}

void
acc_letter_key_free (AccLetterKey *self)
{
  sodium_free (self); /* wipes */
}

/* Cuts @plain into JSON and PDF as seal.h says; FALSE if it is not of this form. */
static gboolean
split (GBytes *plain, GBytes **json, GBytes **pdf)
{
  static const guint8 head[] = { 'A', 'C', 'C', 'L', ACC_SEAL_FORMAT, 0, 0, 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  guint64 length;

  if (size < ACC_SEAL_HEAD_SIZE || memcmp (data, head, sizeof head) != 0)
    return FALSE;
  memcpy (&length, data + sizeof head, sizeof length);
  length = GUINT64_FROM_BE (length);
  if (length > size - ACC_SEAL_HEAD_SIZE)
    return FALSE;
  *json = g_bytes_new_from_bytes (plain, ACC_SEAL_HEAD_SIZE, length);
  *pdf = g_bytes_new_from_bytes (plain, ACC_SEAL_HEAD_SIZE + length, size - ACC_SEAL_HEAD_SIZE - length);
  return TRUE;
}

gboolean
acc_unseal (AccLetterKey *key, const char *number, GBytes *body, GBytes **json, GBytes **pdf, GError **error)
{
  g_autoptr (GBytes) bound = NULL;
  g_autoptr (GBytes) plain = NULL;

  g_return_val_if_fail (key != NULL && number != NULL && body != NULL && json != NULL && pdf != NULL, FALSE);

  bound = acc_seal_bind (number);
  plain = acc_box_open (key->body, bound, body);
  if (plain != NULL && split (plain, json, pdf))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("letter %s: what is stored has been changed"), number);
  return FALSE;
}

static GBytes *
bind_item (const char *number, const char *context)
{
  const char *texts[] = { LETTER_DATA, number, context };

  return acc_box_bind (texts, G_N_ELEMENTS (texts));
}

GBytes *
acc_letter_key_encrypt (AccLetterKey *self, const char *number, const char *context, GBytes *plain)
{
  g_autoptr (GBytes) bound = NULL;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (self != NULL && number != NULL && context != NULL && plain != NULL, NULL);

  bound = bind_item (number, context);
  data = g_bytes_get_data (plain, &size);
  return acc_box_close (self->data, bound, data, size);
}

GBytes *
acc_letter_key_decrypt (AccLetterKey *self, const char *number, const char *context, GBytes *cipher, GError **error)
{
  g_autoptr (GBytes) bound = NULL;
  GBytes *plain;

  g_return_val_if_fail (self != NULL && number != NULL && context != NULL && cipher != NULL, NULL);

  bound = bind_item (number, context);
  plain = acc_box_open (self->data, bound, cipher);
  if (plain == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("letter %s: what is stored (%s) has been changed"),
                 number, context);
  return plain;
}
