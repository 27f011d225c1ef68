/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proof: it passes each PDF that is right, however poppler reads it, and refuses what lacks a letter. */
#include "base/error.h"
#include "paper-support.h"
#include "paper/proofreader.h"
#include "paper/read-back.h"

#include <stdio.h>

/* No number, so no check code that would differ as well. */
static AccPages *
specimen_of (const char *act)
{
  g_autoptr (AccLetter) letter = test_letter_of (act, "en");
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_letter (letter, wording, "Market Street branch", NULL);
  g_autoptr (GError) error = NULL;
  AccPages *pages = acc_typeset (composition, test_letterhead (), &error);

  g_assert_no_error (error);
  return pages;
}

/* --- refused --- */

static void
test_proof_refuses_another_letter (void)
{
  g_autoptr (AccPages) pages = specimen_of ("They found the money on Friday.");
  g_autoptr (AccPages) other_pages = specimen_of ("They found the honey on Friday.");
  g_autoptr (AccPages) turned_pages = specimen_of ("They found the money no Friday.");
  g_autoptr (GBytes) other_pdf = test_pdf (other_pages);
  g_autoptr (GBytes) turned_pdf = test_pdf (turned_pages);
  g_autoptr (GError) error = NULL;

  g_assert_false (acc_proofread (pages, other_pdf, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
  g_assert_nonnull (strstr (error->message, "“m”"));
  g_clear_error (&error);
  g_assert_false (acc_proofread (pages, turned_pdf, &error)); /* the same letters, in another order */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
}

/* What poppler passes over beside a high mark is one character, and no other is excused for it. */
static const struct {
  const char *what, *typed, *printed, *named;
} losses[] = {
  { "a letter elsewhere", "\u010d\u0300, they say, helped me.", "\u010d\u0300, they say, heled me.", "“p”" },
  { "more signs than marks", "\u010d\u0300, one, two, three, four.", "\u010d\u0300 one two three four.", "“,”" },
  { "more letters than marks", "x\u0304 was xx at the desk.", "\u0304 was at the desk.", "“x”" },
  { "a sign elsewhere", "one, two, \u010d\u0300 three!", "one, two, \u010d\u0300 three", "“!”" },
};

static void
test_proof_refuses_what_is_lost_elsewhere (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autoptr (AccPages) pages = specimen_of (losses[i].typed);
      g_autoptr (AccPages) other = specimen_of (losses[i].printed);
      g_autoptr (GBytes) pdf = test_pdf (other);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", losses[i].what);
      g_assert_false (acc_proofread (pages, pdf, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
      g_assert_nonnull (strstr (error->message, losses[i].named));
    }
}

static void
test_proof_names_what_no_font_has (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("Thank you \xf0\x9f\xab\xa0.", "en"); /* U+1FAE0 */
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (GError) error = NULL;

  g_assert_false (acc_proofread (pages, pdf, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
  g_assert_nonnull (strstr (error->message, "U+1FAE0"));
}

/* --- passed --- */

static void
test_proof_passes_a_branch_without_a_name (void)
{
  g_autoptr (AccLetter) letter = test_letter ("two-sentences");
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_letter (letter, wording, "", TEST_NUMBER);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPages) pages = acc_typeset (composition, test_letterhead (), &error);
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  pdf = test_pdf (pages);
  acc_proofread (pages, pdf, &error);
  g_assert_no_error (error);
}

/* Letters, and marks that may follow one, of each script that letters are written in. */
static const struct {
  const char *language;
  gunichar first, last, first_mark, last_mark;
  guint word; /* mean length */
} scripts[] = {
  { "en", 'a', 'z', 0, 0, 5 },                 { "fr", 0xc0, 0x17f, 0x300, 0x304, 5 },
  { "el", 0x391, 0x3ce, 0x301, 0x301, 6 },     { "ru", 0x410, 0x44f, 0x301, 0x301, 6 },
  { "he", 0x5d0, 0x5ea, 0x5b4, 0x5bc, 5 },     { "ar", 0x621, 0x63a, 0x64b, 0x652, 5 },
  { "th", 0xe01, 0xe2e, 0xe34, 0xe39, 9 },     { "hi", 0x915, 0x939, 0x93e, 0x94c, 5 },
  { "zh", 0x4e00, 0x9fa5, 0, 0, 14 },          { "ja", 0x3041, 0x3096, 0, 0, 14 },
  { "ko", 0xac00, 0xd7a3, 0, 0, 4 },
};

static void
append_word (GString *text, GRand *random, guint script)
{
  guint length = g_rand_int_range (random, 1, 2 * scripts[script].word);

  for (guint i = 0; i < length; i++)
    {
      gunichar c = g_rand_int_range (random, scripts[script].first, scripts[script].last + 1);

      if (!g_unichar_isalpha (c))
        continue;
      g_string_append_unichar (text, c);
      if (scripts[script].first_mark > 0 && g_rand_int_range (random, 0, 4) == 0)
        g_string_append_unichar (text, g_rand_int_range (random, scripts[script].first_mark,
                                                         scripts[script].last_mark + 1));
    }
}

static char *
make_story (GRand *random, guint script)
{
  static const char *const between[] = { " ", " ", " ", ", ", ". ", "\n", " (", ") ", " – ", " “", "” " };
  GString *text = g_string_new (NULL);
  guint words = g_rand_int_range (random, 5, 200);

  for (guint i = 0; i < words; i++)
    {
      gboolean foreign = g_rand_int_range (random, 0, 12) == 0;

      append_word (text, random, foreign ? (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (scripts)) : script);
      g_string_append (text, between[g_rand_int_range (random, 0, G_N_ELEMENTS (between))]);
    }
  g_string_append (text, ".");
  return g_string_free (text, FALSE);
}

static void
test_proof_passes_letters_of_all_scripts (void)
{
  guint32 seed = test_seed ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 110; i++)
    {
      guint script = i % G_N_ELEMENTS (scripts);
      g_autofree char *story = make_story (random, script);
      g_autoptr (AccLetter) letter = test_letter_of (story, scripts[script].language);
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      g_autoptr (GError) error = NULL;

      if (acc_proofread (pages, pdf, &error))
        continue;
      fprintf (stderr, "%s\n", story); /* GLib's own messages have question marks for other alphabets in the C locale */
      g_error ("ACCOLADE_SEED=%u, letter %u, in %s: %s", seed, i, scripts[script].language, error->message);
    }
}

#define EIGHT "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b"

/* Where a mark stands high, poppler makes two lines of one, and passes over a letter or a sign where they meet, or it
 * reads the mark behind the comma. The PDF has them all: pdftotext -raw and mutool read them. */
static const struct {
  const char *language, *story;
} high_marks[] = {
  { "en", "\u010d\u0300\u014a\u0110\u012f\u0303, she said." },                                     /* the comma */
  { "fr", "\u013c\u0301\u00d9\u0113\u012f\u0300\u0165\u0304\u017d\u0177\u1e14\u0121." },           /* the t */
  { "fr", "\u00eb\u0302\u0144\u010c\u012f\u0303\u013a." },                                        /* the l */
  { "zh", EIGHT EIGHT EIGHT EIGHT "\u4e5d\u5341 \u05e7\u05e9\u05e8\u05e0\u05dc\u05b9\u05d5," }, /* the vav */
  { "en", "She said \u017f\u0302, and left." },                                                /* a long s */
  { "ja", "\u308f \u0133\u0302, \u3061." },                                                    /* the Dutch ij */
};

static void
test_proof_passes_high_marks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (high_marks); i++)
    {
      g_autoptr (AccLetter) letter = test_letter_of (high_marks[i].story, high_marks[i].language);
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      g_autoptr (GError) error = NULL;

      acc_proofread (pages, pdf, &error);
      g_assert_no_error (error);
    }
}

/* The same words in other bytes, as a letter of an older release has them. */
static void
test_high_marks_are_read_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (high_marks); i++)
    {
      g_autoptr (AccLetter) letter = test_letter_of (high_marks[i].story, high_marks[i].language);
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      g_autoptr (GByteArray) other = g_byte_array_new ();
      g_autoptr (GBytes) sealed = NULL;
      g_autoptr (GError) error = NULL;
      gboolean same_bytes = TRUE;

      g_byte_array_append (other, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
      g_byte_array_append (other, (const guint8 *) "%\n", 2);
      sealed = g_bytes_new (other->data, other->len);
      acc_read_back (pages, sealed, &same_bytes, &error);
      g_assert_no_error (error);
      g_assert_false (same_bytes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proof/refuses-another-letter", test_proof_refuses_another_letter);
  g_test_add_func ("/proof/refuses-what-is-lost-elsewhere", test_proof_refuses_what_is_lost_elsewhere);
  g_test_add_func ("/proof/passes-a-branch-without-a-name", test_proof_passes_a_branch_without_a_name);
  g_test_add_func ("/proof/names-what-no-font-has", test_proof_names_what_no_font_has);
  g_test_add_func ("/proof/passes-letters-of-all-scripts", test_proof_passes_letters_of_all_scripts);
  g_test_add_func ("/proof/passes-high-marks", test_proof_passes_high_marks);
  g_test_add_func ("/proof/high-marks-are-read-back", test_high_marks_are_read_back);
  return g_test_run ();
}
