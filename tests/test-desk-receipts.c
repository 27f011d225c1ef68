/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts at the desk, in its real window: who was heard from, what came back, and what the client is told. */
#include "desk-support.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "desk/desk-app.h"
#include "desk/desk-receipts.h"
#include "desk/desk-window-private.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"
#include "support.h"
#include "window-support.h"

#define HEARD_BACK "Heard back…"
#define WORDS "It made my whole week.\nPlease tell her so."
#define NEXT "Fatima Mokoena"
#define CONTACT "maria.lopez@example.org"

/* ---- a routed letter ---- */

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static AccLetter *
write_letter (const char *contact)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, "Jessica Okafor");
  set_text (&fields.to[0].department, "Fraud Operations");
  set_text (&fields.act, "They stayed on the line until it worked.");
  set_text (&fields.from[0].name, DESK_CLIENT);
  fields.from[0].signature = acc_signature_new_typed (DESK_CLIENT);
  set_text (&fields.served_on, "2026-11-20");
  set_text (&fields.date, "2026-11-21");
  set_text (&fields.consent_contact, contact);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

/* On @day the moment at which the letter goes out: a Saturday's. */
static gint64
find_moment (int month, int day)
{
  g_autoptr (GDateTime) moment = g_date_time_new_utc (2026, month, day, 10, 42, 0);

  return g_date_time_to_unix (moment) * G_USEC_PER_SEC;
}

static void
set_day (int month, int day)
{
  acc_clock_freeze (find_moment (month, day), G_USEC_PER_SEC);
}

static char *
open_routed (Desk *desk, const char *contact)
{
  g_autoptr (AccLetter) letter = write_letter (contact);
  char *number;

  set_day (11, 21);
  desk_init (desk);
  number = desk_submit_letter (desk, letter);
  desk_sign_in (desk, DESK_ANA);
  desk_click (desk, "Approve and route");
  desk_see (desk, "Ana Held routed it");
  desk_see (desk, "handed over today");
  return number;
}

static AccSlipState
find_slip (Desk *desk, const char *number)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (desk->store, ACC_STORE_READ, NULL);
  g_autoptr (AccSlip) slip = acc_slip_table_find (inbox, number, NULL);

  return slip != NULL ? slip->state : ACC_SLIP_N;
}

/* ---- the panel ---- */

static GtkDropDown *
find_list (Desk *desk, const char *id)
{
  return GTK_DROP_DOWN (test_find (GTK_WIDGET (acc_decision_pane_get_heard (ACC_DECISION_PANE (desk->window->decision))), id));
}

static const char *
get_chosen (Desk *desk, const char *id)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (find_list (desk, id)));
}

static void
choose (Desk *desk, const char *id, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (find_list (desk, id));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), text))
        {
          gtk_drop_down_set_selected (find_list (desk, id), i);
          return;
        }
    }
  g_error ("“%s” is not offered", text);
}

