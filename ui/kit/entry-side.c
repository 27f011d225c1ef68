/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/entry-side.h"

/* Where GTK takes an empty text to begin. */
static gboolean
begins_at_right (GtkWidget *text)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (text));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  if (gtk_widget_has_focus (text) && keyboard != NULL)
    return gdk_device_get_direction (keyboard) == PANGO_DIRECTION_RTL;
  return gtk_widget_get_direction (text) == GTK_TEXT_DIR_RTL;
}

static void
update_side (GtkWidget *text)
{
  GtkEditable *editable = GTK_EDITABLE (text);
  gboolean empty = *gtk_editable_get_text (editable) == '\0';
  gboolean from_right = gtk_widget_get_direction (text) == GTK_TEXT_DIR_RTL;

  gtk_editable_set_alignment (editable, empty && begins_at_right (text) != from_right ? 1 : 0);
}

void
acc_entry_side_watch (GtkEntry *entry)
{
  GtkEditable *text;

  g_return_if_fail (GTK_IS_ENTRY (entry));

  text = gtk_editable_get_delegate (GTK_EDITABLE (entry));
  g_signal_connect (text, "changed", G_CALLBACK (update_side), NULL);
  g_signal_connect (text, "notify::has-focus", G_CALLBACK (update_side), NULL);
  g_signal_connect (text, "direction-changed", G_CALLBACK (update_side), NULL);
  g_signal_connect (text, "map", G_CALLBACK (update_side), NULL);
}
