/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a letter that nobody writes any more. The clock stands still, and goes only as far as a test puts it. */
#include <string.h>

#include "base/clock.h"
#include "kiosk/idle.h"
#include "kiosk/kiosk-app.h"
#include "support.h"
#include "window-support.h"

#define QUIET 40
#define WARNING 20
#define SECOND ((gint64) G_USEC_PER_SEC)
#define YEAR (G_GINT64_CONSTANT (365) * 86400 * G_USEC_PER_SEC)

typedef struct {
  GtkWidget *window, *ask, *text, *tick;
  AccIdle *idle;
  gint64 wall, boot;
  guint gone;
} Quiet;

static void
on_gone (Quiet *quiet)
{
  quiet->gone++;
}

static void
quiet_set_up (Quiet *quiet, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  quiet->wall = 20 * YEAR;
  quiet->boot = SECOND;
  acc_clock_freeze (quiet->wall, quiet->boot);
  quiet->window = gtk_window_new ();
  quiet->text = gtk_text_view_new ();
  quiet->tick = gtk_check_button_new_with_label ("Tick");
  gtk_widget_set_size_request (quiet->text, 600, 200);
  gtk_box_append (GTK_BOX (box), quiet->text);
  gtk_box_append (GTK_BOX (box), quiet->tick);
  quiet->ask = acc_ask_new ();
  acc_ask_set_child (ACC_ASK (quiet->ask), box);
  gtk_window_set_child (GTK_WINDOW (quiet->window), quiet->ask);
  gtk_window_set_decorated (GTK_WINDOW (quiet->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (quiet->window), 1366, 768);
  gtk_widget_add_css_class (quiet->window, "kiosk");
  gtk_window_present (GTK_WINDOW (quiet->window));
  test_settle (quiet->window);
  gtk_widget_grab_focus (quiet->text);
  quiet->idle = acc_idle_new (GTK_WINDOW (quiet->window), ACC_ASK (quiet->ask));
  g_signal_connect_swapped (quiet->idle, "gone", G_CALLBACK (on_gone), quiet);
  acc_idle_set_seconds (quiet->idle, QUIET, WARNING);
  acc_idle_set_screen (quiet->idle, ACC_IDLE_LETTER);
}

static void
quiet_tear_down (Quiet *quiet, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (quiet->window));
  g_object_unref (quiet->idle);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  acc_clock_freeze (-1, -1);
}

static gboolean
on_second (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the clock go on by @microseconds, and the kiosk look at it. */
static void
pass (Quiet *quiet, gint64 microseconds)
{
  gboolean looked = FALSE;

  quiet->boot += microseconds;
  acc_clock_freeze (quiet->wall, quiet->boot);
  g_timeout_add (1100, on_second, &looked);
  while (!looked)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_asking (Quiet *quiet)
{
  g_assert_cmpint (acc_ask_is_open (ACC_ASK (quiet->ask)), ==, acc_idle_is_asking (quiet->idle));
  return acc_idle_is_asking (quiet->idle);
}

static const char *
figure (Quiet *quiet)
{
  return gtk_label_get_text (GTK_LABEL (test_find (quiet->ask, "figure")));
}

static void
nobody_is_asked_and_the_letter_goes (Quiet *quiet, gconstpointer data)
{
  pass (quiet, QUIET * SECOND - 1);
  g_assert_false (is_asking (quiet));
  pass (quiet, 1);
  g_assert_true (is_asking (quiet));
  g_assert_true (test_shows_text (quiet->ask, "Are you still there?"));
  g_assert_cmpstr (figure (quiet), ==, "20");
  pass (quiet, WARNING * SECOND - 1);
  g_assert_true (is_asking (quiet));
  g_assert_cmpstr (figure (quiet), ==, "1");
  g_assert_cmpuint (quiet->gone, ==, 0);
  pass (quiet, 1);
  g_assert_false (is_asking (quiet));
  g_assert_cmpuint (quiet->gone, ==, 1);
}

static void
the_countdown_is_said_now_and_then (Quiet *quiet, gconstpointer data)
{
  static const struct {
    guint seconds;
    const char *said;
  } rows[] = {
    { 0, "20 seconds left" }, { 1, "20 seconds left" }, { 9, "10 seconds left" }, { 1, "10 seconds left" },
    { 4, "5 seconds left" },  { 4, "5 seconds left" },
  };

  pass (quiet, QUIET * SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *countdown;

      pass (quiet, rows[i].seconds * SECOND);
      countdown = gtk_widget_get_ancestor (test_find (quiet->ask, "figure"), g_type_from_name ("AccCountdown"));
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (countdown), GTK_ACCESSIBLE_ROLE_STATUS);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (countdown), GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].said);
    }
  g_assert_cmpstr (figure (quiet), ==, "1");
}

