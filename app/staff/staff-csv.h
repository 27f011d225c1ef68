/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory's CSV (RFC 4180, UTF-8, a header line with at least id,name,email,department,supervisor_id; more in
 * README.md). All or nothing, or sifted. Any thread. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

#define ACC_STAFF_BYTES_MAX (64 * 1024 * 1024)
#define ACC_STAFF_ROWS_MAX 200000

/* ACC_ERROR_INPUT lists every bad row, a line each ("line 7: …"), at most 100 and then how many more. */
AccDirectory *acc_staff_csv_read (GBytes *csv, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The good rows alone: *@bad gets the others with the header line, as CSV, *@n_bad their number. Whoever reports to
 * somebody in a bad row is set aside too. ACC_ERROR_INPUT where no row can be told from another, or none is good. */
AccDirectory *acc_staff_csv_sift (GBytes *csv, GBytes **bad, guint *n_bad, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As RFC 4180, for keeping: acc_staff_csv_read of it gives an equal directory. */
GBytes *acc_staff_csv_write (AccDirectory *directory) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
