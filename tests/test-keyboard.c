/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard on the screen: its keys, struck by a real pointer. */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/places.h"
#include "keyboard-support.h"
#include "kit/key.h"
#include "kit/keyboard-layout.h"
#include "kit/keyboard.h"
#include "kit/look.h"
#include "kit/real-size.h"
#include "kit/typing.h"
#include "support.h"
#include "window-support.h"

#define HOLD 150 /* milliseconds until a key is held */

typedef struct {
  GtkWidget *window, *line, *mail, *digits, *story, *other, *keyboard;
} Fixture;

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

static void
fixture_open (Fixture *fixture, int width, int height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  g_object_set (gtk_settings_get_default (), "gtk-long-press-time", HOLD, NULL);
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

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_open (fixture, 1366, 768);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The key that shows @text now. */
static GtkWidget *
key (Fixture *fixture, const char *text)
{
  GtkWidget *found = find_key (fixture->keyboard, text);

  if (found == NULL)
    g_error ("There is no key “%s” now", text);
  return found;
}

static void
tap (Fixture *fixture, const char *text)
{
  tap_key (fixture->keyboard, text);
}

/* One tap after another, each key being named by what it shows; parted by spaces. */
static void
tap_all (Fixture *fixture, const char *keys)
{
  g_auto (GStrv) texts = g_strsplit (keys, " ", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    tap (fixture, texts[i]);
}

static char *
dup_story (Fixture *fixture)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->story));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
assert_story (Fixture *fixture, const char *text)
{
  g_autofree char *story = dup_story (fixture);

  g_assert_cmpstr (story, ==, text);
}

static void
set_story (Fixture *fixture, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->story)), text, -1);
}

static void
assert_line (Fixture *fixture, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->line)), ==, text);
}

static gboolean
is_open (gpointer keyboard)
{
  return gtk_widget_get_mapped (test_find (keyboard, "choices"));
}

/* Until its accents are open. */
static void
hold_open (Fixture *fixture, const char *text)
{
  test_press (key (fixture, text));
  test_wait (is_open, fixture->keyboard);
  test_settle (fixture->window);
}

static gboolean
on_rested (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* Longer than a key must be held. */
static void
rest (guint milliseconds)
{
  gboolean rested = FALSE;

  g_timeout_add (milliseconds, on_rested, &rested);
  test_wait (is_set, &rested);
}

static void
test_a_tap_types_what_the_key_shows (Fixture *fixture, gconstpointer data)
{
  tap_all (fixture, "h e l l o , space y o u");
  assert_story (fixture, "hello, you");
  tap (fixture, "⏎");
  tap (fixture, "⌫");
  tap (fixture, "⌫");
  assert_story (fixture, "hello, yo");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == fixture->story);
}

/* Strikes each key of a row of what is shown now, and says what they ought to have typed. */
static void
strike_row (Fixture *fixture, AccKeyboardLayout *layout, AccKeyboardPage page, AccKeyboardRow row)
{
  for (const char *const *text = acc_keyboard_layout_get_row (layout, page, row); *text != NULL; text++)
    {
      const gboolean is_mark = g_unichar_ismark (g_utf8_get_char (*text));
      g_autofree char *wanted = g_strconcat (is_mark ? "ا" : "", *text, NULL);

      set_story (fixture, is_mark ? "ا" : "");
      acc_key_strike (ACC_KEY (key (fixture, *text)));
      assert_story (fixture, wanted);
      gtk_test_accessible_assert_role (key (fixture, *text), GTK_ACCESSIBLE_ROLE_BUTTON);
      gtk_test_accessible_assert_property (key (fixture, *text), GTK_ACCESSIBLE_PROPERTY_LABEL, *text);
    }
}

static void
test_every_key_of_every_language_types_what_it_shows (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; keyboard_languages[i] != NULL; i++)
    {
      g_autoptr (AccKeyboardLayout) layout = load_layout (keyboard_languages[i]);

      acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), keyboard_languages[i]);
      for (AccKeyboardPage page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
        {
          test_settle (fixture->window);
          for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
            strike_row (fixture, layout, page, row);
          if (page == ACC_KEYBOARD_LETTERS) /* locked */
            for (guint n = 0; n < 2; n++)
              acc_key_strike (ACC_KEY (test_find (fixture->keyboard, "shift")));
          else
            acc_key_strike (ACC_KEY (test_find (fixture->keyboard, page == ACC_KEYBOARD_CAPITALS ? "other" : "more")));
        }
    }
}

