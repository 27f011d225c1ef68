/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editions in the real window: words taken out of what leaves, and large print, by keys. */
#include "desk-support.h"

#include <string.h>

#include "archive/documents.h"
#include "base/error.h"
#include "desk/black-out-panel.h"
#include "desk/desk-app.h"
#include "desk/desk-edition.h"
#include "desk/desk-session-private.h"
#include "desk/desk-window-private.h"
#include "kit/pdf-view.h"
#include "letter/passages.h"
#include "support.h"
#include "window-support.h"

#define WORDS "on the line"
#define TAKE_OUT "Take words out…"
#define NOTE "Words have been taken out of what leaves the branch."

static void
open_letter (Desk *desk, char **number)
{
  desk_init (desk);
  *number = desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, TAKE_OUT, desk_offers, TAKE_OUT);
}

static GtkTextBuffer *
get_words (Desk *desk)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Select the words to take out")));
}

static void
select_words (Desk *desk, const char *words)
{
  GtkTextIter from, start, end;

  gtk_text_buffer_get_start_iter (get_words (desk), &from);
  g_assert_true (gtk_text_iter_forward_search (&from, words, 0, &start, &end, NULL));
  gtk_text_buffer_select_range (get_words (desk), &start, &end);
}

static void
mark_words (Desk *desk, const char *words)
{
  select_words (desk, words);
  g_assert_true (desk_offers (desk, "_Mark these words"));
  desk_click (desk, "_Mark these words");
}

static GtkTextBuffer *
get_reason (Desk *desk)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Why")));
}

static void
take_out (Desk *desk, const char *words)
{
  desk_click (desk, TAKE_OUT);
  mark_words (desk, words);
  gtk_text_buffer_set_text (get_reason (desk), "It names a product.", -1);
  desk_click (desk, "Take them out");
}

/* What leaves, as the store has it; only while nothing is under way. */
static AccDocumentKind
find_leaving (Desk *desk, const char *number, GBytes **pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_open_letter (desk->session, number, &error);
  AccDocumentKind kind = ACC_DOCUMENT_COVER;

  g_assert_no_error (error);
  *pdf = acc_documents_get_outgoing (desk->session->desk, acc_desk_letter_get_opened (letter), &kind, &error);
  g_assert_no_error (error);
  return kind;
}

static void
test_words_are_taken_out (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (GBytes) black = NULL, back = NULL;

  open_letter (&desk, &number);
  take_out (&desk, WORDS);
  desk_see (&desk, NOTE);
  desk_wait_for (&desk, "As it leaves", desk_offers, "As it leaves");
  g_assert_cmpint (find_leaving (&desk, number, &black), ==, ACC_DOCUMENT_BLACKED_OUT);

  /* it may be looked at again, and what was taken out is marked there */
  desk_click (&desk, TAKE_OUT);
  desk_see (&desk, "1 passage will be taken out.");
  desk_click (&desk, "Back");

  desk_click (&desk, "Send all of it");
  desk_see (&desk, "All of the letter leaves the branch again.");
  desk_wait_for (&desk, TAKE_OUT, desk_offers, TAKE_OUT);
  g_assert_cmpint (find_leaving (&desk, number, &back), ==, ACC_DOCUMENT_ORIGINAL);
  g_assert_null (desk_find_button (&desk, "As it leaves"));
}

static gboolean
is_sendable (Desk *desk, gconstpointer wanted)
{
  return desk_offers (desk, "Approve and route") == GPOINTER_TO_INT (wanted);
}

/* What the letter says no more, its cover must not say either, until it leaves whole again. */
static void
test_a_cover_must_not_quote_them (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *text = NULL;
  GtkTextBuffer *cover;
  GtkTextIter start, end;

  open_letter (&desk, &number);
  take_out (&desk, "stayed on the line");
  desk_see (&desk, NOTE);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman")));
  gtk_text_buffer_get_bounds (cover, &start, &end);
  text = gtk_text_buffer_get_text (cover, &start, &end, FALSE);
  gtk_text_buffer_insert (cover, &end, " She STAYED on\nthe line!", -1);
  desk_wait_for (&desk, "nothing to send", is_sendable, GINT_TO_POINTER (FALSE));
  desk_see (&desk, "was taken out of the letter.");
  desk_see (&desk, "One of the covers quotes words that were taken out of the letter.");
  gtk_text_buffer_set_text (cover, text, -1);
  desk_wait_for (&desk, "something to send", is_sendable, GINT_TO_POINTER (TRUE));
  gtk_text_buffer_get_end_iter (cover, &end);
  gtk_text_buffer_insert (cover, &end, " She stayed on the line.", -1);
  desk_wait_for (&desk, "nothing to send", is_sendable, GINT_TO_POINTER (FALSE));
  desk_click (&desk, "Send all of it");
  desk_wait_for (&desk, "something to send", is_sendable, GINT_TO_POINTER (TRUE));
}

