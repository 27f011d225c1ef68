/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/opened-letter.h"

#include <glib/gi18n-lib.h>

#include "archive/record-table-private.h"
#include "base/error.h"
#include "letter/letter-json.h"
#include "vault/hash.h"

struct _AccOpenedLetter {
  GObject parent_instance;
  AccRecord *record;
  AccLetterKey *key;
  AccLetter *letter;
  GBytes *json, *pdf;
};

G_DEFINE_FINAL_TYPE (AccOpenedLetter, acc_opened_letter, G_TYPE_OBJECT)

static void
acc_opened_letter_finalize (GObject *object)
{
  AccOpenedLetter *self = ACC_OPENED_LETTER (object);

  g_clear_pointer (&self->record, acc_record_free);
  g_clear_pointer (&self->key, acc_letter_key_free);
  g_clear_object (&self->letter);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  G_OBJECT_CLASS (acc_opened_letter_parent_class)->finalize (object);
}

static void
acc_opened_letter_class_init (AccOpenedLetterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_opened_letter_finalize;
}

static void
acc_opened_letter_init (AccOpenedLetter *self)
{
}

static gboolean
check_hash (GBytes *bytes, const char *hash, const char *number, const char *sentence, GError **error)
{
  g_autofree char *actual = acc_hash_bytes (bytes);

  if (g_strcmp0 (actual, hash) == 0)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "desk.db letter %s: %s", number, sentence);
  return FALSE;
}

static gboolean
unseal (AccOpenedLetter *self, AccIdentity *identity, const AccOriginal *original, GError **error)
{
  const char *number = self->record->number;

  if (!check_hash (original->body, original->body_hash, number, _ ("its body has been changed"), error))
    return FALSE;
  self->key = acc_letter_key_open (identity, original->key, error);
  if (self->key == NULL)
    {
      g_prefix_error (error, "desk.db letter %s: ", number);
      return FALSE;
    }
  return acc_unseal (self->key, number, original->body, &self->json, &self->pdf, error)
         && check_hash (self->pdf, self->record->pdf_hash, number, _ ("its PDF is not the one that was sent"), error)
         && check_hash (self->pdf, original->pdf_hash, number, _ ("its PDF is not the one that was sent"), error);
}

/* Whoever can seal can seal anything: what is no letter counts as damage, not as a mistake of the banker's. */
static gboolean
read_letter (AccOpenedLetter *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  self->letter = acc_letter_from_json (self->json, &local);
  if (self->letter == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("desk.db letter %s: it cannot be read: %s"),
                 self->record->number, local->message);
  return self->letter != NULL;
}

AccOpenedLetter *
acc_opened_letter_new (AccStore *desk, AccIdentity *identity, const char *number, GError **error)
{
  g_autoptr (AccOpenedLetter) self = NULL;
  g_autoptr (AccOriginal) original = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && number != NULL, NULL);

  self = g_object_new (ACC_TYPE_OPENED_LETTER, NULL);
  self->record = acc_record_table_select (desk, number, error);
  if (self->record == NULL)
    return NULL;
  if (self->record->state == ACC_STATE_ERASED)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   _ ("letter %s was erased on %.10s; only the journal still tells of it"), number,
                   self->record->changed_at);
      return NULL;
    }
  original = acc_record_table_select_original (desk, number, error);
  if (original == NULL || !unseal (self, identity, original, error) || !read_letter (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const AccRecord *
acc_opened_letter_get_record (AccOpenedLetter *self)
{
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (self), NULL);
  return self->record;
}

AccLetter *
acc_opened_letter_get_letter (AccOpenedLetter *self)
{
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (self), NULL);
  return self->letter;
}

GBytes *
acc_opened_letter_get_json (AccOpenedLetter *self)
{
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (self), NULL);
  return self->json;
}

GBytes *
acc_opened_letter_get_pdf (AccOpenedLetter *self)
{
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (self), NULL);
  return self->pdf;
}

AccLetterKey *
acc_opened_letter_get_key (AccOpenedLetter *self)
{
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (self), NULL);
  return self->key;
}
