/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/step.h"

#include "letter/prompts.h"

typedef struct {
  AccAnswer *answer; /* lent: a template child */
  AccField field;
} StepAnswer;

typedef struct {
  AccForm *form;
  GtkStack *stack;
  GArray *answers; /* StepAnswer */
  guint question;
  guint person; /* addressee or author, where the question is about one */
  gboolean showing; /* the form's answers are put into the widgets: none of them is a new one */
  gboolean tried; /* Next was pressed while something was missing: say what, until it is mended */
} AccStepPagePrivate;

enum { FORM_CHANGED, QUESTION_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (AccStepPage, acc_step_page, GTK_TYPE_WIDGET)

static AccStepPagePrivate *
get_private (AccStepPage *self)
{
  return acc_step_page_get_instance_private (self);
}

static const AccStepQuestion *
get_question (AccStepPage *self)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);

  return class->n_questions > 0 ? &class->questions[get_private (self)->question] : NULL;
}

static gboolean
asks_for (const AccStepQuestion *question, AccField field)
{
  for (guint i = 0; question != NULL && i < ACC_STEP_FIELDS_MAX; i++)
    if (question->fields[i] != ACC_FIELD_NONE && question->fields[i] == field)
      return TRUE;
  return FALSE;
}

static gboolean
is_personal (AccField field)
{
  return (field >= ACC_FIELD_TO_NAME && field <= ACC_FIELD_TO_REACHED) || field == ACC_FIELD_FROM_NAME
         || field == ACC_FIELD_FROM_SIGNATURE;
}

static guint
index_for (AccStepPage *self, AccField field)
{
  return is_personal (field) ? get_private (self)->person : 0;
}

/* How many people the question is asked about, one after the other. */
static guint
count_people (AccStepPage *self, guint question)
{
  AccField field = ACC_STEP_PAGE_GET_CLASS (self)->questions[question].fields[0];

  return is_personal (field) ? acc_form_count (get_private (self)->form, field) : 1;
}

static gboolean
applies (AccStepPage *self, guint question)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);

  return class->questions[question].applies == NULL || class->questions[question].applies (get_private (self)->form);
}

static void
missing_free (gpointer data)
{
  AccMissing *missing = data;

  g_free (missing->message);
  g_free (missing);
}

/* What the present question still lacks; @whole: the step. */
static GPtrArray *
list_missing (AccStepPage *self, gboolean whole)
{
  g_autoptr (GPtrArray) all = acc_form_list_missing (get_private (self)->form, ACC_STEP_PAGE_GET_CLASS (self)->step);
  GPtrArray *own = g_ptr_array_new_with_free_func (missing_free);

  for (guint i = 0; i < all->len; i++)
    {
      const AccMissing *missing = g_ptr_array_index (all, i);

      if (whole
          || (asks_for (get_question (self), missing->field) && missing->index == index_for (self, missing->field)))
        {
          AccMissing *copy = g_new0 (AccMissing, 1);

          copy->field = missing->field;
          copy->index = missing->index;
          copy->message = g_strdup (missing->message);
          g_ptr_array_add (own, copy);
        }
    }
  return own;
}

static void
update_answers (AccStepPage *self)
{
  AccStepPagePrivate *priv = get_private (self);

  for (guint i = 0; i < priv->answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (priv->answers, StepAnswer, i);
      guint index = index_for (self, entry->field);
      g_autofree char *question = acc_prompts_question (priv->form, entry->field, index);
      g_autofree char *hint = acc_prompts_hint (priv->form, entry->field, index);
      const char *text = acc_form_get_text (priv->form, entry->field, index);

      acc_answer_set_innocent (entry->answer, acc_form_get_innocent (priv->form));
      if (question != NULL && *question != '\0')
        acc_answer_set_question (entry->answer, question, hint);
      if (GTK_IS_ENTRY (acc_answer_get_control (entry->answer)) || acc_answer_get_text_view (entry->answer) != NULL)
        acc_answer_set_text (entry->answer, text != NULL ? text : "");
    }
}

/* The widgets, for the person whose turn it is. */
static void
update_widgets (AccStepPage *self)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);
  AccStepPagePrivate *priv = get_private (self);

  priv->showing = TRUE;
  update_answers (self);
  if (class->update != NULL)
    class->update (self, priv->form);
  priv->showing = FALSE;
}

static void
set_person (AccStepPage *self, guint person)
{
  AccStepPagePrivate *priv = get_private (self);

  if (priv->person == person)
    return;
  priv->person = person;
  update_widgets (self);
}

