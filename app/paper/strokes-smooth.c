/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pad's points -> a smooth stroke: a spline through them, sampled evenly, and smoothed along its length, which is
 * the same for a slow hand's many points and a quick hand's few. */
#include "paper/strokes-private.h"

#define STEP (1.0 / 3)  /* points from sample to sample */
#define REST 0.3        /* points; less is a pen at rest, seen by a pad that trembles */
#define TREMOR 1.0      /* points; what is shorter along the stroke is not the hand's … */
#define HOP_TREMOR 8    /* … nor what is shorter than as many times that, and less than a pixel aside */
#define PIXEL 0.17      /* points, a little less than on the smallest pad */
#define HOP_SWELL 4     /* times TREMOR: along which the width follows the speed */
#define KERNEL_REACH 10 /* steps */

#define WIDTH_SLOW 1.75
#define WIDTH_FAST 0.65
#define WIDTH_DOT 1.9
#define SPEED_HALF 0.15 /* points a millisecond at which the ink is half way from slow to fast */
#define TAPER_LENGTH 5.0
#define TAPER_SHARE 0.35 /* of a short stroke */
#define TAPER_START 0.25 /* of the width is gone at the tip */
#define TAPER_END 0.5

typedef enum { KERNEL_PLACES, KERNEL_VALUES } Kernel;

typedef struct {
  AccSpot at;
  double ms;
} Moment;

static AccSpot
place (const AccPoint *point)
{
  return (AccSpot){ point->x * ACC_INK_PAD_WIDTH, point->y * ACC_INK_PAD_HEIGHT };
}

/* The points, those of a pen at rest as one: their mean. A clock that goes back stands still. */
static GArray *
gather (const AccPoint *points, guint n)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  guint32 ms = points[0].ms;

  for (guint i = 0, end; i < n; i = end)
    {
      AccSpot first = place (&points[i]);
      Moment mean = { { 0, 0 }, 0 };

      for (end = i; end < n && acc_spot_distance (place (&points[end]), first) <= REST; end++)
        {
          AccSpot at = place (&points[end]);

          ms = MAX (ms, points[end].ms);
          mean = (Moment){ { mean.at.x + at.x, mean.at.y + at.y }, mean.ms + ms };
        }
      mean = (Moment){ { mean.at.x / (end - i), mean.at.y / (end - i) }, mean.ms / (end - i) };
      g_array_append_val (moments, mean);
    }
  return moments;
}

/* Where a centripetal Catmull-Rom spline leaves @b for @c, having come from @a: the Bézier curve's second point. It
 * makes no loops of its own between points that lie unevenly (Yuksel et al., "Parameterization and applications of
 * Catmull-Rom curves", 2011). */
static AccSpot
leave (AccSpot a, AccSpot b, AccSpot c)
{
  double before = sqrt (acc_spot_distance (a, b)), after = sqrt (acc_spot_distance (b, c));

  if (before < 0.001 || after < 0.001)
    return acc_spot_mix (b, c, 1.0 / 3);

  double share = after / (before + after), backwards = after / before;
  AccSpot in = { (b.x - a.x) * backwards, (b.y - a.y) * backwards };
  AccSpot out = { c.x - b.x, c.y - b.y };
  AccSpot way = { in.x * share + out.x * (1 - share), in.y * share + out.y * (1 - share) };

  return (AccSpot){ b.x + way.x / 3, b.y + way.y / 3 };
}

static AccSpot
bezier (const AccSpot p[4], double t)
{
  AccSpot a = acc_spot_mix (p[0], p[1], t), b = acc_spot_mix (p[1], p[2], t), c = acc_spot_mix (p[2], p[3], t);

  return acc_spot_mix (acc_spot_mix (a, b, t), acc_spot_mix (b, c, t), t);
}

