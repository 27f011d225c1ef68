/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter to several people, and from several. */
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "window-support.h"

static void
press (Kiosk *kiosk, const char *id)
{
  g_signal_emit_by_name (test_find (page_of (kiosk), id), "clicked");
}

static const AccLetterFields *
fields_of (Kiosk *kiosk)
{
  return acc_form_get_fields (form_of (kiosk));
}

static void
name_another (Kiosk *kiosk, const char *name, const char *department)
{
  press (kiosk, "another");
  g_assert_cmpstr (question_of (kiosk), ==, "name");
  answer_and_go_on (kiosk, "name", name);
  answer_and_go_on (kiosk, "called", "");
  answer_and_go_on (kiosk, "department", department);
  g_assert_cmpstr (question_of (kiosk), ==, "reached");
}

static void
go_to_reached (Kiosk *kiosk)
{
  kiosk_init (kiosk);
  act (kiosk, "letter.next");
  answer_and_go_on (kiosk, "name", "Jessica Okafor");
  answer_and_go_on (kiosk, "called", "Jessica");
  answer_and_go_on (kiosk, "department", "Fraud Operations");
}

static void
test_up_to_four_people_are_thanked (void)
{
  Kiosk kiosk;

  go_to_reached (&kiosk);
  name_another (&kiosk, "Tom Baker", "Cards");
  name_another (&kiosk, "Ada Byron", "Payments");
  g_assert_true (gtk_widget_get_visible (test_find (page_of (&kiosk), "another")));
  name_another (&kiosk, "Alan Moss", "Loans");
  g_assert_false (gtk_widget_get_visible (test_find (page_of (&kiosk), "another")));
  tick (&kiosk, "online");
  act (&kiosk, "letter.next");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_STORY);
  g_assert_cmpuint (fields_of (&kiosk)->n_to, ==, 4);
  g_assert_cmpstr (fields_of (&kiosk)->to[0].name, ==, "Jessica Okafor");
  g_assert_cmpstr (fields_of (&kiosk)->to[2].department, ==, "Payments");
  g_assert_cmpint (fields_of (&kiosk)->to[2].reached, ==, ACC_REACHED_PHONE);
  g_assert_cmpint (fields_of (&kiosk)->to[3].reached, ==, ACC_REACHED_ONLINE);
  kiosk_clear (&kiosk);
}

/* Back and forth, each answer stands where it was given. */
static void
test_back_goes_through_all_of_them (void)
{
  static const char *const names[] = { "Tom Baker", "Jessica Okafor" };
  Kiosk kiosk;

  go_to_reached (&kiosk);
  name_another (&kiosk, "Tom Baker", "Cards");
  act (&kiosk, "letter.next");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_STORY);
  act (&kiosk, "letter.back");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *shown = NULL;

      g_assert_cmpstr (question_of (&kiosk), ==, "reached");
      for (guint j = 0; j < 3; j++)
        act (&kiosk, "letter.back");
      g_assert_cmpstr (question_of (&kiosk), ==, "name");
      shown = acc_answer_dup_text (answer_of (&kiosk, "name"));
      g_assert_cmpstr (shown, ==, names[i]);
      act (&kiosk, "letter.back");
    }
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  kiosk_clear (&kiosk);
}

static void
test_somebody_can_be_left_out_again (void)
{
  Kiosk kiosk;

  go_to_reached (&kiosk);
  name_another (&kiosk, "Tom Baker", "Cards");
  press (&kiosk, "another");
  g_assert_true (test_shows_text (page_of (&kiosk), "Who else helped you?"));
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "name"); /* nobody has no name */
  press (&kiosk, "leave_out");
  g_assert_cmpuint (fields_of (&kiosk)->n_to, ==, 2);
  g_assert_cmpstr (fields_of (&kiosk)->to[1].name, ==, "Tom Baker");
  g_assert_cmpstr (question_of (&kiosk), ==, "name");
  press (&kiosk, "leave_out");
  g_assert_cmpuint (fields_of (&kiosk)->n_to, ==, 1);
  g_assert_cmpstr (fields_of (&kiosk)->to[0].name, ==, "Jessica Okafor");
  g_assert_false (gtk_widget_get_visible (test_find (page_of (&kiosk), "leave_out")));
  kiosk_clear (&kiosk);
}

static void
type_signature (Kiosk *kiosk, const char *text)
{
  press (kiosk, "type_instead");
  answer (kiosk, "typed", text);
}

static void
test_each_author_signs (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  tell_story (&kiosk);
  act (&kiosk, "letter.next");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_SIGN);
  answer_and_go_on (&kiosk, "name", "María López");
  type_signature (&kiosk, "María López");
  press (&kiosk, "another");
  g_assert_cmpstr (question_of (&kiosk), ==, "name");
  answer_and_go_on (&kiosk, "name", "Juan López");
  g_assert_true (test_shows_text (page_of (&kiosk), "Now Juan López signs"));
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "signature"); /* the first one's does not do for the second */
  type_signature (&kiosk, "Juan");
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "asked");
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "consent");
  g_assert_cmpstr (acc_signature_get_text (fields_of (&kiosk)->from[0].signature), ==, "María López");
  g_assert_cmpstr (acc_signature_get_text (fields_of (&kiosk)->from[1].signature), ==, "Juan");
  act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  assert_one_letter (&kiosk);
  kiosk_clear (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-people/up-to-four-people-are-thanked", test_up_to_four_people_are_thanked);
  g_test_add_func ("/kiosk-people/back-goes-through-all-of-them", test_back_goes_through_all_of_them);
  g_test_add_func ("/kiosk-people/somebody-can-be-left-out-again", test_somebody_can_be_left_out_again);
  g_test_add_func ("/kiosk-people/each-author-signs", test_each_author_signs);
  return g_test_run ();
}
