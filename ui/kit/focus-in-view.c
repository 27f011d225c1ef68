/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/focus-in-view.h"

/* What is to be seen of it: of a text, the whole field. */
static GtkWidget *
find_field (GtkWidget *focus, GtkWidget *page)
{
  GtkWidget *field = gtk_widget_get_ancestor (focus, GTK_TYPE_SCROLLED_WINDOW);

  return field != NULL && gtk_widget_is_ancestor (field, page) ? field : focus;
}

static gboolean
show_focus (gpointer data)
{
  GtkScrolledWindow *scroller = data;
  GtkWidget *viewport = gtk_scrolled_window_get_child (scroller);
  GtkWidget *page = GTK_IS_VIEWPORT (viewport) ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (scroller));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t field, whole;

  if (page == NULL || focus == NULL || !gtk_widget_is_ancestor (focus, page)
      || !gtk_widget_compute_bounds (find_field (focus, page), page, &field)
      || !gtk_widget_compute_bounds (page, page, &whole))
    return G_SOURCE_REMOVE;
  graphene_rect_offset (&field, 0, -whole.origin.y);
  graphene_rect_round_extents (&field, &field); /* places are whole pixels */
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (scroller), field.origin.y,
                             field.origin.y + field.size.height);
  return G_SOURCE_REMOVE;
}

/* The page gets its new place in the same frame: it is measured after that. */
static void
on_room_changed (GtkScrolledWindow *scroller)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_focus, g_object_ref (scroller), g_object_unref);
}

void
acc_focus_in_view_keep (GtkScrolledWindow *scroller)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "notify::page-size",
                           G_CALLBACK (on_room_changed), scroller, G_CONNECT_SWAPPED);
}
