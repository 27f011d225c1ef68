/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-search.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "desk/desk-history.h"
#include "desk/desk-session-private.h"

void
acc_desk_found_free (AccDeskFound *found)
{
  g_clear_pointer (&found->question, acc_search_question_unref);
  g_clear_pointer (&found->letters, g_ptr_array_unref);
  g_free (found);
}

/* ---- the threads of a session ---- */

gboolean
acc_desk_session_open_queue (AccDeskSession *self, GError **error)
{
  AccSearch *search = acc_search_new (error);

  if (search == NULL)
    return FALSE;
  g_mutex_lock (&self->search_mutex);
  self->search = search;
  g_mutex_unlock (&self->search_mutex);
  self->queue = acc_queue_reader_new (self->desk, self->identity, search);
  acc_desk_session_open_history (self);
  return TRUE;
}

static AccSearch *
dup_search (AccDeskSession *self)
{
  AccSearch *search = NULL;

  g_mutex_lock (&self->search_mutex);
  g_set_object (&search, self->search);
  g_mutex_unlock (&self->search_mutex);
  return search;
}

/* Whoever still holds the index finds it empty. */
void
acc_desk_session_close_queue (AccDeskSession *self)
{
  g_autoptr (AccSearch) search = NULL;

  g_clear_object (&self->queue);
  acc_desk_session_close_history (self);
  g_mutex_lock (&self->search_mutex);
  search = g_steal_pointer (&self->search);
  g_mutex_unlock (&self->search_mutex);
  if (search != NULL)
    acc_search_close (search);
}

static void
tidy_in_thread (GTask *task, gpointer source, gpointer search, GCancellable *cancellable)
{
  while (acc_search_tidy (search))
    ;
  g_task_return_boolean (task, TRUE);
}

/* Where a letter was erased, its words go, a step at a time, while nobody asks. */
static void
tidy (AccDeskSession *self)
{
  g_autoptr (AccSearch) search = dup_search (self);
  g_autoptr (GTask) task = NULL;

  if (search == NULL)
    return;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_steal_pointer (&search), g_object_unref);
  acc_worker_run (self->search_worker, task, tidy_in_thread);
}

/* ---- reading ---- */

/* Why each held letter is held. They are few, and one that cannot be opened says so already. */
static void
note_held (AccDeskSession *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      AccQueueItem *item = g_ptr_array_index (items, i);
      g_autoptr (AccDeskLetter) letter = NULL;

      if (acc_queue_item_get_state (item) == ACC_STATE_HELD)
        letter = acc_desk_letter_load (self->desk, self->identity, acc_queue_item_get_number (item), NULL);
      if (letter != NULL)
        acc_queue_item_set_note (item, acc_desk_letter_get_held_for (letter));
    }
}

AccQueuePart *
acc_desk_session_read_queue (AccDeskSession *self, GError **error)
{
  g_autoptr (AccQueuePart) part = NULL;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);
  if (!acc_desk_session_check_signed_in (self, error))
    return NULL;
  part = acc_queue_reader_next (self->queue, error);
  if (part == NULL)
    return NULL;
  if (part->whole)
    acc_desk_session_complete_history (self);
  note_held (self, part->items);
  return g_steal_pointer (&part);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  AccQueuePart *part = acc_desk_session_read_queue (source, &error);

  if (part == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, part, (GDestroyNotify) acc_queue_part_free);
}

void
acc_desk_session_read_queue_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  task = g_task_new (self, NULL, callback, data);
  acc_worker_run (self->store_worker, task, read_in_thread);
}

static gboolean
has_erased (const AccQueuePart *part)
{
  for (guint i = 0; i < part->items->len; i++)
    if (acc_queue_item_get_state (g_ptr_array_index (part->items, i)) == ACC_STATE_ERASED)
      return TRUE;
  return FALSE;
}

AccQueuePart *
acc_desk_session_read_queue_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  AccQueuePart *part = g_task_propagate_pointer (G_TASK (result), error);

  if (part != NULL && part->whole && has_erased (part))
    tidy (self);
  if (part != NULL && part->whole)
    acc_desk_session_announce_history (self);
  return part;
}

/* ---- searching ---- */

AccDeskFound *
acc_desk_session_search (AccDeskSession *self, AccSearchQuestion *question, GCancellable *cancellable, GError **error)
{
  g_autoptr (AccSearch) search = NULL;
  g_autoptr (AccDeskFound) found = g_new0 (AccDeskFound, 1);

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && question != NULL, NULL);

  search = dup_search (self);
  if (search == NULL)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("Nobody is signed in."));
      return NULL;
    }
  found->question = acc_search_question_ref (question);
  found->letters = acc_search_ask (search, question, &found->more, cancellable, error);
  return found->letters != NULL ? g_steal_pointer (&found) : NULL;
}

static void
note_asked (AccDeskSession *self, const AccSearchQuestion *question)
{
  g_mutex_lock (&self->search_mutex);
  self->asked = question;
  g_mutex_unlock (&self->search_mutex);
}

static void
note_answered (AccDeskSession *self, const AccSearchQuestion *question)
{
  g_mutex_lock (&self->search_mutex);
  if (self->asked == question)
    self->asked = NULL;
  g_cond_signal (&self->search_answered);
  g_mutex_unlock (&self->search_mutex);
}

void
acc_desk_session_await_search (AccDeskSession *self, gint64 most)
{
  gint64 until = g_get_monotonic_time () + most;

  g_return_if_fail (ACC_IS_DESK_SESSION (self));

  g_mutex_lock (&self->search_mutex);
  while (self->asked != NULL && g_cond_wait_until (&self->search_answered, &self->search_mutex, until))
    ;
  g_mutex_unlock (&self->search_mutex);
}

static void
search_in_thread (GTask *task, gpointer source, gpointer question, GCancellable *cancellable)
{
  GError *error = NULL;
  AccDeskFound *found = acc_desk_session_search (source, question, cancellable, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) acc_desk_found_free);
  note_answered (source, question);
}

void
acc_desk_session_search_async (AccDeskSession *self, AccSearchQuestion *question, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && question != NULL);
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_task_data (task, acc_search_question_ref (question), (GDestroyNotify) acc_search_question_unref);
  note_asked (self, question);
  acc_worker_run (self->search_worker, task, search_in_thread);
}

AccDeskFound *
acc_desk_session_search_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
