/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What clients ask for with their slips, at the desk: the strip above the queue, and what each answer does. */
#include "desk-support.h"
#include "support.h"
#include "window-support.h"

#include <glib/gstdio.h>
#include <string.h>

#include "archive/archive.h"
#include "base/error.h"
#include "desk/desk-app.h"
#include "desk/desk-requests.h"
#include "desk/desk-window-private.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"

static AccStore *
open_inbox (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  AccStore *inbox = acc_inbox_open (desk->store, ACC_STORE_WRITE, &error);

  g_assert_no_error (error);
  return inbox;
}

static AccSlip *
find_slip (Desk *desk, const char *number)
{
  g_autoptr (AccStore) inbox = open_inbox (desk);

  return acc_slip_table_find (inbox, number, NULL);
}

/* As the kiosk does it for a client. */
static void
ask_as_client (Desk *desk, const char *number, AccRequestKind kind)
{
  g_autoptr (AccStore) inbox = open_inbox (desk);
  g_autoptr (GError) error = NULL;
  const AccSlip slip = { .number = (char *) number };
  g_autoptr (AccSlip) then = acc_slip_ask (inbox, "lobby-1", &slip, kind, &error);

  g_assert_no_error (error);
  g_assert_cmpint (then->asked, ==, kind);
}

static AccState
state_of (Desk *desk, const char *number)
{
  g_autoptr (AccStore) store = acc_archive_open (desk->store, ACC_STORE_READ, NULL);
  g_autoptr (AccRecord) record = acc_archive_find (store, number, NULL);

  return record->state;
}

static void
begin (Desk *desk, const char *banker, char **number, AccRequestKind kind)
{
  desk_init (desk);
  *number = desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (desk, banker);
  desk_see (desk, "1 new letter");
  g_assert_null (desk_find_button (desk, "1 client asks for something"));
  ask_as_client (desk, *number, kind);
  desk_click (desk, "1 client asks for something");
}

static gboolean
is_answered (Desk *desk, gconstpointer number)
{
  g_autoptr (AccSlip) slip = find_slip (desk, number);

  return slip->answer != ACC_ANSWER_NONE;
}

static gboolean
asks_nothing (Desk *desk, gconstpointer data)
{
  return desk_find_button (desk, "1 client asks for something") == NULL;
}

static void
test_a_letter_is_taken_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  begin (&desk, DESK_DANIEL, &number, ACC_REQUEST_WITHDRAW);
  desk_click (&desk, "Take it back");
  desk_see (&desk, "Take this letter back for its client?");
  acc_ask_answer (ACC_ASK (desk.window->ask), FALSE); /* after all not */
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpint (state_of (&desk, number), ==, ACC_STATE_WAITING);

  desk_click (&desk, "Take it back");
  desk_see (&desk, "Take this letter back for its client?");
  acc_ask_answer (ACC_ASK (desk.window->ask), TRUE);
  desk_see (&desk, "The letter goes to nobody.");
  desk_wait_for (&desk, "the answer", is_answered, number);
  g_assert_cmpint (state_of (&desk, number), ==, ACC_STATE_WITHDRAWN);
  desk_wait_for (&desk, "nobody to ask", asks_nothing, NULL);
}

static void
test_a_letter_is_erased_with_a_receipt (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *receipt = NULL, *name = NULL;
  g_autoptr (AccSlip) slip = NULL;

  begin (&desk, DESK_ANA, &number, ACC_REQUEST_ERASE);
  desk_click (&desk, "Erase it");
  desk_see (&desk, "Erase this letter for good?");
  acc_ask_answer (ACC_ASK (desk.window->ask), TRUE);
  desk_see (&desk, "The letter is erased. Print the receipt");
  g_assert_cmpint (state_of (&desk, number), ==, ACC_STATE_ERASED);
  slip = find_slip (&desk, number);
  g_assert_cmpint (slip->state, ==, ACC_SLIP_ERASED);
  g_assert_cmpint (slip->answer, ==, ACC_ANSWER_DONE);
  name = g_strconcat (number, "-receipt.pdf", NULL);
  receipt = g_build_filename (g_get_home_dir (), name, NULL);
  g_assert_true (g_file_test (receipt, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (receipt), ==, 0);
}

static void
test_only_a_manager_erases (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  begin (&desk, DESK_DANIEL, &number, ACC_REQUEST_ERASE);
  desk_see (&desk, "A manager has to do this.");
  g_assert_null (desk_find_button (&desk, "Erase it"));
}

static void
test_what_cannot_be_done_is_answered (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (AccSlip) slip = NULL;

  begin (&desk, DESK_DANIEL, &number, ACC_REQUEST_WITHDRAW);
  g_assert_null (desk_find_button (&desk, "It has gone out")); /* which it has not */
  desk_click (&desk, "It cannot be done");
  desk_see (&desk, "The answer is given.");
  slip = find_slip (&desk, number);
  g_assert_cmpint (slip->answer, ==, ACC_ANSWER_REFUSED);
  g_assert_cmpint (state_of (&desk, number), ==, ACC_STATE_WAITING);
}

static void
test_slips_follow_what_the_desk_decides (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (AccSlip) taken = NULL, declined = NULL;
  AccDeskOrder *order;
  g_autoptr (AccDeskLetter) letter = NULL, then = NULL;
  g_autoptr (AccDeskNews) news = NULL;
  g_autoptr (GError) error = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  g_assert_true (acc_desk_session_look_up (desk.session, &error));
  g_assert_true (acc_desk_session_sign_in (desk.session, DESK_ANA, DESK_PASSPHRASE, &error));
  news = acc_desk_session_refresh (desk.session, TRUE, &error);
  g_assert_no_error (error);
  taken = find_slip (&desk, number);
  g_assert_cmpint (taken->state, ==, ACC_SLIP_TAKEN_IN);
  letter = acc_desk_session_open_letter (desk.session, number, &error);
  g_assert_no_error (error);
  order = acc_desk_order_new (desk.session, letter, ACC_MOVE_DECLINE);
  order->reason = g_strdup ("It is a complaint.");
  then = acc_desk_session_decide (desk.session, order, &error);
  g_assert_no_error (error);
  acc_desk_order_free (order);
  declined = find_slip (&desk, number);
  g_assert_cmpint (declined->state, ==, ACC_SLIP_DECLINED);
}

/* ---- a decline that is taken back ---- */

static gboolean
slip_says (Desk *desk, const char *number, AccSlipState state)
{
  g_autoptr (AccSlip) slip = find_slip (desk, number);

  return slip->state == state;
}

static GtkTextBuffer *
get_cover (Desk *desk)
{
  desk_wait_for (desk, "Approve and route", desk_offers, "Approve and route");
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman")));
}

static void
decline (Desk *desk)
{
  GtkTextBuffer *words;

  desk_click (desk, "Decline…");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (desk, GTK_TYPE_DROP_DOWN, "Reason")), 1);
  words = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "In your words")));
  gtk_text_buffer_set_text (words, "She asks for her money back.", -1);
  desk_click (desk, "Decline");
  desk_wait_for (desk, "Declined 1", desk_offers, "Declined 1");
}

