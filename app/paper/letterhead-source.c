/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key files of a letterhead: read within bounds, and what is wrong in them told by line. */
#include "paper/letterhead-read-private.h"

#include "base/file.h"
#include "base/key-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTES_MAX (64 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* before the first line, as some editors have it */

void
acc_key_source_clear (AccKeySource *source)
{
  g_clear_pointer (&source->bytes, g_bytes_unref);
}

static GBytes *
read_bytes (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = acc_file_read (path, BYTES_MAX, error);
  gsize mark = strlen (BYTE_ORDER_MARK), size = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (size >= mark && memcmp (g_bytes_get_data (bytes, NULL), BYTE_ORDER_MARK, mark) == 0)
    return g_bytes_new_from_bytes (bytes, mark, size - mark);
  return g_steal_pointer (&bytes);
}

guint
acc_letterhead_find_line_of_bad_text (GBytes *bytes)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size), *end = text;
  guint line = 1;

  if (size == 0 || g_utf8_validate_len (text, size, &end))
    return 0;
  for (; text < end; text++)
    line += *text == '\n';
  return line;
}

/* GKeyFile makes what it can of a backslash that means nothing. */
static void
check_escapes (const AccKeySource *source, GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint k = 0; names != NULL && names[k] != NULL; k++)
        {
          g_autofree char *value = g_key_file_get_value (file, groups[g], names[k], NULL);
          const char *at = strchr (value, '\\');

          while (at != NULL && strchr ("sntr\\;", at[1]) != NULL)
            at = strchr (at + 2, '\\');
          if (at != NULL)
            acc_key_source_add_fault (source, ACC_ERROR_INPUT, groups[g], names[k],
                                      g_strdup (_ ("it has a single backslash; write two, or take it out")));
        }
    }
}

GKeyFile *
acc_key_source_read (AccKeySource *source)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) error = NULL;
  guint line;

  source->bytes = read_bytes (source->path, &error);
  if (source->bytes == NULL)
    {
      g_ptr_array_add (source->faults, g_steal_pointer (&error));
      return NULL;
    }
  line = acc_letterhead_find_line_of_bad_text (source->bytes);
  if (line > 0)
    acc_letterhead_add_fault (source->faults, ACC_ERROR_INPUT, _ ("%s line %u is not UTF-8; save the file as UTF-8."),
                              source->path, line);
  else if ((file = acc_key_file_parse (source->bytes, G_KEY_FILE_KEEP_TRANSLATIONS, &error)) == NULL)
    acc_letterhead_add_fault (source->faults, ACC_ERROR_INPUT, _ ("%s cannot be read: %s."), source->path, error->message);
  else
    check_escapes (source, file);
  return g_steal_pointer (&file);
}

char *
acc_key_source_tell (const AccKeySource *source, const char *group, const char *key, const char *wrong)
{
  guint line = acc_key_file_find_line (source->bytes, group, key);
  g_autofree char *at = line > 0 ? g_strdup_printf (_ (" line %u"), line) : g_strdup ("");

  return g_strdup_printf (_ ("%s%s: [%s] %s: %s."), source->path, at, group, key, wrong);
}

void
acc_key_source_add_fault (const AccKeySource *source, AccError code, const char *group, const char *key, char *wrong)
{
  g_autofree char *taken = wrong, *told = NULL;

  if (wrong == NULL)
    return;
  told = acc_key_source_tell (source, group, key, wrong);
  acc_letterhead_add_fault (source->faults, code, "%s", told);
}
