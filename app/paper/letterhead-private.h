/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the typesetter alone asks of a letterhead. */
#pragma once

#include "paper/letterhead.h"

G_BEGIN_DECLS

typedef struct {
  double top, left, right, bottom; /* points from the sheet's edge */
} AccMargins;

const AccMargins *acc_letterhead_get_margins (AccLetterhead *self);

/* The contrast of two colours, 1…21, by WCAG 2.1's relative luminance. */
double acc_colour_contrast (const AccColour *one, const AccColour *other);

G_END_DECLS
