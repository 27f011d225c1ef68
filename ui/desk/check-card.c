/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/check-card.h"

#include <glib/gi18n-lib.h>

#include "desk/letter-passages.h"

struct _AccCheckCard {
  GtkWidget parent;
  GtkWidget *told, *sentence, *advice, *where, *offer, *words, *take;
  GtkWidget *pointer; /* in the place of what is told, which then is in it; NULL: the card is about no words of the letter */
  char *offered; /* NULL: nothing */
};

G_DEFINE_FINAL_TYPE (AccCheckCard, acc_check_card, GTK_TYPE_WIDGET)

enum { OFFER_TAKEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_take (AccCheckCard *self)
{
  g_signal_emit (self, signals[OFFER_TAKEN], 0, self->offered);
}

static void
acc_check_card_dispose (GObject *object)
{
  AccCheckCard *self = ACC_CHECK_CARD (object);

  g_clear_pointer (self->pointer != NULL ? &self->pointer : &self->told, gtk_widget_unparent);
  g_clear_pointer (&self->offer, gtk_widget_unparent);
  g_clear_pointer (&self->offered, g_free);
  G_OBJECT_CLASS (acc_check_card_parent_class)->dispose (object);
}

static void
acc_check_card_class_init (AccCheckCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_check_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/check-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, told);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, sentence);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, advice);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, where);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, offer);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, words);
  gtk_widget_class_bind_template_child (widget_class, AccCheckCard, take);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  signals[OFFER_TAKEN] = g_signal_new ("offer-taken", ACC_TYPE_CHECK_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
acc_check_card_init (AccCheckCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A sentence may begin with words of a client's that run the other way; Pango takes a paragraph's direction from its first
 * letter, isolated or not. */
static void
set_directed (GtkWidget *label, const char *text)
{
  gboolean rtl = gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL;
  g_autofree char *directed = g_strconcat (rtl ? "\xE2\x80\x8F" : "\xE2\x80\x8E", text, NULL); /* U+200F, U+200E */

  gtk_label_set_text (GTK_LABEL (label), directed);
}

GtkWidget *
acc_check_card_new (const char *sentence, const char *advice, gboolean stops)
{
  AccCheckCard *self = g_object_new (ACC_TYPE_CHECK_CARD, NULL);

  set_directed (self->sentence, sentence);
  set_directed (self->advice, advice);
  gtk_widget_set_visible (self->advice, advice[0] != '\0');
  if (stops)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stops");
  return GTK_WIDGET (self);
}

/* What is told becomes a button, and is what a screen reader says of it. */
void
acc_check_card_set_passage (AccCheckCard *self, const AccPassage *passage)
{
  GtkWidget *const labels[] = { self->sentence, self->advice, self->where };
  g_autoptr (GString) spoken = g_string_new (NULL);

  g_return_if_fail (ACC_IS_CHECK_CARD (self) && self->pointer == NULL && passage != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_string_append_printf (spoken, "%s%s", i > 0 ? " " : "", gtk_label_get_text (GTK_LABEL (labels[i])));
  gtk_widget_set_visible (self->where, TRUE);
  self->pointer = gtk_button_new ();
  gtk_widget_insert_before (self->pointer, GTK_WIDGET (self), self->told);
  g_object_ref (self->told);
  gtk_widget_unparent (self->told);
  gtk_button_set_child (GTK_BUTTON (self->pointer), self->told);
  g_object_unref (self->told);
  gtk_widget_add_css_class (self->pointer, "check-pointer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pointer), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->pointer), acc_letter_passages_to_target (passage));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pointer), "review.show-passage");
}

void
acc_check_card_set_offer (AccCheckCard *self, const char *words)
{
  g_autofree char *text = NULL, *label = NULL;

  g_return_if_fail (ACC_IS_CHECK_CARD (self) && words != NULL);
  g_free (self->offered);
  self->offered = g_strdup (words);
  text = g_strdup_printf (_ ("For the cover: “%s”"), words);
  label = g_strdup_printf (_ ("Add to the cover: “%s”"), words);
  gtk_label_set_text (GTK_LABEL (self->words), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->take), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->offer, TRUE);
}

void
acc_check_card_set_may_take (AccCheckCard *self, gboolean may_take)
{
  g_return_if_fail (ACC_IS_CHECK_CARD (self));
  gtk_widget_set_sensitive (self->take, may_take);
}
