/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn stroke on its way to ink. Any thread. Lengths are points where the pad is as wide as on the paper. */
#pragma once

#include <cairo.h>
#include <math.h>

#include "letter/signature.h"

G_BEGIN_DECLS

#define ACC_INK_PAD_WIDTH 150.0
#define ACC_INK_PAD_HEIGHT (ACC_INK_PAD_WIDTH / ACC_SIGNATURE_PAD_ASPECT)
#define ACC_INK_EVEN 1.3 /* the width of ink that nothing is known of */

typedef struct {
  double x, y;
} AccSpot;

/* One place of a smooth stroke, and how wide the ink is there. */
typedef struct {
  AccSpot at;
  double width;
} AccInk;

/* @n points as the hand meant them: AccInk, evenly far from one another. Where the pen did not move, one. */
GArray *acc_strokes_smooth (const AccPoint *points, guint n) G_GNUC_WARN_UNUSED_RESULT;

/* Draws Bézier curves, from the current point, that pass @spots (AccSpot) at less than the eye can see, and returns
 * how many they are. */
guint acc_strokes_fit (cairo_t *cr, GArray *spots);

static inline AccSpot
acc_spot_mix (AccSpot one, AccSpot other, double share)
{
  return (AccSpot){ one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share };
}

/* Without hypot's care for numbers that are far from any page's, and its price. */
static inline double
acc_spot_distance (AccSpot one, AccSpot other)
{
  double x = other.x - one.x, y = other.y - one.y;

  return sqrt (x * x + y * y);
}

/* From @one towards @other, of length 1; 0 where they are one place. */
static inline AccSpot
acc_spot_towards (AccSpot one, AccSpot other)
{
  double length = acc_spot_distance (one, other);

  return length > 0 ? (AccSpot){ (other.x - one.x) / length, (other.y - one.y) / length } : (AccSpot){ 0, 0 };
}

G_END_DECLS
