/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of every panel of the desk, for people to look at: screens.py joins them to contact sheets.
 * Usage: desk-screens FOLDER WIDTHxHEIGHT LANGUAGE light|dark|high-contrast */
#include "desk-support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "base/clock.h"
#include "base/language.h"
#include "base/places.h"
#include "base/worker.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"
#include "kit/look-choice.h"
#include "kit/pdf-view-private.h"
#include "memory-support.h"
#include "store/statement.h"
#include "support.h"
#include "window-support.h"

static const char *const colour_names[] = { "light", "dark", "high-contrast" };
G_STATIC_ASSERT (G_N_ELEMENTS (colour_names) == ACC_COLOURS_N);

#define MANY 200
#define MANY_PEOPLE 20000
#define JESSICA_LINE "HV1120,Jessica Okafor,jessica.okafor@harbourvale.example,Fraud Operations,HV1099,"
#define JESSICA_MOVED "HV1120,Jessica Okafor,jessica.okafor@harbourvale.example,Fraud Operations,HV1008,"

enum { ANA, DANIEL }; /* as the sign-in lists them; Ana is the manager */

static const char *folder;
static int width, height;
static AccColours colours = ACC_COLOURS_LIGHT;

/* ---- the window comes to rest, and is drawn ---- */

static gboolean
is_page_drawn (Desk *desk)
{
  AccPdfView *view = ACC_PDF_VIEW (test_find (GTK_WIDGET (desk->window), "pdf"));

  return !gtk_widget_get_mapped (GTK_WIDGET (view))
         || (view->list->len > 0 && acc_pdf_page_is_sharp (g_ptr_array_index (view->list, 0)));
}

static gboolean
is_at_rest (Desk *desk, gconstpointer data)
{
  AccDeskWindow *window = desk->window;

  return !window->busy && window->opening == NULL && window->proposing == NULL && !window->refreshing && !window->looking
         && !window->reading && is_page_drawn (desk);
}

static guint n_changes; /* of the stores: another part of many letters has come in, too */

static gboolean
is_at_rest_or_went_on (Desk *desk, gconstpointer before)
{
  return is_at_rest (desk, NULL) || n_changes != GPOINTER_TO_UINT (before);
}

static void
on_stores_changed (void)
{
  n_changes++;
}

static gboolean
keep_turning (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
rest (Desk *desk)
{
  guint turns = g_timeout_add (20, keep_turning, NULL); /* not all that it waits for comes with an event */

  test_settle (GTK_WIDGET (desk->window));
  do
    desk_wait_for (desk, "rest", is_at_rest_or_went_on, GUINT_TO_POINTER (n_changes));
  while (!is_at_rest (desk, NULL));
  test_settle (GTK_WIDGET (desk->window));
  g_source_remove (turns);
}

static void
take_picture (Desk *desk, const char *panel)
{
  g_autofree char *name = g_strconcat (panel, ".png", NULL), *path = g_build_filename (folder, name, NULL);

  rest (desk);
  test_save_picture (GTK_WIDGET (desk->window), path);
}

/* ---- what is in the window, by its template's id ---- */

static GtkWidget *
part (gpointer root, const char *id)
{
  return test_find (GTK_WIDGET (root), id);
}

static void
type (gpointer root, const char *id, const char *text)
{
  GtkWidget *field = part (root, id);

  if (GTK_IS_TEXT_VIEW (field))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), text);
}

static void
click (gpointer root, const char *id)
{
  g_signal_emit_by_name (part (root, id), "clicked");
}

/* ---- a desk ---- */

static void
set_day (int month, int day)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, month, day, 10, 42, 0);

  acc_clock_freeze (g_date_time_to_unix (now) * G_USEC_PER_SEC, G_USEC_PER_SEC);
}

static void
open_desk (Desk *desk)
{
  desk->window = acc_desk_window_new (NULL, desk->session);
  g_signal_connect (desk->session, "stores-changed", G_CALLBACK (on_stores_changed), NULL);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), width, height);
  gtk_window_present (GTK_WINDOW (desk->window));
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
}

static gboolean
knows_people (Desk *desk, gconstpointer data)
{
  return desk->window->directory != NULL;
}

