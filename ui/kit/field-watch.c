/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/field-watch.h"

#include "kit/keystroke.h"
#include "kit/sheet.h"

struct _AccFieldWatch {
  GObject parent_instance;

  GtkRoot *root;
  GtkEventController *keys, *fingers; /* the root's; NULL without one */
  gulong focus;
  GtkWidget *field; /* weak */
  gboolean any_pointer;
  gboolean touched;
  gboolean aside;
};

G_DEFINE_FINAL_TYPE (AccFieldWatch, acc_field_watch, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_state (AccFieldWatch *self, gboolean touched, gboolean aside)
{
  if (self->touched == touched && self->aside == aside)
    return;
  self->touched = touched;
  self->aside = aside;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_focus (AccFieldWatch *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);
  GtkWidget *field = focus != NULL && acc_keystroke_is_field (focus) ? focus : NULL;

  if (g_set_weak_pointer (&self->field, field))
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_key (AccFieldWatch *self)
{
  set_state (self, self->touched, TRUE);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
is_finger (AccFieldWatch *self, GdkEvent *event)
{
  GdkDevice *device = gdk_event_get_device (event);

  if (gdk_event_get_event_type (event) == GDK_TOUCH_BEGIN)
    return TRUE;
  if (gdk_event_get_event_type (event) != GDK_BUTTON_PRESS)
    return FALSE;
  return self->any_pointer
         || (device != NULL
             && (gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN
                 || gdk_device_get_source (device) == GDK_SOURCE_PEN));
}

/* A story's field lies unseen on the sheet: all of that stands for it. */
static gboolean
is_on_field (AccFieldWatch *self, GdkEvent *event)
{
  double x, y, dx, dy;
  GtkWidget *picked;

  if (!gdk_event_get_position (event, &x, &y))
    return FALSE;
  gtk_native_get_surface_transform (GTK_NATIVE (self->root), &dx, &dy);
  picked = gtk_widget_pick (GTK_WIDGET (self->root), x - dx, y - dy, GTK_PICK_DEFAULT);
  return picked != NULL
         && (GTK_IS_EDITABLE (picked) || GTK_IS_TEXT_VIEW (picked) || gtk_widget_get_ancestor (picked, GTK_TYPE_EDITABLE)
             || gtk_widget_get_ancestor (picked, GTK_TYPE_TEXT_VIEW) || gtk_widget_get_ancestor (picked, ACC_TYPE_SHEET));
}

static gboolean
on_event (AccFieldWatch *self, GdkEvent *event)
{
  if (is_finger (self, event))
    set_state (self, TRUE, self->aside && !is_on_field (self, event));
  return GDK_EVENT_PROPAGATE;
}

/* Before anything below it, and taking nothing away. */
static GtkEventController *
add_controller (AccFieldWatch *self, GtkEventController *controller, const char *signal, GCallback callback)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->root), controller);
  return controller;
}

static void
leave_root (AccFieldWatch *self)
{
  if (self->root == NULL)
    return;
  g_signal_handler_disconnect (self->root, self->focus);
  gtk_widget_remove_controller (GTK_WIDGET (self->root), self->keys);
  gtk_widget_remove_controller (GTK_WIDGET (self->root), self->fingers);
  self->keys = self->fingers = NULL;
  self->root = NULL;
  g_clear_weak_pointer (&self->field);
}

static void
acc_field_watch_dispose (GObject *object)
{
  leave_root (ACC_FIELD_WATCH (object));
  G_OBJECT_CLASS (acc_field_watch_parent_class)->dispose (object);
}

static void
acc_field_watch_class_init (AccFieldWatchClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_field_watch_dispose;

  signals[CHANGED]
    = g_signal_new ("changed", ACC_TYPE_FIELD_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_field_watch_init (AccFieldWatch *self)
{
}

AccFieldWatch *
acc_field_watch_new (void)
{
  return g_object_new (ACC_TYPE_FIELD_WATCH, NULL);
}

void
acc_field_watch_set_root (AccFieldWatch *self, GtkRoot *root)
{
  g_return_if_fail (ACC_IS_FIELD_WATCH (self));
  g_return_if_fail (root == NULL || GTK_IS_ROOT (root));

  leave_root (self);
  if (root == NULL)
    return;
  self->root = root;
  self->keys = add_controller (self, gtk_event_controller_key_new (), "key-pressed", G_CALLBACK (on_key));
  self->fingers = add_controller (self, gtk_event_controller_legacy_new (), "event", G_CALLBACK (on_event));
  self->focus = g_signal_connect_swapped (root, "notify::focus-widget", G_CALLBACK (on_focus), self);
  on_focus (self);
}

void
acc_field_watch_set_any_pointer (AccFieldWatch *self, gboolean any)
{
  g_return_if_fail (ACC_IS_FIELD_WATCH (self));

  self->any_pointer = any;
}

GtkWidget *
acc_field_watch_get_field (AccFieldWatch *self)
{
  g_return_val_if_fail (ACC_IS_FIELD_WATCH (self), NULL);

  return self->field;
}

gboolean
acc_field_watch_is_touched (AccFieldWatch *self)
{
  g_return_val_if_fail (ACC_IS_FIELD_WATCH (self), FALSE);

  return self->touched;
}

gboolean
acc_field_watch_is_aside (AccFieldWatch *self)
{
  g_return_val_if_fail (ACC_IS_FIELD_WATCH (self), FALSE);

  return self->aside;
}

void
acc_field_watch_step_aside (AccFieldWatch *self)
{
  g_return_if_fail (ACC_IS_FIELD_WATCH (self));

  set_state (self, self->touched, TRUE);
}

void
acc_field_watch_forget (AccFieldWatch *self)
{
  g_return_if_fail (ACC_IS_FIELD_WATCH (self));

  set_state (self, FALSE, FALSE);
}
