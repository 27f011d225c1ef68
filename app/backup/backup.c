/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/backup.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "backup/part-private.h"
#include "backup/tar-private.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/inbox.h"
#include "store/copy.h"
#include "store/statement.h"
#include "vault/hash.h"

#define SMALL_FILE_MAX ((gsize) 64 * 1024)
#define NAME_HASH_LENGTH 8

/* So often a store that others write is copied in vain; then they wait while it is copied. */
#define TRIES 4

/* A client who sends waits 5 s for the inbox and is refused then: the backup gives up long before. */
#define HOLD_MAX (2 * G_USEC_PER_SEC)

/* The backup itself has time to wait for its turn. */
#define PATIENCE (60 * G_USEC_PER_SEC)

typedef struct {
  const char *store_dir;
  const char *path; /* for messages */
  gint64 started;   /* microseconds since 1970 */
  AccPart *part;
  AccTarWriter *tar;
  AccHasher *hasher; /* of the member that is being written */
  gint64 give_up_at; /* boot time; 0: never */
  gboolean gave_up;
  guint inbox_tries, desk_tries;
  AccManifest *manifest;
} Backup;

static void
backup_clear (Backup *self)
{
  g_clear_pointer (&self->tar, acc_tar_writer_free);
  g_clear_pointer (&self->part, acc_part_free);
  g_clear_pointer (&self->hasher, g_free);
  g_clear_pointer (&self->manifest, acc_manifest_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Backup, backup_clear)

/* ---- members ---- */

typedef struct {
  AccHasher *hasher;
  gconstpointer bytes;
  gsize size;
} Piece;

static gpointer
hash_piece (gpointer data)
{
  const Piece *piece = data;

  acc_hasher_add (piece->hasher, piece->bytes, piece->size);
  return NULL;
}

/* The hash takes as long as the writing, and both need the bytes only: another processor makes it, and the disk writes
 * meanwhile. */
static gboolean
write_and_hash (Backup *self, gconstpointer bytes, gsize size, GError **error)
{
  Piece piece = { self->hasher, bytes, size };
  GThread *beside = g_thread_try_new ("hash", hash_piece, &piece, NULL);
  gboolean written = acc_tar_writer_add (self->tar, bytes, size, error);

  acc_part_flush (self->part);
  if (beside != NULL)
    g_thread_join (beside);
  else
    hash_piece (&piece);
  return written;
}

static gboolean
take_piece (gconstpointer piece, gsize size, gpointer data, GError **error)
{
  Backup *self = data;

  if (self->give_up_at > 0 && acc_clock_boot () > self->give_up_at)
    {
      self->gave_up = TRUE;
      g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY,
                   _ ("%s: clients send so much that the inbox cannot be copied without holding them up"), self->path);
      return FALSE;
    }
  return write_and_hash (self, piece, size, error);
}

static gboolean
begin_member (Backup *self, const char *name, gint64 size, GError **error)
{
  g_clear_pointer (&self->hasher, g_free);
  self->hasher = acc_hasher_new ();
  return acc_tar_writer_begin (self->tar, name, size, error);
}

static void
end_member (Backup *self, const char *name, gint64 size)
{
  g_autofree char *hash = acc_hasher_finish (g_steal_pointer (&self->hasher));

  acc_manifest_add_file (self->manifest, name, size, hash);
}

/* A file that is not there is left out: verify tells of it, before and after. */
static gboolean
add_small_file (Backup *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->store_dir, name, NULL);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  gconstpointer data;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  bytes = acc_file_read (path, SMALL_FILE_MAX, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (!begin_member (self, name, size, error) || !take_piece (data, size, self, error))
    return FALSE;
  end_member (self, name, size);
  return TRUE;
}

static gboolean
add_store (Backup *self, AccStore *store, const char *name, const AccStoreMoment *moment, GError **error)
{
  if (!begin_member (self, name, moment->size, error) || !acc_store_copy (store, moment, take_piece, self, error))
    return FALSE;
  end_member (self, name, moment->size);
  return TRUE;
}

static gboolean
add_manifest (Backup *self, GError **error)
{
  g_autoptr (GBytes) bytes = acc_manifest_to_bytes (self->manifest);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return acc_tar_writer_begin (self->tar, ACC_MANIFEST_NAME, size, error)
         && acc_tar_writer_add (self->tar, data, size, error);
}

