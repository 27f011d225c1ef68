/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/window-size.h"

#include <glib/gstdio.h>

#define GROUP "window"
#define SIDE_MIN 320
#define SIDE_MAX 16384
#define SETTLES_MS 500 /* a window is drawn larger in many steps */

typedef struct {
  GtkWindow *window; /* lent: owns this */
  char *file;
  guint source;
} Keeper;

char *
acc_window_size_dup_file (const char *program)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (program != NULL, NULL);

  name = g_strconcat (program, ".conf", NULL);
  return g_build_filename (g_get_user_state_dir (), "accolade", name, NULL);
}

static void
keep (Keeper *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (self->file);
  g_autoptr (GError) error = NULL;
  int width = 0, height = 0;

  gtk_window_get_default_size (self->window, &width, &height);
  g_key_file_set_integer (file, GROUP, "width", width);
  g_key_file_set_integer (file, GROUP, "height", height);
  g_key_file_set_boolean (file, GROUP, "maximized", gtk_window_is_maximized (self->window));
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, self->file, &error))
    g_debug ("The window's size is not kept in %s", self->file);
}

static gboolean
on_settled (gpointer data)
{
  Keeper *self = data;

  self->source = 0;
  keep (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GtkWindow *window, GParamSpec *spec, gpointer data)
{
  Keeper *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (SETTLES_MS, on_settled, self);
}

/* What has not settled yet is kept as it is. */
static void
on_destroyed (GtkWidget *window, gpointer data)
{
  Keeper *self = data;

  if (self->source != 0)
    keep (self);
  g_clear_handle_id (&self->source, g_source_remove);
}

static void
keeper_free (gpointer data, GClosure *closure)
{
  Keeper *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->file);
  g_free (self);
}

static int
read_side (GKeyFile *file, const char *key, int otherwise)
{
  int side = g_key_file_get_integer (file, GROUP, key, NULL);

  return side >= SIDE_MIN && side <= SIDE_MAX ? side : otherwise;
}

void
acc_window_size_remember (GtkWindow *window, const char *path, int width, int height)
{
  static const char *const changes[] = { "notify::default-width", "notify::default-height", "notify::maximized" };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  Keeper *self;

  g_return_if_fail (GTK_IS_WINDOW (window) && path != NULL);

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  gtk_window_set_default_size (window, read_side (file, "width", width), read_side (file, "height", height));
  if (g_key_file_get_boolean (file, GROUP, "maximized", NULL))
    gtk_window_maximize (window);
  self = g_new0 (Keeper, 1);
  self->window = window;
  self->file = g_strdup (path);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect (window, changes[i], G_CALLBACK (on_changed), self);
  g_signal_connect_data (window, "destroy", G_CALLBACK (on_destroyed), self, keeper_free, 0);
}
