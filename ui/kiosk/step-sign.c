/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include "base/text.h"
#include "kiosk/asked-choice.h"
#include "kit/signature-pad.h"

struct _AccSignPage {
  AccStepPage parent_instance;

  GtkStack *questions;
  AccAnswer *name, *signature, *typed, *asked, *consent, *contact_answer;
  GtkStack *ways; /* "draw" or "type" */
  AccSignaturePad *pad;
  GtkWidget *clear, *type_instead, *draw_instead;
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
  { "consent", { ACC_FIELD_NONE, ACC_FIELD_CONSENT_FILE, ACC_FIELD_CONSENT_SHARE, ACC_FIELD_CONSENT_CONTACT } },
};

/* The signature is whichever way is on top; the other one is kept for a change of mind. */
static void
take_signature (AccSignPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));
  g_autoptr (AccSignature) signature = NULL;
  g_autofree char *text = acc_answer_dup_text (self->typed);

  if (form == NULL || self->person != acc_step_page_get_person (ACC_STEP_PAGE (self)))
    return;
  if (g_str_equal (gtk_stack_get_visible_child_name (self->ways), "draw"))
    signature = acc_signature_pad_dup_signature (self->pad);
  else if (!acc_text_is_blank (text))
    signature = acc_signature_new_typed (text);
  acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_signature (form, self->person, signature));
}

static void
on_drawn (AccSignPage *self)
{
  take_signature (self);
}

static void
on_typed (AccSignPage *self)
{
  take_signature (self);
}

static void
on_clear (AccSignPage *self)
{
  acc_signature_pad_clear (self->pad);
}

static void
on_type_instead (AccSignPage *self)
{
  gtk_stack_set_visible_child_name (self->ways, "type");
  acc_answer_focus (self->typed);
  take_signature (self);
}

static void
on_draw_instead (AccSignPage *self)
{
  gtk_stack_set_visible_child_name (self->ways, "draw");
  gtk_widget_grab_focus (self->type_instead);
  take_signature (self);
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

/* The pad and the typed name, for the author whose turn it is now. */
static void
show_signature (AccSignPage *self, AccForm *form, guint person)
{
  AccSignature *signature = acc_form_get_fields (form)->from[person].signature;
  gboolean typed = signature != NULL && acc_signature_get_kind (signature) == ACC_SIGNATURE_TYPED;

  self->person = ACC_PEOPLE_MAX; /* nobody's: nothing of what is shown is taken as an answer */
  acc_signature_pad_set_signature (self->pad, signature);
  acc_answer_set_text (self->typed, typed ? acc_signature_get_text (signature) : "");
  gtk_stack_set_visible_child_name (self->ways, typed ? "type" : "draw");
  self->person = person;
}

static void
acc_sign_page_update (AccStepPage *page, AccForm *form)
{
  AccSignPage *self = ACC_SIGN_PAGE (page);
  const AccLetterFields *fields = acc_form_get_fields (form);

  guint person = acc_step_page_get_person (page);
  AccSignature *signature;

  acc_asked_choice_set_asked (self->asked_choice, fields->asked_by_staff);
  if (person != self->person)
    show_signature (self, form, person);
  gtk_widget_set_visible (self->another, person + 1 == fields->n_from && fields->n_from < ACC_PEOPLE_MAX);
  gtk_widget_set_visible (self->leave_out, person > 0);
  gtk_check_button_set_active (self->file, fields->consent_file);
  gtk_check_button_set_active (self->share, fields->consent_share);
  signature = fields->from[person].signature;
  gtk_widget_set_sensitive (self->clear,
                            signature != NULL && acc_signature_get_kind (signature) == ACC_SIGNATURE_STROKES);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-sign.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, questions);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, name);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, signature);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, typed);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, consent);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, asked);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, asked_choice);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, contact_answer);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, ways);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, pad);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, clear);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, type_instead);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, draw_instead);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, file);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, share);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, contact);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, contact_revealer);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, another);
  gtk_widget_class_bind_template_child (widget_class, AccSignPage, leave_out);
  gtk_widget_class_bind_template_callback (widget_class, on_another);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_out);
  gtk_widget_class_bind_template_callback (widget_class, on_drawn);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_type_instead);
  gtk_widget_class_bind_template_callback (widget_class, on_draw_instead);
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
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
acc_sign_page_init (AccSignPage *self)
{
  AccStepPage *page = ACC_STEP_PAGE (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_step_page_set_stack (page, self->questions);
  acc_step_page_add_answer (page, self->name, ACC_FIELD_FROM_NAME);
  acc_step_page_add_answer (page, self->signature, ACC_FIELD_FROM_SIGNATURE);
  acc_step_page_add_answer (page, self->asked, ACC_FIELD_ASKED_BY_STAFF);
  acc_step_page_add_answer (page, self->consent, ACC_FIELD_CONSENT_FILE);
  acc_step_page_add_answer (page, self->contact_answer, ACC_FIELD_CONSENT_CONTACT);
}
