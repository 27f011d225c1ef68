/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/typing.h"

#include <string.h>

/* A character with all the marks and hidden ones that hands may give it: what is longer is not looked at. */
#define RAW_BYTES_A_CHARACTER 32

typedef struct {
  AccTextKind kind;
  guint max_chars;
  AccTypingNote note;
  gpointer owner;
  gboolean inserting; /* our own insertion, already clean */
} Typing;

/* What an insertion makes of a text. */
typedef struct {
  char *whole;
  char *inserted; /* NULL where the insertion changes what stands before it: then @whole replaces all */
  guint cursor;   /* characters before the cursor afterwards */
} Insertion;

static void
insertion_clear (Insertion *insertion)
{
  g_free (insertion->whole);
  g_free (insertion->inserted);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Insertion, insertion_clear)

static guint
count_line_feeds (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* Cuts @text to @chars characters and @line_feeds line feeds, never between a base and its marks. */
static gboolean
cut (char *text, guint chars, guint line_feeds)
{
  char *end = text;

  while (*end != '\0' && chars > 0 && (*end != '\n' || line_feeds > 0))
    {
      line_feeds -= *end == '\n';
      chars--;
      end = g_utf8_next_char (end);
    }
  if (*end == '\0')
    return FALSE;
  while (end > text && g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_prev_char (end);
  *end = '\0';
  return TRUE;
}

/* How much of @text, a megabyte perhaps, is looked at for @max_chars characters: whole characters. */
static gsize
bound (const char *text, gsize length, guint max_chars)
{
  gsize bytes = (gsize) max_chars * RAW_BYTES_A_CHARACTER;

  if (length <= bytes)
    return length;
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80)
    bytes--;
  return bytes;
}

/* @new_text put between @before and @after, clean and within the limits. The room is the new text's alone: what
 * stands already is never cut. */
static void
insert (const Typing *typing, const char *before, const char *after, const char *new_text, gssize length,
        Insertion *result, AccTextChange *change)
{
  const gsize bytes = length < 0 ? strlen (new_text) : (gsize) length;
  const gsize looked_at = bound (new_text, bytes, typing->max_chars);
  g_autofree char *clean = acc_text_clean (new_text, looked_at, typing->kind, change);
  guint used = g_utf8_strlen (before, -1) + g_utf8_strlen (after, -1);
  guint used_lines = count_line_feeds (before) + count_line_feeds (after) + 1;
  g_autofree char *head = NULL;
  g_autofree char *candidate = NULL;

  if (cut (clean, typing->max_chars > used ? typing->max_chars - used : 0,
           ACC_STORY_LINES > used_lines ? ACC_STORY_LINES - used_lines : 0)
      || looked_at < bytes)
    *change |= ACC_TEXT_CUT;
  candidate = g_strconcat (before, clean, NULL);
  head = acc_text_clean (candidate, -1, typing->kind, NULL);
  result->cursor = g_utf8_strlen (head, -1);
  result->whole = g_strconcat (head, after, NULL);
  if (g_str_equal (head, candidate))
    result->inserted = g_steal_pointer (&clean);
  else if (strlen (head) == strlen (before))
    *change |= ACC_TEXT_DROPPED;
}

static void
on_editable_insert (GtkEditable *editable, const char *text, int length, int *position, Typing *typing)
{
  const char *old = gtk_editable_get_text (editable);
  const char *middle = g_utf8_offset_to_pointer (old, *position);
  g_autofree char *before = g_strndup (old, middle - old);
  g_autofree char *after = g_strdup (middle);
  g_auto (Insertion) result = { NULL };
  AccTextChange change = ACC_TEXT_UNCHANGED;

  if (typing->inserting)
    return;
  g_signal_stop_emission_by_name (editable, "insert-text");
  insert (typing, before, after, text, length, &result, &change);
  typing->inserting = TRUE;
  if (result.inserted == NULL)
    {
      int start = 0;

      gtk_editable_delete_text (editable, 0, -1);
      gtk_editable_insert_text (editable, result.whole, -1, &start);
      *position = result.cursor;
    }
  else
    {
      gtk_editable_insert_text (editable, result.inserted, -1, position);
    }
  typing->inserting = FALSE;
  if (change != ACC_TEXT_UNCHANGED)
    typing->note (change, typing->owner);
}

static void
on_buffer_insert (GtkTextBuffer *buffer, GtkTextIter *where, const char *text, int length, Typing *typing)
{
  g_auto (Insertion) result = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AccTextChange change = ACC_TEXT_UNCHANGED;
  GtkTextIter start, end;

  if (typing->inserting)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  before = gtk_text_buffer_get_text (buffer, &start, where, TRUE);
  after = gtk_text_buffer_get_text (buffer, where, &end, TRUE);
  insert (typing, before, after, text, length, &result, &change);
  typing->inserting = TRUE;
  if (result.inserted == NULL)
    {
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert (buffer, &start, result.whole, -1);
      gtk_text_buffer_get_iter_at_offset (buffer, where, result.cursor);
      gtk_text_buffer_place_cursor (buffer, where);
    }
  else
    {
      gtk_text_buffer_insert (buffer, where, result.inserted, -1);
    }
  typing->inserting = FALSE;
  if (change != ACC_TEXT_UNCHANGED)
    typing->note (change, typing->owner);
}

static void
on_text_read (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkTextView) view = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  const gboolean editable = gtk_text_view_get_editable (view);

  if (text == NULL || gtk_widget_get_root (GTK_WIDGET (view)) == NULL)
    return;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, editable);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, editable);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

static void
on_paste (GtkTextView *view)
{
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (view)), NULL, on_text_read, g_object_ref (view));
}

static void
typing_free (gpointer typing, GClosure *closure)
{
  g_free (typing);
}

/* Ends with the owner: what was asked of the clipboard may come when the page has gone. */
static void
watch (gpointer instance, GCallback on_insert, const Typing *typing)
{
  GClosure *closure = g_cclosure_new (on_insert, g_memdup2 (typing, sizeof *typing), typing_free);

  g_object_watch_closure (typing->owner, closure);
  g_signal_connect_closure (instance, "insert-text", closure, FALSE);
}

void
acc_typing_watch_editable (GtkEditable *editable, AccTypingNote note, gpointer owner)
{
  const Typing typing = { ACC_TEXT_LINE, ACC_NAME_MAX, note, owner };
  GtkEditable *delegate;

  g_return_if_fail (GTK_IS_EDITABLE (editable));
  g_return_if_fail (note != NULL && G_IS_OBJECT (owner));

  delegate = gtk_editable_get_delegate (editable);
  gtk_editable_set_enable_undo (editable, FALSE);
  watch (delegate != NULL ? delegate : editable, G_CALLBACK (on_editable_insert), &typing);
}

void
acc_typing_watch_view (GtkTextView *view, guint max_chars, AccTypingNote note, gpointer owner)
{
  const Typing typing = { ACC_TEXT_STORY, max_chars, note, owner };
  GtkTextBuffer *buffer;

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));
  g_return_if_fail (note != NULL && G_IS_OBJECT (owner));

  buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_create_tag (buffer, ACC_TYPING_MARK, "underline", PANGO_UNDERLINE_ERROR, NULL);
  watch (buffer, G_CALLBACK (on_buffer_insert), &typing);
  g_signal_connect (view, "paste-clipboard", G_CALLBACK (on_paste), NULL);
}
