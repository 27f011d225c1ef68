/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing the directory: from a staff file or by LDAP, what it would change, and then the import or not. Emits "imported"
 * once it is so, and "closed" where all is left as it is. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-directory.h"

G_BEGIN_DECLS

#define ACC_TYPE_DIRECTORY_IMPORT (acc_directory_import_get_type ())
G_DECLARE_FINAL_TYPE (AccDirectoryImport, acc_directory_import, ACC, DIRECTORY_IMPORT, GtkWidget)

/* Whose directory it is; once. */
void acc_directory_import_set_session (AccDirectoryImport *self, AccDeskSession *session);

/* Opens it; @waiting: whom the letters thank that still wait, so that they can be told of. Where the directory comes by LDAP,
 * it is asked at once. */
void acc_directory_import_begin (AccDirectoryImport *self, const char *const *waiting);

/* Looks into @path, as if it had been typed. After begin. */
void acc_directory_import_look_into (AccDirectoryImport *self, const char *path);

/* Gives up what is being read, and forgets what was. */
void acc_directory_import_end (AccDirectoryImport *self);

G_END_DECLS
