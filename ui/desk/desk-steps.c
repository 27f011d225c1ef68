/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of the desk, and what each does to the open letter. */
#include "desk/desk-window-private.h"

#include "desk/desk-edition.h"
#include "desk/letter-passages.h"

#include <glib/gi18n-lib.h>

/* ---- a step and its end ---- */

void
acc_desk_window_begin_step (AccDeskWindow *self)
{
  self->busy = TRUE;
  self->step_of = acc_desk_session_get_banker (self->session)->id;
  acc_desk_window_forget_undo (self);
  acc_desk_window_set_problem (self, NULL);
  acc_desk_window_update (self);
}

/* Whether the banker still looks at the letter that the step was about. */
static gboolean
is_open (AccDeskWindow *self, const char *number)
{
  return strcmp (acc_queue_pane_get_chosen (ACC_QUEUE_PANE (self->queue)), number) == 0;
}

/* What a step came to is told to whoever took it, and to nobody who has signed in since. */
static gboolean
is_somebody_elses (AccDeskWindow *self)
{
  const AccBanker *banker = acc_desk_session_get_banker (self->session);

  return banker != NULL && banker->id != self->step_of;
}

void
acc_desk_window_return_focus (AccDeskWindow *self, AccDeskLetter *letter)
{
  if (is_open (self, acc_desk_letter_get_record (letter)->number))
    acc_decision_pane_take_focus (ACC_DECISION_PANE (self->decision));
}

/* The letter after a step. NULL where it failed: then what is open is opened again, as somebody else may have changed it. */
AccDeskLetter *
acc_desk_window_end_step (AccDeskWindow *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_letter_finish (self->session, result, &error);

  self->busy = FALSE;
  if (is_somebody_elses (self))
    g_clear_object (&letter);
  else if (letter == NULL)
    acc_desk_window_tell_unsent (self, error);
  if (letter != NULL && is_open (self, acc_desk_letter_get_record (letter)->number))
    acc_desk_window_adopt_letter (self, letter);
  else if (letter == NULL && self->draft != NULL)
    acc_desk_window_open_letter (
      self, acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->number, TRUE);
  acc_desk_window_refresh (self, TRUE);
  acc_desk_window_update (self);
  return g_steal_pointer (&letter);
}

/* What was done just now, while it can be taken back. */
static void
show_move (AccDeskWindow *self)
{
  AccDeskFacts facts;
  g_autofree char *note = NULL;

  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  note = facts.state == ACC_STATE_WAITING ? g_strdup (_ ("The letter waits again.")) : acc_desk_state_note (&facts);
  acc_desk_window_show_toast_to_undo (self, note);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);

  if (letter == NULL)
    {
      acc_desk_window_forget_undo (self);
      return;
    }
  if (acc_desk_letter_get_record (letter)->state == ACC_STATE_WAITING)
    acc_desk_window_forget_words (self, letter, ACC_PANEL_REOPEN);
  if (!is_open (self, acc_desk_letter_get_record (letter)->number))
    return;
  acc_decision_pane_take_focus (ACC_DECISION_PANE (self->decision));
  if (acc_desk_window_may_undo (self))
    show_move (self);
}

static void
decide (AccDeskWindow *self, AccMove move, const char *reason)
{
  AccDeskOrder *order = acc_review_draft_order (self->draft, move, FALSE);

  order->reason = g_strdup (reason);
  acc_desk_window_begin_step (self);
  acc_desk_window_note_undo (self, move);
  acc_desk_session_decide_async (self->session, order, on_moved, g_object_ref (self));
}

static void
claim (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  decide (self, ACC_MOVE_CLAIM, NULL);
}

static void
release (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  decide (self, ACC_MOVE_RELEASE, NULL);
}

static void
free_letter (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  decide (self, ACC_MOVE_FREE, NULL);
}

/* The reason is that of the step before, where the move needs one: what was held is held for the same. */
static void
undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;
  AccMove move = self->undo;
  g_autofree char *reason = g_steal_pointer (&self->undo_reason);

  decide (self, move, reason != NULL && reason[0] != '\0' ? reason : NULL);
}

/* ---- routing ---- */

/* What was begun is done: nothing of the banker's own would be lost now. */
static void
forget_covers (AccDeskWindow *self, AccDeskLetter *letter)
{
  AccReviewDraft *draft = g_hash_table_lookup (self->drafts, acc_desk_letter_get_record (letter)->number);

  if (draft != NULL)
    acc_review_draft_forget_covers (draft);
}

