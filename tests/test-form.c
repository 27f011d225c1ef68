/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers so far: what is missing, what is asked, and the letter that they become. */
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "letter/form.h"
#include "letter/prompts.h"
#include "support.h"

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_sized_new (strlen (text) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static AccForm *
take (AccForm *next, AccForm **form)
{
  g_set_object (form, next);
  g_object_unref (next);
  return *form;
}

static void
write_text (AccForm **form, AccField field, const char *text)
{
  take (acc_form_with_text (*form, field, 0, text), form);
}

static AccForm *
new_filled_form (void)
{
  AccForm *form = acc_form_new ("en", ACC_PAPER_A4);
  g_autoptr (AccSignature) signature = acc_signature_new_typed ("Maria López");

  write_text (&form, ACC_FIELD_TO_NAME, "Jessica Okafor");
  write_text (&form, ACC_FIELD_TO_DEPARTMENT, "Fraud Operations");
  write_text (&form, ACC_FIELD_STORY_ACT, "She rang back.");
  write_text (&form, ACC_FIELD_FROM_NAME, "Maria López");
  take (acc_form_with_signature (form, 0, signature), &form);
  return form;
}

static void
a_setter_gives_a_new_form_and_leaves_the_old_one (void)
{
  g_autoptr (AccForm) old = new_filled_form ();
  g_autoptr (AccSignature) drawn = acc_signature_new_witnessed ("Daniel Reyes");
  g_autoptr (AccForm) text = acc_form_with_text (old, ACC_FIELD_TO_NAME, 0, "Tomasz");
  g_autoptr (AccForm) reached = acc_form_with_reached (old, 0, ACC_REACHED_ONLINE);
  g_autoptr (AccForm) first_name = acc_form_with_first_name_only (old, TRUE);
  g_autoptr (AccForm) piece = acc_form_with_one_piece (old, TRUE);
  g_autoptr (AccForm) thanks = acc_form_with_thanks_banker (old, TRUE);
  g_autoptr (AccForm) signature = acc_form_with_signature (old, 0, drawn);
  g_autoptr (AccForm) unsigned_form = acc_form_with_signature (old, 0, NULL);
  g_autoptr (AccForm) file = acc_form_with_consent (old, ACC_FIELD_CONSENT_FILE, TRUE);
  g_autoptr (AccForm) share = acc_form_with_consent (old, ACC_FIELD_CONSENT_SHARE, TRUE);
  const AccLetterFields *fields = acc_form_get_fields (old);

  g_assert_cmpstr (acc_form_get_text (old, ACC_FIELD_TO_NAME, 0), ==, "Jessica Okafor");
  g_assert_cmpstr (acc_form_get_text (text, ACC_FIELD_TO_NAME, 0), ==, "Tomasz");
  g_assert_cmpint (fields->to[0].reached, ==, ACC_REACHED_PHONE);
  g_assert_cmpint (acc_form_get_fields (reached)->to[0].reached, ==, ACC_REACHED_ONLINE);
  g_assert_false (acc_form_is_first_name_only (old));
  g_assert_true (acc_form_is_first_name_only (first_name));
  g_assert_false (acc_form_is_one_piece (old));
  g_assert_true (acc_form_is_one_piece (piece));
  g_assert_false (fields->thanks_banker);
  g_assert_true (acc_form_get_fields (thanks)->thanks_banker);
  g_assert_cmpint (acc_signature_get_kind (fields->from[0].signature), ==, ACC_SIGNATURE_TYPED);
  g_assert_cmpint (acc_signature_get_kind (acc_form_get_fields (signature)->from[0].signature), ==,
                   ACC_SIGNATURE_WITNESSED);
  g_assert_null (acc_form_get_fields (unsigned_form)->from[0].signature);
  g_assert_false (fields->consent_file || fields->consent_share);
  g_assert_true (acc_form_get_fields (file)->consent_file);
  g_assert_true (acc_form_get_fields (share)->consent_share);
}

/* What each step lacks in an empty form, in the order of the page. */
static const struct {
  AccStep step;
  AccField missing[4]; /* ACC_FIELD_NONE at the end */
} empty_steps[] = {
  { ACC_STEP_WELCOME, { ACC_FIELD_NONE } },
  { ACC_STEP_WHO, { ACC_FIELD_TO_NAME, ACC_FIELD_TO_DEPARTMENT } },
  { ACC_STEP_STORY, { ACC_FIELD_STORY_NEED } },
  { ACC_STEP_BANKER, { ACC_FIELD_NONE } },
  { ACC_STEP_SIGN, { ACC_FIELD_FROM_NAME, ACC_FIELD_FROM_SIGNATURE } },
  { ACC_STEP_READ, { ACC_FIELD_NONE } },
  { ACC_STEP_SENT, { ACC_FIELD_NONE } },
};

static void
assert_message_is_kind (const char *message)
{
  g_assert_true (g_str_has_suffix (message, "."));
  g_assert_null (strchr (message, '!'));
  g_assert_null (strchr (message, '\n'));
  g_assert_true (g_unichar_isupper (g_utf8_get_char (message)));
}

static void
each_step_of_an_empty_form_says_what_it_lacks (void)
{
  g_autoptr (AccForm) form = acc_form_new ("en", ACC_PAPER_LETTER);

  g_assert_cmpuint (G_N_ELEMENTS (empty_steps), ==, ACC_STEP_N);
  for (guint i = 0; i < G_N_ELEMENTS (empty_steps); i++)
    {
      g_autoptr (GPtrArray) list = acc_form_list_missing (form, empty_steps[i].step);
      guint n = 0;

      for (; empty_steps[i].missing[n] != ACC_FIELD_NONE; n++)
        {
          const AccMissing *missing = g_ptr_array_index (list, n);

          g_assert_cmpint (missing->field, ==, empty_steps[i].missing[n]);
          assert_message_is_kind (missing->message);
        }
      g_assert_cmpuint (list->len, ==, n);
    }
}

static void
a_filled_form_lacks_nothing_and_becomes_its_letter (void)
{
  g_autoptr (AccForm) form = new_filled_form ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = acc_form_dup_letter (form, &error);
  g_autoptr (AccLetter) sketch = acc_form_dup_sketch (form, ACC_FIELD_NONE);

  g_assert_no_error (error);
  for (guint step = 0; step < ACC_STEP_N; step++)
    {
      g_autoptr (GPtrArray) list = acc_form_list_missing (form, (AccStep) step);

      g_assert_cmpuint (list->len, ==, 0);
    }
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0), ==, "She rang back.");
  g_assert_cmpint (acc_letter_get_fields (letter)->paper, ==, ACC_PAPER_A4);
  g_assert_true (acc_letter_is_sketch (sketch));
}

