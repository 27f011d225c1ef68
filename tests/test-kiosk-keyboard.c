/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole letter by touch alone, on the keyboard in the kiosk's window; and that what is being written is never under it,
 * on any screen. On one of 1920x1920. */
#include <string.h>

#include "keyboard-support.h"
#include "kiosk-support.h"
#include "kiosk/answer.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/layout.h"
#include "kit/ask.h"
#include "kit/key.h"
#include "kit/sheet.h"
#include "support.h"
#include "window-support.h"

#define ROUNDED 2 /* pixels that GTK rounds away where it scrolls */

typedef struct {
  int width, height;
  double text_scale;
  const char *language;
} Screen;

static const Screen screens[] = {
  { 1920, 1080, 1.0, "en" }, { 1366, 768, 1.0, "en" }, { 1080, 1920, 1.0, "en" },
  { 1920, 1080, 2.0, "en" }, { 1366, 768, 2.0, "en" }, { 1080, 1920, 2.0, "en" },
  { 1920, 1080, 1.0, "ar" }, { 1366, 768, 1.0, "ar" }, { 1080, 1920, 1.0, "ar" },
  { 1920, 1080, 2.0, "ar" }, { 1366, 768, 2.0, "ar" }, { 1080, 1920, 2.0, "ar" },
};

/* A mouse stands for the finger: Xvfb has none. */
static void
open_at (Kiosk *kiosk, const Screen *screen)
{
  g_autofree char *config = g_strdup_printf ("[kiosk]\nlanguages=%s\nkeyboard=on\n", screen->language);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  *kiosk = (Kiosk){ .store_dir = make_branch (), .width = screen->width, .height = screen->height };
  write_branch_key (kiosk->store_dir);
  path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_file_set_contents (path, config, -1, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * screen->text_scale), NULL);
  open_kiosk (kiosk);
}

static GtkWidget *
keyboard_of (Kiosk *kiosk)
{
  return test_find (gtk_stack_get_visible_child (GTK_STACK (test_find (kiosk->window, "modes"))), "keyboard");
}

static void
tap_widget (Kiosk *kiosk, const char *id)
{
  GtkWidget *widget = test_find (kiosk->window, id);

  test_click (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

/* The line being written, in the window. */
static graphene_rect_t
find_line (Kiosk *kiosk)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (kiosk->window));
  graphene_rect_t line;

  if (GTK_IS_TEXT_VIEW (focus) && gtk_widget_is_ancestor (focus, test_find (kiosk->window, "sheet")))
    {
      const char *text = acc_form_get_text (form_of (kiosk), acc_step_page_get_field (ACC_STEP_PAGE (page_of (kiosk))), 0);
      GtkWidget *sheet = test_find (kiosk->window, "sheet");
      graphene_point_t at;

      g_assert_true (acc_sheet_find_caret (ACC_SHEET (sheet), strlen (text), &line));
      g_assert_true (gtk_widget_compute_point (sheet, kiosk->window, &line.origin, &at));
      line.origin = at;
    }
  else if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
      GdkRectangle place;
      GtkTextIter iter;
      graphene_point_t at;

      gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
      gtk_text_view_get_iter_location (GTK_TEXT_VIEW (focus), &iter, &place);
      gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (focus), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x,
                                             &place.y);
      g_assert_true (gtk_widget_compute_point (focus, kiosk->window,
                                               &GRAPHENE_POINT_INIT ((float) place.x, (float) place.y), &at));
      line = GRAPHENE_RECT_INIT (at.x, at.y, 1, (float) place.height);
    }
  else
    {
      g_assert_true (gtk_widget_compute_bounds (focus, kiosk->window, &line));
    }
  return line;
}

/* Whether what scrolls, around the field, shows the line. */
static gboolean
is_line_within (const graphene_rect_t *line, GtkWidget *around, GtkWidget *window)
{
  graphene_rect_t seen;

  if (!GTK_IS_VIEWPORT (around) && !ACC_IS_SHEET (around) && !GTK_IS_SCROLLED_WINDOW (around))
    return TRUE;
  if (gtk_widget_get_ancestor (around, ACC_TYPE_SHEET) != NULL && !ACC_IS_SHEET (around)) /* the unseen view's own */
    return TRUE;
  return gtk_widget_compute_bounds (around, window, &seen) && line->origin.y >= seen.origin.y - ROUNDED
         && line->origin.y + line->size.height <= seen.origin.y + seen.size.height + ROUNDED;
}

