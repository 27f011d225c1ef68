/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words by the lists of a language: found where they mean something, and nowhere else. */
#include <string.h>

#include "checked-words.h"
#include "complaints.h"
#include "review/phrases.h"

static void
words_are_found_in_six_languages (void)
{
  guint n_missed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (guilty); i++)
    {
      g_autoptr (AccPhrases) phrases = acc_phrases_load (guilty[i].language, guilty[i].group, NULL);
      g_autoptr (GArray) found = acc_phrases_find (phrases, guilty[i].text);
      const AccPhraseHit *hit;

      if (found->len == 0)
        {
          g_test_message ("%s %s: “%s” is not found", guilty[i].language, guilty[i].group, guilty[i].text);
          n_missed++;
          continue;
        }
      hit = &g_array_index (found, AccPhraseHit, 0);
      g_assert_cmpuint (hit->start, <, hit->end);
      g_assert_cmpuint (hit->sentence_start, <=, hit->start);
      g_assert_cmpuint (hit->end, <=, hit->sentence_end);
      g_assert_true (g_utf8_validate (guilty[i].text + hit->start, (gssize) (hit->end - hit->start), NULL));
    }
  g_assert_cmpuint (n_missed, ==, 0);
}

static void
innocent_sentences_are_left_alone (void)
{
  guint n_taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (innocent); i++)
    {
      g_autoptr (AccPhrases) phrases = acc_phrases_load (innocent[i].language, innocent[i].group, NULL);
      g_autoptr (GArray) found = acc_phrases_find (phrases, innocent[i].text);

      if (found->len > 0)
        g_test_message ("%s %s: “%s” is taken for something else", innocent[i].language, innocent[i].group,
                        innocent[i].text);
      n_taken += found->len;
    }
  g_assert_cmpuint (n_taken, ==, 0);
}

/* The kiosk finds the first complaint by help.c, the desk by these: the same lists, the same answers. */
static void
complaints_are_what_the_kiosk_takes_for_them (void)
{
  guint n_wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (complaints) + G_N_ELEMENTS (praises); i++)
    {
      gboolean is_complaint = i < G_N_ELEMENTS (complaints);
      const Passage *row = is_complaint ? &complaints[i] : &praises[i - G_N_ELEMENTS (complaints)];
      g_autoptr (AccPhrases) phrases = acc_phrases_load (row->language, "complaint", NULL);
      g_autoptr (GArray) found = acc_phrases_find (phrases, row->text);

      if ((found->len > 0) == is_complaint)
        continue;
      g_test_message ("%s: “%s” is %s", row->language, row->text, is_complaint ? "not found" : "taken for a complaint");
      n_wrong++;
    }
  g_assert_cmpuint (n_wrong, ==, 0);
}

/* Every language of the interface has every list. */
static void
no_list_is_missing (void)
{
  static const char *const languages[] = { "en", "es", "fr", "de", "pl", "ar" };
  static const char *const groups[] = { "threat",      "violence",    "insult",        "harm-queue",  "harm-duties",   "harm-rules", "harm-time",
                                        "cover-state", "cover-money", "cover-compare", "cover-scold" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    for (guint k = 0; k < G_N_ELEMENTS (groups); k++)
      {
        guint n_guilty = 0, n_innocent = 0;

        for (guint row = 0; row < G_N_ELEMENTS (guilty); row++)
          n_guilty += strcmp (guilty[row].language, languages[i]) == 0 && strcmp (guilty[row].group, groups[k]) == 0;
        for (guint row = 0; row < G_N_ELEMENTS (innocent); row++)
          n_innocent += strcmp (innocent[row].language, languages[i]) == 0 && strcmp (innocent[row].group, groups[k]) == 0;
        if (n_guilty == 0 || n_innocent == 0)
          g_error ("%s %s is not tried", languages[i], groups[k]);
      }
}

/* What a phrase is, by lists of the test's own. */
static void
a_phrase_is_whole_words (void)
{
  static const struct {
    const char *words, *innocent, *others, *text, *found; /* found: the words, with '|' between them */
    const char *direct;
  } rows[] = {
    { "job", NULL, NULL, "The jobs of Job.", "Job" },
    { "job*", NULL, NULL, "The jobs of Job.", "jobs" },             /* once a sentence */
    { "job", NULL, NULL, "A job. A JOB; a Jób?", "job|JOB|Jób" },   /* folded */
    { "not her job", NULL, NULL, "It’s not — her job", "not — her job" },
    { "not her job", NULL, NULL, "Not her. Job done.", "" },        /* never over the end of a sentence */
    { "isnt her", NULL, NULL, "It isn’t hers, it isn't her.", "isn't her" },
    { "take _ court", NULL, NULL, "take court", "take court" },
    { "take _ court", NULL, NULL, "take you to court", "take you to court" },
    { "take _ court", NULL, NULL, "take you back to court", "" },
    { "take _ court", NULL, NULL, "take. Court", "" },
    { "rules", "not _ rules", NULL, "not by the rules. The rules", "rules" },
    { "rules", NULL, "landlord*", "My landlord’s rules. Your rules", "rules" },
    /* where some words are direct, others reach six words within their clause */
    { "rules;your rules", NULL, "thief", "The thief had rules", "", "your" },
    { "rules;your rules", NULL, "thief", "The thief had your rules", "your rules", "your" },
    { "rules;your rules", NULL, "thief", "The thief, who had rules", "rules", "your" },
    { "rules;your rules", NULL, "thief", "The thief one two three four five six rules", "", "your" },
    { "rules;your rules", NULL, "thief", "The thief one two three four five six seven rules", "rules", "your" },
    { "rules;your rules", NULL, "thief", "Rules one two three four five six of a thief", "Rules", "your" },
    { "rules;your rules", NULL, "thief", "Rules of a well-known thief", "", "your" },
    { "court", NULL, NULL, "Sonst sehen wir uns — Court!", "Court" },
    { "محكمة", NULL, NULL, "إلى محـــكمة", "محـــكمة" },             /* a word may be stretched */
    { "", "", "", "A job.", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) words = g_strsplit (rows[i].words, ";", -1);
      const char *const harmless[] = { rows[i].innocent, NULL };
      const char *const others[] = { rows[i].others, NULL };
      const char *const direct[] = { rows[i].direct, NULL };
      g_autoptr (AccPhrases) phrases = acc_phrases_new ((const char *const *) words, harmless, others, direct);
      g_autoptr (GArray) hits = acc_phrases_find (phrases, rows[i].text);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint k = 0; k < hits->len; k++)
        {
          const AccPhraseHit *hit = &g_array_index (hits, AccPhraseHit, k);

          g_string_append (found, k > 0 ? "|" : "");
          g_string_append_len (found, rows[i].text + hit->start, (gssize) (hit->end - hit->start));
        }
      g_assert_cmpstr (found->str, ==, rows[i].found);
    }
}

