/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import of the directory would change, printed. Main thread. */
#pragma once

#include "staff/staff-difference.h"

G_BEGIN_DECLS

/* The counts on one line; where @each, a line for each change before it, its parts by tabs. */
void acc_cli_print_difference (AccStaffDifference *difference, gboolean each);

/* The same as JSON; @imported: it is so now. */
void acc_cli_print_difference_json (AccStaffDifference *difference, guint set_aside, gboolean imported);

G_END_DECLS
