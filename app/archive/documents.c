/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/documents.h"

#include <glib/gi18n-lib.h>

#include "archive/record-table-private.h"
#include "base/error.h"
#include "vault/hash.h"

/* Frozen: in the store, and bound into the encryption. */
static const char *const kinds[] = {
  [ACC_DOCUMENT_ORIGINAL] = "original",       /* the sealed body as it came; made by taking in alone */
  [ACC_DOCUMENT_BLACKED_OUT] = "blacked-out", /* typeset without the words */
  [ACC_DOCUMENT_LARGE_PRINT] = "large-print", /* the same words in 18 pt */
  [ACC_DOCUMENT_COVER] = "cover",             /* the banker's paragraph for one recipient */
};

gint64
acc_documents_add (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind kind, GBytes *pdf, GError **error)
{
  const char *number;
  g_autofree char *context = NULL;
  g_autofree char *body_hash = NULL;
  g_autofree char *pdf_hash = NULL;
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter) && pdf != NULL, 0);
  g_return_val_if_fail (kind != ACC_DOCUMENT_ORIGINAL && (guint) kind < G_N_ELEMENTS (kinds), 0);

  number = acc_opened_letter_get_record (letter)->number;
  context = g_strconcat ("document:", kinds[kind], NULL);
  body = acc_letter_key_encrypt (acc_opened_letter_get_key (letter), number, context, pdf);
  body_hash = acc_hash_bytes (body);
  pdf_hash = acc_hash_bytes (pdf);
  return acc_record_table_insert_document (
    desk, &(AccDocumentRow) { number, kinds[kind], body_hash, pdf_hash, body }, error);
}

GBytes *
acc_documents_open (AccStore *desk, AccOpenedLetter *letter, gint64 id, GError **error)
{
  const char *number;
  g_autofree char *kind = NULL;
  g_autofree char *context = NULL;
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter), NULL);

  number = acc_opened_letter_get_record (letter)->number;
  body = acc_record_table_select_document (desk, number, id, &kind, error);
  if (body == NULL)
    return NULL;
  if (g_strcmp0 (kind, kinds[ACC_DOCUMENT_ORIGINAL]) == 0)
    return g_bytes_ref (acc_opened_letter_get_pdf (letter));
  context = g_strconcat ("document:", kind, NULL);
  return acc_letter_key_decrypt (acc_opened_letter_get_key (letter), number, context, body, error);
}
