/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What recording, reading and checking of receipts share. The store's thread. */
#pragma once

#include "route/receipts.h"

/* Frozen: kinds of the journal's entries, on which verify relies. "acknowledged" is the letter's. */
#define ACC_RECEIPTS_HEARD_BACK "heard back"
#define ACC_RECEIPTS_PASSED_ON "passed on"

#define ACC_RECEIPTS_MAX 20 /* of one delivery */

G_BEGIN_DECLS

/* By what a reply is known again; hashes. */
typedef struct {
  const char *bytes;
  const char *message_id; /* "" where it has none */
} AccReplyMark;

/* As acc_receipts_record, where it was read from this reply; NULL: a banker says so. A reply that is recorded already is
 * ACC_ERROR_CONFLICT. */
gboolean acc_receipts_record_reply (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter,
                                    const AccHeard *heard, const AccReplyMark *reply, GError **error);

G_END_DECLS
