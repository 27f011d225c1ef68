/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/countdown.h"

#include <glib/gi18n-lib.h>

#define SPOKEN_EACH 10 /* seconds */
#define SPOKEN_LAST 5

struct _AccCountdown {
  GtkWidget parent_instance;

  GtkWidget *row;
  GtkLabel *figure, *word;
  gboolean spoken; /* at least once */
};

G_DEFINE_FINAL_TYPE (AccCountdown, acc_countdown, GTK_TYPE_WIDGET)

static void
acc_countdown_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_COUNTDOWN);
  G_OBJECT_CLASS (acc_countdown_parent_class)->dispose (object);
}

static void
acc_countdown_class_init (AccCountdownClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_countdown_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "countdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kit/countdown.ui");
  gtk_widget_class_bind_template_child (widget_class, AccCountdown, row);
  gtk_widget_class_bind_template_child (widget_class, AccCountdown, figure);
  gtk_widget_class_bind_template_child (widget_class, AccCountdown, word);
}

static void
acc_countdown_init (AccCountdown *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
acc_countdown_new (void)
{
  return g_object_new (ACC_TYPE_COUNTDOWN, NULL);
}

static void
speak (AccCountdown *self, guint seconds)
{
  g_autofree char *said
    = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second left", "%u seconds left", seconds), seconds);

  self->spoken = TRUE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

void
acc_countdown_set_seconds (AccCountdown *self, guint seconds)
{
  g_autofree char *figure = NULL;

  g_return_if_fail (ACC_IS_COUNTDOWN (self));

  figure = g_strdup_printf ("%u", seconds);
  gtk_label_set_text (self->figure, figure);
  gtk_label_set_text (self->word, g_dngettext (GETTEXT_PACKAGE, "second left", "seconds left", seconds));
  if (!self->spoken || seconds % SPOKEN_EACH == 0 || seconds == SPOKEN_LAST)
    speak (self, seconds);
}