/* A machine that slept, or a clock that stood: the question is asked all the same, and all of its time is given. */
static void
a_long_sleep_still_leaves_time_to_answer (Quiet *quiet, gconstpointer data)
{
  pass (quiet, YEAR);
  g_assert_true (is_asking (quiet));
  g_assert_cmpstr (figure (quiet), ==, "20");
}

static void
the_wall_clock_moves_nothing (Quiet *quiet, gconstpointer data)
{
  static const gint64 moves[] = { YEAR, -2 * YEAR, 7200 * SECOND };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      quiet->wall += moves[i];
      pass (quiet, 0);
      g_assert_false (is_asking (quiet));
    }
  pass (quiet, QUIET * SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      quiet->wall += moves[i];
      pass (quiet, 0);
      g_assert_cmpstr (figure (quiet), ==, "20");
    }
  g_assert_true (is_asking (quiet));
}

/* ---- whatever somebody does ---- */

static void
touch_the_screen (Quiet *quiet)
{
  test_click (quiet->window, 20, 20);
}

static void
press_a_key (Quiet *quiet)
{
  test_key (quiet->window, "a");
}

static void
press_shift (Quiet *quiet)
{
  test_key (quiet->window, "shift");
}

static void
press_the_button (Quiet *quiet)
{
  GtkWidget *button = test_find_button (quiet->ask, "I am still here");

  test_click (button, gtk_widget_get_width (button) / 2.0, gtk_widget_get_height (button) / 2.0);
}

static void
press_escape (Quiet *quiet)
{
  test_key (quiet->window, "Escape");
}

/* As AT-SPI's action does it. */
static void
activate_by_assistive_technology (Quiet *quiet)
{
  gtk_widget_activate (test_find_button (quiet->ask, "I am still here"));
}

static void
move_the_focus (Quiet *quiet)
{
  gtk_window_set_focus (GTK_WINDOW (quiet->window), NULL);
}

static void
change_an_answer (Quiet *quiet)
{
  acc_idle_note (quiet->idle);
}

static void (*const deeds[]) (Quiet *quiet)
  = { touch_the_screen, press_a_key,    press_shift,     press_the_button, press_escape,
      activate_by_assistive_technology, move_the_focus, change_an_answer };

static gboolean
is_answered (gpointer data)
{
  return !acc_idle_is_asking (((Quiet *) data)->idle);
}

static void
anything_goes_on_as_often_as_wished (Quiet *quiet, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      pass (quiet, QUIET * SECOND);
      g_assert_true (is_asking (quiet));
      g_test_message ("deed %u", i);
      deeds[i](quiet);
      test_wait (is_answered, quiet);
      g_assert_false (is_asking (quiet));
      pass (quiet, (QUIET - 1) * SECOND);
      g_assert_false (is_asking (quiet));
      g_assert_true (gtk_widget_has_focus (quiet->text));
    }
  g_assert_cmpuint (quiet->gone, ==, 0);
}

