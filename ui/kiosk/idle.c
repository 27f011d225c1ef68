/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/idle.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "kit/countdown.h"
#include "kit/presence.h"

#define LOOK_EACH 1000 /* milliseconds */
#define QUIET_SECONDS 90 /* until told otherwise */
#define WARNING_SECONDS 30

typedef struct {
  guint divisor;        /* of the quiet that is set; 0: it may stand for ever */
  const char *question; /* NULL: none is asked */
  const char *explanation;
} ScreenRow;

static const ScreenRow screen_rows[ACC_IDLE_N] = {
  [ACC_IDLE_NOTHING] = { 0, NULL, NULL },
  [ACC_IDLE_WELCOME] = { 1, NULL, NULL },
  [ACC_IDLE_LETTER] = { 1, N_ ("Are you still there?"),
                        N_ ("Touch the screen or press any key to go on. If not, what you have written is cleared, so that "
                            "nobody else reads it.") },
  [ACC_IDLE_FAREWELL] = { 2, N_ ("Are you still there?"), /* nothing is lost with it, and the next client waits */
                          N_ ("Touch the screen or press any key to keep this page. If not, it closes.") },
};

struct _AccIdle {
  GObject parent_instance;

  AccAsk *ask;
  AccPresence *presence;
  gint64 quiet, warning; /* microseconds */
  AccIdleScreen screen;
  gboolean touched; /* since the screen began */
  gboolean asking;
  gint64 deadline;         /* of the countdown, microseconds since boot */
  AccCountdown *countdown; /* in the question */
  guint look;              /* source */
};

enum { GONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccIdle, acc_idle, G_TYPE_OBJECT)

static void
stop_asking (AccIdle *self)
{
  if (!self->asking)
    return;
  self->asking = FALSE;
  g_clear_object (&self->countdown);
  acc_ask_answer (self->ask, FALSE);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccIdle) self = data;

  if (self->asking)
    acc_presence_note (self->presence);
}

static void
show_left (AccIdle *self)
{
  gint64 left = MAX (self->deadline - acc_clock_boot (), 0);

  acc_countdown_set_seconds (self->countdown, (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
}

static void
begin_asking (AccIdle *self)
{
  const ScreenRow *row = &screen_rows[self->screen];
  AccQuestion question = {
    .question = _ (row->question),
    .explanation = _ (row->explanation),
    .no = _ ("I am still here"),
  };

  self->deadline = acc_clock_boot () + self->warning;
  self->countdown = ACC_COUNTDOWN (g_object_ref_sink (acc_countdown_new ()));
  show_left (self);
  question.extra = GTK_WIDGET (self->countdown);
  acc_ask_async (self->ask, &question, NULL, on_answered, g_object_ref (self));
  self->asking = TRUE; /* only now: the question takes the focus, which is nobody’s deed */
}

static void
leave (AccIdle *self)
{
  stop_asking (self);
  acc_presence_note (self->presence);
  self->touched = FALSE;
  g_signal_emit (self, signals[GONE], 0);
}

static gboolean
on_look (gpointer data)
{
  AccIdle *self = data;
  const ScreenRow *row = &screen_rows[self->screen];
  gboolean is_over = acc_presence_get_away (self->presence) >= self->quiet / row->divisor;

  if (self->asking && acc_clock_boot () >= self->deadline)
    leave (self);
  else if (self->asking)
    show_left (self);
  else if (is_over && row->question != NULL)
    begin_asking (self);
  else if (is_over && self->touched)
    leave (self);
  return G_SOURCE_CONTINUE;
}

/* What answers the question does nothing else: it was meant for the question. */
static gboolean
on_seen (AccIdle *self)
{
  gboolean was_asking = self->asking;

  self->touched = TRUE;
  stop_asking (self);
  return was_asking;
}

/* A screen reader may walk on without a key. */
static void
on_focus (AccIdle *self)
{
  if (self->asking)
    acc_presence_note (self->presence);
}

/* The window goes, and the question with it. */
static void
on_unrealize (AccIdle *self)
{
  acc_idle_set_screen (self, ACC_IDLE_NOTHING);
}

static void
acc_idle_dispose (GObject *object)
{
  AccIdle *self = ACC_IDLE (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->presence);
  g_clear_object (&self->countdown);
  G_OBJECT_CLASS (acc_idle_parent_class)->dispose (object);
}

static void
acc_idle_class_init (AccIdleClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_idle_dispose;

  signals[GONE] = g_signal_new ("gone", ACC_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_idle_init (AccIdle *self)
{
  acc_idle_set_seconds (self, QUIET_SECONDS, WARNING_SECONDS);
}

AccIdle *
acc_idle_new (GtkWindow *window, AccAsk *ask)
{
  AccIdle *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ACC_IS_ASK (ask), NULL);

  self = g_object_new (ACC_TYPE_IDLE, NULL);
  self->ask = ask;
  self->presence = acc_presence_new (window);
  g_signal_connect_object (self->presence, "seen", G_CALLBACK (on_seen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (on_focus), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "unrealize", G_CALLBACK (on_unrealize), self, G_CONNECT_SWAPPED);
  return self;
}

void
acc_idle_set_seconds (AccIdle *self, guint quiet, guint warning)
{
  g_return_if_fail (ACC_IS_IDLE (self));

  self->quiet = (gint64) quiet * G_USEC_PER_SEC;
  self->warning = (gint64) warning * G_USEC_PER_SEC;
}

void
acc_idle_set_screen (AccIdle *self, AccIdleScreen screen)
{
  g_return_if_fail (ACC_IS_IDLE (self));
  g_return_if_fail (screen < ACC_IDLE_N);

  if (screen == self->screen)
    return;
  acc_presence_note (self->presence);
  self->screen = screen;
  self->touched = FALSE;
  if (screen_rows[screen].divisor == 0)
    g_clear_handle_id (&self->look, g_source_remove);
  else if (self->look == 0)
    self->look = g_timeout_add (LOOK_EACH, on_look, self);
}

void
acc_idle_note (AccIdle *self)
{
  g_return_if_fail (ACC_IS_IDLE (self));

  acc_presence_note (self->presence);
}

gboolean
acc_idle_is_asking (AccIdle *self)
{
  g_return_val_if_fail (ACC_IS_IDLE (self), FALSE);

  return self->asking;
}