/* Who presses it once more reads another sentence than that which stands there already. */
static char *
describe_sending (AccDeskLetter *letter)
{
  guint n = acc_desk_letter_get_deliveries (letter)->len;

  if (acc_desk_letter_get_record (letter)->state != ACC_STATE_APPROVED)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Routed to %u person", "Routed to %u people", n), n);
  return g_strdup (acc_desk_window_is_being_sent (letter)
                     ? _ ("Approved. It is being sent.")
                     : _ ("Not sent yet. It is tried again by itself, and at once with “Try now”."));
}

static void
on_routed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);
  g_autofree char *text = NULL;

  if (letter == NULL)
    return;
  text = describe_sending (letter);
  acc_desk_window_show_toast (self, text);
  forget_covers (self, letter);
  acc_desk_window_return_focus (self, letter);
}

static void
approve_and_route (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;
  AccDeskFacts facts;

  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  acc_desk_window_begin_step (self);
  acc_desk_session_route_async (self->session, acc_review_draft_order (self->draft, ACC_MOVE_APPROVE, !facts.prepared),
                                on_routed, g_object_ref (self));
}

/* ---- declining ---- */

static void
on_letter_declined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);

  if (letter == NULL)
    {
      acc_desk_window_forget_undo (self);
      return;
    }
  acc_desk_window_forget_words (self, letter, ACC_PANEL_DECLINE);
  if (acc_desk_window_may_undo (self))
    acc_desk_window_show_toast_to_undo (self, _ ("Declined. The letter is kept with your reason."));
  else
    acc_desk_window_show_toast (self, _ ("Declined. The letter is kept with your reason."));
  acc_desk_window_return_focus (self, letter);
}

void
acc_desk_window_decline (AccDeskWindow *self, const char *reason)
{
  AccDeskOrder *order = acc_review_draft_order (self->draft, ACC_MOVE_DECLINE, FALSE);

  order->reason = g_strdup (reason);
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  acc_desk_window_begin_step (self);
  acc_desk_window_note_undo (self, ACC_MOVE_DECLINE);
  acc_desk_session_decide_async (self->session, order, on_letter_declined, g_object_ref (self));
}

static void
ask_reason (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;

  acc_decision_pane_ask_reason (ACC_DECISION_PANE (self->decision), FALSE);
  acc_desk_window_update (self);
}

void
acc_desk_window_reopen (AccDeskWindow *self, const char *reason)
{
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  decide (self, ACC_MOVE_REOPEN, reason);
}

static void
ask_to_reopen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;

  acc_decision_pane_ask_reason (ACC_DECISION_PANE (self->decision), TRUE);
  acc_desk_window_update (self);
}

/* ---- taking words out ---- */

static void
on_words_taken_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);

  if (letter == NULL)
    return;
  if (acc_desk_edition_find_black_out (letter) != NULL)
    acc_desk_window_forget_words (self, letter, ACC_PANEL_BLACK_OUT);
  acc_desk_window_show_toast (self, acc_desk_edition_find_black_out (letter) != NULL
                                      ? _ ("What leaves the branch is without these words now.")
                                      : _ ("All of the letter leaves the branch again."));
  acc_desk_window_return_focus (self, letter);
}

void
acc_desk_window_black_out (AccDeskWindow *self)
{
  AccBlackOutPanel *panel = acc_decision_pane_get_black_out (ACC_DECISION_PANE (self->decision));
  AccDeskOrder *order = acc_review_draft_order (self->draft, ACC_MOVE_BLACK_OUT, FALSE);
  g_autoptr (GArray) passages = acc_black_out_panel_dup_passages (panel);

  order->reason = acc_black_out_panel_dup_reason (panel);
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  acc_desk_window_begin_step (self);
  acc_desk_session_black_out_async (self->session, order, passages, on_words_taken_out, g_object_ref (self));
}

static void
ask_passages (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;
  g_autofree char *selected = acc_letter_pane_dup_selection (ACC_LETTER_PANE (self->letter));

  acc_decision_pane_ask_passages (ACC_DECISION_PANE (self->decision), selected);
  acc_desk_window_update (self);
}

static void
restore (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;

  acc_desk_window_begin_step (self);
  acc_desk_session_black_out_async (self->session, acc_review_draft_order (self->draft, ACC_MOVE_RESTORE, FALSE), NULL,
                                    on_words_taken_out, g_object_ref (self));
}

