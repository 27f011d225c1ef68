/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/focus-ring.h"

static void
show_again (GtkWindow *window)
{
  if (!gtk_window_get_focus_visible (window))
    gtk_window_set_focus_visible (window, TRUE);
}

static void
on_pressed (GtkGesture *press)
{
  GtkWindow *window = GTK_WINDOW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (press)));

  g_signal_handlers_block_by_func (window, show_again, NULL);
  gtk_window_set_focus_visible (window, FALSE);
  g_signal_handlers_unblock_by_func (window, show_again, NULL);
}

void
acc_focus_ring_keep (GtkWindow *window)
{
  GtkGesture *press;

  g_return_if_fail (GTK_IS_WINDOW (window));

  press = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (press));
  g_signal_connect (window, "notify::focus-visible", G_CALLBACK (show_again), NULL);
}
