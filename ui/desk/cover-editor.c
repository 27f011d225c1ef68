/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/cover-editor.h"

#include <glib/gi18n-lib.h>

#include "base/language.h"
#include "desk/check-card.h"
#include "desk/spelling-strip.h"
#include "kit/typing.h"
#include "review/checks.h"
#include "route/cover.h"

#define TYPED_MAX (ACC_COVER_CHARACTERS_MAX * 5 / 4) /* a long draft may be cut down; a book may not be pasted */

struct _AccCoverEditor {
  GtkWidget parent;
  GtkWidget *heading, *text, *spelling, *fault, *count, *added, *notes;
  char *noted; /* what the notes say */
  AccReviewDraft *draft;
  AccPlan *spelled; /* whose names are known to be right */
  guint recipient;
  gboolean left_out; /* the last insertion held something that may not stand */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (AccCoverEditor, acc_cover_editor, GTK_TYPE_WIDGET)

static char *
dup_text (AccCoverEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static guint
count_words (const char *text)
{
  gboolean in_word = FALSE;
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gboolean space = g_unichar_isspace (g_utf8_get_char (text));

      n += !space && !in_word ? 1 : 0;
      in_word = !space;
    }
  return n;
}

/* Nothing is wrong with a paragraph that has not been proposed yet. */
static char *
find_fault (AccCoverEditor *self)
{
  g_autofree char *fault = NULL;

  if (acc_review_draft_needs_proposals (self->draft))
    return NULL;
  fault = acc_review_draft_find_fault (self->draft, self->recipient);
  if (fault == NULL && self->left_out)
    return g_strdup (_ ("What may not stand in a letter, or did not fit, was left out."));
  return g_steal_pointer (&fault);
}

static void
show_fault (AccCoverEditor *self, const char *text)
{
  g_autofree char *fault = find_fault (self);
  g_autofree char *count
    = g_strdup_printf (_ ("%u of at most %u words"), count_words (text), (guint) ACC_COVER_WORDS_MAX);

  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_label_set_text (GTK_LABEL (self->fault), fault != NULL ? fault : "");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* What the cover does better without, and what keeps it from going out. Notes that say what they said stay. */
static void
show_notes (AccCoverEditor *self)
{
  g_autoptr (GPtrArray) checks = acc_review_draft_check_cover (self->draft, self->recipient);
  g_autoptr (GString) all = g_string_new (NULL);
  GtkWidget *child;

  for (guint i = 0; i < checks->len; i++)
    g_string_append (all, ((const AccCheckResult *) g_ptr_array_index (checks, i))->sentence);
  if (g_strcmp0 (self->noted, all->str) == 0)
    return;
  g_free (self->noted);
  self->noted = g_strdup (all->str);
  while ((child = gtk_widget_get_first_child (self->notes)) != NULL)
    gtk_box_remove (GTK_BOX (self->notes), child);
  for (guint i = 0; i < checks->len; i++)
    {
      const AccCheckResult *check = g_ptr_array_index (checks, i);

      gtk_box_append (GTK_BOX (self->notes), acc_check_card_new (check->sentence, check->advice, check->weight == ACC_CHECK_STOPS));
    }
}

static void
show_addition (AccCoverEditor *self)
{
  g_autofree char *addition = acc_review_draft_dup_addition (self->draft, self->recipient);
  g_autofree char *text = addition != NULL ? g_strdup_printf (_ ("The cover adds: “%s”"), addition) : NULL;

  gtk_label_set_text (GTK_LABEL (self->added), text != NULL ? text : "");
  gtk_widget_set_visible (self->added, text != NULL);
}

static void
show_paragraph (AccCoverEditor *self, const AccRecipient *recipient)
{
  g_autofree char *heading = g_strdup_printf (_ ("Cover for %s"), recipient->person->name);
  g_autofree char *shown = dup_text (self);
  const char *text = acc_review_draft_get_paragraph (self->draft, self->recipient);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));

  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  if (strcmp (shown, text) != 0)
    {
      gtk_text_buffer_set_text (buffer, text, -1);
      gtk_text_buffer_set_modified (buffer, FALSE); /* as it was found: nobody has written here */
    }
  show_fault (self, text);
  show_addition (self);
  show_notes (self);
}

