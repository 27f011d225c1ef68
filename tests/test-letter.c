/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter as a value: its fields, rules, number and signatures. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "letter/field.h"
#include "letter/letter.h"
#include "letter/number.h"
#include "letter/signature.h"
#include "support.h"

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_sized_new (strlen (text) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

/* ---- fields, numbers, signatures ---- */

static void
each_field_has_a_path_of_its_own (void)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = acc_field_path (ACC_FIELD_TO_NAME, 1);
  g_autofree char *act = acc_field_path (ACC_FIELD_STORY_ACT, 0);
  g_autofree char *signature = acc_field_path (ACC_FIELD_FROM_SIGNATURE, 3);

  for (guint field = 0; field < ACC_FIELD_N; field++)
    g_assert_true (g_hash_table_add (paths, acc_field_path ((AccField) field, 0)));
  g_assert_cmpstr (name, ==, "to[1].name");
  g_assert_cmpstr (act, ==, "story.act");
  g_assert_cmpstr (signature, ==, "from[3].signature");
}

static void
a_number_is_a_random_uuid_in_one_spelling (void)
{
  static const char *const wrong[] = { "", "1",
                                       "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f3", "3f2b8c1e9d474a608b157c0e5d2a9f34",
                                       "3f2b8c1e-9d47-1a60-8b15-7c0e5d2a9f34", "3f2b8c1e-9d47-4a60-cb15-7c0e5d2a9f34",
                                       "../../etc/passwd", "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f3g" };
  g_autofree char *one = acc_number_new ();
  g_autofree char *other = acc_number_new ();
  g_autofree char *parsed = acc_number_parse (" 3F2B8C1E-9D47-4A60-8B15-7C0E5D2A9F34\n", NULL);
  g_autofree char *again = acc_number_parse (one, NULL);

  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (again, ==, one);
  g_assert_cmpstr (parsed, ==, "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f34");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (acc_number_parse (wrong[i], &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

static void
the_short_number_is_the_first_fifty_bits (void)
{
  static const char *const cases[][2] = {
    { "00000000-0000-4000-8000-000000000000", "00000-00001" },
    { "ffffffff-ffff-4fff-bfff-ffffffffffff", "ZZZZZ-ZZZZX" },
    { "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f34", "7WNRR-7MX8X" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = acc_number_short (cases[i][0]);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
the_short_number_is_read_as_people_type_it (void)
{
  static const char *const cases[][2] = {
    { "7WNRR-7MX8X", "7WNRR-7MX8X" }, { "7wnrr-7mx8x", "7WNRR-7MX8X" },   { "7WNRR7MX8X", "7WNRR-7MX8X" },
    { " 7WNRR 7MX8X ", "7WNRR-7MX8X" }, { "oO0Il-0L1i1", "00011-01111" }, { "7W-NR-R7-MX-8X", "7WNRR-7MX8X" },
    { "7WNRR-7MX8", NULL },           { "7WNRR-7MX8X0", NULL },           { "7WNRR-7MX8U", NULL },
    { "", NULL },                     { "-", NULL },                      { "7WNRR–7MX8X", NULL },
    { "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f34", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = acc_number_parse_short (cases[i][0]);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static GPtrArray *
new_strokes (guint n_strokes, guint n_points, float from, float to)
{
  GPtrArray *strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n_strokes; i++)
    {
      GArray *stroke = g_array_new (FALSE, FALSE, sizeof (AccPoint));

      for (guint j = 0; j < n_points; j++)
        {
          AccPoint point = { from + (to - from) * (float) j / (float) n_points, 0.5f, j };

          g_array_append_val (stroke, point);
        }
      g_ptr_array_add (strokes, stroke);
    }
  return strokes;
}

static guint
count_points (AccSignature *signature)
{
  guint all = 0;

  for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
    {
      guint n;

      g_assert_nonnull (acc_signature_get_stroke (signature, i, &n));
      g_assert_cmpuint (n, >, 0);
      all += n;
    }
  return all;
}

static void
nothing_drawn_is_no_signature_and_a_dot_is_one (void)
{
  g_autoptr (GPtrArray) none = new_strokes (0, 0, 0, 1);
  g_autoptr (GPtrArray) hollow = new_strokes (3, 0, 0, 1);
  g_autoptr (GPtrArray) dot = new_strokes (1, 1, 0.5f, 1);
  g_autoptr (AccSignature) signature = acc_signature_new_strokes (dot);

  g_assert_null (acc_signature_new_strokes (none));
  g_assert_null (acc_signature_new_strokes (hollow));
  g_assert_cmpint (acc_signature_get_kind (signature), ==, ACC_SIGNATURE_STROKES);
  g_assert_null (acc_signature_get_text (signature));
  g_assert_cmpuint (count_points (signature), ==, 1);
}

static void
a_million_points_are_thinned_evenly (void)
{
  static const struct {
    guint strokes, points;
  } cases[] = { { 1, 1000000 }, { 1000, 1000 }, { 1000000, 1 }, { 2, 3000 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) strokes = new_strokes (cases[i].strokes, cases[i].points, 0, 1);
      g_autoptr (AccSignature) signature = acc_signature_new_strokes (strokes);

      g_assert_cmpuint (count_points (signature), ==, ACC_SIGNATURE_POINTS_MAX);
      if (cases[i].strokes <= 1000)
        g_assert_cmpuint (acc_signature_get_n_strokes (signature), ==, cases[i].strokes);
    }
}

static void
points_outside_the_pad_are_clipped_to_it (void)
{
  static const float odd[] = { -5, 0, 0.3f, 1, 7, INFINITY, -INFINITY, NAN };
  g_autoptr (GPtrArray) strokes = new_strokes (1, G_N_ELEMENTS (odd), 0, 1);
  g_autoptr (AccSignature) signature = NULL;
  const AccPoint *points;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_array_index ((GArray *) g_ptr_array_index (strokes, 0), AccPoint, i).x = odd[i];
  signature = acc_signature_new_strokes (strokes);
  points = acc_signature_get_stroke (signature, 0, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (odd));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (points[i].x, >=, 0);
      g_assert_cmpfloat (points[i].x, <=, 1);
      g_assert_cmpfloat (points[i].x * 4096, ==, floorf (points[i].x * 4096));
    }
  g_assert_cmpfloat_with_epsilon (points[2].x, 0.3f, 1 / 4096.0f);
}

/* ---- letters ---- */

static void
take_name (AccLetterFields *fields, const char *name, const char *department)
{
  g_free (fields->to[0].name);
  fields->to[0].name = g_strdup (name);
  g_free (fields->to[0].department);
  fields->to[0].department = g_strdup (department);
}

static void
fill (AccLetterFields *fields)
{
  acc_letter_fields_init (fields);
  take_name (fields, "Jessica Okafor", "Fraud Operations");
  g_free (fields->act);
  fields->act = g_strdup ("She rang back.");
  g_free (fields->from[0].name);
  fields->from[0].name = g_strdup ("Maria López");
  fields->from[0].signature = acc_signature_new_typed ("Maria López");
}

static void
a_letter_is_cleaned_trimmed_and_keeps_its_own_copy (void)
{
  g_auto (AccLetterFields) fields;
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (GError) error = NULL;

  fill (&fields);
  take_name (&fields, "  Jose\u0301 Okafor\t ", " Fraud Operations");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  take_name (&fields, "Somebody else", "");
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_TO_NAME, 0), ==, "Jos\u00e9 Okafor");
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_TO_DEPARTMENT, 0), ==, "Fraud Operations");
  g_assert_cmpstr (acc_letter_get_called (letter, 0), ==, "Jos\u00e9 Okafor");
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_FROM_SIGNATURE, 0), ==, "Maria López");
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_TO_REACHED, 0), ==, "");
  g_assert_false (acc_letter_is_sketch (letter));
}