static void
write_words (Desk *desk, const char *text)
{
  GtkWidget *view = desk_find (desk, GTK_TYPE_TEXT_VIEW, "What they said, if anything");

  g_assert_nonnull (view);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
record (Desk *desk, const char *who, const char *words)
{
  desk_wait_for (desk, HEARD_BACK, desk_offers, HEARD_BACK);
  test_key (GTK_WIDGET (desk->window), "ctrl+h");
  desk_wait_for (desk, "Record", desk_offers, "Record");
  choose (desk, "who", who);
  write_words (desk, words);
  desk_click (desk, "Record");
}

static guint
count_receipts (Desk *desk)
{
  return acc_desk_letter_get_receipts (acc_review_draft_get_letter (desk->window->draft))->len;
}

/* ---- what is tried ---- */

static void
test_a_receipt_reaches_the_slip (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");

  g_assert_cmpint (find_slip (&desk, number), ==, ACC_SLIP_ON_ITS_WAY);
  record (&desk, "Priya Raman", "");
  desk_see (&desk, "acknowledged on 21 Nov 2026");
  desk_see (&desk, "Heard from on 21 Nov 2026, says Ana Held");
  g_assert_cmpint (find_slip (&desk, number), ==, ACC_SLIP_ON_ITS_WAY);

  record (&desk, "Jessica Okafor", "");
  desk_see (&desk, "The letter has arrived, and the client’s slip says so.");
  g_assert_cmpint (find_slip (&desk, number), ==, ACC_SLIP_ARRIVED);
  desk_see (&desk, "noted that it arrived");
  g_assert_false (gtk_widget_get_visible (desk.window->toast_undo));
}

/* Who has not answered is offered first; a day between the handing over and today. */
static void
test_only_what_can_be_is_offered (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");
  const AccReceipt *receipt;

  set_day (11, 24);
  desk_wait_for (&desk, HEARD_BACK, desk_offers, HEARD_BACK);
  test_key (GTK_WIDGET (desk.window), "ctrl+h");
  desk_wait_for (&desk, "Record", desk_offers, "Record");
  g_assert_cmpstr (get_chosen (&desk, "who"), ==, "Priya Raman");
  g_assert_cmpstr (get_chosen (&desk, "day"), ==, "Today, 24 Nov 2026");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (find_list (&desk, "day"))), ==, 4);
  choose (&desk, "day", "Yesterday, 23 Nov 2026");
  desk_click (&desk, "Record");
  desk_see (&desk, "acknowledged on 23 Nov 2026");
  desk_see (&desk, "handed over 3 days ago");
  receipt = g_ptr_array_index (acc_desk_letter_get_receipts (acc_review_draft_get_letter (desk.window->draft)), 0);
  g_assert_cmpstr (receipt->heard_on, ==, "2026-11-23");

  desk_wait_for (&desk, HEARD_BACK, desk_offers, HEARD_BACK);
  test_key (GTK_WIDGET (desk.window), "ctrl+h");
  desk_wait_for (&desk, "Record", desk_offers, "Record");
  g_assert_cmpstr (get_chosen (&desk, "who"), ==, "Jessica Okafor");
}

static void
test_nothing_is_recorded_by_who_goes_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");

  desk_click (&desk, HEARD_BACK);
  desk_wait_for (&desk, "Record", desk_offers, "Record");
  write_words (&desk, WORDS);
  g_assert_false (desk_offers (&desk, "Next letter"));
  test_key (GTK_WIDGET (desk.window), "Escape");
  desk_wait_for (&desk, HEARD_BACK, desk_offers, HEARD_BACK);
  desk_click (&desk, HEARD_BACK);
  desk_click (&desk, "Back");
  desk_wait_for (&desk, HEARD_BACK, desk_offers, HEARD_BACK);
  g_assert_cmpuint (count_receipts (&desk), ==, 0);
  g_assert_cmpint (find_slip (&desk, number), ==, ACC_SLIP_ON_ITS_WAY);
}

/* Whoever has answered may say more, but not nothing. */
static void
test_a_second_word_needs_words (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");

  record (&desk, "Priya Raman", "");
  desk_see (&desk, "acknowledged on 21 Nov 2026");
  record (&desk, "Priya Raman", "");
  desk_wait_for (&desk, HEARD_BACK, desk_offers, HEARD_BACK);
  g_assert_nonnull (desk.window->problem);
  g_assert_true (desk_shows (&desk, desk.window->problem));
  g_assert_cmpuint (count_receipts (&desk), ==, 1);
  record (&desk, "Priya Raman", WORDS);
  desk_see (&desk, "“" WORDS "”");
  g_assert_cmpuint (count_receipts (&desk), ==, 2);
}

static void
on_clip (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_read (gpointer data)
{
  return *(char **) data != NULL;
}

static char *
read_clipboard (Desk *desk)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (desk->window)), NULL, on_clip, &text);
  test_wait (has_read, &text);
  return text;
}

