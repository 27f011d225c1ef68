/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite's result codes as Accolade's errors: one table. Private to the store. Any thread. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Sets @error for the (extended) result @code of @db on the file @path. @db may be NULL. The caller has set errno
 * to 0 before it called SQLite, and calls this at once. */
void acc_sqlite_error_set (GError **error, sqlite3 *db, int code, const char *path);

G_END_DECLS
