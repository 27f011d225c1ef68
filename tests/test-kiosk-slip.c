/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip at the kiosk: its code after sending, and a client who comes back with it. */
#include "base/clock.h"
#include "inbox/inbox.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/slip-page.h"
#include "kiosk/slip-words.h"
#include "kit/ask.h"
#include "store/statement.h"
#include "support.h"
#include "window-support.h"

#include <glib/gstdio.h>
#include <string.h>

/* Writes and sends a letter; the code that the farewell shows. */
static char *
send_letter (Kiosk *kiosk)
{
  write_letter (kiosk);
  act (kiosk, "letter.send");
  test_wait (is_sent, kiosk->window);
  test_settle (kiosk->window);
  return g_strdup (gtk_label_get_text (GTK_LABEL (test_find (page_of (kiosk), "code"))));
}

static GtkWidget *
slip_of (Kiosk *kiosk)
{
  return gtk_stack_get_child_by_name (GTK_STACK (test_find (kiosk->window, "modes")), "slip");
}

static void
open_slip (Kiosk *kiosk)
{
  g_assert_true (gtk_widget_activate_action (kiosk->window, "kiosk.open-slip", NULL));
  test_settle (kiosk->window);
  g_assert_nonnull (slip_of (kiosk));
}

static const char *
shown_of (Kiosk *kiosk)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (test_find (slip_of (kiosk), "pages")));
}

static gboolean
is_looked_up (gpointer data)
{
  Kiosk *kiosk = data;

  return g_str_equal (shown_of (kiosk), "state") || gtk_widget_get_visible (test_find (slip_of (kiosk), "message"));
}

static void
type_code (Kiosk *kiosk, const char *code)
{
  acc_answer_set_text (ACC_ANSWER (test_find (slip_of (kiosk), "code")), code);
  g_assert_true (gtk_widget_activate_action (slip_of (kiosk), "slip.look-up", NULL));
  test_wait (is_looked_up, kiosk);
  test_settle (kiosk->window);
}

static const char *
text_of (Kiosk *kiosk, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (test_find (slip_of (kiosk), id)));
}

static AccAsk *
ask_of (Kiosk *kiosk)
{
  return ACC_ASK (test_find (kiosk->window, "ask"));
}

static gboolean
has_title (gpointer data)
{
  const struct {
    Kiosk *kiosk;
    const char *title;
  } *expected = data;

  return g_str_equal (text_of (expected->kiosk, "title"), expected->title);
}

