/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread that does one job after another: the store's, or the paper's (poppler and a connection must
 * each stay on one). Owned by the window; jobs' results arrive in the main context that was the caller's. Workers are made
 * and dropped on the main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ACC_TYPE_WORKER (acc_worker_get_type ())
G_DECLARE_FINAL_TYPE (AccWorker, acc_worker, ACC, WORKER, GObject)

AccWorker *acc_worker_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Queues @task (its task data set) to run @body on the worker's thread, in the order of the calls.
 * @body is an ordinary synchronous function that returns through g_task_return_… . */
void acc_worker_run (AccWorker *self, GTask *task, GTaskThreadFunc body);

/* For a job that may be given up when the worker ends, such as a wait for something that may never answer. Lent. */
GCancellable *acc_worker_get_ending (AccWorker *self);

/* Waits until it has done what was queued, or has given up what may be, and ends its thread; what it is given afterwards is
 * done on the caller's thread, before acc_worker_run returns. Main thread. */
void acc_worker_end (AccWorker *self);

/* The same for every worker. The last thing in main: a library's own
 * end comes after it, and would take from a thread what that still uses. */
void acc_worker_end_all (void);

G_END_DECLS
