/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/steps.h"

#include <glib/gi18n-lib.h>

#include "letter/number.h"

struct _AccSentPage {
  AccStepPage parent_instance;

  GtkLabel *code, *number, *printed;
  GtkWidget *print;
  GtkFlowBox *buttons;

  AccStation *station;
  char *letter, *slip_code;
};

G_DEFINE_FINAL_TYPE (AccSentPage, acc_sent_page, ACC_TYPE_STEP_PAGE)

/* What is wrong with the printer is for staff: the client needs the code. */
static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccSentPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean printed = acc_station_print_slip_finish (ACC_STATION (source), result, &error);

  if (self->station == NULL) /* the client has left */
    return;
  if (!printed)
    g_warning ("%s", error->message);
  gtk_label_set_text (self->printed, printed ? _ ("Your slip is printed. Please take it with you.")
                                             : _ ("The printer does not work just now. Please write the code down."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "slip.print", !printed);
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccSentPage *self = ACC_SENT_PAGE (widget);

  gtk_widget_action_set_enabled (widget, "slip.print", FALSE);
  gtk_label_set_text (self->printed, _ ("Your slip is being printed."));
  gtk_widget_set_visible (GTK_WIDGET (self->printed), TRUE);
  acc_station_print_slip_async (self->station, self->letter, self->slip_code, on_printed, g_object_ref (self));
}

static void
acc_sent_page_dispose (GObject *object)
{
  AccSentPage *self = ACC_SENT_PAGE (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->letter, g_free);
  g_clear_pointer (&self->slip_code, g_free);
  G_OBJECT_CLASS (acc_sent_page_parent_class)->dispose (object);
}

static void
acc_sent_page_class_init (AccSentPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_sent_page_dispose;
  ACC_STEP_PAGE_CLASS (class)->step = ACC_STEP_SENT;
  gtk_widget_class_install_action (widget_class, "slip.print", NULL, print);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/step-sent.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSentPage, code);
  gtk_widget_class_bind_template_child (widget_class, AccSentPage, number);
  gtk_widget_class_bind_template_child (widget_class, AccSentPage, printed);
  gtk_widget_class_bind_template_child (widget_class, AccSentPage, print);
  gtk_widget_class_bind_template_child (widget_class, AccSentPage, buttons);
}

static void
acc_sent_page_init (AccSentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_sent_page_set_slip (AccSentPage *self, AccStation *station, const char *number, const char *code)
{
  g_autofree char *short_number = NULL, *sentence = NULL;

  g_return_if_fail (ACC_IS_SENT_PAGE (self) && ACC_IS_STATION (station));
  g_return_if_fail (number != NULL && code != NULL);

  g_return_if_fail (self->station == NULL);

  self->station = g_object_ref (station);
  self->letter = g_strdup (number);
  self->slip_code = g_strdup (code);
  short_number = acc_number_short (number);
  /* Translators: the letter's number */
  sentence = g_strdup_printf (_ ("The number of your letter is %s."), short_number);
  gtk_label_set_text (self->code, code);
  gtk_label_set_text (self->number, sentence);
  gtk_widget_set_visible (gtk_widget_get_parent (self->print), acc_station_has_slip_printer (station));
  gtk_flow_box_set_max_children_per_line (self->buttons, acc_station_has_slip_printer (station) ? 2 : 1);
}
