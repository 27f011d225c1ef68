/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk: its state as a table, its session on real stores, and its real window. */
#include "desk-support.h"

#include "damaged-data.h"
#include "hostile-text.h"
#include "support.h"
#include "turns-support.h"
#include "window-support.h"

#include <glib/gstdio.h>
#include <string.h>

#include "archive/queue.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/places.h"
#include "desk/desk-app.h"
#include "desk/desk-state.h"
#include "desk/desk-window-private.h"
#include "desk/review-draft.h"
#include "letter/number.h"
#include "review/decision.h"
#include "route/routing.h"

/* ---- the state ---- */

static void
check_state (AccState state, gint64 claimed_by, AccNamed named)
{
  AccBanker banker = { .id = 1, .name = (char *) DESK_ANA, .manager = FALSE };
  AccDeskFacts facts = { .banker = &banker, .open = TRUE, .state = state, .claimed_by = claimed_by, .named = named,
                         .claimed_by_name = DESK_DANIEL, .people_chosen = TRUE, .plan_complete = TRUE,
                         .covers_fit = TRUE };
  gboolean mine = state == ACC_STATE_WAITING || (state == ACC_STATE_CLAIMED && claimed_by == banker.id);
  g_autofree char *note = acc_desk_state_note (&facts);
  AccDeskState shown;

  acc_desk_state (&facts, &shown);
  g_assert_cmpint (shown.can_claim, ==, state == ACC_STATE_WAITING);
  g_assert_cmpint (shown.can_release, ==, state == ACC_STATE_CLAIMED && claimed_by == banker.id);
  g_assert_cmpint (shown.can_decline, ==, mine);
  g_assert_cmpint (shown.can_route, ==, (mine && named != ACC_NAMED) || state == ACC_STATE_APPROVED);
  g_assert_cmpint (shown.editable, ==, mine || state == ACC_STATE_APPROVED);
  g_assert_true (shown.show_work != shown.show_outcome);
  g_assert_true (note[0] != '\0');

  g_assert_false (shown.can_free);
  banker.manager = TRUE;
  acc_desk_state (&facts, &shown);
  g_assert_cmpint (shown.can_free, ==, state == ACC_STATE_HELD);

  facts.busy = TRUE;
  acc_desk_state (&facts, &shown);
  g_assert_false (shown.can_claim || shown.can_free || shown.can_release || shown.can_decline || shown.can_route || shown.editable);
}

static void
test_state_table (void)
{
  for (AccState state = 0; state < ACC_STATE_N; state++)
    for (gint64 claimed_by = 0; claimed_by <= 2; claimed_by++)
      for (AccNamed named = ACC_NAMED_NOT; named <= ACC_NAMED_DISCLOSED; named++)
        check_state (state, claimed_by, named);
}

static void
test_state_says_why_it_waits (void)
{
  AccBanker banker = { .id = 1, .name = (char *) DESK_ANA };
  AccDeskFacts ready = { .banker = &banker, .open = TRUE, .state = ACC_STATE_CLAIMED, .claimed_by = 1,
                         .people_chosen = TRUE, .plan_complete = TRUE, .covers_fit = TRUE };
  AccDeskFacts facts[] = { ready, ready, ready, ready, ready };
  AccDeskState state;

  acc_desk_state (&ready, &state);
  g_assert_null (state.blocked);
  facts[0].people_chosen = FALSE;
  facts[1].plan_complete = FALSE;
  facts[2].stopped = TRUE;
  facts[3].covers_fit = FALSE;
  facts[4].covers_quote = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      acc_desk_state (&facts[i], &state);
      g_assert_nonnull (state.blocked);
      g_assert_false (state.can_route);
    }
  ready.proposing = TRUE;
  ready.covers_fit = FALSE;
  acc_desk_state (&ready, &state);
  g_assert_null (state.blocked);
  g_assert_false (state.can_route);
}

/* ---- the session ---- */

