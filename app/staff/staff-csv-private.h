/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the staff file with what is wrong kept apart, row by row. */
#pragma once

#include "staff/findings-private.h"
#include "staff/staff-csv.h"

G_BEGIN_DECLS

/* Adds what is wrong to @findings, and marks each line that may not be imported: one with a finding, and one whose
 * person reports, by whatever way, to somebody in such a line. The directory has the people of the others; NULL where
 * there are none, or what is wrong is not a matter of single rows. */
AccDirectory *acc_staff_csv_read_findings (GBytes *csv, AccFindings *findings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
