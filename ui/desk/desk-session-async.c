/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The asynchronous half of the session: each verb as one job for one of the two threads. */
#include "desk/desk-session-private.h"

#include "desk/desk-outbox.h"
#include "vault/hash.h"

typedef struct _DeskJob DeskJob;

struct _DeskJob {
  gpointer (*body) (AccDeskSession *self, const DeskJob *job, GError **error);
  GDestroyNotify free_result;
  char *text; /* a letter's number, a banker's name */
  char *passphrase;
  gboolean force;
  AccDeskOrder *order;
  GArray *covers;
};

static DeskJob *
desk_job_new (gpointer (*body) (AccDeskSession *self, const DeskJob *job, GError **error), gpointer free_result)
{
  DeskJob *job = g_new0 (DeskJob, 1);

  job->body = body;
  job->free_result = (GDestroyNotify) free_result;
  return job;
}

static void
desk_job_free (gpointer data)
{
  DeskJob *job = data;

  if (job->passphrase != NULL)
    acc_wipe (job->passphrase, strlen (job->passphrase));
  g_clear_pointer (&job->passphrase, g_free);
  g_clear_pointer (&job->text, g_free);
  g_clear_pointer (&job->order, acc_desk_order_free);
  g_clear_pointer (&job->covers, g_array_unref);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const DeskJob *job = data;
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;
  result = job->body (source, job, &error);
  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

static void
start_job (AccDeskSession *self, AccWorker *worker, DeskJob *job, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, job, desk_job_free);
  acc_worker_run (worker, task, run_job);
}

/* ---- before the sign-in ---- */

static gpointer
look_up_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_find_place (self, error);
}

void
acc_desk_session_look_up_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  start_job (self, self->store_worker, desk_job_new (look_up_body, acc_desk_place_free), NULL, callback, data);
}

gboolean
acc_desk_session_look_up_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  AccDeskPlace *place = g_task_propagate_pointer (G_TASK (result), error);

  if (place == NULL)
    return FALSE;
  acc_desk_session_adopt_place (self, place);
  return TRUE;
}

static gpointer
sign_in_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_unlock (self, job->text, job->passphrase, error);
}

void
acc_desk_session_sign_in_async (AccDeskSession *self, const char *banker, const char *passphrase,
                                GAsyncReadyCallback callback, gpointer data)
{
  DeskJob *job = desk_job_new (sign_in_body, acc_banker_free);

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  job->text = g_strdup (banker);
  job->passphrase = g_strdup (passphrase);
  start_job (self, self->store_worker, job, NULL, callback, data);
}

gboolean
acc_desk_session_sign_in_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  AccBanker *banker = g_task_propagate_pointer (G_TASK (result), error);

  if (banker == NULL)
    return FALSE;
  acc_desk_session_adopt_banker (self, banker);
  acc_desk_session_start_outbox (self);
  return TRUE;
}

/* ---- the queue ---- */

static gpointer
refresh_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_refresh (self, job->force, error);
}

void
acc_desk_session_refresh_async (AccDeskSession *self, gboolean force, GAsyncReadyCallback callback, gpointer data)
{
  DeskJob *job = desk_job_new (refresh_body, acc_desk_news_free);

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  job->force = force;
  start_job (self, self->store_worker, job, NULL, callback, data);
}

AccDeskNews *
acc_desk_session_refresh_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  AccDeskNews *news = g_task_propagate_pointer (G_TASK (result), error);

  if (news != NULL && news->unfinished)
    acc_desk_session_announce_change (self);
  if (news != NULL && news->queue->whole)
    acc_desk_session_announce_history (self);
  return news;
}

/* ---- one letter ---- */

static gpointer
open_letter_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_open_letter (self, job->text, error);
}

void
acc_desk_session_return_letter (GTask *task, const char *number, gboolean done, GError *error)
{
  AccDeskLetter *letter = done ? acc_desk_session_open_letter (g_task_get_source_object (task), number, &error) : NULL;

  if (letter != NULL)
    g_task_return_pointer (task, letter, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_open_letter_async (AccDeskSession *self, const char *number, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  DeskJob *job = desk_job_new (open_letter_body, g_object_unref);

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  job->text = g_strdup (number);
  start_job (self, self->store_worker, job, cancellable, callback, data);
}

static gpointer
decide_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_decide (self, job->order, error);
}

void
acc_desk_session_decide_async (AccDeskSession *self, AccDeskOrder *order, GAsyncReadyCallback callback, gpointer data)
{
  DeskJob *job = desk_job_new (decide_body, g_object_unref);

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  job->order = order;
  start_job (self, self->store_worker, job, NULL, callback, data);
}

static gpointer
propose_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_propose (self, job->order, error);
}

void
acc_desk_session_propose_async (AccDeskSession *self, AccDeskOrder *order, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  DeskJob *job = desk_job_new (propose_body, g_strfreev);

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  job->order = order;
  start_job (self, self->store_worker, job, cancellable, callback, data);
}

GStrv
acc_desk_session_propose_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

AccDeskLetter *
acc_desk_session_letter_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- routing: the paper's thread first, then the store's ---- */

static gpointer
write_covers_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_write_covers (self, job->order, error);
}

static gpointer
route_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  return acc_desk_session_route (self, job->order, job->covers, error);
}

static void
on_routed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;
  GError *error = NULL;
  AccDeskLetter *letter = acc_desk_session_letter_finish (ACC_DESK_SESSION (source), result, &error);

  if (letter == NULL)
    g_task_return_error (whole, error);
  else
    g_task_return_pointer (whole, letter, g_object_unref);
}

/* Takes @order, @covers and @whole. */
static void
start_routing (AccDeskSession *self, AccDeskOrder *order, GArray *covers, GTask *whole)
{
  DeskJob *job = desk_job_new (route_body, g_object_unref);

  job->order = order;
  job->covers = covers;
  start_job (self, self->store_worker, job, NULL, on_routed, whole);
}

static void
on_covers_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;
  DeskJob *written = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  GArray *covers = g_task_propagate_pointer (G_TASK (result), &error);

  if (covers == NULL)
    g_task_return_error (whole, error);
  else
    start_routing (ACC_DESK_SESSION (source), g_steal_pointer (&written->order), covers, g_steal_pointer (&whole));
}

void
acc_desk_session_route_async (AccDeskSession *self, AccDeskOrder *order, GAsyncReadyCallback callback, gpointer data)
{
  GTask *whole;

  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  g_clear_pointer (&self->told_shut, g_free);
  whole = g_task_new (self, NULL, callback, data);
  if (order->plan == NULL)
    start_routing (self, order, NULL, whole);
  else
    {
      DeskJob *job = desk_job_new (write_covers_body, g_array_unref);

      job->order = order;
      start_job (self, self->paper_worker, job, NULL, on_covers_written, whole);
    }
}

/* ---- signing out ---- */

static gpointer
close_body (AccDeskSession *self, const DeskJob *job, GError **error)
{
  acc_desk_session_pack_outbox (self);
  acc_desk_session_close (self);
  acc_desk_session_go_on_packed (self);
  return self;
}

void
acc_desk_session_sign_out (AccDeskSession *self)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->changed_source, g_source_remove);
  acc_desk_session_stop_outbox (self);
  g_clear_pointer (&self->banker, acc_banker_free);
  start_job (self, self->store_worker, desk_job_new (close_body, NULL), NULL, NULL, NULL);
}