static void
show_question (AccStepPage *self, guint question)
{
  AccStepPagePrivate *priv = get_private (self);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  priv->question = question;
  priv->tried = FALSE;
  acc_step_page_show_missing (self, nothing);
  if (priv->stack != NULL)
    gtk_stack_set_visible_child_name (priv->stack, ACC_STEP_PAGE_GET_CLASS (self)->questions[question].name);
  g_signal_emit (self, signals[QUESTION_CHANGED], 0);
  acc_step_page_focus_first (self);
}

static void
say_missing (AccStepPage *self, GPtrArray *missing)
{
  get_private (self)->tried = TRUE;
  acc_step_page_show_missing (self, missing);
  acc_step_page_focus_first (self);
}

static gboolean
has_number (AccStepPage *self)
{
  GArray *answers = get_private (self)->answers;

  for (guint i = 0; i < answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (answers, StepAnswer, i);

      if (asks_for (get_question (self), entry->field) && acc_answer_has_number (entry->answer))
        {
          acc_answer_focus (entry->answer);
          return TRUE;
        }
    }
  return FALSE;
}

static void
on_answer_changed (AccStepPage *self, AccAnswer *answer)
{
  AccStepPagePrivate *priv = get_private (self);

  for (guint i = 0; i < priv->answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (priv->answers, StepAnswer, i);

      if (entry->answer == answer && priv->form != NULL && !priv->showing)
        {
          g_autofree char *text = acc_answer_dup_text (answer);

          guint index = index_for (self, entry->field);

          if (g_strcmp0 (text, acc_form_get_text (priv->form, entry->field, index)) != 0)
            acc_step_page_take_form (self, acc_form_with_text (priv->form, entry->field, index, text));
          return;
        }
    }
}

static void
on_something_else (AccStepPage *self, const char *number)
{
  acc_step_page_take_form (self, acc_form_with_innocent (get_private (self)->form, number));
}

static void
acc_step_page_dispose (GObject *object)
{
  AccStepPagePrivate *priv = get_private (ACC_STEP_PAGE (object));
  GtkWidget *child;

  g_array_set_size (priv->answers, 0);
  priv->stack = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->form);
  G_OBJECT_CLASS (acc_step_page_parent_class)->dispose (object);
}

static void
acc_step_page_finalize (GObject *object)
{
  g_array_unref (get_private (ACC_STEP_PAGE (object))->answers);
  G_OBJECT_CLASS (acc_step_page_parent_class)->finalize (object);
}

static void
acc_step_page_class_init (AccStepPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_step_page_dispose;
  object_class->finalize = acc_step_page_finalize;
  g_type_ensure (ACC_TYPE_ANSWER);
  gtk_widget_class_set_css_name (widget_class, "step");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  /* (form): an answer has changed */
  signals[FORM_CHANGED] = g_signal_new ("form-changed", ACC_TYPE_STEP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, ACC_TYPE_FORM);
  /* Another question is shown. */
  signals[QUESTION_CHANGED]
    = g_signal_new ("question-changed", ACC_TYPE_STEP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_step_page_init (AccStepPage *self)
{
  get_private (self)->answers = g_array_new (FALSE, FALSE, sizeof (StepAnswer));
}

void
acc_step_page_set_stack (AccStepPage *self, GtkStack *stack)
{
  g_return_if_fail (ACC_IS_STEP_PAGE (self));
  g_return_if_fail (GTK_IS_STACK (stack));

  get_private (self)->stack = stack;
}

void
acc_step_page_add_answer (AccStepPage *self, AccAnswer *answer, AccField field)
{
  StepAnswer entry = { answer, field };

  g_return_if_fail (ACC_IS_STEP_PAGE (self));
  g_return_if_fail (ACC_IS_ANSWER (answer));

  g_array_append_val (get_private (self)->answers, entry);
  g_signal_connect_object (answer, "changed", G_CALLBACK (on_answer_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (answer, "something-else", G_CALLBACK (on_something_else), self, G_CONNECT_SWAPPED);
}

void
acc_step_page_take_form (AccStepPage *self, AccForm *form)
{
  g_return_if_fail (ACC_IS_STEP_PAGE (self));
  g_return_if_fail (ACC_IS_FORM (form));

  g_signal_emit (self, signals[FORM_CHANGED], 0, form);
  g_object_unref (form);
}

void
acc_step_page_set_form (AccStepPage *self, AccForm *form)
{
  AccStepPagePrivate *priv;

  g_return_if_fail (ACC_IS_STEP_PAGE (self));
  g_return_if_fail (ACC_IS_FORM (form));

  priv = get_private (self);
  if (!g_set_object (&priv->form, form))
    return;
  if (priv->person > 0 && priv->person >= count_people (self, priv->question))
    priv->person = 0;
  update_widgets (self);
  if (priv->tried)
    {
      g_autoptr (GPtrArray) missing = list_missing (self, FALSE);

      acc_step_page_show_missing (self, missing);
    }
}

AccForm *
acc_step_page_get_form (AccStepPage *self)
{
  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), NULL);

  return get_private (self)->form;
}

void
acc_step_page_enter (AccStepPage *self, gboolean from_behind)
{
  AccStepPageClass *class;
  guint question;

  g_return_if_fail (ACC_IS_STEP_PAGE (self));

  class = ACC_STEP_PAGE_GET_CLASS (self);
  if (class->n_questions == 0)
    {
      acc_step_page_focus_first (self);
      return;
    }
  question = from_behind ? class->n_questions - 1 : 0;
  while (!applies (self, question) && (from_behind ? question > 0 : question + 1 < class->n_questions))
    question = from_behind ? question - 1 : question + 1;
  set_person (self, from_behind ? count_people (self, question) - 1 : 0);
  show_question (self, question);
}

/* The first question that is asked about each person, as far as it applies; the number of questions: there is none. */
static guint
find_personal (AccStepPage *self)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);
  guint i = 0;

  while (i < class->n_questions && !(is_personal (class->questions[i].fields[0]) && applies (self, i)))
    i++;
  return i;
}