static void
show_large_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  acc_letter_pane_toggle_large_print (ACC_LETTER_PANE (((AccDeskWindow *) data)->letter));
}

static void
show_passage (GSimpleAction *action, GVariant *target, gpointer data)
{
  const AccPassage passage = acc_letter_passages_from_target (target);

  acc_letter_pane_show_passage (ACC_LETTER_PANE (((AccDeskWindow *) data)->letter), &passage);
}

static void
find_in_letter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  acc_letter_pane_find (ACC_LETTER_PANE (((AccDeskWindow *) data)->letter));
}

/* ---- going on ---- */

static void
step (AccDeskWindow *self, int direction)
{
  if (acc_queue_pane_step (ACC_QUEUE_PANE (self->queue), direction))
    acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
  else
    acc_desk_window_show_toast (self, direction > 0 ? _ ("This is the last letter of the list.")
                                                    : _ ("This is the first letter of the list."));
}

static void
go_next (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  step (self, 1);
}

static void
go_previous (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  step (self, -1);
}

static void
go_to_pane (AccDeskWindow *self, int direction)
{
  GtkWidget *const panes[] = { self->queue, self->letter, self->decision };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint n = G_N_ELEMENTS (panes);
  guint here = direction > 0 ? n - 1 : 0;

  for (guint i = 0; i < n; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
      here = i;
  here = (here + n + direction) % n;
  if (panes[here] == self->decision)
    acc_decision_pane_take_focus (ACC_DECISION_PANE (self->decision));
  else if (panes[here] == self->queue)
    acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
  else
    acc_letter_pane_take_focus (ACC_LETTER_PANE (self->letter));
}

static void
go_to_next_pane (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  go_to_pane (self, 1);
}

static void
go_to_previous_pane (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  go_to_pane (self, -1);
}

static void
search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;

  acc_queue_pane_begin_search (ACC_QUEUE_PANE (self->queue));
}

static void
show_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  acc_desk_window_open_shortcuts (self);
}

static void
prepare (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  acc_desk_window_prepare (self);
}

static void
open_directory (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  acc_desk_window_open_directory (self);
}

static void
open_notebook (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  acc_desk_window_open_notebook (self);
}

/* ---- signing out ---- */

/* Nobody asks for the covers of a letter that was declined, but they are there again if that is taken back. */
static gboolean
is_wanted (AccReviewDraft *draft)
{
  return acc_review_draft_is_edited (draft)
         && acc_desk_letter_get_record (acc_review_draft_get_letter (draft))->state != ACC_STATE_DECLINED;
}

/* A letter whose covers the banker has begun to write and not sent. */
static AccReviewDraft *
find_edited (AccDeskWindow *self)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    if (is_wanted (draft))
      return draft;
  return NULL;
}

static void
on_sign_out_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  gboolean yes = acc_ask_finish (ACC_ASK (source), result, NULL);

  if (self->disposed)
    return;
  self->busy = FALSE;
  if (yes)
    acc_desk_window_leave (self);
  else
    acc_desk_window_update (self);
}

static void
sign_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AccDeskWindow *self = data;
  g_autofree char *explanation = NULL;
  AccQuestion question = { 0 };
  AccReviewDraft *edited;

  acc_decision_pane_keep_words (ACC_DECISION_PANE (self->decision));
  edited = find_edited (self);
  if (edited == NULL)
    {
      acc_desk_window_leave (self);
      return;
    }
  explanation = g_strdup_printf (_ ("What you wrote for the letter to %s is not kept."),
                                 acc_review_draft_get_addressee (edited, 0)->name);
  question.question = _ ("Sign out?");
  question.explanation = explanation;
  question.yes = _ ("Sign out");
  question.no = _ ("Stay here");
  self->busy = TRUE;
  acc_desk_window_update (self);
  acc_ask_async (ACC_ASK (self->ask), &question, NULL, on_sign_out_answered, g_object_ref (self));
}

/* ---- the actions ---- */

