/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sqlite-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

/* What else the sentence tells. */
typedef enum { DETAIL_NONE, DETAIL_SYSTEM, DETAIL_SQLITE } Detail;

typedef struct {
  int code;
  AccError error;
  Detail detail;
  const char *reason;
} Meaning;

/* An extended code stands before its primary one: the first that fits is taken. */
static const Meaning meanings[] = {
  /* the disk */
  { SQLITE_FULL, ACC_ERROR_STORE_FULL, DETAIL_NONE, N_ ("there is no room left to write it") },
  { SQLITE_IOERR, ACC_ERROR_SYSTEM, DETAIL_SYSTEM, N_ ("it cannot be read or written") },
  { SQLITE_CANTOPEN, ACC_ERROR_SYSTEM, DETAIL_SYSTEM, N_ ("it, or its journal beside it, cannot be opened") },
  { SQLITE_NOLFS, ACC_ERROR_SYSTEM, DETAIL_NONE, N_ ("it is too large for this file system") },
  /* permissions */
  { SQLITE_READONLY_ROLLBACK, ACC_ERROR_SYSTEM, DETAIL_NONE,
    N_ ("an interrupted change must be undone first, by a user who may write the file") },
  { SQLITE_READONLY, ACC_ERROR_SYSTEM, DETAIL_NONE, N_ ("this user may not write it") },
  { SQLITE_PERM, ACC_ERROR_SYSTEM, DETAIL_NONE, N_ ("this user may not use it") },
  { SQLITE_AUTH, ACC_ERROR_SYSTEM, DETAIL_NONE, N_ ("this user may not use it") },
  /* others at work; the next try may do */
  { SQLITE_BUSY, ACC_ERROR_BUSY, DETAIL_NONE, N_ ("another program is using it") },
  { SQLITE_LOCKED, ACC_ERROR_BUSY, DETAIL_NONE, N_ ("another program is using it") },
  { SQLITE_PROTOCOL, ACC_ERROR_BUSY, DETAIL_NONE, N_ ("another program is using it") },
  { SQLITE_INTERRUPT, ACC_ERROR_BUSY, DETAIL_NONE, N_ ("the work on it was interrupted") },
  { SQLITE_ABORT, ACC_ERROR_BUSY, DETAIL_NONE, N_ ("the work on it was interrupted") },
  /* what is to be written */
  { SQLITE_CONSTRAINT_UNIQUE, ACC_ERROR_CONFLICT, DETAIL_NONE, N_ ("an entry like this one is there already") },
  { SQLITE_CONSTRAINT_PRIMARYKEY, ACC_ERROR_CONFLICT, DETAIL_NONE, N_ ("an entry like this one is there already") },
  { SQLITE_CONSTRAINT_ROWID, ACC_ERROR_CONFLICT, DETAIL_NONE, N_ ("an entry like this one is there already") },
  { SQLITE_CONSTRAINT, ACC_ERROR_CONFLICT, DETAIL_NONE, N_ ("the change does not fit what is there now") },
  { SQLITE_MISMATCH, ACC_ERROR_CONFLICT, DETAIL_NONE, N_ ("the change does not fit what is there now") },
  { SQLITE_TOOBIG, ACC_ERROR_INPUT, DETAIL_NONE, N_ ("what is to be kept is too large") },
  /* the file itself */
  { SQLITE_NOTADB, ACC_ERROR_STORE_DAMAGED, DETAIL_NONE, N_ ("the file is damaged") },
  { SQLITE_CORRUPT, ACC_ERROR_STORE_DAMAGED, DETAIL_NONE, N_ ("the file is damaged") },
  { SQLITE_FORMAT, ACC_ERROR_STORE_DAMAGED, DETAIL_NONE, N_ ("the file is damaged") },
  { SQLITE_SCHEMA, ACC_ERROR_BUSY, DETAIL_NONE, N_ ("its layout was changed just now") },
  /* a table that is not there: the file is not what its version says */
  { SQLITE_ERROR, ACC_ERROR_STORE_DAMAGED, DETAIL_SQLITE, N_ ("the file does not hold what it should") },
  /* the machine */
  { SQLITE_NOMEM, ACC_ERROR_SYSTEM, DETAIL_NONE, N_ ("there is not enough memory to use it") },
};

static const Meaning unknown = { SQLITE_OK, ACC_ERROR_SYSTEM, DETAIL_SQLITE, N_ ("it cannot be used") };

static const Meaning *
find_meaning (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].code == code || meanings[i].code == (code & 0xff))
      return &meanings[i];
  return &unknown;
}

/* A quota and a limit on the size of files come as general I/O errors, but the remedy is room. */
static gboolean
means_full (int system_errno)
{
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

/* Where a journal cannot be made, SQLite tries to open it for reading and keeps the reason of that. The folder tells
 * why it could not be made. */
static int
look_at_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  AccRoom room;

  if (faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
    return errno;
  return acc_file_find_room (folder, &room, NULL) && (room.bytes == 0 || room.names == 0) ? ENOSPC : ENOENT;
}

void
acc_sqlite_error_set (GError **error, sqlite3 *db, int code, const char *path)
{
  const Meaning *meaning = find_meaning (code);
  int last_errno = errno;
  int system_errno = db != NULL ? sqlite3_system_errno (db) : 0;

  if ((code & 0xff) == SQLITE_CANTOPEN && system_errno == ENOENT)
    system_errno = look_at_folder (sqlite3_db_filename (db, "main")); /* behind any link */

  /* SQLite keeps the system's reason in some places only; what it left in errno will do for this question */
  if (meaning->detail == DETAIL_SYSTEM && means_full (system_errno != 0 ? system_errno : last_errno))
    meaning = find_meaning (SQLITE_FULL);

  if (meaning->detail == DETAIL_SYSTEM && system_errno != 0)
    g_set_error (error, ACC_ERROR, meaning->error, "%s: %s (%s)", path, _ (meaning->reason), g_strerror (system_errno));
  else if (meaning->detail == DETAIL_SQLITE)
    g_set_error (error, ACC_ERROR, meaning->error, "%s: %s (%s)", path, _ (meaning->reason),
                 db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (code));
  else
    g_set_error (error, ACC_ERROR, meaning->error, "%s: %s", path, _ (meaning->reason));
}
