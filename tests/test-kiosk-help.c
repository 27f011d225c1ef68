/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's help that does not lead, as a client meets it. */
#include "inbox/submit.h"
#include "kiosk/kiosk-app.h"
#include "kit/ask.h"
#include "kiosk-support.h"
#include "support.h"
#include "window-support.h"

static void
test_an_example_is_looked_at_and_never_inserted (void)
{
  GtkWidget *button;
  AccAsk *ask;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  button = test_find (page_of (&kiosk), "see_example");
  g_signal_emit_by_name (button, "clicked");
  test_settle (kiosk.window);
  ask = ACC_ASK (test_find (kiosk.window, "ask"));
  g_assert_true (acc_ask_is_open (ask));
  g_assert_true (test_shows_text (kiosk.window, "Amina went through my last payments"));
  for (GtkWidget *label = gtk_widget_get_first_child (test_find (kiosk.window, "example_text")); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    g_assert_false (gtk_label_get_selectable (GTK_LABEL (label)));

  acc_ask_answer (ask, FALSE);
  g_assert_false (acc_form_is_one_piece (form_of (&kiosk)));
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_STORY_NEED, 0), ==, "");
  g_assert_false (test_shows_text (kiosk.window, "Amina"));
  kiosk_clear (&kiosk);
}

#define COMPLAINT "The first man was rude to me."

static void
tell_with_complaint (Kiosk *kiosk)
{
  say_who (kiosk);
  answer_and_go_on (kiosk, "need", "My card was lost. " COMPLAINT);
  answer_and_go_on (kiosk, "act", "She went through all of our statements line by line.");
  answer_and_go_on (kiosk, "difference", "The card worked the same evening.");
}

static void
test_a_complaint_can_be_kept_apart (void)
{
  GtkWidget *button;
  AccLetter *letter;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  tell_with_complaint (&kiosk);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_STORY);
  g_assert_cmpstr (question_of (&kiosk), ==, "apart");
  g_assert_true (test_shows_text (page_of (&kiosk), "You wrote: “" COMPLAINT "”"));
  button = test_find (page_of (&kiosk), "keep_apart");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (kiosk.window))
                 == button); /* in no field: no keyboard lies over it */
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_APART, 0), ==, COMPLAINT);
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_STORY_NEED, 0), ==, "My card was lost. ");
  g_assert_false (gtk_widget_get_mapped (button));

  answer (&kiosk, "apart", COMPLAINT " Twice.");
  act (&kiosk, "letter.next");
  thank_banker (&kiosk);
  sign_by_typing (&kiosk);
  act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  letter = acc_ready_letter_get_letter (acc_letter_page_get_ready (letter_of (&kiosk)));
  g_assert_cmpstr (acc_letter_get_fields (letter)->apart, ==, COMPLAINT " Twice.");
  g_assert_cmpstr (acc_letter_get_fields (letter)->need, ==, "My card was lost.");
  kiosk_clear (&kiosk);
}

/* It is offered, not asked for. */
static void
test_who_passes_it_sends_the_letter_as_it_is (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  tell_with_complaint (&kiosk);
  act (&kiosk, "letter.next");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_BANKER);
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_STORY_NEED, 0), ==, "My card was lost. " COMPLAINT);
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_APART, 0), ==, "");
  act (&kiosk, "letter.back");
  g_assert_cmpstr (question_of (&kiosk), ==, "apart");
  kiosk_clear (&kiosk);
}

static void
test_every_new_question_fits_every_screen (void)
{
  static const struct {
    int width, height;
  } screens[] = { { 1920, 1080 }, { 1366, 768 }, { 1080, 1920 } };

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Kiosk kiosk = { .width = screens[i].width, .height = screens[i].height };

      kiosk.store_dir = make_branch ();
      write_branch_key (kiosk.store_dir);
      open_kiosk (&kiosk);
      tell_with_complaint (&kiosk);
      kiosk.must_fit = TRUE;
      assert_fits (&kiosk);
      act (&kiosk, "letter.next");
      thank_banker (&kiosk);
      sign_by_typing (&kiosk);
      act (&kiosk, "letter.next");
      test_wait (can_send, kiosk.window);
      kiosk_clear (&kiosk);
    }
}

static const struct {
  const char *choice;
  AccAsked asked;
} asked_rows[] = {
  { "asked_yes", ACC_ASKED_YES },
  { "asked_no", ACC_ASKED_NO },
  { "asked_unsaid", ACC_ASKED_UNSAID },
};

/* Nothing is chosen beforehand but to say nothing. */
static void
test_whether_the_bank_asked_is_asked_once (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (asked_rows); i++)
    {
      AccLetter *letter;
      Kiosk kiosk;

      kiosk_init (&kiosk);
      write_letter (&kiosk);
      g_assert_cmpint (acc_form_get_fields (form_of (&kiosk))->asked_by_staff, ==, ACC_ASKED_UNSAID);
      act (&kiosk, "letter.back");
      act (&kiosk, "letter.back");
      g_assert_cmpstr (question_of (&kiosk), ==, "asked");
      tick (&kiosk, asked_rows[i].choice);
      act (&kiosk, "letter.next");
      act (&kiosk, "letter.next");
      test_wait (can_send, kiosk.window);
      letter = acc_ready_letter_get_letter (acc_letter_page_get_ready (letter_of (&kiosk)));
      g_assert_cmpint (acc_letter_get_fields (letter)->asked_by_staff, ==, asked_rows[i].asked);
      kiosk_clear (&kiosk);
    }
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-help/an-example-is-looked-at", test_an_example_is_looked_at_and_never_inserted);
  g_test_add_func ("/kiosk-help/whether-the-bank-asked", test_whether_the_bank_asked_is_asked_once);
  g_test_add_func ("/kiosk-help/a-complaint-can-be-kept-apart", test_a_complaint_can_be_kept_apart);
  g_test_add_func ("/kiosk-help/who-passes-it-sends-it-as-it-is", test_who_passes_it_sends_the_letter_as_it_is);
  g_test_add_func ("/kiosk-help/every-new-question-fits", test_every_new_question_fits_every_screen);
  return g_test_run ();
}
