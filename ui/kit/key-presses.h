/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fingers on keys. A key is struck when the finger leaves it; the next finger's coming strikes the one before. One that is
 * held emits "held" (key), which may open choices: then the finger slides to one of them, or leaves them open to be
 * tapped. Else it repeats, if that is wanted. Private to the kit; main thread. */
#pragma once

#include "kit/key.h"

G_BEGIN_DECLS

#define ACC_TYPE_KEY_PRESSES (acc_key_presses_get_type ())
G_DECLARE_FINAL_TYPE (AccKeyPresses, acc_key_presses, ACC, KEY_PRESSES, GObject)

/* @choices, lent, is the parent of the keys that one may slide to. Emits "pressed" (key) when a finger comes down. */
AccKeyPresses *acc_key_presses_new (GtkWidget *choices) G_GNUC_WARN_UNUSED_RESULT;

/* Milliseconds: between two strikes of a key that is held, 0 for never; and after a strike within which another one of the
 * same key is a hand that trembles. */
void acc_key_presses_set_timing (AccKeyPresses *self, guint repeat, guint double_strike);

void acc_key_presses_watch (AccKeyPresses *self, AccKey *key);

/* Forgets what is pressed, and what was. Before keys are taken away, too. */
void acc_key_presses_forget (AccKeyPresses *self);

G_END_DECLS