static AccDeskLetter *
open_first (Desk *desk, AccDirectory **directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskNews) news = NULL;
  AccDeskLetter *letter;

  acc_desk_session_look_up (desk->session, &error);
  g_assert_no_error (error);
  acc_desk_session_sign_in (desk->session, DESK_ANA, DESK_PASSPHRASE, &error);
  g_assert_no_error (error);
  news = acc_desk_session_refresh (desk->session, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (news->n_taken, ==, 1);
  letter = acc_desk_session_open_letter (desk->session,
                                         acc_queue_item_get_number (g_ptr_array_index (news->queue->items, 0)), &error);
  g_assert_no_error (error);
  *directory = g_object_ref (news->directory);
  return letter;
}

static AccDeskOrder *
propose (Desk *desk, AccReviewDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskOrder) order = acc_review_draft_order (draft, ACC_MOVE_APPROVE, TRUE);
  g_auto (GStrv) paragraphs = acc_desk_session_propose (desk->session, order, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (paragraphs), ==, acc_plan_get_n_recipients (order->plan));
  acc_review_draft_take_proposals (draft, order->plan, (const char *const *) paragraphs);
  g_assert_false (acc_review_draft_needs_proposals (draft));
  g_assert_false (acc_review_draft_is_edited (draft));
  return acc_review_draft_order (draft, ACC_MOVE_APPROVE, TRUE);
}

static AccState
read_state (Desk *desk, AccDeskLetter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) now
    = acc_desk_session_open_letter (desk->session, acc_desk_letter_get_record (letter)->number, &error);

  g_assert_no_error (error);
  return acc_desk_letter_get_record (now)->state;
}

