/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-support.h"

#include <gdk/x11/gdkx.h>
#include <string.h>

#define SECONDS 60 /* a machine may be busy with much else */

static gboolean
on_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
test_wait (gboolean (*ready) (gpointer data), gpointer data)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (SECONDS, on_late, &late);

  while (!ready (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (source);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;

  (*frames)++;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_drawn (gpointer data)
{
  return *(guint *) data >= 4;
}

void
test_settle (GtkWidget *window)
{
  guint frames = 0;
  guint tick = gtk_widget_add_tick_callback (window, on_tick, &frames, NULL);

  test_wait (has_drawn, &frames);
  gtk_widget_remove_tick_callback (window, tick);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct {
  GtkWidget *window;
  int width, height;
} Size;

static gboolean
has_size (gpointer data)
{
  const Size *size = data;

  if (gtk_widget_get_width (size->window) == size->width && gtk_widget_get_height (size->window) == size->height)
    return TRUE;
  gtk_window_set_default_size (GTK_WINDOW (size->window), size->width, size->height);
  return FALSE;
}

void
test_resize (GtkWidget *window, int width, int height)
{
  test_wait (has_size, &(Size) { window, width, height });
  test_settle (window);
}

GtkWidget *
test_show (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  test_settle (window);
  return window;
}

static GtkWidget *
walk (GtkWidget *root, gboolean (*matches) (GtkWidget *widget, const char *text), const char *text)
{
  if (matches (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = walk (child, matches, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_id (GtkWidget *widget, const char *id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

GtkWidget *
test_find (GtkWidget *root, const char *id)
{
  GtkWidget *found = walk (root, has_id, id);

  if (found == NULL)
    g_error ("No widget is called %s", id);
  return found;
}

static gboolean
is_button (GtkWidget *widget, const char *label)
{
  return (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
         || (GTK_IS_CHECK_BUTTON (widget)
             && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0);
}

GtkWidget *
test_find_button (GtkWidget *root, const char *label)
{
  return walk (root, is_button, label);
}

static gboolean
shows_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget))
    return strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
  if (GTK_IS_EDITABLE (widget))
    return strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), text) != NULL;
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      g_autofree char *all = NULL;
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      all = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
      return strstr (all, text) != NULL;
    }
  return FALSE;
}

gboolean
test_shows_text (GtkWidget *root, const char *text)
{
  return walk (root, shows_text, text) != NULL;
}

void
test_save_picture (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

guint
test_count_dark (GtkWidget *widget, const graphene_rect_t *area)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = g_new0 (guint32, (gsize) width * height);
  graphene_rect_t viewport = GRAPHENE_RECT_INIT (0, 0, width, height);
  guint dark = 0;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return 0;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node, &viewport);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int y = MAX ((int) area->origin.y, 0); y < MIN (area->origin.y + area->size.height, height); y++)
    for (int x = MAX ((int) area->origin.x, 0); x < MIN (area->origin.x + area->size.width, width); x++)
      {
        guint32 pixel = pixels[(gsize) y * width + x];

        dark += (pixel >> 24) > 128 && ((pixel >> 16) & 255) + ((pixel >> 8) & 255) + (pixel & 255) < 384;
      }
  return dark;
}

/* The window has been told of it afterwards: the server tells each client in the order of what has happened, so that what
 * xdotool has done comes before the answer to a question of ours. */
static void
xdotool (GPtrArray *words)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_ptr_array_insert (words, 0, g_strdup ("xdotool"));
  g_ptr_array_add (words, NULL);
  g_spawn_sync (NULL, (char **) words->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  gdk_display_sync (gdk_display_get_default ());
}

static void
add_point (GPtrArray *words, GtkWidget *widget, const graphene_point_t *point)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_point_t at;
  double x, y;

  g_assert_true (gtk_widget_compute_point (widget, window, point, &at));
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  g_ptr_array_add (words, g_strdup ("mousemove"));
  g_ptr_array_add (words, g_strdup_printf ("%d", (int) (at.x + x)));
  g_ptr_array_add (words, g_strdup_printf ("%d", (int) (at.y + y)));
}

static void
add_words (GPtrArray *words, const char *first, const char *second)
{
  g_ptr_array_add (words, g_strdup (first));
  g_ptr_array_add (words, g_strdup (second));
}

void
test_click (GtkWidget *widget, double x, double y)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  add_point (words, widget, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  add_words (words, "click", "1");
  xdotool (words);
  test_settle (GTK_WIDGET (gtk_widget_get_root (widget)));
}

/* One xdotool call a point: the window reads each before the next is made, as it would from a hand. */
void
test_drag (GtkWidget *widget, const graphene_point_t *points, guint n_points)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));

  for (guint i = 0; i < n_points; i++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

      add_point (words, widget, &points[i]);
      if (i == 0)
        add_words (words, "mousedown", "1");
      if (i + 1 == n_points)
        add_words (words, "mouseup", "1");
      xdotool (words);
      test_settle (window);
    }
}

static void
point_at (GtkWidget *widget, const char *verb)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const graphene_point_t middle = { (float) gtk_widget_get_width (widget) / 2, (float) gtk_widget_get_height (widget) / 2 };

  add_point (words, widget, &middle);
  if (verb != NULL)
    add_words (words, verb, "1");
  xdotool (words);
  test_settle (GTK_WIDGET (gtk_widget_get_root (widget)));
}

void
test_press (GtkWidget *widget)
{
  point_at (widget, "mousedown");
}

void
test_slide (GtkWidget *widget)
{
  point_at (widget, NULL);
}

void
test_release (GtkWidget *window)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  add_words (words, "mouseup", "1");
  xdotool (words);
  test_settle (window);
}

void
test_key (GtkWidget *window, const char *keys)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));

  add_words (words, "windowfocus", "--sync");
  g_ptr_array_add (words, g_strdup (id));
  add_words (words, "key", keys);
  xdotool (words);
  test_settle (window);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  *(gboolean *) data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* The clipboard serves its readers in turn: what is read after the paste comes
 * when the paste is done. */
void
test_paste (GtkWidget *control, const char *text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (control);
  GtkWidget *taker
    = GTK_IS_EDITABLE (control) ? GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (control))) : control;
  gboolean is_read = FALSE;

  gdk_clipboard_set_text (clipboard, text);
  g_assert_true (gtk_widget_activate_action (taker, "clipboard.paste", NULL));
  gdk_clipboard_read_text_async (clipboard, NULL, on_read, &is_read);
  test_wait (is_set, &is_read);
  test_settle (GTK_WIDGET (gtk_widget_get_root (control)));
}
