/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store keeps of one delivery besides its state: to whom, from whom, and every word that the message is
 * built from, so that each try builds the same bytes. Kept as JSON, encrypted with the letter's key. Any thread. */
#pragma once

#include "archive/opened-letter.h"

G_BEGIN_DECLS

typedef struct {
  char *staff_id, *name, *email;  /* the recipient */
  char *role, *employee;          /* why, and whom the letter is about */
  char *from_name, *from_email;   /* the banker, or by mail the branch; "" where there is no address */
  char *reply_to;                 /* the banker's address where that is not from_email, else "" */
  char *subject, *paragraph, *text;
  char *date;                     /* RFC 3339: when it was prepared */
  char *message_hash;             /* of the message: each try sends the same bytes; "" in notes of an older version */
  char *place;                    /* where it was handed over; "" before */
  gboolean disclosed;             /* the cover says that the banker is named in the letter */
  GStrv employees;                /* directory ids of all whom the letter thanks, in its order; "" where unknown */
  GStrv departments;              /* theirs, each once */
} AccDeliveryNote;

void acc_delivery_note_free (AccDeliveryNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeliveryNote, acc_delivery_note_free)

/* Encrypted for @position of @letter; decrypting another position's or a changed one is ACC_ERROR_STORE_DAMAGED. */
GBytes *acc_delivery_note_close (const AccDeliveryNote *note, AccOpenedLetter *letter, guint position)
  G_GNUC_WARN_UNUSED_RESULT;
AccDeliveryNote *acc_delivery_note_open (GBytes *recipient, AccOpenedLetter *letter, guint position, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Why @position of @letter has not gone: a server's words may name the recipient, so they are encrypted as well. Text. */
char *acc_delivery_reason_close (const char *reason, AccOpenedLetter *letter, guint position) G_GNUC_WARN_UNUSED_RESULT;

/* "" for NULL; as it stands where an older version has written it in clear. */
char *acc_delivery_reason_open (const char *reason, AccOpenedLetter *letter, guint position) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
