/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/key-presses.h"

#include "base/clock.h"

#define SLOP 0.5 /* of a key's height: so far outside of it a finger that slipped still meant it */

struct _AccKeyPresses {
  GObject parent_instance;

  GtkWidget *choices;
  guint repeat, double_strike; /* milliseconds */

  AccKey *pressed; /* under a finger */
  AccKey *slid;    /* the choice that the finger has slid to */
  guint hold;      /* source */
  gboolean opened; /* choices, by this press */
  gboolean repeated;

  AccKey *last; /* what was struck, never looked into */
  gint64 last_time;
};

G_DEFINE_FINAL_TYPE (AccKeyPresses, acc_key_presses, G_TYPE_OBJECT)

enum { PRESSED, HELD, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
slide_to (AccKeyPresses *self, AccKey *choice)
{
  if (self->slid == choice)
    return;
  if (self->slid != NULL)
    acc_key_set_pressed (self->slid, FALSE);
  self->slid = choice;
  if (choice != NULL)
    acc_key_set_pressed (choice, TRUE);
}

static void
lift (AccKeyPresses *self)
{
  g_clear_handle_id (&self->hold, g_source_remove);
  slide_to (self, NULL);
  if (self->pressed != NULL)
    acc_key_set_pressed (self->pressed, FALSE);
  self->pressed = NULL;
  self->opened = self->repeated = FALSE;
}

/* A trembling hand goes on trembling: each of its strikes begins the time anew. */
static gboolean
is_tremble (AccKeyPresses *self, AccKey *key)
{
  const gint64 now = acc_clock_boot ();
  const gboolean trembles = key == self->last && now - self->last_time < (gint64) self->double_strike * 1000;

  self->last = self->double_strike > 0 ? key : NULL;
  self->last_time = now;
  return trembles;
}

static void
strike (AccKeyPresses *self, AccKey *key)
{
  if (!is_tremble (self, key))
    acc_key_strike (key);
}

static gboolean
on_repeat (gpointer data)
{
  AccKeyPresses *self = data;

  acc_key_strike (self->pressed);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hold (gpointer data)
{
  AccKeyPresses *self = data;

  self->hold = 0;
  g_signal_emit (self, signals[HELD], 0, self->pressed, &self->opened);
  if (self->opened || self->repeat == 0 || !acc_key_get_repeats (self->pressed))
    return G_SOURCE_REMOVE;
  self->repeated = TRUE;
  acc_key_strike (self->pressed);
  self->hold = g_timeout_add (self->repeat, on_repeat, self);
  return G_SOURCE_REMOVE;
}

/* Where the gesture's finger is, in the coordinates of @widget. */
static gboolean
find_finger (GtkGesture *gesture, GtkWidget *widget, graphene_point_t *at)
{
  GtkWidget *key = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  double x, y, dx = 0, dy = 0;

  if (!gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y))
    return FALSE;
  gtk_gesture_drag_get_offset (GTK_GESTURE_DRAG (gesture), &dx, &dy);
  return gtk_widget_compute_point (key, widget, &GRAPHENE_POINT_INIT ((float) (x + dx), (float) (y + dy)), at);
}

static AccKey *
find_choice (AccKeyPresses *self, GtkGesture *gesture)
{
  graphene_point_t at;

  for (GtkWidget *child = gtk_widget_get_first_child (self->choices); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && find_finger (gesture, child, &at) && gtk_widget_contains (child, at.x, at.y))
      return ACC_KEY (child);
  return NULL;
}

static gboolean
is_near (GtkGesture *gesture, AccKey *key)
{
  const float width = (float) gtk_widget_get_width (GTK_WIDGET (key));
  const float height = (float) gtk_widget_get_height (GTK_WIDGET (key));
  graphene_rect_t near = GRAPHENE_RECT_INIT (0, 0, width, height);
  graphene_point_t at;

  graphene_rect_inset (&near, (float) (-SLOP * height), (float) (-SLOP * height));
  return find_finger (gesture, GTK_WIDGET (key), &at) && graphene_rect_contains_point (&near, &at);
}

static void
on_begin (AccKeyPresses *self, double x, double y, GtkGesture *gesture)
{
  AccKey *key = ACC_KEY (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
  AccKey *before = self->pressed;
  const gboolean owed = before != NULL && !self->opened && !self->repeated;
  guint delay = 0;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  lift (self);
  if (owed)
    strike (self, before);
  g_signal_emit (self, signals[PRESSED], 0, key);
  self->pressed = key;
  acc_key_set_pressed (key, TRUE);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (key)), "gtk-long-press-time", &delay, NULL);
  self->hold = g_timeout_add (delay, on_hold, self);
}

static void
on_update (AccKeyPresses *self, double dx, double dy, GtkGesture *gesture)
{
  GtkWidget *key = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (self->pressed == ACC_KEY (key) && self->opened)
    slide_to (self, find_choice (self, gesture));
}

static void
on_end (AccKeyPresses *self, double dx, double dy, GtkGesture *gesture)
{
  AccKey *key = ACC_KEY (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
  const gboolean plain = !self->opened && !self->repeated;
  AccKey *choice = self->slid;

  if (self->pressed != key)
    return;
  lift (self);
  if (choice != NULL)
    strike (self, choice);
  else if (plain && is_near (gesture, key))
    strike (self, key);
}

static void
on_cancel (AccKeyPresses *self, GdkEventSequence *sequence, GtkGesture *gesture)
{
  if (self->pressed == ACC_KEY (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture))))
    lift (self);
}

static void
acc_key_presses_dispose (GObject *object)
{
  acc_key_presses_forget (ACC_KEY_PRESSES (object));
  G_OBJECT_CLASS (acc_key_presses_parent_class)->dispose (object);
}

static void
acc_key_presses_class_init (AccKeyPressesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_key_presses_dispose;

  signals[PRESSED] = g_signal_new ("pressed", ACC_TYPE_KEY_PRESSES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, ACC_TYPE_KEY);
  /* returns whether choices are open now */
  signals[HELD] = g_signal_new ("held", ACC_TYPE_KEY_PRESSES, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                NULL, NULL, G_TYPE_BOOLEAN, 1, ACC_TYPE_KEY);
}

static void
acc_key_presses_init (AccKeyPresses *self)
{
}

AccKeyPresses *
acc_key_presses_new (GtkWidget *choices)
{
  AccKeyPresses *self;

  g_return_val_if_fail (GTK_IS_WIDGET (choices), NULL);

  self = g_object_new (ACC_TYPE_KEY_PRESSES, NULL);
  self->choices = choices;
  return self;
}

void
acc_key_presses_set_timing (AccKeyPresses *self, guint repeat, guint double_strike)
{
  g_return_if_fail (ACC_IS_KEY_PRESSES (self));

  self->repeat = repeat;
  self->double_strike = double_strike;
}

/* A gesture a key: two thumbs are two fingers. */
void
acc_key_presses_watch (AccKeyPresses *self, AccKey *key)
{
  GtkGesture *finger;

  g_return_if_fail (ACC_IS_KEY_PRESSES (self) && ACC_IS_KEY (key));

  finger = gtk_gesture_drag_new ();
  g_signal_connect_object (finger, "drag-begin", G_CALLBACK (on_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (finger, "drag-update", G_CALLBACK (on_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (finger, "drag-end", G_CALLBACK (on_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (finger, "cancel", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (key), GTK_EVENT_CONTROLLER (finger));
}

void
acc_key_presses_forget (AccKeyPresses *self)
{
  g_return_if_fail (ACC_IS_KEY_PRESSES (self));

  lift (self);
  self->last = NULL;
}
