/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banker's own notebook of people who help: found as one types, changed in place and kept as one goes on. Who is in the
 * directory and not yet in the notebook can be noted. Emits "closed". Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-notebook.h"

G_BEGIN_DECLS

#define ACC_TYPE_NOTEBOOK_PAGE (acc_notebook_page_get_type ())
G_DECLARE_FINAL_TYPE (AccNotebookPage, acc_notebook_page, ACC, NOTEBOOK_PAGE, GtkWidget)

/* Whose notebooks they are; once. */
void acc_notebook_page_set_session (AccNotebookPage *self, AccDeskSession *session);

/* Opens the notebook of who is signed in; @directory, in which people are found, may be NULL. */
void acc_notebook_page_begin (AccNotebookPage *self, AccDirectory *directory);

/* Keeps what was being written, and forgets the rest. Before the sign-out. */
void acc_notebook_page_end (AccNotebookPage *self);

G_END_DECLS
