/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/out-of-service.h"

#include "kiosk/head.h"

struct _AccOutOfService {
  GtkWidget parent_instance;

  GtkWidget *page;
  AccHead *head;
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
  g_type_ensure (ACC_TYPE_HEAD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/out-of-service.ui");
  gtk_widget_class_bind_template_child (widget_class, AccOutOfService, page);
  gtk_widget_class_bind_template_child (widget_class, AccOutOfService, head);
  gtk_widget_class_bind_template_child (widget_class, AccOutOfService, reason);
}

static void
acc_out_of_service_init (AccOutOfService *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
acc_out_of_service_new (const char *reason, AccLetterhead *letterhead)
{
  AccOutOfService *self = g_object_new (ACC_TYPE_OUT_OF_SERVICE, NULL);

  gtk_label_set_text (self->reason, reason);
  if (letterhead != NULL)
    acc_head_set_letterhead (self->head, letterhead);
  return GTK_WIDGET (self);
}
