/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/black-out-panel.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "kit/typing.h"
#include "letter/passages.h"

#define WORDS_MAX 1000 /* characters: a reason, not a story */
#define BETWEEN "\n\n"

/* What stands where among the words: from @start, in characters. */
typedef struct {
  AccField field;
  guint index;
  gint start;
} Part;

/* What can be read here, names last, each with what it is; the addressee's, too, to be told why it stays. */
static const struct {
  AccField field;
  guint most; /* of a letter */
  const char *caption;
} fields[] = {
  { ACC_FIELD_STORY_NEED, 1, NULL },
  { ACC_FIELD_STORY_ACT, 1, NULL },
  { ACC_FIELD_STORY_DIFFERENCE, 1, NULL },
  { ACC_FIELD_BANKER_WORDS, 1, NULL },
  { ACC_FIELD_FROM_NAME, ACC_PEOPLE_MAX, N_ ("Signed:") },
  { ACC_FIELD_BANKER_NAME, 1, N_ ("Banker:") },
  { ACC_FIELD_TO_NAME, ACC_PEOPLE_MAX, N_ ("For:") },
  { ACC_FIELD_TO_CALLED, ACC_PEOPLE_MAX, N_ ("Called:") },
};

struct _AccBlackOutPanel {
  GtkWidget parent;
  GtkWidget *story, *mark_button, *told, *reason, *missing;
  GtkTextTag *taken, *caption;
  AccLetter *letter;
  Part parts[G_N_ELEMENTS (fields) * ACC_PEOPLE_MAX];
  guint n_parts;
};

G_DEFINE_FINAL_TYPE (AccBlackOutPanel, acc_black_out_panel, GTK_TYPE_WIDGET)

enum { BLACKED_OUT, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (AccBlackOutPanel *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->story));
}

/* ---- the words and what is marked in them ---- */

static const char *
get_text (AccBlackOutPanel *self, const Part *part)
{
  return acc_letter_get_text (self->letter, part->field, part->index);
}

/* The bytes of @part between two places of the buffer, all of a name. FALSE where it has none there. */
static gboolean
clip (AccBlackOutPanel *self, const Part *part, gint from, gint to, AccPassage *passage)
{
  const char *text = get_text (self, part);
  glong length = g_utf8_strlen (text, -1);
  glong start = CLAMP (from - part->start, 0, length), end = CLAMP (to - part->start, 0, length);

  if (start >= end)
    return FALSE;
  if (acc_passages_is_name (part->field))
    {
      start = 0;
      end = length;
    }
  *passage = (AccPassage){ .field = part->field, .index = part->index };
  passage->start = g_utf8_offset_to_pointer (text, start) - text;
  passage->end = g_utf8_offset_to_pointer (text, end) - text;
  return TRUE;
}

static void
add_marked (AccBlackOutPanel *self, gint from, gint to, GArray *passages)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      AccPassage passage;

      if (clip (self, &self->parts[i], from, to, &passage))
        g_array_append_val (passages, passage);
    }
}

GArray *
acc_black_out_panel_dup_passages (AccBlackOutPanel *self)
{
  g_autoptr (GArray) marked = g_array_new (FALSE, FALSE, sizeof (AccPassage));
  GtkTextIter at;

  g_return_val_if_fail (ACC_IS_BLACK_OUT_PANEL (self), NULL);
  if (self->letter == NULL)
    return NULL;
  gtk_text_buffer_get_start_iter (get_buffer (self), &at);
  while (gtk_text_iter_starts_tag (&at, self->taken)
         || (gtk_text_iter_forward_to_tag_toggle (&at, self->taken) && gtk_text_iter_starts_tag (&at, self->taken)))
    {
      gint from = gtk_text_iter_get_offset (&at);

      gtk_text_iter_forward_to_tag_toggle (&at, self->taken); /* to the words' end at the furthest */
      add_marked (self, from, gtk_text_iter_get_offset (&at), marked);
    }
  return acc_passages_new (self->letter, (const AccPassage *) (gconstpointer) marked->data, marked->len, NULL);
}

