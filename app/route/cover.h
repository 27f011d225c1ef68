/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The covering paragraph, proposed from neutral facts and edited by the banker, and the cover as a PDF. */
#pragma once

#include "paper/letterhead.h"
#include "route/plan.h"

G_BEGIN_DECLS

#define ACC_COVER_WORDS_MAX 150

/* A short paragraph from facts alone: the day, how the client was reached, how many letters this branch has sent to the
 * department before (-1: not known). No praise, nothing of the client's state or money. Any thread. */
char *acc_cover_propose (AccLetter *letter, const AccRecipient *recipient, int letters_before) G_GNUC_WARN_UNUSED_RESULT;

/* @paragraph for @recipient as PDF bytes, proofread. @disclosed: the banker is named in the letter and says so.
 * The paper's thread. */
GBytes *acc_cover_write (AccLetter *letter, const char *number, const AccRecipient *recipient, const AccBanker *banker,
                         const char *paragraph, gboolean disclosed, AccLetterhead *letterhead, const char *branch,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
