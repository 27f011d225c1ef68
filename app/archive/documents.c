/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/documents.h"

#include <glib/gi18n-lib.h>

#include "archive/document-table-private.h"
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

const char *
acc_document_kind_to_text (AccDocumentKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);
  return kinds[kind];
}

static gboolean
read_kind (const char *text, AccDocumentKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], text) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static gint64
add (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind kind, GBytes *pdf, GError **error)
{
  const char *number = acc_opened_letter_get_record (letter)->number;
  g_autofree char *context = g_strconcat ("document:", kinds[kind], NULL);
  g_autoptr (GBytes) body = acc_letter_key_encrypt (acc_opened_letter_get_key (letter), number, context, pdf);
  g_autofree char *hash = acc_hash_bytes (body);
  g_autofree char *pdf_hash = acc_hash_bytes (pdf);

  return acc_record_table_insert_document (desk, &(AccDocumentRow) { number, kinds[kind], hash, pdf_hash, body }, error);
}

gint64
acc_documents_add (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind kind, GBytes *pdf, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter) && pdf != NULL, 0);
  g_return_val_if_fail (kind != ACC_DOCUMENT_ORIGINAL && (guint) kind < G_N_ELEMENTS (kinds), 0);

  return add (desk, letter, kind, pdf, error);
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

/* ---- editions ---- */

gboolean
acc_documents_add_edition (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDocumentKind kind,
                           GBytes *pdf, GError **error)
{
  g_autofree char *facts = NULL;
  gint64 id;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (kind == ACC_DOCUMENT_BLACKED_OUT || kind == ACC_DOCUMENT_LARGE_PRINT, FALSE);
  g_return_val_if_fail (pdf != NULL, FALSE);

  id = add (desk, letter, kind, pdf, error);
  if (id == 0 || (facts = acc_document_table_dup_facts (desk, id, error)) == NULL)
    return FALSE;
  return acc_archive_note (desk, identity, ACC_EDITION_ENTRY, acc_opened_letter_get_record (letter)->number, facts, error);
}

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  GBytes *pdf;
} LargePrint;

static gboolean
keep_large_print (AccStore *desk, gpointer data, GError **error)
{
  const LargePrint *job = data;

  return acc_documents_add_edition (desk, job->identity, job->letter, ACC_DOCUMENT_LARGE_PRINT, job->pdf, error);
}

gboolean
acc_documents_keep_large_print (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GBytes *pdf,
                                GError **error)
{
  LargePrint job = { identity, letter, pdf };

  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);
  return acc_store_transact (desk, keep_large_print, &job, error);
}

gboolean
acc_documents_choose_original (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);

  return acc_archive_note (desk, identity, ACC_EDITION_ENTRY, acc_opened_letter_get_record (letter)->number,
                           "{\"edition\":\"original\"}", error);
}

/* Never the original in the place of an edition that cannot be had. */
static GBytes *
open_edition (AccStore *desk, AccOpenedLetter *letter, const char *body_hash, GError **error)
{
  const char *number = acc_opened_letter_get_record (letter)->number;
  g_autoptr (GError) local = NULL;
  gint64 id = acc_document_table_find (desk, number, body_hash, &local);
  g_autoptr (GBytes) pdf = id != 0 ? acc_documents_open (desk, letter, id, &local) : NULL;

  if (pdf != NULL)
    return g_steal_pointer (&pdf);
  if (local != NULL && !g_error_matches (local, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                 _ ("desk.db letter %s: an edition of it that the journal tells of is missing"), number);
  return NULL;
}

GBytes *
acc_documents_get_outgoing (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind *kind, GError **error)
{
  const char *number;
  g_autofree char *edition = NULL, *body_hash = NULL;
  AccDocumentKind found = ACC_DOCUMENT_ORIGINAL;
  gboolean told = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter), NULL);

  number = acc_opened_letter_get_record (letter)->number;
  if (!acc_document_table_find_chosen (desk, number, &edition, &body_hash, error))
    return NULL;
  told = edition == NULL || (read_kind (edition, &found) && found <= ACC_DOCUMENT_BLACKED_OUT);
  if (!told)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("desk.db letter %s: its edition is not known"), number);
      return NULL;
    }
  if (kind != NULL)
    *kind = found;
  return found == ACC_DOCUMENT_ORIGINAL ? g_bytes_ref (acc_opened_letter_get_pdf (letter))
                                        : open_edition (desk, letter, body_hash, error);
}

GBytes *
acc_documents_find_edition (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind kind, GError **error)
{
  gint64 id;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter), NULL);
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);

  id = acc_document_table_find_newest (desk, acc_opened_letter_get_record (letter)->number, kinds[kind], error);
  return id != 0 ? acc_documents_open (desk, letter, id, error) : NULL;
}

char *
acc_documents_find_by_hash (AccStore *desk, const char *pdf_hash, AccDocumentKind *kind, GError **error)
{
  g_autofree char *number = NULL, *text = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && pdf_hash != NULL && kind != NULL, NULL);

  number = acc_document_table_find_by_hash (desk, pdf_hash, &text, error);
  if (number == NULL)
    return NULL;
  if (read_kind (text, kind))
    return g_steal_pointer (&number);
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("desk.db letter %s: its edition is not known"), number);
  return NULL;
}