static const GActionEntry review_entries[] = {
  { .name = "claim", .activate = claim },
  { .name = "release", .activate = release },
  { .name = "free", .activate = free_letter },
  { .name = "approve-and-route", .activate = approve_and_route },
  { .name = "decline", .activate = ask_reason },
  { .name = "reopen", .activate = ask_to_reopen },
  { .name = "black-out", .activate = ask_passages },
  { .name = "restore", .activate = restore },
  { .name = "large-print", .activate = show_large_print },
  { .name = "show-passage", .activate = show_passage, .parameter_type = ACC_LETTER_PASSAGE_TYPE },
  { .name = "find", .activate = find_in_letter },
  { .name = "undo", .activate = undo },
  { .name = "next", .activate = go_next },
  { .name = "previous", .activate = go_previous },
};

static const GActionEntry desk_entries[] = {
  { .name = "search", .activate = search },
  { .name = "shortcuts", .activate = show_shortcuts },
  { .name = "prepare", .activate = prepare },
  { .name = "directory", .activate = open_directory },
  { .name = "notebook", .activate = open_notebook },
  { .name = "sign-out", .activate = sign_out },
  { .name = "next-pane", .activate = go_to_next_pane },
  { .name = "previous-pane", .activate = go_to_previous_pane },
};

void
acc_desk_window_install_actions (AccDeskWindow *self)
{
  self->review = g_simple_action_group_new ();
  self->desk = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->review), review_entries, G_N_ELEMENTS (review_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->desk), desk_entries, G_N_ELEMENTS (desk_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "review", G_ACTION_GROUP (self->review));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "desk", G_ACTION_GROUP (self->desk));
}

void
acc_desk_window_update_actions (AccDeskWindow *self)
{
  gboolean signed_in = acc_desk_session_get_banker (self->session) != NULL;
  gboolean away = acc_desk_window_is_away (self);
  gboolean asking = away || acc_decision_pane_is_asking (ACC_DECISION_PANE (self->decision));
  gboolean busy = self->busy || asking || self->opening != NULL;
  AccDeskFacts facts = { .banker = acc_desk_session_get_banker (self->session), .busy = busy };
  AccDeskState state;
  gboolean claim_first;

  if (self->draft != NULL)
    acc_review_draft_get_facts (self->draft, busy, &facts);
  acc_desk_state (&facts, &state);
  const struct {
    GSimpleActionGroup *group;
    const char *name;
    gboolean enabled;
  } rows[] = {
    { self->review, "claim", state.can_claim },
    { self->review, "release", state.can_release },
    { self->review, "free", state.can_free },
    { self->review, "approve-and-route", state.can_route },
    { self->review, "decline", state.can_decline },
    { self->review, "reopen", !busy && acc_desk_state_may (&facts, ACC_MOVE_REOPEN, &claim_first) },
    { self->review, "black-out", !busy && acc_desk_state_may (&facts, ACC_MOVE_BLACK_OUT, &claim_first) },
    { self->review, "restore", !busy && acc_desk_state_may (&facts, ACC_MOVE_RESTORE, &claim_first)
                                 && acc_desk_edition_find_black_out (acc_review_draft_get_letter (self->draft)) != NULL },
    { self->review, "large-print", self->draft != NULL && !away },
    { self->review, "show-passage", self->draft != NULL && !away },
    { self->review, "find", self->draft != NULL && !away },
    { self->review, "undo", !busy && signed_in && acc_desk_window_may_undo (self) },
    { self->review, "next", signed_in && !self->busy && !asking },
    { self->review, "previous", signed_in && !self->busy && !asking },
    { self->desk, "search", signed_in && !away },
    { self->desk, "shortcuts", !self->busy && self->shortcuts_over == NULL },
    { self->delivery, "try-now", signed_in && !busy },
    { self->delivery, "send-again", signed_in && !busy },
    { self->delivery, "mark-as-sent", signed_in && !busy },
    { self->delivery, "heard-back", signed_in && !busy },
    { self->delivery, "pass-on", signed_in && !busy },
    { self->delivery, "next-level", signed_in && !busy },
    { self->delivery, "leave", signed_in && !busy },
    { self->review, "heard-back", signed_in && !busy && acc_desk_window_may_hear (self) },
    { self->desk, "prepare", signed_in && !self->busy && !away },
    { self->desk, "directory", signed_in && !self->busy && !away },
    { self->desk, "notebook",
      signed_in && !self->busy && self->notebook_over == NULL && self->shortcuts_over == NULL },
    { self->desk, "sign-out", signed_in && !self->busy },
    { self->desk, "next-pane", signed_in && !away },
    { self->desk, "previous-pane", signed_in && !away },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (rows[i].group), rows[i].name)), rows[i].enabled);
}
