/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-notebook.h"

#include "desk/desk-session-private.h"

void
acc_desk_notebook_free (AccDeskNotebook *notebook)
{
  if (notebook == NULL)
    return;
  g_clear_pointer (&notebook->entries, g_ptr_array_unref);
  g_free (notebook);
}

/* ---- reading ---- */

AccDeskNotebook *
acc_desk_session_load_notebook (AccDeskSession *self, GError **error)
{
  g_autoptr (AccDeskNotebook) notebook = g_new0 (AccDeskNotebook, 1);

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);

  if (!acc_desk_session_check_signed_in (self, error))
    return NULL;
  notebook->entries = acc_notebook_load (self->desk, self->identity, &notebook->n_lost, error);
  return notebook->entries != NULL ? g_steal_pointer (&notebook) : NULL;
}

static void
load_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  AccDeskNotebook *notebook = acc_desk_session_load_notebook (source, &error);

  if (notebook != NULL)
    g_task_return_pointer (task, notebook, (GDestroyNotify) acc_desk_notebook_free);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_load_notebook_async (AccDeskSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  task = g_task_new (self, cancellable, callback, data);
  acc_worker_run (self->store_worker, task, load_body);
}

AccDeskNotebook *
acc_desk_session_load_notebook_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- changing ---- */

gboolean
acc_desk_session_change_notebook (AccDeskSession *self, AccNoteChange change, const AccNotebookEntry *entry,
                                  GError **error)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), FALSE);
  g_return_val_if_fail (entry != NULL || change == ACC_NOTE_REMOVE_LOST, FALSE);

  if (!acc_desk_session_check_signed_in (self, error))
    return FALSE;
  switch (change)
    {
    case ACC_NOTE_KEEP:
      return acc_notebook_keep (self->desk, self->identity, entry, error);
    case ACC_NOTE_REMOVE:
      return acc_notebook_remove (self->desk, self->identity, entry->id, error);
    case ACC_NOTE_REMOVE_LOST:
      return acc_notebook_remove_lost (self->desk, self->identity, error);
    }
  g_return_val_if_reached (FALSE);
}

typedef struct {
  AccNoteChange change;
  AccNotebookEntry *entry;
} Changing;

static void
changing_free (gpointer data)
{
  Changing *job = data;

  acc_notebook_entry_free (job->entry);
  g_free (job);
}

static void
change_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Changing *job = data;
  GError *error = NULL;

  if (acc_desk_session_change_notebook (source, job->change, job->entry, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_change_notebook_async (AccDeskSession *self, AccNoteChange change, const AccNotebookEntry *entry,
                                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Changing *job;

  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  job = g_new0 (Changing, 1);
  job->change = change;
  job->entry = entry != NULL ? acc_notebook_entry_copy (entry) : NULL;
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, job, changing_free);
  acc_worker_run (self->store_worker, task, change_body);
}

gboolean
acc_desk_session_change_notebook_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
