/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/socket-watch-private.h"

#include <sys/socket.h>
#include <unistd.h>

struct _AccSocketWatch {
  int socket; /* of our own, so that nothing else ever has its number */
  GThread *thread;
  GMutex mutex;
  GCond changed;
  /* the following under the mutex */
  gint64 deadline; /* of the monotonic clock; 0: not armed */
  gboolean over;   /* the connection was ended */
  gboolean quit;
};

static gpointer
watch (gpointer data)
{
  AccSocketWatch *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      if (self->deadline == 0)
        g_cond_wait (&self->changed, &self->mutex);
      else if (g_get_monotonic_time () < self->deadline) /* it may have been set anew since a wait was over */
        g_cond_wait_until (&self->changed, &self->mutex, self->deadline);
      else
        {
          self->deadline = 0;
          self->over = TRUE;
          shutdown (self->socket, SHUT_RDWR);
        }
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

AccSocketWatch *
acc_socket_watch_new (int socket)
{
  AccSocketWatch *self = g_new0 (AccSocketWatch, 1);

  self->socket = dup (socket);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("socket-watch", watch, self);
  return self;
}

static void
set (AccSocketWatch *self, gint64 deadline, gboolean quit)
{
  g_mutex_lock (&self->mutex);
  self->deadline = deadline;
  self->quit = quit;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
acc_socket_watch_free (AccSocketWatch *self)
{
  if (self == NULL)
    return;
  set (self, 0, TRUE);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  close (self->socket);
  g_free (self);
}

void
acc_socket_watch_end (AccSocketWatch *self)
{
  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  shutdown (self->socket, SHUT_RDWR);
  g_mutex_unlock (&self->mutex);
}

void
acc_socket_watch_arm (AccSocketWatch *self, guint seconds)
{
  set (self, g_get_monotonic_time () + seconds * G_USEC_PER_SEC, FALSE);
}

gboolean
acc_socket_watch_disarm (AccSocketWatch *self)
{
  gboolean over;

  g_mutex_lock (&self->mutex);
  self->deadline = 0;
  over = self->over;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return over;
}
