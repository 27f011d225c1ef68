/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keyboard inside the window, for fingers: no compositor can be relied on to lay one over a full-screen program.
 *
 * It types into whichever field of its window has the focus, and never takes that itself. It shows itself while such a
 * field has the focus and the window is used by touch, and steps aside for a key of a real keyboard until a field is
 * touched again. Shift is struck once for the next letter, twice to stay. Another key goes round the scripts of the
 * languages that are offered, Latin always being one; an address of mail begins with Latin. A key that is held, or struck
 * after the key of the accents, offers what else it has. Nothing is kept of what was typed. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "base/config.h"

G_BEGIN_DECLS

#define ACC_TYPE_KEYBOARD (acc_keyboard_get_type ())
G_DECLARE_FINAL_TYPE (AccKeyboard, acc_keyboard, ACC, KEYBOARD, GtkWidget)

GtkWidget *acc_keyboard_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The keys of a language, by its tag; English where there is no layout of it, or a wrong one, which is warned of. */
void acc_keyboard_set_language (AccKeyboard *self, const char *language);

/* The languages that are offered, as kiosk.languages spells them ("" for all): a key leads to one of each script. */
void acc_keyboard_set_offered (AccKeyboard *self, const char *languages);

/* @use as accolade.conf spells it: auto (once the window is touched), on (from the start, and a mouse is taken for a
 * finger) or off. */
void acc_keyboard_set_use (AccKeyboard *self, const char *use);

/* Milliseconds: between two strikes of a key that is held, 0 for never; and for which a second strike of the same key is
 * taken for a trembling hand's, 0 to 500. */
void acc_keyboard_set_timing (AccKeyboard *self, guint repeat, guint double_strike);

/* What is offered, use and timing as the branch's @config has them. */
void acc_keyboard_take_config (AccKeyboard *self, AccConfig *config);

/* Forgets what one client did: script, Shift, page, choices, where the hands were. */
void acc_keyboard_wipe (AccKeyboard *self);

G_END_DECLS