static void
test_shift_is_for_one_letter_or_stays (Fixture *fixture, gconstpointer data)
{
  tap_all (fixture, "⇧ D e a r");
  assert_story (fixture, "Dear");
  tap_all (fixture, "⇧ ⇧ O K ⇪ o");
  assert_story (fixture, "DearOKo");
  gtk_test_accessible_assert_state (key (fixture, "⇧"), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  tap (fixture, "⇧");
  gtk_test_accessible_assert_state (key (fixture, "⇧"), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
}

static void
test_pages_lead_to_one_another (Fixture *fixture, gconstpointer data)
{
  tap_all (fixture, "123 7 #+= … 123 @ abc a");
  assert_story (fixture, "7…@a");
}

static void
test_a_held_key_offers_its_accents (Fixture *fixture, gconstpointer data)
{
  hold_open (fixture, "e");
  test_release (fixture->window);
  assert_story (fixture, "");
  tap (fixture, "ê");
  assert_story (fixture, "ê");
  g_assert_false (is_open (fixture->keyboard));
}

static void
test_a_finger_slides_to_an_accent (Fixture *fixture, gconstpointer data)
{
  tap (fixture, "⇧");
  hold_open (fixture, "O");
  test_slide (key (fixture, "Ö"));
  test_release (fixture->window);
  assert_story (fixture, "Ö");
  g_assert_false (is_open (fixture->keyboard));
  tap (fixture, "o"); /* Shift was for that one */
}

static void
test_who_cannot_hold_a_key_taps_for_its_accents (Fixture *fixture, gconstpointer data)
{
  tap (fixture, "á ñ ü");
  tap_all (fixture, "n ñ e");
  tap (fixture, "á ñ ü");
  tap_all (fixture, "x n"); /* that has none: it is typed */
  assert_story (fixture, "ñexn");
}

static void
test_another_key_closes_the_accents (Fixture *fixture, gconstpointer data)
{
  hold_open (fixture, "e");
  test_release (fixture->window);
  tap (fixture, "r");
  g_assert_false (is_open (fixture->keyboard));
  assert_story (fixture, "r");
}

static void
test_a_finger_that_slips_off_a_key_far_enough_takes_it_back (Fixture *fixture, gconstpointer data)
{
  test_press (key (fixture, "f"));
  test_slide (key (fixture, "j"));
  test_release (fixture->window);
  assert_story (fixture, "");
}

static void
hold (Fixture *fixture, const char *text, guint milliseconds)
{
  test_press (key (fixture, text));
  rest (milliseconds);
  test_release (fixture->window);
}

static void
test_a_held_key_does_not_repeat_unless_it_is_wanted (Fixture *fixture, gconstpointer data)
{
  set_story (fixture, "abcdefghijklmnopqrst");
  hold (fixture, "⌫", HOLD + 300);
  assert_story (fixture, "abcdefghijklmnopqrs");
  hold (fixture, "f", HOLD + 300);
  assert_story (fixture, "abcdefghijklmnopqrsf");
}

static gboolean
is_empty (gpointer view)
{
  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) == 0;
}

static void
test_a_held_key_repeats_where_it_is_wanted (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_timing (ACC_KEYBOARD (fixture->keyboard), 50, 0);
  set_story (fixture, "abc");
  test_press (key (fixture, "⌫"));
  test_wait (is_empty, fixture->story);
  test_release (fixture->window);
  hold (fixture, "⇧", HOLD + 300); /* struck once: it would go round */
  tap (fixture, "A");
  assert_story (fixture, "A");
}

static void
test_a_trembling_hand_strikes_once (Fixture *fixture, gconstpointer data)
{
  const gint64 began = 1000 * G_USEC_PER_SEC;

  acc_keyboard_set_timing (ACC_KEYBOARD (fixture->keyboard), 0, 400);
  acc_clock_freeze (0, began);
  tap_all (fixture, "a a b b");
  assert_story (fixture, "ab");
  acc_clock_freeze (0, began + 399 * 1000);
  tap (fixture, "b"); /* the hand still trembles: its time begins anew */
  acc_clock_freeze (0, began + 798 * 1000);
  tap (fixture, "b");
  assert_story (fixture, "ab");
  acc_clock_freeze (0, began + 1198 * 1000);
  tap (fixture, "b");
  assert_story (fixture, "abb");
}

static void
test_without_that_setting_no_strike_is_lost (Fixture *fixture, gconstpointer data)
{
  acc_clock_freeze (0, 1000 * G_USEC_PER_SEC);
  tap_all (fixture, "b o o k");
  assert_story (fixture, "book");
}

/* GTK's own Backspace is right about each script: ours does the same. */
static void
test_delete_takes_what_backspace_takes (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "abc", "cafe\u0301", "กำลังนี้", "شُكْرًا", "شكراً", "👩‍👩‍👧", "🇵🇱🇩🇪", "नमस्ते", "각", "a\nb\n", "ß", "لآ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint times = 1; times <= 3; times++)
      {
        g_autofree char *wanted = NULL;

        set_story (fixture, texts[i]);
        for (guint n = 0; n < times; n++)
          g_signal_emit_by_name (fixture->story, "backspace");
        wanted = dup_story (fixture);
        set_story (fixture, texts[i]);
        for (guint n = 0; n < times; n++)
          acc_key_strike (ACC_KEY (key (fixture, "⌫")));
        assert_story (fixture, wanted);
      }
  set_story (fixture, "นี้");
  tap (fixture, "⌫");
  assert_story (fixture, "นี");
}

static void
test_what_is_selected_is_replaced (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->story));
  GtkTextIter start, end;

  set_story (fixture, "She helped");
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  tap (fixture, "w");
  assert_story (fixture, "w");
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  tap (fixture, "⌫");
  assert_story (fixture, "");

  gtk_editable_set_text (GTK_EDITABLE (fixture->line), "Jess Okafor");
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  gtk_editable_select_region (GTK_EDITABLE (fixture->line), 0, 4);
  tap (fixture, "m");
  assert_line (fixture, "m Okafor");
  tap (fixture, "a");
  assert_line (fixture, "ma Okafor");
}

