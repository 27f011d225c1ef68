/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a client is asked in which language the letter is, over three tables in fixtures/languages: letters that are in
 * the language that they say, letters that are not, and too few words to tell. */
#include <string.h>

#include "letter/letter-language.h"
#include "support.h"

/* The rows of a table: texts with a tab between them. */
static GPtrArray *
read_rows (const char *name)
{
  g_autofree char *path = g_build_filename (TEST_FIXTURES, "languages", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#')
      g_ptr_array_add (rows, g_strsplit (lines[i], "\t", -1));
  return rows;
}

/* What is asked about @story, whose letter says that it is in the language @tag. */
static char *
doubt (const char *tag, const char *story)
{
  return acc_letter_language_doubt (&(AccLetterFields){
    .language = (char *) tag, .need = (char *) "", .act = (char *) story, .difference = (char *) "" });
}

/* None of the table's @at_least letters is asked about. */
static void
assert_no_doubt (const char *name, guint at_least)
{
  g_autoptr (GPtrArray) rows = read_rows (name);

  g_assert_cmpuint (rows->len, >=, at_least);
  for (guint i = 0; i < rows->len; i++)
    {
      GStrv row = g_ptr_array_index (rows, i);
      g_autofree char *asked = doubt (row[0], row[1]);

      g_test_message ("%s: %s", row[0], row[1]);
      g_assert_cmpstr (asked, ==, NULL);
    }
}

static void
a_letter_in_its_own_language_is_not_asked_about (void)
{
  assert_no_doubt ("own.txt", 60);
}

static void
few_words_are_not_asked_about (void)
{
  assert_no_doubt ("short.txt", 30);
}

static void
a_letter_in_another_language_is_asked_about_by_its_name (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("other.txt");

  g_assert_cmpuint (rows->len, >=, 30);
  for (guint i = 0; i < rows->len; i++)
    {
      GStrv row = g_ptr_array_index (rows, i);
      g_autofree char *asked = doubt (row[0], row[2]);

      g_test_message ("%s: %s", row[0], row[2]);
      g_assert_cmpstr (asked, ==, row[1]);
    }
}

/* A letter in the making grows word by word; none of its beginnings is asked about either. */
static void
no_beginning_of_a_letter_is_asked_about (void)
{
  g_autoptr (GPtrArray) rows = read_rows ("own.txt");

  for (guint i = 0; i < rows->len; i++)
    {
      GStrv row = g_ptr_array_index (rows, i);

      for (const char *space = strchr (row[1], ' '); space != NULL; space = strchr (space + 1, ' '))
        {
          g_autofree char *begun = g_strndup (row[1], (gsize) (space - row[1]));
          g_autofree char *asked = doubt (row[0], begun);

          g_test_message ("%s: %s", row[0], begun);
          g_assert_cmpstr (asked, ==, NULL);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-language/its-own-is-not-asked-about", a_letter_in_its_own_language_is_not_asked_about);
  g_test_add_func ("/letter-language/another-is-asked-about-by-its-name",
                   a_letter_in_another_language_is_asked_about_by_its_name);
  g_test_add_func ("/letter-language/few-words-are-not-asked-about", few_words_are_not_asked_about);
  g_test_add_func ("/letter-language/no-beginning-is-asked-about", no_beginning_of_a_letter_is_asked_about);
  return g_test_run ();
}