static void
a_sketch_needs_nothing_and_keeps_spaces_for_the_caret (void)
{
  g_auto (AccLetterFields) fields;
  g_autoptr (AccLetter) empty = NULL;
  g_autoptr (AccLetter) begun = NULL;

  acc_letter_fields_init (&fields);
  empty = acc_letter_new_sketch (&fields);
  g_assert_true (acc_letter_is_sketch (empty));
  g_assert_cmpstr (acc_letter_get_called (empty, 0), ==, "");
  take_name (&fields, "Jess\u202e ", "");
  begun = acc_letter_new_sketch (&fields);
  g_assert_cmpstr (acc_letter_get_text (begun, ACC_FIELD_TO_NAME, 0), ==, "Jess ");
}

static void
new_fields_are_of_today (void)
{
  g_auto (AccLetterFields) fields;

  acc_clock_freeze (G_GINT64_CONSTANT (1795257000) * G_USEC_PER_SEC, 0);
  acc_letter_fields_init (&fields);
  acc_clock_freeze (-1, -1);
  g_assert_cmpstr (fields.date, ==, "2026-11-21");
  g_assert_cmpstr (fields.served_on, ==, "2026-11-21");
  g_assert_cmpuint (fields.n_to, ==, 1);
  g_assert_cmpuint (fields.n_from, ==, 1);
  g_assert_cmpint (fields.paper, ==, ACC_PAPER_LETTER);
  g_assert_cmpstr (fields.language, ==, "en");
  g_assert_false (fields.consent_file || fields.consent_share || fields.thanks_banker);
}