static void
give_passphrase (Desk *desk, guint banker, const char *passphrase)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (part (desk->window->sign_in, "banker")), banker);
  type (desk->window->sign_in, "passphrase", passphrase);
  desk_click (desk, "Sign in");
}

static void
sign_in (Desk *desk, guint banker)
{
  give_passphrase (desk, banker, DESK_PASSPHRASE);
  desk_wait_for (desk, "the directory", knows_people, NULL);
  rest (desk);
}

static void
act (Desk *desk, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, NULL));
  rest (desk);
}

static void
act_at (Desk *desk, const char *action, guint position)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, "u", position));
  rest (desk);
}

static void
press (gpointer root, const char *id)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (part (root, id)), TRUE);
}

static void
choose_letter (Desk *desk, const char *number)
{
  AccQueuePane *queue = ACC_QUEUE_PANE (desk->window->queue);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (part (queue, "all_chip")), TRUE);
  rest (desk);
  g_assert_true (acc_queue_pane_choose_first (queue));
  while (g_strcmp0 (acc_queue_pane_get_chosen (queue), number) != 0)
    g_assert_true (acc_queue_pane_step (queue, 1));
  rest (desk);
}

static void
run_sql (Desk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = acc_archive_open (desk->store, ACC_STORE_WRITE, &error);
  g_autoptr (AccStatement) statement = acc_statement_new (store, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
configure (Desk *desk, const char *settings)
{
  g_autofree char *path = g_build_filename (desk->store, "accolade.conf", NULL), *text = NULL, *more = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  more = g_strconcat (text, "\n", settings, NULL);
  g_assert_true (g_file_set_contents (path, more, -1, NULL));
}

/* ---- letters ---- */

typedef struct {
  const char *name, *department, *need, *act, *banker, *contact, *apart, *language;
} Story;

#define NEED "My mother’s card was blocked on a Friday afternoon and we could not buy her groceries."
#define ACT                                                                                                          \
  "She went through all of our statements line by line. She took herself off the phone queue and stayed on the line " \
  "until it was solved. She made an exception for me."

static const Story plain = { "Jessica Okafor", "Fraud Operations", NEED, "She stayed on the line until it was solved.", NULL,
                             "maria.lopez@example.org", "", "en" };
static const Story harmful
  = { "Jessica Okafor", "Fraud Operations", NEED, ACT, DESK_DANIEL, "", "The queue at the counter was long.", "en" };
static const Story own_name = { "Tomasz Wójcik", "Loan Servicing", NEED, "He found the form.", DESK_ANA, "", "", "en" };
static const Story unknown = { "Noor", "Card Disputes", NEED, "They called me back within the hour.", NULL, "", "", "en" };
static const Story complaint = { "Jessica Okafor", "Fraud Operations", NEED,
                                 "She was kind. The man before her hung up on me; I will take the bank to court.", NULL,
                                 "", "", "en" };
static const Story thai
  = { "Jesica Okafor", "Fraud Operations", NEED, "เธอหาสาขาที่สนามบินซึ่งเปิดตั้งแต่ตีห้า", NULL, "", "", "th" };

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static char *
submit (Desk *desk, const Story *story)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = NULL;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, story->name);
  set_text (&fields.to[0].department, story->department);
  set_text (&fields.need, story->need);
  set_text (&fields.act, story->act);
  set_text (&fields.from[0].name, DESK_CLIENT);
  fields.from[0].signature = acc_signature_new_typed (DESK_CLIENT);
  set_text (&fields.served_on, "2026-11-20");
  set_text (&fields.date, "2026-11-21");
  set_text (&fields.apart, story->apart);
  set_text (&fields.language, story->language);
  set_text (&fields.consent_contact, story->contact);
  fields.consent_file = TRUE;
  fields.thanks_banker = story->banker != NULL;
  if (story->banker != NULL)
    {
      set_text (&fields.banker_name, story->banker);
      set_text (&fields.banker_words, "Found the right person at once.");
    }
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return desk_submit_letter (desk, letter);
}

static void
ask_as_client (Desk *desk, const char *number, AccRequestKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (desk->store, ACC_STORE_WRITE, &error);
  const AccSlip slip = { .number = (char *) number };
  g_autoptr (AccSlip) then = acc_slip_ask (inbox, "lobby-1", &slip, kind, &error);

  g_assert_no_error (error);
}

