/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/check-card.h"

struct _AccCheckCard {
  GtkWidget parent;
  GtkWidget *sentence, *advice;
};

G_DEFINE_FINAL_TYPE (AccCheckCard, acc_check_card, GTK_TYPE_WIDGET)

static void
acc_check_card_dispose (GObject *object)
{
  AccCheckCard *self = ACC_CHECK_CARD (object);

  g_clear_pointer (&self->sentence, gtk_widget_unparent);
  g_clear_pointer (&self->advice, gtk_widget_unparent);
  G_OBJECT_CLASS (acc_check_card_parent_class)->dispose (object);
}

static void
acc_check_card_class_init (AccCheckCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_check_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/check-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, sentence);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, advice);
}

static void
acc_check_card_init (AccCheckCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
acc_check_card_new (const char *sentence, const char *advice, gboolean stops)
{
  AccCheckCard *self = g_object_new (ACC_TYPE_CHECK_CARD, NULL);

  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_label_set_text (GTK_LABEL (self->advice), advice);
  gtk_widget_set_visible (self->advice, advice[0] != '\0');
  if (stops)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stops");
  return GTK_WIDGET (self);
}
