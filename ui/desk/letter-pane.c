/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/letter-pane.h"

#include <glib/gi18n-lib.h>

#include "base/language.h"
#include "desk/desk-edition.h"
#include "desk/desk-places.h"
#include "desk/letter-facts.h"
#include "desk/letter-passages.h"
#include "desk/words.h"
#include "kit/pdf-view.h"
#include "letter/number.h"

struct _AccLetterPane {
  GtkWidget parent;
  GtkWidget *pages, *addressee, *provenance, *facts;
  GtkWidget *original, *blacked_out, *large_print, *edition_problem;
  GtkWidget *pdf;
  AccDeskSession *session;
  AccDeskLetter *letter;
  GCancellable *reading; /* of the edition that is being read; NULL: none is */
  GBytes *shown;
  GArray *passages;      /* AccPassage: what is pointed out */
  GArray *first;         /* for each of them where its parts begin in what the view points out */
  guint asked;           /* the passage that is to be brought into view */
  GCancellable *placing; /* of their places, which are being found; NULL: they are not */
  gboolean placed;       /* these were found, for what is shown */
  gboolean to_be_shown;  /* @asked is, as soon as they are */
};

G_DEFINE_FINAL_TYPE (AccLetterPane, acc_letter_pane, GTK_TYPE_WIDGET)

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

/* How long it is, and in which language, by that language's own name. */
static char *
describe_text (AccDeskLetter *letter)
{
  guint n = acc_desk_letter_get_record (letter)->n_pages;
  const char *tag = acc_letter_get_fields (acc_desk_letter_get_letter (letter))->language;
  AccLanguage *language = acc_language_find (tag);
  g_autofree char *pages = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u page", "%u pages", n), n);
  char *text = g_strdup_printf ("%s · %s", pages, language != NULL ? language->name : tag);

  g_clear_pointer (&language, acc_language_free);
  return text;
}

static void
show_letter (AccLetterPane *self, AccDeskLetter *letter)
{
  const AccRecord *record = acc_desk_letter_get_record (letter);
  const AccLetterFields *fields = acc_letter_get_fields (acc_desk_letter_get_letter (letter));
  g_autofree char *addressees = describe_addressees (fields);
  g_autofree char *short_number = acc_number_short (record->number);
  g_autofree char *submitted = acc_words_moment (record->submitted_at);
  g_autofree char *sent = g_strdup_printf (_ ("Sent %s · %s · %s"), submitted, record->kiosk, short_number);
  g_autofree char *text = describe_text (letter);
  g_autofree char *provenance = g_strdup_printf ("%s · %s", sent, text);

  gtk_label_set_text (GTK_LABEL (self->addressee), addressees);
  gtk_label_set_text (GTK_LABEL (self->provenance), provenance);
  acc_letter_facts_show (ACC_LETTER_FACTS (self->facts), fields);
}

static void
forget_letter (AccLetterPane *self)
{
  gtk_label_set_text (GTK_LABEL (self->addressee), "");
  gtk_label_set_text (GTK_LABEL (self->provenance), "");
}

/* ---- the editions ---- */

static void point_out_words (AccLetterPane *self);

/* What is shown already keeps its place and zoom. */
static void
show_pdf (AccLetterPane *self, GBytes *pdf)
{
  if (pdf != NULL && self->shown != NULL && g_bytes_equal (pdf, self->shown))
    return;
  point_out_words (self);
  acc_pdf_view_set_pdf (ACC_PDF_VIEW (self->pdf), pdf);
  g_clear_pointer (&self->shown, g_bytes_unref);
  self->shown = pdf != NULL ? g_bytes_ref (pdf) : NULL;
}

static void
stop_reading (AccLetterPane *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_label_set_text (GTK_LABEL (self->edition_problem), "");
}

static void
on_edition_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccLetterPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = acc_desk_session_read_edition_finish (ACC_DESK_SESSION (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  if (pdf != NULL)
    {
      show_pdf (self, pdf);
      return;
    }
  sentence = acc_words_error (error);
  gtk_label_set_text (GTK_LABEL (self->edition_problem), sentence);
}

static void
show_edition (AccLetterPane *self)
{
  gboolean large = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->large_print));
  gboolean black = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->blacked_out));

  stop_reading (self);
  if (self->letter == NULL)
    show_pdf (self, NULL);
  else if (!large && !black)
    show_pdf (self, acc_opened_letter_get_pdf (acc_desk_letter_get_opened (self->letter)));
  else
    {
      self->reading = g_cancellable_new ();
      acc_desk_session_read_edition_async (self->session, self->letter,
                                           large ? ACC_DOCUMENT_LARGE_PRINT : ACC_DOCUMENT_BLACKED_OUT, self->reading,
                                           on_edition_read, g_object_ref (self));
    }
}

