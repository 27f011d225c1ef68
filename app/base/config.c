/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/config-keys-private.h"
#include "base/error.h"
#include "base/file.h"
#include "base/key-file.h"
#include "base/text.h"

#define FILE_NAME "accolade.conf"
#define FILE_MAX ((gsize) 64 * 1024)

struct _AccConfig
{
  GObject parent_instance;

  char *values[ACC_CONFIG_N_KEYS];
};

G_DEFINE_FINAL_TYPE (AccConfig, acc_config, G_TYPE_OBJECT)

/* A file that is being read: its text, and where we are in it. */
typedef struct {
  const char *path;
  GKeyFile *file;
  const char *group; /* lent from @groups, NULL before the first */
  GStringChunk *groups;
  guint line_of[ACC_CONFIG_N_KEYS]; /* 0: not in this file */
} Reading;

static void
set_line_error (GError **error, const Reading *reading, guint line, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
set_line_error (GError **error, const Reading *reading, guint line, const char *format, ...)
{
  g_autofree char *shown = g_filename_display_name (reading->path);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s line %u: %s", shown, line, what);
}

static int
find_key (const char *group, const char *key)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    if (strcmp (acc_config_rows[i].group, group) == 0 && strcmp (acc_config_rows[i].key, key) == 0)
      return i;
  return -1;
}

static gboolean
is_group (const char *group)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    if (strcmp (acc_config_rows[i].group, group) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_group (Reading *reading, const char *line, guint number, GError **error)
{
  g_autofree char *group = NULL;

  if (!g_str_has_suffix (line, "]"))
    {
      set_line_error (error, reading, number, "a group is written [name]");
      return FALSE;
    }
  group = g_strndup (line + 1, strlen (line) - 2);
  if (!is_group (group))
    {
      set_line_error (error, reading, number, "[%s] is not a group of this file", group);
      return FALSE;
    }
  reading->group = g_string_chunk_insert_const (reading->groups, group);
  return TRUE;
}

static gboolean
read_key (Reading *reading, const char *line, guint number, GError **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = NULL;
  int found;

  if (equals == NULL || reading->group == NULL)
    {
      set_line_error (error, reading, number, "expected %s",
                      equals == NULL ? "a comment, [group] or key=value" : "a [group] before the first key");
      return FALSE;
    }
  key = g_strchomp (g_strndup (line, (gsize) (equals - line)));
  found = find_key (reading->group, key);
  if (found < 0)
    {
      set_line_error (error, reading, number, "“%s” is not a key of [%s]", key, reading->group);
      return FALSE;
    }
  if (reading->line_of[found] != 0)
    {
      set_line_error (error, reading, number, "“%s” is set already in line %u", key, reading->line_of[found]);
      return FALSE;
    }
  reading->line_of[found] = number;
  return TRUE;
}

/* GKeyFile knows no lines and takes the last of doubled keys, so each line is looked at first. */
static gboolean
read_lines (Reading *reading, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      gboolean good = TRUE;

      if (line[0] == '[')
        good = read_group (reading, line, i + 1, error);
      else if (line[0] != '\0' && line[0] != '#')
        good = read_key (reading, line, i + 1, error);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_values (AccConfig *self, const Reading *reading, GError **error)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    {
      const AccConfigRow *row = &acc_config_rows[i];
      g_autoptr (GError) reason = NULL;
      g_autofree char *value = NULL;

      if (reading->line_of[i] == 0)
        continue;
      /* A wrong escape gives a value and an error. */
      value = g_key_file_get_string (reading->file, row->group, row->key, &reason);
      if (value == NULL || reason != NULL || !acc_config_row_allows (row, g_strstrip (value)))
        {
          set_line_error (error, reading, reading->line_of[i], "%s must be %s", row->key, row->range);
          return FALSE;
        }
      g_free (self->values[i]);
      self->values[i] = g_steal_pointer (&value);
    }
  return TRUE;
}

static guint
line_at (const char *text, const char *at)
{
  guint line = 1;

  for (; text < at; text++)
    line += *text == '\n';
  return line;
}

static gboolean
take_text (AccConfig *self, const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) reason = NULL;
  Reading reading = { .path = path };
  const char *end;
  gboolean good;

  if (!g_utf8_validate_len (text, length, &end))
    {
      set_line_error (error, &reading, line_at (text, end), "this is not UTF-8");
      return FALSE;
    }
  reading.groups = g_string_chunk_new (64);
  good = read_lines (&reading, text, error);
  reading.file = file = good ? acc_key_file_parse (bytes, G_KEY_FILE_NONE, &reason) : NULL;
  if (good && file == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: %s", shown, reason->message);
      good = FALSE;
    }
  good = good && take_values (self, &reading, error);
  g_string_chunk_free (reading.groups);
  return good;
}

