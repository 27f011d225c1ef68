/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV text as rows with the physical line each begins on. libcsv's only door. Any thread. */
#pragma once

#include "staff/findings-private.h"

G_BEGIN_DECLS

#define ACC_CSV_ROW_MAX (64 * 1024) /* bytes of a row */

/* A row: @fields is lent. FALSE stops the reading. */
typedef gboolean (*AccCsvRow) (const GStrv fields, guint n_fields, guint line, gpointer data);

/* Reads @size bytes of UTF-8 (RFC 4180; a line ends with CR LF, LF or CR; blank lines are passed over).
 * FALSE if it did not come to the end; why is in @findings, unless @row stopped it. */
gboolean acc_csv_rows_read (const char *text, gsize size, AccCsvRow row, gpointer data, AccFindings *findings);

/* Adds one row to @out, every field quoted, ended by CR LF. */
void acc_csv_rows_write (GByteArray *out, const char *const *fields, guint n_fields);

G_END_DECLS
