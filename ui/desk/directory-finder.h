/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person of the directory, found as one types, and the way up from them as of a day. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "staff/directory.h"

G_BEGIN_DECLS

#define ACC_TYPE_DIRECTORY_FINDER (acc_directory_finder_get_type ())
G_DECLARE_FINAL_TYPE (AccDirectoryFinder, acc_directory_finder, ACC, DIRECTORY_FINDER, GtkWidget)

/* Looks into @directory from now on; who is shown is looked up again. NULL: shows nobody, and forgets what was asked. */
void acc_directory_finder_set_directory (AccDirectoryFinder *self, AccDirectory *directory);

gboolean acc_directory_finder_take_focus (AccDirectoryFinder *self);

G_END_DECLS