/* ---- the panels ---- */

/* Before a letter is there: signing in, and what is in the place of the letters. */
static void
look_round_an_empty_desk (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  open_desk (&desk);
  take_picture (&desk, "sign-in");
  give_passphrase (&desk, ANA, "something else");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  take_picture (&desk, "sign-in refused");
  sign_in (&desk, ANA);
  take_picture (&desk, "queue empty");
  act (&desk, "desk.shortcuts");
  take_picture (&desk, "shortcuts");
  g_signal_emit_by_name (desk.window->shortcuts, "closed");
  act (&desk, "desk.prepare");
  take_picture (&desk, "prepare");
  type (desk.window->prepare, "name", "d");
  take_picture (&desk, "prepare matches");
  type (desk.window->prepare, "name", "Somebody New");
  type (desk.window->prepare, "department", "Vaults");
  desk_click (&desk, "Offer it at the kiosk");
  take_picture (&desk, "prepare offered");
  click (desk.window->prepare, "take_back");
  rest (&desk);
  g_signal_emit_by_name (desk.window->prepare, "closed");
  act (&desk, "desk.notebook");
  take_picture (&desk, "notebook empty");
  type (desk.window->notebook, "query", "jess ok");
  test_settle (GTK_WIDGET (desk.window));
  g_signal_emit_by_name (part (desk.window->notebook, "others"), "row-activated",
                         gtk_widget_get_first_child (part (desk.window->notebook, "others")));
  type (desk.window->notebook, "good_at", "Cards that were stopped abroad; patient with those who do not hear well.");
  take_picture (&desk, "notebook");
}

static char *
write_staff (Desk *desk)
{
  g_autofree char *demo = acc_places_data ("demo/staff.csv"), *text = NULL, *whole = NULL;
  char *path = g_build_filename (desk->folder, "new staff.csv", NULL), *at;

  g_assert_true (g_file_get_contents (demo, &text, NULL, NULL));
  at = strstr (text, JESSICA_LINE);
  g_assert_nonnull (at);
  whole = g_strdup_printf ("%.*s%s%s%s", (int) (at - text), text, JESSICA_MOVED, at + strlen (JESSICA_LINE),
                           "N1,Nora New,nora@harbourvale.example,Cards,HV1008,,,,,,\n");
  g_assert_true (g_file_set_contents (path, whole, -1, NULL));
  return path;
}

static char *
write_many_staff (Desk *desk)
{
  g_autoptr (GString) text
    = g_string_new ("id,name,email,department,supervisor_id\nm0,Head Person,m0@bank.example,Board,\n");
  char *path = g_build_filename (desk->folder, "many.csv", NULL);

  for (guint i = 1; i < MANY_PEOPLE; i++)
    g_string_append_printf (text, "m%u,Person Number%u,m%u@bank.example,Team %u,m%u\n", i, i, i, i / 100, i / 10);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return path;
}

static gboolean
shows_changes (Desk *desk, gconstpointer data)
{
  return gtk_widget_get_mapped (part (desk->window->staff, "result"))
         || gtk_widget_get_mapped (part (desk->window->staff, "lines_box"));
}

static void
read_staff (Desk *desk, const char *path)
{
  desk_click (desk, "Import a staff file");
  type (desk->window->staff, "path", path);
  desk_click (desk, "See what changes");
  desk_wait_for (desk, "the changes", shows_changes, NULL);
}

static void
look_at_the_directory (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *path = NULL, *many = NULL, *bad = NULL;

  desk_init (&desk);
  path = write_staff (&desk);
  many = write_many_staff (&desk);
  bad = g_build_filename (desk.folder, "bad.csv", NULL);
  g_assert_true (g_file_set_contents (
    bad, "id,name,email,department,supervisor_id\n1,,nowhere,Cards,7\n2,A B,a,Cards,1\n", -1, NULL));
  open_desk (&desk);
  sign_in (&desk, ANA);
  act (&desk, "desk.directory");
  take_picture (&desk, "directory");
  type (desk.window->staff, "query", "jessica ok");
  g_signal_emit_by_name (part (desk.window->staff, "query"), "activate");
  take_picture (&desk, "directory person");
  read_staff (&desk, bad);
  take_picture (&desk, "directory bad rows");
  desk_click (&desk, "Leave it as it is");
  read_staff (&desk, path);
  take_picture (&desk, "directory difference");
  desk_click (&desk, "Leave it as it is");
  read_staff (&desk, many);
  take_picture (&desk, "directory 20000");
}

