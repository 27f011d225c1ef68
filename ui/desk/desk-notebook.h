/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banker's own notebook, as verbs of the session. Each has a synchronous body for the store's thread and for tests, and
 * an asynchronous pair for the main thread. */
#pragma once

#include "archive/notebook.h"
#include "desk/desk-session.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *entries; /* of AccNotebookEntry, by name */
  guint n_lost;       /* … and so many do not open any more */
} AccDeskNotebook;
void acc_desk_notebook_free (AccDeskNotebook *notebook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeskNotebook, acc_desk_notebook_free)

AccDeskNotebook *acc_desk_session_load_notebook (AccDeskSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_load_notebook_async (AccDeskSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
AccDeskNotebook *acc_desk_session_load_notebook_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
  ACC_NOTE_KEEP,        /* the entry, new or changed */
  ACC_NOTE_REMOVE,      /* the entry */
  ACC_NOTE_REMOVE_LOST, /* every one that does not open any more; no entry is given */
} AccNoteChange;

gboolean acc_desk_session_change_notebook (AccDeskSession *self, AccNoteChange change, const AccNotebookEntry *entry,
                                           GError **error);
void acc_desk_session_change_notebook_async (AccDeskSession *self, AccNoteChange change, const AccNotebookEntry *entry,
                                             GAsyncReadyCallback callback, gpointer data);
gboolean acc_desk_session_change_notebook_finish (AccDeskSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
