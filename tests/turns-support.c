/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turns-support.h"

#include <time.h>

static gint64 since, longest;

gint64
turns_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

/* The loop has done its turn's work when it comes to wait, be it for no time at all. */
static int
poll_between_turns (GPollFD *fds, guint n_fds, int timeout)
{
  int n_ready;

  longest = MAX (longest, turns_thread_time () - since);
  n_ready = g_poll (fds, n_fds, timeout);
  since = turns_thread_time ();
  return n_ready;
}

void
turns_begin (void)
{
  longest = 0;
  since = turns_thread_time ();
  g_main_context_set_poll_func (NULL, poll_between_turns);
}

gint64
turns_end (void)
{
  g_main_context_set_poll_func (NULL, NULL);
  return longest;
}