static void
test_a_field_that_is_full_says_so (Fixture *fixture, gconstpointer data)
{
  set_story (fixture, "1234567890123456789012345678901234567890");
  g_object_set_data (G_OBJECT (fixture->story), "note", NULL);
  tap (fixture, "x");
  assert_story (fixture, "1234567890123456789012345678901234567890");
  g_assert_cmpint (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (fixture->story), "note")), ==, ACC_TEXT_CUT);
}

/* A line has no Return, and a field for digits begins with them. */
static void
test_the_keys_suit_the_field (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_get_mapped (test_find (fixture->keyboard, "enter")));
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_false (gtk_widget_get_mapped (test_find (fixture->keyboard, "enter")));
  tap (fixture, "q");
  assert_line (fixture, "q");
  gtk_widget_grab_focus (fixture->digits);
  test_settle (fixture->window);
  tap_all (fixture, "4 2");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->digits)), ==, "42");
}

static gboolean
is_shown (Fixture *fixture)
{
  return gtk_widget_get_mapped (fixture->keyboard);
}

static void
touch (Fixture *fixture, GtkWidget *widget)
{
  test_click (widget, gtk_widget_get_width (widget) / 2.0, 20);
}

static void
test_it_steps_aside_for_keys_until_a_field_is_touched (Fixture *fixture, gconstpointer data)
{
  test_key (fixture->window, "k");
  g_assert_false (is_shown (fixture));
  assert_story (fixture, "k");
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
  touch (fixture, fixture->other);
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
  touch (fixture, fixture->story);
  g_assert_true (is_shown (fixture));
}

static void
test_it_can_be_hidden_until_a_field_is_touched (Fixture *fixture, gconstpointer data)
{
  tap (fixture, "Hide");
  g_assert_false (is_shown (fixture));
  touch (fixture, fixture->story);
  g_assert_true (is_shown (fixture));
}