static void
assert_asked (Desk *desk, GType type, const char *name, const char *sentence)
{
  GtkWidget *widget = desk_find (desk, type, name);

  desk_see (desk, sentence);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
}

static void
test_words_and_reason_are_asked_for (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (GBytes) pdf = NULL;

  open_letter (&desk, &number);
  desk_click (&desk, TAKE_OUT);
  g_assert_false (desk_offers (&desk, "_Mark these words"));
  desk_click (&desk, "Take them out");
  assert_asked (&desk, GTK_TYPE_TEXT_VIEW, "Select the words to take out", "Select words in the letter and mark them first.");
  mark_words (&desk, WORDS);
  desk_see (&desk, "1 passage will be taken out.");
  gtk_text_buffer_set_text (get_reason (&desk), "  \n", -1);
  desk_click (&desk, "Take them out");
  assert_asked (&desk, GTK_TYPE_TEXT_VIEW, "Why", "Say in a few words why");
  desk_click (&desk, "Back");
  desk_wait_for (&desk, TAKE_OUT, desk_offers, TAKE_OUT);
  g_assert_cmpint (find_leaving (&desk, number, &pdf), ==, ACC_DOCUMENT_ORIGINAL);
}

static char *
dup_marked (Desk *desk)
{
  AccBlackOutPanel *panel = acc_decision_pane_get_black_out (ACC_DECISION_PANE (desk->window->decision));
  g_autoptr (GArray) passages = acc_black_out_panel_dup_passages (panel);

  return passages != NULL ? acc_passages_to_text (passages) : g_strdup ("");
}

/* Marked, marked further, and put back: what is told is what would be taken out. */
static void
test_words_can_be_put_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *one = NULL, *two = NULL, *less = NULL, *none = NULL;

  open_letter (&desk, &number);
  desk_click (&desk, TAKE_OUT);
  mark_words (&desk, "They stayed");
  one = dup_marked (&desk);
  g_assert_cmpstr (one, ==, "story.act:0-11");
  mark_words (&desk, "worked.");
  two = dup_marked (&desk);
  g_assert_cmpstr (two, ==, "story.act:0-11 story.act:33-40");
  desk_see (&desk, "2 passages will be taken out.");
  select_words (&desk, "stayed");
  desk_click (&desk, "_Put these words back");
  less = dup_marked (&desk);
  g_assert_cmpstr (less, ==, "story.act:0-5 story.act:33-40");
  desk_click (&desk, "Back");
  none = dup_marked (&desk);
  g_assert_cmpstr (none, ==, "");
}

