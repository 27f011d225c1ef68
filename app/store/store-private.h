/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share. Private to the store, and to its tests. */
#pragma once

#include <sqlite3.h>

#include "store/store.h"

G_BEGIN_DECLS

sqlite3 *acc_store_get_db (AccStore *self);

/* Sets @error from SQLite's result @code on this store. */
void acc_store_set_error (AccStore *self, int code, GError **error);

/* Runs @sql, which gives no rows. */
gboolean acc_store_execute (AccStore *self, const char *sql, GError **error);

/* A prepared statement that was kept for @sql, or NULL: the caller's until it is kept again. */
sqlite3_stmt *acc_store_take_statement (AccStore *self, const char *sql) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps @statement, which is at rest and has nothing bound, until it is taken or the store goes. */
void acc_store_keep_statement (AccStore *self, sqlite3_stmt *statement);

/* header.c: what the file's first 100 bytes say, read without SQLite's parser, so that a refused file is never
 * touched. TRUE if it is a store of @kind that this version can read; *@version is its user_version. */
gboolean acc_header_check (const char *path, const AccStoreKind *kind, int *version, GError **error);

/* The same decision on an open store, after an interrupted change may have been undone. */
gboolean acc_header_check_version (const char *path, const AccStoreKind *kind, int version, GError **error);

/* schema.c: runs the steps after @version, each in one transaction with its user_version. */
gboolean acc_schema_upgrade (AccStore *self, const AccStoreKind *kind, int version, GError **error);

/* One step: @sql, application_id and user_version in one transaction, or nothing of it. */
gboolean acc_schema_run_step (AccStore *self, const AccStoreKind *kind, int version, const char *sql, GError **error);

G_END_DECLS
