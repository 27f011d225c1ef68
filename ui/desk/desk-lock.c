/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-lock.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "kit/presence.h"

#define LOOK_EACH 1000 /* milliseconds */
#define SESSION_MOST (G_GINT64_CONSTANT (4) * 3600 * G_USEC_PER_SEC)

struct _AccDeskLock {
  GObject parent_instance;

  AccPresence *presence;
  gint64 began; /* microseconds since boot */
  gint64 quiet; /* microseconds that nobody may be there */
  guint look;   /* source; 0: nobody is signed in */
};

enum { DUE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccDeskLock, acc_desk_lock, G_TYPE_OBJECT)

static gboolean
on_look (gpointer data)
{
  AccDeskLock *self = data;

  if (acc_presence_get_away (self->presence) >= self->quiet)
    g_signal_emit (self, signals[DUE], 0, _ ("Nobody was at the desk for a while, so it was locked. Sign in again."));
  else if (acc_clock_boot () - self->began >= SESSION_MOST)
    g_signal_emit (self, signals[DUE], 0, _ ("You were signed in for four hours, so the desk was locked. Sign in again."));
  return G_SOURCE_CONTINUE;
}

static void
acc_desk_lock_dispose (GObject *object)
{
  AccDeskLock *self = ACC_DESK_LOCK (object);

  acc_desk_lock_end (self);
  g_clear_object (&self->presence);
  G_OBJECT_CLASS (acc_desk_lock_parent_class)->dispose (object);
}

static void
acc_desk_lock_class_init (AccDeskLockClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_desk_lock_dispose;

  signals[DUE] = g_signal_new ("due", ACC_TYPE_DESK_LOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING);
}

static void
acc_desk_lock_init (AccDeskLock *self)
{
}

AccDeskLock *
acc_desk_lock_new (GtkWindow *window)
{
  AccDeskLock *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (ACC_TYPE_DESK_LOCK, NULL);
  self->presence = acc_presence_new (window);
  return self;
}

void
acc_desk_lock_begin (AccDeskLock *self, guint minutes)
{
  g_return_if_fail (ACC_IS_DESK_LOCK (self));

  acc_desk_lock_end (self);
  acc_presence_note (self->presence);
  self->began = acc_clock_boot ();
  self->quiet = (gint64) minutes * 60 * G_USEC_PER_SEC;
  self->look = g_timeout_add (LOOK_EACH, on_look, self);
}

void
acc_desk_lock_end (AccDeskLock *self)
{
  g_return_if_fail (ACC_IS_DESK_LOCK (self));

  g_clear_handle_id (&self->look, g_source_remove);
}
