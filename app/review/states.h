/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may move a letter where, and what must be noted: one table. Pure; any thread. */
#pragma once

#include "archive/state.h"
#include "vault/identity.h"

G_BEGIN_DECLS

typedef enum {
  ACC_MOVE_CLAIM,
  ACC_MOVE_RELEASE,
  ACC_MOVE_APPROVE,
  ACC_MOVE_DECLINE,
  ACC_MOVE_ROUTE,
  ACC_MOVE_ACKNOWLEDGE,
  ACC_MOVE_HOLD,
  ACC_MOVE_FREE,
  ACC_MOVE_WITHDRAW,
  ACC_MOVE_ERASE,
  ACC_MOVE_BLACK_OUT,
  ACC_MOVE_RESTORE,
  ACC_MOVE_TAKE_BACK,
  ACC_MOVE_REOPEN,
  ACC_MOVE_N
} AccMove;

/* Whether the letter names the banker who moves it; the first two are FALSE and TRUE. */
typedef enum {
  ACC_NAMED_NOT,
  ACC_NAMED,
  ACC_NAMED_DISCLOSED, /* it does, and the cover says so (integrity.second_approver=disclose) */
} AccNamed;

typedef struct {
  AccMove move;
  AccState from, to;
  gboolean manager_only;
  gboolean claimer_only;  /* only the banker who has claimed it; with manager_only: either of the two */
  gboolean needs_reason;
  gboolean not_if_named;  /* not by a banker whom the letter names, unless it is disclosed */
  gboolean needs_reading; /* only a letter whose PDF was read back (acc_intake) */
} AccMoveRule;

extern const AccMoveRule acc_move_rules[];
extern const guint acc_move_n_rules;

const char *acc_move_to_text (AccMove move); /* "claim", frozen: in decisions */
gboolean acc_move_from_text (const char *text, AccMove *move);
const char *acc_move_to_kind (AccMove move); /* "claimed", frozen: in the journal */

/* The rule for @move out of @from; NULL if there is none. */
const AccMoveRule *acc_move_find_rule (AccMove move, AccState from);

/* Whether @banker may; ACC_ERROR_NOT_ALLOWED or _INPUT says why not. @named: the letter names this banker. */
gboolean acc_move_allowed (const AccMoveRule *rule, const AccBanker *banker, gint64 claimed_by, AccNamed named,
                           const char *reason, GError **error);

/* Whose the letter is after the move of @rule by @banker (ids; 0: nobody's). */
gint64 acc_move_next_claimer (const AccMoveRule *rule, gint64 claimed_by, gint64 banker);

G_END_DECLS
