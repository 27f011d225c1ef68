/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include "base/text.h"
#include "kiosk/light.h"

struct _AccStoryPage {
  AccStepPage parent_instance;

  GtkStack *questions;
  AccAnswer *need, *act, *difference;
  GtkWidget *lights;
  AccLight *need_light, *act_light, *difference_light;
  GtkCheckButton *one_piece;
};

G_DEFINE_FINAL_TYPE (AccStoryPage, acc_story_page, ACC_TYPE_STEP_PAGE)

static gboolean
in_parts (AccForm *form)
{
  return !acc_form_is_one_piece (form);
}

/* Any part may stay empty, not all of them: so each may be passed, and the step's end looks at the whole. */
static const AccStepQuestion questions[] = {
  { "need", { ACC_FIELD_STORY_NEED }, in_parts, TRUE },
  { "act", { ACC_FIELD_STORY_ACT }, NULL, TRUE },
  { "difference", { ACC_FIELD_STORY_DIFFERENCE }, in_parts, TRUE },
};

static void
on_one_piece (AccStoryPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  gboolean one_piece = gtk_check_button_get_active (self->one_piece);

  if (form == NULL || acc_form_is_one_piece (form) == one_piece)
    return;
  acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_one_piece (form, one_piece));
  if (one_piece)
    acc_step_page_go_to (ACC_STEP_PAGE (self), ACC_FIELD_STORY_ACT, 0);
}

static void
update_lights (AccStoryPage *self)
{
  const struct {
    AccLight *light;
    AccField field;
  } lights[] = {
    { self->need_light, ACC_FIELD_STORY_NEED },
    { self->act_light, ACC_FIELD_STORY_ACT },
    { self->difference_light, ACC_FIELD_STORY_DIFFERENCE },
  };
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  AccField current = acc_step_page_get_field (ACC_STEP_PAGE (self));

  for (guint i = 0; form != NULL && i < G_N_ELEMENTS (lights); i++)
    acc_light_set_state (lights[i].light, !acc_text_is_blank (acc_form_get_text (form, lights[i].field, 0)),
                         lights[i].field == current);
}

static void
acc_story_page_update (AccStepPage *page, AccForm *form)
{
  AccStoryPage *self = ACC_STORY_PAGE (page);

  gtk_check_button_set_active (self->one_piece, acc_form_is_one_piece (form));
  gtk_widget_set_visible (self->lights, !acc_form_is_one_piece (form));
  update_lights (self);
}

static void
acc_story_page_class_init (AccStoryPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  AccStepPageClass *page_class = ACC_STEP_PAGE_CLASS (class);

  page_class->step = ACC_STEP_STORY;
  page_class->questions = questions;
  page_class->n_questions = G_N_ELEMENTS (questions);
  page_class->update = acc_story_page_update;

  g_type_ensure (ACC_TYPE_LIGHT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-story.ui");
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, questions);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, need);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, act);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, difference);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, lights);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, need_light);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, act_light);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, difference_light);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, one_piece);
  gtk_widget_class_bind_template_callback (widget_class, on_one_piece);
}

static void
acc_story_page_init (AccStoryPage *self)
{
  AccStepPage *page = ACC_STEP_PAGE (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_step_page_set_stack (page, self->questions);
  acc_step_page_add_answer (page, self->need, ACC_FIELD_STORY_NEED);
  acc_step_page_add_answer (page, self->act, ACC_FIELD_STORY_ACT);
  acc_step_page_add_answer (page, self->difference, ACC_FIELD_STORY_DIFFERENCE);
  g_signal_connect (self, "question-changed", G_CALLBACK (update_lights), NULL);
}
