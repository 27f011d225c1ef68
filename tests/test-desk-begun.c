/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker has begun to write into a panel, and what else happens meanwhile, in the desk's real window: it is asked about,
 * or kept, and is there again. */
#include "desk-support.h"

#include <string.h>

#include "archive/archive.h"
#include "base/clock.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "review/decision.h"
#include "support.h"
#include "window-support.h"

#define HEARD_BACK "Heard back…"
#define HEARD "What they said, if anything"
#define WORDS "It made my whole week."
#define TAKE_OUT "Take words out…"
#define REASON "She is my own sister."
#define KEPT "What you wrote is kept until you sign out."

static GtkTextBuffer *
find_buffer (Desk *desk, const char *name)
{
  GtkWidget *view = desk_find (desk, GTK_TYPE_TEXT_VIEW, name);

  g_assert_nonnull (view);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static void
assert_written (Desk *desk, const char *name, const char *text)
{
  g_autofree char *written = NULL;

  g_object_get (find_buffer (desk, name), "text", &written, NULL);
  g_assert_cmpstr (written, ==, text);
}

static void
ask_heard (Desk *desk)
{
  desk_wait_for (desk, HEARD_BACK, desk_offers, HEARD_BACK);
  test_key (GTK_WIDGET (desk->window), "ctrl+h");
  desk_wait_for (desk, "Record", desk_offers, "Record");
}

static void
ask_reason (Desk *desk)
{
  test_key (GTK_WIDGET (desk->window), "ctrl+d");
  desk_see (desk, "Decline this letter");
}

static char *
open_letter (Desk *desk)
{
  char *number;

  desk_init (desk);
  number = desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, "Approve and route", desk_offers, "Approve and route");
  return number;
}

static void
begin_heard (Desk *desk)
{
  desk_click (desk, "Approve and route");
  desk_see (desk, "Ana Held routed it");
  ask_heard (desk);
  gtk_text_buffer_set_text (find_buffer (desk, HEARD), WORDS, -1);
}

static void
begin_reason (Desk *desk)
{
  ask_reason (desk);
  gtk_text_buffer_set_text (find_buffer (desk, "In your words"), REASON, -1);
}

/* ---- going ---- */

static void
a_message_is_asked_about_before_signing_out (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_heard (&desk);
  desk_click (&desk, "Sign out");
  desk_see (&desk, "Sign out?");
  desk_see (&desk, "What you wrote for the letter to Jessica Okafor is not kept.");
  desk_click (&desk, "Stay here");
  desk_wait_for (&desk, "Record", desk_offers, "Record");
  assert_written (&desk, HEARD, WORDS);
  desk_click (&desk, "Record");
  desk_see (&desk, "“" WORDS "”");
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in"); /* nothing is left to lose */
}

static void
what_was_gone_back_from_is_not_asked_about (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_heard (&desk);
  g_signal_emit_by_name (acc_decision_pane_get_heard (ACC_DECISION_PANE (desk.window->decision)), "closed");
  ask_heard (&desk);
  assert_written (&desk, HEARD, "");
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
}

static void
a_message_is_kept_over_the_lock_for_the_same_banker (void)
{
  static const struct {
    const char *banker, *words;
  } rows[] = { { DESK_ANA, WORDS }, { DESK_DANIEL, "" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk = { 0 };
      g_autofree char *number = open_letter (&desk);

      begin_heard (&desk);
      g_signal_emit_by_name (desk.window->lock, "due", "Nobody was at the desk for a while.");
      desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
      desk_choose_banker (&desk, rows[i].banker);
      desk_type_passphrase (&desk, DESK_PASSPHRASE);
      desk_click (&desk, "Sign in");
      desk_click (&desk, "Routed 1");
      desk_wait_for (&desk, "its list", desk_offers, "Routed 1");
      acc_desk_window_open_letter (desk.window, number, FALSE);
      ask_heard (&desk);
      assert_written (&desk, HEARD, rows[i].words);
    }
}

static void
lock_and_come_back (Desk *desk)
{
  g_signal_emit_by_name (desk->window->lock, "due", "Nobody was at the desk for a while.");
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (desk, DESK_ANA);
  desk_type_passphrase (desk, DESK_PASSPHRASE);
  desk_click (desk, "Sign in");
  desk_wait_for (desk, "Sign out", desk_offers, "Sign out");
}

static const char *
get_heard_from (Desk *desk)
{
  GtkWidget *panel = GTK_WIDGET (acc_decision_pane_get_heard (ACC_DECISION_PANE (desk->window->decision)));

  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (test_find (panel, "who"))));
}

