/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection to one SQLite file; the only room that includes sqlite3.h. One thread at a time.
 *
 * Every store: rollback journal (DELETE), synchronous=EXTRA, secure_delete, foreign keys, STRICT tables,
 * defensive; application_id and user_version tell whose file it is and how old. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ACC_TYPE_STORE (acc_store_get_type ())
G_DECLARE_FINAL_TYPE (AccStore, acc_store, ACC, STORE, GObject)

/* What kind of file: its schema steps are the resources /org/accolade/schemas/NAME-1.sql … NAME-<newest>.sql */
typedef struct {
  const char *name;       /* "inbox", "desk" */
  guint32 application_id; /* frozen */
  int newest;             /* user_version after the last step */
  const char *ballast;    /* the file beside it that keeps room for its transactions; NULL: none */
  int cache;              /* KiB of it that a writer keeps in memory; 0: 2,000, as SQLite does */
} AccStoreKind;

typedef enum {
  ACC_STORE_READ,
  ACC_STORE_WRITE,
  ACC_STORE_LOOK, /* as READ, but nothing is set right first: no interrupted change undone, no schema step run */
} AccStoreMode;

/* Makes a new file at @path, which must not exist; mode 0600. */
AccStore *acc_store_create (const char *path, const AccStoreKind *kind, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens an existing file. Refuses, and leaves untouched, one that is missing (ACC_ERROR_NO_STORE), empty,
 * damaged, foreign or newer. ACC_STORE_WRITE runs the schema steps that the file has not seen, each in one
 * transaction together with its user_version. A link is followed: the journal lies beside the file itself. */
AccStore *acc_store_open (const char *path, const AccStoreKind *kind, AccStoreMode mode, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* A store that never reaches a disk, laid out by the statements of @schema, and gone with its last reference. What is
 * deleted is overwritten; what is not is freed as any memory is. */
AccStore *acc_store_create_in_memory (const char *schema, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From now on what runs on @self is given up soon after @cancellable is cancelled, which any thread may do:
 * G_IO_ERROR_CANCELLED. NULL: nothing ends it. */
void acc_store_set_cancellable (AccStore *self, GCancellable *cancellable);

const char *acc_store_get_path (AccStore *self); /* as it was opened: absolute, links not followed */

/* The folder in which the file itself and its journal lie. */
char *acc_store_dup_folder (AccStore *self) G_GNUC_WARN_UNUSED_RESULT;

/* Changes whenever another connection has changed the file (PRAGMA data_version). -1 on error. */
gint64 acc_store_data_version (AccStore *self);

/* BEGIN IMMEDIATE, @work, COMMIT; ROLLBACK if @work returns FALSE (it has then set @error). After an error
 * at COMMIT the change may be there all the same: the caller looks before it tries again.
 * On a disk that is all but full a store with a ballast gives it up first. */
typedef gboolean (*AccStoreWork) (AccStore *self, gpointer data, GError **error);
gboolean acc_store_transact (AccStore *self, AccStoreWork work, gpointer data, GError **error);

/* SQLite's own word on the file (integrity_check, foreign_key_check): NULL if sound, else the first finding. */
char *acc_store_check (AccStore *self) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a sentence to @findings (of char *) for each table, index, view or trigger that the schema steps of @kind do not
 * make, or not so, and for each that is missing. */
gboolean acc_store_check_schema (AccStore *self, const AccStoreKind *kind, GPtrArray *findings, GError **error);

/* The same from quick_check, which leaves indexes and references out: a tenth of the time. */
char *acc_store_check_quickly (AccStore *self) G_GNUC_WARN_UNUSED_RESULT;

const char *acc_store_sqlite_version (void); /* of the library that runs, static */

G_END_DECLS
