/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/out-of-service.h"

struct _AccOutOfService {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (AccOutOfService, acc_out_of_service, GTK_TYPE_WIDGET)

static void
acc_out_of_service_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_OUT_OF_SERVICE);
  G_OBJECT_CLASS (acc_out_of_service_parent_class)->dispose (object);
}

static void
acc_out_of_service_class_init (AccOutOfServiceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_out_of_service_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/out-of-service.ui");
  gtk_widget_class_bind_template_child (widget_class, AccOutOfService, scroller);
  gtk_widget_class_bind_template_child (widget_class, AccOutOfService, reason);
}

static void
acc_out_of_service_init (AccOutOfService *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_out_of_service_set_reason (AccOutOfService *self, const char *sentence)
{
  g_return_if_fail (ACC_IS_OUT_OF_SERVICE (self));

  gtk_label_set_text (self->reason, sentence);
}
