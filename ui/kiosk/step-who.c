/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include "base/text.h"

struct _AccWhoPage {
  AccStepPage parent_instance;

  GtkStack *questions;
  AccAnswer *name, *called, *department, *reached;
  GtkCheckButton *first_name_only;
  GtkWidget *department_scroller;
  GtkFlowBox *departments;
  GtkCheckButton *phone, *branch, *online;
  GtkWidget *another, *leave_out;
};

G_DEFINE_FINAL_TYPE (AccWhoPage, acc_who_page, ACC_TYPE_STEP_PAGE)

static const AccStepQuestion questions[] = {
  { "name", { ACC_FIELD_TO_NAME } },
  { "called", { ACC_FIELD_TO_CALLED } },
  { "department", { ACC_FIELD_TO_DEPARTMENT } },
  { "reached", { ACC_FIELD_TO_REACHED } },
};

static GtkCheckButton *
reached_button (AccWhoPage *self, AccReached reached)
{
  switch (reached)
    {
    case ACC_REACHED_BRANCH:
      return self->branch;
    case ACC_REACHED_ONLINE:
      return self->online;
    case ACC_REACHED_PHONE:
    default:
      return self->phone;
    }
}

static void
on_first_name_only (AccWhoPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  gboolean only = gtk_check_button_get_active (self->first_name_only);

  if (form != NULL && acc_form_is_first_name_only (form) != only)
    acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_first_name_only (form, only));
}

static void
on_reached (AccWhoPage *self, GtkCheckButton *button)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  guint person = acc_step_page_get_person (ACC_STEP_PAGE (self));

  if (form == NULL || !gtk_check_button_get_active (button))
    return;
  for (AccReached reached = ACC_REACHED_PHONE; reached <= ACC_REACHED_ONLINE; reached++)
    if (reached_button (self, reached) == button && acc_form_get_fields (form)->to[person].reached != reached)
      {
        acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_reached (form, person, reached));
        return;
      }
}

static void
on_department (AccWhoPage *self, GtkButton *button)
{
  acc_answer_set_text (self->department, gtk_button_get_label (button));
}

/* Only what begins with, or holds, what is typed; all of them while the entry is empty or names one of them. */
static gboolean
matches_typed (GtkFlowBoxChild *child, gpointer data)
{
  AccWhoPage *self = data;
  g_autofree char *text = acc_answer_dup_text (self->department);
  g_autofree char *typed = acc_text_fold (text);
  GtkWidget *button = gtk_flow_box_child_get_child (child);
  g_autofree char *name = acc_text_fold (gtk_button_get_label (GTK_BUTTON (button)));
  gboolean chosen = g_str_equal (text, gtk_button_get_label (GTK_BUTTON (button)));

  if (chosen)
    gtk_widget_add_css_class (button, "chosen");
  else
    gtk_widget_remove_css_class (button, "chosen");
  return strstr (name, typed) != NULL;
}

static void
on_another (AccWhoPage *self)
{
  acc_step_page_add_person (ACC_STEP_PAGE (self), ACC_FIELD_TO_NAME);
}

static void
on_leave_out (AccWhoPage *self)
{
  acc_step_page_drop_person (ACC_STEP_PAGE (self), ACC_FIELD_TO_NAME);
}

static void
acc_who_page_update (AccStepPage *page, AccForm *form)
{
  AccWhoPage *self = ACC_WHO_PAGE (page);
  guint person = acc_step_page_get_person (page);
  guint n = acc_form_count (form, ACC_FIELD_TO_NAME);

  gtk_check_button_set_active (self->first_name_only, acc_form_is_first_name_only (form));
  gtk_check_button_set_active (reached_button (self, acc_form_get_fields (form)->to[person].reached), TRUE);
  gtk_widget_set_visible (self->another, person + 1 == n && n < ACC_PEOPLE_MAX);
  gtk_widget_set_visible (self->leave_out, person > 0);
  gtk_flow_box_invalidate_filter (self->departments);
}

static void
acc_who_page_class_init (AccWhoPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  AccStepPageClass *page_class = ACC_STEP_PAGE_CLASS (class);

  page_class->step = ACC_STEP_WHO;
  page_class->questions = questions;
  page_class->n_questions = G_N_ELEMENTS (questions);
  page_class->update = acc_who_page_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-who.ui");
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, questions);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, name);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, called);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, department);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, reached);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, first_name_only);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, department_scroller);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, departments);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, phone);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, branch);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, online);
  gtk_widget_class_bind_template_callback (widget_class, on_first_name_only);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, another);
  gtk_widget_class_bind_template_child (widget_class, AccWhoPage, leave_out);
  gtk_widget_class_bind_template_callback (widget_class, on_reached);
  gtk_widget_class_bind_template_callback (widget_class, on_another);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_out);
}

static void
acc_who_page_init (AccWhoPage *self)
{
  AccStepPage *page = ACC_STEP_PAGE (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_step_page_set_stack (page, self->questions);
  acc_step_page_add_answer (page, self->name, ACC_FIELD_TO_NAME);
  acc_step_page_add_answer (page, self->called, ACC_FIELD_TO_CALLED);
  acc_step_page_add_answer (page, self->department, ACC_FIELD_TO_DEPARTMENT);
  acc_step_page_add_answer (page, self->reached, ACC_FIELD_TO_REACHED);
  gtk_flow_box_set_filter_func (self->departments, matches_typed, self, NULL);
}

void
acc_who_page_set_departments (AccWhoPage *self, const char *const *names)
{
  GtkWidget *child;

  g_return_if_fail (ACC_IS_WHO_PAGE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->departments))) != NULL)
    gtk_flow_box_remove (self->departments, child);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (names[i]);

      gtk_widget_add_css_class (button, "department");
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_department), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (self->departments, button);
      /* The button takes the focus, not the place it lies in. */
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_widget_set_visible (self->department_scroller, names != NULL && names[0] != NULL);
}
