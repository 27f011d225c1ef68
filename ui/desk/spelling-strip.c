/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/spelling-strip.h"

#include <glib/gi18n-lib.h>

#include "route/spelling.h"

#define OFFERED_CHARACTERS 20 /* of all suggestions together: as many as a narrow column has room for */
#define CHECK_MILLISECONDS 300 /* after the last change: no word is wrong while it is being typed */

struct _AccSpellingStrip {
  GtkWidget parent;
  GtkWidget *word, *suggestions, *accept;

  GtkTextView *view; /* NULL: not yet, or no dictionary is there */
  char *language;
  GtkTextTag *tag;
  AccSpelling *spelling;
  GPtrArray *finds;            /* of AccSpellingFind, in the text as it was checked */
  const AccSpellingFind *shown; /* one of them; NULL: none */
  guint check_source;
};

G_DEFINE_FINAL_TYPE (AccSpellingStrip, acc_spelling_strip, GTK_TYPE_WIDGET)

static GtkTextBuffer *
get_buffer (AccSpellingStrip *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static void
get_bounds (AccSpellingStrip *self, const AccSpellingFind *find, GtkTextIter *start, GtkTextIter *end)
{
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), start, (int) find->start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), end, (int) find->end);
}

/* ---- what is shown ---- */

static void
on_suggestion (AccSpellingStrip *self, GtkWidget *button)
{
  g_autofree char *suggestion = g_strdup (gtk_button_get_label (GTK_BUTTON (button)));
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;

  g_return_if_fail (self->shown != NULL);

  get_bounds (self, self->shown, &start, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->view)); /* before the button goes */
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, suggestion, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_place_cursor (buffer, &start);
}

static void
show_suggestions (AccSpellingStrip *self)
{
  g_auto (GStrv) suggestions = self->shown != NULL ? acc_spelling_suggest (self->spelling, self->shown->word) : NULL;
  GtkWidget *child;
  glong n = 0;

  while ((child = gtk_widget_get_first_child (self->suggestions)) != NULL)
    gtk_box_remove (GTK_BOX (self->suggestions), child);
  for (guint i = 0; suggestions != NULL && suggestions[i] != NULL; i++)
    {
      n += g_utf8_strlen (suggestions[i], -1);
      if (i > 0 && n > OFFERED_CHARACTERS)
        break;
      child = gtk_button_new_with_label (suggestions[i]);
      gtk_widget_add_css_class (child, "small");
      gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
      g_signal_connect_object (child, "clicked", G_CALLBACK (on_suggestion), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->suggestions), child);
    }
}

static void
show_find (AccSpellingStrip *self, const AccSpellingFind *find)
{
  g_autofree char *sentence
    = find != NULL ? g_strdup_printf (_ ("“%s” is in no dictionary."), find->word) : g_strdup ("");

  self->shown = find;
  gtk_label_set_text (GTK_LABEL (self->word), sentence);
  show_suggestions (self);
  gtk_widget_set_visible (self->accept, find != NULL);
}

/* The one at the cursor, else the first. */
static const AccSpellingFind *
choose_find (AccSpellingStrip *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter cursor;
  guint at;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  at = (guint) gtk_text_iter_get_offset (&cursor);
  for (guint i = 0; i < self->finds->len; i++)
    {
      const AccSpellingFind *find = g_ptr_array_index (self->finds, i);

      if (at >= find->start && at <= find->end)
        return find;
    }
  return self->finds->len > 0 ? g_ptr_array_index (self->finds, 0) : NULL;
}

static void
on_cursor_moved (AccSpellingStrip *self)
{
  const AccSpellingFind *find = self->view != NULL && self->check_source == 0 ? choose_find (self) : self->shown;

  if (find != self->shown)
    show_find (self, find);
}

/* ---- checking ---- */

static gboolean
has_dictionary (AccSpellingStrip *self)
{
  if (self->spelling == NULL && self->view != NULL)
    {
      self->spelling = acc_spelling_new (self->language);
      if (self->spelling == NULL)
        g_clear_object (&self->view);
      gtk_widget_set_visible (GTK_WIDGET (self), self->spelling != NULL);
    }
  return self->spelling != NULL;
}

static void
check (AccSpellingStrip *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gtk_text_buffer_remove_tag (buffer, self->tag, &start, &end);
  show_find (self, NULL);
  g_ptr_array_unref (self->finds);
  self->finds = acc_spelling_check (self->spelling, text);
  for (guint i = 0; i < self->finds->len; i++)
    {
      get_bounds (self, g_ptr_array_index (self->finds, i), &start, &end);
      gtk_text_buffer_apply_tag (buffer, self->tag, &start, &end);
    }
  show_find (self, choose_find (self));
}

static gboolean
on_check_time (gpointer data)
{
  AccSpellingStrip *self = data;

  self->check_source = 0;
  if (has_dictionary (self))
    check (self);
  return G_SOURCE_REMOVE;
}

/* What was found stands elsewhere now: nothing of it may be replaced. */
static void
on_text_changed (AccSpellingStrip *self)
{
  if (self->view == NULL)
    return;
  g_clear_handle_id (&self->check_source, g_source_remove);
  self->check_source = g_timeout_add (CHECK_MILLISECONDS, on_check_time, self);
  if (self->shown != NULL)
    show_find (self, NULL);
}

static void
on_accept (AccSpellingStrip *self)
{
  g_autofree char *word = g_strdup (self->shown->word);

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  acc_spelling_strip_accept (self, word);
}

void
acc_spelling_strip_watch (AccSpellingStrip *self, GtkTextView *view, const char *language)
{
  g_return_if_fail (ACC_IS_SPELLING_STRIP (self) && GTK_IS_TEXT_VIEW (view) && language != NULL);
  g_return_if_fail (self->view == NULL);

  self->view = g_object_ref (view);
  self->language = g_strdup (language);
  self->tag = gtk_text_buffer_create_tag (get_buffer (self), NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "notify::cursor-position", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
}

void
acc_spelling_strip_accept (AccSpellingStrip *self, const char *text)
{
  g_return_if_fail (ACC_IS_SPELLING_STRIP (self) && text != NULL);

  if (!has_dictionary (self))
    return;
  acc_spelling_accept (self->spelling, text);
  if (self->check_source == 0)
    check (self);
}

void
acc_spelling_strip_forget (AccSpellingStrip *self)
{
  g_return_if_fail (ACC_IS_SPELLING_STRIP (self));

  if (self->spelling != NULL)
    acc_spelling_forget (self->spelling);
}

static void
acc_spelling_strip_dispose (GObject *object)
{
  AccSpellingStrip *self = ACC_SPELLING_STRIP (object);
  GtkWidget *child;

  g_clear_handle_id (&self->check_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (acc_spelling_strip_parent_class)->dispose (object);
}

static void
acc_spelling_strip_finalize (GObject *object)
{
  AccSpellingStrip *self = ACC_SPELLING_STRIP (object);

  g_ptr_array_unref (self->finds);
  acc_spelling_free (self->spelling);
  g_free (self->language);
  G_OBJECT_CLASS (acc_spelling_strip_parent_class)->finalize (object);
}

static void
acc_spelling_strip_class_init (AccSpellingStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_spelling_strip_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_spelling_strip_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/spelling-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSpellingStrip, word);
  gtk_widget_class_bind_template_child (widget_class, AccSpellingStrip, suggestions);
  gtk_widget_class_bind_template_child (widget_class, AccSpellingStrip, accept);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
}

static void
acc_spelling_strip_init (AccSpellingStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->finds = g_ptr_array_new ();
  gtk_widget_set_visible (self->accept, FALSE);
}
