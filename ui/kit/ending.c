/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/ending.h"

#include <glib-unix.h>
#include <signal.h>

static gboolean
on_asked_to_end (gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (window != NULL)
    gtk_window_destroy (window);
  else
    g_application_quit (G_APPLICATION (data));
  return G_SOURCE_CONTINUE;
}

void
acc_ending_watch (GtkApplication *application)
{
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], on_asked_to_end, application);
}
