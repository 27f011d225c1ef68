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
#define NUMBER_LENGTH 36

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

static gboolean
remove_file (const char *path, GError **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  acc_error_set_from_errno (error, errno, "remove", path);
  return FALSE;
}

/* Takes away what a try that was cut short has left, or what is taken back: files only, a package holds no folder. */
static gboolean
remove_remains (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || g_file_test (folder, G_FILE_TEST_IS_SYMLINK))
    return remove_file (folder, error);
  dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    {
      acc_error_set_from_errno (error, errno, "open the folder", folder);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!remove_file (path, error))
        return FALSE;
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
put (AccFolderDoor *self, const char *name, const AccPackage *package, char **place, GError **error)
{
  g_autofree char *final = g_build_filename (self->outbox, name, NULL);
  gboolean same = FALSE;

  if (!open_outbox (self->outbox, error))
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
  *place = g_steal_pointer (&final);
  return TRUE;
}

/* What lies in the way, or can have no name, stays so; a disk that is full or away may come back. */
static AccDoorResult
acc_folder_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place,
                         GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *name = dup_package_name (package, error);
  gboolean in_the_way;

  if (name == NULL)
    return ACC_DOOR_REFUSED;
  if (put (ACC_FOLDER_DOOR (door), name, package, place, &local))
    return ACC_DOOR_HANDED_OVER;
  in_the_way = g_error_matches (local, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_propagate_error (error, g_steal_pointer (&local));
  return in_the_way ? ACC_DOOR_REFUSED : ACC_DOOR_LATER;
}

/* The number of the letter that @name is of: NUMBER-POSITION-ROLE, or hidden beside it; NULL if it is another's. */
static char *
dup_number (const char *name)
{
  const char *start = *name == '.' ? name + 1 : name;
  g_autofree char *text = g_strndup (start, NUMBER_LENGTH);
  g_autofree char *number = acc_number_parse (text, NULL);

  return g_strcmp0 (number, text) == 0 && start[NUMBER_LENGTH] == '-' ? g_steal_pointer (&number) : NULL;
}

/* The position in a name that has a number; 0 if it has none. */
static guint
find_position (const char *name)
{
  guint64 position = g_ascii_strtoull (name + (*name == '.' ? 1 : 0) + NUMBER_LENGTH + 1, NULL, 10);

  return position <= G_MAXUINT ? (guint) position : 0;
}

/* The names in the outbox, which may not be there; of letter @number alone unless that is NULL. */
static GPtrArray *
list_packages (AccFolderDoor *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (self->outbox, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&names);
  dir = g_dir_open (self->outbox, 0, NULL);
  if (dir == NULL)
    {
      acc_error_set_from_errno (error, errno, "open the folder", self->outbox);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *of = dup_number (name);

      if (of != NULL && (number == NULL || g_str_equal (of, number)))
        g_ptr_array_add (names, g_strdup (name));
    }
  return g_steal_pointer (&names);
}

GStrv
acc_folder_door_list (AccFolderDoor *self, GError **error)
{
  g_return_val_if_fail (ACC_IS_FOLDER_DOOR (self), NULL);

  g_autoptr (GPtrArray) names = list_packages (self, NULL, error);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      char *number = dup_number (g_ptr_array_index (names, i));

      g_free (g_ptr_array_index (names, i));
      g_ptr_array_index (names, i) = number;
      if (g_hash_table_add (numbers, number))
        g_strv_builder_add (builder, number);
    }
  return names != NULL ? g_strv_builder_end (builder) : NULL;
}

/* Hidden first, so that nobody fetches half of it. */
static gboolean
take_back_one (AccFolderDoor *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->outbox, name, NULL);
  g_autofree char *hidden_name = g_strdup_printf (".%s.tmp", name);
  g_autofree char *hidden = g_build_filename (self->outbox, hidden_name, NULL);

  if (*name == '.')
    return remove_remains (path, error);
  if (!remove_remains (hidden, error))
    return FALSE;
  if (g_rename (path, hidden) != 0 && errno != ENOENT) /* fetched just now */
    {
      acc_error_set_from_errno (error, errno, "remove", path);
      return FALSE;
    }
  return remove_remains (hidden, error);
}

gboolean
acc_folder_door_take_back (AccFolderDoor *self, const char *number, GError **error)
{
  g_return_val_if_fail (ACC_IS_FOLDER_DOOR (self), FALSE);
  g_return_val_if_fail (number != NULL, FALSE);

  g_autoptr (GPtrArray) names = list_packages (self, number, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (!take_back_one (self, g_ptr_array_index (names, i), error))
      return FALSE;
  return names != NULL && (names->len == 0 || acc_file_sync_folder (self->outbox, error));
}

gboolean
acc_folder_door_take_back_position (AccFolderDoor *self, const char *number, guint position, GError **error)
{
  g_return_val_if_fail (ACC_IS_FOLDER_DOOR (self), FALSE);
  g_return_val_if_fail (number != NULL && position > 0, FALSE);

  g_autoptr (GPtrArray) names = list_packages (self, number, error);
  gboolean taken = FALSE;

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (find_position (g_ptr_array_index (names, i)) == position)
      {
        taken = TRUE;
        if (!take_back_one (self, g_ptr_array_index (names, i), error))
          return FALSE;
      }
  return names != NULL && (!taken || acc_file_sync_folder (self->outbox, error));
}

GArray *
acc_folder_door_list_positions (AccFolderDoor *self, const char *number, GError **error)
{
  g_return_val_if_fail (ACC_IS_FOLDER_DOOR (self), NULL);
  g_return_val_if_fail (number != NULL, NULL);

  g_autoptr (GPtrArray) names = list_packages (self, number, error);
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      guint position = find_position (g_ptr_array_index (names, i));

      if (position > 0)
        g_array_append_val (positions, position);
    }
  return names != NULL ? g_steal_pointer (&positions) : NULL;
}

static void
acc_folder_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = acc_folder_door_get_name;
  iface->repeats = TRUE;
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
