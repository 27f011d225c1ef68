/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the typesetter alone asks of a composition. */
#pragma once

#include "paper/composition.h"

G_BEGIN_DECLS

/* Whether a block that is not yet signed keeps the room for its signature. */
gboolean acc_composition_keeps_signature_room (AccComposition *self);

/* Where in the block's text the client's answer stands ("For Jessica Okafor": 4 and 14), bytes. */
void acc_composition_get_answer (AccComposition *self, guint block, gsize *lead, gsize *length);

/* The byte of the block's text that shows byte @byte of the answer as it was typed; the nearest, where another block does. */
gsize acc_composition_find_set (AccComposition *self, guint block, gsize byte);

/* The byte of the answer, as it was typed, that byte @byte of the block's text shows; the nearest, where that is the bank's. */
gsize acc_composition_find_typed (AccComposition *self, guint block, gsize byte);

/* What each figure of the paper shows, in reading order, told in the bank's words: the emblem of @bank, then the
 * signatures that are drawn. */
GStrv acc_composition_dup_figures (AccComposition *self, const char *bank) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
