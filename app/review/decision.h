/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decision: signed by the banker's own key, kept with the state it changed and its journal entry in one
 * transaction. The store's thread. */
#pragma once

#include "archive/opened-letter.h"
#include "review/states.h"

G_BEGIN_DECLS

/* Makes @move on @letter, out of the state it is in now. @named: acc_checks_named. @reason is encrypted with the
 * letter's key, NULL if none. ACC_ERROR_CONFLICT if somebody else was faster, naming nobody but saying so. Erasing
 * only moves the letter and notes why: whoever erases destroys the letter's key as well. */
gboolean acc_decide (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccMove move, AccNamed named,
                     const char *reason, GError **error);

/* The same inside the caller's transaction, which changes what goes with the move: all of it or nothing. */
gboolean acc_decide_within (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccMove move,
                            AccNamed named, const char *reason, GError **error);

/* Erases a letter that cannot be opened, as acc_decide_within does. Nobody can tell whom it names, so it counts as naming
 * the banker. The reason is encrypted with a key that is lost at once, as it is with any letter that is erased. */
gboolean acc_decide_erase_unopened_within (AccStore *desk, AccIdentity *identity, const AccRecord *record,
                                           const char *reason, GError **error);

typedef struct {
  AccMove move;
  char *banker, *at;
  char *reason;   /* opened; "" if none */
  char *passages; /* what was taken out, as acc_passages_to_text; "" for any other move */
  gboolean by_check; /* a check held it (acc_intake) while @banker was signed in, who did nothing */
} AccDecision;
void acc_decision_free (AccDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDecision, acc_decision_free)

/* The decisions on @letter in order: GPtrArray of AccDecision. */
GPtrArray *acc_decision_list (AccStore *desk, AccOpenedLetter *letter, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The one of @decisions by which words are out of the letter now; NULL: none are. Lent. */
const AccDecision *acc_decision_find_black_out (GPtrArray *decisions);

/* Adds a sentence for each decision whose signature, order or result is wrong. @verified: of
 * acc_archive_check_journals; an entry up to there that pins a decision and its signature, and that the same banker has
 * signed, vouches for it. With 0 the signature of every decision is verified. No sign-in. */
gboolean acc_decision_check (AccStore *desk, gint64 verified, GPtrArray *findings, GError **error);

G_END_DECLS
