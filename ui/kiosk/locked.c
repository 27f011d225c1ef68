/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/locked.h"

#include "kiosk/staff-corner.h"

#define CHORD_MASK (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)
#define FIELD_IS_LOCKED "acc-locked"
#define FIRST_MEDIA_KEY 0x1008FE00 /* XFree86's vendor key symbols, up to … */
#define LAST_MEDIA_KEY 0x1008FFFF

/* Every chord that does something here; all others do nothing. */
static const struct {
  guint key;
  GdkModifierType modifiers;
} chord_rows[] = {
  { GDK_KEY_Return, GDK_CONTROL_MASK }, /* goes on */
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK },
  { GDK_KEY_Tab, GDK_CONTROL_MASK }, /* out of a story, where Tab could be typed */
  { GDK_KEY_Tab, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_Left, GDK_CONTROL_MASK }, /* by words, by paragraphs, to an end */
  { GDK_KEY_Right, GDK_CONTROL_MASK },
  { GDK_KEY_Up, GDK_CONTROL_MASK },
  { GDK_KEY_Down, GDK_CONTROL_MASK },
  { GDK_KEY_Home, GDK_CONTROL_MASK },
  { GDK_KEY_End, GDK_CONTROL_MASK },
  { GDK_KEY_Left, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_Home, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_End, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_BackSpace, GDK_CONTROL_MASK },
  { GDK_KEY_Delete, GDK_CONTROL_MASK },
  { GDK_KEY_a, GDK_CONTROL_MASK }, /* the client's own words */
  { GDK_KEY_c, GDK_CONTROL_MASK },
  { GDK_KEY_x, GDK_CONTROL_MASK },
  { GDK_KEY_v, GDK_CONTROL_MASK },
  { GDK_KEY_plus, GDK_CONTROL_MASK }, /* the letter to be read */
  { GDK_KEY_plus, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { GDK_KEY_minus, GDK_CONTROL_MASK },
  { GDK_KEY_0, GDK_CONTROL_MASK },
  { GDK_KEY_KP_Add, GDK_CONTROL_MASK },
  { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK },
  { ACC_STAFF_KEY, ACC_STAFF_MODIFIERS },
};

/* Keys, from … to, that do nothing by themselves either: F1 to F35, and what asks for a menu, a picture, a help or the
 * past. */
static const struct {
  guint first, last;
} dead_rows[] = {
  { GDK_KEY_F1, GDK_KEY_F35 },
  { GDK_KEY_KP_F1, GDK_KEY_KP_F4 },
  { GDK_KEY_Select, GDK_KEY_Break }, /* Select, Print, Execute, Insert, Undo, Redo, Menu, Find, Cancel, Help, Break */
  { GDK_KEY_KP_Insert, GDK_KEY_KP_Insert },
  { GDK_KEY_Pause, GDK_KEY_Sys_Req },
  { FIRST_MEDIA_KEY, LAST_MEDIA_KEY },
};

static gboolean
is_meant (GdkEvent *event, guint key, GdkModifierType modifiers)
{
  if ((modifiers & CHORD_MASK) == 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (dead_rows); i++)
        if (key >= dead_rows[i].first && key <= dead_rows[i].last)
          return FALSE;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (chord_rows); i++)
    if (gdk_key_event_matches (event, chord_rows[i].key, chord_rows[i].modifiers) != GDK_KEY_MATCH_NONE)
      return TRUE;
  return gdk_key_event_is_modifier (event);
}

/* Before anything in the window, input methods included, has seen the key. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  return !is_meant (event, key, modifiers);
}

/* The right button opens menus, the middle one pastes. */
static void
on_pressed (GtkGestureSingle *gesture)
{
  if (gtk_gesture_single_get_current_button (gesture) != GDK_BUTTON_PRIMARY)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* A menu, the emoji chooser or the buttons over a selection: whatever opened it, it closes before it is drawn. The
 * magnifier of a touch screen leads nowhere. */
static void
on_popover_shown (GtkPopover *popover)
{
  if (gtk_widget_get_visible (GTK_WIDGET (popover)) && !gtk_widget_has_css_class (GTK_WIDGET (popover), "magnifier"))
    gtk_popover_popdown (popover);
}

static void
on_children_changed (GListModel *children, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) child = g_list_model_get_item (children, i);

      if (!GTK_IS_POPOVER (child))
        continue;
      g_signal_handlers_disconnect_by_func (child, on_popover_shown, NULL); /* the same child, at another place */
      g_signal_connect (child, "notify::visible", G_CALLBACK (on_popover_shown), NULL);
      on_popover_shown (GTK_POPOVER (child));
    }
}

/* A press on what is selected would begin to drag it: there is nothing selected then. */
static void
on_field_pressed (GtkGesture *gesture)
{
  GtkWidget *field = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (modifiers & GDK_SHIFT_MASK) /* extends the selection */
    return;
  if (GTK_IS_TEXT_VIEW (field))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (field));
      GtkTextIter caret;

      gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
      gtk_text_buffer_place_cursor (buffer, &caret);
    }
  else
    {
      gtk_editable_set_position (GTK_EDITABLE (field), gtk_editable_get_position (GTK_EDITABLE (field)));
    }
}

static void
lock_field (GtkWidget *field)
{
  GListModel *children = gtk_widget_observe_children (field);
  GtkGesture *press = gtk_gesture_click_new ();

  g_signal_connect (children, "items-changed", G_CALLBACK (on_children_changed), NULL);
  on_children_changed (children, 0, 0, g_list_model_get_n_items (children));
  g_object_set_data_full (G_OBJECT (field), FIELD_IS_LOCKED, children, g_object_unref);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_field_pressed), NULL);
  gtk_widget_add_controller (field, GTK_EVENT_CONTROLLER (press));
}

static void
on_focus (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if ((GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)) && g_object_get_data (G_OBJECT (focus), FIELD_IS_LOCKED) == NULL)
    lock_field (focus);
}

/* Answering the signal does not help: GTK's own handler comes after every answer. */
static gboolean
on_debugging (GtkWindow *window)
{
  g_signal_stop_emission_by_name (window, "enable-debugging");
  return TRUE;
}

static gboolean
on_close_request (GtkWindow *window)
{
  return TRUE;
}

void
acc_locked_window (GtkWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (press));

  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  g_signal_connect (window, "enable-debugging", G_CALLBACK (on_debugging), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
}
