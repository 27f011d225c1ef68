/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn signature as ink: each stroke one filled outline, wider where the hand was slow. The pad, the sheet and the
 * PDF draw it alike. Any thread. */
#pragma once

#include "letter/signature.h"
#include "paper/typesetter.h"

G_BEGIN_DECLS

typedef struct _AccInkOutline AccInkOutline;

/* Worked out once for who draws it again: that costs more than drawing. A signature of another kind has no ink. */
AccInkOutline *acc_ink_outline_new (const AccSignature *signature) G_GNUC_WARN_UNUSED_RESULT;
AccInkOutline *acc_ink_outline_ref (AccInkOutline *self) G_GNUC_WARN_UNUSED_RESULT;
void acc_ink_outline_unref (AccInkOutline *self);

/* Into @box (the pad's shape; the ink is up to half its width outside) in the current colour. */
void acc_ink_outline_draw (AccInkOutline *self, cairo_t *cr, const AccArea *box);

/* Both, once. */
void acc_strokes_draw (const AccSignature *signature, cairo_t *cr, const AccArea *box);

G_END_DECLS
