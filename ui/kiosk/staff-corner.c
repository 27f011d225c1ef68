/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/staff-corner.h"

#include <string.h>

#define TAPS 5
#define MILLISECONDS 3000

typedef struct {
  const char *action;
  guint32 times[TAPS]; /* of the last taps into the corner, the oldest first; 0: none */
} Corner;

static gboolean
is_in_corner (GtkWidget *window, double x, double y)
{
  gboolean mirrored = gtk_widget_get_direction (window) == GTK_TEXT_DIR_RTL;
  double from_start = mirrored ? gtk_widget_get_width (window) - x : x;

  return from_start < ACC_STAFF_CORNER && y < ACC_STAFF_CORNER;
}

/* Only looks on: what lies in the corner is pressed as ever. */
static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, Corner *corner)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint32 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (gesture));

  if (!is_in_corner (window, x, y))
    {
      memset (corner->times, 0, sizeof corner->times);
      return;
    }
  memmove (corner->times, corner->times + 1, sizeof corner->times - sizeof *corner->times);
  corner->times[TAPS - 1] = now;
  if (corner->times[0] == 0 || now - corner->times[0] > MILLISECONDS)
    return;
  memset (corner->times, 0, sizeof corner->times);
  gtk_widget_activate_action (window, corner->action, NULL);
}

static void
corner_free (gpointer corner, GClosure *closure)
{
  g_free (corner);
}

void
acc_staff_corner_watch (GtkWindow *window, const char *action)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *press = gtk_gesture_click_new ();
  Corner *corner = g_new0 (Corner, 1);

  g_return_if_fail (GTK_IS_WINDOW (window));

  corner->action = action;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect_data (press, "pressed", G_CALLBACK (on_pressed), corner, corner_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (press));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (ACC_STAFF_KEY, ACC_STAFF_MODIFIERS), gtk_named_action_new (action)));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