static void
test_session_refuses_a_long_cover_before_anything_changes (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL, *fault = NULL;
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccDeskLetter) letter = NULL;
  g_autoptr (AccReviewDraft) draft = NULL;
  g_autoptr (AccDeskOrder) proposed = NULL, order = NULL;
  g_autoptr (GString) paragraph = g_string_new ("word");

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  letter = open_first (&desk, &directory);
  draft = acc_review_draft_new (desk.session, letter, directory);
  proposed = propose (&desk, draft);
  for (guint i = 0; i < 150; i++)
    g_string_append (paragraph, " word");
  acc_review_draft_set_paragraph (draft, 0, paragraph->str);
  g_assert_true (acc_review_draft_is_edited (draft));
  fault = acc_review_draft_find_fault (draft, 0);
  g_assert_nonnull (fault);
  order = acc_review_draft_order (draft, ACC_MOVE_APPROVE, TRUE);
  g_assert_null (acc_desk_session_write_covers (desk.session, order, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_cmpint (read_state (&desk, letter), ==, ACC_STATE_WAITING);
}

static void
test_session_stays_approved_until_the_outbox_is_there (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL, *outbox = NULL;
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccDeskLetter) letter = NULL, approved = NULL, routed = NULL;
  g_autoptr (AccReviewDraft) draft = NULL;
  g_autoptr (AccDeskOrder) order = NULL, again = NULL;
  g_autoptr (GArray) covers = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  letter = open_first (&desk, &directory);
  draft = acc_review_draft_new (desk.session, letter, directory);
  order = propose (&desk, draft);
  covers = acc_desk_session_write_covers (desk.session, order, &error);
  g_assert_no_error (error);

  outbox = g_strconcat (desk.store, "-outbox", NULL);
  g_file_set_contents (outbox, "a file where the folder should be", -1, NULL);
  g_assert_null (acc_desk_session_route (desk.session, order, covers, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (read_state (&desk, letter), ==, ACC_STATE_APPROVED);

  g_remove (outbox);
  approved = acc_desk_session_open_letter (desk.session, number, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acc_desk_letter_get_deliveries (approved)->len, ==, acc_plan_get_n_recipients (order->plan));
  acc_review_draft_set_letter (draft, approved);
  again = acc_review_draft_order (draft, ACC_MOVE_APPROVE, FALSE);
  routed = acc_desk_session_route (desk.session, again, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (acc_desk_letter_get_record (routed)->state, ==, ACC_STATE_ROUTED);
}

static void
test_session_has_nothing_for_whoever_is_not_signed_in (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  g_assert_null (acc_desk_session_refresh (desk.session, TRUE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_null (acc_desk_session_open_letter (desk.session, number, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
}

static void
test_draft_forgets_proposals_about_somebody_else (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccDeskLetter) letter = NULL;
  g_autoptr (AccReviewDraft) draft = NULL;
  g_autoptr (AccDeskOrder) order = NULL;
  g_autoptr (GPtrArray) people = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  letter = open_first (&desk, &directory);
  draft = acc_review_draft_new (desk.session, letter, directory);
  g_assert_cmpstr (acc_review_draft_get_person (draft, 0)->id, ==, "HV1120");
  order = propose (&desk, draft);
  people = acc_review_draft_find_people (draft, 0, "tomasz");
  g_assert_cmpuint (people->len, >, 0);
  acc_review_draft_set_person (draft, 0, g_ptr_array_index (people, 0));
  g_assert_true (acc_review_draft_needs_proposals (draft));
}

/* ---- the window ---- */

static void
test_window_says_what_is_wrong_with_the_folder (void)
{
  g_auto (Desk) desk = { 0 };

  desk.folder = test_folder_new ();
  desk.store = g_build_filename (desk.folder, "nothing", NULL);
  desk.session = acc_desk_session_new (desk.store);
  desk.window = acc_desk_window_new (NULL, desk.session);
  gtk_window_present (GTK_WINDOW (desk.window));
  desk_wait_for (&desk, "Look again", desk_offers, "Look again");
  g_assert_true (desk_shows (&desk, "accolade setup"));
  g_assert_false (desk_offers (&desk, "Sign in"));

  desk_set_up_branch (desk.store);
  desk_click (&desk, "Look again");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  g_assert_true (desk_shows (&desk, "Harbour"));
}

static void
test_window_signs_in_with_the_right_passphrase_only (void)
{
  g_auto (Desk) desk = { 0 };
  GtkWidget *entry;

  desk_init (&desk);
  desk_open_window (&desk);
  entry = desk_find (&desk, GTK_TYPE_PASSWORD_ENTRY, "Passphrase");
  g_assert_nonnull (entry);
  gtk_test_accessible_assert_role (desk_find (&desk, GTK_TYPE_DROP_DOWN, "Banker"), GTK_ACCESSIBLE_ROLE_COMBO_BOX);
  gtk_test_accessible_assert_role (desk_find_button (&desk, "Sign in"), GTK_ACCESSIBLE_ROLE_BUTTON);

  desk_click (&desk, "Sign in");
  desk_see (&desk, "Type your passphrase.");
  desk_type_passphrase (&desk, "not the right one");
  g_assert_false (desk_shows (&desk, "Type your passphrase."));
  desk_click (&desk, "Sign in");
  desk_see (&desk, "passphrase");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");

  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_see (&desk, "Ana Held · Market Street branch");
  desk_see (&desk, "Every letter has been read.");
}

static void
test_window_filters_and_sorts_the_queue (void)
{
  g_auto (Desk) desk = { 0 };
  static const char *const names[] = { "Jessica Okafor", "Noor", "Tomasz Wójcik" };
  g_autofree char *oldest = NULL, *newest = NULL;

  desk_init (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *number = desk_submit (&desk, names[i], "Fraud Operations", NULL);
    }
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, "3 new letters");
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  desk_wait_for (&desk, "Mine 0", desk_offers, "Mine 0");
  g_assert_true (desk_offers (&desk, "All 3"));
  g_assert_cmpuint (desk_count_rows (&desk), ==, 3);
  oldest = desk_dup_first_addressee (&desk);
  g_assert_cmpstr (oldest, ==, "Jessica Okafor");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find (GTK_WIDGET (desk.window), "order")), 1);
  newest = desk_dup_first_addressee (&desk);
  g_assert_cmpstr (newest, !=, oldest);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (desk_find_button (&desk, "Declined 0")), TRUE);
  desk_see (&desk, "No letter has been declined.");
  g_assert_cmpuint (desk_count_rows (&desk), ==, 0);
}

static void
test_window_claims_and_gives_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_click (&desk, "Work on this");
  desk_see (&desk, "You are working on this");
  desk_wait_for (&desk, "Mine 1", desk_offers, "Mine 1");
  /* The open letter keeps its row although it no longer waits. */
  g_assert_cmpuint (desk_count_rows (&desk), ==, 1);
  g_assert_true (desk_offers (&desk, "Waiting 0"));
  desk_click (&desk, "Give back");
  desk_wait_for (&desk, "Waiting 1", desk_offers, "Waiting 1");
  desk_wait_for (&desk, "Work on this", desk_offers, "Work on this");
}

static guint
count_folders (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

static void
test_window_approves_and_routes (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *outbox = NULL, *message = NULL, *pdf = NULL;
  GtkWidget *cover;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, "direct supervisor of Jessica Okafor");
  g_assert_true (desk_shows (&desk, "Helen Marsh"));
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");
  g_assert_nonnull (cover);
  gtk_test_accessible_assert_role (cover, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover)), "", -1);
  desk_wait_for (&desk, "the reason", desk_shows, "empty or too long");
  g_assert_false (desk_offers (&desk, "Approve and route"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover)),
                            "A letter that you will like to read.", -1);

  desk_click (&desk, "Approve and route");
  desk_see (&desk, "Routed to 3 people");
  desk_see (&desk, "Ana Held approved it");
  desk_wait_for (&desk, "Next letter", desk_offers, "Next letter");
  desk_wait_for (&desk, "Routed 1", desk_offers, "Routed 1");
  g_assert_null (desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman"));
  outbox = g_strconcat (desk.store, "-outbox", NULL);
  g_assert_cmpuint (count_folders (outbox), ==, 3);
  pdf = g_strdup_printf ("%s/%s-1-supervisor/%s.pdf", outbox, number, number);
  message = g_strdup_printf ("%s/%s-1-supervisor/%s.eml", outbox, number, number);
  g_assert_true (g_file_test (pdf, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (message, G_FILE_TEST_IS_REGULAR));
}

static void
test_window_asks_who_is_meant (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *search;

  desk_init (&desk);
  number = desk_submit (&desk, "Noor", "Card Disputes", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, "Choose the person in the directory first.");
  g_assert_false (desk_offers (&desk, "Approve and route"));
  search = desk_find (&desk, GTK_TYPE_SEARCH_ENTRY, "Find “Noor” in the directory");
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "Tomasz Wojcik");
  g_signal_emit_by_name (search, "activate");
  desk_see (&desk, "direct supervisor of Tomasz Wójcik");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  desk_click (&desk, "Someone else");
  g_assert_nonnull (desk_find (&desk, GTK_TYPE_SEARCH_ENTRY, "Find “Noor” in the directory"));
}

