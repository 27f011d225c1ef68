/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/drop-down-name.h"

#define LABEL "accolade-label"

static void
say (GtkDropDown *drop_down)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);
  const char *label = g_object_get_data (G_OBJECT (drop_down), LABEL);
  g_autofree char *said
    = item != NULL ? g_strdup_printf ("%s: %s", label, gtk_string_object_get_string (item)) : g_strdup (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

void
acc_drop_down_name (GtkDropDown *drop_down, const char *label)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down) && label != NULL);

  g_object_set_data_full (G_OBJECT (drop_down), LABEL, g_strdup (label), g_free);
  g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (say), NULL);
  say (drop_down);
}
