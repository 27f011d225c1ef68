/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every step of the way has in common. A step asks its questions one at a time: a table says which, in
 * order, and what each asks for. Values go in by set_form, a changed answer comes out as "form-changed" with the
 * new form; the window owns the form and hands it back. Main thread. */
#pragma once

#include "kiosk/answer.h"
#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_STEP_FIELDS_MAX 5

/* One question: a child of the step's stack. */
typedef struct {
  const char *name;                      /* the child's */
  AccField fields[ACC_STEP_FIELDS_MAX];  /* what it asks for; the first is the one in focus on the sheet */
  gboolean (*applies) (AccForm *form);   /* NULL: always asked */
  gboolean may_pass;                     /* what is missing is said at the end of the step, not here */
  AccField shown;                        /* where the sheet shows it, if not at the first field */
  gboolean wide;                         /* the sheet shows nothing of it: it takes more of the room, and all where type is large */
} AccStepQuestion;

#define ACC_TYPE_STEP_PAGE (acc_step_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (AccStepPage, acc_step_page, ACC, STEP_PAGE, GtkWidget)

struct _AccStepPageClass {
  GtkWidgetClass parent_class;

  AccStep step;
  const AccStepQuestion *questions;
  guint n_questions;

  /* Puts the form's answers into the widgets that are no AccAnswer of a text. May be NULL. */
  void (*update) (AccStepPage *self, AccForm *form);

  /* Where the present question begins, if not at its first answer: lent; NULL: there. May be NULL. */
  GtkWidget *(*find_first) (AccStepPage *self);
};

/* For the steps: in their init. The stack's children bear the questions' names; an answer with a text is kept in
 * step with @field of the form, one without only shows question and message. */
void acc_step_page_set_stack (AccStepPage *self, GtkStack *stack);
void acc_step_page_add_answer (AccStepPage *self, AccAnswer *answer, AccField field);

/* For the steps: an answer has changed. Takes @form. */
void acc_step_page_take_form (AccStepPage *self, AccForm *form);

void acc_step_page_set_form (AccStepPage *self, AccForm *form);
AccForm *acc_step_page_get_form (AccStepPage *self); /* lent */

/* Begins at the first question, or at the last one when coming back. */
void acc_step_page_enter (AccStepPage *self, gboolean from_behind);

/* One question on or back. FALSE: the step is done, or at its beginning. While something is missing it stays,
 * says so beside the answer, and returns TRUE. */
gboolean acc_step_page_next (AccStepPage *self);
gboolean acc_step_page_back (AccStepPage *self);

/* Goes to the question that asks for @field of the addressee or author @person, if this step has it. */
gboolean acc_step_page_go_to (AccStepPage *self, AccField field, guint person);

/* Whose turn it is where a step asks for the same of several people: the questions with such fields come again for each.
 * Another one is added behind the last, the present one is left out; then the first question about that one, or the one
 * before, is shown. @field as for acc_form_with_another. */
guint acc_step_page_get_person (AccStepPage *self);
void acc_step_page_add_person (AccStepPage *self, AccField field);
void acc_step_page_drop_person (AccStepPage *self, AccField field);

void acc_step_page_show_missing (AccStepPage *self, GPtrArray *missing); /* of AccMissing; empty: nothing any more */
void acc_step_page_focus_first (AccStepPage *self);

/* Where the sheet shows the present question's answer, of the person whose turn it is; and the view for the sheet, NULL where there is none. */
AccField acc_step_page_get_field (AccStepPage *self);
GtkTextView *acc_step_page_get_text_view (AccStepPage *self);
gboolean acc_step_page_is_wide (AccStepPage *self);

/* Whether the step's stories are typed into fields of their own, and not on the sheet; see answer.h. */
void acc_step_page_show_fields (AccStepPage *self, gboolean shown);

G_END_DECLS
