/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work off the main thread: one job after another, results where the caller lives. */
#include "base/parallel.h"
#include "base/worker.h"

#define JOBS 200
#define ROUNDS 200
#define PATIENCE 20000 /* milliseconds */

/* What the jobs change without any lock: only the worker's one thread may make that safe. */
typedef struct {
  guint n_done;
  GThread *thread;
  gboolean in_order, on_one_thread;
  GString *words;
} Log;

typedef struct {
  Log *log;
  guint number;
} Job;

static void
log_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  Log *log = job->log;

  log->in_order = log->in_order && job->number == log->n_done;
  log->on_one_thread = log->on_one_thread && (log->thread == NULL || log->thread == g_thread_self ());
  log->thread = g_thread_self ();
  log->n_done++;
  g_string_append_c (log->words, 'a' + job->number % 26);
  g_task_return_pointer (task, g_strdup_printf ("job %u", job->number), g_free);
}

typedef struct {
  GThread *main_thread;
  guint n_told;
} Caller;

static void
told (GObject *source, GAsyncResult *result, gpointer data)
{
  Caller *caller = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *expected = g_strdup_printf ("job %u", caller->n_told);

  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, expected);
  g_assert_true (g_thread_self () == caller->main_thread);
  caller->n_told++;
}

static void
queue_job (AccWorker *worker, Log *log, guint number, Caller *caller)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, told, caller);
  Job *job = g_new (Job, 1);

  *job = (Job){ log, number };
  g_task_set_task_data (task, job, g_free);
  acc_worker_run (worker, task, log_body);
}

static void
jobs_run_in_order_on_one_thread_and_tell_the_caller (void)
{
  Log log = { .in_order = TRUE, .on_one_thread = TRUE, .words = g_string_new (NULL) };
  Caller caller = { g_thread_self (), 0 };
  g_autoptr (AccWorker) worker = acc_worker_new ("test");

  for (guint i = 0; i < JOBS; i++)
    queue_job (worker, &log, i, &caller);
  while (caller.n_told < JOBS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (log.in_order && log.on_one_thread);
  g_assert_true (log.thread != caller.main_thread);
  g_assert_cmpuint (log.words->len, ==, JOBS);
  g_string_free (log.words, TRUE);
}

static void
what_was_queued_is_done_before_the_worker_goes (void)
{
  Log log = { .in_order = TRUE, .on_one_thread = TRUE, .words = g_string_new (NULL) };
  Caller caller = { g_thread_self (), 0 };
  AccWorker *worker = acc_worker_new ("test");

  for (guint i = 0; i < JOBS; i++)
    queue_job (worker, &log, i, &caller);
  g_object_unref (worker);
  g_assert_cmpuint (log.n_done, ==, JOBS);
  while (caller.n_told < JOBS)
    g_main_context_iteration (NULL, TRUE);
  g_string_free (log.words, TRUE);
}

/* As at the end of a program: nobody has dropped the workers, and nobody has heard of what they did. */
static void
at_the_end_what_was_queued_is_done_and_no_thread_goes_on (void)
{
  Log log = { .in_order = TRUE, .on_one_thread = TRUE, .words = g_string_new (NULL) };
  Caller caller = { g_thread_self (), 0 };
  g_autoptr (AccWorker) worker = acc_worker_new ("test");
  g_autoptr (AccWorker) idle = acc_worker_new ("idle");

  for (guint i = 0; i < JOBS; i++)
    queue_job (worker, &log, i, &caller);
  acc_worker_end_all ();
  g_assert_cmpuint (log.n_done, ==, JOBS);
  g_assert_cmpuint (caller.n_told, ==, 0);

  log.thread = NULL;
  queue_job (worker, &log, JOBS, &caller);
  g_assert_true (log.thread == caller.main_thread);
  while (caller.n_told <= JOBS)
    g_main_context_iteration (NULL, TRUE);
  g_string_free (log.words, TRUE);
}

static void
told_that_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (g_task_propagate_pointer (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static void
a_cancelled_job_is_not_begun (void)
{
  g_autoptr (AccWorker) worker = acc_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean is_told = FALSE;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, told_that_cancelled, &is_told);

  g_cancellable_cancel (cancellable);
  acc_worker_run (worker, task, log_body); /* would meet no log */
  while (!is_told)
    g_main_context_iteration (NULL, TRUE);
}

static int has_begun;

/* What waits for something that never comes, and says whether it was given up. */
static void
wait_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPollFD given_up;

  g_atomic_int_set (&has_begun, 1);
  g_assert_true (g_cancellable_make_pollfd (cancellable, &given_up));
  *(gboolean *) data = g_poll (&given_up, 1, PATIENCE) == 1;
  g_cancellable_release_fd (cancellable);
  g_task_return_pointer (task, NULL, NULL);
}

static void
what_may_be_given_up_is_given_up_at_the_end (void)
{
  gboolean is_given_up = FALSE, is_told = FALSE;
  g_autoptr (AccWorker) worker = acc_worker_new ("test");
  g_autoptr (GTask) task = g_task_new (NULL, acc_worker_get_ending (worker), told_that_cancelled, &is_told);

  g_task_set_task_data (task, &is_given_up, NULL);
  acc_worker_run (worker, task, wait_body);
  while (g_atomic_int_get (&has_begun) == 0)
    g_thread_yield ();
  acc_worker_end_all ();
  g_assert_true (is_given_up);
  while (!is_told)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct {
  guint number;
  guint64 square;
} Item;

static void
square (gpointer data, gpointer user_data)
{
  Item *item = data;

  item->square = (guint64) item->number * item->number;
}

static void
each_item_is_worked_on_once_and_all_are_done (void)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < JOBS; i++)
    {
      Item *item = g_new0 (Item, 1);

      item->number = i;
      g_ptr_array_add (items, item);
    }
  acc_parallel_each (items, square, NULL);
  for (guint i = 0; i < JOBS; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      g_assert_cmpuint (item->square, ==, (guint64) i * i);
    }
}

