/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/folder-door.h"

#include "base/error.h"
#include "base/file.h"
#include "letter/number.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_MODE 0700
#define FILE_MODE 0600
#define FILE_BYTES_MAX (128 * 1024 * 1024)

struct _AccFolderDoor {
  GObject parent_instance;
  char *outbox;
};

static void acc_folder_door_iface_init (AccDoorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AccFolderDoor, acc_folder_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, acc_folder_door_iface_init))

/* What lies in a package's folder; the name is the letter's number and this. */
static const struct {
  const char *suffix;
  gsize offset;
} files[] = {
  /* The letter, byte for byte what the client read. */
  { ".pdf", G_STRUCT_OFFSET (AccPackage, letter_pdf) },
  /* The covering paragraph, always a file of its own. */
  { "-cover.pdf", G_STRUCT_OFFSET (AccPackage, cover_pdf) },
  /* Both in a message that is ready to send. */
  { ".eml", G_STRUCT_OFFSET (AccPackage, message) },
};

static const char *
acc_folder_door_get_name (AccDoor *door)
{
  return "folder";
}

/* Number, position and role are all that a name is made of, so all that has to be checked. */
static char *
dup_package_name (const AccPackage *package, GError **error)
{
  g_autofree char *number = acc_number_parse (package->number, error);

  if (number == NULL)
    return NULL;
  if (package->position == 0 || package->role == NULL || !g_str_equal (number, package->number)
      || !g_regex_match_simple ("\\A[a-z]+(-[a-z]+)*\\z", package->role, G_REGEX_RAW, 0))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "The delivery of letter %s has a number, position or role that cannot name a folder.", number);
      return NULL;
    }
  return g_strdup_printf ("%s-%u-%s", number, package->position, package->role);
}

static char *
dup_file_path (const char *folder, const AccPackage *package, guint file)
{
  g_autofree char *name = g_strconcat (package->number, files[file].suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

static GBytes *
get_content (const AccPackage *package, guint file)
{
  return G_STRUCT_MEMBER (GBytes *, package, files[file].offset);
}

static gboolean
open_outbox (const char *outbox, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (outbox);

  if (g_file_test (outbox, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (outbox, FOLDER_MODE) != 0)
    {
      acc_error_set_from_errno (error, errno, "make the outbox folder", outbox);
      return FALSE;
    }
  return acc_file_sync_folder (parent, error);
}

/* Whether @folder holds what @package does. */
static gboolean
holds_package (const char *folder, const AccPackage *package, gboolean *same, GError **error)
{
  *same = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (files) && *same; i++)
    {
      g_autofree char *path = dup_file_path (folder, package, i);
      g_autoptr (GBytes) bytes = NULL;

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        {
          *same = FALSE;
          return TRUE;
        }
      bytes = acc_file_read (path, FILE_BYTES_MAX, error);
      if (bytes == NULL)
        return FALSE;
      *same = g_bytes_equal (bytes, get_content (package, i));
    }
  return TRUE;
}

/* Takes away what a try that was cut short has left: files only, a package holds no folder. */
static gboolean
remove_remains (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || g_file_test (folder, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    {
      acc_error_set_from_errno (error, errno, "open the folder", folder);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        {
          acc_error_set_from_errno (error, errno, "remove", path);
          return FALSE;
        }
    }
  if (g_rmdir (folder) != 0)
    {
      acc_error_set_from_errno (error, errno, "remove", folder);
      return FALSE;
    }
  return TRUE;
}

static gboolean
fill_folder (const char *folder, const AccPackage *package, GError **error)
{
  if (!remove_remains (folder, error))
    return FALSE;
  if (g_mkdir (folder, FOLDER_MODE) != 0)
    {
      acc_error_set_from_errno (error, errno, "make the folder", folder);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = dup_file_path (folder, package, i);

      if (!acc_file_write (path, get_content (package, i), FILE_MODE, error))
        return FALSE;
    }
  return acc_file_sync_folder (folder, error);
}

static gboolean
put_beside_and_rename (AccFolderDoor *self, const char *name, const char *final, const AccPackage *package,
                       GError **error)
{
  g_autofree char *hidden = g_strdup_printf (".%s.tmp", name);
  g_autofree char *beside = g_build_filename (self->outbox, hidden, NULL);

  if (!fill_folder (beside, package, error))
    return FALSE;
  if (g_rename (beside, final) != 0)
    {
      acc_error_set_from_errno (error, errno, "make the folder", final);
      return FALSE;
    }
  return acc_file_sync_folder (self->outbox, error);
}

static gboolean
acc_folder_door_deliver (AccDoor *door, const AccPackage *package, char **place, GError **error)
{
  AccFolderDoor *self = ACC_FOLDER_DOOR (door);
  g_autofree char *name = dup_package_name (package, error);
  g_autofree char *final = name != NULL ? g_build_filename (self->outbox, name, NULL) : NULL;
  gboolean same = FALSE;

  if (final == NULL || !open_outbox (self->outbox, error))
    return FALSE;
  if (g_file_test (final, G_FILE_TEST_EXISTS))
    {
      if (!holds_package (final, package, &same, error))
        return FALSE;
      if (!same)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                       "%s is there already and holds something else: move it out of the outbox, then try again.",
                       final);
          return FALSE;
        }
      /* Renamed by a try that was cut short, perhaps before it was durable. */
      if (!acc_file_sync_folder (self->outbox, error))
        return FALSE;
    }
  else if (!put_beside_and_rename (self, name, final, package, error))
    return FALSE;
  if (place != NULL)
    *place = g_steal_pointer (&final);
  return TRUE;
}

static void
acc_folder_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = acc_folder_door_get_name;
  iface->deliver = acc_folder_door_deliver;
}

AccDoor *
acc_folder_door_new (const char *outbox)
{
  g_return_val_if_fail (outbox != NULL && g_path_is_absolute (outbox), NULL);

  AccFolderDoor *self = g_object_new (ACC_TYPE_FOLDER_DOOR, NULL);

  self->outbox = g_strdup (outbox);
  return ACC_DOOR (self);
}

static void
acc_folder_door_finalize (GObject *object)
{
  AccFolderDoor *self = ACC_FOLDER_DOOR (object);

  g_free (self->outbox);
  G_OBJECT_CLASS (acc_folder_door_parent_class)->finalize (object);
}

static void
acc_folder_door_class_init (AccFolderDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_folder_door_finalize;
}

static void
acc_folder_door_init (AccFolderDoor *self)
{
}
