/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/strokes.h"

#include "paper/strokes-private.h"

#define BEND_MAX (G_PI / 9)   /* radians between two edges' spots; wider ones are parted */
#define NEAR 0.01             /* points; spots of an edge that are closer are one */
#define HALF_CIRCLE (4.0 / 3) /* of the radius: the handles of a half circle as one Bézier curve, 2 % off at most */

/* What no hand signs: it is drawn in plain lines, so that it costs neither time nor room. */
#define LENGTH_MAX 12000.0 /* points: eighty times the pad's width */
#define CURVES_MAX 2900    /* 20 bytes of PDF each */

#define FINE 16 /* times as exact as the 256ths of a point that cairo rounds a path to */

struct _AccInkOutline
{
  cairo_path_t *path; /* on the pad, points */
  gboolean filled;    /* else its strokes are drawn as lines */
};

/* The two sides of a stroke. Both move forward at each place or stand, so that the outline winds one way all over: what
 * it crosses stays filled. */
typedef struct {
  GArray *left, *right; /* AccSpot */
  AccSpot start, end;   /* where the stroke leads at its ends */
} Edges;

static void
add_spot (GArray *edge, AccSpot at, AccSpot direction, double aside)
{
  AccSpot spot = { at.x + direction.y * aside, at.y - direction.x * aside };

  if (edge->len == 0 || acc_spot_distance (g_array_index (edge, AccSpot, edge->len - 1), spot) > NEAR)
    g_array_append_val (edge, spot);
}

/* Inside a bend the edge never reaches the bend's centre, beyond which it would run backwards: a soft least of half the
 * width and the bend's radius. @curvature: radians a point, positive to the right. */
static void
add_place (Edges *edges, const AccInk *ink, AccSpot direction, double curvature)
{
  double half = ink->width / 2, bend = fabs (curvature) * half;
  double inside = half / sqrt (sqrt (1 + bend * bend * bend * bend));

  add_spot (edges->left, ink->at, direction, curvature < 0 ? inside : half);
  add_spot (edges->right, ink->at, direction, curvature > 0 ? -inside : -half);
}

static AccSpot
turn (AccSpot direction, double angle)
{
  return (AccSpot){ direction.x * cos (angle) - direction.y * sin (angle),
                    direction.x * sin (angle) + direction.y * cos (angle) };
}

static double
angle_between (AccSpot one, AccSpot other)
{
  return atan2 (one.x * other.y - one.y * other.x, one.x * other.x + one.y * other.y);
}

/* Where a stroke comes back the very way that it went, it has no direction of its own at the tip. */
static AccSpot
direction_at (const AccInk *ink, guint n, guint at, AccSpot before)
{
  AccSpot direction = acc_spot_towards (ink[at > 0 ? at - 1 : 0].at, ink[MIN (at + 1, n - 1)].at);

  return direction.x != 0 || direction.y != 0 ? direction : before;
}

/* Between two places where the stroke turns sharply, the edge outside goes round like the tip of the pen. */
static void
add_turn (Edges *edges, const AccInk *ink, AccSpot direction, double angle)
{
  double step = acc_spot_distance (ink[0].at, ink[1].at);
  guint parts = ceil (fabs (angle) / BEND_MAX);

  for (guint k = 1; k < parts; k++)
    {
      double share = (double) k / parts;
      AccInk between = { acc_spot_mix (ink[0].at, ink[1].at, share), ink[0].width };

      add_place (edges, &between, turn (direction, angle * share), angle / MAX (step, NEAR));
    }
}

static void
add_edges (Edges *edges, const AccInk *ink, guint n)
{
  AccSpot direction = direction_at (ink, n, 0, (AccSpot){ 1, 0 });
  double before = 0;

  edges->start = direction;
  for (guint i = 0; i < n; i++)
    {
      AccSpot next = direction_at (ink, n, MIN (i + 1, n - 1), direction);
      double step = acc_spot_distance (ink[i].at, ink[MIN (i + 1, n - 1)].at);
      double angle = angle_between (direction, next);

      edges->end = direction;
      add_place (edges, &ink[i], direction, (before + angle) / 2 / MAX (step, NEAR));
      if (i + 1 < n)
        add_turn (edges, &ink[i], direction, angle);
      direction = next;
      before = angle;
    }
}

static void
add_half_circle (cairo_t *cr, AccSpot to, AccSpot direction)
{
  double x, y;

  cairo_get_current_point (cr, &x, &y);

  double way = acc_spot_distance ((AccSpot){ x, y }, to) / 2 * HALF_CIRCLE;

  cairo_curve_to (cr, x + direction.x * way, y + direction.y * way, to.x + direction.x * way, to.y + direction.y * way,
                  to.x, to.y);
}

static void
turn_round (GArray *spots)
{
  for (guint i = 0; i < spots->len / 2; i++)
    {
      AccSpot *one = &g_array_index (spots, AccSpot, i), *other = &g_array_index (spots, AccSpot, spots->len - 1 - i);
      AccSpot kept = *one;

      *one = *other;
      *other = kept;
    }
}