/* Above the keyboard, which is there, and within whatever scrolls it. */
static gboolean
is_line_seen (gpointer data)
{
  Kiosk *kiosk = data;
  const graphene_rect_t line = find_line (kiosk);
  graphene_rect_t panel;

  if (!gtk_widget_get_mapped (keyboard_of (kiosk))
      || !gtk_widget_compute_bounds (keyboard_of (kiosk), kiosk->window, &panel)
      || line.origin.y + line.size.height > panel.origin.y + ROUNDED
      || panel.origin.y + panel.size.height > gtk_widget_get_height (kiosk->window))
    return FALSE;
  for (GtkWidget *around = gtk_window_get_focus (GTK_WINDOW (kiosk->window)); around != NULL;
       around = gtk_widget_get_parent (around))
    if (!is_line_within (&line, around, kiosk->window))
      return FALSE;
  return TRUE;
}

static void
wait_for_line (Kiosk *kiosk)
{
  test_settle (kiosk->window);
  test_wait (is_line_seen, kiosk);
}

static void
write_by_touch (Kiosk *kiosk, const char *id, const char *text)
{
  g_assert_cmpstr (question_of (kiosk), ==, id);
  wait_for_line (kiosk);
  tap_text (keyboard_of (kiosk), text);
  wait_for_line (kiosk);
  tap_widget (kiosk, "next");
}