/* What people and places are called is in no dictionary. */
static void
accept_names (AccCoverEditor *self, AccPlan *plan)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *text = NULL;

  if (!g_set_object (&self->spelled, plan))
    return;
  names = acc_review_draft_list_names (self->draft);
  text = g_strjoinv (" ", names);
  acc_spelling_strip_forget (ACC_SPELLING_STRIP (self->spelling));
  acc_spelling_strip_accept (ACC_SPELLING_STRIP (self->spelling), text);
}

void
acc_cover_editor_update (AccCoverEditor *self, AccReviewDraft *draft, guint recipient, gboolean editable)
{
  AccPlan *plan = acc_review_draft_get_plan (draft);
  gboolean present = recipient < acc_plan_get_n_recipients (plan);

  g_return_if_fail (ACC_IS_COVER_EDITOR (self));
  g_set_object (&self->draft, draft);
  self->recipient = recipient;
  self->updating = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), present);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), editable);
  if (present)
    {
      accept_names (self, plan);
      show_paragraph (self, acc_plan_get_recipient (plan, recipient));
    }
  self->updating = FALSE;
}

void
acc_cover_editor_forget (AccCoverEditor *self)
{
  GtkWidget *child;

  g_return_if_fail (ACC_IS_COVER_EDITOR (self));

  GtkWidget *const labels[] = { self->heading, self->fault, self->count, self->added };

  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_text (GTK_LABEL (labels[i]), "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "", 0);
  while ((child = gtk_widget_get_first_child (self->notes)) != NULL)
    gtk_box_remove (GTK_BOX (self->notes), child);
  acc_spelling_strip_forget (ACC_SPELLING_STRIP (self->spelling));
  g_clear_pointer (&self->noted, g_free);
  g_clear_object (&self->spelled);
  g_clear_object (&self->draft);
  self->updating = FALSE;
}

gboolean
acc_cover_editor_take_focus (AccCoverEditor *self)
{
  g_return_val_if_fail (ACC_IS_COVER_EDITOR (self), FALSE);
  return gtk_widget_get_mapped (self->text) && gtk_widget_grab_focus (self->text);
}

static void
on_text_changed (AccCoverEditor *self)
{
  g_autofree char *text = NULL;

  if (self->updating || self->draft == NULL)
    return;
  text = dup_text (self);
  acc_review_draft_set_paragraph (self->draft, self->recipient, text);
  self->left_out = FALSE;
}

static void
on_text_left_out (AccTextChange change, gpointer data)
{
  AccCoverEditor *self = data;
  g_autofree char *text = dup_text (self);

  self->left_out = !self->updating;
  if (self->left_out && self->draft != NULL)
    show_fault (self, text);
}

static void
acc_cover_editor_dispose (GObject *object)
{
  AccCoverEditor *self = ACC_COVER_EDITOR (object);
  GtkWidget *child;

  self->updating = TRUE;
  g_clear_object (&self->draft);
  g_clear_object (&self->spelled);
  g_clear_pointer (&self->noted, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_cover_editor_parent_class)->dispose (object);
}

static void
acc_cover_editor_class_init (AccCoverEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_cover_editor_dispose;
  g_type_ensure (ACC_TYPE_SPELLING_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/cover-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, heading);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, text);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, spelling);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, fault);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, count);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, added);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, notes);
}

static void
acc_cover_editor_init (AccCoverEditor *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  acc_typing_watch_view (GTK_TEXT_VIEW (self->text), TYPED_MAX, on_text_left_out, self);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
  acc_spelling_strip_watch (ACC_SPELLING_STRIP (self->spelling), GTK_TEXT_VIEW (self->text), acc_language_get ());
}
