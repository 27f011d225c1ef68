/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of the notebook, to read and to change in place. Emits "changed" at each change, and "removed" and "put-back"
 * when they are asked for. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "archive/notebook.h"
#include "staff/directory.h"

G_BEGIN_DECLS

#define ACC_TYPE_NOTEBOOK_ENTRY_PANE (acc_notebook_entry_pane_get_type ())
G_DECLARE_FINAL_TYPE (AccNotebookEntryPane, acc_notebook_entry_pane, ACC, NOTEBOOK_ENTRY_PANE, GtkWidget)

/* Shows a copy of @entry; NULL: nothing is shown. @person: who that is in the directory, or NULL. */
void acc_notebook_entry_pane_set_entry (AccNotebookEntryPane *self, const AccNotebookEntry *entry, const AccPerson *person);

/* The entry as it has been changed here; NULL where none is shown. Lent until the next change. */
const AccNotebookEntry *acc_notebook_entry_pane_get_entry (AccNotebookEntryPane *self);

/* The entry is no longer in the notebook, and may be put back. */
void acc_notebook_entry_pane_show_removed (AccNotebookEntryPane *self);

/* To where the banker's own words stand. */
void acc_notebook_entry_pane_take_focus (AccNotebookEntryPane *self);

G_END_DECLS
