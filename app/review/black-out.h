/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words taken out of what leaves the branch: the decision, the edition without them and the journal's two entries, in one
 * transaction. The letter itself is never changed. The store's thread. */
#pragma once

#include "review/decision.h"

G_BEGIN_DECLS

typedef struct {
  GArray *passages;   /* of acc_passages_new */
  const char *reason; /* why, in the banker's words */
  GBytes *pdf;        /* the edition: acc_edition_write */
  AccNamed named;     /* of acc_checks_named */
} AccBlackOut;

/* Makes the edition that leaves the branch from now on; an earlier one is kept and replaced. ACC_ERROR_INPUT without a reason,
 * else as acc_decide. The reason is kept as any decision's, and with it which passages were taken out. */
gboolean acc_black_out (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, const AccBlackOut *black_out,
                        GError **error);

/* The original leaves the branch after all. ACC_ERROR_CONFLICT if it is that already. */
gboolean acc_black_out_undo (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccNamed named,
                             GError **error);

G_END_DECLS
