/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/manifest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "backup/tar-private.h"
#include "base/error.h"
#include "base/key-file.h"

#define BACKUP "backup" /* the group of what concerns the whole */
#define FILE_PREFIX "file "

static void
file_free (AccManifestFile *file)
{
  g_free (file->name);
  g_free (file->hash);
  g_free (file);
}

AccManifest *
acc_manifest_new (void)
{
  AccManifest *manifest = g_new0 (AccManifest, 1);

  manifest->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  return manifest;
}

void
acc_manifest_free (AccManifest *manifest)
{
  g_free (manifest->program);
  g_free (manifest->branch);
  g_free (manifest->origin);
  g_free (manifest->made_at);
  g_free (manifest->delete_after);
  g_ptr_array_unref (manifest->files);
  g_clear_pointer (&manifest->heads, g_ptr_array_unref);
  g_free (manifest);
}

void
acc_manifest_add_file (AccManifest *manifest, const char *name, gint64 size, const char *hash)
{
  AccManifestFile *file = g_new0 (AccManifestFile, 1);

  file->name = g_strdup (name);
  file->size = size;
  file->hash = g_strdup (hash);
  g_ptr_array_add (manifest->files, file);
}

const AccManifestFile *
acc_manifest_find_file (const AccManifest *manifest, const char *name)
{
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const AccManifestFile *file = g_ptr_array_index (manifest->files, i);

      if (g_str_equal (file->name, name))
        return file;
    }
  return NULL;
}

static const struct {
  const char *key;
  gsize place;
} texts[] = {
  { "accolade", G_STRUCT_OFFSET (AccManifest, program) },
  { "branch", G_STRUCT_OFFSET (AccManifest, branch) },
  { "origin", G_STRUCT_OFFSET (AccManifest, origin) },
  { "made_at", G_STRUCT_OFFSET (AccManifest, made_at) },
  { "delete_after", G_STRUCT_OFFSET (AccManifest, delete_after) },
};

static const struct {
  const char *key;
  gsize place;
} counts[] = {
  { "waiting", G_STRUCT_OFFSET (AccManifest, n_waiting) },
  { "taken_in", G_STRUCT_OFFSET (AccManifest, n_taken_in) },
};

GBytes *
acc_manifest_to_bytes (const AccManifest *manifest)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  char *text;
  gsize size;

  g_key_file_set_integer (file, BACKUP, "format", ACC_MANIFEST_FORMAT);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_key_file_set_string (file, BACKUP, texts[i].key, G_STRUCT_MEMBER (const char *, manifest, texts[i].place));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_key_file_set_int64 (file, BACKUP, counts[i].key, G_STRUCT_MEMBER (gint64, manifest, counts[i].place));
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const AccManifestFile *one = g_ptr_array_index (manifest->files, i);
      g_autofree char *group = g_strconcat (FILE_PREFIX, one->name, NULL);

      g_key_file_set_int64 (file, group, "size", one->size);
      g_key_file_set_string (file, group, "sha256", one->hash);
    }
  acc_heads_write (manifest->heads, file);
  text = g_key_file_to_data (file, &size, NULL);
  return g_bytes_new_take (text, size);
}

static gboolean
parse_texts (AccManifest *manifest, GKeyFile *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *text = g_key_file_get_string (file, BACKUP, texts[i].key, NULL);

      G_STRUCT_MEMBER (char *, manifest, texts[i].place) = text;
      if (text == NULL)
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    G_STRUCT_MEMBER (gint64, manifest, counts[i].place) = g_key_file_get_int64 (file, BACKUP, counts[i].key, NULL);
  return TRUE;
}

static gboolean
parse_files (AccManifest *manifest, GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *hash = NULL;

      if (!g_str_has_prefix (groups[i], FILE_PREFIX))
        continue;
      hash = g_key_file_get_string (file, groups[i], "sha256", NULL);
      if (hash == NULL)
        return FALSE;
      acc_manifest_add_file (manifest, groups[i] + strlen (FILE_PREFIX),
                             g_key_file_get_int64 (file, groups[i], "size", NULL), hash);
    }
  return TRUE;
}

AccManifest *
acc_manifest_parse (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (AccManifest) manifest = acc_manifest_new ();
  g_autoptr (GKeyFile) file = acc_key_file_parse (bytes, G_KEY_FILE_NONE, NULL);
  gint64 format;

  if (file == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: what it says of itself cannot be read"), path);
      return NULL;
    }
  format = g_key_file_get_int64 (file, BACKUP, "format", NULL);
  if (format > ACC_MANIFEST_FORMAT)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_NEWER, _ ("%s: a newer Accolade has made this backup"), path);
      return NULL;
    }
  manifest->heads = acc_heads_parse (file, NULL);
  if (format != ACC_MANIFEST_FORMAT || manifest->heads == NULL || !parse_texts (manifest, file)
      || !parse_files (manifest, file))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: what it says of itself is not complete"), path);
      return NULL;
    }
  return g_steal_pointer (&manifest);
}

static GBytes *
read_member (AccTarReader *reader, gint64 size, GError **error)
{
  g_autofree char *data = g_malloc (size + 1);
  gsize length = 0;
  gssize n;

  while ((n = acc_tar_reader_read (reader, data + length, size - length, error)) > 0)
    length += n;
  return n == 0 ? g_bytes_new_take (g_steal_pointer (&data), length) : NULL;
}

AccManifest *
acc_manifest_load (const char *path, GError **error)
{
  g_autoptr (AccTarReader) reader = acc_tar_reader_new (path, error);
  const char *name = NULL;
  gint64 size = 0;

  if (reader == NULL)
    return NULL;
  do
    if (!acc_tar_reader_next (reader, &name, &size, error))
      return NULL;
  while (name != NULL && !g_str_equal (name, ACC_MANIFEST_NAME));
  if (name != NULL && size <= (gint64) ACC_MANIFEST_MAX)
    {
      g_autoptr (GBytes) bytes = read_member (reader, size, error);

      return bytes != NULL ? acc_manifest_parse (bytes, path, error) : NULL;
    }
  g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: this is not a backup of Accolade"), path);
  return NULL;
}