static void
test_window_declines_with_a_reason_only (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *words;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_click (&desk, "Decline…");
  desk_click (&desk, "Decline");
  desk_see (&desk, "Choose a reason from the list.");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (&desk, GTK_TYPE_DROP_DOWN, "Reason")), 1);
  g_assert_false (desk_shows (&desk, "Choose a reason from the list."));
  desk_click (&desk, "Decline");
  desk_see (&desk, "Say in a few words why");
  words = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "In your words");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (words), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (words)), "She asks for her money back.", -1);
  desk_click (&desk, "Decline");
  desk_see (&desk, "It is a complaint, not thanks. She asks for her money back.");
  desk_wait_for (&desk, "Declined 1", desk_offers, "Declined 1");
  g_assert_null (desk_find_button (&desk, "Approve and route"));
}

static void
test_window_never_lets_the_thanked_banker_approve (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", DESK_DANIEL);
  desk_sign_in (&desk, DESK_DANIEL);
  desk_see (&desk, "Look before you decide");
  desk_see (&desk, "Cover for Priya Raman");
  desk_wait_for (&desk, "Decline…", desk_offers, "Decline…");
  g_assert_nonnull (desk_find_button (&desk, "Approve and route"));
  g_assert_false (desk_offers (&desk, "Approve and route"));

  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  g_assert_false (desk_shows (&desk, DESK_CLIENT));
  desk_choose_banker (&desk, DESK_ANA);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
}

