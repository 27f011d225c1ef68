/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that is a window: bench-bare-window WIDTH HEIGHT, for the benchmark of a program's start. */
#include <gtk/gtk.h>
#include <stdlib.h>

static int width, height;

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("A window"));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = NULL;

  if (argc != 3)
    return 2;
  width = atoi (argv[1]);
  height = atoi (argv[2]);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE); /* as the kiosk */
  application = gtk_application_new ("org.accolade.BareWindow", G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
