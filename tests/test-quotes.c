/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks that a letter is set with, and the way back to those that were typed. */
#include "base/error.h"
#include "letter/check-code.h"
#include "paper-support.h"
#include "paper/proofreader.h"
#include "paper/quotes.h"
#include "paper/read-back.h"

static const struct {
  const char *language, *typed, *set; /* NULL: left as it was typed */
} marks[] = {
  /* Each language's own, by CLDR; within one another the alternate ones. */
  { "en", "She said \"yes\" at once.", "She said “yes” at once." },
  { "en", "\"She said 'yes' at once,\" he said.", "“She said ‘yes’ at once,” he said." },
  { "en", "'She said \"yes\" at once,' he said.", "‘She said “yes” at once,’ he said." },
  { "en", "\"She said \"yes\" at once.\"", "“She said ‘yes’ at once.”" },
  { "en", "(\"yes\")", "(“yes”)" },
  { "en", "\"...and then?\" \"Well...\"", "“...and then?” “Well...”" },
  { "en", "\"'Yes,' he said.\"", "“‘Yes,’ he said.”" },
  { "en", "\"he said 'yes'\"", "“he said ‘yes’”" },
  { "en", "\"I was just--\" she said", "“I was just--” she said" },
  { "en-GB", "a \"so-called\" fee", "a “so-called” fee" },
  { "de", "Sie sagte: \"Das 'Problem' ist gelöst.\"", "Sie sagte: „Das ‚Problem‘ ist gelöst.“" },
  { "de-CH", "Sie sagte: \"Ja.\"", "Sie sagte: «Ja.»" },
  { "fr", "Elle a dit \"oui\" tout de suite.", "Elle a dit «\u202foui\u202f» tout de suite." },
  { "fr", "Elle a dit \" oui \" tout de suite.", "Elle a dit «\u202foui\u202f» tout de suite." },
  { "fr", "Elle a dit « oui » ; merci ! Et : voilà.",
    "Elle a dit «\u202foui\u202f»\u202f; merci\u202f! Et\u00a0: voilà." },
  { "fr", "l'hôtesse d'accueil m'a aidée", "l’hôtesse d’accueil m’a aidée" },
  { "es", "Me dijo \"no se preocupe\".", "Me dijo «no se preocupe»." },
  { "es", "\"Dijo \"sí\" enseguida\"", "«Dijo “sí” enseguida»" },
  { "es", "¿\"Sí\"? ¡\"No\"!", "¿«Sí»? ¡«No»!" },
  { "es-MX", "Me dijo \"no se preocupe\".", "Me dijo “no se preocupe”." },
  { "pl", "Powiedziała: \"Proszę się nie martwić\".", "Powiedziała: „Proszę się nie martwić”." },
  { "it", "L'ha detto: \"sì\"", "L’ha detto: «sì»" },
  { "sv", "Hon sa \"ja\".", "Hon sa ”ja”." },
  { "nl", "'s Avonds zei ze \"ja\".", "’s Avonds zei ze “ja”." },
  { "ru", "Она сказала: \"да\".", "Она сказала: «да»." },
  { "uk", "пам'ять", "пам’ять" },
  { "el", "Είπε \"ναι\" αμέσως.", "Είπε «ναι» αμέσως." },
  { "zh-Hans", "她说\"没问题\"，又说\"放心\"。", "她说“没问题”，又说“放心”。" },
  { "zh-Hant", "她說\"沒問題\"。", "她說「沒問題」。" },
  { "ja", "彼女は\"はい\"と言った。", "彼女は「はい」と言った。" },
  { "ko", "그는 \"네\"라고 했다.", "그는 “네”라고 했다." },
  { "th", "เขาพูดว่า\"ได้\"แล้ว", "เขาพูดว่า“ได้”แล้ว" },
  { "hi", "उसने \"हाँ\" कहा।", "उसने “हाँ” कहा।" },

  /* From the right. */
  { "ar", "قالت \"نعم\" فورًا.", "قالت «نعم» فورًا." },
  { "ar", "قالت \"yes\" فورًا.", "قالت «yes» فورًا." },
  { "he", "היא אמרה \"כן\" מיד.", "היא אמרה ”כן” מיד." },
  { "he", "צה\"ל, רו\"ח, ג'ון ורח' הרצל", "צה״ל, רו״ח, ג׳ון ורח׳ הרצל" },
  { "he", "ה\"בנק\" שלי", NULL }, /* a prefix and a quotation, or an abbreviation */
  { "en", "She said \"שלום\" to me.", NULL },
  { "en", "She didn't say \"שלום\".", "She didn’t say \"שלום\"." },

  /* Apostrophes. */
  { "en", "I don't know the dogs' owner's name.", "I don’t know the dogs’ owner’s name." },
  { "en", "O'Brien and D'Angelo", "O’Brien and D’Angelo" },
  { "en", "back in the '90s, '95 and the 1990's", "back in the ’90s, ’95 and the 1990’s" },
  { "en", "'Twas nice; give 'em tea, 'til five. Rock 'n' roll!", "’Twas nice; give ’em tea, ’til five. Rock ’n’ roll!" },
  { "en", "not 'till' but 'until'", "not ‘till’ but ‘until’" },
  { "de", "Hans' Auto, wie geht's?", "Hans’ Auto, wie geht’s?" },
  { "tlh", "don't \"ask\"", "don’t \"ask\"" }, /* a language of which we know nothing */

  /* Measures and numbers. */
  { "en", "He is 6'2\" tall, a 5' 10\" door, 12\" pipes, 6' long", NULL },
  { "en", "\"He is 6'2\" tall\"", "“He is 6'2\" tall”" },
  { "en", "It was \"lost in 2004\" they said", "It was “lost in 2004” they said" },
  { "en", "4-6 weeks, 020-7946-0958, 2026-11-20, 9 - 5, £5 - £6", NULL },

  /* Unbalanced, and what is in doubt. */
  { "en", "She said \"yes and went", "She said “yes and went" },
  { "en", "and that was all.\" He went", "and that was all.” He went" },
  { "en", "She said \"", "She said “" }, /* … and goes on typing */
  { "en", "a \" b", NULL },
  { "en", "ab\"cd", NULL },
  { "en", "ab\"cd ef\" gh", NULL },

  /* Typographic already. */
  { "en", "She said “yes”, didn’t she – at once — and ‘no’.", NULL },
  { "de", "Sie sagte „ja“.", NULL },
  { "en", "", NULL },

  /* Dashes. */
  { "en", "She rang - twice - that week.", "She rang\u00a0– twice\u00a0– that week." },
  { "en", "She rang -- twice -- that week.", "She rang\u00a0– twice\u00a0– that week." },
  { "en", "She rang--twice--that week.", "She rang—twice—that week." },
  { "de", "Sie rief an - zweimal.", "Sie rief an\u00a0– zweimal." },
  { "de", "Kunden--Service", NULL },
  { "en", "well-known, re- and co-signed, --- or -", NULL },
  { "en", "- first", NULL },
  { "zh-Hans", "你好 - 再见", NULL },
};