/* Of the two that change, the one that is chosen now. */
static void
on_edition_chosen (AccLetterPane *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    show_edition (self);
}

static void
choose (AccLetterPane *self, GtkWidget *button)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    show_edition (self);
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

void
acc_letter_pane_toggle_large_print (AccLetterPane *self)
{
  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  if (self->letter == NULL)
    return;
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->large_print)))
    choose (self, self->large_print);
  else
    choose (self, gtk_widget_get_visible (self->blacked_out) ? self->blacked_out : self->original);
}

static gboolean
is_same_letter (AccDeskLetter *one, AccDeskLetter *other)
{
  return one != NULL && other != NULL
         && g_str_equal (acc_desk_letter_get_record (one)->number, acc_desk_letter_get_record (other)->number);
}

/* What leaves is shown first, where it is not the original; a choice of the banker's stays while it can. */
static void
update_edition (AccLetterPane *self, gboolean same_letter)
{
  gboolean black = self->letter != NULL && acc_desk_edition_find_black_out (self->letter) != NULL;
  gboolean before = same_letter && gtk_widget_get_visible (self->blacked_out);

  gtk_widget_set_visible (self->blacked_out, black);
  if (same_letter && black == before && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->blacked_out)))
    return;
  choose (self, black ? self->blacked_out : self->original);
}

/* ---- passages ---- */

static gboolean
is_same_passage (const AccPassage *one, const AccPassage *other)
{
  return one->field == other->field && one->index == other->index && one->start == other->start && one->end == other->end;
}

static gboolean
is_pointed_out (AccLetterPane *self, GArray *passages)
{
  guint n = passages != NULL ? passages->len : 0;

  for (guint i = 0; i < n && n == self->passages->len; i++)
    if (!is_same_passage (&g_array_index (passages, AccPassage, i), &g_array_index (self->passages, AccPassage, i)))
      return FALSE;
  return n == self->passages->len;
}

/* By their words, whichever edition is shown. */
static void
point_out_words (AccLetterPane *self)
{
  g_autoptr (GPtrArray) parts = NULL;

  g_cancellable_cancel (self->placing);
  g_clear_object (&self->placing);
  self->placed = FALSE;
  g_clear_pointer (&self->first, g_array_unref);
  if (self->passages->len > 0)
    parts = acc_letter_passages_locate (acc_desk_letter_get_letter (self->letter),
                                        (const AccPassage *) (gconstpointer) self->passages->data, self->passages->len,
                                        &self->first);
  acc_pdf_view_point_out (ACC_PDF_VIEW (self->pdf), parts);
}

void
acc_letter_pane_point_out (AccLetterPane *self, GArray *passages)
{
  guint n = passages != NULL ? passages->len : 0;

  g_return_if_fail (ACC_IS_LETTER_PANE (self) && (n == 0 || self->letter != NULL));

  if (is_pointed_out (self, passages))
    return;
  self->to_be_shown = FALSE;
  g_array_set_size (self->passages, 0);
  if (n > 0)
    g_array_append_vals (self->passages, passages->data, n);
  point_out_words (self);
}

static void
show_asked (AccLetterPane *self)
{
  acc_pdf_view_show_passage (ACC_PDF_VIEW (self->pdf), g_array_index (self->first, guint, self->asked));
}

void
acc_letter_pane_show_passage (AccLetterPane *self, const AccPassage *passage)
{
  g_return_if_fail (ACC_IS_LETTER_PANE (self) && passage != NULL);

  gtk_label_set_text (GTK_LABEL (self->edition_problem), "");
  for (guint i = 0; i < self->passages->len; i++)
    if (is_same_passage (&g_array_index (self->passages, AccPassage, i), passage))
      {
        self->asked = i;
        show_asked (self);
        return;
      }
}

/* By the places that the typesetter gave them, which the view then needs no words for. */
static void
point_out_places (AccLetterPane *self, GPtrArray *places)
{
  g_autoptr (GPtrArray) parts = acc_letter_passages_set (places);

  g_array_set_size (self->first, 0);
  for (guint i = 0; i < parts->len; i++)
    g_array_append_val (self->first, i);
  self->placed = TRUE;
  acc_pdf_view_point_out (ACC_PDF_VIEW (self->pdf), parts);
}

