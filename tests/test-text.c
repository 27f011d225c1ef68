/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as it is kept: what stays, what is dropped, how long it may be, and how names compare. */
#include <string.h>

#include "base/text.h"
#include "support.h"

#define STALL_US (G_USEC_PER_SEC / 5) /* the interface may not stall for longer */

/* The sanitizers' own slowness is not measured. */
#ifdef __SANITIZE_ADDRESS__
#define TEST_SLOWNESS 10
#else
#define TEST_SLOWNESS 1
#endif

typedef struct {
  const char *what;
  const char *typed;
  AccTextKind kind;
  const char *kept;
  AccTextChange change;
} CleanCase;

static const CleanCase clean_cases[] = {
  { "plain words", "Jessica Okafor", ACC_TEXT_LINE, "Jessica Okafor", ACC_TEXT_UNCHANGED },
  { "spaces as typed", "  Jo  ", ACC_TEXT_LINE, "  Jo  ", ACC_TEXT_UNCHANGED },
  { "composed", "Jose\u0301", ACC_TEXT_LINE, "Jos\u00e9", ACC_TEXT_UNCHANGED },
  { "a tab", "a\tb", ACC_TEXT_STORY, "a b", ACC_TEXT_UNCHANGED },
  { "CR LF and CR", "a\r\nb\rc\n", ACC_TEXT_STORY, "a\nb\nc\n", ACC_TEXT_UNCHANGED },
  { "separators", "a\u2028b\u2029c", ACC_TEXT_STORY, "a\nb\nc", ACC_TEXT_UNCHANGED },
  { "a mail header in a name", "Ana\nBcc: x@evil.test", ACC_TEXT_LINE, "Ana Bcc: x@evil.test", ACC_TEXT_UNCHANGED },
  { "controls", "a\001b\033[31mc\177d\xC2\x85" "e", ACC_TEXT_STORY, "ab[31mcde", ACC_TEXT_DROPPED },
  { "direction overrides", "a\u202eb\u202cc\u2066d", ACC_TEXT_STORY, "abcd", ACC_TEXT_DROPPED },
  { "direction marks", "a\u200eb\u200fc\u061cd", ACC_TEXT_STORY, "abcd", ACC_TEXT_DROPPED },
  { "zero-width characters", "Je\u200bss\u2060ic\ufeffa", ACC_TEXT_LINE, "Jessica", ACC_TEXT_DROPPED },
  { "a soft hyphen", "thank\u00adful", ACC_TEXT_STORY, "thankful", ACC_TEXT_DROPPED },
  { "tags", "a\U000E0041\U000E007Fb", ACC_TEXT_STORY, "ab", ACC_TEXT_DROPPED },
  { "private use", "a\uE000b\U000F0000c\U0010FFFDd", ACC_TEXT_STORY, "abcd", ACC_TEXT_DROPPED },
  { "noncharacters", "a\xEF\xBF\xBE" "b\xEF\xBF\xBF" "c\xEF\xB7\x90" "d\xF4\x8F\xBF\xBF" "e", ACC_TEXT_STORY, "abcde",
    ACC_TEXT_DROPPED },
  { "unassigned", "a\u0378b", ACC_TEXT_STORY, "ab", ACC_TEXT_DROPPED },
  { "fillers", "a\u3164b\u115Fc\uFFA0d", ACC_TEXT_STORY, "abcd", ACC_TEXT_DROPPED },
  { "a pasted picture", "a\uFFFCb", ACC_TEXT_STORY, "ab", ACC_TEXT_DROPPED },
  { "an unpaired surrogate", "a\xED\xA0\x80" "b", ACC_TEXT_STORY, "ab", ACC_TEXT_DROPPED },
  { "a wrong byte", "a\xFF" "b", ACC_TEXT_STORY, "ab", ACC_TEXT_DROPPED },
  { "a character broken off", "a\xE2\x82", ACC_TEXT_STORY, "a", ACC_TEXT_DROPPED },
  { "a spelling too long", "a\xC0\x80" "b", ACC_TEXT_STORY, "ab", ACC_TEXT_DROPPED },
  { "markup and formats", "<b>x</b> & \"S & Sons\" %s%n '); DROP TABLE letters;-- $(reboot) ../../etc/passwd",
    ACC_TEXT_STORY, "<b>x</b> & \"S & Sons\" %s%n '); DROP TABLE letters;-- $(reboot) ../../etc/passwd",
    ACC_TEXT_UNCHANGED },
  { "Persian with its joiner", "می\u200cخواهم", ACC_TEXT_STORY, "می\u200cخواهم", ACC_TEXT_UNCHANGED },
  { "Sinhala with its joiner", "ශ්\u200dරී", ACC_TEXT_LINE, "ශ්\u200dරී", ACC_TEXT_UNCHANGED },
  { "Devanagari half form at the end", "क्\u200d", ACC_TEXT_LINE, "क्\u200d", ACC_TEXT_UNCHANGED },
  { "a joiner in Latin", "Jes\u200dsi\u200cca", ACC_TEXT_LINE, "Jessica", ACC_TEXT_DROPPED },
  { "a joiner between two scripts", "م\u200ca", ACC_TEXT_LINE, "مa", ACC_TEXT_DROPPED },
  { "joiners in a row", "می\u200c\u200cخ", ACC_TEXT_LINE, "می\u200cخ", ACC_TEXT_DROPPED },
  { "a joiner at the ends", "\u200dم\u200c", ACC_TEXT_LINE, "م", ACC_TEXT_DROPPED },
  { "a family", "👩\u200d👩\u200d👧", ACC_TEXT_STORY, "👩\u200d👩\u200d👧", ACC_TEXT_UNCHANGED },
  { "a red heart, skin tone and profession", "❤\ufe0f 👩🏽\u200d⚕\ufe0f", ACC_TEXT_STORY, "❤\ufe0f 👩🏽\u200d⚕\ufe0f",
    ACC_TEXT_UNCHANGED },
  { "a keycap", "1\ufe0f\u20e3", ACC_TEXT_STORY, "1\ufe0f\u20e3", ACC_TEXT_UNCHANGED },
  { "a selector after a letter", "a\ufe0fb1\ufe0f", ACC_TEXT_STORY, "ab1", ACC_TEXT_DROPPED },
  { "a selector after Han", "葛\U000E0100城", ACC_TEXT_LINE, "葛\U000E0100城", ACC_TEXT_UNCHANGED },
  { "a selector twice", "葛\U000E0100\U000E0101", ACC_TEXT_LINE, "葛\U000E0100", ACC_TEXT_DROPPED },
  { "eight marks in a name", "a\u0323\u0323\u0323\u0323\u0323\u0323\u0323\u0323\u0323", ACC_TEXT_LINE,
    "\u1ea1\u0323\u0323\u0323\u0323\u0323\u0323\u0323", ACC_TEXT_CUT },
};

