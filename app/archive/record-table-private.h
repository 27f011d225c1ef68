/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of desk.db's tables letter, letter_key, document, kiosk_head and branch. Transactions are the callers'. */
#pragma once

#include "archive/archive.h"
#include "inbox/inbox.h"

G_BEGIN_DECLS

/* ACC_ERROR_NOT_FOUND if there is none. */
AccRecord *acc_record_table_select (AccStore *desk, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *acc_record_table_select_after (AccStore *desk, gint64 after_sequence, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *acc_record_table_select_unnoted (AccStore *desk, const char *kind, gint64 after_sequence,
                                            gint64 last_sequence, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_record_table_find_newest (AccStore *desk, gint64 *sequence, GError **error); /* 0: there is none */

/* *@changed: whether the letter was in @from. */
gboolean acc_record_table_update_state (AccStore *desk, const char *number, AccState from, AccState to,
                                        gint64 claimed_by, gboolean *changed, GError **error);

/* The sealed original and its key, as they lie in the store. */
typedef struct {
  GBytes *key, *body;
  char *body_hash, *pdf_hash;
} AccOriginal;
void acc_original_free (AccOriginal *original);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccOriginal, acc_original_free)

/* ACC_ERROR_STORE_DAMAGED if the original or its key is missing. */
AccOriginal *acc_record_table_select_original (AccStore *desk, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Whether letter @number is here; *@body_hash is its original's ("" if that is gone). */
gboolean acc_record_table_find_body_hash (AccStore *desk, const char *number, char **body_hash, GError **error);

/* The letter as it came, waiting: its row, its key and its original. */
gboolean acc_record_table_insert (AccStore *desk, const AccInboxLetter *letter, const char *taken_at, GError **error);

/* A further document, PDF encrypted with the letter's key; its id, 0 with @error. */
typedef struct {
  const char *number, *kind, *body_hash, *pdf_hash;
  GBytes *body;
} AccDocumentRow;
gint64 acc_record_table_insert_document (AccStore *desk, const AccDocumentRow *document, GError **error);

/* The encrypted body of document @id of letter @number, checked against its hash; @kind is to be freed. */
GBytes *acc_record_table_select_document (AccStore *desk, const char *number, gint64 id, char **kind, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Keeps a kiosk's journal head as it was seen. */
gboolean acc_record_table_insert_head (AccStore *desk, const char *writer, gint64 count, const char *hash,
                                       GError **error);

/* *@known: whether letters sealed for the key @id can be opened by this branch. */
gboolean acc_record_table_knows_branch_key (AccStore *desk, const char *id, gboolean *known, GError **error);

gboolean acc_record_table_insert_branch (AccStore *desk, const char *name, GError **error);

G_END_DECLS
