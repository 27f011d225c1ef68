/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard on the screen: its keys, struck by a real pointer. */
#include "base/clock.h"
#include "keyboard-support.h"
#include "keyboard-window-support.h"
#include "kit/key.h"
#include "kit/keyboard-layout.h"
#include "kit/keyboard.h"
#include "kit/look.h"
#include "kit/typing.h"
#include "window-support.h"

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
  hold (fixture, "⌫", KEY_HELD + 300);
  assert_story (fixture, "abcdefghijklmnopqrs");
  hold (fixture, "f", KEY_HELD + 300);
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
  hold (fixture, "⇧", KEY_HELD + 300); /* struck once: it would go round */
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
  { "a-finger-that-slips-off-takes-it-back", test_a_finger_that_slips_off_a_key_far_enough_takes_it_back },
  { "a-held-key-does-not-repeat-unless-it-is-wanted", test_a_held_key_does_not_repeat_unless_it_is_wanted },
  { "a-held-key-repeats-where-it-is-wanted", test_a_held_key_repeats_where_it_is_wanted },
  { "a-trembling-hand-strikes-once", test_a_trembling_hand_strikes_once },
  { "without-that-setting-no-strike-is-lost", test_without_that_setting_no_strike_is_lost },
  { "delete-takes-what-backspace-takes", test_delete_takes_what_backspace_takes },
  { "what-is-selected-is-replaced", test_what_is_selected_is_replaced },
  { "a-field-that-is-full-says-so", test_a_field_that_is_full_says_so },
  { "the-keys-suit-the-field", test_the_keys_suit_the_field },
};

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/keyboard/", tests[i].path, NULL);

      g_test_add (path, Fixture, NULL, keyboard_set_up, tests[i].test, keyboard_tear_down);
    }
  return g_test_run ();
}