static void
assert_lacks (AccForm *form, AccStep step, AccField field, guint index, const char *words)
{
  g_autoptr (GPtrArray) list = acc_form_list_missing (form, step);
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (GError) error = NULL;
  const AccMissing *missing;

  g_assert_cmpuint (list->len, ==, 1);
  missing = g_ptr_array_index (list, 0);
  g_assert_cmpint (missing->field, ==, field);
  g_assert_cmpuint (missing->index, ==, index);
  g_assert_nonnull (strstr (missing->message, words));
  assert_message_is_kind (missing->message);
  letter = acc_form_dup_letter (form, &error);
  g_assert_null (letter);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, missing->message);
}

static const struct {
  AccStep step;
  AccField field;
  const char *text;
  const char *words; /* of the message */
} bad_answers[] = {
  { ACC_STEP_WHO, ACC_FIELD_TO_NAME, "", "I only know the first name" },
  { ACC_STEP_WHO, ACC_FIELD_TO_NAME, " \u3164", "I only know the first name" },
  { ACC_STEP_WHO, ACC_FIELD_TO_NAME, "4111 1111 1111 1111", "a card number" },
  { ACC_STEP_WHO, ACC_FIELD_TO_CALLED, "AB123456C", "national insurance" },
  { ACC_STEP_WHO, ACC_FIELD_TO_DEPARTMENT, "\u00a0", "department" },
  { ACC_STEP_WHO, ACC_FIELD_TO_DEPARTMENT, "GB82WEST12345698765432", "IBAN" },
  { ACC_STEP_WHO, ACC_FIELD_SERVED_ON, "2199-01-01", "today or earlier" },
  { ACC_STEP_WHO, ACC_FIELD_SERVED_ON, "yesterday", "today or earlier" },
  { ACC_STEP_STORY, ACC_FIELD_STORY_NEED, "My card 4111 1111 1111 1111", "a card number" },
  { ACC_STEP_STORY, ACC_FIELD_STORY_ACT, "He read GB82WEST12345698765432", "IBAN" },
  { ACC_STEP_STORY, ACC_FIELD_STORY_DIFFERENCE, "078-05-1120", "social security" },
  { ACC_STEP_STORY, ACC_FIELD_APART, "078-05-1120", "social security" },
  { ACC_STEP_SIGN, ACC_FIELD_FROM_NAME, "  ", "Write your name" },
  { ACC_STEP_SIGN, ACC_FIELD_FROM_NAME, "Ana 4111111111111111", "a card number" },
  { ACC_STEP_SIGN, ACC_FIELD_CONSENT_CONTACT, "GB82WEST12345698765432", "IBAN" },
};

