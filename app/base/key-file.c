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

static gboolean
check_values (GKeyFile *file, GError **error)
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
              g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("[%s] %s ends in a single backslash"), groups[g], keys[k]);
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
      g_autofree char *sentence = g_utf8_make_valid (reason->message, -1);

      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, sentence);
      return NULL;
    }
  return check_values (file, error) ? g_steal_pointer (&file) : NULL;
}