static void
the_story_s_limits_hold_for_all_three_parts_together (void)
{
  g_auto (AccLetterFields) fields;
  g_autoptr (AccLetter) fits = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_long = NULL;
  g_autoptr (GError) too_many = NULL;

  fill (&fields);
  g_free (fields.need);
  g_free (fields.act);
  fields.need = repeat ("ł", 3000);
  fields.act = repeat ("x", 3000);
  fits = acc_letter_new (&fields, &error);
  g_assert_no_error (error);

  g_free (fields.act);
  fields.act = repeat ("x", 3001);
  g_assert_null (acc_letter_new (&fields, &too_long));
  g_assert_cmpstr (too_long->message, ==, "story is longer than 6000 characters in all: shorten it");

  g_free (fields.need);
  g_free (fields.act);
  fields.need = repeat ("x\n", 40);
  fields.act = repeat ("x\n", 41);
  g_assert_null (acc_letter_new (&fields, &too_many));
  g_assert_cmpstr (too_many->message, ==, "story has more than 80 lines in all: shorten it");
}

static void
words_for_no_banker_are_left_out (void)
{
  g_auto (AccLetterFields) fields;
  g_autoptr (AccLetter) letter = NULL;

  fill (&fields);
  g_free (fields.banker_words);
  fields.banker_words = g_strdup ("Thank you");
  letter = acc_letter_new (&fields, NULL);
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_BANKER_WORDS, 0), ==, "");
}

static void
a_letter_needs_one_to_four_people_on_each_side (void)
{
  for (guint n = 0; n <= ACC_PEOPLE_MAX + 1; n++)
    {
      g_auto (AccLetterFields) fields;
      g_autoptr (AccLetter) letter = NULL;
      g_autoptr (GError) error = NULL;

      fill (&fields);
      for (guint i = 1; i < ACC_PEOPLE_MAX; i++)
        {
          g_free (fields.to[i].name);
          g_free (fields.to[i].department);
          fields.to[i].name = g_strdup_printf ("Person %u", i);
          fields.to[i].department = g_strdup ("Payments");
        }
      fields.n_to = n;
      letter = acc_letter_new (&fields, &error);
      if (n >= 1 && n <= ACC_PEOPLE_MAX)
        g_assert_no_error (error);
      else
        g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/field/paths", each_field_has_a_path_of_its_own);
  g_test_add_func ("/letter/number/uuid", a_number_is_a_random_uuid_in_one_spelling);
  g_test_add_func ("/letter/number/short", the_short_number_is_the_first_fifty_bits);
  g_test_add_func ("/letter/number/short-as-typed", the_short_number_is_read_as_people_type_it);
  g_test_add_func ("/letter/signature/nothing-and-a-dot", nothing_drawn_is_no_signature_and_a_dot_is_one);
  g_test_add_func ("/letter/signature/thinned", a_million_points_are_thinned_evenly);
  g_test_add_func ("/letter/signature/clipped", points_outside_the_pad_are_clipped_to_it);
  g_test_add_func ("/letter/value/own-copy", a_letter_is_cleaned_trimmed_and_keeps_its_own_copy);
  g_test_add_func ("/letter/value/sketch", a_sketch_needs_nothing_and_keeps_spaces_for_the_caret);
  g_test_add_func ("/letter/value/today", new_fields_are_of_today);
  g_test_add_func ("/letter/value/story-limits", the_story_s_limits_hold_for_all_three_parts_together);
  g_test_add_func ("/letter/value/no-banker", words_for_no_banker_are_left_out);
  g_test_add_func ("/letter/value/one-to-four", a_letter_needs_one_to_four_people_on_each_side);
  return g_test_run ();
}
