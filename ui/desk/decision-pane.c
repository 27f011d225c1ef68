/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/decision-pane.h"

#include <string.h>

#include "base/text.h"
#include "desk/decision-foot.h"
#include "desk/decline-panel.h"
#include "desk/desk-edition.h"
#include "desk/letter-passages.h"
#include "desk/outcome-view.h"
#include "desk/review-form.h"
#include "desk/words.h"
#include "kit/focus-in-view.h"

struct _AccDecisionPane {
  GtkWidget parent;
  GtkWidget *pages, *decline, *black_out, *heard, *pass, *next_level;
  GtkWidget *note, *claim, *release;
  GtkWidget *scroller, *form, *outcome, *apart_section, *apart, *held_for;
  GtkWidget *black_out_note, *black_out_where, *restore, *foot;

  AccReviewDraft *draft;
  char *begun_as; /* where the words are kept with which the panel was opened that is open, or was last */
};

G_DEFINE_FINAL_TYPE (AccDecisionPane, acc_decision_pane, GTK_TYPE_WIDGET)

enum { DECLINED, REOPENED, BLACK_OUT, HEARD, PASSED_ON, NEXT_SENT, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

/* Whether what leaves is not all of the letter, and may be changed again. */
static void
update_black_out (AccDecisionPane *self, const AccDeskFacts *facts)
{
  AccDeskLetter *letter = acc_review_draft_get_letter (self->draft);
  const AccDecision *black_out = acc_desk_edition_find_black_out (letter);
  gboolean claim_first;

  gtk_widget_set_visible (self->black_out_note, black_out != NULL);
  if (black_out != NULL)
    {
      g_autoptr (GArray) passages
        = acc_passages_from_text (acc_desk_letter_get_letter (letter), black_out->passages, NULL);
      g_autofree char *where = passages != NULL ? acc_letter_passages_describe (passages) : g_strdup ("");
      g_autofree char *text = g_strjoin ("\n", where, black_out->reason, NULL);

      show_label (self->black_out_where, text);
    }
  gtk_widget_set_visible (self->restore, black_out != NULL && acc_desk_state_may (facts, ACC_MOVE_RESTORE, &claim_first));
}

static void
update_verbs (AccDecisionPane *self, const AccDeskFacts *facts, const AccDeskState *state)
{
  g_autofree char *note = acc_desk_state_note (facts);
  AccDeskFacts idle_facts = *facts;
  AccDeskState idle;

  /* What is offered stays in its place while a step is under way; it only cannot be pressed. */
  idle_facts.busy = FALSE;
  acc_desk_state (&idle_facts, &idle);
  gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->claim, idle.can_claim);
  gtk_widget_set_visible (self->release, idle.can_release);
  acc_decision_foot_update (ACC_DECISION_FOOT (self->foot), &idle_facts, state);
  update_black_out (self, &idle_facts);
}

static void
update_widgets (AccDecisionPane *self, gboolean busy, const char *problem)
{
  AccDeskLetter *letter = acc_review_draft_get_letter (self->draft);
  g_autofree char *held_for = acc_words_isolate_quotation (acc_desk_letter_get_held_for (letter));
  const char *apart = acc_letter_get_fields (acc_desk_letter_get_letter (letter))->apart;
  AccDeskFacts facts;
  AccDeskState state;

  acc_review_draft_get_facts (self->draft, busy, &facts);
  acc_desk_state (&facts, &state);
  acc_review_form_update (ACC_REVIEW_FORM (self->form), &facts, state.editable);
  acc_outcome_view_set_letter (ACC_OUTCOME_VIEW (self->outcome), letter);
  gtk_widget_set_visible (self->form, state.show_work);
  gtk_widget_set_visible (self->outcome, state.show_outcome);
  show_label (self->held_for, held_for);
  gtk_widget_set_visible (self->apart_section, apart[0] != '\0');
  gtk_label_set_text (GTK_LABEL (self->apart), apart);
  update_verbs (self, &facts, &state);
  if (problem != NULL && state.show_outcome && acc_outcome_view_tells (ACC_OUTCOME_VIEW (self->outcome), problem))
    problem = NULL;
  acc_decision_foot_set_problem (ACC_DECISION_FOOT (self->foot), problem);
}