static void
test_a_message_is_passed_on (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, CONTACT), *copied = NULL;

  record (&desk, "Jessica Okafor", WORDS);
  desk_see (&desk, "“" WORDS "”");
  desk_click (&desk, "Pass on to the client: Jessica Okafor");
  desk_see (&desk, CONTACT);
  g_assert_true (desk_shows (&desk, DESK_CLIENT));
  g_assert_true (desk_shows (&desk, "Jessica Okafor says:"));
  g_assert_true (desk_shows (&desk, WORDS));
  desk_click (&desk, "Copy the message");
  desk_see (&desk, "The message is copied.");
  copied = read_clipboard (&desk);
  g_assert_cmpstr (copied, ==, "Jessica Okafor says:\n" WORDS);
  desk_click (&desk, "Passed on");
  desk_see (&desk, "Passed on to the client: 21 Nov 2026, 10:42");
  g_assert_null (desk_find_button (&desk, "Pass on to the client: Jessica Okafor"));
  g_assert_false (desk_shows (&desk, CONTACT));
}

/* Who did not agree is not contacted: the desk offers no way. */
static void
test_who_did_not_agree_is_left_alone (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");

  record (&desk, "Jessica Okafor", WORDS);
  desk_see (&desk, "The client did not ask to be contacted.");
  g_assert_null (desk_find_button (&desk, "Pass on to the client: Jessica Okafor"));
}

/* ---- nothing heard ---- */

/* The next time somebody signs in, so many days later. */
static void
come_back_at (Desk *desk, gint64 moment)
{
  desk_click (desk, "Sign out");
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
  acc_clock_freeze (moment, G_USEC_PER_SEC);
  desk_choose_banker (desk, DESK_ANA);
  desk_type_passphrase (desk, DESK_PASSPHRASE);
  desk_click (desk, "Sign in");
  desk_wait_for (desk, "Sign out", desk_offers, "Sign out");
}

static void
come_back (Desk *desk, int month, int day)
{
  come_back_at (desk, find_moment (month, day));
}

static gboolean
has_read_all (Desk *desk, gconstpointer data)
{
  return desk->window->session != NULL && desk_offers (desk, "Routed 1") && !desk->window->looking;
}

static void
open_silent (Desk *desk)
{
  desk_click (desk, "Nothing heard 1");
  g_assert_true (acc_queue_pane_choose_first (ACC_QUEUE_PANE (desk->window->queue)));
  desk_see (desk, "Nothing heard for 16 days.");
}

static void
test_who_says_nothing_is_marked (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");

  come_back (&desk, 12, 3);
  desk_wait_for (&desk, "the letters", has_read_all, NULL);
  g_assert_null (desk_find_button (&desk, "Nothing heard 0"));
  come_back (&desk, 12, 7);
  desk_click (&desk, "Nothing heard 1");
  desk_see (&desk, "Nothing heard for 16 days");
  g_assert_cmpuint (desk_count_rows (&desk), ==, 1);
  g_assert_true (acc_queue_pane_choose_first (ACC_QUEUE_PANE (desk.window->queue)));
  desk_see (&desk, "Nothing heard for 16 days. ");
}

/* Nobody does anything: the desk looks by itself when the time has come. */
static void
test_a_silence_is_seen_when_it_is_due (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");
  gint64 due = find_moment (12, 5);

  come_back_at (&desk, due - G_USEC_PER_SEC / 4);
  desk_wait_for (&desk, "the letters", has_read_all, NULL);
  g_assert_null (desk_find_button (&desk, "Nothing heard 2"));
  g_assert_cmpuint (desk.window->silence_source, !=, 0);
  acc_clock_freeze (due, G_USEC_PER_SEC);
  desk_see (&desk, "Nothing heard 1");
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  g_assert_cmpuint (desk.window->silence_source, ==, 0);
}

static gboolean
waits_for_next (Desk *desk, gconstpointer data)
{
  return desk->window->silence_source != 0 && !desk->window->looking;
}

