/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letter that is open, with what the banker has begun for it, and the covers proposed for it. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

#include "desk/outcome-view.h"

void
acc_desk_window_close_letter (AccDeskWindow *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_cancellable_cancel (self->proposing);
  g_clear_object (&self->proposing);
  g_clear_object (&self->proposed_for);
  g_clear_object (&self->draft);
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  acc_letter_pane_set_letter (ACC_LETTER_PANE (self->letter), NULL);
}

static void
on_draft_changed (AccDeskWindow *self, AccReviewDraft *draft)
{
  if (draft != self->draft)
    return;
  acc_desk_window_update (self);
  acc_desk_window_request_proposals (self);
}

static AccReviewDraft *
find_draft (AccDeskWindow *self, AccDeskLetter *letter)
{
  const char *number = acc_desk_letter_get_record (letter)->number;
  AccReviewDraft *draft = g_hash_table_lookup (self->drafts, number);

  if (draft != NULL)
    {
      acc_review_draft_set_letter (draft, letter);
      return draft;
    }
  draft = acc_review_draft_new (self->session, letter, self->directory);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->drafts, g_strdup (number), draft);
  return draft;
}

void
acc_desk_window_adopt_letter (AccDeskWindow *self, AccDeskLetter *letter)
{
  AccReviewDraft *draft = find_draft (self, letter);

  if (draft != self->draft)
    {
      g_clear_object (&self->proposed_for);
      acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
    }
  g_set_object (&self->draft, draft);
  acc_letter_pane_set_letter (ACC_LETTER_PANE (self->letter), letter);
  acc_desk_window_request_proposals (self);
}

void
acc_desk_window_forget_words (AccDeskWindow *self, AccDeskLetter *letter, const char *panel)
{
  AccReviewDraft *draft = g_hash_table_lookup (self->drafts, acc_desk_letter_get_record (letter)->number);

  if (draft != NULL)
    acc_review_draft_forget_words (draft, panel);
}

/* What another desk has done with the letter. */
static char *
describe_settled (const AccDeskFacts *facts, AccDeskLetter *letter)
{
  GPtrArray *decisions = acc_desk_letter_get_decisions (letter);

  if (facts->state == ACC_STATE_CLAIMED || decisions->len == 0)
    return acc_desk_state_note (facts);
  return acc_outcome_view_describe (g_ptr_array_index (decisions, decisions->len - 1));
}

/* Another desk was quicker with the letter that is open here: nothing more is asked about it, and what was written is kept. */
static void
end_settled (AccDeskWindow *self)
{
  AccDecisionPane *pane = ACC_DECISION_PANE (self->decision);
  AccMove asked = acc_decision_pane_get_asked (pane);
  g_autofree char *what = NULL, *text = NULL;
  AccDeskFacts facts;
  gboolean claim_first;

  if (asked == ACC_MOVE_N)
    return;
  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  if (acc_desk_state_may (&facts, asked, &claim_first))
    return;
  acc_decision_pane_stop_asking (pane);
  what = describe_settled (&facts, acc_review_draft_get_letter (self->draft));
  if (acc_review_draft_is_edited (self->draft))
    text = g_strdup_printf (_ ("Meanwhile: %s. What you wrote is kept until you sign out."), what);
  else
    text = g_strdup_printf (_ ("Meanwhile: %s."), what);
  acc_desk_window_show_toast (self, text);
  acc_decision_pane_take_focus (pane);
}

static void
on_letter_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_letter_finish (ACC_DESK_SESSION (source), result, &error);

  if (self->disposed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || acc_desk_session_get_banker (self->session) == NULL)
    return;
  g_clear_object (&self->opening);
  if (letter != NULL)
    {
      acc_desk_window_adopt_letter (self, letter);
      end_settled (self);
    }
  else
    {
      acc_desk_window_close_letter (self);
      acc_desk_window_set_problem (self, error);
      acc_desk_window_show_toast (self, self->problem);
      acc_desk_window_refresh (self, FALSE);
    }
  acc_desk_window_update (self);
}

void
acc_desk_window_open_letter (AccDeskWindow *self, const char *number, gboolean keep_problem)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  if (!keep_problem)
    acc_desk_window_set_problem (self, NULL);
  acc_desk_session_open_letter_async (self->session, number, self->opening, on_letter_opened, g_object_ref (self));
  acc_desk_window_update (self);
}

/* ---- proposals ---- */

static void
on_proposed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paragraphs = acc_desk_session_propose_finish (ACC_DESK_SESSION (source), result, &error);

  if (self->disposed || self->draft == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->proposing);
  if (paragraphs != NULL)
    acc_review_draft_take_proposals (self->draft, self->proposed_for, (const char *const *) paragraphs);
  else
    acc_desk_window_set_problem (self, error);
  acc_desk_window_update (self);
}

void
acc_desk_window_request_proposals (AccDeskWindow *self)
{
  AccPlan *plan;
  AccDeskFacts facts;
  AccDeskState state;

  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  acc_desk_state (&facts, &state);
  plan = acc_review_draft_get_plan (self->draft);
  if (!state.show_work || !facts.proposing || plan == self->proposed_for)
    return;
  g_set_object (&self->proposed_for, plan);
  g_cancellable_cancel (self->proposing);
  g_clear_object (&self->proposing);
  self->proposing = g_cancellable_new ();
  acc_desk_session_propose_async (self->session, acc_review_draft_order (self->draft, ACC_MOVE_APPROVE, TRUE),
                                  self->proposing, on_proposed, g_object_ref (self));
}