/* Whoever is asked for first is another: what the one said is not put into the other's mouth. */
static void
what_somebody_said_stays_theirs (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);
  g_autofree char *today = NULL, *day = NULL;
  GtkWidget *panel = GTK_WIDGET (acc_decision_pane_get_heard (ACC_DECISION_PANE (desk.window->decision)));

  desk_click (&desk, "Approve and route");
  desk_see (&desk, "Ana Held routed it");
  acc_clock_freeze (g_get_real_time () + 3 * G_TIME_SPAN_DAY, G_USEC_PER_SEC);
  ask_heard (&desk);
  gtk_text_buffer_set_text (find_buffer (&desk, HEARD), WORDS, -1);
  g_assert_cmpstr (get_heard_from (&desk), ==, "Priya Raman");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find (panel, "who")), 1);
  g_assert_cmpstr (get_heard_from (&desk), ==, "Jessica Okafor");
  today = g_strdup (acc_heard_panel_get_day (ACC_HEARD_PANEL (panel)));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find (panel, "day")), 1);
  day = g_strdup (acc_heard_panel_get_day (ACC_HEARD_PANEL (panel)));
  g_assert_cmpstr (day, <, today);
  lock_and_come_back (&desk);
  desk_click (&desk, "Routed 1");
  acc_desk_window_open_letter (desk.window, number, FALSE);
  ask_heard (&desk);
  g_assert_cmpstr (get_heard_from (&desk), ==, "Jessica Okafor");
  assert_written (&desk, HEARD, WORDS);
  g_assert_cmpstr (acc_heard_panel_get_day (ACC_HEARD_PANEL (panel)), ==, day);
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (desk.window->decision));
  acc_desk_window_update (desk.window);
  desk_click (&desk, HEARD_BACK ": Priya Raman");
  assert_written (&desk, HEARD, "");
}

static GtkDropDown *
find_reasons (Desk *desk)
{
  GtkWidget *reasons = desk_find (desk, GTK_TYPE_DROP_DOWN, "Reason");

  g_assert_nonnull (reasons);
  return GTK_DROP_DOWN (reasons);
}

/* Chosen from the list, and in words: the one is not the reason without the other. */
static void
a_reason_is_kept_over_the_lock (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_reason (&desk);
  gtk_drop_down_set_selected (find_reasons (&desk), 2);
  lock_and_come_back (&desk);
  acc_desk_window_open_letter (desk.window, number, FALSE);
  desk_wait_for (&desk, "Decline…", desk_offers, "Decline…");
  ask_reason (&desk);
  assert_written (&desk, "In your words", REASON);
  g_assert_cmpuint (gtk_drop_down_get_selected (find_reasons (&desk)), ==, 2);
  desk_click (&desk, "Back");
  ask_reason (&desk); /* who goes back wants none of it */
  assert_written (&desk, "In your words", "");
  g_assert_cmpuint (gtk_drop_down_get_selected (find_reasons (&desk)), ==, 0);
}

static void
begin_to_take_out (Desk *desk)
{
  GtkTextBuffer *story;
  GtkTextIter from, start, end;

  desk_click (desk, TAKE_OUT);
  story = find_buffer (desk, "Select the words to take out");
  gtk_text_buffer_get_start_iter (story, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, "on the line", 0, &start, &end, NULL));
  gtk_text_buffer_select_range (story, &start, &end);
  desk_click (desk, "_Mark these words");
  gtk_text_buffer_set_text (find_buffer (desk, "Why"), REASON, -1);
}