static void
one_bad_answer_is_told_beside_its_field (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_answers); i++)
    {
      g_autoptr (AccForm) form = new_filled_form ();

      g_test_message ("%s", bad_answers[i].text);
      write_text (&form, bad_answers[i].field, bad_answers[i].text);
      assert_lacks (form, bad_answers[i].step, bad_answers[i].field, 0, bad_answers[i].words);
    }
}

static void
three_blank_answers_are_told_beside_the_first (void)
{
  g_autoptr (AccForm) form = new_filled_form ();

  write_text (&form, ACC_FIELD_STORY_ACT, " \n ");
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_NEED, 0, "at least one of the three");
}

static void
a_signature_must_be_there_and_say_something (void)
{
  g_autoptr (AccForm) form = new_filled_form ();
  g_autoptr (AccSignature) blank = acc_signature_new_typed (" ");
  g_autoptr (AccSignature) card = acc_signature_new_typed ("4111111111111111");

  take (acc_form_with_signature (form, 0, NULL), &form);
  assert_lacks (form, ACC_STEP_SIGN, ACC_FIELD_FROM_SIGNATURE, 0, "Sign with your finger");
  take (acc_form_with_signature (form, 0, blank), &form);
  assert_lacks (form, ACC_STEP_SIGN, ACC_FIELD_FROM_SIGNATURE, 0, "Type your name");
  take (acc_form_with_signature (form, 0, card), &form);
  assert_lacks (form, ACC_STEP_SIGN, ACC_FIELD_FROM_SIGNATURE, 0, "a card number");
}

static void
what_looks_like_a_number_may_be_something_else (void)
{
  g_autoptr (AccForm) form = new_filled_form ();
  g_autoptr (GPtrArray) missing = NULL;

  write_text (&form, ACC_FIELD_STORY_NEED, "Account 12345678 and PIN 4321");
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_NEED, 0, "an account number: “12345678”");
  take (acc_form_with_innocent (form, "12345678"), &form);
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_NEED, 0, "security code: “4321”");
  take (acc_form_with_innocent (form, "4321"), &form);
  missing = acc_form_list_missing (form, ACC_STEP_STORY);
  g_assert_cmpuint (missing->len, ==, 0);
  write_text (&form, ACC_FIELD_STORY_NEED, "My card 4111 1111 1111 1111");
  take (acc_form_with_innocent (form, "4111 1111 1111 1111"), &form);
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_NEED, 0, "a card number");
}

static void
thanks_for_the_banker_need_a_name_only_where_they_are_wanted (void)
{
  g_autoptr (AccForm) form = new_filled_form ();
  g_autoptr (AccLetter) letter = NULL;

  write_text (&form, ACC_FIELD_BANKER_WORDS, "4111111111111111");
  letter = acc_form_dup_letter (form, NULL);
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_BANKER_WORDS, 0), ==, "");
  take (acc_form_with_thanks_banker (form, TRUE), &form);
  write_text (&form, ACC_FIELD_BANKER_WORDS, "He waited with me.");
  assert_lacks (form, ACC_STEP_BANKER, ACC_FIELD_BANKER_NAME, 0, "banker’s name");
}

static void
a_second_person_is_asked_for_as_the_first (void)
{
  g_autoptr (AccForm) form = new_filled_form ();

  take (acc_form_with_text (form, ACC_FIELD_TO_NAME, 1, "Tomasz Wójcik"), &form);
  g_assert_cmpuint (acc_form_get_fields (form)->n_to, ==, 2);
  assert_lacks (form, ACC_STEP_WHO, ACC_FIELD_TO_DEPARTMENT, 1, "department");
}

