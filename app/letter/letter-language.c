/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/letter-language.h"

#include <string.h>
#include <sys/mman.h>
#include <textcat.h>
#include <unistd.h>

#include "base/language.h"

/* Bytes: fewer do not tell. The longest beginning of a letter that was taken for another language has 78
 * (tests/fixtures/languages): it is mostly names. */
#define STORY_MIN 100

#define PRINTS_FOLDER ACC_TEXTCAT_FOLDER "/"

/* The fingerprints of the languages that letters can be in, as libexttextcat wants them listed: "es.lm es--". */
static char *
list_prints (void)
{
  g_autoptr (GPtrArray) languages = acc_language_list ();
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < languages->len; i++)
    {
      const char *tag = ((const AccLanguage *) g_ptr_array_index (languages, i))->tag;
      const char *print = g_str_equal (tag, "zh") ? "zh-Hans" : tag;
      g_autofree char *path = g_strdup_printf (PRINTS_FOLDER "%s.lm", print);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_string_append_printf (list, "%s.lm %s--\n", print, tag);
    }
  return g_string_free (list, FALSE);
}

/* The library reads its list from a file only: this one has no name on any disk. NULL where it cannot be had. */
static void *
open_classifier (void)
{
  g_autofree char *list = list_prints (), *path = NULL;
  int file = memfd_create ("prints", MFD_CLOEXEC);
  void *classifier = NULL;

  if (file < 0)
    return NULL;
  path = g_strdup_printf ("/proc/self/fd/%d", file);
  if (write (file, list, strlen (list)) == (ssize_t) strlen (list))
    classifier = special_textcat_Init (path, PRINTS_FOLDER);
  close (file);
  return classifier;
}

/* "[es--][fr--]", best first; "SHORT" or "UNKNOWN". NULL without a classifier. */
static char *
classify (const char *text)
{
  void *classifier = open_classifier ();
  char *found;

  if (classifier == NULL)
    return NULL;
  found = g_strdup (textcat_Classify (classifier, text, strlen (text)));
  textcat_Done (classifier);
  return found;
}

char *
acc_letter_language_doubt (const AccLetterFields *fields)
{
  g_autofree char *story = NULL, *found = NULL, *own = NULL;

  g_return_val_if_fail (fields != NULL, NULL);

  story = g_strjoin ("\n", fields->need, fields->act, fields->difference, NULL);
  if (strlen (story) < STORY_MIN)
    return NULL;
  found = classify (story);
  if (found == NULL || found[0] != '[')
    return NULL;
  own = g_strdup_printf ("[%.*s--]", (int) strcspn (fields->language, "-"), fields->language);
  return strstr (found, own) == NULL ? g_strndup (found + 1, strcspn (found + 1, "-")) : NULL;
}