static void
text_is_kept_as_the_table_says (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clean_cases); i++)
    {
      const CleanCase *row = &clean_cases[i];
      AccTextChange change;
      g_autofree char *kept = acc_text_clean (row->typed, -1, row->kind, &change);
      g_autofree char *again = acc_text_clean (kept, -1, row->kind, NULL);

      g_test_message ("%s", row->what);
      g_assert_cmpstr (kept, ==, row->kept);
      g_assert_cmpint (change, ==, row->change);
      g_assert_cmpstr (again, ==, kept);
    }
}

static void
what_follows_a_nul_is_not_lost (void)
{
  static const char typed[] = "Jes\0sica";
  AccTextChange change;
  g_autofree char *kept = acc_text_clean (typed, sizeof typed - 1, ACC_TEXT_LINE, &change);

  g_assert_cmpstr (kept, ==, "Jessica");
  g_assert_cmpint (change, ==, ACC_TEXT_DROPPED);
}

static void
the_dropped_characters_can_be_listed (void)
{
  g_autoptr (GArray) dropped = acc_text_list_dropped ("a\u202eb\u200bc\u202ed", -1, ACC_TEXT_STORY);
  g_autofree char *names = acc_text_name_characters ((const gunichar *) (void *) dropped->data, dropped->len);

  g_assert_cmpuint (dropped->len, ==, 3);
  g_assert_cmpstr (names, ==, "U+202E, U+200B");
}

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_sized_new (strlen (text) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static void
limits_hold_to_the_character (void)
{
  g_autofree char *fits = repeat ("ł", ACC_STORY_MAX);
  g_autofree char *longer = repeat ("ł", ACC_STORY_MAX + 1);
  g_autofree char *decomposed = repeat ("e\u0301", ACC_STORY_MAX);
  g_autofree char *name = repeat ("ż", ACC_NAME_MAX + 1);
  AccTextChange change;
  g_autofree char *kept_fits = acc_text_clean (fits, -1, ACC_TEXT_STORY, &change);

  g_assert_cmpstr (kept_fits, ==, fits);
  g_assert_cmpint (change, ==, ACC_TEXT_UNCHANGED);
  {
    g_autofree char *kept = acc_text_clean (longer, -1, ACC_TEXT_STORY, &change);

    g_assert_cmpint (change, ==, ACC_TEXT_CUT);
    g_assert_cmpstr (kept, ==, fits);
  }
  {
    g_autofree char *kept = acc_text_clean (decomposed, -1, ACC_TEXT_STORY, &change);

    g_assert_cmpint (change, ==, ACC_TEXT_UNCHANGED);
    g_assert_cmpint (g_utf8_strlen (kept, -1), ==, ACC_STORY_MAX);
  }
  {
    g_autofree char *kept = acc_text_clean (name, -1, ACC_TEXT_LINE, &change);

    g_assert_cmpint (change, ==, ACC_TEXT_CUT);
    g_assert_cmpint (g_utf8_strlen (kept, -1), ==, ACC_NAME_MAX);
  }
}

static void
a_cut_never_parts_a_letter_from_its_marks (void)
{
  g_autofree char *letters = repeat ("x", ACC_NAME_MAX - 1);
  g_autofree char *typed = g_strconcat (letters, "x\u0323\u0323", NULL);
  g_autofree char *joined = g_strconcat (letters, "👩\u200d👧", NULL);
  g_autofree char *kept = acc_text_clean (typed, -1, ACC_TEXT_LINE, NULL);
  g_autofree char *kept_joined = acc_text_clean (joined, -1, ACC_TEXT_LINE, NULL);
  g_autofree char *expected = g_strconcat (letters, "👩", NULL);

  g_assert_cmpstr (kept, ==, letters);
  g_assert_cmpstr (kept_joined, ==, expected);
}

static void
thirty_marks_of_fifty_thousand_stay (void)
{
  g_autofree char *marks = repeat ("\u0300", 50000);
  g_autofree char *typed = g_strconcat ("a", marks, "b", NULL);
  g_autofree char *kept = acc_text_clean (typed, -1, ACC_TEXT_STORY, NULL);
  g_autofree char *decomposed = g_utf8_normalize (kept, -1, G_NORMALIZE_NFD);

  g_assert_cmpint (g_utf8_strlen (decomposed, -1), ==, 1 + ACC_STORY_MARKS + 1);
  g_assert_true (g_str_has_suffix (kept, "b"));
}

static void
eighty_lines_of_a_hundred_thousand_stay (void)
{
  g_autofree char *typed = repeat ("\n", 100000);
  AccTextChange change;
  g_autofree char *kept = acc_text_clean (typed, -1, ACC_TEXT_STORY, &change);

  g_assert_cmpuint (strlen (kept), ==, ACC_STORY_LINES - 1);
  g_assert_cmpint (change, ==, ACC_TEXT_CUT);
}

static void
a_megabyte_of_anything_is_cleaned_at_once (void)
{
  static const char *const pieces[] = { "a",      "words ",       "\n",           "\u0300",     "a\u0300\u0323",
                                        "\u202e", "\xff",         "👩\u200d",     "می\u200c",   "क्\u200d",
                                        "\u1100", "\u1160",       "\uFDFA",       "\u0958",     "1\ufe0f\u20e3",
                                        "\r\n",   "葛\U000E0100", "\U0001D160",   "\u0f73",     "\u0323\u0301",
                                        "\u00a0", "\u3164",       "\xF0\x9F\x91", "\xED\xA0\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (int kind = ACC_TEXT_LINE; kind <= ACC_TEXT_STORY; kind++)
      {
        g_autofree char *typed = repeat (pieces[i], (guint) (1000000 / strlen (pieces[i])));
        gint64 start = test_cpu_time ();
        g_autofree char *kept = acc_text_clean (typed, -1, (AccTextKind) kind, NULL);
        gint64 spent = test_cpu_time () - start;
        g_autofree char *again = acc_text_clean (kept, -1, (AccTextKind) kind, NULL);

        g_assert_true (g_utf8_validate (kept, -1, NULL));
        g_assert_cmpint (g_utf8_strlen (kept, -1), <=, kind == ACC_TEXT_LINE ? ACC_NAME_MAX : ACC_STORY_MAX);
        g_assert_cmpstr (again, ==, kept);
        g_assert_cmpint (spent, <, STALL_US * TEST_SLOWNESS);
      }
}

static void
what_cannot_be_seen_is_blank (void)
{
  static const char *const blanks[] = { "", " ", "\n\t ", "\u00a0\u00a0", "\u3000", "\u3164", "\u115f\u1160",
                                        "\uffa0", "\u2800", "\u200b\u200d", "\u00ad", "\ufe0f", "\uE000" };
  static const char *const seen[] = { ".", "a", " x ", "\u3164x", "م", "👍", "\u0301", "0" };

  g_assert_true (acc_text_is_blank (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    g_assert_true (acc_text_is_blank (blanks[i]));
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_false (acc_text_is_blank (seen[i]));
}

static void
white_space_is_trimmed_at_the_ends_only (void)
{
  static const char *const cases[][2]
    = { { "  a b \n", "a b" }, { "\u00a0x\u3000", "x" }, { " \t\n", "" }, { "", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *trimmed = acc_text_trim (cases[i][0]);

      g_assert_cmpstr (trimmed, ==, cases[i][1]);
    }
}

static void
names_of_the_same_person_fold_alike (void)
{
  static const char *const alike[][2] = {
    { "María  ÁLVAREZ", "maria alvarez" }, { " Jessica\u00a0Okafor ", "jessica okafor" },
    { "Łukasz Żółć", "lukasz zolc" },      { "STRASSE", "straße" },
    { "Øystein", "oystein" },              { "İpek", "ipek" },
    { "Je\u200bssica", "jessica" },        { "Ｊｅｓｓｉｃａ", "jessica" },
    { "Jose\u0301", "JOSÉ" },              { "مُحَمَّد", "محمد" },
    { "Œuvre", "oeuvre" },                 { "Ñandú", "nandu" },
  };
  static const char *const apart[][2] = {
    { "\u0410nna", "Anna" }, { "राम", "रमा" }, { "か", "が" }, { "Anna", "Ann" }, { "นา", "นี" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *one = acc_text_fold (alike[i][0]);
      g_autofree char *other = acc_text_fold (alike[i][1]);

      g_assert_cmpstr (one, ==, other);
    }
  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    {
      g_autofree char *one = acc_text_fold (apart[i][0]);
      g_autofree char *other = acc_text_fold (apart[i][1]);

      g_assert_cmpstr (one, !=, other);
    }
}

static void
folding_a_megabyte_of_marks_takes_no_time (void)
{
  g_autofree char *accents = repeat ("\u0300\u0323", 250000);
  g_autofree char *signs = repeat ("\u094d\u093c", 160000);
  gint64 start = test_cpu_time ();
  g_autofree char *folded_accents = acc_text_fold (accents);
  g_autofree char *folded_signs = acc_text_fold (signs);

  g_assert_cmpstr (folded_accents, ==, "");
  g_assert_cmpuint (strlen (folded_signs), >, 0);
  g_assert_cmpint (test_cpu_time () - start, <, 2 * STALL_US * TEST_SLOWNESS);
}

static void
mixed_scripts_are_seen_within_a_word (void)
{
  static const char *const mixed[] = { "\u0410nna", "Jess\u0456ca", "pаypal", "Ωmega", "Ivan Pеtrov" };
  static const char *const single[] = { "", "Anna", "Анна Petrova", "山田たろう", "カタカナ漢字", "김철수 金", "O’Brien",
                                        "José", "123 Anna", "محمد", "Anna-Мария", "ศรี" };

  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    g_assert_true (acc_text_has_mixed_scripts (mixed[i]));
  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    g_assert_false (acc_text_has_mixed_scripts (single[i]));
}

static void
characters_are_named_for_a_sentence (void)
{
  static const gunichar many[] = { 0xA66E, 0xA66E, 0x202E, 0x0301, 0x1F600, 0x20, 0x41 };
  g_autofree char *one = acc_text_name_characters (many, 2);
  g_autofree char *all = acc_text_name_characters (many, G_N_ELEMENTS (many));
  g_autofree char *none = acc_text_name_characters (NULL, 0);

  g_assert_cmpstr (one, ==, "“ꙮ” (U+A66E)");
  g_assert_cmpstr (all, ==, "“ꙮ” (U+A66E), U+202E, “◌\u0301” (U+0301), “😀” (U+1F600), U+0020, …");
  g_assert_cmpstr (none, ==, "");
}

/* What a terminal shows, and does not obey. */
static void
nothing_that_is_shown_is_obeyed (void)
{
  static const struct {
    const char *text, *line, *lines;
  } rows[] = {
    { "plain", "plain", "plain" },
    { "one\ntwo\tthree", "one two three", "one\ntwo\tthree" },
    { "one\r\ntwo", "one  two", "one\ntwo" },
    { "one\rtwo", "one two", "one two" }, /* would write over what stands there */
    { "\x1b[2J\a", "\xef\xbf\xbd[2J\xef\xbf\xbd", "\xef\xbf\xbd[2J\xef\xbf\xbd" },
    { "\xc2\x9b" "31m", "\xef\xbf\xbd" "31m", "\xef\xbf\xbd" "31m" }, /* the one-character CSI */
    { "a\xe2\x80\xae" "b", "a\xef\xbf\xbd" "b", "a\xef\xbf\xbd" "b" },
    { "\xff.", "\xef\xbf\xbd.", "\xef\xbf\xbd." },
    { "\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f" }, /* a red heart */
    { "a\xef\xb8\x8f", "a\xef\xbf\xbd", "a\xef\xbf\xbd" },
    { "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4", "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4",
      "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4" }, /* Persian, with its joiner */
    { "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = acc_text_to_line (rows[i].text);
      g_autofree char *lines = acc_text_to_lines (rows[i].text);

      g_assert_cmpstr (line, ==, rows[i].line);
      g_assert_cmpstr (lines, ==, rows[i].lines);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/table", text_is_kept_as_the_table_says);
  g_test_add_func ("/text/what-follows-a-nul-is-not-lost", what_follows_a_nul_is_not_lost);
  g_test_add_func ("/text/dropped-characters-are-listed", the_dropped_characters_can_be_listed);
  g_test_add_func ("/text/limits-hold-to-the-character", limits_hold_to_the_character);
  g_test_add_func ("/text/a-cut-never-parts-a-letter", a_cut_never_parts_a_letter_from_its_marks);
  g_test_add_func ("/text/thirty-marks-stay", thirty_marks_of_fifty_thousand_stay);
  g_test_add_func ("/text/eighty-lines-stay", eighty_lines_of_a_hundred_thousand_stay);
  g_test_add_func ("/text/a-megabyte-of-anything", a_megabyte_of_anything_is_cleaned_at_once);
  g_test_add_func ("/text/blank", what_cannot_be_seen_is_blank);
  g_test_add_func ("/text/trim", white_space_is_trimmed_at_the_ends_only);
  g_test_add_func ("/text/fold", names_of_the_same_person_fold_alike);
  g_test_add_func ("/text/folding-a-megabyte-of-marks", folding_a_megabyte_of_marks_takes_no_time);
  g_test_add_func ("/text/mixed-scripts", mixed_scripts_are_seen_within_a_word);
  g_test_add_func ("/text/characters-are-named", characters_are_named_for_a_sentence);
  g_test_add_func ("/text/nothing-shown-is-obeyed", nothing_that_is_shown_is_obeyed);
  return g_test_run ();
}
