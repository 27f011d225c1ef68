/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further documents of a letter, encrypted with its key: covers, and other editions. The store's thread.
 *
 * An edition is told of by a signed entry of the desk's journal, which pins it by its hash; the newest such entry says which
 * one leaves the branch. Were the edition gone, or the entry, nothing would leave, and verify would say why. */
#pragma once

#include "archive/opened-letter.h"

G_BEGIN_DECLS

typedef enum {
  ACC_DOCUMENT_ORIGINAL,
  ACC_DOCUMENT_BLACKED_OUT,
  ACC_DOCUMENT_LARGE_PRINT,
  ACC_DOCUMENT_COVER,
} AccDocumentKind;

/* Adds @pdf and gives its id (0 with @error). Inside the caller's transaction. */
gint64 acc_documents_add (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind kind, GBytes *pdf, GError **error);
GBytes *acc_documents_open (AccStore *desk, AccOpenedLetter *letter, gint64 id, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

const char *acc_document_kind_to_text (AccDocumentKind kind); /* "blacked-out", frozen: in the store */

/* Adds the edition @pdf, blacked out or in large print, and its journal entry. Inside the caller's transaction. A blacked-out
 * one is what leaves the branch from then on. */
gboolean acc_documents_add_edition (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDocumentKind kind,
                                    GBytes *pdf, GError **error);

/* The same for large print, in a transaction of its own: it decides nothing. */
gboolean acc_documents_keep_large_print (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GBytes *pdf,
                                         GError **error);

/* Notes that it is the original again which leaves the branch. Inside the caller's transaction. */
gboolean acc_documents_choose_original (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error);

/* The bytes that leave the branch: the original's, or those of the edition that was made last. @kind may be NULL.
 * ACC_ERROR_STORE_DAMAGED if that is not there as it was made. */
GBytes *acc_documents_get_outgoing (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind *kind,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The newest edition of @kind; ACC_ERROR_NOT_FOUND if none was made. */
GBytes *acc_documents_find_edition (AccStore *desk, AccOpenedLetter *letter, AccDocumentKind kind,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whose document has the bytes of this SHA-256: the letter's number; ACC_ERROR_NOT_FOUND if none has. No sign-in. */
char *acc_documents_find_by_hash (AccStore *desk, const char *pdf_hash, AccDocumentKind *kind,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
