/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain tar file (POSIX.1-2001, pax) of ordinary files, written and read piece by piece through libarchive. What is
 * read may have been made by anybody. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AccTarWriter AccTarWriter;

/* Writes to @descriptor, which stays the caller's and open; @path is for messages; @time, in seconds, is every
 * member's. */
AccTarWriter *acc_tar_writer_new (int descriptor, const char *path, gint64 time, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* The next member, of exactly @size bytes, which follow piece by piece. */
gboolean acc_tar_writer_begin (AccTarWriter *self, const char *name, gint64 size, GError **error);
gboolean acc_tar_writer_add (AccTarWriter *self, gconstpointer data, gsize size, GError **error);

gboolean acc_tar_writer_finish (AccTarWriter *self, GError **error);
void acc_tar_writer_free (AccTarWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccTarWriter, acc_tar_writer_free)

typedef struct _AccTarReader AccTarReader;

/* ACC_ERROR_INPUT if @path is no file, ACC_ERROR_BACKUP if it is no tar file. */
AccTarReader *acc_tar_reader_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The next member: *@name is lent until the next call, NULL after the last. Folders, links, devices, files with holes
 * and sizes that the file cannot hold are ACC_ERROR_BACKUP. */
gboolean acc_tar_reader_next (AccTarReader *self, const char **name, gint64 *size, GError **error);

/* Up to @size bytes of the member: how many came, 0 at its end, -1 with @error. */
gssize acc_tar_reader_read (AccTarReader *self, gpointer data, gsize size, GError **error);

void acc_tar_reader_free (AccTarReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccTarReader, acc_tar_reader_free)

G_END_DECLS
