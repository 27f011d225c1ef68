/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/place.h"
#include "backup/tar-private.h"
#include "base/error.h"
#include "base/text.h"
#include "inbox/inbox.h"
#include "route/delivery-table.h"
#include "vault/hash.h"

#define PIECE ((gsize) 1024 * 1024)
#define BESIDE_MAX 1000 /* files beside the backup that are looked at */

/* All that a backup may hold, each once. The manifest is kept in memory, the others become files. */
static const struct {
  const char *name;
  int mode;
  gint64 max;
  gboolean needed;
} members[] = {
  { "branch.pub", 0644, 64 * 1024, FALSE },
  { "accolade.conf", 0644, 64 * 1024, FALSE },
  { "inbox.db", 0600, G_MAXINT64, TRUE },
  { "desk.db", 0600, G_MAXINT64, TRUE },
  { ACC_MANIFEST_NAME, 0600, ACC_MANIFEST_MAX, TRUE },
};

typedef struct {
  const char *path; /* of the backup */
  const char *folder;
  AccTarReader *reader;
  guint8 *piece;
  struct {
    char *hash; /* NULL: not met yet */
    gint64 size;
  } met[G_N_ELEMENTS (members)];
} Unpacking;

static void
unpacking_clear (Unpacking *self)
{
  g_clear_pointer (&self->reader, acc_tar_reader_free);
  g_free (self->piece);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_free (self->met[i].hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unpacking, unpacking_clear)

static gboolean
refuse (const Unpacking *self, const char *sentence, GError **error)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, "%s: %s", self->path, sentence);
  return FALSE;
}

/* ---- members to files ---- */

static gboolean
write_all (int descriptor, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      ssize_t n = write (descriptor, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
unpack_to (Unpacking *self, int descriptor, const char *file, gsize member, GError **error)
{
  AccHasher *hasher = acc_hasher_new ();
  gssize n;

  while ((n = acc_tar_reader_read (self->reader, self->piece, PIECE, error)) > 0)
    {
      if (!write_all (descriptor, self->piece, n))
        {
          acc_error_set_from_errno (error, errno, "write", file);
          break;
        }
      sync_file_range (descriptor, 0, 0, SYNC_FILE_RANGE_WRITE); /* the disk writes while the hash is made */
      acc_hasher_add (hasher, self->piece, n);
      self->met[member].size += n;
    }
  self->met[member].hash = acc_hasher_finish (hasher);
  if (n != 0)
    return FALSE;
  if (fsync (descriptor) == 0)
    return TRUE;
  acc_error_set_from_errno (error, errno, "write", file);
  return FALSE;
}

static gboolean
unpack_member (Unpacking *self, gsize member, GError **error)
{
  g_autofree char *file = g_build_filename (self->folder, members[member].name, NULL);
  int descriptor = open (file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, members[member].mode);
  gboolean done = FALSE;

  if (descriptor < 0 || fchmod (descriptor, members[member].mode) != 0)
    acc_error_set_from_errno (error, errno, "write", file);
  else
    done = unpack_to (self, descriptor, file, member, error);
  if (descriptor >= 0)
    close (descriptor);
  return done;
}

static gboolean
find_member (Unpacking *self, const char *name, gint64 size, gsize *member, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      {
        *member = i;
        if (self->met[i].hash != NULL)
          return refuse (self, _ ("it holds a file twice"), error);
        return size <= members[i].max || refuse (self, _ ("it holds a file that is too large"), error);
      }
  return refuse (self, _ ("it holds something else than a backup's files"), error);
}

static gboolean
unpack (Unpacking *self, GError **error)
{
  const char *name = NULL;
  gint64 size = 0;
  gsize member = 0;

  self->piece = g_malloc (PIECE);
  self->reader = acc_tar_reader_new (self->path, error);
  if (self->reader == NULL)
    return FALSE;
  for (;;)
    {
      if (!acc_tar_reader_next (self->reader, &name, &size, error))
        return FALSE;
      if (name == NULL)
        break;
      if (!find_member (self, name, size, &member, error) || !unpack_member (self, member, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].needed && self->met[i].hash == NULL)
      return refuse (self, _ ("it is cut short, or it is not a backup of Accolade"), error);
  return TRUE;
}

/* ---- what was unpacked, against the manifest ---- */

static gboolean
check_files (const Unpacking *self, const AccManifest *manifest, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const AccManifestFile *file = acc_manifest_find_file (manifest, members[i].name);
      gboolean is_manifest = g_str_equal (members[i].name, ACC_MANIFEST_NAME);

      if (is_manifest || (file == NULL && self->met[i].hash == NULL))
        continue;
      if (file == NULL || file->size != self->met[i].size || g_strcmp0 (file->hash, self->met[i].hash) != 0)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: %s in it is not as it was put there"), self->path,
                       members[i].name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether these are Accolade's stores and not a newer one's, seen without a change to them. */
static gboolean
check_stores (const Unpacking *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccStore) desk = acc_archive_open (self->folder, ACC_STORE_READ, &local);
  g_autoptr (AccStore) inbox = desk != NULL ? acc_inbox_open (self->folder, ACC_STORE_READ, &local) : NULL;

  if (inbox != NULL)
    return TRUE;
  if (g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED)
      || g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_FOREIGN))
    return refuse (self, _ ("a store in it is damaged, or another program's"), error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The manifest of what was unpacked, if all is as it says. It is no part of the store. */
static AccManifest *
check_all (const Unpacking *self, GError **error)
{
  g_autofree char *file = g_build_filename (self->folder, ACC_MANIFEST_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AccManifest) manifest = NULL;
  gsize size;

  if (!g_file_get_contents (file, &text, &size, error))
    return NULL;
  g_unlink (file);
  bytes = g_bytes_new (text, size);
  manifest = acc_manifest_parse (bytes, self->path, error);
  if (manifest == NULL || !check_files (self, manifest, error) || !check_stores (self, error))
    return NULL;
  return g_steal_pointer (&manifest);
}

/* ---- deliveries ---- */

static gboolean
mark_deliveries (AccStore *desk, gpointer data, GError **error)
{
  return acc_delivery_table_mark_restored (desk, error);
}

/* What was due when the backup was made may have gone since: it must not go again unless a person says so. Only a store that
 * has such deliveries is changed. */
static gboolean
hold_deliveries (const Unpacking *self, GError **error)
{
  g_autoptr (AccStore) desk = acc_archive_open (self->folder, ACC_STORE_READ, error);
  gboolean due = FALSE;

  if (desk == NULL || !acc_delivery_table_has_open (desk, &due, error))
    return FALSE;
  if (!due)
    return TRUE;
  g_clear_object (&desk);
  desk = acc_archive_open (self->folder, ACC_STORE_WRITE, error);
  return desk != NULL && acc_store_transact (desk, mark_deliveries, NULL, error);
}

/* ---- whether newer heads are known ---- */

typedef struct {
  const AccManifest *manifest;
  gint64 most; /* entries that the backup lacks */
  char *sentence;
} Newer;

static gint64
count_of (GPtrArray *heads, const AccHead *like)
{
  for (guint i = 0; i < heads->len; i++)
    {
      const AccHead *head = g_ptr_array_index (heads, i);

      if (g_str_equal (head->store, like->store) && g_str_equal (head->writer, like->writer))
        return head->count;
    }
  return 0;
}

static void
compare_heads (Newer *self, GPtrArray *known, const char *where)
{
  for (guint i = 0; i < known->len; i++)
    {
      const AccHead *head = g_ptr_array_index (known, i);
      gint64 count = count_of (self->manifest->heads, head);
      g_autofree char *writer = acc_text_to_line (head->writer);
      g_autofree char *at = acc_text_to_line (head->at);

      if (head->count - count <= self->most)
        continue;
      self->most = head->count - count;
      g_free (self->sentence);
      self->sentence
        = g_strdup_printf (_ ("This backup is not the newest state: its journal of %s ends at %" PRId64
                              ", but %" PRId64 " entries were known at %s (seen in %s)."),
                           writer, count, head->count, at, where);
    }
}

static void
compare_backup (Newer *self, const char *path)
{
  g_autoptr (AccManifest) other = acc_manifest_load (path, NULL);

  if (other != NULL && g_str_equal (other->origin, self->manifest->origin))
    compare_heads (self, other->heads, path);
}

static void
compare_beside (Newer *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < BESIDE_MAX && entries != NULL && (name = g_dir_read_name (entries)) != NULL; i++)
    {
      g_autofree char *other = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".backup"))
        compare_backup (self, other);
    }
}

