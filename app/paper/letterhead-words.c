/* SPDX-License-Identifier: GPL-3.0-or-later */
/* languages/: the bank's own wording, of which each file has only the keys that it changes. */
#include "paper/letterhead-read-private.h"

#include "paper/wording-private.h"

#include <glib/gi18n-lib.h>

#define SUFFIX ".conf"

static void
check_words (GKeyFile *words, const AccKeySource *source)
{
  g_auto (GStrv) groups = g_key_file_get_groups (words, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (words, groups[g], NULL, NULL);

      for (guint k = 0; names != NULL && names[k] != NULL; k++)
        acc_key_source_add_fault (source, ACC_ERROR_INPUT, groups[g], names[k],
                                  acc_wording_check_key (words, groups[g], names[k]));
    }
}

static void
read_language (AccLetterhead *self, const char *languages, const char *name, GPtrArray *faults)
{
  g_autofree char *path = g_build_filename (languages, name, NULL);
  g_autofree char *language
    = g_str_has_suffix (name, SUFFIX) ? g_strndup (name, strlen (name) - strlen (SUFFIX)) : NULL;
  g_auto (AccKeySource) source = { path, faults };
  GKeyFile *words;

  if (language == NULL || !acc_wording_has_language (language))
    {
      acc_letterhead_add_fault (faults, ACC_ERROR_INPUT,
                                _ ("%s: there is no language of this name; name the file after one, such as es.conf."),
                                path);
      return;
    }
  words = acc_key_source_read (&source);
  if (words == NULL)
    return;
  check_words (words, &source);
  g_hash_table_insert (self->words, g_steal_pointer (&language), words);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
acc_letterhead_read_words (AccLetterhead *self, const char *folder, GPtrArray *faults)
{
  g_autofree char *languages = g_build_filename (folder, ACC_LETTERHEAD_LANGUAGES, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (languages, 0, &error);

  if (dir == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    acc_letterhead_add_fault (faults, ACC_ERROR_INPUT, _ ("%s cannot be read: %s."), languages, error->message);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    read_language (self, languages, g_ptr_array_index (names, i), faults);
}

GKeyFile *
acc_letterhead_get_words (AccLetterhead *self, const char *language)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self) && language != NULL, NULL);
  return g_hash_table_lookup (self->words, language);
}