gboolean
acc_decision_pane_tells (AccDecisionPane *self, const char *reason)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self) && reason != NULL, FALSE);
  return gtk_widget_get_visible (self->outcome) && acc_outcome_view_tells (ACC_OUTCOME_VIEW (self->outcome), reason);
}

/* Nothing of a letter stays where nobody may read it. */
static void
forget_letter (AccDecisionPane *self)
{
  GtkWidget *const labels[] = { self->note, self->held_for, self->apart, self->black_out_where };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_text (GTK_LABEL (labels[i]), "");
  acc_outcome_view_set_letter (ACC_OUTCOME_VIEW (self->outcome), NULL);
  acc_decision_foot_set_problem (ACC_DECISION_FOOT (self->foot), NULL);
}

void
acc_decision_pane_update (AccDecisionPane *self, AccReviewDraft *draft, gboolean busy, const char *problem)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self));
  if (g_set_object (&self->draft, draft))
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->pages), draft != NULL ? "letter" : "none");
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
      acc_review_form_set_draft (ACC_REVIEW_FORM (self->form), draft);
      if (draft == NULL)
        forget_letter (self);
    }
  if (draft != NULL)
    update_widgets (self, busy, problem);
}

/* Whether @page is still asked for. A button is pressed a quarter of a second after its key: whoever was quick has gone back,
 * or away, by then, and nothing is done. */
static gboolean
is_asked (AccDecisionPane *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), page) == 0;
}

/* ---- what was begun ---- */

/* What was said by one, and what is written to one, is not another's. */
static char *
dup_kept_for (const char *panel, guint position)
{
  return g_strdup_printf ("%s %u", panel, position);
}

char *
acc_decision_pane_dup_kept_as (AccDecisionPane *self)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), NULL);
  if (is_asked (self, "heard"))
    return dup_kept_for (ACC_PANEL_HEARD, acc_heard_panel_get_position (ACC_HEARD_PANEL (self->heard)));
  if (is_asked (self, "next-level"))
    return dup_kept_for (ACC_PANEL_NEXT, acc_next_panel_get_next (ACC_NEXT_PANEL (self->next_level))->position);
  if (is_asked (self, "black-out"))
    return g_strdup (ACC_PANEL_BLACK_OUT);
  if (!is_asked (self, "decline"))
    return NULL;
  return g_strdup (acc_decline_panel_is_reopening (ACC_DECLINE_PANEL (self->decline)) ? ACC_PANEL_REOPEN
                                                                                      : ACC_PANEL_DECLINE);
}

static char *
dup_written (AccDecisionPane *self)
{
  if (is_asked (self, "heard"))
    return acc_heard_panel_dup_words (ACC_HEARD_PANEL (self->heard));
  if (is_asked (self, "next-level"))
    return acc_next_panel_dup_edited (ACC_NEXT_PANEL (self->next_level));
  if (is_asked (self, "black-out"))
    return acc_black_out_panel_dup_reason (ACC_BLACK_OUT_PANEL (self->black_out));
  return acc_decline_panel_dup_words (ACC_DECLINE_PANEL (self->decline));
}

static const char *
get_passages (AccDecisionPane *self)
{
  const AccDecision *before = acc_desk_edition_find_black_out (acc_review_draft_get_letter (self->draft));

  return before != NULL ? before->passages : "";
}

/* What is marked goes with the reason; not where it is marked in what leaves already. */
static void
keep_passages (AccDecisionPane *self)
{
  g_autoptr (GArray) passages = acc_black_out_panel_dup_passages (ACC_BLACK_OUT_PANEL (self->black_out));
  g_autofree char *text = passages != NULL ? acc_passages_to_text (passages) : g_strdup ("");

  acc_review_draft_set_words (self->draft, ACC_PANEL_PASSAGES, strcmp (text, get_passages (self)) != 0 ? text : NULL);
}