static void
set_missing (AccBlackOutPanel *self, GtkWidget *widget, const char *sentence)
{
  GtkWidget *const asked[] = { self->story, self->reason };

  gtk_label_set_text (GTK_LABEL (self->missing), sentence);
  gtk_widget_set_visible (self->missing, sentence[0] != '\0');
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    gtk_accessible_update_state (GTK_ACCESSIBLE (asked[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                 asked[i] == widget ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

/* How much is marked, for who does not see it; and what the button would do with what is selected. */
static void
update (AccBlackOutPanel *self)
{
  g_autoptr (GArray) passages = acc_black_out_panel_dup_passages (self);
  guint n = passages != NULL ? passages->len : 0;
  g_autofree char *told = NULL;
  GtkTextIter start, end;
  gboolean selected = gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  gboolean put_back = selected && gtk_text_iter_has_tag (&start, self->taken);

  told = n == 0 ? g_strdup (_ ("Nothing is marked yet."))
                : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u passage will be taken out.",
                                                "%u passages will be taken out.", n), n);
  gtk_label_set_text (GTK_LABEL (self->told), told);
  gtk_button_set_label (GTK_BUTTON (self->mark_button), put_back ? _ ("_Put these words back") : _ ("_Mark these words"));
  gtk_widget_set_sensitive (self->mark_button, selected);
}

/* Why what is between the two places must stay, a sentence; NULL if it may go. */
static const char *
find_objection (AccBlackOutPanel *self, gint from, gint to)
{
  const char *objection = NULL;

  for (guint i = 0; objection == NULL && i < self->n_parts; i++)
    {
      AccPassage passage;

      if (clip (self, &self->parts[i], from, to, &passage))
        objection = acc_passages_find_objection (self->letter, passage.field, passage.index);
    }
  return objection;
}

static void
tag_passage (AccBlackOutPanel *self, const Part *part, const AccPassage *passage, gboolean take)
{
  GtkTextBuffer *buffer = get_buffer (self);
  const char *words = get_text (self, part);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start,
                                      part->start + g_utf8_pointer_to_offset (words, words + passage->start));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, part->start + g_utf8_pointer_to_offset (words, words + passage->end));
  if (take)
    gtk_text_buffer_apply_tag (buffer, self->taken, &start, &end);
  else
    gtk_text_buffer_remove_tag (buffer, self->taken, &start, &end);
}

static void
tag_words (AccBlackOutPanel *self, const GtkTextIter *start, const GtkTextIter *end, gboolean take)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      AccPassage passage;

      if (clip (self, &self->parts[i], gtk_text_iter_get_offset (start), gtk_text_iter_get_offset (end), &passage))
        tag_passage (self, &self->parts[i], &passage, take);
    }
}

static void
mark (AccBlackOutPanel *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;
  const char *objection;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return;
  objection = find_objection (self, gtk_text_iter_get_offset (&start), gtk_text_iter_get_offset (&end));
  if (objection != NULL)
    {
      set_missing (self, self->story, objection);
      return;
    }
  tag_words (self, &start, &end, !gtk_text_iter_has_tag (&start, self->taken));
  gtk_text_buffer_place_cursor (buffer, &end);
  set_missing (self, NULL, "");
  gtk_widget_grab_focus (self->story);
  update (self);
}

static gboolean
on_mark_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  mark (ACC_BLACK_OUT_PANEL (widget));
  return TRUE;
}

static void
on_selection_changed (AccBlackOutPanel *self)
{
  update (self);
}

static void
show_part (AccBlackOutPanel *self, AccField field, guint index, const char *caption)
{
  GtkTextBuffer *buffer = get_buffer (self);
  const char *text = acc_letter_get_text (self->letter, field, index);
  GtkTextIter end;

  if (text[0] == '\0'
      || (field == ACC_FIELD_TO_CALLED && acc_passages_find_objection (self->letter, field, index) != NULL))
    return;
  gtk_text_buffer_get_end_iter (buffer, &end);
  if (self->n_parts > 0)
    gtk_text_buffer_insert (buffer, &end, BETWEEN, -1);
  if (caption != NULL)
    {
      gtk_text_buffer_insert_with_tags (buffer, &end, _ (caption), -1, self->caption, NULL);
      gtk_text_buffer_insert (buffer, &end, " ", -1);
    }
  self->parts[self->n_parts++] = (Part){ field, index, gtk_text_iter_get_offset (&end) };
  gtk_text_buffer_insert (buffer, &end, text, -1);
}

static void
show_words (AccBlackOutPanel *self)
{
  gtk_text_buffer_set_text (get_buffer (self), "", 0);
  self->n_parts = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint k = 0; k < fields[i].most; k++)
      show_part (self, fields[i].field, k, fields[i].caption);
}

static void
mark_passages (AccBlackOutPanel *self, const char *text)
{
  g_autoptr (GArray) passages = text[0] != '\0' ? acc_passages_from_text (self->letter, text, NULL) : NULL;

  for (guint i = 0; passages != NULL && i < passages->len; i++)
    for (guint k = 0; k < self->n_parts; k++)
      {
        const AccPassage *passage = &g_array_index (passages, AccPassage, i);
        const Part *part = &self->parts[k];

        if (part->field == passage->field && part->index == passage->index)
          tag_passage (self, part, passage, TRUE);
      }
}

/* The one place of @line; FALSE where it is in none, or in several: then nobody knows which is meant. */
static gboolean
find_only (AccBlackOutPanel *self, const char *line, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextIter from, next;

  gtk_text_buffer_get_start_iter (get_buffer (self), &from);
  if (line[0] == '\0' || !gtk_text_iter_forward_search (&from, line, GTK_TEXT_SEARCH_TEXT_ONLY, start, end, NULL))
    return FALSE;
  next = *start;
  gtk_text_iter_forward_char (&next);
  return !gtk_text_iter_forward_search (&next, line, GTK_TEXT_SEARCH_TEXT_ONLY, NULL, NULL, NULL);
}