/* The heads that were noted for a store that lay here are put aside: the restored one would contradict them for ever.
 * The store is in its place by now, so a failure is left to verify and doctor to tell. */
static void
start_heads (const char *store_dir, Newer *newer)
{
  g_autofree char *path = acc_heads_path (store_dir);
  g_autofree char *aside = g_strconcat (path, ".before-restore", NULL);
  g_autoptr (GPtrArray) known = acc_heads_load (path, NULL);
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccStore) inbox = NULL;

  if (known != NULL)
    compare_heads (newer, known, path);
  g_rename (path, aside);
  desk = acc_archive_open (store_dir, ACC_STORE_READ, NULL);
  inbox = acc_inbox_open (store_dir, ACC_STORE_READ, NULL);
  if (desk != NULL && inbox != NULL)
    acc_heads_keep (desk, inbox, NULL);
}

AccManifest *
acc_restore (const char *path, const char *store_dir, char **newer, GError **error)
{
  g_autoptr (AccPlace) place = NULL;
  g_auto (Unpacking) unpacking = { path };
  g_autoptr (AccManifest) manifest = NULL;
  Newer found = { NULL };

  g_return_val_if_fail (path != NULL && store_dir != NULL && newer != NULL, NULL);

  *newer = NULL;
  place = acc_place_new (store_dir, error);
  if (place == NULL)
    return NULL;
  unpacking.folder = acc_place_get_folder (place);
  if (!unpack (&unpacking, error) || (manifest = check_all (&unpacking, error)) == NULL
      || !hold_deliveries (&unpacking, error) || !acc_place_take (place, error))
    return NULL;

  found.manifest = manifest;
  compare_beside (&found, path);
  start_heads (acc_place_get_store_dir (place), &found);
  *newer = found.sentence;
  return g_steal_pointer (&manifest);
}
