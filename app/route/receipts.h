/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts: a recipient was heard from, so a delivery has arrived ("handed over", or "unsure", -> "acknowledged").
 *
 * The letter is acknowledged once all whom it thanks have acknowledged theirs, and each delivery of it is done: then its
 * client's slip says that it has arrived. What a supervisor or personnel say is kept, and moves nothing but their delivery.
 * Nothing leads back out of "acknowledged" (review/states.c), so a receipt cannot be undone: a window asks before it records.
 * Words that come back are personal: they are encrypted with the letter's key, and erased with the letter.
 *
 * A desk shows acc_routing_list, whose AccDelivery still tells when it was handed over, and to each of its positions those of
 * acc_receipts_list. It records by acc_receipts_record, tells the slips by acc_slips_tell, and after signing in calls
 * acc_receipts_sweep, for what a kill has left in the outbox. All of it on the store's thread. */
#pragma once

#include "archive/opened-letter.h"
#include "route/folder-door.h"

G_BEGIN_DECLS

typedef enum {
  ACC_RECEIPT_BY_BANKER, /* a banker says so */
  ACC_RECEIPT_BY_REPLY,  /* it was read from a mail, see replies.h */
} AccReceiptSource;

typedef struct {
  guint sequence;     /* of the letter's receipts, from 1 */
  guint position;     /* of the delivery, as AccDelivery has it */
  char *heard_on;     /* YYYY-MM-DD: the day on which the recipient said so */
  char *recorded_at;  /* RFC 3339 */
  char *banker;       /* who was signed in when it was recorded */
  AccReceiptSource source;
  char *message;      /* what came back, in several lines perhaps; "" if nothing did */
  char *passed_on_at; /* RFC 3339: when the client was told of it; "" if that was not noted */
} AccReceipt;
void acc_receipt_free (AccReceipt *receipt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccReceipt, acc_receipt_free)

/* The receipts of @letter in the order in which they were recorded: GPtrArray of AccReceipt. */
GPtrArray *acc_receipts_list (AccStore *desk, AccOpenedLetter *letter, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a recipient has said. */
typedef struct {
  guint position;
  const char *on;      /* YYYY-MM-DD, from the day it was handed over to today; NULL: today */
  const char *message; /* at most ACC_STORY_MAX characters; NULL or blank: nothing was said */
} AccHeard;

/* Records it, and moves the letter if that makes it so, all in one transaction, each step a signed entry of the journal; then
 * takes what was for this recipient out of the outbox's folder. One who has acknowledged may be heard again, with a message.
 * ACC_ERROR_INPUT: the day or the message cannot be; ACC_ERROR_NOT_FOUND: there is no such delivery; ACC_ERROR_CONFLICT: it
 * has not gone out, or has been acknowledged before and there is no message. */
gboolean acc_receipts_record (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, const AccHeard *heard,
                              GError **error);

/* Takes out of @outbox what still lies there for recipients who have acknowledged. Repeatable. */
gboolean acc_receipts_sweep (AccStore *desk, AccFolderDoor *outbox, GError **error);

/* ---- the message back, for the client ---- */

/* What a banker tells the client by phone or mail: nothing of it is sent by the program, and the contact stays in the
 * branch. */
typedef struct {
  char *client, *contact; /* as the client has written them */
  char *from;             /* the recipient who said it */
  char *message;
} AccPassing;
void acc_passing_free (AccPassing *passing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPassing, acc_passing_free)

/* Receipt @sequence of @letter, to be shown. ACC_ERROR_INPUT, which names the client, if they did not agree to be
 * contacted; ACC_ERROR_NOT_FOUND if there is no such receipt, or no message in it. */
AccPassing *acc_receipts_open_passing (AccStore *desk, AccOpenedLetter *letter, guint sequence, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Notes in the journal that the client was told; refuses what acc_receipts_open_passing does. ACC_ERROR_CONFLICT if it was
 * noted before. */
gboolean acc_receipts_pass_on (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint sequence,
                               GError **error);

G_END_DECLS