static void
assert_answers (Kiosk *kiosk)
{
  static const struct {
    AccField field;
    const char *text;
  } answers[] = {
    { ACC_FIELD_TO_NAME, "Jo Qu" },
    { ACC_FIELD_STORY_NEED, "My card, No 7, was lost." },
    { ACC_FIELD_STORY_ACT, "She stayed on the phone, patient & kind, line by line, until it was found." },
    { ACC_FIELD_STORY_DIFFERENCE, "I slept." },
    { ACC_FIELD_FROM_NAME, "Ann Li" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_assert_cmpstr (acc_form_get_text (form_of (kiosk), answers[i].field, 0), ==, answers[i].text);
}

static void
test_a_whole_letter_is_written_by_touch (void)
{
  Kiosk kiosk;

  open_at (&kiosk, &screens[1]);
  g_assert_false (gtk_widget_get_mapped (keyboard_of (&kiosk)));
  tap_widget (&kiosk, "begin");
  write_by_touch (&kiosk, "name", "Jo Qu");
  write_by_touch (&kiosk, "called", "Jo");
  write_by_touch (&kiosk, "department", "Card Disputes");
  g_assert_false (gtk_widget_get_mapped (keyboard_of (&kiosk))); /* a choice has no text */
  tap_widget (&kiosk, "phone");
  tap_widget (&kiosk, "next");
  write_by_touch (&kiosk, "need", "My card, No 7, was lost.");
  write_by_touch (&kiosk, "act", "She stayed on the phone, patient & kind, line by line, until it was found.");
  write_by_touch (&kiosk, "difference", "I slept.");
  tap_widget (&kiosk, "no");
  tap_widget (&kiosk, "next");
  write_by_touch (&kiosk, "name", "Ann Li");
  tap_widget (&kiosk, "type_instead");
  gtk_widget_grab_focus (acc_answer_get_control (answer_of (&kiosk, "typed")));
  wait_for_line (&kiosk);
  tap_text (keyboard_of (&kiosk), "Ann Li");
  wait_for_line (&kiosk);
  tap_widget (&kiosk, "next");
  g_assert_cmpstr (question_of (&kiosk), ==, "asked");
  tap_widget (&kiosk, "next");
  tap_widget (&kiosk, "file");
  assert_answers (&kiosk);
  tap_widget (&kiosk, "next");
  test_wait (can_send, kiosk.window);
  test_settle (kiosk.window);
  tap_widget (&kiosk, "next");
  test_wait (is_sent, kiosk.window);
  assert_one_letter (&kiosk);
  kiosk_clear (&kiosk);
}

static void
strike (Kiosk *kiosk, const char *text)
{
  GtkWidget *key = find_key (keyboard_of (kiosk), text);

  if (key == NULL)
    g_error ("There is no key “%s” now, at %dx%d", text, kiosk->width, kiosk->height);
  acc_key_strike (ACC_KEY (key));
}

/* Each line of a story that is longer than what is seen of it. */
static void
write_long_story (Kiosk *kiosk, const char *letter)
{
  for (guint line = 0; line < 14; line++)
    {
      for (guint i = 0; i < 12; i++)
        strike (kiosk, letter);
      wait_for_line (kiosk);
      strike (kiosk, "⏎");
    }
}

static void
test_what_is_written_is_seen_on_every_screen (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      const char *letter = g_str_equal (screens[i].language, "ar") ? "ش" : "w";
      Kiosk kiosk;

      open_at (&kiosk, &screens[i]);
      act (&kiosk, "letter.next");
      wait_for_line (&kiosk);
      strike (&kiosk, letter);
      wait_for_line (&kiosk);
      act (&kiosk, "letter.back");
      say_who (&kiosk);
      wait_for_line (&kiosk);
      write_long_story (&kiosk, letter);
      g_assert_cmpint (gtk_widget_get_width (kiosk.window), ==, screens[i].width);
      g_assert_cmpint (gtk_widget_get_height (kiosk.window), ==, screens[i].height);
      kiosk_clear (&kiosk);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
}

/* The question of the line being written, whole and in view. */
static gboolean
is_question_seen (gpointer data)
{
  Kiosk *kiosk = data;
  GtkWidget *answer = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (kiosk->window)), ACC_TYPE_ANSWER);
  GtkWidget *question = test_find (answer, "question");
  GtkWidget *viewport = gtk_widget_get_ancestor (answer, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  return is_line_seen (data) && gtk_widget_compute_bounds (question, viewport, &bounds)
         && bounds.origin.y >= -ROUNDED
         && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (viewport) + ROUNDED;
}

static void
wait_for_question (Kiosk *kiosk, const char *id)
{
  g_test_message ("%s", id);
  g_assert_cmpstr (question_of (kiosk), ==, id);
  test_settle (kiosk->window);
  test_wait (is_question_seen, kiosk);
}

/* Where little room is left, in larger type, what is said beside a question steps aside for it. */
static void
test_the_question_is_seen_with_the_line (void)
{
  static const Screen small[] = { { 1366, 768, 1.25, "en" }, { 1366, 768, 1.6, "en" }, { 1366, 768, 2.0, "en" },
                                  { 1366, 768, 1.25, "ar" }, { 1366, 768, 1.6, "ar" }, { 1366, 768, 2.0, "ar" } };

  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    {
      Kiosk kiosk;

      g_test_message ("%.2f %s", small[i].text_scale, small[i].language);
      open_at (&kiosk, &small[i]);
      act (&kiosk, "letter.next");
      wait_for_question (&kiosk, "name");
      answer (&kiosk, "name", "Imani Okoro");
      act (&kiosk, "letter.next");
      wait_for_question (&kiosk, "called");
      act (&kiosk, "letter.next");
      wait_for_question (&kiosk, "department");
      answer (&kiosk, "department", "Fraud Operations");
      act (&kiosk, "letter.next");
      act (&kiosk, "letter.next");
      if (acc_layout_for (1366, 768, small[i].text_scale).field) /* else it is written on the sheet */
        for (guint story = 0; story < 3; story++)
          {
            static const char *const ids[] = { "need", "act", "difference" };

            wait_for_question (&kiosk, ids[story]);
            answer (&kiosk, ids[story], "She went through all of our statements line by line until it was solved.");
            wait_for_question (&kiosk, ids[story]);
            act (&kiosk, "letter.next");
          }
      else
        tell_story (&kiosk);
      tick (&kiosk, "no");
      act (&kiosk, "letter.next");
      wait_for_question (&kiosk, "name");
      answer (&kiosk, "name", "Imani Okoro");
      act (&kiosk, "letter.next");
      g_signal_emit_by_name (test_find (page_of (&kiosk), "type_instead"), "clicked");
      gtk_widget_grab_focus (acc_answer_get_control (answer_of (&kiosk, "typed")));
      wait_for_question (&kiosk, "signature");
      answer (&kiosk, "typed", "Imani Okoro");
      act (&kiosk, "letter.next");
      act (&kiosk, "letter.next");
      tick (&kiosk, "contact");
      gtk_widget_grab_focus (acc_answer_get_control (answer_of (&kiosk, "contact_answer")));
      wait_for_question (&kiosk, "consent");
      kiosk_clear (&kiosk);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
}

/* Whoever comes back has a finger, too; and a code has Latin letters in every language. */
static void
test_a_code_is_typed_by_touch (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      GtkWidget *slip;
      Kiosk kiosk;

      open_at (&kiosk, &screens[i]);
      g_assert_true (gtk_widget_activate_action (kiosk.window, "kiosk.open-slip", NULL));
      slip = gtk_stack_get_visible_child (GTK_STACK (test_find (kiosk.window, "modes")));
      wait_for_line (&kiosk);
      tap_text (keyboard_of (&kiosk), "4k7w");
      wait_for_line (&kiosk);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (acc_answer_get_control (ACC_ANSWER (test_find (slip, "code"))))),
                       ==, "4k7w");
      g_assert_cmpint (gtk_widget_get_width (kiosk.window), ==, screens[i].width);
      g_assert_cmpint (gtk_widget_get_height (kiosk.window), ==, screens[i].height);
      kiosk_clear (&kiosk);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
}

