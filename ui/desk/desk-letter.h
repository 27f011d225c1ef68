/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter as the desk shows it: opened, with who works on it, what was decided and where it went. Immutable; the
 * store's thread makes it, the window reads it. */
#pragma once

#include "archive/opened-letter.h"
#include "review/history.h"
#include "review/intake.h"

G_BEGIN_DECLS

#define ACC_TYPE_DESK_LETTER (acc_desk_letter_get_type ())
G_DECLARE_FINAL_TYPE (AccDeskLetter, acc_desk_letter, ACC, DESK_LETTER, GObject)

/* Opens @number with all that belongs to it. */
AccDeskLetter *acc_desk_letter_load (AccStore *desk, AccIdentity *identity, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* All lent, as long as @self lives. */
AccOpenedLetter *acc_desk_letter_get_opened (AccDeskLetter *self);
const AccRecord *acc_desk_letter_get_record (AccDeskLetter *self);
AccLetter *acc_desk_letter_get_letter (AccDeskLetter *self);
const char *acc_desk_letter_get_claimed_by (AccDeskLetter *self); /* the banker's name, "" for nobody */
AccReadBack acc_desk_letter_get_read_back (AccDeskLetter *self);  /* what came of reading its PDF back */
const char *acc_desk_letter_get_unread_because (AccDeskLetter *self); /* … or why nothing did; NULL: not known */
const char *acc_desk_letter_get_held_for (AccDeskLetter *self); /* why it is held; "" if it is not, or nobody said */
gboolean acc_desk_letter_was_freed (AccDeskLetter *self);         /* a manager has let it go on */
const AccPrecedents *acc_desk_letter_get_precedents (AccDeskLetter *self); /* NULL: nothing is known of other letters */
GPtrArray *acc_desk_letter_get_decisions (AccDeskLetter *self);   /* of AccDecision, in order */
GPtrArray *acc_desk_letter_get_deliveries (AccDeskLetter *self);  /* of AccDelivery; empty until prepared */
GPtrArray *acc_desk_letter_get_receipts (AccDeskLetter *self);    /* of AccReceipt, in order */

/* What is known of other letters, and why its PDF was not read back (sentences, or NULL). Before others hold @self. */
void acc_desk_letter_set_precedents (AccDeskLetter *self, AccPrecedents *precedents);
void acc_desk_letter_set_unread_because (AccDeskLetter *self, const char *why);

G_END_DECLS
