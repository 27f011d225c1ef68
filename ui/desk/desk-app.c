/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-app.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "desk-resources.h"
#include "desk/desk-window.h"
#include "desk/window-size.h"
#include "kit/ending.h"
#include "kit/look-choice.h"
#include "kit/look.h"

#define WIDTH_DEFAULT 1366
#define HEIGHT_DEFAULT 768
#define SIDE_MAX 16384

struct _AccDeskApp {
  GtkApplication parent;
  char *store_dir;
  int width, height; /* 0: as the window was left */
};

G_DEFINE_FINAL_TYPE (AccDeskApp, acc_desk_app, GTK_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("The store's folder (or ACCOLADE_STORE)"), N_ ("DIR") },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The window's size in pixels, 1366x768"), N_ ("WxH") },
  { NULL }
};

static gboolean
read_size (AccDeskApp *self, const char *size)
{
  int width = 0, height = 0, end = 0;

  if (sscanf (size, "%5dx%5d%n", &width, &height, &end) != 2 || size[end] != '\0' || width < 1 || height < 1
      || width > SIDE_MAX || height > SIDE_MAX)
    return FALSE;
  self->width = width;
  self->height = height;
  return TRUE;
}

static int
acc_desk_app_handle_local_options (GApplication *application, GVariantDict *given)
{
  AccDeskApp *self = ACC_DESK_APP (application);
  const char *size;

  if (!g_variant_dict_lookup (given, "store", "^ay", &self->store_dir))
    self->store_dir = g_strdup (g_getenv ("ACCOLADE_STORE"));
  if (g_variant_dict_lookup (given, "size", "&s", &size) && !read_size (self, size))
    {
      g_printerr (_ ("--size %s: write it as width x height, such as 1366x768.\n"), size);
      return 2;
    }
  return -1;
}

/* The colours that whoever sits here has chosen for all programs. */
static void
follow_colours (GtkSettings *settings)
{
  g_autofree char *theme = NULL;
  gboolean dark = FALSE;
  AccColours colours = ACC_COLOURS_LIGHT;

  g_object_get (settings, "gtk-theme-name", &theme, "gtk-application-prefer-dark-theme", &dark, NULL);
  if (theme != NULL && g_str_has_prefix (theme, "HighContrast"))
    colours = ACC_COLOURS_HIGH_CONTRAST;
  else if (dark || (theme != NULL && g_str_has_suffix (theme, "-dark")))
    colours = ACC_COLOURS_DARK;
  acc_look_choose_colours (gdk_display_get_default (), colours);
}

static void
follow_platform (GdkDisplay *display)
{
  GtkSettings *settings = gtk_settings_get_for_display (display);

  g_signal_connect (settings, "notify::gtk-theme-name", G_CALLBACK (follow_colours), NULL);
  g_signal_connect (settings, "notify::gtk-application-prefer-dark-theme", G_CALLBACK (follow_colours), NULL);
  follow_colours (settings);
}

void
acc_desk_app_load_look (GdkDisplay *display)
{
  acc_look_init (display);
  acc_desk_register_resource ();
  acc_look_add_sheet (display, "/org/accolade/desk/desk.css");
  follow_platform (display);
}

static void
acc_desk_app_startup (GApplication *application)
{
  G_APPLICATION_CLASS (acc_desk_app_parent_class)->startup (application);
  acc_ending_watch (GTK_APPLICATION (application));
}

/* As it was left, unless somebody says otherwise. */
static void
set_size (AccDeskApp *self, GtkWindow *window)
{
  g_autofree char *file = acc_window_size_dup_file ("desk");

  if (self->width > 0)
    gtk_window_set_default_size (window, self->width, self->height);
  else
    acc_window_size_remember (window, file, WIDTH_DEFAULT, HEIGHT_DEFAULT);
}

static void
acc_desk_app_activate (GApplication *application)
{
  AccDeskApp *self = ACC_DESK_APP (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      g_autoptr (AccDeskSession) session = acc_desk_session_new (self->store_dir);

      acc_desk_app_load_look (gdk_display_get_default ());
      window = GTK_WINDOW (acc_desk_window_new (GTK_APPLICATION (self), session));
      set_size (self, window);
    }
  gtk_window_present (window);
}

static void
acc_desk_app_finalize (GObject *object)
{
  AccDeskApp *self = ACC_DESK_APP (object);

  g_clear_pointer (&self->store_dir, g_free);
  G_OBJECT_CLASS (acc_desk_app_parent_class)->finalize (object);
}

static void
acc_desk_app_class_init (AccDeskAppClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_desk_app_finalize;
  G_APPLICATION_CLASS (class)->handle_local_options = acc_desk_app_handle_local_options;
  G_APPLICATION_CLASS (class)->startup = acc_desk_app_startup;
  G_APPLICATION_CLASS (class)->activate = acc_desk_app_activate;
}

static void
acc_desk_app_init (AccDeskApp *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

AccDeskApp *
acc_desk_app_new (void)
{
  return g_object_new (ACC_TYPE_DESK_APP, "application-id", "org.accolade.Desk", NULL);
}
