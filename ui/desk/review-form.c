/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/review-form.h"

#include <glib/gi18n-lib.h>

#include "desk/check-card.h"
#include "desk/cover-editor.h"
#include "desk/entry-row.h"
#include "desk/person-chooser.h"
#include "review/checks.h"

struct _AccReviewForm {
  GtkWidget parent;
  GtkWidget *people, *plan_section, *recipients, *gaps, *checks_section, *checks, *cover;

  AccReviewDraft *draft;
  AccPlan *shown_plan; /* what the rows were made from */
  GPtrArray *shown_checks;
  guint recipient;     /* whose cover is shown */
  gboolean editable, updating;
};

G_DEFINE_FINAL_TYPE (AccReviewForm, acc_review_form, GTK_TYPE_WIDGET)

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The recipient whose cover was shown keeps being shown where the new plan has them too. */
static guint
find_recipient (AccPlan *plan, AccPlan *before, guint recipient)
{
  if (before == NULL || recipient >= acc_plan_get_n_recipients (before))
    return 0;
  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    if (strcmp (acc_plan_get_recipient (plan, i)->person->id,
                acc_plan_get_recipient (before, recipient)->person->id) == 0)
      return i;
  return 0;
}

static void
empty_plan (AccReviewForm *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->recipients)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->recipients), row);
  empty_box (self->gaps);
}

static void
build_plan (AccReviewForm *self, AccPlan *plan)
{
  GtkListBox *list = GTK_LIST_BOX (self->recipients);

  self->recipient = find_recipient (plan, self->shown_plan, self->recipient);
  empty_plan (self);
  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);

      gtk_list_box_append (list, acc_entry_row_new (recipient->person->name, recipient->why,
                                                    acc_review_draft_get_door (self->draft, i)));
    }
  for (guint i = 0; i < acc_plan_get_n_gaps (plan); i++)
    gtk_box_append (GTK_BOX (self->gaps), acc_check_card_new (acc_plan_get_gap (plan, i), "", FALSE));
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, self->recipient));
  g_set_object (&self->shown_plan, plan);
}

static void
on_offer_taken (AccReviewForm *self, const char *words)
{
  acc_review_draft_add_words (self->draft, self->recipient, words);
}

static GtkWidget *
make_card (AccReviewForm *self, const AccCheckResult *check)
{
  GtkWidget *card = acc_check_card_new (check->sentence, check->advice, check->weight == ACC_CHECK_STOPS);

  if (check->field != ACC_FIELD_NONE)
    acc_check_card_set_passage (ACC_CHECK_CARD (card), &(AccPassage){ check->field, check->start, check->end });
  if (check->offer == NULL)
    return card;
  acc_check_card_set_offer (ACC_CHECK_CARD (card), check->offer);
  g_signal_connect_object (card, "offer-taken", G_CALLBACK (on_offer_taken), self, G_CONNECT_SWAPPED);
  return card;
}

static gboolean
is_same_check (const AccCheckResult *first, const AccCheckResult *second)
{
  return first->weight == second->weight && strcmp (first->sentence, second->sentence) == 0
         && strcmp (first->advice, second->advice) == 0 && g_strcmp0 (first->offer, second->offer) == 0
         && first->field == second->field && first->start == second->start && first->end == second->end;
}

static gboolean
are_same_checks (GPtrArray *first, GPtrArray *second)
{
  if (first == NULL || first->len != second->len)
    return FALSE;
  for (guint i = 0; i < first->len; i++)
    if (!is_same_check (g_ptr_array_index (first, i), g_ptr_array_index (second, i)))
      return FALSE;
  return TRUE;
}

/* Cards that say what they said stay, with whatever has the focus in them. */
static void
build_checks (AccReviewForm *self, GPtrArray *checks)
{
  gboolean same = are_same_checks (self->shown_checks, checks);

  g_clear_pointer (&self->shown_checks, g_ptr_array_unref);
  self->shown_checks = g_ptr_array_ref (checks);
  if (same)
    return;
  empty_box (self->checks);
  for (guint i = 0; i < checks->len; i++)
    gtk_box_append (GTK_BOX (self->checks), make_card (self, g_ptr_array_index (checks, i)));
  gtk_widget_set_visible (self->checks_section, checks->len > 0);
}

