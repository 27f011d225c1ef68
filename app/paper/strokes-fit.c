/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many spots -> few Bézier curves: one cubic by least squares, parted at its worst spot where that is too far away
 * (Ph. J. Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems, 1990). */
#include "paper/strokes-private.h"

#define TOLERANCE 0.04  /* points: a sixth of a pixel at 300 dots an inch */
#define HANDLE_MAX 1.5  /* of the way between the ends; a longer handle would make a loop */
#define LENGTH_MAX 40.0 /* points; a longer part is halved without a try */
#define PART_MIN 0.25   /* of the spots on either side, so that parting ends soon */

typedef struct {
  cairo_t *cr;
  const AccSpot *spots;
  const double *ways; /* from the first spot of all */
  guint n_curves;
} Fit;

static double
share_at (const Fit *fit, guint first, guint last, guint at)
{
  return (fit->ways[at] - fit->ways[first]) / (fit->ways[last] - fit->ways[first]);
}

static AccSpot
direction_at (const Fit *fit, guint at)
{
  AccSpot along = acc_spot_towards (fit->spots[at - 1], fit->spots[at + 1]);

  return along.x != 0 || along.y != 0 ? along : acc_spot_towards (fit->spots[at - 1], fit->spots[at]);
}

static double
dot (AccSpot one, AccSpot other)
{
  return one.x * other.x + one.y * other.y;
}

static AccSpot
go (AccSpot from, AccSpot direction, double way)
{
  return (AccSpot){ from.x + direction.x * way, from.y + direction.y * way };
}

/* The handles' lengths for which the sum of the squares of all errors is least. */
static void
set_handles (const Fit *fit, guint first, guint last, AccSpot out, AccSpot in, AccSpot curve[4])
{
  double c00 = 0, c01 = 0, c11 = 0, x0 = 0, x1 = 0;
  double chord = acc_spot_distance (curve[0], curve[3]);

  for (guint i = first + 1; i < last; i++)
    {
      double t = share_at (fit, first, last, i), u = 1 - t;
      double b1 = 3 * u * u * t, b2 = 3 * u * t * t, start = u * u * u + b1, end = t * t * t + b2;
      AccSpot a0 = { out.x * b1, out.y * b1 }, a1 = { in.x * b2, in.y * b2 };
      AccSpot rest = { fit->spots[i].x - curve[0].x * start - curve[3].x * end,
                       fit->spots[i].y - curve[0].y * start - curve[3].y * end };

      c00 += dot (a0, a0);
      c01 += dot (a0, a1);
      c11 += dot (a1, a1);
      x0 += dot (a0, rest);
      x1 += dot (a1, rest);
    }

  double determinant = c00 * c11 - c01 * c01;
  double before = determinant > 1e-12 ? (x0 * c11 - x1 * c01) / determinant : 0;
  double after = determinant > 1e-12 ? (c00 * x1 - c01 * x0) / determinant : 0;

  if (before < chord / 100 || after < chord / 100 || MAX (before, after) > chord * HANDLE_MAX)
    before = after = chord / 3;
  curve[1] = go (curve[0], out, before);
  curve[2] = go (curve[3], in, after);
}

static AccSpot
bezier (const AccSpot p[4], double t)
{
  double u = 1 - t, b0 = u * u * u, b1 = 3 * u * u * t, b2 = 3 * u * t * t, b3 = t * t * t;

  return (AccSpot){ p[0].x * b0 + p[1].x * b1 + p[2].x * b2 + p[3].x * b3,
                    p[0].y * b0 + p[1].y * b1 + p[2].y * b2 + p[3].y * b3 };
}

/* The spot that is farthest from the curve, or first where none is too far. */
static guint
find_worst (const Fit *fit, guint first, guint last, const AccSpot curve[4])
{
  double most = TOLERANCE;
  guint worst = first;

  for (guint i = first + 1; i < last; i++)
    {
      double error = acc_spot_distance (fit->spots[i], bezier (curve, share_at (fit, first, last, i)));

      if (error > most)
        {
          most = error;
          worst = i;
        }
    }
  return worst;
}

/* Where to part the spots, or first where one curve will do. */
static guint
try_one (Fit *fit, guint first, guint last, AccSpot out, AccSpot in)
{
  AccSpot curve[4] = { fit->spots[first], { 0, 0 }, { 0, 0 }, fit->spots[last] };
  guint worst, margin = MAX ((last - first) * PART_MIN, 1);

  if (last - first > 1 && fit->ways[last] - fit->ways[first] > LENGTH_MAX)
    return (first + last) / 2;
  set_handles (fit, first, last, out, in, curve);
  worst = find_worst (fit, first, last, curve);
  if (worst != first)
    return CLAMP (worst, first + margin, last - margin);
  cairo_curve_to (fit->cr, curve[1].x, curve[1].y, curve[2].x, curve[2].y, curve[3].x, curve[3].y);
  fit->n_curves++;
  return first;
}

/* @out and @in lead from the ends into the curve. */
static void
fit_part (Fit *fit, guint first, guint last, AccSpot out, AccSpot in)
{
  guint part = try_one (fit, first, last, out, in);

  if (part == first)
    return;

  AccSpot along = direction_at (fit, part);

  fit_part (fit, first, part, out, (AccSpot){ -along.x, -along.y });
  fit_part (fit, part, last, along, in);
}

guint
acc_strokes_fit (cairo_t *cr, GArray *spots)
{
  const AccSpot *spot = (const AccSpot *) (gconstpointer) spots->data;
  guint n = spots->len;
  g_autofree double *ways = g_new (double, n);
  Fit fit = { cr, spot, ways, 0 };

  if (n < 2)
    return 0;
  ways[0] = 0;
  for (guint i = 1; i < n; i++)
    ways[i] = ways[i - 1] + acc_spot_distance (spot[i - 1], spot[i]);
  fit_part (&fit, 0, n - 1, acc_spot_towards (spot[0], spot[1]), acc_spot_towards (spot[n - 1], spot[n - 2]));
  return fit.n_curves;
}