/* The timer of a machine that sleeps stands still, and the clock goes on. */
static void
test_a_silence_is_seen_after_a_sleep (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");
  gint64 due = find_moment (12, 5);
  GSource *source;

  come_back_at (&desk, due - 3 * G_TIME_SPAN_DAY);
  desk_wait_for (&desk, "the letters", has_read_all, NULL);
  desk_wait_for (&desk, "a timer", waits_for_next, NULL);
  source = g_main_context_find_source_by_id (NULL, desk.window->silence_source);
  g_assert_cmpint (g_source_get_ready_time (source) - g_get_monotonic_time (), <=, 60 * G_USEC_PER_SEC);
  g_source_set_ready_time (source, 0);
  while (g_source_get_ready_time (source = g_main_context_find_source_by_id (NULL, desk.window->silence_source)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (desk.window->looking); /* it is not due yet */
  acc_clock_freeze (due, G_USEC_PER_SEC);
  g_source_set_ready_time (source, 0);
  desk_see (&desk, "Nothing heard 1");
}

static gboolean
has_looked (Desk *desk, gconstpointer data)
{
  return !desk->window->looking;
}

/* Whoever is about to press a button still is when the desk has looked again and found the same. */
static void
test_looking_again_takes_no_focus (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");
  GtkWidget *button;

  come_back (&desk, 12, 7);
  open_silent (&desk);
  desk_wait_for (&desk, "Leave it at that", desk_offers, "Leave it at that: Priya Raman");
  button = desk_find_button (&desk, "Leave it at that: Priya Raman");
  gtk_widget_grab_focus (button);
  acc_desk_window_look_for_silences (desk.window);
  desk_wait_for (&desk, "a look", has_looked, NULL);
  g_assert_true (desk_find_button (&desk, "Leave it at that: Priya Raman") == button);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk.window)) == button);
}

static GtkTextBuffer *
find_next_cover (Desk *desk)
{
  return gtk_text_view_get_buffer (
    GTK_TEXT_VIEW (test_find (GTK_WIDGET (acc_decision_pane_get_next (ACC_DECISION_PANE (desk->window->decision))), "text")));
}

static gboolean
has_deliveries (Desk *desk, gconstpointer n)
{
  AccReviewDraft *draft = desk->window->draft;

  return draft != NULL
         && acc_desk_letter_get_deliveries (acc_review_draft_get_letter (draft))->len == GPOINTER_TO_UINT (n);
}

static gboolean
is_left (Desk *desk, gconstpointer label)
{
  return desk_find_button (desk, label) == NULL;
}

/* The cover is there to be read and edited; what it may not say keeps it here. */
static void
test_the_next_level_gets_a_cover_of_its_own (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, ""), *cover = NULL;
  GtkTextIter start, end;

  come_back (&desk, 12, 7);
  open_silent (&desk);
  desk_click (&desk, "To the next level…: Priya Raman");
  desk_see (&desk, "Send it to the next level");
  gtk_text_buffer_get_bounds (find_next_cover (&desk), &start, &end);
  cover = gtk_text_buffer_get_text (find_next_cover (&desk), &start, &end, FALSE);
  g_assert_nonnull (strstr (cover, "Jessica Okafor"));
  g_assert_true (desk_offers (&desk, "Send"));
  gtk_text_buffer_set_text (find_next_cover (&desk), "", -1);
  g_assert_false (desk_offers (&desk, "Send"));
  gtk_text_buffer_set_text (find_next_cover (&desk), "Nobody has answered yet. Would you see that it arrives?", -1);
  desk_click (&desk, "Send");
  desk_see (&desk, NEXT);
  desk_see (&desk, "It goes to " NEXT " as well.");
  desk_wait_for (&desk, "one more delivery", has_deliveries, GUINT_TO_POINTER (4));
  desk_wait_for (&desk, "nobody to ask further", is_left, "To the next level…: Priya Raman");
}