static void
test_window_tells_who_was_slower (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *outbox = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  desk_decide_elsewhere (&desk, number, ACC_MOVE_CLAIM, NULL);
  /* Before the window can have noticed. */
  desk_click (&desk, "Approve and route");
  desk_see (&desk, "changed since it was opened");
  desk_see (&desk, "Daniel Reyes is working on this");
  outbox = g_strconcat (desk.store, "-outbox", NULL);
  g_assert_cmpuint (count_folders (outbox), ==, 0);
}

static void
test_window_shows_by_itself_what_others_do (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *second = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Waiting 1", desk_offers, "Waiting 1");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  second = desk_submit (&desk, "Tomasz Wójcik", "Loan Servicing", NULL);
  desk_see (&desk, "1 new letter");
  desk_wait_for (&desk, "Waiting 2", desk_offers, "Waiting 2");
  desk_decide_elsewhere (&desk, number, ACC_MOVE_CLAIM, NULL);
  desk_see (&desk, "Daniel Reyes is working on this");
}

/* While sixty are read back the window goes on, and the banker may open any: the sixtieth lies. */
static void
test_window_goes_on_while_letters_come_in (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *liar = NULL;
  gint64 longest;

  desk_init (&desk);
  liar = desk_submit_many (&desk, 60);
  desk_sign_in (&desk, DESK_ANA);
  turns_begin ();
  desk_wait_for (&desk, "All 60", desk_offers, "All 60");
  g_assert_true (desk_offers (&desk, "Waiting 60")); /* shown before all are read */
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  desk_wait_for (&desk, "Waiting 59", desk_offers, "Waiting 59");
  longest = turns_end ();
  g_test_message ("the longest turn: %" G_GINT64_FORMAT " ms", longest / 1000);
  g_assert_cmpint (longest, <, TURN_MAX);

  acc_desk_window_open_letter (desk.window, liar, TRUE);
  desk_see (&desk, "its PDF does not say what the letter's record says");
}

static void
paste_the_worst (Desk *desk, GtkWidget *field)
{
  for (guint i = 0; i < n_hostile_texts; i++)
    {
      g_autofree char *text = hostile_text_make (&hostile_texts[i]);
      gint64 longest;

      turns_begin ();
      test_paste (field, text);
      longest = turns_end ();
      g_test_message ("%s, %s: %" G_GINT64_FORMAT " ms", G_OBJECT_TYPE_NAME (field), hostile_texts[i].what, longest / 1000);
      g_assert_cmpint (longest, <, TURN_MAX);
      if (GTK_IS_EDITABLE (field))
        gtk_editable_set_text (GTK_EDITABLE (field), "");
      else
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), "", -1);
    }
}

static void
test_window_stays_quick_whatever_is_pasted (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_open_window (&desk);
  paste_the_worst (&desk, desk_find (&desk, GTK_TYPE_PASSWORD_ENTRY, "Passphrase"));
  desk_choose_banker (&desk, DESK_ANA);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  paste_the_worst (&desk, desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman"));
  desk_click (&desk, "Someone else");
  paste_the_worst (&desk, desk_find (&desk, GTK_TYPE_SEARCH_ENTRY, "Find “Jessica Okafor” in the directory"));
  desk_click (&desk, "Decline…");
  paste_the_worst (&desk, desk_find (&desk, GTK_TYPE_TEXT_VIEW, "In your words"));
}

static void
test_window_shows_what_is_held_and_why (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *liar = NULL;

  desk_init (&desk);
  liar = desk_submit_many (&desk, 2);
  desk_sign_in (&desk, DESK_DANIEL);
  desk_wait_for (&desk, "Held 1", desk_offers, "Held 1");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (desk_find_button (&desk, "Held 1")), TRUE);
  g_assert_cmpuint (desk_count_rows (&desk), ==, 1);
  desk_see (&desk, "Held as it came in, since its PDF");
  acc_desk_window_open_letter (desk.window, liar, TRUE);
  desk_see (&desk, "A manager must look at this letter");
  g_assert_true (gtk_widget_get_mapped (test_find (GTK_WIDGET (desk.window), "held_for")));
  g_assert_null (desk_find_button (&desk, "Let it go on"));
  desk_see (&desk, "A check held it back"); /* he was only signed in */
  g_assert_null (desk_find (&desk, GTK_TYPE_LABEL, "Daniel Reyes held it back"));

  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (&desk, DESK_ANA);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Held 1", desk_offers, "Held 1");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (desk_find_button (&desk, "Held 1")), TRUE);
  acc_queue_pane_choose_first (ACC_QUEUE_PANE (desk.window->queue));
  desk_click (&desk, "Let it go on");
  desk_wait_for (&desk, "Held 0", desk_offers, "Held 0");
  desk_wait_for (&desk, "Waiting 2", desk_offers, "Waiting 2");
  desk_click (&desk, "Undo"); /* which is a step of her own */
  desk_wait_for (&desk, "Held 1", desk_offers, "Held 1");
  desk_see (&desk, "A check held it back");
  desk_see (&desk, "Ana Held held it back");
}

