/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/part-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

/* What is on its way to the disk: a letter that is kept meanwhile waits behind it. */
#define IN_FLIGHT_MAX (2 * 1024 * 1024)

struct _AccPart {
  char *path; /* NULL once it is kept */
  int descriptor;
};

/* A file of ours that has no other name: somebody may have put another one in its place. */
static gboolean
is_ours (const AccPart *self, GError **error)
{
  struct stat status;

  if (fstat (self->descriptor, &status) != 0)
    acc_error_set_from_errno (error, errno, "write", self->path);
  else if (!S_ISREG (status.st_mode) || status.st_nlink != 1 || status.st_uid != geteuid ())
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: this is not a file of this user"), self->path);
  else
    return TRUE;
  return FALSE;
}

/* Whether the file still has its name: the one who held the lock may have finished meanwhile. */
static gboolean
has_its_name (const AccPart *self)
{
  struct stat opened, named;

  return fstat (self->descriptor, &opened) == 0 && lstat (self->path, &named) == 0 && opened.st_ino == named.st_ino
         && opened.st_dev == named.st_dev;
}

static gboolean
lock (const AccPart *self, GError **error)
{
  gboolean locked = flock (self->descriptor, LOCK_EX | LOCK_NB) == 0;

  if (!locked && errno != EWOULDBLOCK)
    acc_error_set_from_errno (error, errno, "write", self->path);
  else if (!locked || !has_its_name (self))
    g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, _ ("%s: another program is writing it"), self->path);
  else
    return TRUE;
  return FALSE;
}

AccPart *
acc_part_new (const char *path, GError **error)
{
  g_autofree AccPart *self = g_new0 (AccPart, 1);
  g_autofree char *owned = g_strdup (path);

  self->path = owned;
  self->descriptor = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (self->descriptor < 0)
    {
      acc_error_set_from_errno (error, errno, "write", path);
      return NULL;
    }
  if (!is_ours (self, error) || !lock (self, error))
    {
      close (self->descriptor); /* it is not ours to remove */
      return NULL;
    }
  g_steal_pointer (&owned);
  return g_steal_pointer (&self);
}

int
acc_part_get_descriptor (AccPart *self)
{
  return self->descriptor;
}

gboolean
acc_part_rewind (AccPart *self, GError **error)
{
  if (ftruncate (self->descriptor, 0) == 0 && lseek (self->descriptor, 0, SEEK_SET) == 0
      && fchmod (self->descriptor, 0600) == 0)
    return TRUE;
  acc_error_set_from_errno (error, errno, "write", self->path);
  return FALSE;
}

void
acc_part_flush (AccPart *self)
{
  off_t end = lseek (self->descriptor, 0, SEEK_CUR);

  sync_file_range (self->descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
  if (end > IN_FLIGHT_MAX)
    sync_file_range (self->descriptor, 0, end - IN_FLIGHT_MAX, SYNC_FILE_RANGE_WAIT_BEFORE);
}

/* Not every file system can rename without replacing; there it is looked at first. */
static gboolean
name_it (AccPart *self, const char *path)
{
  struct stat status;

  if (renameat2 (AT_FDCWD, self->path, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (lstat (path, &status) == 0)
    {
      errno = EEXIST;
      return FALSE;
    }
  return g_rename (self->path, path) == 0;
}

gboolean
acc_part_keep (AccPart *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (fsync (self->descriptor) != 0)
    {
      acc_error_set_from_errno (error, errno, "write", self->path);
      return FALSE;
    }
  if (!name_it (self, path))
    {
      if (errno == EEXIST)
        g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: there is a file already, and it is left as it is"),
                     path);
      else
        acc_error_set_from_errno (error, errno, "write", path);
      return FALSE;
    }
  g_free (self->path);
  self->path = g_strdup (path);
  if (!acc_file_sync_folder (folder, error))
    return FALSE;
  g_clear_pointer (&self->path, g_free);
  return TRUE;
}

void
acc_part_free (AccPart *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  close (self->descriptor);
  g_free (self->path);
  g_free (self);
}
