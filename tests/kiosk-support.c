/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk-support.h"

#include "base/file.h"
#include "base/worker.h"
#include "inbox/inbox.h"
#include "kiosk/answer.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/step.h"
#include "letter/number.h"
#include "support.h"
#include "window-support.h"

static const guint8 public_key[32] = { 9 };

void
write_branch_key (const char *store_dir)
{
  g_autoptr (AccBranchKey) key = acc_branch_key_new (public_key);
  g_autoptr (GBytes) bytes = acc_branch_key_to_file (key);
  g_autofree char *path = acc_inbox_branch_key_path (store_dir);
  g_autoptr (GError) error = NULL;

  acc_file_write (path, bytes, 0644, &error);
  g_assert_no_error (error);
}

void
make_inbox (const char *store_dir)
{
  static const char *const departments[] = { "Card Disputes", "Fraud Operations", "Loan Servicing", NULL };
  g_autofree char *path = acc_inbox_path (store_dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_store_create (path, &acc_inbox_kind, &error);

  g_assert_no_error (error);
  acc_inbox_set_departments (inbox, departments, &error);
  g_assert_no_error (error);
}

char *
make_branch (void)
{
  char *store_dir = test_folder_new ();

  make_inbox (store_dir);
  return store_dir;
}

static gboolean
is_decided (gpointer window)
{
  return !g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (test_find (window, "modes"))), "opening");
}

void
open_kiosk (Kiosk *kiosk)
{
  int width = kiosk->width > 0 ? kiosk->width : 1366;
  int height = kiosk->height > 0 ? kiosk->height : 768;

  kiosk->window = GTK_WIDGET (acc_kiosk_window_new (NULL, kiosk->store_dir, NULL));
  gtk_window_set_decorated (GTK_WINDOW (kiosk->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (kiosk->window), width, height);
  acc_kiosk_window_set_room (ACC_KIOSK_WINDOW (kiosk->window), width, height);
  gtk_window_present (GTK_WINDOW (kiosk->window));
  test_wait (is_decided, kiosk->window);
  test_settle (kiosk->window);
}

/* What a test does comes as no touch and no key: on a busy machine it is not to be taken for a client who has left. */
static void
be_patient (const char *store_dir)
{
  g_autofree char *path = g_build_filename (store_dir, "accolade.conf", NULL);

  g_assert_true (g_file_set_contents (path, "[kiosk]\nidle=600\n", -1, NULL));
}

void
kiosk_init (Kiosk *kiosk)
{
  *kiosk = (Kiosk){ 0 };
  kiosk->store_dir = make_branch ();
  write_branch_key (kiosk->store_dir);
  be_patient (kiosk->store_dir);
  open_kiosk (kiosk);
  g_assert_nonnull (acc_kiosk_window_get_page (ACC_KIOSK_WINDOW (kiosk->window)));
}

void
kiosk_clear (Kiosk *kiosk)
{
  gtk_window_destroy (GTK_WINDOW (kiosk->window));
  acc_worker_end_all ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_folder_free (kiosk->store_dir);
}

AccLetterPage *
letter_of (Kiosk *kiosk)
{
  return acc_kiosk_window_get_page (ACC_KIOSK_WINDOW (kiosk->window));
}

AccStep
step_of (Kiosk *kiosk)
{
  return acc_letter_page_get_step (letter_of (kiosk));
}

AccForm *
form_of (Kiosk *kiosk)
{
  return acc_letter_page_get_form (letter_of (kiosk));
}

GtkWidget *
page_of (Kiosk *kiosk)
{
  return gtk_stack_get_visible_child (GTK_STACK (test_find (kiosk->window, "pages")));
}

AccAnswer *
answer_of (Kiosk *kiosk, const char *id)
{
  return ACC_ANSWER (test_find (page_of (kiosk), id));
}

const char *
question_of (Kiosk *kiosk)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (test_find (page_of (kiosk), "questions")));
}

void
assert_fits (Kiosk *kiosk)
{
  GtkScrolledWindow *scroller;
  GtkAdjustment *down;

  test_settle (kiosk->window);
  scroller = GTK_SCROLLED_WINDOW (test_find (kiosk->window, "page_scroller"));
  down = gtk_scrolled_window_get_vadjustment (scroller);
  g_assert_cmpint (gtk_widget_get_width (kiosk->window), ==, kiosk->width);
  g_assert_cmpint (gtk_widget_get_height (kiosk->window), ==, kiosk->height);
  g_assert_cmpfloat (gtk_adjustment_get_upper (down), <=, gtk_adjustment_get_page_size (down));
}

