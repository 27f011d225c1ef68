/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a slip says, in words for its client: where the letter is, what came of a request, and what can still be asked.
 * Pure; the translations are lent. Any thread. */
#pragma once

#include "inbox/slip.h"

G_BEGIN_DECLS

typedef struct {
  const char *title;    /* "Your letter is on its way" */
  const char *sentence; /* what that means */
  const char *request;  /* what came of what was asked last; NULL: nothing is to be said of it */
  gboolean can_withdraw, can_erase;
} AccSlipWords;

AccSlipWords acc_slip_words_for (const AccSlip *slip);

/* The question before @kind is done or asked for. */
typedef struct {
  const char *question, *explanation, *yes, *no;
} AccSlipQuestion;

AccSlipQuestion acc_slip_words_ask (const AccSlip *slip, AccRequestKind kind);

G_END_DECLS
