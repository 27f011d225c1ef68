/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was heard from, on which day, and what they said: chosen among what can be, so that nothing can be wrong. Emits "heard" or
 * "closed". Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-letter.h"

G_BEGIN_DECLS

#define ACC_TYPE_HEARD_PANEL (acc_heard_panel_get_type ())
G_DECLARE_FINAL_TYPE (AccHeardPanel, acc_heard_panel, ACC, HEARD_PANEL, GtkWidget)

/* Of whom of @letter's recipients something can be noted. */
gboolean acc_heard_panel_can_begin (AccDeskLetter *letter);

/* With recipient @position chosen; 0: the first who has not been heard from. The focus is on who it was. */
void acc_heard_panel_begin (AccHeardPanel *self, AccDeskLetter *letter, guint position);

/* What "heard" was emitted with. */
guint acc_heard_panel_get_position (AccHeardPanel *self);
const char *acc_heard_panel_get_day (AccHeardPanel *self); /* YYYY-MM-DD, lent */
char *acc_heard_panel_dup_words (AccHeardPanel *self) G_GNUC_WARN_UNUSED_RESULT; /* "" for none */

/* As they were begun before; a @day that cannot be chosen is left. */
void acc_heard_panel_set_words (AccHeardPanel *self, const char *words);
void acc_heard_panel_set_day (AccHeardPanel *self, const char *day);

/* Forgets the words: the panel is on the screen no more. */
void acc_heard_panel_end (AccHeardPanel *self);

G_END_DECLS