/* From the last question about one person to the first about the next one. */
static gboolean
go_to_next_person (AccStepPage *self, guint next)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);
  AccStepPagePrivate *priv = get_private (self);

  if (!is_personal (class->questions[priv->question].fields[0]) || priv->person + 1 >= count_people (self, priv->question)
      || (next < class->n_questions && is_personal (class->questions[next].fields[0])))
    return FALSE;
  set_person (self, priv->person + 1);
  show_question (self, find_personal (self));
  return TRUE;
}

/* Moves on, or at the end back to the first question that still lacks something. */
static gboolean
leave_question (AccStepPage *self)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);
  g_autoptr (GPtrArray) missing = NULL;
  const AccMissing *first;
  guint next = get_private (self)->question + 1;

  while (next < class->n_questions && !applies (self, next))
    next++;
  if (go_to_next_person (self, next))
    return TRUE;
  if (next < class->n_questions)
    {
      show_question (self, next);
      return TRUE;
    }
  missing = list_missing (self, TRUE);
  if (missing->len == 0)
    return FALSE;
  first = g_ptr_array_index (missing, 0);
  acc_step_page_go_to (self, first->field, first->index);
  say_missing (self, missing);
  return TRUE;
}

gboolean
acc_step_page_next (AccStepPage *self)
{
  const AccStepQuestion *question;

  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), FALSE);

  question = get_question (self);
  if (question == NULL)
    return FALSE;
  if (has_number (self))
    return TRUE;
  if (!question->may_pass)
    {
      g_autoptr (GPtrArray) missing = list_missing (self, FALSE);

      if (missing->len > 0)
        {
          say_missing (self, missing);
          return TRUE;
        }
    }
  return leave_question (self);
}

/* From the first question about one person to the last about the one before. */
static gboolean
go_to_person_before (AccStepPage *self)
{
  AccStepPageClass *class = ACC_STEP_PAGE_GET_CLASS (self);
  AccStepPagePrivate *priv = get_private (self);
  guint last = priv->question;

  if (priv->person == 0 || priv->question != find_personal (self))
    return FALSE;
  for (guint i = last; i < class->n_questions && is_personal (class->questions[i].fields[0]); i++)
    if (applies (self, i))
      last = i;
  set_person (self, priv->person - 1);
  show_question (self, last);
  return TRUE;
}

gboolean
acc_step_page_back (AccStepPage *self)
{
  AccStepPageClass *class;
  AccStepPagePrivate *priv;

  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), FALSE);

  class = ACC_STEP_PAGE_GET_CLASS (self);
  priv = get_private (self);
  if (class->n_questions == 0)
    return FALSE;
  if (go_to_person_before (self))
    return TRUE;
  for (guint i = priv->question; i > 0; i--)
    if (applies (self, i - 1))
      {
        if (!is_personal (class->questions[priv->question].fields[0]))
          set_person (self, count_people (self, i - 1) - 1);
        show_question (self, i - 1);
        return TRUE;
      }
  return FALSE;
}