/* Whoever was called away finds what they wrote; the next one at the desk does not. */
static void
test_the_next_level_s_cover_is_kept_over_the_lock (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, ""), *text = NULL;

  come_back (&desk, 12, 7);
  open_silent (&desk);
  desk_click (&desk, "To the next level…: Priya Raman");
  desk_see (&desk, "Send it to the next level");
  desk_click (&desk, "Back");
  desk_click (&desk, "To the next level…: Priya Raman");
  desk_see (&desk, "Send it to the next level");
  gtk_text_buffer_set_text (find_next_cover (&desk), "Nobody has answered yet.", -1);
  g_signal_emit_by_name (desk.window->lock, "due", "Nobody was at the desk for a while.");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  open_silent (&desk);
  desk_click (&desk, "To the next level…: Priya Raman");
  desk_see (&desk, "Send it to the next level");
  g_object_get (find_next_cover (&desk), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Nobody has answered yet.");
  desk_click (&desk, "Sign out");
  desk_see (&desk, "What you wrote for the letter to Jessica Okafor is not kept.");
  desk_click (&desk, "Stay here");
  desk_click (&desk, "Send");
  desk_see (&desk, "It goes to " NEXT " as well.");
  desk_wait_for (&desk, "Sign out", desk_offers, "Sign out");
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in"); /* nothing is left to lose */
}

static gboolean
tells_of (Desk *desk, gconstpointer sentence)
{
  GtkWidget *panel = GTK_WIDGET (acc_decision_pane_get_next (ACC_DECISION_PANE (desk->window->decision)));

  return g_str_equal (gtk_label_get_text (GTK_LABEL (test_find (panel, "word"))), sentence);
}

/* As in the covers' editor: what people are called is right, and nothing is held up. */
static void
test_the_next_level_s_cover_is_spelled (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");
  int width;

  come_back (&desk, 12, 7);
  open_silent (&desk);
  desk_click (&desk, "To the next level…: Priya Raman");
  desk_see (&desk, "Send it to the next level");
  test_settle (GTK_WIDGET (desk.window));
  width = gtk_widget_get_width (desk.window->decision);
  gtk_text_buffer_set_text (find_next_cover (&desk), "Dear " NEXT ", nobody at Market Street branch has anwsered yet.", -1);
  desk_wait_for (&desk, "the word", tells_of, "“anwsered” is in no dictionary.");
  g_assert_true (desk_offers (&desk, "Send"));
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpint (gtk_widget_get_width (desk.window->decision), ==, width); /* nothing moves while somebody writes */
  desk_click (&desk, "answered");
  desk_wait_for (&desk, "nothing to tell", tells_of, "");
}

static void
test_a_banker_may_leave_it_at_that (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, "");

  come_back (&desk, 12, 7);
  open_silent (&desk);
  desk_click (&desk, "Leave it at that: Priya Raman");
  desk_see (&desk, "Left at that. An answer can still be noted.");
  desk_wait_for (&desk, "less to do", is_left, "Leave it at that: Priya Raman");
  desk_click (&desk, "Leave it at that: Jessica Okafor");
  desk_wait_for (&desk, "nothing to do", is_left, "Leave it at that: Jessica Okafor");
  g_assert_true (desk_offers (&desk, "Nothing heard 0"));
  record (&desk, "Jessica Okafor", "");
  desk_see (&desk, "acknowledged on 7 Dec 2026");
}

/* ---- answers by mail ---- */

/* What the mail to a recipient is called, as the outbox has it. */
static char *
find_message_id (const AccDelivery *delivery)
{
  g_autoptr (GDir) folder = g_dir_open (delivery->place, 0, NULL);
  const char *name;
  char *id = NULL;

  g_assert_nonnull (folder);
  while (id == NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (delivery->place, name, NULL), *text = NULL;
      g_autoptr (GRegex) line = g_regex_new ("^Message-I[Dd]:\\s*(<[^>]*>)", G_REGEX_MULTILINE | G_REGEX_RAW, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      if (g_str_has_suffix (name, ".eml") && g_regex_match (line, text, 0, &match))
        id = g_match_info_fetch (match, 1);
    }
  g_assert_nonnull (id);
  return id;
}

static void
answer (Desk *desk, const char *maildir, const char *name)
{
  static const char *const folders[] = { "new", "cur", "tmp" };
  GPtrArray *deliveries = acc_desk_letter_get_deliveries (acc_review_draft_get_letter (desk->window->draft));

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (maildir, folders[i], NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    }
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);
      g_autofree char *id = NULL, *mail = NULL, *path = NULL;

      if (strcmp (delivery->name, name) != 0)
        continue;
      id = find_message_id (delivery);
      path = g_build_filename (maildir, "new", delivery->email, NULL);
      mail = g_strdup_printf ("From: %s <%s>\r\nTo: letters@harbourvale.example\r\nSubject: Re: A letter\r\n"
                              "Date: Sat, 21 Nov 2026 10:40:00 +0000\r\nIn-Reply-To: %s\r\n\r\nThank you all.\r\n",
                              name, delivery->email, id);
      g_assert_true (g_file_set_contents (path, mail, -1, NULL));
    }
}

