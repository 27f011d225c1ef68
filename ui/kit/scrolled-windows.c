/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/scrolled-windows.h"

static gboolean
on_unrealize (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_SCROLLED_WINDOW (widget))
    g_signal_handlers_disconnect_by_data (gtk_widget_get_settings (widget), widget);
  return TRUE; /* again */
}

void
acc_scrolled_windows_mend (void)
{
  static gboolean mended = FALSE;

  if (mended)
    return;
  mended = TRUE;
  /* The signal belongs to a class that may not have been used yet. */
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("unrealize", GTK_TYPE_WIDGET), 0, on_unrealize, NULL, NULL);
}
