/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry of the notebook is compared, closed and opened. Private to the notebook. Any thread. */
#pragma once

#include "archive/notebook.h"

G_BEGIN_DECLS

gboolean acc_notebook_entry_is_same_person (const AccNotebookEntry *a, const AccNotebookEntry *b);

/* Cleans the texts of @entry; ACC_ERROR_INPUT without a name, or with more than fits. */
gboolean acc_notebook_entry_clean (AccNotebookEntry *entry, GError **error);

/* The body as the table has it: the banker's signature over id, time and cipher text, then the cipher text. Opening gives
 * NULL where it is not under the key that the banker has now. */
GBytes *acc_notebook_entry_close (const AccNotebookEntry *entry, const char *changed_at, AccIdentity *identity)
  G_GNUC_WARN_UNUSED_RESULT;
AccNotebookEntry *acc_notebook_entry_open (GBytes *body, const char *id, AccIdentity *identity) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @body is what @banker signed, with any key that they have had. */
gboolean acc_notebook_entry_is_as_signed (GBytes *body, const char *id, const char *changed_at, const AccBanker *banker);

G_END_DECLS
