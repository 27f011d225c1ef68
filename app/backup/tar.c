/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/tar-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define READ_BLOCK (1024 * 1024)

/* ---- writing ---- */

struct _AccTarWriter {
  struct archive *archive;
  int descriptor;
  char *path;
  gint64 time;
  gboolean given_up; /* nothing is written any more */
};

static la_ssize_t
write_block (struct archive *archive, void *data, const void *block, size_t size)
{
  const AccTarWriter *self = data;
  ssize_t n = -1;

  errno = ECANCELED;
  if (!self->given_up)
    do
      n = write (self->descriptor, block, size);
    while (n < 0 && errno == EINTR);
  if (n < 0)
    archive_set_error (archive, errno, "%s", g_strerror (errno));
  return n;
}

static gboolean
set_write_error (AccTarWriter *self, GError **error)
{
  int code = archive_errno (self->archive);

  acc_error_set_from_errno (error, code > 0 ? code : EIO, "write", self->path);
  return FALSE;
}

AccTarWriter *
acc_tar_writer_new (int descriptor, const char *path, gint64 time, GError **error)
{
  g_autoptr (AccTarWriter) self = g_new0 (AccTarWriter, 1);

  self->descriptor = descriptor;
  self->path = g_strdup (path);
  self->time = time;
  self->archive = archive_write_new ();
  /* no blocks of its own: a piece goes to the file as it comes */
  if (archive_write_set_format_pax_restricted (self->archive) != ARCHIVE_OK
      || archive_write_set_bytes_per_block (self->archive, 0) != ARCHIVE_OK
      || archive_write_open2 (self->archive, self, NULL, write_block, NULL, NULL) != ARCHIVE_OK)
    {
      set_write_error (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
acc_tar_writer_begin (AccTarWriter *self, const char *name, gint64 size, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean begun;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, self->time, 0);
  begun = archive_write_header (self->archive, entry) == ARCHIVE_OK;
  archive_entry_free (entry);
  return begun || set_write_error (self, error);
}

gboolean
acc_tar_writer_add (AccTarWriter *self, gconstpointer data, gsize size, GError **error)
{
  return archive_write_data (self->archive, data, size) == (la_ssize_t) size || set_write_error (self, error);
}

gboolean
acc_tar_writer_finish (AccTarWriter *self, GError **error)
{
  return archive_write_close (self->archive) == ARCHIVE_OK || set_write_error (self, error);
}

/* libarchive would fill up a member that was begun, however large. */
void
acc_tar_writer_free (AccTarWriter *self)
{
  self->given_up = TRUE;
  archive_write_free (self->archive);
  g_free (self->path);
  g_free (self);
}

/* ---- reading ---- */

struct _AccTarReader {
  struct archive *archive;
  char *path;
  int descriptor;
  gint64 size; /* of the whole file */
  gboolean begun; /* a member was found: it is a tar file */
};

/* What the system says of reading is its own matter; all else is the file's. */
static void
set_read_error (AccTarReader *self, GError **error)
{
  int code = archive_errno (self->archive);

  if (code == EIO || code == ENOMEM)
    acc_error_set_from_errno (error, code, "read", self->path);
  else if (self->begun)
    g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: it is cut short or damaged"), self->path);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: this is not a backup of Accolade"), self->path);
}

static gboolean
open_file (AccTarReader *self, GError **error)
{
  struct stat status;

  self->descriptor = open (self->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (self->descriptor < 0 || fstat (self->descriptor, &status) != 0)
    {
      acc_error_set_from_errno (error, errno, "read", self->path);
      return FALSE;
    }
  self->size = status.st_size;
  if (S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s is a folder or a device, not a file"), self->path);
  return FALSE;
}

AccTarReader *
acc_tar_reader_new (const char *path, GError **error)
{
  g_autoptr (AccTarReader) self = g_new0 (AccTarReader, 1);

  self->path = g_strdup (path);
  self->archive = archive_read_new ();
  if (!open_file (self, error))
    return NULL;
  /* tar and nothing else: what unpacks could also swell */
  archive_read_support_format_tar (self->archive);
  if (archive_read_open_fd (self->archive, self->descriptor, READ_BLOCK) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  set_read_error (self, error);
  return NULL;
}

static gboolean
is_ordinary (AccTarReader *self, struct archive_entry *entry)
{
  return archive_entry_filetype (entry) == AE_IFREG && archive_entry_hardlink (entry) == NULL
         && archive_entry_symlink (entry) == NULL && archive_entry_sparse_count (entry) == 0
         && archive_entry_pathname (entry) != NULL && archive_entry_size_is_set (entry)
         && archive_entry_size (entry) >= 0 && archive_entry_size (entry) <= self->size;
}

gboolean
acc_tar_reader_next (AccTarReader *self, const char **name, gint64 *size, GError **error)
{
  struct archive_entry *entry;
  int code = archive_read_next_header (self->archive, &entry);

  *name = NULL;
  if (code == ARCHIVE_EOF)
    return TRUE;
  if (code != ARCHIVE_OK)
    {
      set_read_error (self, error);
      return FALSE;
    }
  if (!is_ordinary (self, entry))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_BACKUP, _ ("%s: it holds something else than a backup's files"),
                   self->path);
      return FALSE;
    }
  self->begun = TRUE;
  *name = archive_entry_pathname (entry);
  *size = archive_entry_size (entry);
  return TRUE;
}

gssize
acc_tar_reader_read (AccTarReader *self, gpointer data, gsize size, GError **error)
{
  la_ssize_t n = archive_read_data (self->archive, data, size);

  if (n >= 0)
    return n;
  set_read_error (self, error);
  return -1;
}

void
acc_tar_reader_free (AccTarReader *self)
{
  archive_read_free (self->archive);
  if (self->descriptor >= 0)
    close (self->descriptor);
  g_free (self->path);
  g_free (self);
}