/* Forward along the left, round the end, back along the right, round the start. */
static guint
add_outline (cairo_t *cr, const AccInk *ink, guint n)
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (AccSpot));
  g_autoptr (GArray) right = g_array_new (FALSE, FALSE, sizeof (AccSpot));
  Edges edges = { left, right, { 0, 0 }, { 0, 0 } };
  guint curves;

  add_edges (&edges, ink, n);
  turn_round (right);

  AccSpot first = g_array_index (left, AccSpot, 0);

  cairo_move_to (cr, first.x, first.y);
  curves = acc_strokes_fit (cr, left);
  add_half_circle (cr, g_array_index (right, AccSpot, 0), edges.end);
  curves += acc_strokes_fit (cr, right);
  add_half_circle (cr, first, (AccSpot){ -edges.start.x, -edges.start.y });
  cairo_close_path (cr);
  return curves + 2;
}

static guint
add_dot (cairo_t *cr, const AccInk *ink)
{
  double radius = ink->width / 2;
  AccSpot left = { ink->at.x - radius, ink->at.y }, right = { ink->at.x + radius, ink->at.y };

  cairo_move_to (cr, left.x, left.y);
  add_half_circle (cr, right, (AccSpot){ 0, -1 });
  add_half_circle (cr, left, (AccSpot){ 0, 1 });
  cairo_close_path (cr);
  return 2;
}

static gboolean
add_ink (cairo_t *cr, const AccSignature *signature)
{
  guint curves = 0;

  for (guint i = 0; i < acc_signature_get_n_strokes (signature) && curves <= CURVES_MAX; i++)
    {
      guint n = 0;
      const AccPoint *points = acc_signature_get_stroke (signature, i, &n);
      g_autoptr (GArray) stroke = acc_strokes_smooth (points, n);
      const AccInk *ink = (const AccInk *) (gconstpointer) stroke->data;

      curves += stroke->len == 1 ? add_dot (cr, ink) : add_outline (cr, ink, stroke->len);
    }
  return curves <= CURVES_MAX;
}

static void
add_lines (cairo_t *cr, const AccSignature *signature)
{
  for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
    {
      guint n = 0;
      const AccPoint *points = acc_signature_get_stroke (signature, i, &n);

      cairo_move_to (cr, points[0].x * ACC_INK_PAD_WIDTH, points[0].y * ACC_INK_PAD_HEIGHT);
      for (guint k = MIN (1, n - 1); k < n; k++)
        cairo_line_to (cr, points[k].x * ACC_INK_PAD_WIDTH, points[k].y * ACC_INK_PAD_HEIGHT);
    }
}

static double
measure (const AccSignature *signature)
{
  double length = 0;

  for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
    {
      guint n = 0;
      const AccPoint *points = acc_signature_get_stroke (signature, i, &n);

      for (guint k = 1; k < n; k++)
        length += hypot ((points[k].x - points[k - 1].x) * ACC_INK_PAD_WIDTH,
                         (points[k].y - points[k - 1].y) * ACC_INK_PAD_HEIGHT);
    }
  return length;
}

AccInkOutline *
acc_ink_outline_new (const AccSignature *signature)
{
  g_return_val_if_fail (signature != NULL, NULL);

  AccInkOutline *self = g_atomic_rc_box_new0 (AccInkOutline);
  cairo_surface_t *nothing = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (nothing);

  cairo_scale (cr, FINE, FINE);
  self->filled = measure (signature) <= LENGTH_MAX && add_ink (cr, signature);
  if (!self->filled)
    {
      cairo_new_path (cr);
      add_lines (cr, signature);
    }
  self->path = cairo_copy_path (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (nothing);
  return self;
}

AccInkOutline *
acc_ink_outline_ref (AccInkOutline *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_outline (gpointer data)
{
  cairo_path_destroy (((AccInkOutline *) data)->path);
}

void
acc_ink_outline_unref (AccInkOutline *self)
{
  g_atomic_rc_box_release_full (self, clear_outline);
}

void
acc_ink_outline_draw (AccInkOutline *self, cairo_t *cr, const AccArea *box)
{
  g_return_if_fail (self != NULL && cr != NULL && box != NULL);

  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, box->width / ACC_INK_PAD_WIDTH, box->height / ACC_INK_PAD_HEIGHT);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_set_line_width (cr, ACC_INK_EVEN);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  cairo_append_path (cr, self->path);
  if (self->filled)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
  cairo_restore (cr);
}

void
acc_strokes_draw (const AccSignature *signature, cairo_t *cr, const AccArea *box)
{
  AccInkOutline *outline = acc_ink_outline_new (signature);

  acc_ink_outline_draw (outline, cr, box);
  acc_ink_outline_unref (outline);
}
