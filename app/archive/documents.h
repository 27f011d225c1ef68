/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further documents of a letter, encrypted with its key: covers now, other editions later. The store's thread. */
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

G_END_DECLS
