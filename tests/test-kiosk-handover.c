/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker has prepared, at the kiosk: offered at the welcome, used once, and gone however the client begins. */
#include "base/clock.h"
#include "base/language.h"
#include "base/memory-file.h"
#include "inbox/inbox.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kit/ask.h"
#include "letter/draft.h"
#include "letter/handover-watch.h"
#include "memory-support.h"
#include "support.h"
#include "window-support.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define NAME "Jessica Okafor"
#define LIFE (ACC_HANDOVER_MINUTES * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* A kiosk, and the desk's end of what is handed over. */
typedef struct {
  Kiosk kiosk;
  AccHandoverWatch *desk;
} Branch;

static void
branch_init (Branch *branch)
{
  g_autofree char *inbox = NULL;

  kiosk_init (&branch->kiosk);
  inbox = acc_inbox_path (branch->kiosk.store_dir);
  branch->desk = acc_handover_watch_new ("", inbox);
}

/* What a desk takes back leaves a mark without a name, for as long as the note would have been good. */
static void
erase_mark (Branch *branch)
{
  g_autofree char *inbox = acc_inbox_path (branch->kiosk.store_dir);
  g_autofree char *folder = acc_memory_folder_path ();
  g_autofree char *name = acc_memory_file_name ("handover", inbox);
  g_autofree char *mark = g_build_filename (folder, name, NULL);

  g_unlink (mark);
}

static void
branch_clear (Branch *branch)
{
  g_clear_object (&branch->desk);
  erase_mark (branch);
  kiosk_clear (&branch->kiosk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Branch, branch_clear)

static GtkWidget *
find (Branch *branch, const char *id)
{
  return test_find (branch->kiosk.window, id);
}

static gboolean
is_offered (gpointer branch)
{
  return gtk_widget_get_visible (find (branch, "prepared"));
}

static gboolean
is_not_offered (gpointer branch)
{
  return !is_offered (branch);
}

static gboolean
waits_no_more (gpointer branch)
{
  return acc_handover_watch_get (((Branch *) branch)->desk) == NULL;
}

static void
leave (Branch *branch, const char *name, const char *department)
{
  g_autoptr (AccHandover) handover = acc_handover_new (name, department);
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_handover_watch_leave (branch->desk, handover, &error));
  g_assert_no_error (error);
}

static void
leave_and_see (Branch *branch)
{
  leave (branch, NAME, "Fraud Operations");
  test_wait (is_offered, branch);
  test_settle (branch->kiosk.window);
}

static void
begin_with_it (Branch *branch)
{
  g_assert_true (gtk_widget_activate_action (branch->kiosk.window, "kiosk.begin-prepared", NULL));
  test_settle (branch->kiosk.window);
}

static const char *
text_of (Branch *branch, AccField field)
{
  return acc_form_get_text (form_of (&branch->kiosk), field, 0);
}

static void
what_is_prepared_is_offered_and_can_be_taken_back (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  g_assert_false (is_offered (&branch));
  g_assert_true (gtk_widget_is_visible (find (&branch, "begin")));
  gtk_widget_grab_focus (find (&branch, "begin"));
  leave_and_see (&branch);
  g_assert_true (test_shows_text (branch.kiosk.window, NAME));
  g_assert_true (test_shows_text (branch.kiosk.window, "Fraud Operations"));
  g_assert_false (gtk_widget_is_visible (find (&branch, "begin"))); /* two ways to begin, and not three */
  g_assert_true (gtk_widget_has_focus (find (&branch, "with")));
  acc_handover_watch_erase (branch.desk);
  test_wait (is_not_offered, &branch);
  g_assert_true (gtk_widget_has_focus (find (&branch, "begin")));
  g_assert_false (test_shows_text (branch.kiosk.window, NAME));
}

static void
who_begins_with_it_need_not_spell_it (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  leave_and_see (&branch);
  begin_with_it (&branch);
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WHO);
  g_assert_cmpstr (question_of (&branch.kiosk), ==, "name"); /* each answer is seen, and can be changed */
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_NAME), ==, NAME);
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_DEPARTMENT), ==, "Fraud Operations");
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_CALLED), ==, ""); /* never guessed */
  test_wait (waits_no_more, &branch);
  act (&branch.kiosk, "letter.back");
  test_settle (branch.kiosk.window);
  g_assert_false (is_offered (&branch));
}