static void
test_it_is_there_for_fields_alone (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->other);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_true (is_shown (fixture));
  gtk_editable_set_editable (GTK_EDITABLE (fixture->digits), FALSE);
  gtk_widget_grab_focus (fixture->digits);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
}

static void
test_a_mouse_is_no_finger_unless_it_is_said_to_be (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  acc_keyboard_set_use (ACC_KEYBOARD (fixture->keyboard), "auto");
  touch (fixture, fixture->story);
  g_assert_false (is_shown (fixture));
  acc_keyboard_set_use (ACC_KEYBOARD (fixture->keyboard), "off");
  touch (fixture, fixture->story);
  g_assert_false (is_shown (fixture));
}

static void
test_a_wipe_leaves_nothing_of_the_client_before (Fixture *fixture, gconstpointer data)
{
  tap_all (fixture, "⇧ ⇧");
  hold_open (fixture, "A");
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_release (fixture->window);
  assert_story (fixture, "");
  g_assert_false (is_open (fixture->keyboard));
  g_assert_null (gtk_widget_get_first_child (test_find (fixture->keyboard, "choices")));
  tap (fixture, "a");
  tap (fixture, "123");
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_settle (fixture->window);
  tap (fixture, "a");
  test_key (fixture->window, "k");
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_settle (fixture->window);
  g_assert_true (is_shown (fixture));
}

/* What Tab goes through, once round. */
static void
test_keys_never_take_the_focus (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 12; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
      g_assert_true (focus == NULL || !gtk_widget_is_ancestor (focus, fixture->keyboard));
    }
  g_assert_false (gtk_widget_grab_focus (fixture->keyboard));
}

/* Row by row from the left, as the file has them: a keyboard is not mirrored. */
static void
test_arabic_runs_from_the_right_and_its_keys_from_the_left (Fixture *fixture, gconstpointer data)
{
  graphene_point_t first, last;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  test_settle (fixture->window);
  g_assert_true (gtk_widget_compute_point (key (fixture, "ض"), fixture->window, &GRAPHENE_POINT_INIT (0, 0), &first));
  g_assert_true (gtk_widget_compute_point (key (fixture, "د"), fixture->window, &GRAPHENE_POINT_INIT (0, 0), &last));
  g_assert_cmpfloat (first.x, <, last.x);
  tap_all (fixture, "ش ك ر ا space ل ك ⌫");
  assert_story (fixture, "شكرا ل");
  tap (fixture, "⇧");
  tap (fixture, "أ");
  assert_story (fixture, "شكرا لأ");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
focus (Fixture *fixture, GtkWidget *field)
{
  gtk_widget_grab_focus (field);
  test_settle (fixture->window);
}

static void
test_a_key_leads_to_the_other_script_and_back (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *language, *own, *theirs;
    const char *to, *back;             /* what stands on the key */
    const char *to_named, *back_named; /* … and what is read out */
  } rows[] = {
    { "ar", "ش ك ر ا", "a n a", "abc", "أبج", "Keyboard: English", "Keyboard: العربية" },
    { "pl", "ó w", "ش ك", "أبج", "abc", "Keyboard: العربية", "Keyboard: Polski" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *keys = g_strconcat (rows[i].own, " ", rows[i].theirs, " ", rows[i].own, NULL);
      g_auto (GStrv) parts = g_strsplit (keys, " ", -1);
      g_autofree char *wanted = g_strjoinv ("", parts);
      GtkWidget *script = test_find (fixture->keyboard, "script");

      set_story (fixture, "");
      acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), rows[i].language);
      test_settle (fixture->window);
      gtk_test_accessible_assert_property (script, GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].to_named);
      tap_all (fixture, rows[i].own);
      tap (fixture, rows[i].to);
      gtk_test_accessible_assert_property (script, GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].back_named);
      tap_all (fixture, rows[i].theirs);
      tap (fixture, rows[i].back);
      tap_all (fixture, rows[i].own);
      assert_story (fixture, wanted);
    }
}

static void
test_one_script_alone_needs_no_key_for_it (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_offered (ACC_KEYBOARD (fixture->keyboard), "en;de;pl");
  test_settle (fixture->window);
  g_assert_false (gtk_widget_get_mapped (test_find (fixture->keyboard, "script")));
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  test_settle (fixture->window);
  g_assert_true (gtk_widget_get_mapped (test_find (fixture->keyboard, "script")));
}

