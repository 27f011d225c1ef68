/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a banker's session ends by itself. The clock stands still, and goes only as far as a test puts it. */
#include <string.h>

#include "base/clock.h"
#include "desk-support.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "window-support.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define YEAR (365 * 24 * HOUR)
#define LOCKED "Nobody was at the desk for a while"
#define TOO_LONG "You were signed in for four hours"

static gint64 wall, boot;

static gboolean
on_second (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the clock go on by @microseconds, and the desk look at it. */
static void
pass (gint64 microseconds)
{
  gboolean looked = FALSE;

  boot += microseconds;
  acc_clock_freeze (wall, boot);
  g_timeout_add (1100, on_second, &looked);
  while (!looked)
    g_main_context_iteration (NULL, TRUE);
}

static void
sign_in (Desk *desk)
{
  wall = 56 * YEAR;
  boot = SECOND;
  acc_clock_freeze (wall, boot);
  desk_init (desk);
  g_free (desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL));
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, "Approve and route", desk_offers, "Approve and route");
}

static gboolean
is_signed_in (Desk *desk)
{
  return acc_desk_session_get_banker (desk->session) != NULL;
}

static GtkWidget *
find_cover (Desk *desk)
{
  return desk_find (desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");
}

static gboolean
is_told_as_a_problem (Desk *desk)
{
  return gtk_widget_has_css_class (test_find (desk->window->sign_in, "problem"), "problem");
}

static gboolean
refuses (Desk *desk, gconstpointer data)
{
  return !desk_shows (desk, LOCKED) && is_told_as_a_problem (desk);
}

static void
test_five_quiet_minutes_lock_the_desk (void)
{
  g_auto (Desk) desk = { 0 };

  sign_in (&desk);
  pass (5 * MINUTE - 1);
  g_assert_true (is_signed_in (&desk));
  pass (1);
  g_assert_false (is_signed_in (&desk));
  g_assert_true (desk_shows (&desk, LOCKED));
  g_assert_false (is_told_as_a_problem (&desk)); /* nobody has done anything wrong */
  g_assert_false (desk_shows (&desk, DESK_CLIENT) || desk_shows (&desk, "Jessica Okafor"));

  desk_type_passphrase (&desk, "not a calm table");
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "a refusal", refuses, NULL);
}

static void
test_whoever_works_is_not_locked_out (void)
{
  g_auto (Desk) desk = { 0 };

  sign_in (&desk);
  gtk_widget_grab_focus (find_cover (&desk));
  for (guint i = 0; i < 3; i++)
    {
      pass (4 * MINUTE);
      test_key (GTK_WIDGET (desk.window), i == 0 ? "Down" : "shift");
      test_settle (GTK_WIDGET (desk.window));
    }
  pass (4 * MINUTE);
  test_click (GTK_WIDGET (desk.window), 683, 4);
  test_settle (GTK_WIDGET (desk.window));
  pass (4 * MINUTE);
  g_assert_true (is_signed_in (&desk));
}

static void
test_four_hours_lock_it_whoever_works (void)
{
  g_auto (Desk) desk = { 0 };

  sign_in (&desk);
  for (guint i = 0; i < 3; i++)
    {
      boot += 80 * MINUTE - 1;
      acc_clock_freeze (wall, boot);
      test_key (GTK_WIDGET (desk.window), "shift");
      test_settle (GTK_WIDGET (desk.window));
    }
  pass (0);
  g_assert_true (is_signed_in (&desk));
  pass (3);
  g_assert_false (is_signed_in (&desk));
  g_assert_true (desk_shows (&desk, TOO_LONG));
}

static void
test_the_wall_clock_moves_neither (void)
{
  static const gint64 moves[] = { YEAR, -2 * YEAR, 2 * HOUR };
  g_auto (Desk) desk = { 0 };

  sign_in (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      wall += moves[i];
      pass (0);
      g_assert_true (is_signed_in (&desk));
    }
  wall -= YEAR;
  pass (5 * MINUTE);
  g_assert_false (is_signed_in (&desk));
}

static void
test_what_was_begun_is_kept_for_the_same_banker (void)
{
  static const struct {
    const char *banker;
    gboolean kept;
  } rows[] = { { DESK_ANA, TRUE }, { DESK_DANIEL, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk = { 0 };
      g_autofree char *text = NULL;

      sign_in (&desk);
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_cover (&desk))), "Of my own.", -1);
      pass (5 * MINUTE);
      g_assert_false (is_signed_in (&desk));
      desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
      desk_choose_banker (&desk, rows[i].banker);
      desk_type_passphrase (&desk, DESK_PASSPHRASE);
      desk_click (&desk, "Sign in");
      desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
      g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_cover (&desk))), "text", &text, NULL);
      g_assert_cmpint (strcmp (text, "Of my own.") == 0, ==, rows[i].kept);
    }
}

/* The question is answered with no, and then the desk is locked. */
static void
test_an_open_question_does_not_keep_it_open (void)
{
  g_auto (Desk) desk = { 0 };

  sign_in (&desk);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_cover (&desk))), "Of my own.", -1);
  desk_click (&desk, "Sign out");
  desk_see (&desk, "Sign out?");
  pass (5 * MINUTE);
  pass (0);
  g_assert_false (is_signed_in (&desk));
  g_assert_true (desk_shows (&desk, LOCKED));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-lock/five-minutes", test_five_quiet_minutes_lock_the_desk);
  g_test_add_func ("/desk-lock/working", test_whoever_works_is_not_locked_out);
  g_test_add_func ("/desk-lock/four-hours", test_four_hours_lock_it_whoever_works);
  g_test_add_func ("/desk-lock/wall-clock", test_the_wall_clock_moves_neither);
  g_test_add_func ("/desk-lock/what-was-begun", test_what_was_begun_is_kept_for_the_same_banker);
  g_test_add_func ("/desk-lock/question", test_an_open_question_does_not_keep_it_open);
  return g_test_run ();
}