static void
run_sql (Kiosk *kiosk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (kiosk->store_dir, ACC_STORE_WRITE, &error);
  g_autoptr (AccStatement) statement = acc_statement_new (inbox, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
test_the_code_is_shown_once_and_kept_nowhere (void)
{
  Kiosk kiosk;
  g_autofree char *code = NULL, *content = NULL, *path = NULL;
  gsize size = 0;

  kiosk_init (&kiosk);
  code = send_letter (&kiosk);
  g_assert_true (g_regex_match_simple ("^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}\\z", code, 0, 0));
  g_assert_false (gtk_widget_is_visible (test_find (page_of (&kiosk), "print"))); /* no printer is set up */
  act (&kiosk, "letter.finish");
  test_settle (kiosk.window);
  g_assert_false (test_shows_text (kiosk.window, code));
  path = acc_inbox_path (kiosk.store_dir);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_null (memmem (content, size, code, strlen (code)));
  kiosk_clear (&kiosk);
}

static void
test_the_code_tells_where_the_letter_is (void)
{
  Kiosk kiosk;
  g_autofree char *code = NULL, *small = NULL;

  kiosk_init (&kiosk);
  code = send_letter (&kiosk);
  act (&kiosk, "letter.finish");
  g_assert_nonnull (test_find_button (kiosk.window, "I have a code"));
  open_slip (&kiosk);
  g_assert_null (letter_of (&kiosk));
  small = g_ascii_strdown (code, -1);
  type_code (&kiosk, small);
  g_assert_cmpstr (shown_of (&kiosk), ==, "state");
  g_assert_cmpstr (text_of (&kiosk, "title"), ==, "Your letter waits, sealed");
  g_assert_false (gtk_widget_get_visible (test_find (slip_of (&kiosk), "request")));

  gtk_widget_activate_action (slip_of (&kiosk), "slip.leave", NULL);
  test_settle (kiosk.window);
  g_assert_null (slip_of (&kiosk));
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  g_assert_false (test_shows_text (kiosk.window, small));
  open_slip (&kiosk); /* and the next client finds an empty page */
  g_assert_cmpstr (shown_of (&kiosk), ==, "code");
  g_assert_false (test_shows_text (kiosk.window, small));
  kiosk_clear (&kiosk);
}

static void
test_a_wrong_code_is_told_beside_it (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  open_slip (&kiosk);
  type_code (&kiosk, "0000");
  g_assert_cmpstr (shown_of (&kiosk), ==, "code");
  g_assert_nonnull (strstr (text_of (&kiosk, "message"), "12 letters and digits"));
  acc_answer_set_text (ACC_ANSWER (test_find (slip_of (&kiosk), "code")), "");
  type_code (&kiosk, "0000-0000-0000");
  g_assert_nonnull (strstr (text_of (&kiosk, "message"), "no letter with this code"));
  kiosk_clear (&kiosk);
}

static void
ask_and_answer (Kiosk *kiosk, const char *action, gboolean yes)
{
  g_assert_true (gtk_widget_activate_action (slip_of (kiosk), action, NULL));
  test_settle (kiosk->window);
  g_assert_true (acc_ask_is_open (ask_of (kiosk)));
  acc_ask_answer (ask_of (kiosk), yes);
  test_settle (kiosk->window);
}

static void
test_a_letter_that_waits_is_erased_at_once (void)
{
  Kiosk kiosk;
  g_autofree char *code = NULL;
  g_autoptr (GPtrArray) left = NULL, then = NULL;
  struct {
    Kiosk *kiosk;
    const char *title;
  } erased = { &kiosk, "Your letter is erased" };

  kiosk_init (&kiosk);
  code = send_letter (&kiosk);
  act (&kiosk, "letter.finish");
  open_slip (&kiosk);
  type_code (&kiosk, code);
  ask_and_answer (&kiosk, "slip.erase", FALSE); /* after all not */
  left = list_inbox (&kiosk);
  g_assert_cmpuint (left->len, ==, 1);
  ask_and_answer (&kiosk, "slip.erase", TRUE);
  test_wait (has_title, &erased);
  then = list_inbox (&kiosk);
  g_assert_cmpuint (then->len, ==, 0);
  g_assert_false (gtk_widget_is_visible (test_find (slip_of (&kiosk), "withdraw")));
  g_assert_false (gtk_widget_is_visible (test_find (slip_of (&kiosk), "erase")));
  kiosk_clear (&kiosk);
}

static gboolean
has_request (gpointer data)
{
  return gtk_widget_get_visible (test_find (slip_of (data), "request"));
}

static void
test_a_letter_at_the_desk_is_asked_for (void)
{
  Kiosk kiosk;
  g_autofree char *code = NULL;

  kiosk_init (&kiosk);
  code = send_letter (&kiosk);
  act (&kiosk, "letter.finish");
  run_sql (&kiosk, "UPDATE slip SET state = 'on its way'");
  open_slip (&kiosk);
  type_code (&kiosk, code);
  g_assert_cmpstr (text_of (&kiosk, "title"), ==, "Your letter is on its way");
  ask_and_answer (&kiosk, "slip.withdraw", TRUE);
  test_wait (has_request, &kiosk);
  g_assert_nonnull (strstr (text_of (&kiosk, "request"), "A banker will see to it"));
  g_assert_false (gtk_widget_is_visible (test_find (slip_of (&kiosk), "withdraw")));
  g_assert_true (gtk_widget_is_visible (test_find (slip_of (&kiosk), "erase"))); /* which is more */
  gtk_widget_activate_action (slip_of (&kiosk), "slip.leave", NULL);

  run_sql (&kiosk, "UPDATE request SET answer = 'too late', answered_at = '2026-11-22T10:42:00+00:00'");
  open_slip (&kiosk);
  type_code (&kiosk, code);
  g_assert_nonnull (strstr (text_of (&kiosk, "request"), "it had gone out before"));
  kiosk_clear (&kiosk);
}

/* Each state, request and answer has words, and none are said where nothing was asked. */
static void
test_every_slip_has_its_words (void)
{
  for (AccSlipState state = 0; state < ACC_SLIP_N; state++)
    for (AccRequestKind asked = 0; asked < ACC_REQUEST_N; asked++)
      for (AccRequestAnswer answer = 0; answer < ACC_ANSWER_N; answer++)
        {
          const AccSlip slip = { .state = state, .asked = asked, .answer = answer };
          AccSlipWords words = acc_slip_words_for (&slip);
          gboolean is_open = asked != ACC_REQUEST_NONE && answer == ACC_ANSWER_NONE;

          g_assert_nonnull (words.title);
          g_assert_nonnull (words.sentence);
          g_assert_cmpint (words.request != NULL, ==,
                           asked != ACC_REQUEST_NONE && answer != ACC_ANSWER_DONE && state != ACC_SLIP_ERASED);
          g_assert_false (state == ACC_SLIP_ERASED && (words.can_withdraw || words.can_erase));
          g_assert_false (is_open && words.can_withdraw);
          g_assert_false (is_open && asked == ACC_REQUEST_ERASE && words.can_erase);
        }
}

static void
set_printer (Kiosk *kiosk, const char *printer)
{
  g_autofree char *path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_autofree char *text = g_strdup_printf ("[kiosk]\nreceipt_printer=%s\n", printer);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
is_told (gpointer data)
{
  GtkLabel *printed = GTK_LABEL (test_find (page_of (data), "printed"));

  return !g_str_equal (gtk_label_get_text (printed), "Your slip is being printed.");
}

static void
test_a_printer_that_fails_leaves_the_code_on_screen (void)
{
  Kiosk kiosk = { 0 };
  g_autofree char *code = NULL;
  GtkWidget *printed;

  g_setenv ("CUPS_SERVER", "127.0.0.1:1", TRUE); /* where nothing listens */
  kiosk.store_dir = make_branch ();
  write_branch_key (kiosk.store_dir);
  set_printer (&kiosk, "Receipts");
  open_kiosk (&kiosk);
  code = send_letter (&kiosk);
  g_assert_true (gtk_widget_is_visible (test_find (page_of (&kiosk), "print")));
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*Receipts*did not print*");
  g_assert_true (gtk_widget_activate_action (page_of (&kiosk), "slip.print", NULL));
  test_wait (is_told, &kiosk);
  g_test_assert_expected_messages ();
  printed = test_find (page_of (&kiosk), "printed");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (printed)), "write the code down"));
  g_assert_true (test_shows_text (page_of (&kiosk), code));
  g_assert_true (gtk_widget_is_sensitive (test_find (page_of (&kiosk), "print"))); /* it may be tried again */
  kiosk_clear (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-slip/the-code-is-shown-once-and-kept-nowhere", test_the_code_is_shown_once_and_kept_nowhere);
  g_test_add_func ("/kiosk-slip/the-code-tells-where-the-letter-is", test_the_code_tells_where_the_letter_is);
  g_test_add_func ("/kiosk-slip/a-wrong-code-is-told-beside-it", test_a_wrong_code_is_told_beside_it);
  g_test_add_func ("/kiosk-slip/a-letter-that-waits-is-erased-at-once", test_a_letter_that_waits_is_erased_at_once);
  g_test_add_func ("/kiosk-slip/a-letter-at-the-desk-is-asked-for", test_a_letter_at_the_desk_is_asked_for);
  g_test_add_func ("/kiosk-slip/every-slip-has-its-words", test_every_slip_has_its_words);
  g_test_add_func ("/kiosk-slip/a-printer-that-fails-leaves-the-code-on-screen",
                   test_a_printer_that_fails_leaves_the_code_on_screen);
  return g_test_run ();
}