static void
test_mail_begins_with_latin_and_what_follows_with_what_was_chosen (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  focus (fixture, fixture->line);
  g_assert_nonnull (find_key (fixture->keyboard, "ش"));
  focus (fixture, fixture->mail);
  tap_all (fixture, "a 123 @ abc b . c");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->mail)), ==, "a@b.c");
  focus (fixture, fixture->story);
  g_assert_nonnull (find_key (fixture->keyboard, "ش"));
  tap (fixture, "abc");
  focus (fixture, fixture->line);
  tap (fixture, "q");
  assert_line (fixture, "q");
}

static void
test_a_wipe_goes_back_to_the_languages_own_script (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  test_settle (fixture->window);
  tap (fixture, "abc");
  g_assert_null (find_key (fixture->keyboard, "ش"));
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_settle (fixture->window);
  tap (fixture, "ش");
  focus (fixture, fixture->line);
  tap (fixture, "ش");
  assert_line (fixture, "ش");
}

/* ---- size ---- */

static void
list_keys (GtkWidget *root, GPtrArray *keys)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ACC_IS_KEY (child) && gtk_widget_get_mapped (child))
      g_ptr_array_add (keys, child);
}

static graphene_rect_t
place_of (GtkWidget *widget, GtkWidget *within)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (widget, within, &place));
  return place;
}

/* Each at least as large as a fingertip, none nearer than 8 pixels to another, its text within it. */
static void
assert_keys_are_far_enough_apart (Fixture *fixture, double least)
{
  const graphene_rect_t whole = place_of (fixture->keyboard, fixture->keyboard);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  list_keys (fixture->keyboard, keys);
  g_assert_cmpuint (keys->len, >, 30);
  for (guint i = 0; i < keys->len; i++)
    {
      GtkWidget *one = g_ptr_array_index (keys, i);
      const graphene_rect_t place = place_of (one, fixture->keyboard);
      const graphene_rect_t text = place_of (gtk_widget_get_first_child (one), fixture->keyboard);
      graphene_rect_t around = place;

      g_assert_cmpfloat (place.size.width, >=, least);
      g_assert_cmpfloat (place.size.height, >=, least);
      g_assert_true (graphene_rect_contains_rect (&whole, &place));
      graphene_rect_inset (&around, -1, -1);
      g_assert_true (graphene_rect_contains_rect (&around, &text));
      graphene_rect_inset (&around, -6.5, -6.5);
      for (guint j = 0; j < i; j++)
        {
          const graphene_rect_t other = place_of (g_ptr_array_index (keys, j), fixture->keyboard);

          g_assert_false (graphene_rect_intersection (&around, &other, NULL));
        }
    }
}

static void
assert_pages_are_large_enough (Fixture *fixture, double least)
{
  test_settle (fixture->window);
  assert_keys_are_far_enough_apart (fixture, least);
  tap (fixture, "123");
  assert_keys_are_far_enough_apart (fixture, least);
  tap (fixture, "#+=");
  assert_keys_are_far_enough_apart (fixture, least);
}

static void
test_keys_are_large_enough_on_every_screen (void)
{
  static const struct {
    int width, height;
    double text;
    double least; /* pixels: 15 mm where there is room; these screens have 96 pixels an inch */
  } screens[] = {
    { 1920, 1080, 1, 57 }, { 1920, 1080, 2, 57 }, { 1366, 768, 1, 57 },
    { 1366, 768, 2, 57 },  { 1080, 1080, 1, 57 }, { 800, 480, 1, 44 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Fixture fixture;

      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * screens[i].text), NULL);
      fixture_open (&fixture, screens[i].width, screens[i].height);
      for (guint j = 0; keyboard_languages[j] != NULL; j++)
        {
          acc_keyboard_set_language (ACC_KEYBOARD (fixture.keyboard), keyboard_languages[j]);
          assert_pages_are_large_enough (&fixture, screens[i].least);
        }
      tear_down (&fixture, NULL);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
}

