/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a cover are marked, by the dictionaries that are installed. */
#include <locale.h>

#include "route/spelling.h"

static char *
dup_unknown (AccSpelling *spelling, const char *text)
{
  g_autoptr (GPtrArray) finds = acc_spelling_check (spelling, text);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < finds->len; i++)
    {
      const AccSpellingFind *find = g_ptr_array_index (finds, i);
      g_autofree char *there = g_utf8_substring (text, find->start, find->end);

      g_assert_cmpstr (there, ==, find->word);
      g_string_append_printf (words, "%s%s", i > 0 ? " " : "", find->word);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
words_are_found_in_each_language (void)
{
  static const struct {
    const char *language, *text, *unknown;
  } cases[] = {
    { "en", "A client wrote to thank Fraud Operations.", "" },
    { "en", "A cleint wrote to thnak Fraud Operations.", "cleint thnak" },
    { "en", "It isn't the client's, and it isn’t ours.", "" },
    { "en", "“Recieved”, (recieved) – recieved.", "Recieved recieved recieved" },
    { "de", "Eine Kundin hat der Abteilung gedankt.", "" },
    { "de", "Eine Kundin hat der Abteilnug gedankt.", "Abteilnug" },
    { "es", "Una clienta ha dado las gracias al departamento.", "" },
    { "es", "Una clienta ha dado las grácias al departamento.", "grácias" },
    { "fr", "Une cliente a remercié le service.", "" },
    { "fr", "Une cliente a remercié le sevrice.", "sevrice" },
    { "pl", "Klientka podziękowała działowi.", "" },
    { "pl", "Klientka podzienkowała działowi.", "podzienkowała" },
    { "ar", "شكر العميل القسم", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccSpelling) spelling = acc_spelling_new (cases[i].language);
      g_autofree char *unknown = NULL;

      g_assert_nonnull (spelling);
      unknown = dup_unknown (spelling, cases[i].text);
      g_assert_cmpstr (unknown, ==, cases[i].unknown);
    }
}

static void
what_is_no_word_is_left_alone (void)
{
  static const char *const texts[] = {
    "", " ", "x", "on 2026-11-20, 3rd or 4711ab", "jess.okafr@bnak.example", "http://bnak.example/abuot", "the IBNA form",
    "a_nmae", "’ ' ‘’", "\xf0\x9f\x99\x82",
  };
  g_autoptr (AccSpelling) spelling = acc_spelling_new ("en");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *unknown = dup_unknown (spelling, texts[i]);

      g_assert_cmpstr (unknown, ==, "");
    }
}

static void
names_are_accepted_until_they_are_forgotten (void)
{
  g_autoptr (AccSpelling) spelling = acc_spelling_new ("en");
  g_autofree char *before = dup_unknown (spelling, "Okaforova and O’Sullivanski");
  g_autofree char *after = NULL;
  g_autofree char *later = NULL;

  g_assert_cmpstr (before, ==, "Okaforova O’Sullivanski");
  acc_spelling_accept (spelling, "Jessica Okaforova, Clara O’Sullivanski");
  after = dup_unknown (spelling, "Okaforova and O’Sullivanski");
  g_assert_cmpstr (after, ==, "");
  acc_spelling_forget (spelling);
  later = dup_unknown (spelling, "Okaforova");
  g_assert_cmpstr (later, ==, "Okaforova");
}

static void
what_was_meant_is_suggested (void)
{
  g_autoptr (AccSpelling) spelling = acc_spelling_new ("en");
  g_auto (GStrv) suggestions = acc_spelling_suggest (spelling, "recieved");
  g_auto (GStrv) none = acc_spelling_suggest (spelling, "qqqqzzzzxxxxjjjjqqqqzzzz");

  g_assert_cmpuint (g_strv_length (suggestions), <=, ACC_SPELLING_SUGGESTIONS_MAX);
  g_assert_true (g_strv_contains ((const char *const *) suggestions, "received"));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
a_language_without_a_dictionary_is_not_checked (void)
{
  g_assert_null (acc_spelling_new ("tlh"));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("accolade-spelling-XXXXXX", NULL);

  /* Words that somebody has taught their own dictionaries count for nothing here. */
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spelling/words-are-found-in-each-language", words_are_found_in_each_language);
  g_test_add_func ("/spelling/what-is-no-word-is-left-alone", what_is_no_word_is_left_alone);
  g_test_add_func ("/spelling/names-are-accepted-until-they-are-forgotten", names_are_accepted_until_they_are_forgotten);
  g_test_add_func ("/spelling/what-was-meant-is-suggested", what_was_meant_is_suggested);
  g_test_add_func ("/spelling/a-language-without-a-dictionary-is-not-checked", a_language_without_a_dictionary_is_not_checked);
  return g_test_run ();
}