static void on_passage_lost (AccLetterPane *self);

static void
on_places_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccLetterPane) self = data;
  g_autoptr (GPtrArray) places = acc_desk_session_find_places_finish (ACC_DESK_SESSION (source), result, NULL);
  gboolean show = self->to_be_shown;

  if (g_task_get_cancellable (G_TASK (result)) != self->placing)
    return;
  g_clear_object (&self->placing);
  self->to_be_shown = FALSE;
  if (places != NULL)
    point_out_places (self, places);
  if (show && places != NULL)
    show_asked (self);
  else if (show)
    on_passage_lost (self);
}

/* What poppler does not read in order is not found by its words. What leaves may be without these words: there they have no
 * place. */
static void
on_passages_unplaced (AccLetterPane *self)
{
  const AccDeskPlaces places = { self->letter, self->shown,
                                 gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->large_print)), self->passages };

  if (self->placed || self->placing != NULL || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->blacked_out)))
    return;
  self->placing = g_cancellable_new ();
  acc_desk_session_find_places_async (self->session, &places, self->placing, on_places_found, g_object_ref (self));
}

/* What leaves may be without these words; the original has them. */
static void
on_passage_lost (AccLetterPane *self)
{
  if (self->placing != NULL)
    self->to_be_shown = TRUE;
  else if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->original)))
    gtk_label_set_text (GTK_LABEL (self->edition_problem), _ ("The page does not let these words be marked."));
  else
    {
      choose (self, self->original);
      show_asked (self);
    }
}

void
acc_letter_pane_set_letter (AccLetterPane *self, AccDeskLetter *letter)
{
  gboolean same;

  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  same = is_same_letter (self->letter, letter);
  if (!same)
    acc_letter_pane_point_out (self, NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), letter != NULL ? "letter" : "none");
  g_set_object (&self->letter, letter);
  if (letter != NULL)
    show_letter (self, letter);
  else
    forget_letter (self);
  update_edition (self, same);
}

void
acc_letter_pane_set_session (AccLetterPane *self, AccDeskSession *session)
{
  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  self->session = session; /* the window's, which outlives its panes */
  acc_pdf_view_make_readable (ACC_PDF_VIEW (self->pdf));
  acc_pdf_view_set_worker (ACC_PDF_VIEW (self->pdf), acc_desk_session_get_paper (session));
}

char *
acc_letter_pane_dup_selection (AccLetterPane *self)
{
  g_return_val_if_fail (ACC_IS_LETTER_PANE (self), NULL);
  return acc_pdf_view_dup_selection (ACC_PDF_VIEW (self->pdf));
}

void
acc_letter_pane_find (AccLetterPane *self)
{
  g_return_if_fail (ACC_IS_LETTER_PANE (self));
  gtk_widget_activate_action (self->pdf, "pdf.find", NULL);
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

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_cancellable_cancel (self->placing);
  g_clear_object (&self->placing);
  g_clear_object (&self->letter);
  g_clear_pointer (&self->pages, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_bytes_unref);
  G_OBJECT_CLASS (acc_letter_pane_parent_class)->dispose (object);
}

static void
acc_letter_pane_finalize (GObject *object)
{
  AccLetterPane *self = ACC_LETTER_PANE (object);

  g_array_unref (self->passages);
  g_clear_pointer (&self->first, g_array_unref);
  G_OBJECT_CLASS (acc_letter_pane_parent_class)->finalize (object);
}

static void
acc_letter_pane_class_init (AccLetterPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_letter_pane_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_letter_pane_finalize;
  g_type_ensure (ACC_TYPE_LETTER_FACTS);
  g_type_ensure (ACC_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/letter-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, pages);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, addressee);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, provenance);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, facts);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, pdf);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, original);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, blacked_out);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, large_print);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPane, edition_problem);
  gtk_widget_class_bind_template_callback (widget_class, on_edition_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_passages_unplaced);
  gtk_widget_class_bind_template_callback (widget_class, on_passage_lost);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, fit_width);
}

static void
acc_letter_pane_init (AccLetterPane *self)
{
  self->passages = g_array_new (FALSE, TRUE, sizeof (AccPassage));
  gtk_widget_init_template (GTK_WIDGET (self));
}
