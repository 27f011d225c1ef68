/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/key-file.h"
#include "base/places.h"

#define FILE_MAX ((gsize) 64 * 1024)
#define SEPARATOR ";"

static const char *used; /* interned; NULL: what the environment asks for */

void
acc_language_free (AccLanguage *language)
{
  g_free (language->tag);
  g_free (language->name);
  g_free (language);
}

/* "es" of "es-MX"; NULL where @tag cannot be one. */
static char *
dup_base (const char *tag)
{
  gsize length = strspn (tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (length < 2 || length > 8 || (tag[length] != '\0' && tag[length] != '-' && tag[length] != '_'))
    return NULL;
  return g_ascii_strdown (tag, (gssize) length);
}

static gboolean
has_catalogue (const char *tag)
{
  g_autofree char *folder = acc_places_catalogues ();
  g_autofree char *path = g_build_filename (folder, tag, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

  return g_str_equal (tag, ACC_LANGUAGE_OWN) || g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* NULL where there is no file of exactly this language. */
static GKeyFile *
load_file (const char *tag)
{
  g_autofree char *below = g_strdup_printf ("languages/%s.conf", tag);
  g_autofree char *path = acc_places_data (below);
  g_autoptr (GBytes) bytes = acc_file_read (path, FILE_MAX, NULL);

  return bytes != NULL ? acc_key_file_parse (bytes, G_KEY_FILE_NONE, NULL) : NULL;
}

static AccLanguage *
load (const char *tag)
{
  g_autoptr (GKeyFile) file = load_file (tag);
  g_autofree char *name = file != NULL ? g_key_file_get_string (file, "language", "name", NULL) : NULL;
  g_autofree char *direction = file != NULL ? g_key_file_get_string (file, "language", "direction", NULL) : NULL;
  AccLanguage *language;

  if (name == NULL)
    return NULL;
  language = g_new0 (AccLanguage, 1);
  language->tag = g_strdup (tag);
  language->name = g_steal_pointer (&name);
  language->right_to_left = g_strcmp0 (direction, "rtl") == 0;
  language->is_translated = has_catalogue (tag);
  return language;
}

AccLanguage *
acc_language_find (const char *tag)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (tag != NULL, NULL);

  base = dup_base (tag);
  return base != NULL ? load (base) : NULL;
}

GStrv
acc_language_list_words (const char *tag, const char *group, const char *key)
{
  g_autofree char *base = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (tag != NULL && group != NULL && key != NULL, NULL);

  base = dup_base (tag);
  file = base != NULL ? load_file (base) : NULL;
  return file != NULL ? g_key_file_get_string_list (file, group, key, NULL, NULL) : NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const AccLanguage *first = *(const AccLanguage *const *) a, *second = *(const AccLanguage *const *) b;
  gboolean first_own = g_str_equal (first->tag, ACC_LANGUAGE_OWN), second_own = g_str_equal (second->tag, ACC_LANGUAGE_OWN);

  return first_own != second_own ? second_own - first_own : strcmp (first->name, second->name);
}

GPtrArray *
acc_language_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_language_free);
  g_autofree char *folder = acc_places_data ("languages");
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *tag = g_str_has_suffix (name, ".conf") ? g_strndup (name, strlen (name) - strlen (".conf")) : NULL;
      g_autofree char *base = tag != NULL ? dup_base (tag) : NULL;
      AccLanguage *language = base != NULL && g_str_equal (base, tag) ? load (tag) : NULL;

      if (language != NULL)
        g_ptr_array_add (list, language);
    }
  g_ptr_array_sort (list, compare);
  return list;
}

gboolean
acc_language_is_among (const char *tag, const char *tags)
{
  g_auto (GStrv) each = NULL;
  g_autofree char *base = NULL;

  g_return_val_if_fail (tag != NULL && tags != NULL, FALSE);

  each = g_strsplit (tags, SEPARATOR, -1);
  base = dup_base (tag);
  for (guint i = 0; base != NULL && each[i] != NULL; i++)
    {
      g_autofree char *other = dup_base (g_strstrip (each[i]));

      if (g_strcmp0 (base, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_listed (GPtrArray *list, const char *tag)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((const AccLanguage *) g_ptr_array_index (list, i))->tag, tag))
      return TRUE;
  return FALSE;
}

GPtrArray *
acc_language_list_offered (const char *wanted)
{
  g_autoptr (GPtrArray) all = NULL;
  g_auto (GStrv) tags = NULL;
  GPtrArray *offered;

  g_return_val_if_fail (wanted != NULL, NULL);

  offered = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_language_free);
  tags = g_strsplit (wanted, SEPARATOR, -1);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      AccLanguage *language = acc_language_find (g_strstrip (tags[i]));

      if (language != NULL && language->is_translated && !is_listed (offered, language->tag))
        g_ptr_array_add (offered, language);
      else
        g_clear_pointer (&language, acc_language_free);
    }
  if (offered->len > 0)
    return offered;
  all = acc_language_list ();
  for (guint i = 0; i < all->len; i++)
    if (((const AccLanguage *) g_ptr_array_index (all, i))->is_translated)
      g_ptr_array_add (offered, acc_language_find (((const AccLanguage *) g_ptr_array_index (all, i))->tag));
  return offered;
}

/* ---- what the process speaks ---- */

/* Naming the domain in use once more is how gettext is told that LANGUAGE has changed (intl/textdomain.c). */
static void
open_catalogues (void)
{
  g_autofree char *folder = acc_places_catalogues ();

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (textdomain (NULL));
}

/* The user's languages, most wanted first: LANGUAGE's, else the locale's, whether or not this machine has it. */
static char *
dup_asked (void)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return g_strndup (value, i == 0 ? strlen (value) : strcspn (value, ".@"));
    }
  return g_strdup ("");
}

void
acc_language_init (void)
{
  g_autofree char *asked = dup_asked ();

  /* A bare machine's, a timer's or a remote shell's plain locale turns names into "?", and gettext speaks English there. */
  if (setlocale (LC_ALL, "") == NULL || !g_get_charset (NULL) || g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    {
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      setlocale (LC_ALL, "");
    }
  g_setenv ("LANGUAGE", asked, TRUE);
  /* gettext would pass over English, which has no catalogue, to the next that the user reads. */
  acc_language_use (acc_language_get ());
}

void
acc_language_use (const char *tag)
{
  g_autofree char *name = NULL;

  g_return_if_fail (tag != NULL);

  used = g_intern_string (tag);
  name = g_strdelimit (g_strdup (tag), "-", '_');
  setenv ("LANGUAGE", name, TRUE); /* GLib's own would write that threads are running: language.h says why that is sound */
  open_catalogues ();
}

const char *
acc_language_get (void)
{
  const char *asked = g_getenv ("LANGUAGE");
  g_auto (GStrv) tags = NULL;

  if (used != NULL)
    return used;
  tags = g_strsplit (asked != NULL ? asked : "", ":", -1);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autoptr (AccLanguage) language = acc_language_find (tags[i]);

      if (language != NULL && language->is_translated)
        return g_intern_string (language->tag);
    }
  return ACC_LANGUAGE_OWN;
}