/* Neutral words can be taken where there is a cover to take them. */
static void
update_offers (AccReviewForm *self, gboolean may_take)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->checks); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    acc_check_card_set_may_take (ACC_CHECK_CARD (child), may_take);
}

static void
update_people (AccReviewForm *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->people); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    acc_person_chooser_update (ACC_PERSON_CHOOSER (child), self->editable);
}

void
acc_review_form_update (AccReviewForm *self, const AccDeskFacts *facts, gboolean editable)
{
  AccPlan *plan = acc_review_draft_get_plan (self->draft);
  GPtrArray *checks = acc_review_draft_get_checks (self->draft);

  g_return_if_fail (ACC_IS_REVIEW_FORM (self));
  self->editable = editable;
  self->updating = TRUE;
  if (plan != self->shown_plan)
    build_plan (self, plan);
  if (checks != self->shown_checks)
    build_checks (self, checks);
  update_offers (self, editable && acc_plan_get_n_recipients (plan) > 0);
  update_people (self);
  /* Who is meant comes first: what is missing without that is no news. */
  gtk_widget_set_visible (self->gaps, facts->people_chosen);
  gtk_widget_set_visible (self->plan_section, facts->people_chosen || acc_plan_get_n_recipients (plan) > 0);
  acc_cover_editor_update (ACC_COVER_EDITOR (self->cover), self->draft, self->recipient, editable);
  self->updating = FALSE;
}

static void
forget (AccReviewForm *self)
{
  self->updating = TRUE;
  empty_plan (self);
  empty_box (self->checks);
  g_clear_pointer (&self->shown_checks, g_ptr_array_unref);
  acc_cover_editor_forget (ACC_COVER_EDITOR (self->cover));
  self->updating = FALSE;
}

void
acc_review_form_set_draft (AccReviewForm *self, AccReviewDraft *draft)
{
  g_return_if_fail (ACC_IS_REVIEW_FORM (self));
  if (!g_set_object (&self->draft, draft))
    return;
  g_clear_object (&self->shown_plan);
  self->recipient = 0;
  empty_box (self->people);
  for (guint i = 0; draft != NULL && i < acc_review_draft_get_n_addressees (draft); i++)
    gtk_box_append (GTK_BOX (self->people), acc_person_chooser_new (draft, i));
  if (draft == NULL)
    forget (self);
}

static void
on_recipient_selected (AccReviewForm *self, GtkListBoxRow *row)
{
  if (self->updating || row == NULL)
    return;
  self->recipient = gtk_list_box_row_get_index (row);
  acc_cover_editor_update (ACC_COVER_EDITOR (self->cover), self->draft, self->recipient, self->editable);
}

gboolean
acc_review_form_take_focus (AccReviewForm *self)
{
  g_return_val_if_fail (ACC_IS_REVIEW_FORM (self), FALSE);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (self->people); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (acc_person_chooser_focus (ACC_PERSON_CHOOSER (child)))
      return TRUE;
  return acc_cover_editor_take_focus (ACC_COVER_EDITOR (self->cover));
}

static void
acc_review_form_dispose (GObject *object)
{
  AccReviewForm *self = ACC_REVIEW_FORM (object);
  GtkWidget *child;

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->draft);
  g_clear_object (&self->shown_plan);
  g_clear_pointer (&self->shown_checks, g_ptr_array_unref);
  G_OBJECT_CLASS (acc_review_form_parent_class)->dispose (object);
}

static void
acc_review_form_class_init (AccReviewFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_review_form_dispose;
  g_type_ensure (ACC_TYPE_COVER_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/review-form.ui");
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, people);
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, plan_section);
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, recipients);
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, gaps);
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, checks_section);
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, checks);
  gtk_widget_class_bind_template_child (widget_class, AccReviewForm, cover);
  gtk_widget_class_bind_template_callback (widget_class, on_recipient_selected);
}

static void
acc_review_form_init (AccReviewForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