/* A Latin name at an Arabic kiosk; and the next client finds Arabic again. */
static void
test_a_name_of_another_script_is_typed_and_the_next_client_begins_anew (void)
{
  Kiosk kiosk;

  open_at (&kiosk, &screens[7]);
  tap_widget (&kiosk, "begin");
  wait_for_line (&kiosk);
  tap_text (keyboard_of (&kiosk), "سارة Jo");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_TO_NAME, 0), ==, "سارة Jo");
  g_assert_null (find_key (keyboard_of (&kiosk), "ش"));
  act (&kiosk, "letter.next");
  wait_for_line (&kiosk);
  g_assert_null (find_key (keyboard_of (&kiosk), "ش"));
  act (&kiosk, "letter.start-again");
  acc_ask_answer (ACC_ASK (test_find (kiosk.window, "ask")), TRUE);
  test_settle (kiosk.window);
  tap_widget (&kiosk, "begin");
  wait_for_line (&kiosk);
  g_assert_nonnull (find_key (keyboard_of (&kiosk), "ش"));
  kiosk_clear (&kiosk);
}

/* Words are read where they stand: going on by touch does not make the page jump. */
static void
test_going_on_by_touch_leaves_the_keyboard_where_it_is (void)
{
  Kiosk kiosk;

  open_at (&kiosk, &screens[1]);
  tap_widget (&kiosk, "begin");
  wait_for_line (&kiosk);
  test_press (test_find (kiosk.window, "next"));
  g_assert_true (gtk_widget_get_mapped (keyboard_of (&kiosk)));
  test_release (kiosk.window);
  g_assert_true (gtk_widget_get_mapped (keyboard_of (&kiosk)));
  kiosk_clear (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_kiosk_init ();

  g_test_add_func ("/kiosk-keyboard/a-whole-letter-is-written-by-touch", test_a_whole_letter_is_written_by_touch);
  g_test_add_func ("/kiosk-keyboard/what-is-written-is-seen-on-every-screen", test_what_is_written_is_seen_on_every_screen);
  g_test_add_func ("/kiosk-keyboard/the-question-is-seen-with-the-line", test_the_question_is_seen_with_the_line);
  g_test_add_func ("/kiosk-keyboard/a-code-is-typed-by-touch", test_a_code_is_typed_by_touch);
  g_test_add_func ("/kiosk-keyboard/a-name-of-another-script-is-typed-and-the-next-client-begins-anew",
                   test_a_name_of_another_script_is_typed_and_the_next_client_begins_anew);
  g_test_add_func ("/kiosk-keyboard/going-on-by-touch-leaves-the-keyboard-where-it-is",
                   test_going_on_by_touch_leaves_the_keyboard_where_it_is);
  return g_test_run ();
}
