/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/ballast.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define BALLAST_BYTES (8 * 1024 * 1024) /* some dozen letters with their covers and messages */
#define PLENTY 4                        /* so many times that size must be free before it is put aside */

/* Less than this is left: a transaction and what it sends through a door may not fit. */
#define SHORT_BYTES (BALLAST_BYTES / 2)
#define SHORT_NAMES 16

static gboolean
is_whole (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size == BALLAST_BYTES;
}

static gboolean
has_plenty (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  AccRoom room;

  return acc_file_find_room (folder, &room, NULL) && room.bytes >= PLENTY * BALLAST_BYTES && room.names > SHORT_NAMES;
}

void
acc_ballast_keep (const char *path)
{
  int descriptor;

  if (is_whole (path) || !has_plenty (path))
    return;
  descriptor = open (path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return;
  if (posix_fallocate (descriptor, 0, BALLAST_BYTES) != 0)
    g_unlink (path);
  close (descriptor);
}

void
acc_ballast_give_when_short (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  AccRoom room;

  if (acc_file_find_room (folder, &room, NULL) && (room.bytes < SHORT_BYTES || room.names < SHORT_NAMES))
    acc_ballast_give (path);
}

void
acc_ballast_give (const char *path)
{
  g_unlink (path);
}
