/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyboard-window-support.h"

#include "base/clock.h"
#include "keyboard-support.h"
#include "kit/keyboard.h"
#include "kit/typing.h"
#include "window-support.h"

static void
on_note (AccTextChange change, gpointer owner)
{
  g_object_set_data (owner, "note", GINT_TO_POINTER (change));
}

static GtkWidget *
add (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
  return child;
}

void
keyboard_open (Fixture *fixture, int width, int height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  g_object_set (gtk_settings_get_default (), "gtk-long-press-time", KEY_HELD, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  fixture->line = add (box, gtk_entry_new ());
  fixture->digits = add (box, g_object_new (GTK_TYPE_ENTRY, "input-purpose", GTK_INPUT_PURPOSE_PIN, NULL));
  fixture->mail = add (box, g_object_new (GTK_TYPE_ENTRY, "input-purpose", GTK_INPUT_PURPOSE_EMAIL, NULL));
  fixture->other = add (box, gtk_button_new_with_label ("Another"));
  fixture->story = add (box, g_object_new (GTK_TYPE_TEXT_VIEW, "vexpand", TRUE, NULL));
  fixture->keyboard = add (box, acc_keyboard_new ());
  acc_typing_watch_editable (GTK_EDITABLE (fixture->line), on_note, fixture->line);
  acc_typing_watch_view (GTK_TEXT_VIEW (fixture->story), 40, on_note, fixture->story);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  acc_keyboard_set_use (ACC_KEYBOARD (fixture->keyboard), "on");
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (fixture->story);
  test_settle (fixture->window);
  g_assert_true (gtk_widget_get_mapped (fixture->keyboard));
}

void
keyboard_set_up (Fixture *fixture, gconstpointer data)
{
  keyboard_open (fixture, 1366, 768);
}

void
keyboard_tear_down (Fixture *fixture, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

GtkWidget *
key (Fixture *fixture, const char *text)
{
  GtkWidget *found = find_key (fixture->keyboard, text);

  if (found == NULL)
    g_error ("There is no key “%s” now", text);
  return found;
}

void
tap (Fixture *fixture, const char *text)
{
  tap_key (fixture->keyboard, text);
}

void
tap_all (Fixture *fixture, const char *keys)
{
  g_auto (GStrv) texts = g_strsplit (keys, " ", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    tap (fixture, texts[i]);
}

char *
dup_story (Fixture *fixture)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->story));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
assert_story (Fixture *fixture, const char *text)
{
  g_autofree char *story = dup_story (fixture);

  g_assert_cmpstr (story, ==, text);
}

void
set_story (Fixture *fixture, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->story)), text, -1);
}

void
assert_line (Fixture *fixture, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->line)), ==, text);
}

gboolean
is_open (gpointer keyboard)
{
  return gtk_widget_get_mapped (test_find (keyboard, "choices"));
}

void
hold_open (Fixture *fixture, const char *text)
{
  test_press (key (fixture, text));
  test_wait (is_open, fixture->keyboard);
  test_settle (fixture->window);
}
