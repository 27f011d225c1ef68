/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the staff file with what is wrong kept apart, row by row. */
#pragma once

#include "staff/findings-private.h"
#include "staff/staff-csv.h"

G_BEGIN_DECLS

/* Adds what is wrong to @findings; the directory is right only if there is nothing. NULL where no row was read. */
AccDirectory *acc_staff_csv_read_findings (GBytes *csv, AccFindings *findings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