/* ---- what the manifest tells of a store ---- */

static gboolean
ask_number (AccStore *store, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (AccStatement) ask = acc_statement_new (store, sql, error);
  gboolean row = FALSE;

  if (!acc_statement_step (ask, &row, error))
    return FALSE;
  *number = acc_statement_get_int (ask, 0);
  return TRUE;
}

static gboolean
ask_text (AccStore *store, const char *sql, char **text, GError **error)
{
  g_autoptr (AccStatement) ask = acc_statement_new (store, sql, error);
  gboolean row = FALSE;

  if (!acc_statement_step (ask, &row, error))
    return FALSE;
  *text = g_strdup (row ? acc_statement_get_text (ask, 0) : NULL);
  if (*text == NULL)
    *text = g_strdup ("");
  return TRUE;
}

static gboolean
describe_inbox (Backup *self, AccStore *inbox, GError **error)
{
  g_autoptr (GPtrArray) heads = acc_heads_read (NULL, inbox, error);

  if (heads == NULL)
    return FALSE;
  self->manifest->heads = g_steal_pointer (&heads);
  return ask_number (inbox, "SELECT count (*) FROM letter", &self->manifest->n_waiting, error);
}

static gboolean
describe_desk (Backup *self, AccStore *desk, GError **error)
{
  AccManifest *manifest = self->manifest;
  g_autoptr (GPtrArray) heads = acc_heads_read (desk, NULL, error);

  if (heads == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (manifest->heads, g_steal_pointer (&heads));
  return ask_number (desk, "SELECT count (*) FROM letter", &manifest->n_taken_in, error)
         && ask_text (desk, "SELECT name FROM branch", &manifest->branch, error)
         && ask_text (desk, "SELECT hash FROM journal WHERE writer = 'desk' AND sequence = 1", &manifest->origin,
                      error);
}

/* ---- one try ---- */

static gboolean
copy_inbox (AccStore *inbox, gpointer data, GError **error)
{
  Backup *self = data;
  AccStoreMoment moment;

  return acc_store_get_moment (inbox, &moment, error) && describe_inbox (self, inbox, error)
         && add_store (self, inbox, "inbox.db", &moment, error);
}

static gboolean
copy_inbox_held (AccStore *inbox, gpointer data, GError **error)
{
  Backup *self = data;
  gboolean copied;

  self->give_up_at = acc_clock_boot () + HOLD_MAX;
  copied = copy_inbox (inbox, self, error);
  self->give_up_at = 0;
  return copied;
}

static gboolean
add_inbox (Backup *self, GError **error)
{
  gboolean hold = self->inbox_tries >= TRIES;
  g_autoptr (AccStore) inbox = acc_inbox_open (self->store_dir, hold ? ACC_STORE_WRITE : ACC_STORE_READ, error);
  g_autoptr (GError) local = NULL;
  gboolean added;

  if (inbox == NULL)
    return FALSE;
  added = hold ? acc_store_transact (inbox, copy_inbox_held, self, &local) : copy_inbox (inbox, self, &local);
  self->inbox_tries += g_error_matches (local, ACC_ERROR, ACC_ERROR_CONFLICT);
  if (!added)
    g_propagate_error (error, g_steal_pointer (&local));
  return added;
}

/* The desk's moment spans all: a letter that it takes in after that is in the inbox's copy still, and no journal head
 * that it has seen is newer than that copy. */
static gboolean
write_members (AccStore *desk, gpointer data, GError **error)
{
  Backup *self = data;
  AccStoreMoment moment;
  g_autoptr (GError) local = NULL;

  if (!acc_store_get_moment (desk, &moment, error) || !add_small_file (self, "branch.pub", error)
      || !add_small_file (self, "accolade.conf", error) || !add_inbox (self, error)
      || !describe_desk (self, desk, error))
    return FALSE;
  if (add_store (self, desk, "desk.db", &moment, &local))
    return add_manifest (self, error) && acc_tar_writer_finish (self->tar, error);
  self->desk_tries += g_error_matches (local, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
start_again (Backup *self, const AccBackupTerms *terms, GError **error)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_local (self->started / G_USEC_PER_SEC);
  g_autoptr (GDateTime) ends = g_date_time_add_days (made, (int) terms->keep_days);

  g_clear_pointer (&self->manifest, acc_manifest_free);
  self->manifest = acc_manifest_new ();
  self->manifest->program = g_strdup (terms->program);
  self->manifest->made_at = acc_clock_stamp ();
  self->manifest->delete_after = g_date_time_format (ends, "%Y-%m-%d");
  g_clear_pointer (&self->tar, acc_tar_writer_free);
  if (!acc_part_rewind (self->part, error))
    return FALSE;
  self->tar = acc_tar_writer_new (acc_part_get_descriptor (self->part), self->path, self->started / G_USEC_PER_SEC,
                                  error);
  return self->tar != NULL;
}

static gboolean
try_once (Backup *self, GError **error)
{
  gboolean hold = self->desk_tries >= TRIES;
  g_autoptr (AccStore) desk = acc_archive_open (self->store_dir, hold ? ACC_STORE_WRITE : ACC_STORE_READ, error);

  if (desk == NULL)
    return FALSE;
  return hold ? acc_store_transact (desk, write_members, self, error) : write_members (desk, self, error);
}

static gboolean
write_all (Backup *self, const AccBackupTerms *terms, GError **error)
{
  gint64 latest = acc_clock_boot () + PATIENCE;

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (!start_again (self, terms, error))
        return FALSE;
      if (try_once (self, &local))
        return TRUE;
      if (g_error_matches (local, ACC_ERROR, ACC_ERROR_CONFLICT)
          || (g_error_matches (local, ACC_ERROR, ACC_ERROR_BUSY) && !self->gave_up && acc_clock_boot () < latest))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
}

/* ---- the file ---- */

/* The desk's head goes into the name: a name that was noted elsewhere tells of a history that was rewritten. */
static char *
make_name (const Backup *self)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_local (self->started / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (made, "%Y-%m-%dT%H%M");

  for (guint i = 0; i < self->manifest->heads->len; i++)
    {
      const AccHead *head = g_ptr_array_index (self->manifest->heads, i);

      if (g_str_equal (head->store, "desk") && g_str_equal (head->writer, "desk"))
        return g_strdup_printf ("accolade-%s-desk-%" G_GINT64_FORMAT "-%.*s.backup", time, head->count,
                                NAME_HASH_LENGTH, head->hash);
    }
  return g_strdup_printf ("accolade-%s.backup", time);
}

/* A backup that goes with the store is none; and what is erased would stay beside what it was erased from. */
static gboolean
lies_in_store (const char *store_dir, const char *target)
{
  g_autofree char *parent = g_file_test (target, G_FILE_TEST_IS_DIR) ? g_strdup (target) : g_path_get_dirname (target);
  g_autofree char *folder = realpath (parent, NULL);
  g_autofree char *store = realpath (store_dir, NULL);
  gsize length = store != NULL ? strlen (store) : 0;

  return store != NULL && folder != NULL && strncmp (folder, store, length) == 0
         && (folder[length] == '\0' || folder[length] == '/');
}

AccManifest *
acc_backup_write (const char *store_dir, const char *target, const AccBackupTerms *terms, char **path, GError **error)
{
  g_auto (Backup) self = { store_dir, target };
  gboolean in_folder;
  g_autofree char *part = NULL;
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (store_dir != NULL && target != NULL && terms != NULL && path != NULL, NULL);

  if (lies_in_store (store_dir, target))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   _ ("%s: a backup that lies in the store’s own folder is lost with it: name a place elsewhere"), target);
      return NULL;
    }
  in_folder = g_file_test (target, G_FILE_TEST_IS_DIR);
  if (!in_folder && g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: there is a file already, and it is left as it is"),
                   target);
      return NULL;
    }
  self.started = acc_clock_now ();
  part = in_folder ? g_build_filename (target, "accolade.backup.part", NULL) : g_strconcat (target, ".part", NULL);
  self.part = acc_part_new (part, error);
  if (self.part == NULL || !write_all (&self, terms, error))
    return NULL;
  name = make_name (&self);
  whole = in_folder ? g_build_filename (target, name, NULL) : g_strdup (target);
  if (!acc_part_keep (self.part, whole, error))
    return NULL;
  *path = g_steal_pointer (&whole);
  return g_steal_pointer (&self.manifest);
}