static void
told_in_one_piece_the_parts_are_joined_and_stay_so (void)
{
  g_autoptr (AccForm) form = new_filled_form ();

  write_text (&form, ACC_FIELD_STORY_NEED, "I was locked out.");
  write_text (&form, ACC_FIELD_STORY_DIFFERENCE, " ");
  take (acc_form_with_one_piece (form, TRUE), &form);
  g_assert_cmpstr (acc_form_get_text (form, ACC_FIELD_STORY_ACT, 0), ==, "I was locked out.\n\nShe rang back.");
  g_assert_cmpstr (acc_form_get_text (form, ACC_FIELD_STORY_NEED, 0), ==, "");
  g_assert_cmpstr (acc_form_get_text (form, ACC_FIELD_STORY_DIFFERENCE, 0), ==, "");
  take (acc_form_with_one_piece (form, FALSE), &form);
  g_assert_cmpstr (acc_form_get_text (form, ACC_FIELD_STORY_ACT, 0), ==, "I was locked out.\n\nShe rang back.");
  take (acc_form_with_one_piece (form, TRUE), &form);
  write_text (&form, ACC_FIELD_STORY_ACT, "");
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_ACT, 0, "what happened");
}

static void
three_long_answers_are_too_long_together (void)
{
  g_autofree char *half = repeat ("x", 3000);
  g_autofree char *lines = repeat ("x\n", 41);
  g_autoptr (AccForm) form = new_filled_form ();

  write_text (&form, ACC_FIELD_STORY_NEED, half);
  write_text (&form, ACC_FIELD_STORY_DIFFERENCE, half);
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_ACT, 0, "6,000 characters");
  write_text (&form, ACC_FIELD_STORY_NEED, lines);
  write_text (&form, ACC_FIELD_STORY_DIFFERENCE, lines);
  assert_lacks (form, ACC_STEP_STORY, ACC_FIELD_STORY_ACT, 0, "80 lines");
}

static void
a_megabyte_pasted_into_any_answer_is_cut_without_a_stall (void)
{
  static const AccField answers[] = { ACC_FIELD_TO_NAME, ACC_FIELD_STORY_ACT, ACC_FIELD_BANKER_WORDS,
                                      ACC_FIELD_FROM_NAME };
  static const char *const pieces[] = { "word ", "\n", "x", "a\u0300\u0300\u0300", "م" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
      {
        g_autofree char *pasted = repeat (pieces[j], (guint) (1000000 / strlen (pieces[j])));
        g_autoptr (AccForm) form = new_filled_form ();
        g_autoptr (AccLetter) sketch = NULL;
        gint64 start = test_cpu_time ();
        gboolean line = answers[i] == ACC_FIELD_TO_NAME || answers[i] == ACC_FIELD_FROM_NAME;
        glong most = line ? ACC_NAME_MAX : ACC_STORY_MAX;

        write_text (&form, answers[i], pasted);
        sketch = acc_form_dup_sketch (form, answers[i]);
        g_assert_cmpint (g_utf8_strlen (acc_letter_get_text (sketch, answers[i], 0), -1), <=, most);
        g_assert_cmpint (test_cpu_time () - start, <, 2 * G_USEC_PER_SEC);
      }
}

/* ---- prompts ---- */

static void
every_step_has_a_name (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint step = 0; step < ACC_STEP_N; step++)
    {
      const char *name = acc_prompts_step_name ((AccStep) step);

      g_assert_cmpstr (name, !=, "");
      g_assert_true (g_hash_table_add (names, (gpointer) name));
    }
}

static const struct {
  AccField field;
  const char *early, *known;
} questions[] = {
  { ACC_FIELD_TO_NAME, "Who helped you?", "Who helped you?" },
  { ACC_FIELD_TO_CALLED, "What should we call them?", "What should we call them?" },
  { ACC_FIELD_TO_DEPARTMENT, "Which department do they work in?", "Which department does Jessica work in?" },
  { ACC_FIELD_TO_REACHED, "How did you reach them?", "How did you reach Jessica?" },
  { ACC_FIELD_STORY_NEED, "What were you trying to do?", "What were you trying to do?" },
  { ACC_FIELD_STORY_ACT, "What did they do?", "What did Jessica do?" },
  { ACC_FIELD_STORY_DIFFERENCE, "What could you do afterwards?", "What could you do afterwards?" },
  { ACC_FIELD_BANKER_WORDS, "What would you like to say to your banker?", "What would you like to say to Daniel?" },
};