/* The spline through the moments, at steps that are short but not even. */
static GArray *
trace (GArray *moments)
{
  const Moment *m = (const Moment *) (gconstpointer) moments->data;
  GArray *traced = g_array_new (FALSE, FALSE, sizeof (Moment));

  g_array_append_val (traced, m[0]);
  for (guint i = 0; i + 1 < moments->len; i++)
    {
      AccSpot before = m[i > 0 ? i - 1 : 0].at, after = m[MIN (i + 2, moments->len - 1)].at;
      AccSpot from = m[i].at, to = m[i + 1].at;
      AccSpot curve[4] = { from, leave (before, from, to), leave (after, to, from), to };
      guint steps = ceil (acc_spot_distance (from, to) / STEP) + 1;

      for (guint k = 1; k <= steps; k++)
        {
          double t = (double) k / steps;
          Moment moment = { bezier (curve, t), m[i].ms + (m[i + 1].ms - m[i].ms) * t };

          g_array_append_val (traced, moment);
        }
    }
  return traced;
}

static double
measure (GArray *moments)
{
  const Moment *m = (const Moment *) (gconstpointer) moments->data;
  double length = 0;

  for (guint i = 0; i + 1 < moments->len; i++)
    length += acc_spot_distance (m[i].at, m[i + 1].at);
  return length;
}

/* Every STEP along the way, or nearly so: both ends are kept. */
static GArray *
space_evenly (GArray *traced, double length)
{
  const Moment *m = (const Moment *) (gconstpointer) traced->data;
  GArray *even = g_array_new (FALSE, FALSE, sizeof (Moment));
  guint n = MAX (ceil (length / STEP), 4);
  double gone = 0;

  g_array_append_val (even, m[0]);
  for (guint i = 0; i + 1 < traced->len; i++)
    {
      double step = acc_spot_distance (m[i].at, m[i + 1].at);

      while (even->len < n && even->len * length / n < gone + step)
        {
          double share = (even->len * length / n - gone) / step;
          Moment moment = { acc_spot_mix (m[i].at, m[i + 1].at, share), m[i].ms + (m[i + 1].ms - m[i].ms) * share };

          g_array_append_val (even, moment);
        }
      gone += step;
    }
  g_array_append_val (even, m[traced->len - 1]);
  return even;
}

/* Weights of a Gaussian kernel TREMOR wide; of the fourth order (Wand and Jones, "Kernel Smoothing", 1995, 2.8), it
 * leaves bends as wide as itself where they are, instead of cutting them. */
