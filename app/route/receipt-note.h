/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store keeps of a receipt that tells of people: the words that came back, and which reply they were read from.
 * Kept as JSON, encrypted with the letter's key, so that it is erased with the letter. Any thread. */
#pragma once

#include "archive/opened-letter.h"

G_BEGIN_DECLS

typedef struct {
  char *message; /* "" where nothing was said */
  char *reply;   /* the hash of the reply's bytes; "" where a banker recorded it */
  char *message_id; /* of the reply's Message-ID, hashed; "" where it had none, and in notes of an older version */
} AccReceiptNote;

void acc_receipt_note_free (AccReceiptNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccReceiptNote, acc_receipt_note_free)

/* Encrypted for receipt @sequence of @letter; decrypting another's or a changed one is ACC_ERROR_STORE_DAMAGED. */
GBytes *acc_receipt_note_close (const AccReceiptNote *note, AccOpenedLetter *letter, guint sequence)
  G_GNUC_WARN_UNUSED_RESULT;
AccReceiptNote *acc_receipt_note_open (GBytes *body, AccOpenedLetter *letter, guint sequence, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
