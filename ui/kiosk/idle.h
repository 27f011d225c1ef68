/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a letter that nobody writes any more. After some quiet the kiosk asks whether somebody is still there
 * and counts down; any touch, key, pointer or deed of assistive technology goes on, as often as wished. Else it emits
 * "gone", and its owner forgets the letter. Counted by the clock since boot. Main thread. */
#pragma once

#include "kit/ask.h"

G_BEGIN_DECLS

/* What is on the screen: how long it may stand, and what is asked. */
typedef enum {
  ACC_IDLE_NOTHING,  /* nobody's, or what must not be broken off, such as sending */
  ACC_IDLE_WELCOME,  /* nothing personal: what somebody chose there goes without a question */
  ACC_IDLE_LETTER,
  ACC_IDLE_FAREWELL,
  ACC_IDLE_N
} AccIdleScreen;

#define ACC_TYPE_IDLE (acc_idle_get_type ())
G_DECLARE_FINAL_TYPE (AccIdle, acc_idle, ACC, IDLE, GObject)

/* Watches @window, as long as it is realized, and asks through @ask, which is in it. */
AccIdle *acc_idle_new (GtkWindow *window, AccAsk *ask) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds of quiet before the question, and of the countdown. */
void acc_idle_set_seconds (AccIdle *self, guint quiet, guint warning);

/* Another screen begins its own quiet; the same one goes on with it. */
void acc_idle_set_screen (AccIdle *self, AccIdleScreen screen);

/* Somebody did what no event tells of: an answer has changed. */
void acc_idle_note (AccIdle *self);

gboolean acc_idle_is_asking (AccIdle *self);

G_END_DECLS