/* What is chosen from a list goes with the words: the day with what was said on it, the reason with why. */
static void
keep_choice (AccDecisionPane *self, const char *words)
{
  g_autofree char *kept_as = g_strconcat (self->begun_as, ": chosen", NULL);
  const char *chosen = "";

  if (!acc_text_is_blank (words) && is_asked (self, "heard"))
    chosen = acc_heard_panel_get_day (ACC_HEARD_PANEL (self->heard));
  else if (!acc_text_is_blank (words) && is_asked (self, "decline"))
    chosen = acc_decline_panel_get_reason (ACC_DECLINE_PANEL (self->decline));
  acc_review_draft_set_words (self->draft, kept_as, chosen);
}

void
acc_decision_pane_keep_words (AccDecisionPane *self)
{
  g_autofree char *kept_as = acc_decision_pane_dup_kept_as (self);
  g_autofree char *words = NULL;

  g_return_if_fail (ACC_IS_DECISION_PANE (self));
  if (kept_as == NULL || self->draft == NULL)
    return;
  words = dup_written (self);
  if (self->begun_as != NULL)
    acc_review_draft_forget_words (self->draft, self->begun_as); /* it may have become another's */
  acc_review_draft_set_words (self->draft, kept_as, words);
  g_free (self->begun_as);
  self->begun_as = g_steal_pointer (&kept_as);
  if (is_asked (self, "black-out"))
    keep_passages (self);
  keep_choice (self, words);
}

/* What was begun in the panel that is open now; NULL: nothing. */
static const char *
find_begun (AccDecisionPane *self)
{
  g_free (self->begun_as);
  self->begun_as = acc_decision_pane_dup_kept_as (self);
  return acc_review_draft_get_words (self->draft, self->begun_as);
}

static const char *
or_empty (const char *words)
{
  return words != NULL ? words : "";
}

/* The same of the list in it; "": nothing. */
static const char *
find_begun_choice (AccDecisionPane *self)
{
  g_autofree char *kept_as = g_strconcat (self->begun_as, ": chosen", NULL);

  return or_empty (acc_review_draft_get_words (self->draft, kept_as));
}

/* Whoever goes back wants none of it. */
static void
go_back (AccDecisionPane *self)
{
  g_autofree char *kept_as = acc_decision_pane_dup_kept_as (self);

  acc_decision_pane_stop_asking (self);
  if (kept_as != NULL && self->draft != NULL)
    acc_review_draft_forget_words (self->draft, kept_as);
  g_signal_emit (self, signals[CLOSED], 0);
}

AccMove
acc_decision_pane_get_asked (AccDecisionPane *self)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), ACC_MOVE_N);
  if (is_asked (self, "black-out"))
    return ACC_MOVE_BLACK_OUT;
  if (!is_asked (self, "decline"))
    return ACC_MOVE_N;
  return acc_decline_panel_is_reopening (ACC_DECLINE_PANEL (self->decline)) ? ACC_MOVE_REOPEN : ACC_MOVE_DECLINE;
}

/* ---- declining ---- */

static void
on_declined (AccDecisionPane *self, const char *reason)
{
  if (is_asked (self, "decline"))
    g_signal_emit (self, signals[DECLINED], 0, reason);
}

static void
on_reopened (AccDecisionPane *self, const char *reason)
{
  if (is_asked (self, "decline"))
    g_signal_emit (self, signals[REOPENED], 0, reason);
}

static void
on_decline_closed (AccDecisionPane *self)
{
  go_back (self);
  acc_decision_foot_focus_decline (ACC_DECISION_FOOT (self->foot));
}

void
acc_decision_pane_ask_reason (AccDecisionPane *self, gboolean reopening)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self) && self->draft != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "decline");
  acc_decline_panel_begin (ACC_DECLINE_PANEL (self->decline), reopening);
  acc_decline_panel_set_words (ACC_DECLINE_PANEL (self->decline), or_empty (find_begun (self)));
  acc_decline_panel_set_reason (ACC_DECLINE_PANEL (self->decline), find_begun_choice (self));
}

/* ---- taking words out ---- */

static void
on_blacked_out (AccDecisionPane *self)
{
  if (is_asked (self, "black-out"))
    g_signal_emit (self, signals[BLACK_OUT], 0);
}

static void
on_black_out_closed (AccDecisionPane *self)
{
  go_back (self);
  acc_decision_foot_focus_black_out (ACC_DECISION_FOOT (self->foot));
}

