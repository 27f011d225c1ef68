/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A display has 60 frames a second, and a test of a window would spend nine tenths of its time on waiting for the next. So
 * here a frame follows the one before after a millisecond: GTK asks for its frames by g_timeout_add_full, and finds this
 * one, since a program's own functions come before a library's. What a frame does, and in which order, stays as it is.
 *
 * Not for a test of how often or for how long something is drawn. Main thread. */
#include <gtk/gtk.h>

#define NEXT_FRAME 1 /* milliseconds; with 0 what waits for an idle moment would never have its turn */

/* What GdkFrameClockIdle gives to its two sources; nothing else in GTK has timeouts of these priorities. */
static gboolean
is_frame (int priority)
{
  return priority == GDK_PRIORITY_REDRAW || priority == GDK_PRIORITY_EVENTS + 1;
}

G_MODULE_EXPORT guint
g_timeout_add_full (int priority, guint interval, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  g_autoptr (GSource) source = g_timeout_source_new (is_frame (priority) ? MIN (interval, NEXT_FRAME) : interval);

  g_source_set_priority (source, priority);
  g_source_set_callback (source, function, data, notify);
  return g_source_attach (source, NULL);
}