/* At the sign-in; the slip knows as soon as those have answered whom the letter thanks. */
static void
test_replies_are_read (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, CONTACT);
  g_autofree char *maildir = g_build_filename (desk.folder, "replies", NULL);
  g_autoptr (GError) error = NULL;

  answer (&desk, maildir, "Priya Raman");
  answer (&desk, maildir, "Jessica Okafor");
  acc_config_set (desk.store, ACC_CONFIG_MAIL_REPLIES, maildir, &error);
  g_assert_no_error (error);
  come_back (&desk, 11, 21);
  desk_see (&desk, "2 replies were read");
  g_assert_cmpint (find_slip (&desk, number), ==, ACC_SLIP_ARRIVED);
  desk_click (&desk, "Routed 1");
  g_assert_true (acc_queue_pane_choose_first (ACC_QUEUE_PANE (desk.window->queue)));
  desk_see (&desk, "Answered by mail on 21 Nov 2026");
  desk_see (&desk, "“Thank you all.”");
  g_assert_true (desk_offers (&desk, "Pass on to the client: Jessica Okafor"));
}

/* To the mail that went to @name, as @headers say. */
static void
put_other (Desk *desk, const char *maildir, const char *name, const char *file, const char *headers)
{
  GPtrArray *deliveries = acc_desk_letter_get_deliveries (acc_review_draft_get_letter (desk->window->draft));

  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);
      g_autofree char *id = NULL, *mail = NULL, *path = g_build_filename (maildir, "cur", file, NULL);

      if (strcmp (delivery->name, name) != 0)
        continue;
      id = find_message_id (delivery);
      mail = g_strdup_printf ("%s\r\nIn-Reply-To: %s\r\n\r\nAway.\r\n", headers, id);
      g_assert_true (g_file_set_contents (path, mail, -1, NULL));
    }
}

static gboolean
has_read_replies (Desk *desk, gconstpointer data)
{
  return desk->window->replies_read_at != 0 && !desk->window->reading_replies;
}

static const char *
get_toast (Desk *desk)
{
  return gtk_label_get_text (GTK_LABEL (desk->window->toast_text));
}

/* Once while the desk runs, and only as long as somebody is waited for. */
static void
test_what_is_left_alone_is_told_once (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, CONTACT);
  g_autofree char *maildir = g_build_filename (desk.folder, "replies", NULL);
  g_autofree char *later = g_build_filename (maildir, "cur", ".later", NULL);
  g_autofree char *arrived = g_build_filename (maildir, "new", "c-other", NULL);
  g_autoptr (GError) error = NULL;

  answer (&desk, maildir, "Priya Raman");
  put_other (&desk, maildir, "Priya Raman", "settled", "From: x@harbourvale.example");
  put_other (&desk, maildir, "Jessica Okafor", "b-away:2,S", "From: x@harbourvale.example\r\nAuto-Submitted: auto-replied");
  put_other (&desk, maildir, "Jessica Okafor", "a-other", "From: x@harbourvale.example");
  put_other (&desk, maildir, "Jessica Okafor", ".later", "From: y@harbourvale.example");
  acc_config_set (desk.store, ACC_CONFIG_MAIL_REPLIES, maildir, &error);
  g_assert_no_error (error);
  come_back (&desk, 11, 21);
  desk_see (&desk, "1 reply was read\n2 answers by mail were left alone:\n"
                   "– it answers for Jessica Okafor by itself, so nobody has read the letter yet.\n"
                   "– it is not from Jessica Okafor, to whom the letter went: ask there.");
  g_assert_cmpint (g_rename (later, arrived), ==, 0);
  come_back (&desk, 11, 22);
  desk_see (&desk, "An answer by mail was left alone: it is not from Jessica Okafor, to whom the letter went: ask there.");
  come_back (&desk, 11, 23);
  g_assert_cmpstr (get_toast (&desk), ==, "");
  desk_wait_for (&desk, "the third look", has_read_replies, NULL);
  g_assert_cmpstr (get_toast (&desk), ==, "");
}

