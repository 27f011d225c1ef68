/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/letter-pane.h"

#include <glib/gi18n-lib.h>

#include "desk/words.h"
#include "kit/pdf-view.h"
#include "letter/number.h"

struct _AccLetterPane {
  GtkWidget parent;
  GtkWidget *pages, *addressee, *provenance;
  GtkWidget *served_on, *reached, *file, *share, *contact, *asked;
  GtkWidget *pdf;
  GBytes *shown;
};

G_DEFINE_FINAL_TYPE (AccLetterPane, acc_letter_pane, GTK_TYPE_WIDGET)

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

static void
zoom_in (AccLetterPane *self)
{
  gtk_widget_activate_action (self->pdf, "pdf.zoom-in", NULL);
}

static void
zoom_out (AccLetterPane *self)
{
  gtk_widget_activate_action (self->pdf, "pdf.zoom-out", NULL);
}

static void
fit_width (AccLetterPane *self)
{
  gtk_widget_activate_action (self->pdf, "pdf.fit-width", NULL);
}

/* Everybody it is written to, each with the department as the client put it. */
static char *
describe_addressees (const AccLetterFields *fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccAddressee *to = &fields->to[i];

      g_string_append (text, i == 0 ? "" : "; ");
      g_string_append (text, to->name);
      if (to->department[0] != '\0')
        g_string_append_printf (text, ", %s", to->department);
    }
  return g_string_free (text, FALSE);
}

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

static void
show_facts (AccLetterPane *self, const AccLetterFields *fields)
{
  g_autofree char *served_on = acc_words_date (fields->served_on);
  g_autofree char *reached = describe_reached (fields);

  gtk_label_set_text (GTK_LABEL (self->served_on), served_on);
  gtk_label_set_text (GTK_LABEL (self->reached), reached);
  gtk_label_set_text (GTK_LABEL (self->file), fields->consent_file ? _ ("agreed") : _ ("not agreed"));
  gtk_label_set_text (GTK_LABEL (self->share), fields->consent_share ? _ ("agreed") : _ ("not agreed"));
  gtk_label_set_text (GTK_LABEL (self->contact), fields->consent_contact[0] != '\0' ? _ ("wished") : _ ("not wished"));
  gtk_label_set_text (GTK_LABEL (self->asked), _ (asked_words[fields->asked_by_staff]));
}

static void
show_letter (AccLetterPane *self, AccDeskLetter *letter)
{
  const AccRecord *record = acc_desk_letter_get_record (letter);
  const AccLetterFields *fields = acc_letter_get_fields (acc_desk_letter_get_letter (letter));
  g_autofree char *addressees = describe_addressees (fields);
  g_autofree char *short_number = acc_number_short (record->number);
  g_autofree char *submitted = acc_words_moment (record->submitted_at);
  g_autofree char *provenance
    = g_strdup_printf (_ ("Sent %s · %s · %s"), submitted, record->kiosk, short_number);

  gtk_label_set_text (GTK_LABEL (self->addressee), addressees);
  gtk_label_set_text (GTK_LABEL (self->provenance), provenance);
  show_facts (self, fields);
}

void
acc_letter_pane_set_letter (AccLetterPane *self, AccDeskLetter *letter)
{
  GBytes *pdf = letter != NULL ? acc_opened_letter_get_pdf (acc_desk_letter_get_opened (letter)) : NULL;

  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), letter != NULL ? "letter" : "none");
  if (letter != NULL)
    show_letter (self, letter);
  if (pdf != NULL && self->shown != NULL && g_bytes_equal (pdf, self->shown))
    return;
  acc_pdf_view_set_pdf (ACC_PDF_VIEW (self->pdf), pdf);
  g_clear_pointer (&self->shown, g_bytes_unref);
  self->shown = pdf != NULL ? g_bytes_ref (pdf) : NULL;
}

void
acc_letter_pane_set_session (AccLetterPane *self, AccDeskSession *session)
{
  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  acc_pdf_view_set_worker (ACC_PDF_VIEW (self->pdf), acc_desk_session_get_paper (session));
}

void
acc_letter_pane_take_focus (AccLetterPane *self)
{
  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  if (!gtk_widget_grab_focus (self->pdf))
    gtk_widget_child_focus (self->pdf, GTK_DIR_TAB_FORWARD);
}

static void
acc_letter_pane_dispose (GObject *object)
{
  AccLetterPane *self = ACC_LETTER_PANE (object);

  g_clear_pointer (&self->pages, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_bytes_unref);
  G_OBJECT_CLASS (acc_letter_pane_parent_class)->dispose (object);
}

static void
acc_letter_pane_class_init (AccLetterPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_letter_pane_dispose;
  g_type_ensure (ACC_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/letter-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, pages);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, addressee);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, provenance);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, served_on);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, reached);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, file);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, share);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, contact);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, asked);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, pdf);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, fit_width);
}

static void
acc_letter_pane_init (AccLetterPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
