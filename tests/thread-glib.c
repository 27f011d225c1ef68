/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib is not built for the thread sanitizer, which so does not see what GLib orders. Here it is told: -Wl,--wrap (in
 * meson.build) leads each call of ours through a function that says what the real one promises, and nothing more. */
#include <gio/gio.h>
#include <sanitizer/tsan_interface.h>

/* What happened before @object was last given on, is seen from here; and what happened here, by whom it is given to. */
static void
take (gpointer object)
{
  __tsan_acquire (object);
}

static void
give (gpointer object)
{
  __tsan_release (object);
}

/* Declares the real function and the one that is called instead. */
#define WRAP(type, name, ...)         \
  type __real_##name (__VA_ARGS__);   \
  type __wrap_##name (__VA_ARGS__);   \
  type __wrap_##name (__VA_ARGS__)

/* A queue has a lock: everybody who comes by sees what was done before. */
WRAP (void, g_async_queue_push, GAsyncQueue *queue, gpointer data)
{
  take (queue);
  give (queue);
  __real_g_async_queue_push (queue, data);
}

WRAP (gpointer, g_async_queue_pop, GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_pop (queue);

  take (queue);
  give (queue);
  return data;
}

WRAP (gpointer, g_async_queue_timeout_pop, GAsyncQueue *queue, guint64 timeout)
{
  gpointer data = __real_g_async_queue_timeout_pop (queue, timeout);

  take (queue);
  give (queue);
  return data;
}

WRAP (void, g_mutex_lock, GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  take (mutex);
}

WRAP (void, g_mutex_unlock, GMutex *mutex)
{
  give (mutex);
  __real_g_mutex_unlock (mutex);
}

/* A task's result travels from the thread that returns it to the one that takes it up. */
WRAP (void, g_task_return_pointer, GTask *task, gpointer result, GDestroyNotify destroy)
{
  give (task);
  __real_g_task_return_pointer (task, result, destroy);
}

WRAP (gboolean, g_task_return_error_if_cancelled, GTask *task)
{
  give (task);
  return __real_g_task_return_error_if_cancelled (task);
}

WRAP (gpointer, g_task_propagate_pointer, GTask *task, GError **error)
{
  take (task);
  return __real_g_task_propagate_pointer (task, error);
}

/* A callback runs in its context's thread after it was set. */
WRAP (void, g_source_set_callback, GSource *source, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  give (data);
  __real_g_source_set_callback (source, function, data, notify);
}

/* Whoever drops the last reference sees what the others did before they dropped theirs. */
WRAP (void, g_object_unref, gpointer object)
{
  take (object);
  give (object);
  __real_g_object_unref (object);
}

WRAP (void, g_bytes_unref, GBytes *bytes)
{
  take (bytes);
  give (bytes);
  __real_g_bytes_unref (bytes);
}
