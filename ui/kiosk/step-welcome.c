/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

struct _AccWelcomePage {
  AccStepPage parent_instance;
};

G_DEFINE_FINAL_TYPE (AccWelcomePage, acc_welcome_page, ACC_TYPE_STEP_PAGE)

static void
acc_welcome_page_class_init (AccWelcomePageClass *class)
{
  ACC_STEP_PAGE_CLASS (class)->step = ACC_STEP_WELCOME;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (class), "/org/accolade/kiosk/step-welcome.ui");
}

static void
acc_welcome_page_init (AccWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