/* Nothing says for the client that they thank the banker, nor who has asked them to write. */
static void
no_word_is_put_into_the_letter (void)
{
  g_auto (Branch) branch = { 0 };
  g_autoptr (AccForm) thanking = NULL;
  const AccLetterFields *fields;

  branch_init (&branch);
  leave_and_see (&branch);
  begin_with_it (&branch);
  fields = acc_form_get_fields (form_of (&branch.kiosk));
  g_assert_false (fields->thanks_banker);
  g_assert_cmpint (fields->asked_by_staff, ==, ACC_ASKED_UNSAID);
  g_assert_cmpstr (fields->act, ==, "");
  thanking = acc_form_with_thanks_banker (form_of (&branch.kiosk), TRUE);
  g_assert_cmpstr (acc_form_get_text (thanking, ACC_FIELD_BANKER_NAME, 0), ==, "");
}

static void
who_begins_without_it_begins_empty_and_it_is_gone (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  leave_and_see (&branch);
  act (&branch.kiosk, "letter.next");
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WHO);
  g_assert_false (acc_form_is_begun (form_of (&branch.kiosk)));
  test_wait (waits_no_more, &branch);
  act (&branch.kiosk, "letter.back");
  test_settle (branch.kiosk.window);
  g_assert_false (is_offered (&branch));
}

/* Who has begun without it, and comes back with something written, is shown nothing of it. */
static void
who_has_begun_without_it_does_not_see_it_again (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  leave_and_see (&branch);
  act (&branch.kiosk, "letter.next");
  answer (&branch.kiosk, "name", "Somebody Else");
  act (&branch.kiosk, "letter.back");
  test_settle (branch.kiosk.window);
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WELCOME);
  g_assert_false (is_offered (&branch));
  g_assert_false (test_shows_text (branch.kiosk.window, NAME));
  g_assert_true (gtk_widget_is_visible (find (&branch, "begin")));
}

#define BEGUN_FOR "Wilhelmina Quist"

/* What a crash leaves. */
static void
leave_draft (const char *store_dir)
{
  g_autofree char *path = acc_memory_folder_path (), *name = acc_memory_file_name ("draft", store_dir);
  g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_A4);
  g_autoptr (AccForm) form = acc_form_with_text (empty, ACC_FIELD_TO_NAME, 0, BEGUN_FOR);
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  int folder = acc_memory_folder_open (path, NULL);

  g_assert_true (acc_memory_file_write (folder, name, bytes, NULL));
  close (folder);
}

/* It was prepared for somebody else, who is offered it next. */
static void
who_takes_up_a_letter_after_a_crash_does_not_see_it (void)
{
  g_auto (Branch) branch = { .kiosk.store_dir = make_branch () };
  g_autofree char *inbox = acc_inbox_path (branch.kiosk.store_dir);

  write_branch_key (branch.kiosk.store_dir);
  branch.desk = acc_handover_watch_new ("", inbox);
  leave (&branch, NAME, "");
  leave_draft (branch.kiosk.store_dir);
  open_kiosk (&branch.kiosk);
  acc_answer_set_text (ACC_ANSWER (find (&branch, "name")), BEGUN_FOR);
  gtk_widget_activate_action (find (&branch, "name"), "draft.open", NULL);
  test_settle (branch.kiosk.window);
  act (&branch.kiosk, "letter.back");
  test_settle (branch.kiosk.window);
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WELCOME);
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_NAME), ==, BEGUN_FOR);
  g_assert_false (is_offered (&branch));
  g_assert_nonnull (acc_handover_watch_get (branch.desk));
  act (&branch.kiosk, "letter.next");
  act (&branch.kiosk, "letter.start-again");
  test_settle (branch.kiosk.window);
  acc_ask_answer (ACC_ASK (find (&branch, "ask")), TRUE);
  test_wait (is_offered, &branch);
}

/* On what is first of the two ways. */
static void
going_on_by_keyboard_begins_with_it (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  leave_and_see (&branch);
  test_key (branch.kiosk.window, "ctrl+Return");
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WHO);
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_NAME), ==, NAME);
}

static void
another_language_offers_it_too (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  leave_and_see (&branch);
  g_assert_true (gtk_widget_activate_action (branch.kiosk.window, "kiosk.speak", "s", "ar"));
  test_settle (branch.kiosk.window);
  g_assert_true (is_offered (&branch));
  begin_with_it (&branch);
  g_assert_cmpstr (acc_form_get_fields (form_of (&branch.kiosk))->language, ==, "ar");
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_NAME), ==, NAME);
}

static void
who_has_begun_is_not_disturbed_and_the_next_one_is_offered_it (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  act (&branch.kiosk, "letter.next");
  answer (&branch.kiosk, "name", "Somebody Else");
  leave (&branch, NAME, "");
  act (&branch.kiosk, "letter.back");
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WELCOME);
  begin_with_it (&branch); /* which would take the place of an answer */
  g_assert_false (is_offered (&branch));
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WELCOME);
  g_assert_cmpstr (text_of (&branch, ACC_FIELD_TO_NAME), ==, "Somebody Else");
  act (&branch.kiosk, "letter.next");
  act (&branch.kiosk, "letter.start-again");
  test_settle (branch.kiosk.window);
  acc_ask_answer (ACC_ASK (find (&branch, "ask")), TRUE);
  test_wait (is_offered, &branch);
}

