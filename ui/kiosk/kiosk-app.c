/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/kiosk-app.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "base/worker.h"
#include "kiosk-resources.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/locked.h"
#include "kit/ending.h"
#include "kit/look.h"

#define WRONG_USAGE 2
#define DEFAULT_WIDTH 1366 /* pixels, of a window for development */
#define DEFAULT_HEIGHT 768

struct _AccKioskApp {
  GtkApplication parent_instance;

  char *store_dir;
  AccStation *station; /* opening, until a window takes it */
  gboolean windowed;
  int width, height;
  int end; /* the exit status that staff have chosen */
};

G_DEFINE_FINAL_TYPE (AccKioskApp, acc_kiosk_app, GTK_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("The branch’s store (or ACCOLADE_STORE)"), N_ ("DIR") },
  { "windowed", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("In a window, for development"), NULL },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The window’s size, with --windowed"), N_ ("WxH") },
  { NULL },
};

static int
refuse (const char *sentence)
{
  g_printerr ("%s\n", sentence);
  return WRONG_USAGE;
}

static gboolean
parse_size (const char *text, int *width, int *height)
{
  char after = '\0';

  return sscanf (text, "%5dx%5d%c", width, height, &after) == 2 && *width >= 320 && *height >= 320;
}

static int
acc_kiosk_app_handle_local_options (GApplication *application, GVariantDict *values)
{
  AccKioskApp *self = ACC_KIOSK_APP (application);
  const char *size = NULL;

  if (!g_variant_dict_lookup (values, "store", "^ay", &self->store_dir))
    self->store_dir = g_strdup (g_getenv ("ACCOLADE_STORE"));
  if (self->store_dir == NULL || *self->store_dir == '\0')
    return refuse (_ ("Name the branch’s store: accolade-kiosk --store DIR, or set ACCOLADE_STORE."));
  g_variant_dict_lookup (values, "windowed", "b", &self->windowed);
  if (g_variant_dict_lookup (values, "size", "&s", &size)
      && (!self->windowed || !parse_size (size, &self->width, &self->height)))
    return refuse (_ ("--size needs --windowed and a width and height in pixels, such as 1366x768."));
  /* What the welcome waits for, but for the page itself, needs no GTK: it is done while that begins. */
  self->station = acc_station_new (self->store_dir);
  acc_station_begin_opening (self->station);
  return -1;
}

static void
acc_kiosk_app_startup (GApplication *application)
{
  gtk_disable_setlocale (); /* acc_language_init has, and other threads read it now */
  if (!gtk_init_check ()) /* the parent's would end the program while the station's threads are at work */
    {
      g_printerr ("accolade-kiosk: no display can be opened\n");
      acc_worker_end_all ();
      exit (EXIT_FAILURE);
    }
  G_APPLICATION_CLASS (acc_kiosk_app_parent_class)->startup (application);
  acc_kiosk_init ();
  acc_ending_watch (GTK_APPLICATION (application));
}

/* As it stands in a branch: where no window manager makes it so, the window still takes the whole monitor. */
static void
fill_monitor (AccKioskApp *self, GtkWindow *window)
{
  g_autoptr (GdkMonitor) monitor
    = g_list_model_get_item (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window))), 0);
  GdkRectangle geometry = { 0, 0, self->width, self->height };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &geometry);
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, geometry.width, geometry.height);
  acc_kiosk_window_set_room (ACC_KIOSK_WINDOW (window), geometry.width, geometry.height);
  gtk_window_fullscreen (window);
  acc_locked_window (window);
}

static void
on_ending (AccKioskApp *self, int status)
{
  self->end = status;
  g_application_quit (G_APPLICATION (self));
}

static void
acc_kiosk_app_activate (GApplication *application)
{
  AccKioskApp *self = ACC_KIOSK_APP (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      window = GTK_WINDOW (acc_kiosk_window_new (GTK_APPLICATION (application), self->store_dir, self->station));
      g_clear_object (&self->station);
      g_signal_connect_object (window, "ending", G_CALLBACK (on_ending), self, G_CONNECT_SWAPPED);
      if (self->windowed)
        {
          gtk_window_set_default_size (window, self->width, self->height);
          acc_kiosk_window_set_room (ACC_KIOSK_WINDOW (window), self->width, self->height);
        }
      else
        {
          fill_monitor (self, window);
        }
    }
  gtk_window_present (window);
}

static void
acc_kiosk_app_finalize (GObject *object)
{
  g_clear_object (&ACC_KIOSK_APP (object)->station);
  g_free (ACC_KIOSK_APP (object)->store_dir);
  G_OBJECT_CLASS (acc_kiosk_app_parent_class)->finalize (object);
}

static void
acc_kiosk_app_class_init (AccKioskAppClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = acc_kiosk_app_finalize;
  application_class->handle_local_options = acc_kiosk_app_handle_local_options;
  application_class->startup = acc_kiosk_app_startup;
  application_class->activate = acc_kiosk_app_activate;
}

static void
acc_kiosk_app_init (AccKioskApp *self)
{
  self->width = DEFAULT_WIDTH;
  self->height = DEFAULT_HEIGHT;
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AccKioskApp *
acc_kiosk_app_new (void)
{
  return g_object_new (ACC_TYPE_KIOSK_APP, "application-id", "org.accolade.Kiosk", NULL);
}

int
acc_kiosk_app_get_end (AccKioskApp *self)
{
  g_return_val_if_fail (ACC_IS_KIOSK_APP (self), 0);

  return self->end;
}

void
acc_kiosk_init (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  acc_look_init (display);
  acc_kiosk_register_resource ();
  acc_look_add_sheet (display, "/org/accolade/kiosk/kiosk.css");
}
