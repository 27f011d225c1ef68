/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "kiosk/light.h"
#include "kit/ask.h"
#include "letter/help.h"

struct _AccStoryPage {
  AccStepPage parent_instance;

  GtkStack *questions;
  AccAnswer *need, *act, *difference, *apart;
  GtkWidget *lights, *ways_to_tell;
  AccLight *need_light, *act_light, *difference_light;
  GtkCheckButton *one_piece;
  GtkWidget *passage_box; /* what in the story may be a complaint */
  GtkLabel *passage;
  GtkWidget *keep_apart;
};

G_DEFINE_FINAL_TYPE (AccStoryPage, acc_story_page, ACC_TYPE_STEP_PAGE)

static gboolean
in_parts (AccForm *form)
{
  return !acc_form_is_one_piece (form);
}

/* Only who may want it is asked; where something is kept apart already, it can be changed. */
static gboolean
may_keep_apart (AccForm *form)
{
  gsize start, end;

  return acc_help_find_in_story (form, &start, &end) != ACC_FIELD_NONE
         || !acc_text_is_blank (acc_form_get_text (form, ACC_FIELD_APART, 0));
}

/* Any part may stay empty, not all of them: so each may be passed, and the step's end looks at the whole. */
static const AccStepQuestion questions[] = {
  { "need", { ACC_FIELD_STORY_NEED }, in_parts, TRUE },
  { "act", { ACC_FIELD_STORY_ACT }, NULL, TRUE },
  { "difference", { ACC_FIELD_STORY_DIFFERENCE }, in_parts, TRUE },
  { "apart", { ACC_FIELD_NONE, ACC_FIELD_APART }, may_keep_apart, TRUE },
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
    acc_light_set_state (lights[i].light, acc_help_is_told (acc_form_get_text (form, lights[i].field, 0)),
                         lights[i].field == current);
}

/* To look at: nothing of it can be selected, so none of it gets into a letter. */
static void
on_see_example (AccStoryPage *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/accolade/kiosk/example.ui");
  GtkWidget *ask = gtk_widget_get_ancestor (GTK_WIDGET (self), ACC_TYPE_ASK);
  const AccQuestion example = {
    .question = _ ("An example"),
    .explanation = _ ("Only to look at. Your letter is in your own words."),
    .no = _ ("Close"),
    .extra = GTK_WIDGET (gtk_builder_get_object (builder, "example")),
  };

  acc_ask_async (ACC_ASK (ask), &example, NULL, NULL, NULL);
}

static void
update_passage (AccStoryPage *self, AccForm *form)
{
  gsize start = 0, end = 0;
  AccField field = acc_help_find_in_story (form, &start, &end);
  g_autofree char *cut = g_strndup (acc_form_get_text (form, field, 0) + start, end - start);
  g_autofree char *sentence = acc_text_trim (cut);
  /* Translators: a sentence that the client wrote. */
  g_autofree char *quoted = g_strdup_printf (_ ("You wrote: “%s”"), sentence);

  gtk_label_set_text (self->passage, quoted);
  gtk_widget_set_visible (self->passage_box, field != ACC_FIELD_NONE);
}

static void
update_question (AccStoryPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  gboolean apart = g_strcmp0 (gtk_stack_get_visible_child_name (self->questions), "apart") == 0;

  if (form == NULL)
    return;
  gtk_widget_set_visible (self->ways_to_tell, !apart);
  gtk_widget_set_visible (self->lights, !apart && !acc_form_is_one_piece (form));
  if (apart)
    update_passage (self, form);
  else
    update_lights (self);
}

static void
on_keep_apart (AccStoryPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));

  acc_step_page_take_form (ACC_STEP_PAGE (self), acc_help_keep_apart (form));
  acc_answer_focus (self->apart);
}

/* A passage is moved by one touch, and is read before: the keyboard would lie over it. */
static GtkWidget *
acc_story_page_find_first (AccStepPage *page)
{
  AccStoryPage *self = ACC_STORY_PAGE (page);

  return gtk_widget_get_mapped (self->keep_apart) ? self->keep_apart : NULL;
}

static void
acc_story_page_update (AccStepPage *page, AccForm *form)
{
  AccStoryPage *self = ACC_STORY_PAGE (page);

  gtk_check_button_set_active (self->one_piece, acc_form_is_one_piece (form));
  update_question (self);
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
  page_class->find_first = acc_story_page_find_first;

  g_type_ensure (ACC_TYPE_LIGHT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-story.ui");
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, questions);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, need);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, act);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, difference);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, apart);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, passage_box);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, passage);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, keep_apart);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, ways_to_tell);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, lights);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, need_light);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, act_light);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, difference_light);
  gtk_widget_class_bind_template_child (widget_class, AccStoryPage, one_piece);
  gtk_widget_class_bind_template_callback (widget_class, on_one_piece);
  gtk_widget_class_bind_template_callback (widget_class, on_see_example);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_apart);
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
  acc_step_page_add_answer (page, self->apart, ACC_FIELD_APART);
  g_signal_connect (self, "question-changed", G_CALLBACK (update_question), NULL);
}
