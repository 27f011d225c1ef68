/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking the last step back, as long as its letter is open and nobody has done anything with it since: one more move, which
 * the table of states allows like any other. What has left the branch, or was told to a client, stays. */
#include "desk/desk-window-private.h"

void
acc_desk_window_forget_undo (AccDeskWindow *self)
{
  self->undo = ACC_MOVE_N;
  g_clear_pointer (&self->undo_of, g_free);
  g_clear_pointer (&self->undo_reason, g_free);
}

void
acc_desk_window_note_undo (AccDeskWindow *self, AccMove move)
{
  const AccDeskLetter *letter = acc_review_draft_get_letter (self->draft);
  AccDeskFacts facts;

  acc_desk_window_forget_undo (self);
  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  if (move == ACC_MOVE_DECLINE && facts.state == ACC_STATE_WAITING) /* it is claimed first */
    {
      facts.state = ACC_STATE_CLAIMED;
      facts.claimed_by = facts.banker->id;
    }
  if (!acc_desk_state_find_inverse (&facts, move, &self->undo))
    return;
  self->undo_of = g_strdup (acc_desk_letter_get_record ((AccDeskLetter *) letter)->number);
  self->undo_reason = g_strdup (acc_desk_letter_get_held_for ((AccDeskLetter *) letter));
}

gboolean
acc_desk_window_may_undo (AccDeskWindow *self)
{
  const AccRecord *record;
  gboolean claim_first = FALSE;
  AccDeskFacts facts;

  if (self->undo_of == NULL || self->draft == NULL)
    return FALSE;
  record = acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft));
  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  return strcmp (record->number, self->undo_of) == 0 && acc_desk_state_may (&facts, self->undo, &claim_first)
         && !claim_first;
}