/* Above their key, the first one nearest, all on the screen. */
static void
test_accents_stand_above_their_key (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "a", "e", "o", "z", "n" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *choices = test_find (fixture->keyboard, "choices");
      graphene_rect_t box, pressed;

      hold_open (fixture, keys[i]);
      box = place_of (choices, fixture->window);
      pressed = place_of (key (fixture, keys[i]), fixture->window);
      g_assert_cmpfloat (box.origin.x, >=, 0);
      g_assert_cmpfloat (box.origin.x + box.size.width, <=, gtk_widget_get_width (fixture->window));
      g_assert_cmpfloat (box.origin.y + box.size.height, <=, pressed.origin.y + 1);
      g_assert_true (box.origin.x <= pressed.origin.x && box.origin.x + box.size.width >= pressed.origin.x);
      test_release (fixture->window);
      tap (fixture, keys[i]);
    }
}

static void
add_window_tests (void)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "a-tap-types-what-the-key-shows", test_a_tap_types_what_the_key_shows },
    { "every-key-of-every-language-types-what-it-shows", test_every_key_of_every_language_types_what_it_shows },
    { "shift-is-for-one-letter-or-stays", test_shift_is_for_one_letter_or_stays },
    { "pages-lead-to-one-another", test_pages_lead_to_one_another },
    { "a-held-key-offers-its-accents", test_a_held_key_offers_its_accents },
    { "a-finger-slides-to-an-accent", test_a_finger_slides_to_an_accent },
    { "who-cannot-hold-a-key-taps-for-its-accents", test_who_cannot_hold_a_key_taps_for_its_accents },
    { "another-key-closes-the-accents", test_another_key_closes_the_accents },
    { "accents-stand-above-their-key", test_accents_stand_above_their_key },
    { "a-finger-that-slips-off-takes-it-back", test_a_finger_that_slips_off_a_key_far_enough_takes_it_back },
    { "a-held-key-does-not-repeat-unless-it-is-wanted", test_a_held_key_does_not_repeat_unless_it_is_wanted },
    { "a-held-key-repeats-where-it-is-wanted", test_a_held_key_repeats_where_it_is_wanted },
    { "a-trembling-hand-strikes-once", test_a_trembling_hand_strikes_once },
    { "without-that-setting-no-strike-is-lost", test_without_that_setting_no_strike_is_lost },
    { "delete-takes-what-backspace-takes", test_delete_takes_what_backspace_takes },
    { "what-is-selected-is-replaced", test_what_is_selected_is_replaced },
    { "a-field-that-is-full-says-so", test_a_field_that_is_full_says_so },
    { "the-keys-suit-the-field", test_the_keys_suit_the_field },
    { "it-steps-aside-for-keys-until-a-field-is-touched", test_it_steps_aside_for_keys_until_a_field_is_touched },
    { "it-can-be-hidden-until-a-field-is-touched", test_it_can_be_hidden_until_a_field_is_touched },
    { "it-is-there-for-fields-alone", test_it_is_there_for_fields_alone },
    { "a-mouse-is-no-finger-unless-it-is-said-to-be", test_a_mouse_is_no_finger_unless_it_is_said_to_be },
    { "a-wipe-leaves-nothing-of-the-client-before", test_a_wipe_leaves_nothing_of_the_client_before },
    { "keys-never-take-the-focus", test_keys_never_take_the_focus },
    { "arabic-runs-from-the-right-and-its-keys-from-the-left",
      test_arabic_runs_from_the_right_and_its_keys_from_the_left },
    { "a-key-leads-to-the-other-script-and-back", test_a_key_leads_to_the_other_script_and_back },
    { "one-script-alone-needs-no-key-for-it", test_one_script_alone_needs_no_key_for_it },
    { "mail-begins-with-latin-and-what-follows-with-what-was-chosen",
      test_mail_begins_with_latin_and_what_follows_with_what_was_chosen },
    { "a-wipe-goes-back-to-the-languages-own-script", test_a_wipe_goes_back_to_the_languages_own_script },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/keyboard/", tests[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());

  add_window_tests ();
  g_test_add_func ("/keyboard/keys-are-large-enough-on-every-screen", test_keys_are_large_enough_on_every_screen);
  return g_test_run ();
}