static gboolean
told_unread (Desk *desk, gconstpointer data)
{
  return g_str_has_suffix (gtk_label_get_text (GTK_LABEL (desk->window->toast_text)), data);
}

/* A letter that this machine cannot set is told, says why, and keeps nobody from the next one. */
static void
test_window_says_which_letter_cannot_be_read_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *folder = NULL, *toast = NULL, *short_number = NULL, *config = NULL;

  desk_init (&desk);
  config = g_build_filename (desk.store, "accolade.conf", NULL);
  g_assert_true (g_file_set_contents (config, "[branch]\nname=Market Street branch\nlanguages=en;pl\n", -1, NULL));
  number = desk_submit_in (&desk, "pl");
  g_free (desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL));
  folder = damaged_data_new ("pl");
  acc_places_set_data (folder);
  desk_sign_in (&desk, DESK_DANIEL);
  short_number = acc_number_short (number);
  toast = g_strdup_printf ("The PDF of letter %s could not be read back. Open it to see why.", short_number);
  desk_wait_for (&desk, toast, told_unread, toast);
  acc_desk_window_open_letter (desk.window, number, TRUE);
  desk_see (&desk, "The PDF has not been read back yet.");
  desk_see (&desk, "months must name twelve months. Ask your IT support to look at it. The letter can be approved once");
  acc_places_set_data (NULL);
  acc_desk_window_open_letter (desk.window, number, TRUE); /* it was put right */
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  test_folder_free (g_steal_pointer (&folder));
}

/* As IT does it, by the command, in another process. */
static void
rotate_elsewhere (Desk *desk)
{
  g_autofree char *file = g_build_filename (desk->folder, "passphrase", NULL);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *tests = g_path_get_dirname (program);
  g_autofree char *accolade = g_build_filename (tests, "..", "app", "cli", "accolade", NULL);
  g_autoptr (GError) error = NULL;
  const char *const words[] = { accolade, "key",    "rotate",  "--store", desk->store, "--passphrase-file",
                                file,     "--banker", DESK_ANA, NULL };
  int status = 0;

  g_assert_true (g_file_set_contents (file, DESK_PASSPHRASE "\n", -1, NULL));
  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
test_window_asks_to_sign_in_again_after_a_new_key (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *first = NULL, *second = NULL, *text = NULL;
  GtkWidget *cover;

  desk_init (&desk);
  first = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover)), "Of my own.", -1);
  second = desk_submit (&desk, "Tomasz Wójcik", "Loan Servicing", NULL);
  rotate_elsewhere (&desk);

  desk_see (&desk, "The branch has been given a new key. Sign in again");
  g_assert_false (desk_shows (&desk, "damaged") || desk_shows (&desk, DESK_CLIENT));
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (&desk, DESK_ANA);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Waiting 2", desk_offers, "Waiting 2");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover)), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Of my own.");
}

/* A question is about what is not there any more, and names whom it was about. */
static void
test_a_new_key_takes_an_open_question_away (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *cover;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover)), "Of my own.", -1);
  desk_click (&desk, "Sign out");
  desk_see (&desk, "What you wrote for the letter to Jessica Okafor is not kept.");
  rotate_elsewhere (&desk);
  desk_see (&desk, "The branch has been given a new key. Sign in again");
  g_assert_false (desk_shows (&desk, "Sign out?") || desk_shows (&desk, "Jessica Okafor"));
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  g_assert_false (desk.window->busy);
}

