/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table "receipt". Transactions are the callers'. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct {
  char *number;
  guint sequence; /* of the letter's receipts, from 1 */
  guint position; /* of the delivery */
  char *heard_on, *recorded_at;
  char *source;  /* "banker" or "reply", frozen */
  GBytes *body;  /* acc_receipt_note_close; empty of an erased letter */
  char *banker;  /* who recorded it, by the journal; read only */
  char *passed_on_at; /* NULL: it was not passed on; by the journal, read only */
} AccReceiptRow;

void acc_receipt_row_free (AccReceiptRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccReceiptRow, acc_receipt_row_free)

gboolean acc_receipt_table_add (AccStore *desk, const AccReceiptRow *row, GError **error);

/* The receipts of letter @number in order: GPtrArray of AccReceiptRow. */
GPtrArray *acc_receipt_table_list (AccStore *desk, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Empties what the receipts of the erased letter @number tell of people. */
gboolean acc_receipt_table_empty (AccStore *desk, const char *number, GError **error);

/* The facts of the journal's entry, frozen: on them verify relies. */
char *acc_receipt_row_facts (const AccReceiptRow *row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
