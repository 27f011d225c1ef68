/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import would change about one person, as a row of a list. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "staff/staff-change.h"

G_BEGIN_DECLS

#define ACC_TYPE_DIRECTORY_CHANGE_ROW (acc_directory_change_row_get_type ())
G_DECLARE_FINAL_TYPE (AccDirectoryChangeRow, acc_directory_change_row, ACC, DIRECTORY_CHANGE_ROW, GtkWidget)

void acc_directory_change_row_set_change (AccDirectoryChangeRow *self, AccStaffChange *change);

G_END_DECLS
