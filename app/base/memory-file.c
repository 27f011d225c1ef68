/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/error.h"

#define OTHERS_THAN_OWNER 077
#define SHARED 02770 /* what is made there belongs to the group, and any of the group may erase it */
#define HASH_LENGTH 16 /* characters: the branches of one account are few */

static gboolean
is_in_memory (int folder)
{
  struct statfs status;

  return fstatfs (folder, &status) == 0 && (status.f_type == TMPFS_MAGIC || status.f_type == RAMFS_MAGIC);
}

static int
open_folder (const char *path, GError **error)
{
  int folder = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (folder < 0)
    acc_error_set_from_errno (error, errno, "read", path);
  return folder;
}

/* @wrong: a sentence; NULL: nothing is, but that it may not be written. */
static int
refuse_if (int folder, const char *path, const char *wrong, GError **error)
{
  if (wrong == NULL && faccessat (folder, ".", W_OK | X_OK, AT_EACCESS) == 0)
    return folder;
  if (wrong != NULL)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_SYSTEM, wrong);
  else
    acc_error_set_from_errno (error, errno, "write", path);
  close (folder);
  return -1;
}

int
acc_memory_folder_open (const char *path, GError **error)
{
  g_autofree char *shown = NULL, *wrong = NULL;
  struct stat status;
  int folder;

  g_return_val_if_fail (path != NULL, -1);

  if (mkdir (path, 0700) != 0 && errno != EEXIST)
    {
      acc_error_set_from_errno (error, errno, "write", path);
      return -1;
    }
  folder = open_folder (path, error);
  if (folder < 0)
    return -1;
  shown = g_filename_display_name (path);
  if (!is_in_memory (folder) || fstat (folder, &status) != 0 || status.st_uid != geteuid ()
      || (status.st_mode & OTHERS_THAN_OWNER) != 0)
    wrong = g_strdup_printf (_ ("“%s” is not a folder of this user alone on a memory file system"), shown);
  return refuse_if (folder, path, wrong, error);
}

int
acc_memory_folder_open_shared (const char *path, GError **error)
{
  g_autofree char *shown = NULL, *wrong = NULL;
  struct stat status = { 0 };
  int folder;

  g_return_val_if_fail (path != NULL, -1);

  folder = open_folder (path, error);
  if (folder < 0)
    return -1;
  shown = g_filename_display_name (path);
  if (!is_in_memory (folder))
    wrong = g_strdup_printf (_ ("“%s” is on a disk: it must be on a memory file system, such as below /run"), shown);
  else if (fstat (folder, &status) != 0 || (status.st_mode & ALLPERMS) != SHARED)
    wrong = g_strdup_printf (_ ("“%s” has the mode %04o: give it %04o, so that one group may use it, and nobody else"), shown,
                             status.st_mode & ALLPERMS, SHARED);
  return refuse_if (folder, path, wrong, error);
}

int
acc_memory_folder_lock (int folder, guint patience, GError **error)
{
  int lock;

  g_return_val_if_fail (folder >= 0, -1);

  lock = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* a lock belongs to who opened: this call alone */
  while (lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) != 0)
    {
      if (patience-- == 0)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, _ ("Another program is using this folder in memory"));
          close (lock);
          return -1;
        }
      g_usleep (G_USEC_PER_SEC / 1000); /* flock has no limit of its own, and who holds it may never let go */
    }
  if (lock < 0)
    acc_error_set_from_errno (error, errno, "read", ".");
  return lock;
}

char *
acc_memory_folder_path (void)
{
  const char *session = g_getenv ("XDG_RUNTIME_DIR");

  return session != NULL && g_path_is_absolute (session) ? g_build_filename (session, "accolade", NULL) : NULL;
}

char *
acc_memory_file_name (const char *kind, const char *path)
{
  g_autofree char *canonical = NULL, *hash = NULL;

  g_return_val_if_fail (kind != NULL && path != NULL, NULL);

  canonical = g_canonicalize_filename (path, NULL);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  return g_strdup_printf ("%s-%.*s", kind, HASH_LENGTH, hash);
}

static gboolean
is_the_owners (int folder, const struct stat *file)
{
  struct stat status;

  return fstat (folder, &status) == 0 && S_ISREG (file->st_mode) && file->st_uid == status.st_uid && file->st_nlink == 1
         && (file->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Opens without following a link or waiting for a FIFO's writer, and looks before anything is read. */
static int
open_file (int folder, const char *name, gsize max_bytes, GError **error)
{
  struct stat status;
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (fd < 0 && errno == ENOENT)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "There is no “%s”", name);
  else if (fd < 0 || fstat (fd, &status) != 0 || !is_the_owners (folder, &status)
           || (guint64) status.st_size > max_bytes)
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

  fd = open_file (folder, name, max_bytes, error);
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

/* The folder's group may read what the folder shows it. */
static gboolean
show_to_readers (int folder, int fd)
{
  struct stat status;

  return fstat (folder, &status) == 0 && fchmod (fd, 0600 | (status.st_mode & S_IRGRP)) == 0;
}

/* No fsync: memory outlives the program, and nothing outlives the memory. @how: renameat2's flags. */
static gboolean
put (int folder, const char *name, GBytes *bytes, guint how, GError **error)
{
  g_autofree char *temporary = temporary_name (name);
  gboolean written;
  int fd, saved_errno;

  unlinkat (folder, temporary, 0);
  fd = openat (folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  written = fd >= 0 && write_all (fd, bytes) && show_to_readers (folder, fd);
  saved_errno = errno;
  if (fd >= 0)
    close (fd);
  if (written && renameat2 (folder, temporary, folder, name, how) == 0)
    return TRUE;
  if (written)
    saved_errno = errno;
  unlinkat (folder, temporary, 0);
  if (written && saved_errno == EEXIST)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, "There is a “%s” already", name);
  else
    acc_error_set_from_errno (error, saved_errno, "write", name);
  return FALSE;
}

gboolean
acc_memory_file_write (int folder, const char *name, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (folder >= 0 && name != NULL && bytes != NULL, FALSE);

  return put (folder, name, bytes, 0, error);
}

gboolean
acc_memory_file_create (int folder, const char *name, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (folder >= 0 && name != NULL && bytes != NULL, FALSE);

  return put (folder, name, bytes, RENAME_NOREPLACE, error);
}

gboolean
acc_memory_file_erase (int folder, const char *name)
{
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (folder >= 0 && name != NULL, FALSE);

  temporary = temporary_name (name);
  unlinkat (folder, temporary, 0);
  return unlinkat (folder, name, 0) == 0 || (errno == EISDIR && unlinkat (folder, name, AT_REMOVEDIR) == 0);
}

GBytes *
acc_memory_file_take (int folder, const char *name, gsize max_bytes, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (folder >= 0 && name != NULL, NULL);

  bytes = acc_memory_file_read (folder, name, max_bytes, error);
  if (acc_memory_file_erase (folder, name) || bytes == NULL)
    return g_steal_pointer (&bytes);
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "Somebody else has taken “%s”", name);
  return NULL;
}
