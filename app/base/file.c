/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"

#define READ_STEP ((gsize) 64 * 1024)

static const char *
describe_kind (mode_t mode)
{
  switch (mode & S_IFMT)
    {
    case S_IFDIR:
      return "a folder";
    case S_IFIFO:
      return "a pipe";
    case S_IFSOCK:
      return "a socket";
    case S_IFLNK:
      return "a link";
    default:
      return "a device";
    }
}

/* Opens without waiting for a writer (a FIFO would block) and looks before anything is read. */
static int
open_regular (const char *path, gsize max_bytes, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  struct stat status;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (fd < 0 && (errno == ENXIO || errno == ENODEV))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” is a device or a socket, not a file", shown);
      return -1;
    }
  if (fd < 0 || fstat (fd, &status) != 0)
    acc_error_set_from_errno (error, errno, "read", path);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” is %s, not a file", shown, describe_kind (status.st_mode));
  else if ((guint64) status.st_size > max_bytes)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” has more than %" G_GSIZE_FORMAT " bytes", shown, max_bytes);
  else
    return fd;

  if (fd >= 0)
    close (fd);
  return -1;
}

/* Reads to the end, or to one byte more than @max_bytes: the file may grow meanwhile. */
static gboolean
read_bounded (int fd, gsize max_bytes, GByteArray *bytes)
{
  for (;;)
    {
      guint8 step[READ_STEP];
      gsize room = max_bytes - MIN (max_bytes, bytes->len) + 1;
      ssize_t n = read (fd, step, MIN (room, sizeof step));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        return TRUE;
      g_byte_array_append (bytes, step, (guint) n);
      if (bytes->len > max_bytes)
        return TRUE;
    }
}

GBytes *
acc_file_read (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  int fd, saved_errno;
  gboolean read_all;

  g_return_val_if_fail (path != NULL && max_bytes < G_MAXUINT, NULL);

  fd = open_regular (path, max_bytes, error);
  if (fd < 0)
    return NULL;
  bytes = g_byte_array_new ();
  read_all = read_bounded (fd, max_bytes, bytes);
  saved_errno = errno;
  close (fd);
  if (!read_all)
    {
      acc_error_set_from_errno (error, saved_errno, "read", path);
      return NULL;
    }
  if (bytes->len > max_bytes)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” has more than %" G_GSIZE_FORMAT " bytes", shown,
                   max_bytes);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize left;
  const guint8 *next = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      ssize_t n = write (fd, next, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      next += n;
      left -= (gsize) n;
    }
  return TRUE;
}

/* Fills the temporary file; errno tells why not. */
static gboolean
fill (int fd, GBytes *bytes, int mode)
{
  gboolean done = fchmod (fd, (mode_t) mode) == 0 && write_all (fd, bytes) && fsync (fd) == 0;
  int saved_errno = errno;

  /* A network file system may tell only now that the disk is full. */
  if (close (fd) != 0 && done)
    return FALSE;
  errno = saved_errno;
  return done;
}

/* A rename would put a file in the place of a device, a pipe or a link, and what read there would read no more. */
static gboolean
may_replace (const char *path, GError **error)
{
  g_autofree char *shown = NULL;
  struct stat status;

  if (lstat (path, &status) != 0 || S_ISREG (status.st_mode))
    return TRUE;
  shown = g_filename_display_name (path);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” is %s, not a file: name a file to write to", shown,
               describe_kind (status.st_mode));
  return FALSE;
}

gboolean
acc_file_write (const char *path, GBytes *bytes, int mode, GError **error)
{
  g_autofree char *folder = NULL, *temporary = NULL;
  int fd;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  if (!may_replace (path, error))
    return FALSE;
  folder = g_path_get_dirname (path);
  temporary = g_build_filename (folder, ".accolade-XXXXXX", NULL);
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      acc_error_set_from_errno (error, errno, "write", path);
      return FALSE;
    }
  if (!fill (fd, bytes, mode) || g_rename (temporary, path) != 0)
    {
      int saved_errno = errno;

      g_unlink (temporary);
      acc_error_set_from_errno (error, saved_errno, "write", path);
      return FALSE;
    }
  return acc_file_sync_folder (folder, error);
}

gboolean
acc_file_find_room (const char *path, AccRoom *room, GError **error)
{
  struct statvfs status;

  g_return_val_if_fail (path != NULL && room != NULL, FALSE);

  if (statvfs (path, &status) != 0)
    {
      acc_error_set_from_errno (error, errno, "read", path);
      return FALSE;
    }
  if (faccessat (AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) != 0) /* EROFS, whatever the rights say */
    {
      acc_error_set_from_errno (error, errno, "write", path);
      return FALSE;
    }
  room->bytes = (gint64) status.f_bavail * (gint64) status.f_frsize;
  room->names = status.f_files > 0 ? (gint64) status.f_favail : G_MAXINT64;
  return TRUE;
}

gboolean
acc_file_sync_folder (const char *path, GError **error)
{
  int fd, saved_errno;
  gboolean synced;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* Some network file systems cannot sync a folder and say EINVAL: they write names through. */
  synced = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL);
  saved_errno = errno;
  if (fd >= 0)
    close (fd);
  if (!synced)
    acc_error_set_from_errno (error, saved_errno, "write", path);
  return synced;
}
