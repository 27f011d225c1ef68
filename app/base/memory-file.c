/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory-file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/error.h"

#define CLOSED_TO_OTHERS 077

static gboolean
is_in_memory (int folder)
{
  struct statfs status;

  return fstatfs (folder, &status) == 0 && (status.f_type == TMPFS_MAGIC || status.f_type == RAMFS_MAGIC);
}

static gboolean
is_ours_alone (int folder)
{
  struct stat status;

  return fstat (folder, &status) == 0 && status.st_uid == geteuid () && (status.st_mode & CLOSED_TO_OTHERS) == 0;
}

int
acc_memory_folder_open (const char *path, GError **error)
{
  g_autofree char *shown = NULL;
  int folder;

  g_return_val_if_fail (path != NULL, -1);

  if (mkdir (path, 0700) != 0 && errno != EEXIST)
    {
      acc_error_set_from_errno (error, errno, "write", path);
      return -1;
    }
  folder = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0)
    {
      acc_error_set_from_errno (error, errno, "read", path);
      return -1;
    }
  if (is_in_memory (folder) && is_ours_alone (folder))
    return folder;
  shown = g_filename_display_name (path);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "“%s” is not a folder of this user alone on a memory file system",
               shown);
  close (folder);
  return -1;
}

/* Opens without following a link or waiting for a FIFO's writer, and looks before anything is read. */
static int
open_ours (int folder, const char *name, gsize max_bytes, GError **error)
{
  struct stat status;
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (fd < 0 && errno == ENOENT)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "There is no “%s”", name);
  else if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_uid != geteuid ()
           || status.st_nlink != 1 || (guint64) status.st_size > max_bytes)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” is not a file that this program wrote", name);
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

GBytes *
acc_memory_file_read (int folder, const char *name, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int fd;

  g_return_val_if_fail (folder >= 0 && name != NULL && max_bytes < G_MAXUINT, NULL);

  fd = open_ours (folder, name, max_bytes, error);
  if (fd < 0)
    return NULL;
  for (;;)
    {
      guint8 step[16 * 1024];
      ssize_t n = read (fd, step, MIN (sizeof step, max_bytes - bytes->len));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      g_byte_array_append (bytes, step, (guint) n);
    }
  close (fd);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static char *
temporary_name (const char *name)
{
  return g_strconcat (name, ".new", NULL);
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize left;
  const guint8 *next = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      ssize_t n = write (fd, next, left);

      if (n < 0 && errno != EINTR)
        return FALSE;
      next += MAX (n, 0);
      left -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* No fsync: memory outlives the program, and nothing outlives the memory. */
gboolean
acc_memory_file_write (int folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *temporary = NULL;
  gboolean written;
  int fd, saved_errno;

  g_return_val_if_fail (folder >= 0 && name != NULL && bytes != NULL, FALSE);

  temporary = temporary_name (name);
  unlinkat (folder, temporary, 0);
  fd = openat (folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  written = fd >= 0 && write_all (fd, bytes);
  saved_errno = errno;
  if (fd >= 0)
    close (fd);
  if (written && renameat (folder, temporary, folder, name) == 0)
    return TRUE;
  if (written)
    saved_errno = errno;
  unlinkat (folder, temporary, 0);
  acc_error_set_from_errno (error, saved_errno, "write", name);
  return FALSE;
}

void
acc_memory_file_erase (int folder, const char *name)
{
  g_autofree char *temporary = NULL;

  g_return_if_fail (folder >= 0 && name != NULL);

  temporary = temporary_name (name);
  unlinkat (folder, temporary, 0);
  if (unlinkat (folder, name, 0) != 0 && errno == EISDIR)
    unlinkat (folder, name, AT_REMOVEDIR);
}