static void
a_language_without_lists_finds_nothing (void)
{
  g_autoptr (AccPhrases) none = acc_phrases_load ("ja", "threat", NULL);
  g_autoptr (AccPhrases) nowhere = acc_phrases_load ("xx", "threat", NULL);
  g_autoptr (AccPhrases) british = acc_phrases_load ("en-GB", "threat", NULL);
  g_autoptr (GArray) first = acc_phrases_find (none, "I will sue you.");
  g_autoptr (GArray) second = acc_phrases_find (nowhere, "I will sue you.");
  g_autoptr (GArray) third = acc_phrases_find (british, "I will sue you.");

  g_assert_cmpuint (first->len, ==, 0);
  g_assert_cmpuint (second->len, ==, 0);
  g_assert_cmpuint (third->len, ==, 1);
}

/* A department may be called what it deals with. */
static void
a_name_is_innocent (void)
{
  const char *const names[] = { "Mortgage Servicing", "—", NULL };
  g_autoptr (AccPhrases) phrases = acc_phrases_load ("en", "cover-money", names);
  g_autoptr (GArray) of_name = acc_phrases_find (phrases, "Please share it with Mortgage Servicing.");
  g_autoptr (GArray) of_client = acc_phrases_find (phrases, "The client has a mortgage.");

  g_assert_cmpuint (of_name->len, ==, 0);
  g_assert_cmpuint (of_client->len, ==, 1);
}

/* No text, however long or strange, takes more than its words times the lists. */
static void
any_text_is_read_to_its_end (void)
{
  g_autoptr (AccPhrases) phrases = acc_phrases_load ("en", "harm-rules", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) found = NULL;

  while (text->len < 100000)
    g_string_append (text, "without without without asking the the \xE2\x80\x8D ' ’ __ * ");
  g_string_append (text, "without asking for my ID");
  found = acc_phrases_find (phrases, text->str);
  g_assert_cmpuint (found->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-words/found-in-six-languages", words_are_found_in_six_languages);
  g_test_add_func ("/checks-words/innocent-ones-are-left-alone", innocent_sentences_are_left_alone);
  g_test_add_func ("/checks-words/complaints-as-at-the-kiosk", complaints_are_what_the_kiosk_takes_for_them);
  g_test_add_func ("/checks-words/no-list-is-missing", no_list_is_missing);
  g_test_add_func ("/checks-words/a-phrase-is-whole-words", a_phrase_is_whole_words);
  g_test_add_func ("/checks-words/a-language-without-lists", a_language_without_lists_finds_nothing);
  g_test_add_func ("/checks-words/a-name-is-innocent", a_name_is_innocent);
  g_test_add_func ("/checks-words/any-text-is-read-to-its-end", any_text_is_read_to_its_end);
  return g_test_run ();
}