static void
select_words (Desk *desk, const char *words)
{
  AccBlackOutPanel *panel = acc_decision_pane_get_black_out (ACC_DECISION_PANE (desk->window->decision));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (part (panel, "story")));
  GtkTextIter from, start, end;

  gtk_text_buffer_get_start_iter (buffer, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, words, 0, &start, &end, NULL));
  gtk_text_buffer_select_range (buffer, &start, &end);
  click (panel, "mark_button");
}

/* Words and a name are taken out, and a cover that quotes them. */
static void
look_at_taking_out (Desk *desk, const char *number)
{
  GtkWidget *panel;
  GtkTextBuffer *cover;
  GtkTextIter end;

  choose_letter (desk, number);
  act (desk, "review.black-out");
  panel = GTK_WIDGET (acc_decision_pane_get_black_out (ACC_DECISION_PANE (desk->window->decision)));
  take_picture (desk, "take out");
  select_words (desk, "She stayed on the line");
  select_words (desk, "López");
  take_picture (desk, "take out marked");
  type (panel, "reason", "The client asked for it.");
  desk_click (desk, "Take them out");
  take_picture (desk, "taken out");
  cover = gtk_text_view_get_buffer (GTK_TEXT_VIEW (part (part (desk->window->decision, "form"), "text")));
  gtk_text_buffer_get_end_iter (cover, &end);
  gtk_text_buffer_insert (cover, &end, " She stayed on the line. Teh client was ill.", -1);
  gtk_widget_grab_focus (part (part (desk->window->decision, "form"), "text"));
  take_picture (desk, "cover quotes");
  act (desk, "review.restore");
}

static void
look_at_declining (Desk *desk, const char *number)
{
  GtkWidget *panel;

  choose_letter (desk, number);
  act (desk, "review.decline");
  panel = part (desk->window->decision, "decline");
  take_picture (desk, "decline");
  click (panel, "done");
  take_picture (desk, "decline unsaid");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (part (panel, "reason")), 1);
  type (panel, "words", "It is about another branch.");
  click (panel, "done");
  take_picture (desk, "declined");
  choose_letter (desk, number);
  act (desk, "review.reopen");
  take_picture (desk, "reopen");
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (desk->window->decision));
}

static void
look_at_searching (Desk *desk)
{
  act (desk, "desk.search");
  type (desk->window->queue, "search", "jessica stay");
  take_picture (desk, "search");
  type (desk->window->queue, "search", "zebra");
  take_picture (desk, "search nothing");
  type (desk->window->queue, "search", "");
  rest (desk);
}

static void
look_at_reading (Desk *desk, const char *number)
{
  choose_letter (desk, number);
  act (desk, "review.find");
  type (desk->window->letter, "find_entry", "line");
  take_picture (desk, "letter find");
  act (desk, "review.large-print");
  take_picture (desk, "letter large print");
  act (desk, "review.large-print");
}

static void
look_at_letters (void)
{
  static const struct {
    const Story *story;
    const char *picture;
  } letters[] = {
    { &plain, "letter" },
    { &harmful, "letter checks" },
    { &own_name, "letter own name" },
    { &unknown, "letter unknown" },
    { &complaint, "letter complaint" },
    { &thai, "letter thai" },
  };
  g_auto (Desk) desk = { 0 };
  g_autofree char *numbers[G_N_ELEMENTS (letters)] = { NULL };

  set_day (11, 21);
  desk_init (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    numbers[i] = submit (&desk, letters[i].story);
  open_desk (&desk);
  sign_in (&desk, ANA);
  take_picture (&desk, "queue");
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      choose_letter (&desk, numbers[i]);
      take_picture (&desk, letters[i].picture);
    }
  look_at_searching (&desk);
  look_at_reading (&desk, numbers[0]);
  look_at_taking_out (&desk, numbers[0]);
  look_at_declining (&desk, numbers[3]);
  ask_as_client (&desk, numbers[0], ACC_REQUEST_ERASE);
  ask_as_client (&desk, numbers[1], ACC_REQUEST_WITHDRAW);
  acc_desk_window_refresh (desk.window, TRUE);
  rest (&desk);
  click (desk.window->requests, "summary");
  take_picture (&desk, "requests");
  g_signal_emit_by_name (desk.window->lock, "due", g_dgettext ("accolade", "Nobody was at the desk for a while."));
  take_picture (&desk, "locked");
}

