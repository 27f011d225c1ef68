/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn signature as ink: each stroke one filled outline, wider where the hand was slow. The pad, the sheet and the
 * PDF draw by this function. Any thread. */
#pragma once

#include "letter/signature.h"
#include "paper/typesetter.h"

G_BEGIN_DECLS

/* Draws the strokes of @signature into @box (the pad's shape; the ink is up to half its width outside) in the current
 * colour. One of another kind has none. */
void acc_strokes_draw (const AccSignature *signature, cairo_t *cr, const AccArea *box);

G_END_DECLS
