/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include "letter/number.h"

struct _AccSentPage {
  AccStepPage parent_instance;

  GtkLabel *number;
};

G_DEFINE_FINAL_TYPE (AccSentPage, acc_sent_page, ACC_TYPE_STEP_PAGE)

static void
acc_sent_page_class_init (AccSentPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ACC_STEP_PAGE_CLASS (class)->step = ACC_STEP_SENT;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-sent.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSentPage, number);
}

static void
acc_sent_page_init (AccSentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_sent_page_set_number (AccSentPage *self, const char *number)
{
  g_autofree char *short_number = NULL;

  g_return_if_fail (ACC_IS_SENT_PAGE (self));

  short_number = acc_number_short (number);
  gtk_label_set_text (self->number, short_number);
}
