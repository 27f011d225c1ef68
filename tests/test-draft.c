/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter in the making, for the moments after a crash: its bytes, and whose it is. */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "letter/draft.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define CARD "4111 1111 1111 1111"
#define IBAN "GB82 WEST 1234 5698 7654 32"

/* ---- the bytes ---- */

/* Every text has something of its own. */
static AccForm *
new_form (void)
{
  g_auto (AccLetterFields) fields;
  char **const texts[] = {
    &fields.to[0].name, &fields.to[0].called, &fields.to[0].department, &fields.to[1].name, &fields.to[1].department,
    &fields.need, &fields.act, &fields.difference, &fields.banker_name, &fields.banker_words, &fields.from[0].name,
    &fields.consent_contact, &fields.apart,
  };

  acc_letter_fields_init (&fields);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i]);
      *texts[i] = g_strdup_printf ("Wörd %u “said” \\ </b>", i);
    }
  fields.n_to = 2;
  fields.to[1].reached = ACC_REACHED_ONLINE;
  fields.thanks_banker = TRUE;
  fields.consent_share = TRUE;
  fields.asked_by_staff = ACC_ASKED_NO;
  fields.paper = ACC_PAPER_A4;
  fields.from[0].signature = acc_signature_new_typed ("Sign Canary");
  return acc_form_new_from_answers (&fields, TRUE, TRUE);
}

static AccForm *
read_draft (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AccForm *form = acc_draft_from_bytes (bytes, &error);

  g_assert_no_error (error);
  return form;
}

static gboolean
holds (GBytes *bytes, const char *words)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strstr_len (data, (gssize) size, words) != NULL;
}

static void
every_answer_comes_back_but_the_signature (void)
{
  g_autoptr (AccForm) form = new_form ();
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autoptr (AccForm) back = read_draft (bytes);
  g_autoptr (GBytes) again = acc_draft_to_bytes (back);
  const AccLetterFields *fields = acc_form_get_fields (back);

  g_assert_true (g_bytes_equal (bytes, again));
  for (AccField field = ACC_FIELD_NONE; field < ACC_FIELD_N; field++)
    for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
      g_assert_cmpstr (acc_form_get_text (back, field, i), ==, acc_form_get_text (form, field, i));
  g_assert_cmpuint (fields->n_to, ==, 2);
  g_assert_cmpint (fields->to[1].reached, ==, ACC_REACHED_ONLINE);
  g_assert_true (fields->thanks_banker && fields->consent_share && !fields->consent_file);
  g_assert_cmpint (fields->asked_by_staff, ==, ACC_ASKED_NO);
  g_assert_cmpint (fields->paper, ==, ACC_PAPER_A4);
  g_assert_true (acc_form_is_first_name_only (back) && acc_form_is_one_piece (back));
  g_assert_null (fields->from[0].signature);
  g_assert_false (holds (bytes, "Sign Canary"));
}

static void
an_empty_form_comes_back_empty (void)
{
  g_autoptr (AccForm) form = acc_form_new ("ar", ACC_PAPER_LETTER);
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autoptr (AccForm) back = read_draft (bytes);

  g_assert_cmpstr (acc_form_get_fields (back)->language, ==, "ar");
  g_assert_false (acc_form_get_fields (back)->thanks_banker);
  g_assert_cmpstr (acc_form_get_text (back, ACC_FIELD_TO_NAME, 0), ==, "");
}

static void
numbers_are_masked_wherever_they_stand (void)
{
  static const AccField fields[]
    = { ACC_FIELD_TO_NAME,     ACC_FIELD_TO_CALLED,    ACC_FIELD_TO_DEPARTMENT,     ACC_FIELD_STORY_NEED,
        ACC_FIELD_STORY_ACT,   ACC_FIELD_STORY_DIFFERENCE, ACC_FIELD_BANKER_NAME,   ACC_FIELD_BANKER_WORDS,
        ACC_FIELD_FROM_NAME,   ACC_FIELD_CONSENT_CONTACT, ACC_FIELD_APART };
  static const char *const numbers[][2] = {
    { "My card " CARD " was lost.", "My card •••• •••• •••• •••• was lost." },
    { IBAN, "•••• •••• •••• •••• •••• ••" },
    { "á 078-05-1120, and " CARD, "á •••-••-••••, and •••• •••• •••• ••••" },
    { "On 20 November 2026 at 5 pm", "On 20 November 2026 at 5 pm" },
    { "My PIN 1234, twice in 2026", "My PIN ••••, twice in 2026" },
    { "GB82 WEST 1csc 5698 765/4 64", "GB82 WEST 1csc •••• •••/4 64" },
  };
  g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_LETTER);
  g_autoptr (AccForm) thanks = acc_form_with_thanks_banker (empty, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
      {
        g_autoptr (AccForm) form = acc_form_with_text (thanks, fields[i], 0, numbers[j][0]);
        g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
        g_autoptr (AccForm) back = read_draft (bytes);

        g_assert_cmpstr (acc_form_get_text (back, fields[i], 0), ==, numbers[j][1]);
        g_assert_cmpint (holds (bytes, "1111"), ==, FALSE);
      }
}