static void
make_kernel (double weights[KERNEL_REACH + 1], gboolean fourth)
{
  double sum = 0;

  for (guint i = 0; i <= KERNEL_REACH; i++)
    {
      double u = i * STEP / TREMOR;

      weights[i] = exp (-u * u / 2) * (fourth ? 1.5 - u * u / 2 : 1);
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
  for (guint i = 0; i <= KERNEL_REACH; i++)
    weights[i] /= sum;
}

/* Beyond an end the values are mirrored: places about the last one, so that this one stays where it is. */
static double
value_at (const double *values, int n, int at, Kernel kind)
{
  int end = at < 0 ? 0 : n - 1;

  if (at >= 0 && at < n)
    return values[at];

  double mirrored = values[CLAMP (2 * end - at, 0, n - 1)];
  return kind == KERNEL_PLACES ? 2 * values[end] - mirrored : mirrored;
}

/* Values that lie @stride doubles apart, weighed with every @hop-th on either side: done again with hops of twice the
 * length, it smooths ever more at the same cost (the algorithme à trous; Holschneider et al., 1989). */
static void
smooth (double *values, int n, guint stride, int hop, Kernel kind)
{
  int reach = KERNEL_REACH * hop;
  g_autofree double *rough = g_new (double, n), *wide = g_new (double, n + 2 * reach);
  double weights[KERNEL_REACH + 1];

  make_kernel (weights, kind == KERNEL_PLACES);
  for (int i = 0; i < n; i++)
    rough[i] = values[i * stride];
  for (int i = 0; i < n + 2 * reach; i++)
    wide[i] = value_at (rough, n, i - reach, kind);
  for (int i = 0; i < n; i++)
    {
      const double *middle = wide + i + reach;
      double sum = middle[0] * weights[0];

      for (int k = 1; k <= KERNEL_REACH; k++)
        sum += weights[k] * (middle[-k * hop] + middle[k * hop]);
      values[i * stride] = sum;
    }
}

static void
smooth_spots (AccSpot *spots, int n, int hop)
{
  smooth (&spots->x, n, 2, hop, KERNEL_PLACES);
  smooth (&spots->y, n, 2, hop, KERNEL_PLACES);
}

/* How much of the ink is left @way before a tip. */
static double
taper (double way, double length, double gone)
{
  double share = way / MIN (TAPER_LENGTH, length * TAPER_SHARE);

  return share >= 1 ? 1 : 1 - gone * (1 - share) * (1 - share);
}

static double *
find_widths (GArray *even)
{
  const Moment *m = (const Moment *) (gconstpointer) even->data;
  guint n = even->len;
  double *widths = g_new (double, n), length = measure (even);
  gboolean timed = m[n - 1].ms > m[0].ms;

  for (guint i = 0; i < n; i++)
    {
      const Moment *before = &m[i > 0 ? i - 1 : 0], *after = &m[MIN (i + 1, n - 1)];
      double way = acc_spot_distance (before->at, after->at), half = (after->ms - before->ms) * SPEED_HALF;
      double fast = way > 0 ? way * way / (way * way + half * half) : 0;

      widths[i] = timed ? WIDTH_SLOW + (WIDTH_FAST - WIDTH_SLOW) * fast : ACC_INK_EVEN;
    }
  for (int hop = 1; timed && hop <= HOP_SWELL; hop *= 2)
    smooth (widths, n, 1, hop, KERNEL_VALUES);
  for (guint i = 0; timed && i < n; i++)
    {
      double share = (double) i / (n - 1);

      widths[i] *= taper (share * length, length, TAPER_START) * taper ((1 - share) * length, length, TAPER_END);
    }
  return widths;
}

/* One more degree of smoothing where it moves the stroke by less than a pad's pixel, and none where the hand meant a
 * bend or a corner: the kernel's width follows the data, as in Lepski's method ("On a problem of adaptive estimation in
 * Gaussian white noise", 1991). */
static void
calm (AccSpot *spots, const AccSpot *calmer, int n, int hop)
{
  g_autofree double *moved = g_new (double, n);

  for (int i = 0; i < n; i++)
    {
      double pixels = acc_spot_distance (spots[i], calmer[i]) / PIXEL;

      moved[i] = pixels * pixels;
    }
  smooth (moved, n, 1, hop, KERNEL_VALUES);
  for (int i = 0; i < n; i++)
    spots[i] = acc_spot_mix (spots[i], calmer[i], 1 / (1 + moved[i] * moved[i]));
}

static AccSpot *
find_places (GArray *even)
{
  const Moment *m = (const Moment *) (gconstpointer) even->data;
  guint n = even->len;
  AccSpot *spots = g_new (AccSpot, n);
  g_autofree AccSpot *calmer = NULL;

  for (guint i = 0; i < n; i++)
    spots[i] = m[i].at;
  smooth_spots (spots, n, 1);
  calmer = g_memdup2 (spots, n * sizeof (AccSpot));
  for (int hop = 2; hop <= HOP_TREMOR; hop *= 2)
    {
      smooth_spots (calmer, n, hop);
      calm (spots, calmer, n, hop);
    }
  /* Far from any point, the spline may have left the pad. */
  for (guint i = 0; i < n; i++)
    spots[i] = (AccSpot){ CLAMP (spots[i].x, 0, ACC_INK_PAD_WIDTH), CLAMP (spots[i].y, 0, ACC_INK_PAD_HEIGHT) };
  return spots;
}

GArray *
acc_strokes_smooth (const AccPoint *points, guint n)
{
  g_return_val_if_fail (points != NULL && n > 0, NULL);

  g_autoptr (GArray) moments = gather (points, n);
  g_autoptr (GArray) traced = trace (moments);
  double length = measure (traced);

  if (length < REST / 2)
    {
      GArray *dot = g_array_new (FALSE, FALSE, sizeof (AccInk));
      AccInk ink = { g_array_index (moments, Moment, 0).at, WIDTH_DOT };

      return g_array_append_val (dot, ink);
    }

  g_autoptr (GArray) even = space_evenly (traced, length);
  g_autofree AccSpot *places = find_places (even);
  g_autofree double *widths = find_widths (even);
  GArray *stroke = g_array_sized_new (FALSE, FALSE, sizeof (AccInk), even->len);

  for (guint i = 0; i < even->len; i++)
    {
      AccInk ink = { places[i], widths[i] };

      g_array_append_val (stroke, ink);
    }
  return stroke;
}
