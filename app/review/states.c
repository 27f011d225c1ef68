/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/states.h"

#include "base/error.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

#define MANAGER TRUE
#define CLAIMER TRUE
#define REASON TRUE
#define OTHERS TRUE
#define READ TRUE
#define ANYONE FALSE
#define NO FALSE

const AccMoveRule acc_move_rules[] = {
  /* a banker takes the letter on; two at once cannot */
  { ACC_MOVE_CLAIM, ACC_STATE_WAITING, ACC_STATE_CLAIMED, ANYONE, ANYONE, NO, NO },
  /* back into the queue: by whoever has it, or by a manager when that banker is away */
  { ACC_MOVE_RELEASE, ACC_STATE_CLAIMED, ACC_STATE_WAITING, MANAGER, CLAIMER, NO, NO },
  /* never by the one who is thanked; never what may say something else than its record */
  { ACC_MOVE_APPROVE, ACC_STATE_CLAIMED, ACC_STATE_APPROVED, ANYONE, CLAIMER, NO, OTHERS, READ },
  /* the client can be told why */
  { ACC_MOVE_DECLINE, ACC_STATE_CLAIMED, ACC_STATE_DECLINED, ANYONE, CLAIMER, REASON, NO },
  { ACC_MOVE_DECLINE, ACC_STATE_WAITING, ACC_STATE_DECLINED, ANYONE, ANYONE, REASON, NO },
  /* declined by mistake: back to the banker whose letter it was, who is the one that declined it … */
  { ACC_MOVE_TAKE_BACK, ACC_STATE_DECLINED, ACC_STATE_CLAIMED, ANYONE, CLAIMER, NO, NO },
  /* … or, since that banker may be away and the client may know by then, into the queue, and a manager says why */
  { ACC_MOVE_REOPEN, ACC_STATE_DECLINED, ACC_STATE_WAITING, MANAGER, ANYONE, REASON, NO },
  /* another edition is to leave the branch, or the original again (acc_black_out): by whoever could approve it */
  { ACC_MOVE_BLACK_OUT, ACC_STATE_CLAIMED, ACC_STATE_CLAIMED, ANYONE, CLAIMER, REASON, OTHERS, READ },
  { ACC_MOVE_RESTORE, ACC_STATE_CLAIMED, ACC_STATE_CLAIMED, ANYONE, CLAIMER, NO, OTHERS },
  /* every delivery is handed over: whoever is signed in then */
  { ACC_MOVE_ROUTE, ACC_STATE_APPROVED, ACC_STATE_ROUTED, ANYONE, ANYONE, NO, NO },
  { ACC_MOVE_ACKNOWLEDGE, ACC_STATE_ROUTED, ACC_STATE_ACKNOWLEDGED, ANYONE, ANYONE, NO, NO },
  /* set aside before anything has left the branch; only a manager lets it go on */
  { ACC_MOVE_HOLD, ACC_STATE_WAITING, ACC_STATE_HELD, ANYONE, ANYONE, NO, NO },
  { ACC_MOVE_HOLD, ACC_STATE_CLAIMED, ACC_STATE_HELD, ANYONE, ANYONE, NO, NO },
  { ACC_MOVE_FREE, ACC_STATE_HELD, ACC_STATE_WAITING, MANAGER, ANYONE, NO, NO },
  /* the client takes it back, as long as nothing has left the branch */
  { ACC_MOVE_WITHDRAW, ACC_STATE_WAITING, ACC_STATE_WITHDRAWN, ANYONE, ANYONE, NO, NO },
  { ACC_MOVE_WITHDRAW, ACC_STATE_CLAIMED, ACC_STATE_WITHDRAWN, ANYONE, ANYONE, NO, NO },
  { ACC_MOVE_WITHDRAW, ACC_STATE_HELD, ACC_STATE_WITHDRAWN, MANAGER, ANYONE, NO, NO },
  /* the right to be forgotten, from wherever the letter is */
  { ACC_MOVE_ERASE, ACC_STATE_WAITING, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_CLAIMED, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_APPROVED, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_ROUTED, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_ACKNOWLEDGED, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_HELD, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_DECLINED, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
  { ACC_MOVE_ERASE, ACC_STATE_WITHDRAWN, ACC_STATE_ERASED, MANAGER, ANYONE, REASON, NO },
};

const guint acc_move_n_rules = G_N_ELEMENTS (acc_move_rules);

/* Frozen: they stand in the store. */
static const struct {
  const char *text, *kind;
} words[ACC_MOVE_N] = {
  [ACC_MOVE_CLAIM] = { "claim", "claimed" },
  [ACC_MOVE_RELEASE] = { "release", "released" },
  [ACC_MOVE_APPROVE] = { "approve", "approved" },
  [ACC_MOVE_DECLINE] = { "decline", "declined" },
  [ACC_MOVE_ROUTE] = { "route", "routed" },
  [ACC_MOVE_ACKNOWLEDGE] = { "acknowledge", "acknowledged" },
  [ACC_MOVE_HOLD] = { "hold", "held" },
  [ACC_MOVE_FREE] = { "free", "freed" },
  [ACC_MOVE_WITHDRAW] = { "withdraw", "withdrawn" },
  [ACC_MOVE_ERASE] = { "erase", "erased" },
  [ACC_MOVE_BLACK_OUT] = { "black out", "blacked out" },
  [ACC_MOVE_RESTORE] = { "restore", "restored" },
  [ACC_MOVE_TAKE_BACK] = { "take back", "taken back" },
  [ACC_MOVE_REOPEN] = { "reopen", "reopened" },
};

const char *
acc_move_to_text (AccMove move)
{
  g_return_val_if_fail (move < ACC_MOVE_N, NULL);
  return words[move].text;
}

gboolean
acc_move_from_text (const char *text, AccMove *move)
{
  g_return_val_if_fail (move != NULL, FALSE);

  for (guint i = 0; i < ACC_MOVE_N; i++)
    if (g_strcmp0 (words[i].text, text) == 0)
      {
        *move = i;
        return TRUE;
      }
  return FALSE;
}

const char *
acc_move_to_kind (AccMove move)
{
  g_return_val_if_fail (move < ACC_MOVE_N, NULL);
  return words[move].kind;
}

const AccMoveRule *
acc_move_find_rule (AccMove move, AccState from)
{
  for (guint i = 0; i < acc_move_n_rules; i++)
    if (acc_move_rules[i].move == move && acc_move_rules[i].from == from)
      return &acc_move_rules[i];
  return NULL;
}

/* Why not, by who the banker is; NULL if nothing stands against it. */
static const char *
find_objection (const AccMoveRule *rule, const AccBanker *banker, gint64 claimed_by, AccNamed named)
{
  gboolean is_claimer = claimed_by == banker->id;

  if (banker->disabled)
    return _ ("You can no longer decide at this branch.");
  if (rule->manager_only && rule->claimer_only && !banker->manager && !is_claimer)
    return _ ("Another banker has claimed this letter; only they or a manager may release it.");
  if (rule->manager_only && !rule->claimer_only && !banker->manager)
    return _ ("Only a manager may do this.");
  if (rule->claimer_only && !rule->manager_only && !is_claimer && rule->from == ACC_STATE_DECLINED)
    return _ ("Only the banker who declined this letter may take that back; a manager may let it wait again.");
  if (rule->claimer_only && !rule->manager_only && !is_claimer)
    return _ ("Another banker has claimed this letter.");
  if (rule->not_if_named && named == ACC_NAMED)
    return _ ("This letter thanks you; someone else must approve it.");
  return NULL;
}

gboolean
acc_move_allowed (const AccMoveRule *rule, const AccBanker *banker, gint64 claimed_by, AccNamed named,
                  const char *reason, GError **error)
{
  const char *objection;

  g_return_val_if_fail (rule != NULL && banker != NULL, FALSE);

  objection = find_objection (rule, banker, claimed_by, named);
  if (objection != NULL)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, objection);
      return FALSE;
    }
  if (rule->needs_reason && acc_text_is_blank (reason))
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("reason: Say why, in a few words."));
      return FALSE;
    }
  return TRUE;
}

gint64
acc_move_next_claimer (const AccMoveRule *rule, gint64 claimed_by, gint64 banker)
{
  g_return_val_if_fail (rule != NULL, 0);

  switch (rule->to)
    {
    case ACC_STATE_CLAIMED:
      return banker;
    case ACC_STATE_WAITING:
    case ACC_STATE_HELD:
      return 0;
    default:
      return claimed_by;
    }
}