static void
a_longest_letter_is_kept_whole (void)
{
  g_autofree char *story = g_strnfill (ACC_STORY_MAX * 4, 'x');
  g_autoptr (AccForm) form = acc_form_new ("en", ACC_PAPER_LETTER);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < ACC_STORY_MAX; i++)
    memcpy (story + i * 4, "\xF0\x9F\x91\xA7", 4);
  for (AccField field = ACC_FIELD_STORY_NEED; field <= ACC_FIELD_STORY_DIFFERENCE; field++)
    {
      g_autoptr (AccForm) next = acc_form_with_text (form, field, 0, story);

      g_set_object (&form, next);
    }
  bytes = acc_draft_to_bytes (form);
  g_assert_nonnull (bytes);
  g_clear_object (&form);
  form = read_draft (bytes);
  g_assert_cmpstr (acc_form_get_text (form, ACC_FIELD_STORY_ACT, 0), ==, story);
}

static void
a_draft_that_was_cut_anywhere_is_refused (void)
{
  g_autoptr (AccForm) form = new_form ();
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);

  for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, size);
      g_autoptr (GError) error = NULL;

      g_assert_null (acc_draft_from_bytes (cut, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

/* What stands in the good draft, and what stands there instead. */
static const struct {
  const char *good, *bad;
} spoiled[] = {
  { "{\"format\":1", "{\"format\":2" },
  { "\"one_piece\":true", "\"one_piece\":1" },
  { "\"one_piece\":true", "\"one_piece\":true,\"one_piece\":true" },
  { ",\"one_piece\":true", "" },
  { "\"one_piece\":true", "\"one_piece\":true,\"more\":1" },
  { "\"from\":[{\"name\"", "\"from\":[{\"signature\":{\"typed\":\"x\"},\"name\"" },
  { "\"language\":\"en\"", "\"language\":\"../../etc/passwd\"" },
  { "\"language\":\"en\"", "\"language\":\"\"" },
  { "\"paper\":\"a4\"", "\"paper\":\"a0\"" },
  { "\"to\":[", "\"to\":[[" },
  { "Wörd 5", "W\\u0000rd 5" },
};

static void
a_spoiled_draft_is_refused (void)
{
  g_autoptr (AccForm) form = new_form ();
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (guint i = 0; i < G_N_ELEMENTS (spoiled); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, spoiled[i].good, 2);
      g_autofree char *bad = g_strjoinv (spoiled[i].bad, parts);
      g_autoptr (GBytes) bad_bytes = g_bytes_new (bad, strlen (bad));
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_null (acc_draft_from_bytes (bad_bytes, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

static void
a_huge_draft_is_refused (void)
{
  g_autofree char *text = g_strnfill (ACC_DRAFT_MAX + 1, ' ');
  g_autoptr (GBytes) bytes = g_bytes_new (text, ACC_DRAFT_MAX + 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_draft_from_bytes (bytes, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
}

static void
a_draft_of_yesterday_becomes_a_letter_of_today (void)
{
  g_autoptr (AccForm) form = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AccForm) back = NULL;

  acc_clock_freeze (DAY * 11574, 0);
  form = new_form ();
  bytes = acc_draft_to_bytes (form);
  acc_clock_freeze (DAY * 11575, 0);
  back = read_draft (bytes);
  acc_clock_freeze (-1, -1);
  g_assert_cmpstr (acc_form_get_fields (back)->date, ==, "2001-09-10");
  g_assert_cmpstr (acc_form_get_fields (back)->served_on, ==, "2001-09-09");
}

/* ---- whose it is ---- */

static void
who_knows_the_name_may_have_it (void)
{
  static const struct {
    const char *written, *typed;
    gboolean same;
  } rows[] = {
    { "Łukasz Ó’Brien", "lukasz  ó’brien ", TRUE },
    { "Jessica", "JESSICA", TRUE },
    { "Jessica Okafor", "Jessica", FALSE },
    { "Jessica", "Jessica Okafor", FALSE },
    { "Ana", "Аna", FALSE }, /* a Cyrillic А */
    { "", "", FALSE },
    { "\xC2\xA0", " ", FALSE },
    { "Ana", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_LETTER);
      g_autoptr (AccForm) form = acc_form_with_text (empty, ACC_FIELD_TO_NAME, 0, rows[i].written);
      g_autoptr (AccForm) two = acc_form_with_text (form, ACC_FIELD_TO_NAME, 1, "Somebody Else");

      g_assert_cmpint (acc_draft_names (two, rows[i].typed), ==, rows[i].same);
      g_assert_true (acc_draft_names (two, "somebody else"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/every-answer", every_answer_comes_back_but_the_signature);
  g_test_add_func ("/draft/empty", an_empty_form_comes_back_empty);
  g_test_add_func ("/draft/masked", numbers_are_masked_wherever_they_stand);
  g_test_add_func ("/draft/longest", a_longest_letter_is_kept_whole);
  g_test_add_func ("/draft/cut-anywhere", a_draft_that_was_cut_anywhere_is_refused);
  g_test_add_func ("/draft/spoiled", a_spoiled_draft_is_refused);
  g_test_add_func ("/draft/huge", a_huge_draft_is_refused);
  g_test_add_func ("/draft/yesterday", a_draft_of_yesterday_becomes_a_letter_of_today);
  g_test_add_func ("/draft/whose", who_knows_the_name_may_have_it);
  return g_test_run ();
}
