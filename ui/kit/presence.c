/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/presence.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"

#define MOVED 4 /* pixels: a mouse on a table that shakes is nobody */

/* What assistive technology does to a widget comes as no event: its signals tell. */
static const struct {
  GType (*get_type) (void);
  const char *signal;
} deed_rows[] = {
  { gtk_button_get_type, "clicked" },
  { gtk_check_button_get_type, "toggled" },
};
#define N_DEEDS G_N_ELEMENTS (deed_rows)

struct _AccPresence {
  GObject parent_instance;

  GtkWindow *window;          /* weak */
  GtkEventController *events; /* the window's */
  gulong hooks[N_DEEDS];
  gint64 last; /* microseconds since boot */
  double x, y; /* where the pointer last counted */
};

enum { SEEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccPresence, acc_presence, G_TYPE_OBJECT)

static gboolean
see (AccPresence *self)
{
  gboolean kept = FALSE;

  self->last = acc_clock_boot ();
  g_signal_emit (self, signals[SEEN], 0, &kept);
  return kept;
}

static gboolean
has_moved (AccPresence *self, GdkEvent *event)
{
  double x, y;

  if (!gdk_event_get_position (event, &x, &y) || hypot (x - self->x, y - self->y) < MOVED)
    return FALSE;
  self->x = x;
  self->y = y;
  return TRUE;
}

/* Only what a hand does: a window that comes or goes under a pointer that rests is nobody. */
static gboolean
is_a_hand (AccPresence *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_KEY_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCH_END:
    case GDK_TOUCHPAD_SWIPE:
    case GDK_TOUCHPAD_PINCH:
      return TRUE;
    case GDK_MOTION_NOTIFY:
      return has_moved (self, event);
    default:
      return FALSE;
    }
}

static gboolean
on_event (AccPresence *self, GdkEvent *event)
{
  return is_a_hand (self, event) && see (self);
}

static gboolean
on_deed (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  AccPresence *self = data;
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (gtk_widget_get_root (widget) == GTK_ROOT (self->window))
    see (self);
  return TRUE;
}

static guint
find_signal (guint deed)
{
  GType type = deed_rows[deed].get_type ();
  gpointer class = g_type_class_ref (type); /* its signals are there only then */
  guint id = g_signal_lookup (deed_rows[deed].signal, type);

  g_type_class_unref (class);
  return id;
}

static void
acc_presence_dispose (GObject *object)
{
  AccPresence *self = ACC_PRESENCE (object);

  if (self->window != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (self->window), self->events);
  g_clear_weak_pointer (&self->window);
  for (guint i = 0; i < N_DEEDS; i++)
    if (self->hooks[i] != 0)
      g_signal_remove_emission_hook (find_signal (i), self->hooks[i]);
  memset (self->hooks, 0, sizeof self->hooks);
  G_OBJECT_CLASS (acc_presence_parent_class)->dispose (object);
}

static void
acc_presence_class_init (AccPresenceClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_presence_dispose;

  signals[SEEN] = g_signal_new ("seen", ACC_TYPE_PRESENCE, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                                NULL, NULL, G_TYPE_BOOLEAN, 0);
}

static void
acc_presence_init (AccPresence *self)
{
  self->last = acc_clock_boot ();
}

AccPresence *
acc_presence_new (GtkWindow *window)
{
  AccPresence *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (ACC_TYPE_PRESENCE, NULL);
  g_set_weak_pointer (&self->window, window);
  self->events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->events, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), self->events);
  for (guint i = 0; i < N_DEEDS; i++)
    self->hooks[i] = g_signal_add_emission_hook (find_signal (i), 0, on_deed, self, NULL);
  return self;
}

void
acc_presence_note (AccPresence *self)
{
  g_return_if_fail (ACC_IS_PRESENCE (self));

  see (self);
}

gint64
acc_presence_get_away (AccPresence *self)
{
  g_return_val_if_fail (ACC_IS_PRESENCE (self), 0);

  return acc_clock_boot () - self->last;
}
