/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/delivery-lock.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define FILE_NAME "outbox.lock"
#define FILE_MODE 0600

int
acc_delivery_lock (AccStore *desk, gint64 id, GError **error)
{
  g_autofree char *folder = acc_store_dup_folder (desk);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = id, .l_len = 1 };
  int file = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

  if (file < 0)
    {
      acc_error_set_from_errno (error, errno, "open", path);
      return -1;
    }
  if (fcntl (file, F_OFD_SETLK, &lock) == 0)
    return file;
  if (errno == EAGAIN || errno == EACCES)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_BUSY, _ ("This delivery is being sent just now."));
  else
    acc_error_set_from_errno (error, errno, "lock", path);
  g_close (file, NULL);
  return -1;
}