static void
test_marks_are_those_of_the_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *set = acc_quotes_set (marks[i].typed, marks[i].language);

      g_test_message ("%s: %s", marks[i].language, marks[i].typed);
      g_assert_cmpstr (set, ==, marks[i].set);
    }
}

/* Setting it again changes nothing: what is typographic stays. */
static void
test_marks_that_are_set_stay (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i].set != NULL)
      {
        g_autofree char *again = acc_quotes_set (marks[i].set, marks[i].language);

        g_assert_cmpstr (again, ==, NULL);
      }
}

static void
test_marks_lead_back_to_what_was_typed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *typed = marks[i].typed, *set = marks[i].set != NULL ? marks[i].set : typed;
      gsize before = 0;

      for (const char *at = typed;; at = g_utf8_next_char (at))
        {
          gsize there = acc_quotes_find_set (typed, set, at - typed);
          gsize back = acc_quotes_find_typed (typed, set, there);

          g_assert_true (g_utf8_validate (set + there, -1, NULL));
          g_assert_cmpuint (there, >=, before);
          before = there;
          if (at == typed || at[-1] != '-') /* between two hyphens that are one dash is no place */
            g_assert_cmpuint (back, ==, (gsize) (at - typed));
          if (*at == '\0')
            break;
        }
      g_assert_cmpuint (before, ==, strlen (set));
    }
}

static void
test_marks_are_one_for_comparing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *typed = acc_quotes_fold (marks[i].typed);
      g_autofree char *set = acc_quotes_fold (marks[i].set != NULL ? marks[i].set : marks[i].typed);
      g_auto (GStrv) typed_words = g_regex_split_simple ("\\s+", typed, 0, 0);
      g_auto (GStrv) set_words = g_regex_split_simple ("\\s+", set, 0, 0);
      g_autofree char *typed_letters = g_strjoinv ("", typed_words), *set_letters = g_strjoinv ("", set_words);

      g_assert_cmpstr (typed_letters, ==, set_letters);
    }
}

#define TYPED "I didn't \"ask\" - she rang."
#define SET "I didn’t “ask”\u00a0– she rang."

static void
test_letter_keeps_what_was_typed (void)
{
  g_autoptr (AccLetter) letter = test_letter_of (TYPED, "en"), typographic = test_letter_of (SET, "en");
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autofree char *code = acc_check_code (letter, TEST_NUMBER);
  g_autofree char *other_code = acc_check_code (typographic, TEST_NUMBER);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0), ==, TYPED);
  g_assert_cmpstr (code, !=, other_code);
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      if (line.field == ACC_FIELD_STORY_ACT)
        g_assert_cmpstr (line.text, ==, SET);
      found |= line.field == ACC_FIELD_STORY_ACT;
    }
  g_assert_true (found);
  acc_proofread (pages, pdf, &error);
  g_assert_no_error (error);
}

/* A letter that was sent before its marks were set: the proofreader would not pass it today, but it says what it says. */
static void
test_letter_of_other_rules_is_read_back (void)
{
  g_autoptr (AccLetter) letter = test_letter_of (TYPED, "en"), as_typed = test_letter_of (TYPED, "tlh");
  g_autoptr (AccPages) pages = test_pages (letter), other = test_pages (as_typed);
  g_autoptr (GBytes) pdf = test_pdf (other);
  g_autoptr (GError) refused = NULL, error = NULL;
  gboolean same_bytes = TRUE;

  g_assert_false (acc_proofread (pages, pdf, &refused));
  g_assert_error (refused, ACC_ERROR, ACC_ERROR_CHARACTERS);
  acc_read_back (pages, pdf, &same_bytes, &error);
  g_assert_no_error (error);
  g_assert_false (same_bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quotes/are-those-of-the-language", test_marks_are_those_of_the_language);
  g_test_add_func ("/quotes/that-are-set-stay", test_marks_that_are_set_stay);
  g_test_add_func ("/quotes/lead-back-to-what-was-typed", test_marks_lead_back_to_what_was_typed);
  g_test_add_func ("/quotes/are-one-for-comparing", test_marks_are_one_for_comparing);
  g_test_add_func ("/quotes/letter-keeps-what-was-typed", test_letter_keeps_what_was_typed);
  g_test_add_func ("/quotes/letter-of-other-rules-is-read-back", test_letter_of_other_rules_is_read_back);
  return g_test_run ();
}