/* ---- work that other work asks for while all of it ends ---- */

typedef struct {
  AccWorker *first;
  gint n_done;
} Chain;

static void
count_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Chain *chain = data;

  chain->n_done++; /* without a lock: one after another, on whatever thread */
  g_task_return_boolean (task, TRUE);
}

static void
ask_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Chain *chain = data;

  for (guint i = 0; i < JOBS; i++)
    {
      g_autoptr (GTask) asked = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_task_data (asked, chain, NULL);
      acc_worker_run (chain->first, asked, count_body);
    }
  g_task_return_boolean (task, TRUE);
}

static void
what_is_asked_for_while_a_worker_ends_is_done_too (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (AccWorker) first = acc_worker_new ("first");
      g_autoptr (AccWorker) second = acc_worker_new ("second");
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
      Chain chain = { first, 0 };

      g_task_set_task_data (task, &chain, NULL);
      acc_worker_run (second, task, ask_body);
      acc_worker_end_all ();
      g_assert_cmpint (chain.n_done, ==, JOBS);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/jobs-run-in-order-on-one-thread", jobs_run_in_order_on_one_thread_and_tell_the_caller);
  g_test_add_func ("/worker/what-was-queued-is-done", what_was_queued_is_done_before_the_worker_goes);
  g_test_add_func ("/worker/at-the-end-what-was-queued-is-done-and-no-thread-goes-on",
                   at_the_end_what_was_queued_is_done_and_no_thread_goes_on);
  g_test_add_func ("/worker/a-cancelled-job-is-not-begun", a_cancelled_job_is_not_begun);
  g_test_add_func ("/worker/what-may-be-given-up-is-given-up-at-the-end", what_may_be_given_up_is_given_up_at_the_end);
  g_test_add_func ("/worker/what-is-asked-for-while-a-worker-ends-is-done-too",
                   what_is_asked_for_while_a_worker_ends_is_done_too);
  g_test_add_func ("/worker/each-item-is-worked-on-once", each_item_is_worked_on_once_and_all_are_done);
  return g_test_run ();
}