static void
look_at_many_letters (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit_many (&desk, MANY);
  open_desk (&desk);
  sign_in (&desk, DANIEL);
  take_picture (&desk, "queue 200");
}

/* From the approval to the client's slip. */
static void
look_at_receipts (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *panel;

  set_day (11, 21);
  desk_init (&desk);
  number = submit (&desk, &plain);
  open_desk (&desk);
  sign_in (&desk, ANA);
  act (&desk, "review.approve-and-route");
  choose_letter (&desk, number);
  take_picture (&desk, "routed");
  act (&desk, "desk.sign-out");
  set_day (12, 7);
  sign_in (&desk, ANA);
  press (desk.window->queue, "silent_chip");
  rest (&desk);
  acc_queue_pane_choose_first (ACC_QUEUE_PANE (desk.window->queue));
  take_picture (&desk, "silent");
  act_at (&desk, "delivery.next-level", 1);
  take_picture (&desk, "next level");
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (desk.window->decision));
  acc_desk_window_update (desk.window);
  act_at (&desk, "delivery.heard-back", 2);
  panel = GTK_WIDGET (acc_decision_pane_get_heard (ACC_DECISION_PANE (desk.window->decision)));
  type (panel, "words", "It made my whole week.\nPlease tell her so.");
  take_picture (&desk, "heard");
  desk_click (&desk, "Record");
  choose_letter (&desk, number);
  take_picture (&desk, "acknowledged");
  desk_click (&desk, "Pass on to the client");
  take_picture (&desk, "pass on");
}

/* A mail server that nobody listens at; one mail of which nobody knows; one that was refused. */
static void
look_at_shut_doors (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  configure (&desk, "[mail]\nserver=127.0.0.1\nport=1\nsecurity=none\nfrom=letters@harbourvale.example\n"
                    "allowed_domains=harbourvale.example\n");
  number = submit (&desk, &plain);
  open_desk (&desk);
  sign_in (&desk, ANA);
  act (&desk, "review.approve-and-route");
  take_picture (&desk, "approved");
  desk_see (&desk, "127.0.0.1");
  take_picture (&desk, "door shut");
  run_sql (&desk, "UPDATE delivery SET state = 'unsure', reason = 'connection lost after the message' WHERE position = 1");
  run_sql (&desk, "UPDATE delivery SET state = 'refused', reason = '550 5.1.1 nobody of that name' WHERE position = 2");
  acc_desk_window_open_letter (desk.window, number, FALSE);
  take_picture (&desk, "delivery unsure");
}

static void
speak (const char *tag)
{
  AccLanguage *language = acc_language_find (tag);

  acc_language_use (tag);
  gtk_widget_set_default_direction (language->right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  acc_language_free (language);
}

int
main (int argc, char **argv)
{
  char *session = memory_session_new (); /* where a prepared letter is left for the kiosk */

  if (argc != 5 || sscanf (argv[2], "%dx%d", &width, &height) != 2)
    return EXIT_FAILURE;
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init (); /* GTK's tests are in the locale C, where nothing is translated */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  folder = argv[1];
  speak (argv[3]);
  acc_desk_app_load_look (gdk_display_get_default ());
  while (!g_str_equal (colour_names[colours], argv[4]))
    if (++colours == ACC_COLOURS_N)
      return EXIT_FAILURE;
  acc_look_choose_colours (gdk_display_get_default (), colours);
  look_round_an_empty_desk ();
  look_at_the_directory ();
  look_at_letters ();
  look_at_many_letters ();
  look_at_receipts ();
  look_at_shut_doors ();
  test_folder_free (session);
  return EXIT_SUCCESS;
}
