/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/key-file.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
ends_in_half_an_escape (const char *value)
{
  gsize n = 0;

  for (const char *end = value + strlen (value); end > value && end[-1] == '\\'; end--)
    n++;
  return n % 2 == 1;
}

static char *
dup_text (GBytes *bytes)
{
  gsize length = g_bytes_get_size (bytes);

  return length > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), length) : g_strdup ("");
}

guint
acc_key_file_find_line (GBytes *bytes, const char *group, const char *key)
{
  g_return_val_if_fail (bytes != NULL && group != NULL, 0);

  g_autofree char *text = dup_text (bytes), *head = g_strdup_printf ("[%s]", group);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean inside = FALSE;
  guint found = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]), *equals = strchr (line, '=');
      g_autofree char *name = equals != NULL ? g_strchomp (g_strndup (line, equals - line)) : NULL;

      if (line[0] == '[')
        inside = g_str_equal (line, head);
      if (inside && (line[0] == '[' ? key == NULL : key != NULL && name != NULL && g_str_equal (name, key)))
        found = i + 1;
    }
  return found;
}

/* GKeyFile does not tell where it stopped. It reads from the first line on: the first lines up to some one can be read. */
static guint
find_wrong_line (GBytes *bytes, GKeyFileFlags flags)
{
  g_autofree char *text = dup_text (bytes);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint good = 0, wrong = g_strv_length (lines);

  while (wrong - good > 1)
    {
      guint middle = (good + wrong) / 2;
      g_autoptr (GKeyFile) file = g_key_file_new ();
      gsize length = 0;

      for (guint i = 0; i < middle; i++)
        length += strlen (lines[i]) + 1;
      if (g_key_file_load_from_data (file, text, length, flags, NULL))
        good = middle;
      else
        wrong = middle;
    }
  return wrong;
}

static void
set_wrong_line (GError **error, GBytes *bytes, GKeyFileFlags flags, const GError *reason)
{
  guint line = find_wrong_line (bytes, flags);

  if (g_error_matches (reason, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("line %u stands before the first [group]: put it below one"), line);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 _ ("line %u is no [group], no key=value and no comment: correct it, or put # before it"), line);
}

static gboolean
check_values (GKeyFile *file, GBytes *bytes, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint k = 0; keys != NULL && keys[k] != NULL; k++)
        {
          g_autofree char *value = g_key_file_get_value (file, groups[g], keys[k], NULL);

          if (value != NULL && ends_in_half_an_escape (value))
            {
              g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("line %u: [%s] %s ends in a single backslash: write two"),
                           acc_key_file_find_line (bytes, groups[g], keys[k]), groups[g], keys[k]);
              return FALSE;
            }
        }
    }
  return TRUE;
}

GKeyFile *
acc_key_file_parse (GBytes *bytes, GKeyFileFlags flags, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!g_key_file_load_from_bytes (file, bytes, flags, &reason))
    {
      set_wrong_line (error, bytes, flags, reason);
      return NULL;
    }
  return check_values (file, bytes, error) ? g_steal_pointer (&file) : NULL;
}
