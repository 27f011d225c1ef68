/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What recording, reading and checking of receipts share. The store's thread. */
#pragma once

#include "route/receipts.h"

/* Frozen: kinds of the journal's entries, on which verify relies. "acknowledged" is the letter's. */
#define ACC_RECEIPTS_HEARD_BACK "heard back"
#define ACC_RECEIPTS_PASSED_ON "passed on"

#define ACC_RECEIPTS_MAX 20 /* of one delivery */

G_BEGIN_DECLS

/* As acc_receipts_record, where it was read from the reply of this hash; NULL: a banker says so. A reply that is
 * recorded already is ACC_ERROR_CONFLICT. */
gboolean acc_receipts_record_reply (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter,
                                    const AccHeard *heard, const char *reply_hash, GError **error);

G_END_DECLS