/* The key that answers was meant for the question; the next one is the letter's again. */
static void
what_answers_does_nothing_else (Quiet *quiet, gconstpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (quiet->text));

  pass (quiet, QUIET * SECOND);
  press_a_key (quiet);
  test_wait (is_answered, quiet);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
  press_a_key (quiet);
  test_settle (quiet->window);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 1);
}

static void
what_is_done_in_time_is_not_asked_after (Quiet *quiet, gconstpointer data)
{
  pass (quiet, (QUIET - 1) * SECOND);
  press_a_key (quiet);
  test_settle (quiet->window);
  pass (quiet, (QUIET - 1) * SECOND);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (quiet->tick), TRUE);
  pass (quiet, (QUIET - 1) * SECOND);
  g_assert_false (is_asking (quiet));
}

/* ---- what is on the screen ---- */

static void
what_must_not_be_broken_off_is_not (Quiet *quiet, gconstpointer data)
{
  acc_idle_set_screen (quiet->idle, ACC_IDLE_NOTHING);
  pass (quiet, YEAR);
  g_assert_false (is_asking (quiet));
  acc_idle_set_screen (quiet->idle, ACC_IDLE_LETTER);
  pass (quiet, (QUIET - 1) * SECOND);
  g_assert_false (is_asking (quiet));
  pass (quiet, SECOND);
  g_assert_true (is_asking (quiet));
  acc_idle_set_screen (quiet->idle, ACC_IDLE_NOTHING);
  g_assert_false (is_asking (quiet));
  g_assert_cmpuint (quiet->gone, ==, 0);
}

static void
the_farewell_stands_half_as_long (Quiet *quiet, gconstpointer data)
{
  acc_idle_set_screen (quiet->idle, ACC_IDLE_FAREWELL);
  pass (quiet, QUIET * SECOND / 2 - 1);
  g_assert_false (is_asking (quiet));
  pass (quiet, 1);
  g_assert_true (is_asking (quiet));
  pass (quiet, WARNING * SECOND);
  g_assert_cmpuint (quiet->gone, ==, 1);
}

static void
the_welcome_forgets_without_a_question_what_somebody_chose (Quiet *quiet, gconstpointer data)
{
  acc_idle_set_screen (quiet->idle, ACC_IDLE_WELCOME);
  pass (quiet, YEAR);
  g_assert_cmpuint (quiet->gone, ==, 0);
  touch_the_screen (quiet);
  test_settle (quiet->window);
  pass (quiet, QUIET * SECOND);
  g_assert_false (is_asking (quiet));
  g_assert_cmpuint (quiet->gone, ==, 1);
  pass (quiet, YEAR);
  g_assert_cmpuint (quiet->gone, ==, 1);
}

static void
a_window_that_closes_takes_the_question_with_it (Quiet *quiet, gconstpointer data)
{
  pass (quiet, QUIET * SECOND);
  g_assert_true (is_asking (quiet));
}

#define ADD(path, test) g_test_add (path, Quiet, NULL, quiet_set_up, test, quiet_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  ADD ("/idle/gone", nobody_is_asked_and_the_letter_goes);
  ADD ("/idle/said", the_countdown_is_said_now_and_then);
  ADD ("/idle/slept", a_long_sleep_still_leaves_time_to_answer);
  ADD ("/idle/wall-clock", the_wall_clock_moves_nothing);
  ADD ("/idle/extended", anything_goes_on_as_often_as_wished);
  ADD ("/idle/nothing-else", what_answers_does_nothing_else);
  ADD ("/idle/in-time", what_is_done_in_time_is_not_asked_after);
  ADD ("/idle/nothing-broken-off", what_must_not_be_broken_off_is_not);
  ADD ("/idle/farewell", the_farewell_stands_half_as_long);
  ADD ("/idle/welcome", the_welcome_forgets_without_a_question_what_somebody_chose);
  ADD ("/idle/closing", a_window_that_closes_takes_the_question_with_it);
  return g_test_run ();
}
