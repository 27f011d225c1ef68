/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

struct _AccReadPage {
  AccStepPage parent_instance;

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
