/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read within bounds and written so that a reader sees the old or the new, never half. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of the regular file at @path, at most @max_bytes. A folder, FIFO, device or dangling link is
 * refused at once (ACC_ERROR_INPUT), never waited for. */
GBytes *acc_file_read (const char *path, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes @bytes durably and atomically: temporary file in the same folder, fsync, rename, fsync of the
 * folder. @mode is the new file's (0600…). An existing file is replaced; a folder, FIFO, device or link in
 * its place is refused (ACC_ERROR_INPUT). */
gboolean acc_file_write (const char *path, GBytes *bytes, int mode, GError **error);

/* What is left on a file system for this user. */
typedef struct {
  gint64 bytes;
  gint64 names; /* files that can still be made; G_MAXINT64 where there is no such limit */
} AccRoom;

/* The room left in the folder @path. One that nothing can be written to is ACC_ERROR_SYSTEM. */
gboolean acc_file_find_room (const char *path, AccRoom *room, GError **error);

/* fsync of a folder, so that names in it are durable. */
gboolean acc_file_sync_folder (const char *path, GError **error);

G_END_DECLS
