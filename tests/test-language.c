/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <locale.h>
#include <string.h>

/* The languages from the first day, as a client sees them, and a word that each has of its own. */
static const struct {
  const char *tag, *name, *next;
  gboolean right_to_left;
} rows[] = {
  { "en", "English", "Next", FALSE },    { "de", "Deutsch", "Weiter", FALSE }, { "es", "Español", "Siguiente", FALSE },
  { "fr", "Français", "Suivant", FALSE }, { "pl", "Polski", "Dalej", FALSE },   { "ar", "العربية", "التالي", TRUE },
};

static char *
join_tags (GPtrArray *languages)
{
  GString *tags = g_string_new (NULL);

  for (guint i = 0; i < languages->len; i++)
    g_string_append_printf (tags, "%s%s", i > 0 ? ";" : "", ((AccLanguage *) g_ptr_array_index (languages, i))->tag);
  return g_string_free (tags, FALSE);
}

static void
six_languages_are_there_under_their_own_names (void)
{
  g_autoptr (GPtrArray) offered = acc_language_list_offered ("");

  g_assert_cmpuint (offered->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < offered->len; i++)
    {
      const AccLanguage *language = g_ptr_array_index (offered, i);

      g_assert_cmpstr (language->tag, ==, rows[i].tag);
      g_assert_cmpstr (language->name, ==, rows[i].name);
      g_assert_cmpint (language->right_to_left, ==, rows[i].right_to_left);
    }
}

static void
a_branch_says_which_are_offered_and_in_which_order (void)
{
  static const struct {
    const char *wanted, *offered;
  } cases[] = {
    { "pl;en", "pl;en" },
    { " ar ; es-MX;", "ar;es" },
    { "es;es-MX;es", "es" },
    { "ja;de", "de" }, /* letters can be in Japanese; the interface cannot */
    { "tlh", "en;de;es;fr;pl;ar" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) offered = acc_language_list_offered (cases[i].wanted);
      g_autofree char *tags = join_tags (offered);

      g_assert_cmpstr (tags, ==, cases[i].offered);
    }
}

static void
a_letter_may_be_in_more_languages_than_the_interface (void)
{
  g_autoptr (GPtrArray) all = acc_language_list ();
  g_autoptr (AccLanguage) japanese = acc_language_find ("ja-JP");

  g_assert_cmpuint (all->len, >, G_N_ELEMENTS (rows));
  g_assert_cmpstr (japanese->name, ==, "日本語");
  g_assert_false (japanese->is_translated);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpuint (strlen (((AccLanguage *) g_ptr_array_index (all, i))->name), >, 0);
}

static void
a_tag_that_names_no_language_finds_none (void)
{
  static const char *const tags[] = { "", "e", "xx", "../en", "en/../es", "C", "klingonese", "und" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    g_assert_null (acc_language_find (tags[i]));
}

static void
a_language_is_among_others_by_its_base (void)
{
  g_assert_true (acc_language_is_among ("es-MX", "en; es"));
  g_assert_true (acc_language_is_among ("en", "EN"));
  g_assert_false (acc_language_is_among ("pl", "en;es"));
  g_assert_false (acc_language_is_among ("und", "en"));
  g_assert_false (acc_language_is_among ("pl", ""));
}

static void
each_language_is_spoken_at_once (void)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        acc_language_use (rows[i].tag);
        g_assert_cmpstr (acc_language_get (), ==, rows[i].tag);
        g_assert_cmpstr (_ ("Next"), ==, rows[i].next);
      }
}

/* How wide it is differs from machine to machine: gettext puts the right letters in the place of PRId64 by itself. */
static void
a_number_of_64_bits_is_translated (void)
{
  g_autofree char *text = NULL;

  acc_language_use ("es");
  text = g_strdup_printf (_ ("letter %s has no document %" PRId64), "0F3M7", (gint64) 5000000000);
  g_assert_cmpstr (text, ==, "la carta 0F3M7 no tiene el documento 5000000000");
}

