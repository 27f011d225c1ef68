/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff directory at the desk: how many people, from when and from where; whom a person reports to; and, for managers,
 * the import of another one. Emits "closed", and "imported" once another one is in the store. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-session.h"

G_BEGIN_DECLS

#define ACC_TYPE_DIRECTORY_PAGE (acc_directory_page_get_type ())
G_DECLARE_FINAL_TYPE (AccDirectoryPage, acc_directory_page, ACC, DIRECTORY_PAGE, GtkWidget)

/* Whose directory it is; once. */
void acc_directory_page_set_session (AccDirectoryPage *self, AccDeskSession *session);

/* Opens it for who is signed in; @directory may be NULL while it is being read. @waiting: whom the letters thank that still
 * wait, to be told of before an import. */
void acc_directory_page_begin (AccDirectoryPage *self, AccDirectory *directory, const char *const *waiting);

/* Another directory is in the store. Does nothing while the page is closed. */
void acc_directory_page_set_directory (AccDirectoryPage *self, AccDirectory *directory);

/* Gives up what is being read, and forgets what was shown. */
void acc_directory_page_end (AccDirectoryPage *self);

G_END_DECLS