void
acc_decision_pane_ask_passages (AccDecisionPane *self, const char *selected)
{
  AccLetter *letter;
  const char *passages;

  g_return_if_fail (ACC_IS_DECISION_PANE (self) && self->draft != NULL);
  letter = acc_desk_letter_get_letter (acc_review_draft_get_letter (self->draft));
  passages = acc_review_draft_get_words (self->draft, ACC_PANEL_PASSAGES);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "black-out");
  acc_black_out_panel_begin (ACC_BLACK_OUT_PANEL (self->black_out), letter,
                             passages != NULL ? passages : get_passages (self), selected);
  acc_black_out_panel_set_reason (ACC_BLACK_OUT_PANEL (self->black_out), or_empty (find_begun (self)));
}

AccBlackOutPanel *
acc_decision_pane_get_black_out (AccDecisionPane *self)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), NULL);
  return ACC_BLACK_OUT_PANEL (self->black_out);
}

/* ---- receipts ---- */

static void
on_heard (AccDecisionPane *self)
{
  if (is_asked (self, "heard"))
    g_signal_emit (self, signals[HEARD], 0);
}

static void
on_passed_on (AccDecisionPane *self)
{
  if (is_asked (self, "pass"))
    g_signal_emit (self, signals[PASSED_ON], 0);
}

static void
on_next_sent (AccDecisionPane *self)
{
  if (is_asked (self, "next-level"))
    g_signal_emit (self, signals[NEXT_SENT], 0);
}

static void
on_receipt_closed (AccDecisionPane *self)
{
  go_back (self);
  acc_decision_foot_take_focus (ACC_DECISION_FOOT (self->foot));
}

/* Of whom something was begun to be written; 0: of nobody. */
static guint
find_begun_position (AccDecisionPane *self)
{
  GPtrArray *deliveries = acc_desk_letter_get_deliveries (acc_review_draft_get_letter (self->draft));

  for (guint i = 0; i < deliveries->len; i++)
    {
      guint position = ((const AccDelivery *) g_ptr_array_index (deliveries, i))->position;
      g_autofree char *kept_as = dup_kept_for (ACC_PANEL_HEARD, position);

      if (acc_review_draft_get_words (self->draft, kept_as) != NULL)
        return position;
    }
  return 0;
}

void
acc_decision_pane_ask_heard (AccDecisionPane *self, guint position)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self) && self->draft != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "heard");
  acc_heard_panel_begin (ACC_HEARD_PANEL (self->heard), acc_review_draft_get_letter (self->draft),
                         position != 0 ? position : find_begun_position (self));
  acc_heard_panel_set_words (ACC_HEARD_PANEL (self->heard), or_empty (find_begun (self)));
  acc_heard_panel_set_day (ACC_HEARD_PANEL (self->heard), find_begun_choice (self));
}

AccHeardPanel *
acc_decision_pane_get_heard (AccDecisionPane *self)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), NULL);
  return ACC_HEARD_PANEL (self->heard);
}

void
acc_decision_pane_show_passing (AccDecisionPane *self, const AccPassing *passing, guint sequence)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self) && self->draft != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "pass");
  acc_pass_panel_begin (ACC_PASS_PANEL (self->pass), passing, sequence);
}

AccPassPanel *
acc_decision_pane_get_pass (AccDecisionPane *self)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), NULL);
  return ACC_PASS_PANEL (self->pass);
}

void
acc_decision_pane_ask_next (AccDecisionPane *self, AccDeskNext *next, const AccBanker *banker, AccNamed named)
{
  const char *begun;

  g_return_if_fail (ACC_IS_DECISION_PANE (self) && self->draft != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "next-level");
  acc_next_panel_begin (ACC_NEXT_PANEL (self->next_level), next, banker, named);
  begun = find_begun (self);
  if (begun != NULL)
    acc_next_panel_set_paragraph (ACC_NEXT_PANEL (self->next_level), begun);
}

AccNextPanel *
acc_decision_pane_get_next (AccDecisionPane *self)
{
  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), NULL);
  return ACC_NEXT_PANEL (self->next_level);
}

