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

static gboolean (*focus_before) (GtkWidget *widget, GtkDirectionType direction);

static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (widget));

  if (gtk_widget_get_focusable (widget))
    return focus_before (widget, direction);
  return child != NULL && gtk_widget_child_focus (child, direction);
}

static void
let_focus_out (void)
{
  GtkWidgetClass *class = g_type_class_ref (GTK_TYPE_SCROLLED_WINDOW); /* for good: its vfunc is ours */

  focus_before = class->focus;
  class->focus = focus;
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
  let_focus_out ();
}
