/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn signature as smooth vector curves, a little thinner where the hand was fast. */
#include "paper/pages-private.h"

#include <math.h>

#define WIDTH_SLOW 1.7     /* points */
#define WIDTH_FAST 0.9
#define WIDTH_PLAIN 1.4    /* where the pad gave no times */
#define WIDTH_STEP 0.1     /* neighbours of one width share a path */
#define SPEED_FAST 0.0025  /* widths of the pad a millisecond */

/* The mean over three points on either side: one late event does not make a blot. */
static double
speed_at (const AccPoint *points, guint n, guint at)
{
  guint from = at > 3 ? at - 3 : 0, to = MIN (at + 3, n - 1);
  double way = 0;

  for (guint i = from; i < to; i++)
    way += hypot (points[i + 1].x - points[i].x, (points[i + 1].y - points[i].y) / ACC_SIGNATURE_PAD_ASPECT);
  return points[to].ms > points[from].ms ? way / (points[to].ms - points[from].ms) : -1;
}

static double
width_at (const AccPoint *points, guint n, guint at)
{
  double speed = speed_at (points, n, at);

  if (speed < 0)
    return WIDTH_PLAIN;

  double width = WIDTH_SLOW - (WIDTH_SLOW - WIDTH_FAST) * MIN (speed / SPEED_FAST, 1);
  return round (width / WIDTH_STEP) * WIDTH_STEP;
}

/* One span of a Catmull-Rom spline through the points, as a Bézier curve. */
static void
curve_to (cairo_t *cr, const AccPoint *points, guint n, guint at)
{
  const AccPoint *p0 = &points[at > 0 ? at - 1 : 0], *p1 = &points[at];
  const AccPoint *p2 = &points[at + 1], *p3 = &points[MIN (at + 2, n - 1)];

  cairo_curve_to (cr, p1->x + (p2->x - p0->x) / 6, p1->y + (p2->y - p0->y) / 6, p2->x - (p3->x - p1->x) / 6,
                  p2->y - (p3->y - p1->y) / 6, p2->x, p2->y);
}

static void
stroke_path (cairo_t *cr, const AccArea *box, double width)
{
  /* The path stays where the pad's scale has put it; the pen is round only in the page's. */
  cairo_scale (cr, 1 / box->width, 1 / box->height);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  cairo_scale (cr, box->width, box->height);
}

static void
draw_stroke (cairo_t *cr, const AccArea *box, const AccPoint *points, guint n)
{
  double width = width_at (points, n, 0);

  cairo_move_to (cr, points[0].x, points[0].y);
  if (n == 1)
    cairo_line_to (cr, points[0].x, points[0].y);
  for (guint i = 0; i + 1 < n; i++)
    {
      double next = width_at (points, n, i);

      if (fabs (next - width) > WIDTH_STEP / 2)
        {
          stroke_path (cr, box, width);
          cairo_move_to (cr, points[i].x, points[i].y);
          width = next;
        }
      curve_to (cr, points, n, i);
    }
  stroke_path (cr, box, width);
}

void
acc_strokes_draw (const AccSignature *signature, cairo_t *cr, const AccArea *box)
{
  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, box->width, box->height);
  for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
    {
      guint n = 0;
      const AccPoint *points = acc_signature_get_stroke (signature, i, &n);

      if (n > 0)
        draw_stroke (cr, box, points, n);
    }
  cairo_restore (cr);
}