/* Without a locale the months have English names: other languages write them in figures. */
static void
a_day_has_no_english_name_in_another_language (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 5, 9, 7, 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *day = NULL, *moment = NULL;

      acc_language_use (rows[i].tag);
      day = g_date_time_format (time, _ ("%-d %b %Y"));
      moment = g_date_time_format (time, _ ("%-d %b %Y, %H:%M"));
      g_test_message ("%s: %s; %s", rows[i].tag, day, moment);
      g_assert_cmpint (strstr (day, "Nov") != NULL, ==, g_str_equal (rows[i].tag, "en"));
      g_assert_true (g_str_has_prefix (moment, day) && strstr (moment, "09:07") != NULL);
    }
}

/* What every plain shell and timer has, and a user's wish for a locale that this machine lacks. */
static const struct {
  const char *name, *value, *next;
} asked[] = {
  { "LC_ALL", "C", "Next" },
  { "LC_ALL", "pl_PL.UTF-8", "Dalej" },
  { "LANG", "ar_EG", "التالي" },
  { "LANGUAGE", "tlh:es_MX:de", "Siguiente" },
  { "LANGUAGE", "en_GB:de", "Next" },
};

static void
speak_as_asked (gconstpointer data)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG" };
  guint i = GPOINTER_TO_UINT (data);

  for (guint j = 0; j < G_N_ELEMENTS (names); j++)
    g_unsetenv (names[j]);
  g_setenv (asked[i].name, asked[i].value, TRUE);
  acc_language_init ();
  g_assert_true (g_get_charset (NULL));
  g_assert_cmpstr (_ ("Next"), ==, asked[i].next);
}

static void
a_machine_without_locales_speaks_what_is_asked_for (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *path = g_strdup_printf ("/language/subprocess/asked/%u", i);

      g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
    }
}

static gpointer
translate (gpointer data)
{
  int *stop = data;

  while (!g_atomic_int_get (stop))
    {
      const char *next = _ ("Next");

      g_assert_true (g_str_equal (next, "Dalej") || g_str_equal (next, "Weiter"));
    }
  return NULL;
}

static void
a_thread_is_answered_in_the_one_or_the_other (void)
{
  int stop = FALSE;
  GThread *thread;

  acc_language_use ("pl");
  thread = g_thread_new ("translate", translate, &stop);
  for (guint i = 0; i < 2000; i++)
    acc_language_use (i % 2 == 0 ? "de" : "pl");
  g_atomic_int_set (&stop, TRUE);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/six-languages-are-there-under-their-own-names", six_languages_are_there_under_their_own_names);
  g_test_add_func ("/language/a-branch-says-which-are-offered-and-in-which-order",
                   a_branch_says_which_are_offered_and_in_which_order);
  g_test_add_func ("/language/a-letter-may-be-in-more-languages-than-the-interface",
                   a_letter_may_be_in_more_languages_than_the_interface);
  g_test_add_func ("/language/a-tag-that-names-no-language-finds-none", a_tag_that_names_no_language_finds_none);
  g_test_add_func ("/language/a-language-is-among-others-by-its-base", a_language_is_among_others_by_its_base);
  g_test_add_func ("/language/each-language-is-spoken-at-once", each_language_is_spoken_at_once);
  g_test_add_func ("/language/a-number-of-64-bits-is-translated", a_number_of_64_bits_is_translated);
  g_test_add_func ("/language/a-day-has-no-english-name-in-another-language", a_day_has_no_english_name_in_another_language);
  g_test_add_func ("/language/a-machine-without-locales-speaks-what-is-asked-for",
                   a_machine_without_locales_speaks_what_is_asked_for);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *path = g_strdup_printf ("/language/subprocess/asked/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), speak_as_asked);
    }
  g_test_add_func ("/language/a-thread-is-answered-in-the-one-or-the-other", a_thread_is_answered_in_the_one_or_the_other);
  return g_test_run ();
}
