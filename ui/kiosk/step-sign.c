/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include "kiosk/asked-choice.h"
#include "kiosk/signing.h"

struct _AccSignPage {
  AccStepPage parent_instance;

  GtkStack *questions;
  AccAnswer *name, *signature, *asked, *consent, *contact_answer;
  AccSigning *signing;
  AccAskedChoice *asked_choice;
  GtkWidget *another, *leave_out;
  GtkCheckButton *file, *share, *contact;
  GtkRevealer *contact_revealer;

  guint person; /* whose signature is shown */
};

G_DEFINE_FINAL_TYPE (AccSignPage, acc_sign_page, ACC_TYPE_STEP_PAGE)

static const AccStepQuestion questions[] = {
  { "name", { ACC_FIELD_FROM_NAME } },
  { "signature", { ACC_FIELD_FROM_SIGNATURE }, .shown = ACC_FIELD_FROM_NAME },
  { "asked", { ACC_FIELD_NONE, ACC_FIELD_ASKED_BY_STAFF } },
  { "consent", { ACC_FIELD_NONE, ACC_FIELD_CONSENT_FILE, ACC_FIELD_CONSENT_SHARE, ACC_FIELD_CONSENT_CONTACT },
    .wide = TRUE },
};

static void
on_signed (AccSignPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  g_autoptr (AccSignature) signature = acc_signing_dup_signature (self->signing);

  if (form != NULL && self->person == acc_step_page_get_person (ACC_STEP_PAGE (self)))
    acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_signature (form, self->person, signature));
}

static void
on_asked (AccSignPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  AccAsked asked = acc_asked_choice_get_asked (self->asked_choice);

  if (form != NULL)
    acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_asked (form, asked));
}

static void
on_another (AccSignPage *self)
{
  acc_step_page_add_person (ACC_STEP_PAGE (self), ACC_FIELD_FROM_NAME);
}

static void
on_leave_out (AccSignPage *self)
{
  acc_step_page_drop_person (ACC_STEP_PAGE (self), ACC_FIELD_FROM_NAME);
}

static void
take_consent (AccSignPage *self, AccField field, gboolean old, GtkCheckButton *tick)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  gboolean given = gtk_check_button_get_active (tick);

  if (given != old)
    acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_consent (form, field, given));
}

static void
on_file (AccSignPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));

  if (form != NULL)
    take_consent (self, ACC_FIELD_CONSENT_FILE, acc_form_get_fields (form)->consent_file, self->file);
}

static void
on_share (AccSignPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));

  if (form != NULL)
    take_consent (self, ACC_FIELD_CONSENT_SHARE, acc_form_get_fields (form)->consent_share, self->share);
}

/* Without the tick nobody is to write or call, whatever was typed before. */
static void
on_contact (AccSignPage *self)
{
  gboolean wanted = gtk_check_button_get_active (self->contact);

  gtk_revealer_set_reveal_child (self->contact_revealer, wanted);
  if (wanted)
    acc_answer_focus (self->contact_answer);
  else
    acc_answer_set_text (self->contact_answer, "");
}

static void
acc_sign_page_update (AccStepPage *page, AccForm *form)
{
  AccSignPage *self = ACC_SIGN_PAGE (page);
  const AccLetterFields *fields = acc_form_get_fields (form);
  guint person = acc_step_page_get_person (page);

  acc_asked_choice_set_asked (self->asked_choice, fields->asked_by_staff);
  if (person != self->person)
    {
      self->person = person;
      acc_signing_set_signature (self->signing, fields->from[person].signature);
    }
  gtk_widget_set_visible (self->another, person + 1 == fields->n_from && fields->n_from < ACC_PEOPLE_MAX);
  gtk_widget_set_visible (self->leave_out, person > 0);
  gtk_check_button_set_active (self->file, fields->consent_file);
  gtk_check_button_set_active (self->share, fields->consent_share);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-sign.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, questions);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, name);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, signature);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, signing);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, consent);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, asked);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, asked_choice);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, contact_answer);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, file);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, share);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, contact);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, contact_revealer);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, another);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, leave_out);
  gtk_widget_class_bind_template_callback (widget_class, on_another);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_out);
  gtk_widget_class_bind_template_callback (widget_class, on_signed);
  gtk_widget_class_bind_template_callback (widget_class, on_asked);
  gtk_widget_class_bind_template_callback (widget_class, on_file);
  gtk_widget_class_bind_template_callback (widget_class, on_share);
  gtk_widget_class_bind_template_callback (widget_class, on_contact);
}

static void
acc_sign_page_class_init (AccSignPageClass *class)
{
  AccStepPageClass *page_class = ACC_STEP_PAGE_CLASS (class);

  page_class->step = ACC_STEP_SIGN;
  page_class->questions = questions;
  page_class->n_questions = G_N_ELEMENTS (questions);
  page_class->update = acc_sign_page_update;
  g_type_ensure (ACC_TYPE_ASKED_CHOICE);
  g_type_ensure (ACC_TYPE_SIGNING);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
acc_sign_page_init (AccSignPage *self)
{
  AccStepPage *page = ACC_STEP_PAGE (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->person = ACC_PEOPLE_MAX; /* nobody's yet */
  acc_step_page_set_stack (page, self->questions);
  acc_step_page_add_answer (page, self->name, ACC_FIELD_FROM_NAME);
  acc_step_page_add_answer (page, self->signature, ACC_FIELD_FROM_SIGNATURE);
  acc_step_page_add_answer (page, self->asked, ACC_FIELD_ASKED_BY_STAFF);
  acc_step_page_add_answer (page, self->consent, ACC_FIELD_CONSENT_FILE);
  acc_step_page_add_answer (page, self->contact_answer, ACC_FIELD_CONSENT_CONTACT);
}