/* What was selected on the page comes in lines; here it stands in one piece. */
static void
select_words (AccBlackOutPanel *self, const char *selected)
{
  g_autofree char *line = acc_text_to_line (selected != NULL ? selected : "");
  GtkTextIter start, end;

  if (find_only (self, line, &start, &end))
    gtk_text_buffer_select_range (get_buffer (self), &end, &start);
  else
    {
      gtk_text_buffer_get_start_iter (get_buffer (self), &start);
      gtk_text_buffer_place_cursor (get_buffer (self), &start);
    }
  /* In line with the top: the view may be lower still than it will be, and shows less than the words then. */
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->story), gtk_text_buffer_get_selection_bound (get_buffer (self)), 0,
                                TRUE, 0, 0.2);
}

void
acc_black_out_panel_begin (AccBlackOutPanel *self, AccLetter *letter, const char *passages, const char *selected)
{
  g_return_if_fail (ACC_IS_BLACK_OUT_PANEL (self) && ACC_IS_LETTER (letter) && passages != NULL);
  g_set_object (&self->letter, letter);
  show_words (self);
  mark_passages (self, passages);
  select_words (self, selected);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->reason)), "", 0);
  set_missing (self, NULL, "");
  gtk_widget_grab_focus (self->story);
  update (self);
}

void
acc_black_out_panel_end (AccBlackOutPanel *self)
{
  g_return_if_fail (ACC_IS_BLACK_OUT_PANEL (self));
  self->n_parts = 0;
  g_clear_object (&self->letter);
  gtk_text_buffer_set_text (get_buffer (self), "", 0);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->reason)), "", 0);
}

/* ---- why ---- */

char *
acc_black_out_panel_dup_reason (AccBlackOutPanel *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *typed = NULL, *clean = NULL;

  g_return_val_if_fail (ACC_IS_BLACK_OUT_PANEL (self), NULL);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->reason));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  typed = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  clean = acc_text_clean (typed, -1, ACC_TEXT_STORY, NULL);
  return acc_text_trim (clean);
}

void
acc_black_out_panel_set_reason (AccBlackOutPanel *self, const char *reason)
{
  g_return_if_fail (ACC_IS_BLACK_OUT_PANEL (self) && reason != NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->reason)), reason, -1);
}

static void
on_left_out (AccTextChange change, gpointer data)
{
  set_missing (data, NULL, _ ("What may not stand here, or did not fit, was left out."));
}

static void
make_edition (AccBlackOutPanel *self)
{
  g_autoptr (GArray) passages = acc_black_out_panel_dup_passages (self);
  g_autofree char *reason = acc_black_out_panel_dup_reason (self);

  if (passages == NULL)
    set_missing (self, self->story, _ ("Select words in the letter and mark them first."));
  else if (acc_text_is_blank (reason))
    set_missing (self, self->reason, _ ("Say in a few words why, so that the next banker understands."));
  else
    g_signal_emit (self, signals[BLACKED_OUT], 0);
}

static void
go_back (AccBlackOutPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- the object ---- */

static void
acc_black_out_panel_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&ACC_BLACK_OUT_PANEL (object)->letter);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_black_out_panel_parent_class)->dispose (object);
}

static void
acc_black_out_panel_class_init (AccBlackOutPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_black_out_panel_dispose;
  signals[BLACKED_OUT] = g_signal_new ("blacked-out", ACC_TYPE_BLACK_OUT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_BLACK_OUT_PANEL, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/black-out-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AccBlackOutPanel, story);
  gtk_widget_class_bind_template_child (widget_class, AccBlackOutPanel, mark_button);
  gtk_widget_class_bind_template_child (widget_class, AccBlackOutPanel, told);
  gtk_widget_class_bind_template_child (widget_class, AccBlackOutPanel, reason);
  gtk_widget_class_bind_template_child (widget_class, AccBlackOutPanel, missing);
  gtk_widget_class_bind_template_callback (widget_class, mark);
  gtk_widget_class_bind_template_callback (widget_class, make_edition);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, on_mark_key, NULL);
}

static void
acc_black_out_panel_init (AccBlackOutPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Seen on a light ground and on a dark one, and not by colour alone. */
  self->caption = gtk_text_buffer_create_tag (get_buffer (self), "caption", "style", PANGO_STYLE_ITALIC, NULL);
  self->taken = gtk_text_buffer_create_tag (get_buffer (self), "taken", "background", "#544F43", "foreground", "#FFFFFF",
                                            "strikethrough", TRUE, NULL);
  g_signal_connect_object (get_buffer (self), "notify::has-selection", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "notify::cursor-position", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  acc_typing_watch_view (GTK_TEXT_VIEW (self->reason), WORDS_MAX, on_left_out, self);
}
