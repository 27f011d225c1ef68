/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The receipt of an erasure, for whoever asked for it: what was erased and when, what had left the branch before, until
 * when backups may still hold it. In the language that the program speaks (the command line: English). Printed; kept nowhere. */
#pragma once

#include "paper/letterhead.h"
#include "route/erasure.h"

G_BEGIN_DECLS

/* Where and for how long. */
typedef struct {
  const char *branch;
  AccPaper paper;
  guint backup_days;
} AccErasureReceiptPlace;

/* Its sentences, each paragraph a line. Any thread. */
char *acc_erasure_receipt_text (const AccErasure *erasure, const AccErasureReceiptPlace *place)
  G_GNUC_WARN_UNUSED_RESULT;

/* The same as PDF bytes, proofread. ACC_ERROR_CHARACTERS if the reason holds what cannot be printed. The paper's
 * thread. */
GBytes *acc_erasure_receipt_write (const AccErasure *erasure, const AccErasureReceiptPlace *place,
                                   AccLetterhead *letterhead, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
