/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are in memory only: a folder of one's own on a memory file system, and nowhere else. Written so that a
 * reader sees the old or the new; never through a link. What stands there may be anybody's doing. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens the folder @path, which is made where it is missing: a file descriptor to close. -1 unless it is on a memory file
 * system (tmpfs, ramfs), this user's, and closed to others. */
int acc_memory_folder_open (const char *path, GError **error);

/* The bytes of the file @name, at most @max_bytes. ACC_ERROR_NOT_FOUND where there is none; a link, a FIFO, a folder, a
 * larger file or another user's is ACC_ERROR_INPUT, and is not waited for. */
GBytes *acc_memory_file_read (int folder, const char *name, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @name is replaced whole; only this user may read it. */
gboolean acc_memory_file_write (int folder, const char *name, GBytes *bytes, GError **error);

/* Whatever it is, and what a killed write has left. A folder goes only where it is empty. */
void acc_memory_file_erase (int folder, const char *name);

G_END_DECLS
