/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are in memory only: in a folder of one's own on a memory file system, or in one whose owner lets a group of
 * readers in, and nowhere else. Written so that a reader sees the old or the new; never through a link. What stands there
 * may be anybody's doing. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens the folder @path, which is made where it is missing: a file descriptor to close. -1 unless it is on a memory file
 * system (tmpfs, ramfs), this user's, and closed to others. */
int acc_memory_folder_open (const char *path, GError **error);

/* Opens the folder @path, which its owner shares with a group: a file descriptor to close. It is not made. -1 unless it is
 * on a memory file system, owner and group may do all in it, the group owns what is made there, and it is closed to all
 * others (mode 2770). */
int acc_memory_folder_open_shared (const char *path, GError **error);

/* Holds the folder for one caller at a time of those who ask likewise, in any process: a file descriptor, whose closing lets
 * it go. ACC_ERROR_BUSY where others have held it for @patience milliseconds: whoever may enter may also hold it. */
int acc_memory_folder_lock (int folder, guint patience, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where the session's own folder lies: accolade below $XDG_RUNTIME_DIR. NULL where the session has none: GLib's own answer
 * would be a folder on the disk. */
char *acc_memory_folder_path (void) G_GNUC_WARN_UNUSED_RESULT;

/* A file's name in there: @kind, and which branch's by what lies at @path, a file or folder of its own. */
char *acc_memory_file_name (const char *kind, const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* The bytes of the file @name, at most @max_bytes. ACC_ERROR_NOT_FOUND where there is none; a link, a FIFO, a folder, a
 * larger file or one that others than the folder's owner may have written is ACC_ERROR_INPUT, and is not waited for. */
GBytes *acc_memory_file_read (int folder, const char *name, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, and it is erased, whatever it is. Of several who take a file at once one has it, and for the others there is
 * none. */
GBytes *acc_memory_file_take (int folder, const char *name, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @name is replaced whole; only those whom the folder lets in may read it. */
gboolean acc_memory_file_write (int folder, const char *name, GBytes *bytes, GError **error);

/* The same where there is nothing of that name; else ACC_ERROR_CONFLICT. */
gboolean acc_memory_file_create (int folder, const char *name, GBytes *bytes, GError **error);

/* Whatever it is, and what a killed write has left. A folder goes only where it is empty. FALSE: it was not there, or is
 * there still. */
gboolean acc_memory_file_erase (int folder, const char *name);

G_END_DECLS
