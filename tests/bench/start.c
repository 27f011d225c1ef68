/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a program's start to its window: bench-start COUNT PROGRAM [ARGUMENT…] -- PROGRAM [ARGUMENT…]
 * Starts the one and the other in turn, COUNT times, and sees as the X server's damage extension does when something is
 * drawn on the screen. Prints a line each time, of both: the microseconds to the first frame, to the last one before the
 * screen was at rest, and the processor time of the whole program, which is ended then. */
#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define REST 1500      /* milliseconds without a change: it has shown what it had to show */
#define PATIENCE 60000 /* milliseconds to the first frame */

/* One connection for all: the server begins anew when its last client goes. */
typedef struct {
  Display *display;
  int damage_event;
} Watched;

typedef struct {
  gint64 first, last; /* microseconds; 0: nothing was drawn */
} Drawn;

static void
stop (const char *message)
{
  g_printerr ("%s\n", message);
  exit (1);
}

static void
open_screen (Watched *self)
{
  int error_base;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL || !XDamageQueryExtension (self->display, &self->damage_event, &error_base))
    stop ("There is no display that tells what is drawn.");
  XDamageCreate (self->display, DefaultRootWindow (self->display), XDamageReportRawRectangles);
  XFlush (self->display);
}

static void
take_events (Watched *self, Drawn *drawn)
{
  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type != self->damage_event + XDamageNotify)
        continue;
      drawn->last = g_get_monotonic_time ();
      if (drawn->first == 0)
        drawn->first = drawn->last;
    }
}

/* Until the screen is at rest; @patience is for the first change, in milliseconds. */
static Drawn
watch (Watched *self, int patience)
{
  struct pollfd connection = { ConnectionNumber (self->display), POLLIN, 0 };
  Drawn drawn = { 0, 0 };

  while (poll (&connection, 1, drawn.first == 0 ? patience : REST) > 0)
    take_events (self, &drawn);
  return drawn;
}

static gint64
in_microseconds (struct timeval time)
{
  return time.tv_sec * G_USEC_PER_SEC + time.tv_usec;
}

static void
measure (Watched *screen, char **program)
{
  g_autoptr (GError) error = NULL;
  struct rusage usage;
  Drawn drawn;
  gint64 began;
  GPid pid;

  watch (screen, REST); /* what the one before it leaves */
  began = g_get_monotonic_time ();
  if (!g_spawn_async (NULL, program, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    stop (error->message);
  drawn = watch (screen, PATIENCE);
  if (drawn.first == 0)
    stop ("Nothing was drawn.");
  kill (pid, SIGTERM);
  wait4 (pid, NULL, 0, &usage);
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ", drawn.first - began, drawn.last - began,
           in_microseconds (usage.ru_utime) + in_microseconds (usage.ru_stime));
}

int
main (int argc, char **argv)
{
  Watched screen = { NULL };
  char **other = argv;

  while (*other != NULL && !g_str_equal (*other, "--"))
    other++;
  if (argc < 5 || *other == NULL || other[1] == NULL)
    return 2;
  *other++ = NULL;
  open_screen (&screen);
  for (long i = strtol (argv[1], NULL, 10); i > 0; i--)
    {
      measure (&screen, argv + 2);
      measure (&screen, other);
      g_print ("\n");
    }
  XCloseDisplay (screen.display);
  return 0;
}
