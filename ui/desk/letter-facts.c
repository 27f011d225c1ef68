/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/letter-facts.h"

#include <glib/gi18n-lib.h>

#include "desk/words.h"

struct _AccLetterFacts {
  GtkWidget parent;
  GtkWidget *grid;
  GtkWidget *served_on, *reached, *file, *share, *contact, *asked;
};

G_DEFINE_FINAL_TYPE (AccLetterFacts, acc_letter_facts, GTK_TYPE_WIDGET)

static const char *const reached_words[] = {
  [ACC_REACHED_PHONE] = N_ ("by phone"),
  [ACC_REACHED_BRANCH] = N_ ("in a branch"),
  [ACC_REACHED_ONLINE] = N_ ("online"),
};

static const char *const asked_words[] = {
  [ACC_ASKED_UNSAID] = N_ ("not said"),
  [ACC_ASKED_YES] = N_ ("yes"),
  [ACC_ASKED_NO] = N_ ("no"),
};

/* How each of them was reached, once where it is the same way. */
static char *
describe_reached (const AccLetterFields *fields)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  guint seen = 0;

  for (guint i = 0; i < fields->n_to; i++)
    {
      if ((seen & (1u << fields->to[i].reached)) == 0)
        g_strv_builder_add (builder, _ (reached_words[fields->to[i].reached]));
      seen |= 1u << fields->to[i].reached;
    }
  words = g_strv_builder_end (builder);
  return g_strjoinv (", ", words);
}

void
acc_letter_facts_show (AccLetterFacts *self, const AccLetterFields *fields)
{
  g_autofree char *served_on = NULL, *reached = NULL;

  g_return_if_fail (ACC_IS_LETTER_FACTS (self) && fields != NULL);
  served_on = acc_words_date (fields->served_on);
  reached = describe_reached (fields);
  gtk_label_set_text (GTK_LABEL (self->served_on), served_on);
  gtk_label_set_text (GTK_LABEL (self->reached), reached);
  gtk_label_set_text (GTK_LABEL (self->file), fields->consent_file ? _ ("agreed") : _ ("not agreed"));
  gtk_label_set_text (GTK_LABEL (self->share), fields->consent_share ? _ ("agreed") : _ ("not agreed"));
  gtk_label_set_text (GTK_LABEL (self->contact), fields->consent_contact[0] != '\0' ? _ ("wished") : _ ("not wished"));
  gtk_label_set_text (GTK_LABEL (self->asked), _ (asked_words[fields->asked_by_staff]));
}

static void
acc_letter_facts_dispose (GObject *object)
{
  AccLetterFacts *self = ACC_LETTER_FACTS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (acc_letter_facts_parent_class)->dispose (object);
}

static void
acc_letter_facts_class_init (AccLetterFactsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_letter_facts_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/letter-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, grid);
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, served_on);
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, reached);
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, file);
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, share);
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, contact);
  gtk_widget_class_bind_template_child (widget_class, AccLetterFacts, asked);
}

static void
acc_letter_facts_init (AccLetterFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