void
act (Kiosk *kiosk, const char *action)
{
  GtkWidget *page = letter_of (kiosk) != NULL ? GTK_WIDGET (letter_of (kiosk)) : kiosk->window;

  g_assert_true (gtk_widget_activate_action (page, action, NULL));
  if (kiosk->must_fit)
    assert_fits (kiosk);
}

void
answer (Kiosk *kiosk, const char *id, const char *text)
{
  acc_answer_set_text (answer_of (kiosk, id), text);
}

void
answer_and_go_on (Kiosk *kiosk, const char *id, const char *text)
{
  g_assert_cmpstr (question_of (kiosk), ==, id);
  answer (kiosk, id, text);
  act (kiosk, "letter.next");
}

void
tick (Kiosk *kiosk, const char *id)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_find (page_of (kiosk), id)), TRUE);
}

void
say_who (Kiosk *kiosk)
{
  act (kiosk, "letter.next");
  g_assert_cmpint (step_of (kiosk), ==, ACC_STEP_WHO);
  answer_and_go_on (kiosk, "name", "Wilhelmina Quist");
  answer_and_go_on (kiosk, "called", "Wilhelmina");
  answer_and_go_on (kiosk, "department", "Fraud Operations");
  tick (kiosk, "branch");
  act (kiosk, "letter.next");
}

void
tell_story (Kiosk *kiosk)
{
  g_assert_cmpint (step_of (kiosk), ==, ACC_STEP_STORY);
  answer_and_go_on (kiosk, "need", "My mother's card was blocked on a Friday afternoon.");
  answer_and_go_on (kiosk, "act", "She went through all of our statements line by line.");
  answer_and_go_on (kiosk, "difference", "The card worked the same evening.");
}

void
thank_banker (Kiosk *kiosk)
{
  g_assert_cmpint (step_of (kiosk), ==, ACC_STEP_BANKER);
  tick (kiosk, "yes");
  act (kiosk, "letter.next");
  answer_and_go_on (kiosk, "name", "Daniel Reyes");
  answer_and_go_on (kiosk, "words", "Thank you for staying late with us.");
}

void
sign_by_typing (Kiosk *kiosk)
{
  GtkWidget *type_instead;

  g_assert_cmpint (step_of (kiosk), ==, ACC_STEP_SIGN);
  answer_and_go_on (kiosk, "name", "Maria López");
  type_instead = test_find (page_of (kiosk), "type_instead");
  g_signal_emit_by_name (type_instead, "clicked");
  answer (kiosk, "typed", "Maria López");
  act (kiosk, "letter.next");
  g_assert_cmpstr (question_of (kiosk), ==, "asked");
  act (kiosk, "letter.next");
  g_assert_cmpstr (question_of (kiosk), ==, "consent");
  tick (kiosk, "file");
}

gboolean
can_send (gpointer window)
{
  AccLetterPage *letter = acc_kiosk_window_get_page (window);

  return acc_letter_page_get_step (letter) == ACC_STEP_READ && gtk_widget_is_sensitive (test_find (window, "next"));
}

void
write_letter (Kiosk *kiosk)
{
  say_who (kiosk);
  tell_story (kiosk);
  thank_banker (kiosk);
  sign_by_typing (kiosk);
  act (kiosk, "letter.next");
  test_wait (can_send, kiosk->window);
}

gboolean
is_sent (gpointer window)
{
  return acc_letter_page_get_step (acc_kiosk_window_get_page (window)) == ACC_STEP_SENT;
}

void
assert_nothing_left (Kiosk *kiosk)
{
  static const char *const canaries[]
    = { "Quist", "Wilhelmina", "mother", "statements", "the same evening", "Daniel", "staying late", "López" };

  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    if (test_shows_text (kiosk->window, canaries[i]))
      g_error ("“%s” is still in the window", canaries[i]);
}

/* The letters in the inbox: their numbers. */
GPtrArray *
list_inbox (Kiosk *kiosk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (kiosk->store_dir, ACC_STORE_READ, &error);
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  gint64 sequence = 0;

  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr (AccInboxLetter) letter = acc_inbox_next (inbox, sequence, &error);

      g_assert_no_error (error);
      if (letter == NULL)
        return numbers;
      sequence = letter->sequence;
      g_ptr_array_add (numbers, g_strdup (letter->sealed->number));
    }
}

void
assert_one_letter (Kiosk *kiosk)
{
  g_autoptr (GPtrArray) numbers = list_inbox (kiosk);
  g_autofree char *short_number = NULL;

  g_assert_cmpuint (numbers->len, ==, 1);
  short_number = acc_number_short (g_ptr_array_index (numbers, 0));
  g_assert_true (test_shows_text (page_of (kiosk), short_number));
}
