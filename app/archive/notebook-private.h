/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry of the notebook is compared, closed and opened (notebook-entry.c, notebook-box.c), and its table. Private to
 * the notebook. Any thread. */
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

/* ---- notebook-table.c ---- */

/* A row of the table; in a damaged store any of it may be NULL. Lent. */
typedef struct {
  gint64 banker;
  const char *id, *changed_at;
  GBytes *body;
} AccNotebookRow;

typedef void (*AccNotebookRowFunc) (const AccNotebookRow *row, gpointer data);

/* The rows of one banker, by id; or all there are, a batch after the other, so that no reading is long. */
gboolean acc_notebook_table_walk (AccStore *desk, gint64 banker, AccNotebookRowFunc each, gpointer data, GError **error);
gboolean acc_notebook_table_walk_all (AccStore *desk, AccNotebookRowFunc each, gpointer data, GError **error);

/* In the place of the banker's row of that id, where there is one. */
gboolean acc_notebook_table_put (AccStore *desk, const AccNotebookRow *row, GError **error);
gboolean acc_notebook_table_remove (AccStore *desk, gint64 banker, const char *id, GError **error);

G_END_DECLS
