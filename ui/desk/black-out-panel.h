/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words are taken out of what leaves the branch, and why: both required. The story and the names on the page are
 * there to be read and selected in, by keys as well; the letter itself is not touched. Emits "blacked-out" or "closed".
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_TYPE_BLACK_OUT_PANEL (acc_black_out_panel_get_type ())
G_DECLARE_FINAL_TYPE (AccBlackOutPanel, acc_black_out_panel, ACC, BLACK_OUT_PANEL, GtkWidget)

/* The words of @letter, with those of @passages (as acc_passages_to_text; "" for none) marked already, and @selected, which
 * may be NULL, where they have it. The focus is on the words. */
void acc_black_out_panel_begin (AccBlackOutPanel *self, AccLetter *letter, const char *passages, const char *selected);

/* What "blacked-out" was emitted with. */
GArray *acc_black_out_panel_dup_passages (AccBlackOutPanel *self) G_GNUC_WARN_UNUSED_RESULT; /* NULL: none */
char *acc_black_out_panel_dup_reason (AccBlackOutPanel *self) G_GNUC_WARN_UNUSED_RESULT;

void acc_black_out_panel_set_reason (AccBlackOutPanel *self, const char *reason); /* as it was begun before */

/* Forgets the words: the panel is on the screen no more. */
void acc_black_out_panel_end (AccBlackOutPanel *self);

G_END_DECLS
