/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include <glib/gi18n-lib.h>

#include "base/language.h"
#include "kit/look.h"
#include "letter/letter-language.h"

struct _AccReadPage {
  AccStepPage parent_instance;

  GtkWidget *language;
  GtkBox *languages;
  GtkLabel *doing;
  GtkLabel *failure;
};

G_DEFINE_FINAL_TYPE (AccReadPage, acc_read_page, ACC_TYPE_STEP_PAGE)

static void
acc_read_page_class_init (AccReadPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ACC_STEP_PAGE_CLASS (class)->step = ACC_STEP_READ;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-read.ui");
  gtk_widget_class_bind_template_child (widget_class, AccReadPage, language);
  gtk_widget_class_bind_template_child (widget_class, AccReadPage, languages);
  gtk_widget_class_bind_template_child (widget_class, AccReadPage, doing);
  gtk_widget_class_bind_template_child (widget_class, AccReadPage, failure);
}

static void
acc_read_page_init (AccReadPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_read_page_set_state (self, NULL, NULL);
}

void
acc_read_page_set_state (AccReadPage *self, const char *doing, const char *failure)
{
  g_return_if_fail (ACC_IS_READ_PAGE (self));

  gtk_label_set_text (self->doing, doing != NULL ? doing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->doing), doing != NULL);
  gtk_label_set_text (self->failure, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), failure != NULL);
}

static void
on_language (GtkCheckButton *choice, AccReadPage *self)
{
  AccForm *form = acc_step_page_get_form (ACC_STEP_PAGE (self));

  if (gtk_check_button_get_active (choice))
    acc_step_page_take_form (ACC_STEP_PAGE (self), acc_form_with_language (form, gtk_widget_get_name (GTK_WIDGET (choice))));
}

/* The choice is named by its tag. */
static void
add_choice (AccReadPage *self, const char *tag, const char *chosen)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->languages));
  g_autoptr (AccLanguage) language = acc_language_find (tag);
  GtkWidget *choice = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, "label",
                                    language != NULL ? language->name : _ ("Another language"), "css-classes",
                                    (const char *[]){ "choice", NULL }, NULL);

  gtk_widget_set_name (choice, tag);
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (first));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), g_str_equal (tag, chosen));
  g_signal_connect_object (choice, "toggled", G_CALLBACK (on_language), self, 0);
  gtk_box_append (self->languages, choice);
}

void
acc_read_page_ask_language (AccReadPage *self)
{
  const AccLetterFields *fields;
  g_autofree char *doubt = NULL;
  GtkWidget *child;

  g_return_if_fail (ACC_IS_READ_PAGE (self));

  fields = acc_form_get_fields (acc_step_page_get_form (ACC_STEP_PAGE (self)));
  doubt = acc_letter_language_doubt (fields);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->languages))) != NULL)
    gtk_box_remove (self->languages, child);
  gtk_widget_set_visible (self->language, doubt != NULL);
  if (doubt == NULL)
    return;
  add_choice (self, fields->language, fields->language);
  add_choice (self, doubt, fields->language);
  if (!g_str_equal (fields->language, ACC_LANGUAGE_UNKNOWN))
    add_choice (self, ACC_LANGUAGE_UNKNOWN, fields->language);
  acc_look_wrap_buttons (GTK_WIDGET (self->languages));
}

gboolean
acc_read_page_asks_language (AccReadPage *self)
{
  g_return_val_if_fail (ACC_IS_READ_PAGE (self), FALSE);

  return gtk_widget_get_visible (self->language);
}