gboolean
acc_step_page_go_to (AccStepPage *self, AccField field, guint person)
{
  AccStepPageClass *class;

  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), FALSE);

  class = ACC_STEP_PAGE_GET_CLASS (self);
  for (guint i = 0; i < class->n_questions; i++)
    if (asks_for (&class->questions[i], field) && applies (self, i))
      {
        set_person (self, is_personal (field) ? person : 0);
        show_question (self, i);
        return TRUE;
      }
  return FALSE;
}

guint
acc_step_page_get_person (AccStepPage *self)
{
  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), 0);

  return index_for (self, acc_step_page_get_field (self));
}

void
acc_step_page_add_person (AccStepPage *self, AccField field)
{
  g_return_if_fail (ACC_IS_STEP_PAGE (self));

  acc_step_page_take_form (self, acc_form_with_another (get_private (self)->form, field));
  acc_step_page_go_to (self, field, acc_form_count (get_private (self)->form, field) - 1);
}

void
acc_step_page_drop_person (AccStepPage *self, AccField field)
{
  guint person;

  g_return_if_fail (ACC_IS_STEP_PAGE (self));
  g_return_if_fail (get_private (self)->person > 0);

  person = get_private (self)->person;
  set_person (self, person - 1);
  acc_step_page_take_form (self, acc_form_without (get_private (self)->form, field, person));
  acc_step_page_go_to (self, field, person - 1);
}

void
acc_step_page_show_missing (AccStepPage *self, GPtrArray *missing)
{
  GArray *answers;

  g_return_if_fail (ACC_IS_STEP_PAGE (self));

  answers = get_private (self)->answers;
  for (guint i = 0; i < answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (answers, StepAnswer, i);
      const char *message = NULL;

      for (guint j = 0; j < missing->len && message == NULL; j++)
        {
          const AccMissing *item = g_ptr_array_index (missing, j);

          if (item->field == entry->field && item->index == index_for (self, item->field))
            message = item->message;
        }
      acc_answer_set_missing (entry->answer, message);
    }
}

/* The first answer that must be mended, else the first one; where a question has none, whatever comes first. */
void
acc_step_page_focus_first (AccStepPage *self)
{
  AccStepPagePrivate *priv;
  AccStepPageClass *class;
  AccAnswer *first = NULL;
  GtkWidget *child;

  g_return_if_fail (ACC_IS_STEP_PAGE (self));

  priv = get_private (self);
  class = ACC_STEP_PAGE_GET_CLASS (self);
  child = class->find_first != NULL ? class->find_first (self) : NULL;
  if (child != NULL)
    {
      gtk_widget_grab_focus (child);
      return;
    }
  for (guint i = 0; i < priv->answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (priv->answers, StepAnswer, i);

      if (!asks_for (get_question (self), entry->field))
        continue;
      if (first == NULL || (*acc_answer_get_message (first) == '\0' && *acc_answer_get_message (entry->answer) != '\0'))
        first = entry->answer;
    }
  child = priv->stack != NULL ? gtk_stack_get_visible_child (priv->stack) : GTK_WIDGET (self);
  if (first != NULL)
    acc_answer_focus (first);
  else if (child != NULL)
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

AccField
acc_step_page_get_field (AccStepPage *self)
{
  const AccStepQuestion *question;

  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), ACC_FIELD_NONE);

  question = get_question (self);
  if (question == NULL)
    return ACC_FIELD_NONE;
  return question->shown != ACC_FIELD_NONE ? question->shown : question->fields[0];
}

gboolean
acc_step_page_is_wide (AccStepPage *self)
{
  const AccStepQuestion *question;

  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), FALSE);

  question = get_question (self);
  return question != NULL && question->wide;
}

GtkTextView *
acc_step_page_get_text_view (AccStepPage *self)
{
  AccStepPagePrivate *priv;

  g_return_val_if_fail (ACC_IS_STEP_PAGE (self), NULL);

  priv = get_private (self);
  for (guint i = 0; i < priv->answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (priv->answers, StepAnswer, i);

      if (entry->field == acc_step_page_get_field (self))
        return acc_answer_get_text_view (entry->answer);
    }
  return NULL;
}

void
acc_step_page_show_fields (AccStepPage *self, gboolean shown)
{
  GArray *answers;

  g_return_if_fail (ACC_IS_STEP_PAGE (self));

  answers = get_private (self)->answers;
  for (guint i = 0; i < answers->len; i++)
    {
      const StepAnswer *entry = &g_array_index (answers, StepAnswer, i);

      /* What is no part of the letter is not typed on the sheet. */
      acc_answer_show_field (entry->answer, shown || entry->field == ACC_FIELD_APART);
    }
}