/* A client who is not to be known: the name goes as a whole, that of whom the letter is for stays. */
static void
test_names_are_taken_out (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *one = NULL, *still_one = NULL, *none = NULL, *back = NULL;
  g_autoptr (GBytes) black = NULL;
  GtkTextBuffer *cover;
  GtkTextIter end;

  open_letter (&desk, &number);
  desk_click (&desk, TAKE_OUT);
  mark_words (&desk, "López");
  one = dup_marked (&desk);
  g_assert_cmpstr (one, ==, "from[0].name:0-12");
  mark_words (&desk, "Okafor");
  desk_see (&desk, "who gets it must be known.");
  still_one = dup_marked (&desk);
  g_assert_cmpstr (still_one, ==, one);
  select_words (&desk, "Maria");
  desk_click (&desk, "_Put these words back");
  none = dup_marked (&desk);
  g_assert_cmpstr (none, ==, "");
  mark_words (&desk, "Maria");
  gtk_text_buffer_set_text (get_reason (&desk), "The client asked for it.", -1);
  desk_click (&desk, "Take them out");
  desk_see (&desk, NOTE);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  g_assert_cmpint (find_leaving (&desk, number, &black), ==, ACC_DOCUMENT_BLACKED_OUT);

  /* it is known again where it was marked */
  desk_click (&desk, TAKE_OUT);
  back = dup_marked (&desk);
  g_assert_cmpstr (back, ==, one);
  desk_click (&desk, "Back");

  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (&desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman")));
  gtk_text_buffer_get_end_iter (cover, &end);
  gtk_text_buffer_insert (cover, &end, " Mrs Lopez is glad.", -1);
  desk_wait_for (&desk, "nothing to send", is_sendable, GINT_TO_POINTER (FALSE));
  desk_see (&desk, "was taken out of the letter.");
}

/* Selected on the page: where the same words stand twice, nobody knows which are meant. */
static void
test_only_words_that_stand_once_are_chosen_beforehand (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  open_letter (&desk, &number);
  acc_decision_pane_ask_passages (ACC_DECISION_PANE (desk.window->decision), WORDS);
  g_assert_true (gtk_text_buffer_get_has_selection (get_words (&desk)));
  acc_decision_pane_ask_passages (ACC_DECISION_PANE (desk.window->decision), "e");
  g_assert_false (gtk_text_buffer_get_has_selection (get_words (&desk)));
}

/* All of it by keys: open, select, mark, say why, take out. */
static void
test_keys_do_it_all (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *window;

  open_letter (&desk, &number);
  window = GTK_WIDGET (desk.window);
  test_key (window, "ctrl+t");
  desk_see (&desk, "Nothing is marked yet.");
  for (guint i = 0; i < 2; i++)
    test_key (window, "ctrl+shift+Right");
  test_key (window, "ctrl+m");
  desk_see (&desk, "1 passage will be taken out.");
  test_key (window, "alt+w");
  for (const char *at = "private"; *at != '\0'; at++)
    {
      const char key[] = { *at, '\0' };

      test_key (window, key);
    }
  test_key (window, "Tab");
  test_key (window, "Tab");
  test_key (window, "Return");
  desk_see (&desk, NOTE);
}

static gboolean
shows_pages (Desk *desk, gconstpointer data)
{
  GtkWidget *view = test_find (GTK_WIDGET (desk->window), "pdf");

  return acc_pdf_view_get_n_pages (ACC_PDF_VIEW (view)) == GPOINTER_TO_UINT (data);
}

static gboolean
has_large_print (Desk *desk, gconstpointer number)
{
  g_autoptr (AccDeskLetter) letter = acc_desk_session_open_letter (desk->session, number, NULL);
  g_autoptr (GBytes) pdf
    = acc_documents_find_edition (desk->session->desk, acc_desk_letter_get_opened (letter), ACC_DOCUMENT_LARGE_PRINT, NULL);

  return pdf != NULL;
}

static gboolean
is_chosen (Desk *desk, gconstpointer label)
{
  GtkWidget *button = desk_find_button (desk, label);

  return button != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

static void
test_large_print_is_one_key_away (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (GBytes) pdf = NULL;

  open_letter (&desk, &number);
  desk_wait_for (&desk, "pages", shows_pages, GUINT_TO_POINTER (1));
  g_assert_true (is_chosen (&desk, "As it was sent"));
  test_key (GTK_WIDGET (desk.window), "F8");
  desk_wait_for (&desk, "Large print", is_chosen, "Large print");
  desk_wait_for (&desk, "a kept edition", has_large_print, number);
  desk_wait_for (&desk, "pages", shows_pages, GUINT_TO_POINTER (1));
  test_key (GTK_WIDGET (desk.window), "F8");
  desk_wait_for (&desk, "As it was sent", is_chosen, "As it was sent");
  g_assert_cmpint (find_leaving (&desk, number, &pdf), ==, ACC_DOCUMENT_ORIGINAL);
}

static void
on_blacked_out (GObject *source, GAsyncResult *result, gpointer error)
{
  g_autoptr (AccDeskLetter) letter = acc_desk_session_letter_finish (ACC_DESK_SESSION (source), result, error);

  g_assert_null (letter);
}

static void
order_black_out (Desk *desk, const char *number, GError **refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_open_letter (desk->session, number, &error);
  g_autoptr (GArray) passages = acc_passages_from_text (acc_desk_letter_get_letter (letter), "story.act:0-11", &error);
  AccDeskOrder *order = acc_desk_order_new (desk->session, letter, ACC_MOVE_BLACK_OUT);

  g_assert_no_error (error);
  order->reason = g_strdup ("It is private.");
  acc_desk_session_black_out_async (desk->session, order, passages, on_blacked_out, refused);
}

static gboolean
is_refused (Desk *desk, gconstpointer refused)
{
  return *(GError *const *) refused != NULL;
}

/* The sign-out and the next look at the branch do not wait for the paper's thread, which goes on with what it was given: that
 * must be its own, since the session's is let go of meanwhile. */
static void
test_a_sign_out_takes_no_paper_away (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  g_autoptr (GError) refused = NULL;
  GObject *letterhead;
  guint held;

  open_letter (&desk, &number);
  letterhead = G_OBJECT (acc_desk_session_get_letterhead (desk.session));
  desk_hold_paper (&desk, gate);
  held = letterhead->ref_count;
  order_black_out (&desk, number, &refused);
  g_assert_cmpuint (letterhead->ref_count, >, held);
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  g_async_queue_push (gate, gate);
  desk_wait_for (&desk, "nobody is signed in", is_refused, &refused);
  g_assert_error (refused, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk/edition/taken-out", test_words_are_taken_out);
  g_test_add_func ("/desk/edition/not-quoted", test_a_cover_must_not_quote_them);
  g_test_add_func ("/desk/edition/names", test_names_are_taken_out);
  g_test_add_func ("/desk/edition/chosen-beforehand", test_only_words_that_stand_once_are_chosen_beforehand);
  g_test_add_func ("/desk/edition/asks", test_words_and_reason_are_asked_for);
  g_test_add_func ("/desk/edition/put-back", test_words_can_be_put_back);
  g_test_add_func ("/desk/edition/keys", test_keys_do_it_all);
  g_test_add_func ("/desk/edition/large-print", test_large_print_is_one_key_away);
  g_test_add_func ("/desk/edition/sign-out", test_a_sign_out_takes_no_paper_away);
  return g_test_run ();
}
