/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "store/statement.h"
#include "store/store-private.h"

#define PIECE ((gsize) 1024 * 1024) /* 10 ms from a slow disk */

/* SQLite's own handle: closing a descriptor of ours would drop the locks that this process holds on the file (POSIX
 * advisory locks belong to the process). */
static sqlite3_file *
get_file (AccStore *self)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (acc_store_get_db (self), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file;
}

static gboolean
read_bytes (AccStore *self, guint8 *bytes, gsize size, gint64 offset, GError **error)
{
  sqlite3_file *file = get_file (self);
  int code;

  errno = 0;
  code = file->pMethods->xRead (file, bytes, (int) size, offset);
  if (code != SQLITE_OK)
    acc_store_set_error (self, code == SQLITE_IOERR_SHORT_READ ? SQLITE_CORRUPT : code, error);
  return code == SQLITE_OK;
}

typedef gboolean (*Reading) (AccStore *self, gpointer data, GError **error);

/* @read under a reader's lock: none is taken where the caller holds a writer's. */
static gboolean
read_locked (AccStore *self, Reading read, gpointer data, GError **error)
{
  gboolean held = !sqlite3_get_autocommit (acc_store_get_db (self));
  gboolean done;

  if (!held && !acc_store_execute (self, "BEGIN", error))
    return FALSE;
  done = read (self, data, error);
  if (!held)
    acc_store_execute (self, "ROLLBACK", NULL); /* nothing was written */
  return done;
}

/* Asking for the version is what takes the lock, and undoes what an interrupted writer has left. */
static gboolean
read_version (AccStore *self, gint64 *version, GError **error)
{
  g_autoptr (AccStatement) ask = acc_statement_new (self, "PRAGMA data_version", error);
  gboolean row = FALSE;

  if (!acc_statement_step (ask, &row, error))
    return FALSE;
  *version = acc_statement_get_int (ask, 0);
  return TRUE;
}

static gboolean
read_moment (AccStore *self, gpointer data, GError **error)
{
  AccStoreMoment *moment = data;
  sqlite3_file *file;
  sqlite3_int64 size;
  int code;

  if (!read_version (self, &moment->version, error))
    return FALSE;
  file = get_file (self);
  errno = 0;
  code = file->pMethods->xFileSize (file, &size);
  if (code != SQLITE_OK)
    acc_store_set_error (self, code, error);
  moment->size = size;
  return code == SQLITE_OK;
}

gboolean
acc_store_get_moment (AccStore *self, AccStoreMoment *moment, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (self) && moment != NULL, FALSE);
  return read_locked (self, read_moment, moment, error);
}

typedef struct {
  const AccStoreMoment *moment;
  guint8 *bytes;
  gint64 offset;
  gsize size; /* of this piece */
} Piece;

static gboolean
read_piece (AccStore *self, gpointer data, GError **error)
{
  const Piece *piece = data;
  gint64 version;

  if (!read_version (self, &version, error))
    return FALSE;
  if (version != piece->moment->version)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("%s: it was changed while it was copied"),
                   acc_store_get_path (self));
      return FALSE;
    }
  return read_bytes (self, piece->bytes, piece->size, piece->offset, error);
}

gboolean
acc_store_copy (AccStore *self, const AccStoreMoment *moment, AccStoreTake take, gpointer data, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  Piece piece = { moment };

  g_return_val_if_fail (ACC_IS_STORE (self) && moment != NULL && take != NULL, FALSE);

  piece.bytes = bytes = g_malloc (PIECE);
  for (; piece.offset < moment->size; piece.offset += piece.size)
    {
      piece.size = MIN (PIECE, (gsize) (moment->size - piece.offset));
      if (!read_locked (self, read_piece, &piece, error) || !take (bytes, piece.size, data, error))
        return FALSE;
    }
  return TRUE;
}