static void
questions_use_the_name_as_soon_as_it_is_known (void)
{
  g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_LETTER);
  g_autoptr (AccForm) known = new_filled_form ();

  write_text (&known, ACC_FIELD_TO_CALLED, " Jessica ");
  write_text (&known, ACC_FIELD_BANKER_NAME, "Daniel");
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *early = acc_prompts_question (empty, questions[i].field, 0);
      g_autofree char *late = acc_prompts_question (known, questions[i].field, 0);

      g_assert_cmpstr (early, ==, questions[i].early);
      g_assert_cmpstr (late, ==, questions[i].known);
    }
}

static void
the_name_is_used_as_written_and_never_guessed_from (void)
{
  g_autoptr (AccForm) form = new_filled_form ();
  g_autofree char *whole = acc_prompts_question (form, ACC_FIELD_STORY_ACT, 0);
  g_autofree char *literal = NULL;
  g_autofree char *both = NULL;

  g_assert_cmpstr (whole, ==, "What did Jessica Okafor do?");
  write_text (&form, ACC_FIELD_TO_NAME, "{name} %s");
  literal = acc_prompts_question (form, ACC_FIELD_STORY_ACT, 0);
  g_assert_cmpstr (literal, ==, "What did {name} %s do?");
  write_text (&form, ACC_FIELD_TO_NAME, "Jessica");
  take (acc_form_with_text (form, ACC_FIELD_TO_NAME, 1, "Tomasz"), &form);
  take (acc_form_with_text (form, ACC_FIELD_TO_NAME, 2, "Ada"), &form);
  both = acc_prompts_question (form, ACC_FIELD_STORY_ACT, 0);
  g_assert_cmpstr (both, ==, "What did Jessica, Tomasz and Ada do?");
}

static void
the_way_of_telling_changes_the_question (void)
{
  g_autoptr (AccForm) form = new_filled_form ();
  g_autofree char *happened = NULL;
  g_autofree char *first = NULL;

  take (acc_form_with_one_piece (form, TRUE), &form);
  happened = acc_prompts_question (form, ACC_FIELD_STORY_ACT, 0);
  g_assert_cmpstr (happened, ==, "What happened?");
  take (acc_form_with_first_name_only (form, TRUE), &form);
  first = acc_prompts_question (form, ACC_FIELD_TO_NAME, 0);
  g_assert_cmpstr (first, ==, "What is their first name?");
}

static void
every_answer_has_a_question_without_shouting (void)
{
  g_autoptr (AccForm) form = acc_form_new ("en", ACC_PAPER_LETTER);

  for (guint field = ACC_FIELD_NONE + 1; field < ACC_FIELD_N; field++)
    {
      g_autofree char *question = acc_prompts_question (form, (AccField) field, 0);
      g_autofree char *hint = acc_prompts_hint (form, (AccField) field, 0);

      g_assert_cmpstr (question, !=, "");
      g_assert_null (strpbrk (question, "!{%"));
      g_assert_null (strpbrk (hint, "!{%"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/immutable", a_setter_gives_a_new_form_and_leaves_the_old_one);
  g_test_add_func ("/form/empty-steps", each_step_of_an_empty_form_says_what_it_lacks);
  g_test_add_func ("/form/filled", a_filled_form_lacks_nothing_and_becomes_its_letter);
  g_test_add_func ("/form/bad-answers", one_bad_answer_is_told_beside_its_field);
  g_test_add_func ("/form/blank-story", three_blank_answers_are_told_beside_the_first);
  g_test_add_func ("/form/signature", a_signature_must_be_there_and_say_something);
  g_test_add_func ("/form/missing/something-else", what_looks_like_a_number_may_be_something_else);
  g_test_add_func ("/form/banker", thanks_for_the_banker_need_a_name_only_where_they_are_wanted);
  g_test_add_func ("/form/second-person", a_second_person_is_asked_for_as_the_first);
  g_test_add_func ("/form/one-piece", told_in_one_piece_the_parts_are_joined_and_stay_so);
  g_test_add_func ("/form/too-long-together", three_long_answers_are_too_long_together);
  g_test_add_func ("/form/a-megabyte-pasted", a_megabyte_pasted_into_any_answer_is_cut_without_a_stall);
  g_test_add_func ("/form/prompts/steps", every_step_has_a_name);
  g_test_add_func ("/form/prompts/name", questions_use_the_name_as_soon_as_it_is_known);
  g_test_add_func ("/form/prompts/name-as-written", the_name_is_used_as_written_and_never_guessed_from);
  g_test_add_func ("/form/prompts/way-of-telling", the_way_of_telling_changes_the_question);
  g_test_add_func ("/form/prompts/every-answer", every_answer_has_a_question_without_shouting);
  return g_test_run ();
}