void
acc_decision_pane_set_silences (AccDecisionPane *self, GPtrArray *silences)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self));
  acc_outcome_view_set_silences (ACC_OUTCOME_VIEW (self->outcome), silences);
}

void
acc_decision_pane_stop_asking (AccDecisionPane *self)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self));
  acc_decision_pane_keep_words (self);
  acc_decline_panel_end (ACC_DECLINE_PANEL (self->decline));
  acc_black_out_panel_end (ACC_BLACK_OUT_PANEL (self->black_out));
  acc_heard_panel_end (ACC_HEARD_PANEL (self->heard));
  acc_pass_panel_end (ACC_PASS_PANEL (self->pass));
  acc_next_panel_end (ACC_NEXT_PANEL (self->next_level));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), self->draft != NULL ? "letter" : "none");
}

gboolean
acc_decision_pane_is_asking (AccDecisionPane *self)
{
  static const char *const asking[] = { "decline", "black-out", "heard", "pass", "next-level", NULL };
  const char *page;

  g_return_val_if_fail (ACC_IS_DECISION_PANE (self), FALSE);
  page = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));
  return page != NULL && g_strv_contains (asking, page);
}

void
acc_decision_pane_take_focus (AccDecisionPane *self)
{
  g_return_if_fail (ACC_IS_DECISION_PANE (self));
  if (!acc_review_form_take_focus (ACC_REVIEW_FORM (self->form)))
    acc_decision_foot_take_focus (ACC_DECISION_FOOT (self->foot));
}

/* ---- the object ---- */

static void
acc_decision_pane_dispose (GObject *object)
{
  AccDecisionPane *self = ACC_DECISION_PANE (object);

  g_clear_pointer (&self->pages, gtk_widget_unparent);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->begun_as, g_free);
  G_OBJECT_CLASS (acc_decision_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, AccDecisionPane, pages);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, decline);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, heard);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, pass);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, next_level);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, note);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, claim);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, release);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, scroller);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, form);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, outcome);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, apart_section);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, apart);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, held_for);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, black_out);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, black_out_note);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, black_out_where);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, restore);
  gtk_widget_class_bind_template_child (class, AccDecisionPane, foot);
}

static void
acc_decision_pane_class_init (AccDecisionPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_decision_pane_dispose;
  g_type_ensure (ACC_TYPE_BLACK_OUT_PANEL);
  g_type_ensure (ACC_TYPE_DECISION_FOOT);
  g_type_ensure (ACC_TYPE_DECLINE_PANEL);
  g_type_ensure (ACC_TYPE_HEARD_PANEL);
  g_type_ensure (ACC_TYPE_NEXT_PANEL);
  g_type_ensure (ACC_TYPE_OUTCOME_VIEW);
  g_type_ensure (ACC_TYPE_PASS_PANEL);
  g_type_ensure (ACC_TYPE_REVIEW_FORM);
  signals[REOPENED] = g_signal_new ("reopened", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DECLINED] = g_signal_new ("declined", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[BLACK_OUT] = g_signal_new ("black-out", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[HEARD]
    = g_signal_new ("heard", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PASSED_ON]
    = g_signal_new ("passed-on", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEXT_SENT]
    = g_signal_new ("next-sent", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_DECISION_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/decision-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_declined);
  gtk_widget_class_bind_template_callback (widget_class, on_reopened);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_heard);
  gtk_widget_class_bind_template_callback (widget_class, on_passed_on);
  gtk_widget_class_bind_template_callback (widget_class, on_next_sent);
  gtk_widget_class_bind_template_callback (widget_class, on_receipt_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_blacked_out);
  gtk_widget_class_bind_template_callback (widget_class, on_black_out_closed);
}

static void
acc_decision_pane_init (AccDecisionPane *self)
{
  GtkWidget *page;

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_focus_in_view_keep (GTK_SCROLLED_WINDOW (self->scroller));
  for (page = gtk_widget_get_first_child (self->pages); page != NULL; page = gtk_widget_get_next_sibling (page))
    if (GTK_IS_SCROLLED_WINDOW (page))
      acc_focus_in_view_keep (GTK_SCROLLED_WINDOW (page));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "none");
}
