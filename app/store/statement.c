/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/statement.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "store/store-private.h"

struct _AccStatement {
  AccStore *store;
  sqlite3_stmt *statement;
  gboolean kept;      /* by the store, when this is freed */
  int bind_code;      /* the first failure to bind, told at the next step */
  GPtrArray *repairs; /* of char *: texts that were not text; NULL until there is one */
};

static sqlite3_stmt *
prepare (AccStore *store, const char *sql, guint flags, GError **error)
{
  sqlite3_stmt *statement = NULL;
  const char *rest = NULL;
  int code;

  errno = 0;
  code = sqlite3_prepare_v3 (acc_store_get_db (store), sql, -1, flags, &statement, &rest);
  if (code != SQLITE_OK)
    {
      acc_store_set_error (store, code, error);
      return NULL;
    }
  g_assert (statement != NULL && *rest == '\0'); /* one statement, and nothing after it */
  return statement;
}

static AccStatement *
wrap (AccStore *store, sqlite3_stmt *statement, gboolean kept)
{
  AccStatement *self;

  if (statement == NULL)
    return NULL;
  self = g_new0 (AccStatement, 1);
  self->store = g_object_ref (store);
  self->statement = statement;
  self->kept = kept;
  return self;
}

AccStatement *
acc_statement_new (AccStore *store, const char *sql, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (store) && sql != NULL, NULL);
  return wrap (store, prepare (store, sql, 0, error), FALSE);
}

AccStatement *
acc_statement_new_kept (AccStore *store, const char *sql, GError **error)
{
  sqlite3_stmt *statement;

  g_return_val_if_fail (ACC_IS_STORE (store) && sql != NULL, NULL);

  statement = acc_store_take_statement (store, sql);
  if (statement == NULL)
    statement = prepare (store, sql, SQLITE_PREPARE_PERSISTENT, error);
  return wrap (store, statement, TRUE);
}

void
acc_statement_free (AccStatement *self)
{
  if (self == NULL)
    return;
  if (self->kept)
    {
      sqlite3_reset (self->statement);
      sqlite3_clear_bindings (self->statement);
      acc_store_keep_statement (self->store, self->statement);
    }
  else
    sqlite3_finalize (self->statement);
  g_clear_pointer (&self->repairs, g_ptr_array_unref);
  g_object_unref (self->store);
  g_free (self);
}

/* SQLite binds nothing to a statement that is under way. */
static gboolean
may_bind (AccStatement *self)
{
  if (self == NULL)
    return FALSE;
  if (sqlite3_stmt_busy (self->statement))
    sqlite3_reset (self->statement);
  return TRUE;
}

static void
note_bind (AccStatement *self, int code)
{
  if (code == SQLITE_RANGE)
    g_critical ("%s has no such parameter", sqlite3_sql (self->statement));
  if (self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

void
acc_statement_bind_text (AccStatement *self, int parameter, const char *text)
{
  if (!may_bind (self))
    return;
  if (text == NULL)
    note_bind (self, sqlite3_bind_null (self->statement, parameter));
  else if (!g_utf8_validate (text, -1, NULL))
    note_bind (self, SQLITE_FORMAT);
  else
    note_bind (self,
               sqlite3_bind_text64 (self->statement, parameter, text, strlen (text), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void
acc_statement_bind_int (AccStatement *self, int parameter, gint64 value)
{
  if (may_bind (self))
    note_bind (self, sqlite3_bind_int64 (self->statement, parameter, value));
}

void
acc_statement_bind_data (AccStatement *self, int parameter, gconstpointer data, gsize size)
{
  if (!may_bind (self))
    return;
  if (data == NULL && size == 0)
    note_bind (self, sqlite3_bind_null (self->statement, parameter));
  else
    note_bind (self, sqlite3_bind_blob64 (self->statement, parameter, data, size, SQLITE_TRANSIENT));
}

void
acc_statement_bind_bytes (AccStatement *self, int parameter, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes != NULL && data == NULL)
    data = ""; /* no bytes, which is not the same as NULL */
  acc_statement_bind_data (self, parameter, data, size);
}

/* What was bound was not as it should be: the failed binding would otherwise be kept as NULL. */
static gboolean
check_bound (AccStatement *self, GError **error)
{
  int code = self->bind_code;

  self->bind_code = SQLITE_OK;
  if (code == SQLITE_FORMAT)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: what is to be kept is not text in UTF-8"),
                 acc_store_get_path (self->store));
  else if (code != SQLITE_OK)
    acc_store_set_error (self->store, code, error);
  return code == SQLITE_OK;
}

gboolean
acc_statement_step (AccStatement *self, gboolean *row, GError **error)
{
  int code;

  g_return_val_if_fail (row != NULL, FALSE);

  *row = FALSE;
  if (self == NULL || !check_bound (self, error))
    return FALSE;
  g_clear_pointer (&self->repairs, g_ptr_array_unref);

  errno = 0;
  code = sqlite3_step (self->statement);
  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    acc_store_set_error (self->store, code, error);
  sqlite3_reset (self->statement);
  return code == SQLITE_DONE;
}

gboolean
acc_statement_run (AccStatement *self, GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!acc_statement_step (self, &row, error))
      return FALSE;
  return TRUE;
}

gint64
acc_statement_change (AccStatement *self, GError **error)
{
  if (!acc_statement_run (self, error))
    return -1;
  return sqlite3_changes64 (acc_store_get_db (self->store));
}

/* @text with U+FFFD for each byte that is no UTF-8 and for each NUL. */
static const char *
repair (AccStatement *self, const char *text, gsize size)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  const char *end = text + size;

  while (text < end)
    {
      const char *stop = memchr (text, '\0', end - text);
      g_autofree char *part = g_utf8_make_valid (text, (stop != NULL ? stop : end) - text);

      g_string_append (joined, part);
      if (stop != NULL)
        g_string_append (joined, "\xef\xbf\xbd");
      text = stop != NULL ? stop + 1 : end;
    }
  if (self->repairs == NULL)
    self->repairs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->repairs, g_string_free (g_steal_pointer (&joined), FALSE));
  return g_ptr_array_index (self->repairs, self->repairs->len - 1);
}

const char *
acc_statement_get_text (AccStatement *self, int column)
{
  const char *text;
  gsize size;

  if (self == NULL)
    return NULL;
  text = (const char *) sqlite3_column_text (self->statement, column);
  size = sqlite3_column_bytes (self->statement, column);
  if (text == NULL || g_utf8_validate_len (text, size, NULL))
    return text;
  return repair (self, text, size);
}

gint64
acc_statement_get_int (AccStatement *self, int column)
{
  return self != NULL ? sqlite3_column_int64 (self->statement, column) : 0;
}

GBytes *
acc_statement_dup_bytes (AccStatement *self, int column)
{
  gconstpointer data;

  if (self == NULL || sqlite3_column_type (self->statement, column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (self->statement, column);
  return g_bytes_new (data, sqlite3_column_bytes (self->statement, column));
}