static void
what_was_to_be_taken_out_is_kept_over_the_lock (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_to_take_out (&desk);
  lock_and_come_back (&desk);
  desk_click (&desk, TAKE_OUT);
  desk_see (&desk, "1 passage will be taken out.");
  assert_written (&desk, "Why", REASON);
  desk_click (&desk, "Sign out");
  desk_see (&desk, "What you wrote for the letter to Jessica Okafor is not kept.");
  desk_click (&desk, "Stay here");
  desk_click (&desk, "Take them out");
  desk_see (&desk, "What leaves the branch is without these words now.");
  desk_wait_for (&desk, TAKE_OUT, desk_offers, TAKE_OUT);
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in"); /* nothing is left to lose */
}

static void
what_was_not_to_be_taken_out_after_all_is_forgotten (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_to_take_out (&desk);
  desk_click (&desk, "Back");
  desk_click (&desk, TAKE_OUT);
  desk_see (&desk, "Nothing is marked yet.");
  assert_written (&desk, "Why", "");
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
}

/* ---- somebody else ---- */

static gboolean
asks_nothing (Desk *desk, gconstpointer data)
{
  return !acc_decision_pane_is_asking (ACC_DECISION_PANE (desk->window->decision));
}

static void
a_letter_that_another_desk_took_is_not_declined_here (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_reason (&desk);
  desk_decide_elsewhere (&desk, number, ACC_MOVE_CLAIM, NULL);
  desk_see (&desk, "Meanwhile: Daniel Reyes is working on this. " KEPT);
  desk_wait_for (&desk, "no question", asks_nothing, NULL);
  g_assert_cmpstr (acc_review_draft_get_words (desk.window->draft, ACC_PANEL_DECLINE), ==, REASON);
}

static void
a_letter_that_another_desk_declined_is_not_asked_about (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  ask_reason (&desk);
  desk_decide_elsewhere (&desk, number, ACC_MOVE_CLAIM, NULL);
  desk_decide_elsewhere (&desk, number, ACC_MOVE_DECLINE, "It is about another bank.");
  desk_wait_for (&desk, "no question", asks_nothing, NULL);
  desk_see (&desk, "Meanwhile: Daniel Reyes");
  desk_see (&desk, "Daniel Reyes declined it");
}

/* Before the window can have noticed. */
static void
a_refused_reason_is_there_again (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_letter (&desk);

  begin_reason (&desk);
  gtk_drop_down_set_selected (find_reasons (&desk), 1);
  desk_decide_elsewhere (&desk, number, ACC_MOVE_CLAIM, NULL);
  desk_click (&desk, "Decline");
  desk_see (&desk, "Daniel Reyes is working on this");
  desk_wait_for (&desk, "no question", asks_nothing, NULL);
  g_assert_cmpstr (acc_review_draft_get_words (desk.window->draft, ACC_PANEL_DECLINE), ==, REASON);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-begun/sign-out", a_message_is_asked_about_before_signing_out);
  g_test_add_func ("/desk-begun/back", what_was_gone_back_from_is_not_asked_about);
  g_test_add_func ("/desk-begun/lock", a_message_is_kept_over_the_lock_for_the_same_banker);
  g_test_add_func ("/desk-begun/theirs", what_somebody_said_stays_theirs);
  g_test_add_func ("/desk-begun/reason", a_reason_is_kept_over_the_lock);
  g_test_add_func ("/desk-begun/take-out", what_was_to_be_taken_out_is_kept_over_the_lock);
  g_test_add_func ("/desk-begun/not-taken-out", what_was_not_to_be_taken_out_after_all_is_forgotten);
  g_test_add_func ("/desk-begun/taken", a_letter_that_another_desk_took_is_not_declined_here);
  g_test_add_func ("/desk-begun/declined", a_letter_that_another_desk_declined_is_not_asked_about);
  g_test_add_func ("/desk-begun/refused", a_refused_reason_is_there_again);
  return g_test_run ();
}
