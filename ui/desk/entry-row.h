/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a short list at the desk: a person or a step in bold, what it is about below, a word at the end. Read as one
 * by a screen reader. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "staff/directory.h"

G_BEGIN_DECLS

#define ACC_TYPE_ENTRY_ROW (acc_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (AccEntryRow, acc_entry_row, ACC, ENTRY_ROW, GtkListBoxRow)

/* Any of the texts may be "". */
GtkWidget *acc_entry_row_new (const char *title, const char *subtitle, const char *trailing) G_GNUC_WARN_UNUSED_RESULT;

/* Says something else from now on. */
void acc_entry_row_set_texts (AccEntryRow *self, const char *title, const char *subtitle, const char *trailing);

/* A person of the directory, which lends them as long as the row is there; NULL: the row is none. */
GtkWidget *acc_entry_row_new_person (const AccPerson *person) G_GNUC_WARN_UNUSED_RESULT;
const AccPerson *acc_entry_row_get_person (AccEntryRow *self);

/* A long name on one line below, its end shown, the whole of it in a tip: where something lies. */
void acc_entry_row_set_detail (AccEntryRow *self, const char *detail);

G_END_DECLS
