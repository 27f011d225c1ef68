/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/pass-panel.h"

#include <glib/gi18n-lib.h>

struct _AccPassPanel {
  GtkWidget parent;
  GtkWidget *client, *contact, *from, *message, *copy, *copied;
  guint sequence;
};

G_DEFINE_FINAL_TYPE (AccPassPanel, acc_pass_panel, GTK_TYPE_WIDGET)

enum { PASSED_ON, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
acc_pass_panel_begin (AccPassPanel *self, const AccPassing *passing, guint sequence)
{
  g_autofree char *from = NULL;

  g_return_if_fail (ACC_IS_PASS_PANEL (self) && passing != NULL);
  self->sequence = sequence;
  from = g_strdup_printf (_ ("%s says:"), passing->from);
  gtk_label_set_text (GTK_LABEL (self->client), passing->client);
  gtk_label_set_text (GTK_LABEL (self->contact), passing->contact);
  gtk_label_set_text (GTK_LABEL (self->from), from);
  gtk_label_set_text (GTK_LABEL (self->message), passing->message);
  gtk_label_set_text (GTK_LABEL (self->copied), "");
  gtk_widget_grab_focus (self->copy);
}

void
acc_pass_panel_end (AccPassPanel *self)
{
  g_return_if_fail (ACC_IS_PASS_PANEL (self));

  GtkWidget *const labels[] = { self->client, self->contact, self->from, self->message, self->copied };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_text (GTK_LABEL (labels[i]), "");
}

guint
acc_pass_panel_get_sequence (AccPassPanel *self)
{
  g_return_val_if_fail (ACC_IS_PASS_PANEL (self), 0);
  return self->sequence;
}

/* Who says what: how to reach the client stays in the branch. */
static void
copy (AccPassPanel *self)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", gtk_label_get_text (GTK_LABEL (self->from)),
                                           gtk_label_get_text (GTK_LABEL (self->message)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_label_set_text (GTK_LABEL (self->copied), _ ("The message is copied."));
}

static void
pass_on (AccPassPanel *self)
{
  g_signal_emit (self, signals[PASSED_ON], 0);
}

static void
go_back (AccPassPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
acc_pass_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_pass_panel_parent_class)->dispose (object);
}

static void
acc_pass_panel_class_init (AccPassPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_pass_panel_dispose;
  signals[PASSED_ON]
    = g_signal_new ("passed-on", ACC_TYPE_PASS_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_PASS_PANEL, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/pass-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AccPassPanel, client);
  gtk_widget_class_bind_template_child (widget_class, AccPassPanel, contact);
  gtk_widget_class_bind_template_child (widget_class, AccPassPanel, from);
  gtk_widget_class_bind_template_child (widget_class, AccPassPanel, message);
  gtk_widget_class_bind_template_child (widget_class, AccPassPanel, copy);
  gtk_widget_class_bind_template_child (widget_class, AccPassPanel, copied);
  gtk_widget_class_bind_template_callback (widget_class, copy);
  gtk_widget_class_bind_template_callback (widget_class, pass_on);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
acc_pass_panel_init (AccPassPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
