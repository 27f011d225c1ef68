/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

typedef struct {
  GTask *task;
  GTaskThreadFunc body; /* NULL: the last job, which ends the thread */
} Job;

struct _AccWorker
{
  GObject parent_instance;

  GAsyncQueue *jobs;
  GMutex gate;     /* to the queue */
  GRecMutex mutex; /* held while the thread is being ended, and by whoever does a job after that */
  GThread *thread; /* NULL: it has ended. Under the mutex */
  gboolean last;   /* the last job is queued: what comes behind it would never be done. Under the gate */
  GCancellable *ending;
};

static GPtrArray *living; /* lent; the main thread only */
static GPrivate own_jobs; /* in a worker's thread: its queue */

G_DEFINE_FINAL_TYPE (AccWorker, acc_worker, G_TYPE_OBJECT)

static gboolean
stop (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* The last reference to a task may be the last to a window: it is dropped where the caller lives. */
static void
release_in_callers_context (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, stop, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
do_job (GTask *task, GTaskThreadFunc body)
{
  if (!g_task_return_error_if_cancelled (task))
    body (task, g_task_get_source_object (task), g_task_get_task_data (task), g_task_get_cancellable (task));
  release_in_callers_context (task);
}

static gpointer
work (gpointer data)
{
  GAsyncQueue *jobs = data;

  g_private_set (&own_jobs, jobs);
  for (;;)
    {
      g_autofree Job *job = g_async_queue_pop (jobs);

      if (job->body == NULL)
        break;
      do_job (job->task, job->body);
    }
  g_async_queue_unref (jobs);
  return NULL;
}

/* FALSE: nothing can be queued behind the last job. */
static gboolean
push (AccWorker *self, GTask *task, GTaskThreadFunc body)
{
  gboolean pushed;

  g_mutex_lock (&self->gate);
  pushed = !self->last;
  self->last = self->last || body == NULL;
  if (pushed)
    {
      Job *job = g_new (Job, 1);

      job->task = task;
      job->body = body;
      g_async_queue_push (self->jobs, job);
    }
  g_mutex_unlock (&self->gate);
  return pushed;
}

AccWorker *
acc_worker_new (const char *name)
{
  AccWorker *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (ACC_TYPE_WORKER, NULL);
  self->thread = g_thread_new (name, work, g_async_queue_ref (self->jobs));
  if (living == NULL)
    living = g_ptr_array_new ();
  g_ptr_array_add (living, self);
  return self;
}

/* One after another still: behind what the thread has to do, and beside nothing else. */
static void
do_behind_the_last (AccWorker *self, GTask *task, GTaskThreadFunc body)
{
  g_rec_mutex_lock (&self->mutex);
  do_job (task, body);
  g_rec_mutex_unlock (&self->mutex);
}

void
acc_worker_run (AccWorker *self, GTask *task, GTaskThreadFunc body)
{
  g_return_if_fail (ACC_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task) && body != NULL);

  if (push (self, g_object_ref (task), body))
    return;
  if (g_private_get (&own_jobs) == self->jobs)
    do_job (task, body);
  else
    do_behind_the_last (self, task, body);
}

GCancellable *
acc_worker_get_ending (AccWorker *self)
{
  g_return_val_if_fail (ACC_IS_WORKER (self), NULL);

  return self->ending;
}

/* What was queued is still done: a letter that is being stored is not given up because a window closes. */
static void
end (AccWorker *self)
{
  if (self->thread == NULL)
    return;
  g_cancellable_cancel (self->ending);
  g_rec_mutex_lock (&self->mutex);
  push (self, NULL, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  g_rec_mutex_unlock (&self->mutex);
  g_ptr_array_remove (living, self);
  if (living->len == 0)
    g_clear_pointer (&living, g_ptr_array_unref);
}

void
acc_worker_end (AccWorker *self)
{
  g_return_if_fail (ACC_IS_WORKER (self));

  end (self);
}

void
acc_worker_end_all (void)
{
  while (living != NULL)
    end (g_ptr_array_index (living, 0));
}

static void
acc_worker_finalize (GObject *object)
{
  AccWorker *self = ACC_WORKER (object);

  end (self);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->gate);
  g_rec_mutex_clear (&self->mutex);
  g_object_unref (self->ending);
  G_OBJECT_CLASS (acc_worker_parent_class)->finalize (object);
}

static void
acc_worker_class_init (AccWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_worker_finalize;
}

static void
acc_worker_init (AccWorker *self)
{
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->gate);
  g_rec_mutex_init (&self->mutex);
  self->ending = g_cancellable_new ();
}
