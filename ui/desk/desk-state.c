/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-state.h"

#include <glib/gi18n-lib.h>

static gboolean
rule_allows (const AccDeskFacts *facts, AccMove move, AccState from, gint64 claimed_by)
{
  const AccMoveRule *rule = acc_move_find_rule (move, from);

  /* The reason is asked for after the verb is chosen: here it counts as given. */
  return rule != NULL
         && acc_move_allowed (rule, facts->banker, claimed_by, facts->named, rule->needs_reason ? "given later" : NULL,
                              NULL);
}

gboolean
acc_desk_state_may (const AccDeskFacts *facts, AccMove move, gboolean *claim_first)
{
  gboolean after_claim;

  *claim_first = FALSE;
  if (facts->banker == NULL || !facts->open)
    return FALSE;
  if (rule_allows (facts, move, facts->state, facts->claimed_by))
    return TRUE;
  after_claim = acc_move_find_rule (move, facts->state) == NULL
                && rule_allows (facts, ACC_MOVE_CLAIM, facts->state, facts->claimed_by)
                && rule_allows (facts, move, ACC_STATE_CLAIMED, facts->banker->id);
  *claim_first = after_claim;
  return after_claim;
}

gboolean
acc_desk_state_find_inverse (const AccDeskFacts *facts, AccMove move, AccMove *inverse)
{
  const AccMoveRule *rule = facts->open ? acc_move_find_rule (move, facts->state) : NULL;

  if (rule == NULL || facts->banker == NULL || rule->from == rule->to)
    return FALSE;
  for (guint i = 0; i < acc_move_n_rules; i++)
    {
      const AccMoveRule *back = &acc_move_rules[i];
      gint64 claimed_by = acc_move_next_claimer (rule, facts->claimed_by, facts->banker->id);

      if (back->from == rule->to && back->to == rule->from && !back->needs_reason && rule_allows (facts, back->move, back->from, claimed_by)
          && acc_move_next_claimer (back, claimed_by, facts->banker->id) == facts->claimed_by)
        {
          *inverse = back->move;
          return TRUE;
        }
    }
  return FALSE;
}

static const char *
find_block (const AccDeskFacts *facts)
{
  const struct {
    gboolean holds;
    const char *sentence;
  } blocks[] = {
    { !facts->people_chosen, _ ("Choose the person in the directory first.") },
    { facts->stopped, _ ("The card above says why you cannot approve this letter.") },
    { !facts->plan_complete, _ ("The letter cannot go out until the gap above is closed.") },
    { !facts->covers_fit && !facts->proposing, _ ("One of the covers is empty or too long.") },
    { facts->covers_quote, _ ("One of the covers quotes words that were taken out of the letter.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (blocks[i].holds)
      return blocks[i].sentence;
  return NULL;
}

static AccDeskPrimary
find_primary (const AccDeskFacts *facts)
{
  gboolean claim_first;

  if (!facts->open)
    return ACC_DESK_PRIMARY_NONE;
  if (facts->state == ACC_STATE_WAITING || facts->state == ACC_STATE_CLAIMED)
    return facts->state == ACC_STATE_CLAIMED && facts->claimed_by != facts->banker->id ? ACC_DESK_PRIMARY_NEXT
                                                                                      : ACC_DESK_PRIMARY_APPROVE;
  if (rule_allows (facts, ACC_MOVE_FREE, facts->state, facts->claimed_by))
    return ACC_DESK_PRIMARY_FREE;
  return acc_desk_state_may (facts, ACC_MOVE_ROUTE, &claim_first) ? ACC_DESK_PRIMARY_ROUTE : ACC_DESK_PRIMARY_NEXT;
}

void
acc_desk_state (const AccDeskFacts *facts, AccDeskState *state)
{
  gboolean idle = facts->banker != NULL && facts->open && !facts->busy;
  gboolean claim_first = FALSE;
  gboolean may = FALSE;

  *state = (AccDeskState){ .primary = facts->banker != NULL ? find_primary (facts) : ACC_DESK_PRIMARY_NONE };
  state->show_work = state->primary == ACC_DESK_PRIMARY_APPROVE
                     || (state->primary == ACC_DESK_PRIMARY_ROUTE && !facts->prepared);
  state->show_outcome = facts->open && !state->show_work;
  state->editable = state->show_work && !facts->busy;

  state->can_claim = idle && facts->state == ACC_STATE_WAITING
                     && rule_allows (facts, ACC_MOVE_CLAIM, facts->state, facts->claimed_by);
  state->can_release = idle && rule_allows (facts, ACC_MOVE_RELEASE, facts->state, facts->claimed_by);
  state->can_free = idle && state->primary == ACC_DESK_PRIMARY_FREE;
  state->can_decline = idle && acc_desk_state_may (facts, ACC_MOVE_DECLINE, &claim_first);

  if (state->primary == ACC_DESK_PRIMARY_APPROVE)
    may = acc_desk_state_may (facts, ACC_MOVE_APPROVE, &claim_first);
  else if (state->primary == ACC_DESK_PRIMARY_ROUTE)
    may = TRUE;
  if (state->show_work)
    state->blocked = find_block (facts);
  if (facts->open && facts->state == ACC_STATE_HELD && state->primary != ACC_DESK_PRIMARY_FREE)
    state->blocked = _ ("A manager must look at this letter and let it go on.");
  if (state->show_work && state->blocked == NULL && !may)
    state->blocked = _ ("Another banker must approve this letter.");
  state->can_route = idle && may && state->blocked == NULL && !(state->show_work && facts->proposing);
}

char *
acc_desk_state_note (const AccDeskFacts *facts)
{
  if (!facts->open || facts->banker == NULL)
    return g_strdup ("");
  if (facts->state == ACC_STATE_CLAIMED && facts->claimed_by == facts->banker->id)
    return g_strdup (_ ("You are working on this"));
  if (facts->state == ACC_STATE_CLAIMED)
    return g_strdup_printf (_ ("%s is working on this"), facts->claimed_by_name);
  if (facts->state == ACC_STATE_APPROVED)
    return g_strdup (_ ("Approved, not yet routed"));
  return g_strdup (acc_state_to_label (facts->state));
}