static void
look_again (Desk *desk)
{
  acc_desk_window_hide_toast (desk->window);
  gtk_label_set_text (GTK_LABEL (desk->window->toast_text), "");
  desk->window->replies_read_at = 0;
  acc_desk_window_read_replies (desk->window);
  desk_wait_for (desk, "the next look", has_read_replies, NULL);
}

/* Once, until it can be read again, which is said as well; and to each who signs in. */
static void
test_maildir_that_cannot_be_read_is_told (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = open_routed (&desk, CONTACT);
  g_autofree char *maildir = g_build_filename (desk.folder, "replies", NULL);
  g_autofree char *inbox = g_build_filename (maildir, "new", NULL), *read = g_build_filename (maildir, "cur", NULL);
  g_autoptr (GError) error = NULL;

  acc_config_set (desk.store, ACC_CONFIG_MAIL_REPLIES, maildir, &error);
  g_assert_no_error (error);
  come_back (&desk, 11, 21);
  desk_see (&desk, "Answers by mail are not being read. ");
  desk_see (&desk, "replies= under [mail]");
  look_again (&desk);
  g_assert_cmpstr (get_toast (&desk), ==, "");

  g_assert_cmpint (g_mkdir_with_parents (inbox, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (read, 0700), ==, 0);
  look_again (&desk);
  g_assert_cmpstr (get_toast (&desk), ==, "Answers by mail are read again.");
  look_again (&desk);
  g_assert_cmpstr (get_toast (&desk), ==, "");

  g_assert_cmpint (g_rmdir (read), ==, 0);
  look_again (&desk);
  g_assert_true (g_str_has_prefix (get_toast (&desk), "Answers by mail are not being read. "));
  come_back (&desk, 11, 22); /* whoever signs in next */
  desk_see (&desk, "Answers by mail are not being read. ");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-receipts/reaches-the-slip", test_a_receipt_reaches_the_slip);
  g_test_add_func ("/desk-receipts/only-what-can-be", test_only_what_can_be_is_offered);
  g_test_add_func ("/desk-receipts/goes-back", test_nothing_is_recorded_by_who_goes_back);
  g_test_add_func ("/desk-receipts/second-word", test_a_second_word_needs_words);
  g_test_add_func ("/desk-receipts/passed-on", test_a_message_is_passed_on);
  g_test_add_func ("/desk-receipts/left-alone", test_who_did_not_agree_is_left_alone);
  g_test_add_func ("/desk-receipts/nothing-heard", test_who_says_nothing_is_marked);
  g_test_add_func ("/desk-receipts/nothing-heard-when-due", test_a_silence_is_seen_when_it_is_due);
  g_test_add_func ("/desk-receipts/nothing-heard-after-a-sleep", test_a_silence_is_seen_after_a_sleep);
  g_test_add_func ("/desk-receipts/look-again", test_looking_again_takes_no_focus);
  g_test_add_func ("/desk-receipts/next-level-spelling", test_the_next_level_s_cover_is_spelled);
  g_test_add_func ("/desk-receipts/next-level-kept", test_the_next_level_s_cover_is_kept_over_the_lock);
  g_test_add_func ("/desk-receipts/next-level", test_the_next_level_gets_a_cover_of_its_own);
  g_test_add_func ("/desk-receipts/left", test_a_banker_may_leave_it_at_that);
  g_test_add_func ("/desk-receipts/replies", test_replies_are_read);
  g_test_add_func ("/desk-receipts/replies-left-alone", test_what_is_left_alone_is_told_once);
  g_test_add_func ("/desk-receipts/replies-cannot-be-read", test_maildir_that_cannot_be_read_is_told);
  return g_test_run ();
}
