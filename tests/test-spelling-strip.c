/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip that tells of a word no dictionary knows, below a text of its own in a real window. */
#include "support.h"
#include "window-support.h"

#include "desk/desk-app.h"
#include "desk/spelling-strip.h"

typedef struct {
  GtkWidget *window, *view, *strip;
  const char *expected;
} Scene;

static void
scene_open (Scene *scene, const char *language)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  scene->window = gtk_window_new ();
  scene->view = gtk_text_view_new ();
  scene->strip = g_object_new (ACC_TYPE_SPELLING_STRIP, NULL);
  gtk_box_append (GTK_BOX (box), scene->view);
  gtk_box_append (GTK_BOX (box), scene->strip);
  gtk_window_set_child (GTK_WINDOW (scene->window), box);
  acc_spelling_strip_watch (ACC_SPELLING_STRIP (scene->strip), GTK_TEXT_VIEW (scene->view), language);
  gtk_window_present (GTK_WINDOW (scene->window));
  test_settle (scene->window);
}

static void
scene_close (Scene *scene)
{
  gtk_window_destroy (GTK_WINDOW (scene->window));
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_close)

static GtkTextBuffer *
buffer_of (Scene *scene)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (scene->view));
}

static gboolean
says (gpointer data)
{
  Scene *scene = data;

  return g_str_equal (gtk_label_get_text (GTK_LABEL (test_find (scene->strip, "word"))), scene->expected);
}

static void
wait_for (Scene *scene, const char *sentence)
{
  scene->expected = sentence;
  test_wait (says, scene);
}

static void
type (Scene *scene, const char *text)
{
  gtk_text_buffer_set_text (buffer_of (scene), text, -1);
}

static void
put_cursor (Scene *scene, int offset)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_offset (buffer_of (scene), &at, offset);
  gtk_text_buffer_place_cursor (buffer_of (scene), &at);
}

static char *
dup_text (Scene *scene)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (scene), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (scene), &start, &end, FALSE);
}

static GtkWidget *
find_suggestion (Scene *scene, const char *word)
{
  GtkWidget *child = gtk_widget_get_first_child (test_find (scene->strip, "suggestions"));

  while (child != NULL && !g_str_equal (gtk_button_get_label (GTK_BUTTON (child)), word))
    child = gtk_widget_get_next_sibling (child);
  g_assert_nonnull (child);
  return child;
}

static gboolean
is_marked (Scene *scene, int offset)
{
  GtkTextIter at;
  g_autoptr (GSList) tags = NULL;

  gtk_text_buffer_get_iter_at_offset (buffer_of (scene), &at, offset);
  tags = gtk_text_iter_get_tags (&at);
  return tags != NULL;
}

static void
the_word_at_the_cursor_is_told_or_else_the_first (void)
{
  g_auto (Scene) scene = { 0 };

  scene_open (&scene, "en");
  type (&scene, "They recieved the lettre.");
  put_cursor (&scene, 0);
  wait_for (&scene, "“recieved” is in no dictionary.");
  g_assert_false (is_marked (&scene, 2));
  g_assert_true (is_marked (&scene, 6));
  g_assert_true (is_marked (&scene, 20));
  put_cursor (&scene, 20);
  wait_for (&scene, "“lettre” is in no dictionary.");
  type (&scene, "They received the letter.");
  wait_for (&scene, "");
  g_assert_false (is_marked (&scene, 6));
  g_assert_false (gtk_widget_get_visible (test_find (scene.strip, "accept")));
}

static void
what_was_meant_takes_its_place (void)
{
  g_auto (Scene) scene = { 0 };
  g_autofree char *text = NULL;

  scene_open (&scene, "en");
  type (&scene, "“Ł” recieved the letter.");
  put_cursor (&scene, 6);
  wait_for (&scene, "“recieved” is in no dictionary.");
  g_signal_emit_by_name (find_suggestion (&scene, "received"), "clicked");
  text = dup_text (&scene);
  g_assert_cmpstr (text, ==, "“Ł” received the letter.");
  wait_for (&scene, "");
  g_assert_true (gtk_widget_is_focus (scene.view));
}

static void
a_word_that_is_right_is_told_no_more (void)
{
  g_auto (Scene) scene = { 0 };

  scene_open (&scene, "en");
  type (&scene, "Okaforova helped, and so did Sullivanski.");
  put_cursor (&scene, 0);
  wait_for (&scene, "“Okaforova” is in no dictionary.");
  g_signal_emit_by_name (test_find (scene.strip, "accept"), "clicked");
  wait_for (&scene, "“Sullivanski” is in no dictionary.");
  acc_spelling_strip_accept (ACC_SPELLING_STRIP (scene.strip), "Clara Sullivanski");
  wait_for (&scene, "");
}

static void
without_a_dictionary_nothing_is_said (void)
{
  g_auto (Scene) scene = { 0 };

  scene_open (&scene, "tlh");
  acc_spelling_strip_accept (ACC_SPELLING_STRIP (scene.strip), "Worf");
  type (&scene, "nuqneH");
  test_settle (scene.window);
  g_assert_false (gtk_widget_get_visible (scene.strip));
  g_assert_false (is_marked (&scene, 2));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/spelling-strip/the-word-at-the-cursor-is-told-or-else-the-first", the_word_at_the_cursor_is_told_or_else_the_first);
  g_test_add_func ("/spelling-strip/what-was-meant-takes-its-place", what_was_meant_takes_its_place);
  g_test_add_func ("/spelling-strip/a-word-that-is-right-is-told-no-more", a_word_that_is_right_is_told_no_more);
  g_test_add_func ("/spelling-strip/without-a-dictionary-nothing-is-said", without_a_dictionary_nothing_is_said);
  return g_test_run ();
}