/* By the toast and by keys: it is the banker's again, with what they had written, and the slip says so. */
static void
test_a_decline_is_taken_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *text = NULL;
  GtkTextIter start, end;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_DANIEL);
  gtk_text_buffer_get_end_iter (get_cover (&desk), &end);
  gtk_text_buffer_insert (get_cover (&desk), &end, " I was glad to pass it on.", -1);
  decline (&desk);
  g_assert_true (slip_says (&desk, number, ACC_SLIP_DECLINED));
  g_assert_false (desk_offers (&desk, "Let it wait again…")); /* that is a manager's */
  desk_click (&desk, "Undo");
  desk_wait_for (&desk, "Mine 1", desk_offers, "Mine 1");
  g_assert_true (slip_says (&desk, number, ACC_SLIP_TAKEN_IN));
  desk_see (&desk, "You are working on this");
  gtk_text_buffer_get_bounds (get_cover (&desk), &start, &end);
  text = gtk_text_buffer_get_text (get_cover (&desk), &start, &end, FALSE);
  g_assert_true (g_str_has_suffix (text, " I was glad to pass it on."));

  decline (&desk);
  desk_wait_for (&desk, "Undo", desk_offers, "Undo");
  test_key (GTK_WIDGET (desk.window), "ctrl+z");
  desk_wait_for (&desk, "Mine 1", desk_offers, "Mine 1");
  desk_wait_for (&desk, "Declined 0", desk_offers, "Declined 0");
}

/* Later, or by another: a manager says why, and it waits like any other. */
static void
test_a_declined_letter_waits_again (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *words, *pane;
  int width;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Decline…", desk_offers, "Decline…");
  pane = test_find (GTK_WIDGET (desk.window), "decision");
  width = gtk_widget_get_width (pane);
  g_assert_null (desk_find_button (&desk, "Let it wait again…"));
  decline (&desk);
  desk_wait_for (&desk, "Let it wait again…", desk_offers, "Let it wait again…");
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpint (gtk_widget_get_width (pane), ==, width); /* nothing jumps */
  desk_click (&desk, "Let it wait again…");
  g_assert_null (desk_find (&desk, GTK_TYPE_DROP_DOWN, "Reason"));
  desk_click (&desk, "Let it wait");
  desk_see (&desk, "Say in a few words why");
  words = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "In your words");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (words)), "It is thanks after all.", -1);
  desk_click (&desk, "Let it wait");
  desk_wait_for (&desk, "Waiting 1", desk_offers, "Waiting 1");
  desk_wait_for (&desk, "Decline…", desk_offers, "Decline…");
  g_assert_true (slip_says (&desk, number, ACC_SLIP_TAKEN_IN));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = test_folder_new ();
  int status;

  g_setenv ("HOME", home, TRUE); /* where a receipt goes */
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-requests/a-letter-is-taken-back", test_a_letter_is_taken_back);
  g_test_add_func ("/desk-requests/a-letter-is-erased-with-a-receipt", test_a_letter_is_erased_with_a_receipt);
  g_test_add_func ("/desk-requests/only-a-manager-erases", test_only_a_manager_erases);
  g_test_add_func ("/desk-requests/what-cannot-be-done-is-answered", test_what_cannot_be_done_is_answered);
  g_test_add_func ("/desk-requests/slips-follow-what-the-desk-decides", test_slips_follow_what_the_desk_decides);
  g_test_add_func ("/desk-requests/a-decline-is-taken-back", test_a_decline_is_taken_back);
  g_test_add_func ("/desk-requests/a-declined-letter-waits-again", test_a_declined_letter_waits_again);
  status = g_test_run ();
  test_folder_free (g_steal_pointer (&home));
  return status;
}
