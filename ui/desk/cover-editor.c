/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/cover-editor.h"

#include <glib/gi18n-lib.h>

#include "kit/typing.h"
#include "route/cover.h"

#define TYPED_MAX (ACC_COVER_CHARACTERS_MAX * 5 / 4) /* a long draft may be cut down; a book may not be pasted */

struct _AccCoverEditor {
  GtkWidget parent;
  GtkWidget *heading, *text, *fault, *count;
  AccReviewDraft *draft;
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

static void
show_paragraph (AccCoverEditor *self, const AccRecipient *recipient)
{
  g_autofree char *heading = g_strdup_printf (_ ("Cover for %s"), recipient->person->name);
  g_autofree char *shown = dup_text (self);
  const char *text = acc_review_draft_get_paragraph (self->draft, self->recipient);

  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  if (strcmp (shown, text) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text, -1);
  show_fault (self, text);
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
    show_paragraph (self, acc_plan_get_recipient (plan, recipient));
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
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_cover_editor_parent_class)->dispose (object);
}

static void
acc_cover_editor_class_init (AccCoverEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_cover_editor_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/cover-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, heading);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, text);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, fault);
  gtk_widget_class_bind_template_child (widget_class, AccCoverEditor, count);
}

static void
acc_cover_editor_init (AccCoverEditor *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  acc_typing_watch_view (GTK_TEXT_VIEW (self->text), TYPED_MAX, on_text_left_out, self);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
}
