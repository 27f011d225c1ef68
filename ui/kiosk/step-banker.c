/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

struct _AccBankerPage {
  AccStepPage parent_instance;

  GtkStack *questions;
  AccAnswer *name, *words;
  GtkCheckButton *no, *yes;
};

G_DEFINE_FINAL_TYPE (AccBankerPage, acc_banker_page, ACC_TYPE_STEP_PAGE)

static gboolean
thanks_banker (AccForm *form)
{
  return acc_form_get_fields (form)->thanks_banker;
}

static const AccStepQuestion questions[] = {
  { "thanks", { ACC_FIELD_NONE } },
  { "name", { ACC_FIELD_BANKER_NAME }, thanks_banker },
  { "words", { ACC_FIELD_BANKER_WORDS }, thanks_banker },
};

static void
on_thanks (AccBankerPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  gboolean thanks = gtk_check_button_get_active (self->yes);

  if (form != NULL && thanks_banker (form) != thanks)
    acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_thanks_banker (form, thanks));
}

static void
acc_banker_page_update (AccStepPage *page, AccForm *form)
{
  AccBankerPage *self = ACC_BANKER_PAGE (page);

  gtk_check_button_set_active (thanks_banker (form) ? self->yes : self->no, TRUE);
}

static void
acc_banker_page_class_init (AccBankerPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  AccStepPageClass *page_class = ACC_STEP_PAGE_CLASS (class);

  page_class->step = ACC_STEP_BANKER;
  page_class->questions = questions;
  page_class->n_questions = G_N_ELEMENTS (questions);
  page_class->update = acc_banker_page_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-banker.ui");
  gtk_widget_class_bind_template_child (widget_class, AccBankerPage, questions);
  gtk_widget_class_bind_template_child (widget_class, AccBankerPage, name);
  gtk_widget_class_bind_template_child (widget_class, AccBankerPage, words);
  gtk_widget_class_bind_template_child (widget_class, AccBankerPage, no);
  gtk_widget_class_bind_template_child (widget_class, AccBankerPage, yes);
  gtk_widget_class_bind_template_callback (widget_class, on_thanks);
}

static void
acc_banker_page_init (AccBankerPage *self)
{
  AccStepPage *page = ACC_STEP_PAGE (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_step_page_set_stack (page, self->questions);
  acc_step_page_add_answer (page, self->name, ACC_FIELD_BANKER_NAME);
  acc_step_page_add_answer (page, self->words, ACC_FIELD_BANKER_WORDS);
}