static void
test_window_keeps_what_was_written (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *first = NULL, *second = NULL;
  GtkWidget *cover;

  desk_init (&desk);
  first = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  second = desk_submit (&desk, "Noor", "Card Disputes", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover)), "Of my own.", -1);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "review.next", NULL);
  desk_see (&desk, "Who is “Noor”?");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "review.previous", NULL);
  desk_see (&desk, "direct supervisor of Jessica Okafor");
  {
    GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (cover));
    g_autofree char *text = NULL;

    g_object_get (buffer, "text", &text, NULL);
    g_assert_cmpstr (text, ==, "Of my own.");
  }

  desk_click (&desk, "Sign out");
  desk_see (&desk, "What you wrote for the letter to Jessica Okafor is not kept.");
  desk_click (&desk, "Stay here");
  g_assert_true (desk_shows (&desk, "Ana Held · Market Street branch"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 21, 10, 42, 0);

  gtk_test_init (&argc, &argv, NULL);
  acc_clock_freeze (g_date_time_to_unix (now) * G_USEC_PER_SEC, G_USEC_PER_SEC);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());

  g_test_add_func ("/desk/state/offers-what-the-table-allows", test_state_table);
  g_test_add_func ("/desk/state/says-why-it-waits", test_state_says_why_it_waits);
  g_test_add_func ("/desk/session/has-nothing-for-whoever-is-not-signed-in",
                   test_session_has_nothing_for_whoever_is_not_signed_in);
  g_test_add_func ("/desk/session/refuses-a-long-cover-before-anything-changes",
                   test_session_refuses_a_long_cover_before_anything_changes);
  g_test_add_func ("/desk/session/stays-approved-until-the-outbox-is-there",
                   test_session_stays_approved_until_the_outbox_is_there);
  g_test_add_func ("/desk/draft/forgets-proposals-about-somebody-else",
                   test_draft_forgets_proposals_about_somebody_else);
  g_test_add_func ("/desk/window/says-what-is-wrong-with-the-folder", test_window_says_what_is_wrong_with_the_folder);
  g_test_add_func ("/desk/window/signs-in-with-the-right-passphrase-only",
                   test_window_signs_in_with_the_right_passphrase_only);
  g_test_add_func ("/desk/window/filters-and-sorts-the-queue", test_window_filters_and_sorts_the_queue);
  g_test_add_func ("/desk/window/claims-and-gives-back", test_window_claims_and_gives_back);
  g_test_add_func ("/desk/window/approves-and-routes", test_window_approves_and_routes);
  g_test_add_func ("/desk/window/asks-who-is-meant", test_window_asks_who_is_meant);
  g_test_add_func ("/desk/window/declines-with-a-reason-only", test_window_declines_with_a_reason_only);
  g_test_add_func ("/desk/window/never-lets-the-thanked-banker-approve",
                   test_window_never_lets_the_thanked_banker_approve);
  g_test_add_func ("/desk/window/tells-who-was-slower", test_window_tells_who_was_slower);
  g_test_add_func ("/desk/window/shows-by-itself-what-others-do", test_window_shows_by_itself_what_others_do);
  g_test_add_func ("/desk/window/goes-on-while-letters-come-in", test_window_goes_on_while_letters_come_in);
  g_test_add_func ("/desk/window/stays-quick-whatever-is-pasted", test_window_stays_quick_whatever_is_pasted);
  g_test_add_func ("/desk/window/shows-what-is-held-and-why", test_window_shows_what_is_held_and_why);
  g_test_add_func ("/desk/window/says-which-letter-cannot-be-read-back", test_window_says_which_letter_cannot_be_read_back);
  g_test_add_func ("/desk/window/asks-to-sign-in-again-after-a-new-key",
                   test_window_asks_to_sign_in_again_after_a_new_key);
  g_test_add_func ("/desk/window/a-new-key-takes-an-open-question-away", test_a_new_key_takes_an_open_question_away);
  g_test_add_func ("/desk/window/keeps-what-was-written", test_window_keeps_what_was_written);
  return g_test_run ();
}
