/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/place.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "archive/archive.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/inbox.h"

struct _AccPlace {
  char *store_dir;
  char *folder; /* NULL once it is in place */
};

static gboolean
holds_store (const char *store_dir)
{
  g_autofree char *inbox = acc_inbox_path (store_dir);
  g_autofree char *desk = acc_archive_path (store_dir);

  return g_file_test (inbox, G_FILE_TEST_EXISTS) || g_file_test (desk, G_FILE_TEST_EXISTS);
}

static gboolean
is_free (const char *store_dir, GError **error)
{
  g_autoptr (GDir) folder = NULL;
  struct stat status;

  if (lstat (store_dir, &status) != 0 && errno == ENOENT)
    return TRUE;
  folder = g_dir_open (store_dir, 0, NULL);
  if (folder == NULL || g_file_test (store_dir, G_FILE_TEST_IS_SYMLINK))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s is not a folder that may be used"), store_dir);
  else if (holds_store (store_dir))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s already holds a store"), store_dir);
  else if (g_dir_read_name (folder) != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s is not empty"), store_dir);
  else
    return TRUE;
  return FALSE;
}

AccPlace *
acc_place_new (const char *store_dir, GError **error)
{
  g_autoptr (AccPlace) self = g_new0 (AccPlace, 1);
  g_autofree char *folder = NULL;

  g_return_val_if_fail (store_dir != NULL, NULL);

  self->store_dir = g_canonicalize_filename (store_dir, NULL);
  if (!is_free (self->store_dir, error))
    return NULL;
  folder = g_strconcat (self->store_dir, ".new-XXXXXX", NULL);
  if (g_mkdtemp (folder) == NULL)
    {
      acc_error_set_from_errno (error, errno, "write", self->store_dir);
      return NULL;
    }
  self->folder = g_steal_pointer (&folder);
  return g_steal_pointer (&self);
}

const char *
acc_place_get_store_dir (AccPlace *self)
{
  return self->store_dir;
}

const char *
acc_place_get_folder (AccPlace *self)
{
  return self->folder;
}

/* A rename replaces an empty folder and nothing else. If the name cannot be made durable, the store goes again: the
 * caller tells that there is none. */
gboolean
acc_place_take (AccPlace *self, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->store_dir);

  if (!acc_file_sync_folder (self->folder, error))
    return FALSE;
  if (g_rename (self->folder, self->store_dir) != 0)
    {
      acc_error_set_from_errno (error, errno, "write", self->store_dir);
      return FALSE;
    }
  if (!acc_file_sync_folder (parent, error))
    {
      g_rename (self->store_dir, self->folder);
      return FALSE;
    }
  g_clear_pointer (&self->folder, g_free);
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
acc_place_free (AccPlace *self)
{
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->store_dir);
  g_free (self);
}
