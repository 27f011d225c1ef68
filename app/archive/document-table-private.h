/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for documents in desk.db's table "document", and what the desk's journal says of editions. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

#define ACC_EDITION_ENTRY "edition" /* frozen: the kind of a journal entry that tells of one */

/* The facts of the journal's entry that tells of document @id: all that its row says. */
char *acc_document_table_dup_facts (AccStore *desk, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ids; 0 with ACC_ERROR_NOT_FOUND. */
gint64 acc_document_table_find (AccStore *desk, const char *number, const char *body_hash, GError **error);
gint64 acc_document_table_find_newest (AccStore *desk, const char *number, const char *kind, GError **error);

/* The number of the letter that has a document of these bytes; ACC_ERROR_NOT_FOUND. */
char *acc_document_table_find_by_hash (AccStore *desk, const char *pdf_hash, char **kind,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the newest entry chose to leave the branch: *@kind is NULL if no edition was ever made; but where one is kept of
 * which nothing is told, ACC_ERROR_STORE_DAMAGED. */
gboolean acc_document_table_find_chosen (AccStore *desk, const char *number, char **kind, char **body_hash,
                                         GError **error);

G_END_DECLS