/* A file that is not there leaves the defaults; a link to nothing is somebody's mistake and is told. */
static gboolean
take_file (AccConfig *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  if (g_lstat (path, &status) != 0 && errno == ENOENT)
    return TRUE;
  bytes = acc_file_read (path, FILE_MAX, error);
  if (bytes == NULL)
    return FALSE;
  length = g_bytes_get_size (bytes);
  text = length > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), length) : g_strdup ("");
  return take_text (self, path, text, length, error);
}

AccConfig *
acc_config_load (const char *store_dir, GError **error)
{
  g_autoptr (AccConfig) self = g_object_new (ACC_TYPE_CONFIG, NULL);

  if (!take_file (self, ACC_SYSCONFDIR "/" FILE_NAME, error))
    return NULL;
  if (store_dir != NULL)
    {
      g_autofree char *store = g_canonicalize_filename (store_dir, NULL);
      g_autofree char *path = g_build_filename (store, FILE_NAME, NULL);

      if (!take_file (self, path, error))
        return NULL;
      if (self->values[ACC_CONFIG_FOLDER_OUTBOX][0] == '\0')
        {
          g_free (self->values[ACC_CONFIG_FOLDER_OUTBOX]);
          self->values[ACC_CONFIG_FOLDER_OUTBOX] = g_strconcat (store, "-outbox", NULL);
        }
    }
  return g_steal_pointer (&self);
}

const char *
acc_config_get (AccConfig *self, AccConfigKey key)
{
  g_return_val_if_fail (ACC_IS_CONFIG (self), "");
  g_return_val_if_fail ((guint) key < ACC_CONFIG_N_KEYS, "");

  return self->values[key];
}

guint
acc_config_get_int (AccConfig *self, AccConfigKey key)
{
  return (guint) g_ascii_strtoull (acc_config_get (self, key), NULL, 10);
}

/* @bytes with one value more, or another. */
static GBytes *
with_value (GBytes *bytes, const AccConfigRow *row, const char *value, GError **error)
{
  g_autoptr (GKeyFile) file = acc_key_file_parse (bytes, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, error);
  gsize length;
  char *text;

  if (file == NULL)
    return NULL;
  g_key_file_set_string (file, row->group, row->key, value);
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

gboolean
acc_config_set (const char *store_dir, AccConfigKey key, const char *value, GError **error)
{
  g_autoptr (AccConfig) sound = NULL;
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autofree char *path = NULL;
  GStatBuf status;

  g_return_val_if_fail (store_dir != NULL && (guint) key < ACC_CONFIG_N_KEYS, FALSE);
  g_return_val_if_fail (value != NULL && acc_config_row_allows (&acc_config_rows[key], value), FALSE);

  sound = acc_config_load (store_dir, error);
  if (sound == NULL)
    return FALSE;
  path = g_build_filename (store_dir, FILE_NAME, NULL);
  before = acc_file_read (path, FILE_MAX, error);
  after = before != NULL ? with_value (before, &acc_config_rows[key], value, error) : NULL;
  if (after == NULL)
    return FALSE;
  if (g_stat (path, &status) != 0)
    {
      acc_error_set_from_errno (error, errno, "read", path);
      return FALSE;
    }
  return acc_file_write (path, after, (int) (status.st_mode & 0777), error);
}

/* The key's value as a key file spells it. */
static char *
dup_escaped (const AccConfigRow *row, const char *value)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, row->group, row->key, value);
  return g_key_file_get_value (file, row->group, row->key, NULL);
}

char *
acc_config_template (const char *branch)
{
  GString *text = g_string_new ("# Accolade's configuration for this branch. A line that starts with # is a comment;\n"
                                "# take it away to set a key to something else than its default.\n");
  g_autofree char *cleaned = NULL;
  const char *group = "";

  g_return_val_if_fail (branch != NULL, g_string_free (text, FALSE));

  cleaned = acc_text_clean (branch, -1, ACC_TEXT_LINE, NULL);
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    {
      const AccConfigRow *row = &acc_config_rows[i];
      gboolean is_branch = i == ACC_CONFIG_BRANCH_NAME;
      g_autofree char *value = dup_escaped (row, is_branch ? g_strstrip (cleaned) : row->value);

      if (strcmp (group, row->group) != 0)
        g_string_append_printf (text, "\n[%s]\n", row->group);
      group = row->group;
      g_string_append_printf (text, "# %s\n%s%s=%s\n", row->comment, is_branch ? "" : "#", row->key, value);
    }
  return g_string_free (text, FALSE);
}

static void
acc_config_finalize (GObject *object)
{
  AccConfig *self = ACC_CONFIG (object);

  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    g_free (self->values[i]);
  G_OBJECT_CLASS (acc_config_parent_class)->finalize (object);
}

static void
acc_config_class_init (AccConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_config_finalize;
}

static void
acc_config_init (AccConfig *self)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    self->values[i] = g_strdup (acc_config_rows[i].value);
}