static void
when_its_time_is_over_it_is_offered_no_more (void)
{
  g_auto (Branch) branch = { 0 };

  acc_clock_freeze (0, LIFE - 100000);
  branch_init (&branch);
  acc_clock_freeze (0, 0);
  leave (&branch, NAME, "");
  acc_clock_freeze (0, LIFE - 100000);
  test_wait (is_offered, &branch);
  acc_clock_freeze (0, LIFE);
  test_wait (is_not_offered, &branch);
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WELCOME);
  acc_clock_freeze (-1, -1);
}

/* The machine may have slept: by its own clock, the program has not waited. */
static void
a_time_that_passes_at_once_is_noticed_soon (void)
{
  g_auto (Branch) branch = { 0 };

  acc_clock_freeze (0, 0);
  branch_init (&branch);
  leave (&branch, NAME, "");
  test_wait (is_offered, &branch);
  acc_clock_freeze (0, LIFE);
  test_wait (is_not_offered, &branch);
  acc_clock_freeze (-1, -1);
}

static void
after_the_letter_nothing_of_it_is_left (void)
{
  g_auto (Branch) branch = { 0 };

  branch_init (&branch);
  leave_and_see (&branch);
  begin_with_it (&branch);
  act (&branch.kiosk, "letter.back");
  test_settle (branch.kiosk.window);
  write_letter (&branch.kiosk);
  act (&branch.kiosk, "letter.send");
  test_wait (is_sent, branch.kiosk.window);
  act (&branch.kiosk, "letter.finish");
  test_settle (branch.kiosk.window);
  g_assert_cmpint (step_of (&branch.kiosk), ==, ACC_STEP_WELCOME);
  g_assert_false (test_shows_text (branch.kiosk.window, NAME));
  g_assert_cmpuint (memory_session_count_files (), ==, 0);
}

static gboolean
is_kept (gpointer nothing)
{
  return memory_session_count_files () == 1;
}

/* A question that nobody answers holds the window, and the program ends before that lets go. */
static void
the_end_erases_what_was_being_written (void)
{
  g_auto (Branch) branch = { 0 };
  g_autoptr (GtkWidget) held = NULL;

  branch_init (&branch);
  act (&branch.kiosk, "letter.next");
  answer (&branch.kiosk, "name", "Somebody Else");
  test_wait (is_kept, NULL);
  act (&branch.kiosk, "letter.start-again");
  test_settle (branch.kiosk.window);
  held = g_object_ref (branch.kiosk.window);
  gtk_window_destroy (GTK_WINDOW (held));
  g_assert_cmpuint (memory_session_count_files (), ==, 0);
  acc_ask_answer (ACC_ASK (find (&branch, "ask")), FALSE);
}

int
main (int argc, char **argv)
{
  char *session = memory_session_new ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_kiosk_init ();
  g_test_add_func ("/kiosk-handover/offered", what_is_prepared_is_offered_and_can_be_taken_back);
  g_test_add_func ("/kiosk-handover/with-it", who_begins_with_it_need_not_spell_it);
  g_test_add_func ("/kiosk-handover/no-word", no_word_is_put_into_the_letter);
  g_test_add_func ("/kiosk-handover/without-it", who_begins_without_it_begins_empty_and_it_is_gone);
  g_test_add_func ("/kiosk-handover/not-again", who_has_begun_without_it_does_not_see_it_again);
  g_test_add_func ("/kiosk-handover/after-a-crash", who_takes_up_a_letter_after_a_crash_does_not_see_it);
  g_test_add_func ("/kiosk-handover/keyboard", going_on_by_keyboard_begins_with_it);
  g_test_add_func ("/kiosk-handover/language", another_language_offers_it_too);
  g_test_add_func ("/kiosk-handover/begun", who_has_begun_is_not_disturbed_and_the_next_one_is_offered_it);
  g_test_add_func ("/kiosk-handover/time-is-over", when_its_time_is_over_it_is_offered_no_more);
  g_test_add_func ("/kiosk-handover/time-passes-at-once", a_time_that_passes_at_once_is_noticed_soon);
  g_test_add_func ("/kiosk-handover/the-end", the_end_erases_what_was_being_written);
  g_test_add_func ("/kiosk-handover/nothing-left", after_the_letter_nothing_of_it_is_left);
  status = g_test_run ();
  test_folder_free (session);
  return status;
}
