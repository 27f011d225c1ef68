/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn signature as ink: where it lies, how wide it is, how much room it takes. */
#include "paper-support.h"
#include "paper/strokes.h"

#include <math.h>

#define PEN 2.0    /* points that the widest ink stays below */
#define SCALE 12   /* pixels a point where ink is measured */
#define POINT_MS 7 /* from point to point of a quick pad */
#define PIXEL (1.0 / 720)

static const AccArea box = { 0, 0, 150, 50 };

/* --- signatures --- */

static GPtrArray *
no_strokes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

static GArray *
add_stroke (GPtrArray *strokes)
{
  GArray *stroke = g_array_new (FALSE, FALSE, sizeof (AccPoint));

  g_ptr_array_add (strokes, stroke);
  return stroke;
}

static void
add_point (GArray *stroke, double x, double y, guint32 ms)
{
  AccPoint point = { (float) x, (float) y, ms };

  g_array_append_val (stroke, point);
}

/* A straight line in @n points, at @ms from point to point, whose points lie up to @tremor beside it. */
static AccSignature *
draw_line (double from, double to, guint n, guint32 ms, double tremor)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  g_autoptr (GRand) hand = g_rand_new_with_seed (20261121);
  GArray *stroke = add_stroke (strokes);

  for (guint i = 0; i < n; i++)
    {
      double x = from + (to - from) * i / (n - 1) + g_rand_double_range (hand, -1, 1) * tremor;

      add_point (stroke, x, 0.5 + g_rand_double_range (hand, -1, 1) * tremor * ACC_SIGNATURE_PAD_ASPECT, i * ms);
    }
  return acc_signature_new_strokes (strokes);
}

/* A hand that writes @n points of loops all over the pad, as high as @height of it. */
static AccSignature *
draw_loops (guint n, double loops, double height)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  g_autoptr (GRand) hand = g_rand_new_with_seed (20261121);
  GArray *stroke = add_stroke (strokes);

  for (guint i = 0; i < n; i++)
    {
      double share = (double) i / n, angle = share * loops * 2 * G_PI;
      double x = 0.1 + 0.8 * share + 0.04 * cos (angle), y = 0.5 + height / 2 * sin (angle);

      add_point (stroke, x + g_rand_double_range (hand, -1, 1) * PIXEL,
                 y + g_rand_double_range (hand, -1, 1) * PIXEL * ACC_SIGNATURE_PAD_ASPECT, i * POINT_MS);
    }
  return acc_signature_new_strokes (strokes);
}

static AccSignature *
draw_points (const AccPoint *points, guint n)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();

  g_array_append_vals (add_stroke (strokes), points, n);
  return acc_signature_new_strokes (strokes);
}

/* --- ink --- */

/* A picture of the pad and ten points around it, SCALE pixels a point. */
static cairo_surface_t *
picture_of (const AccSignature *signature)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_A8, 170 * SCALE, 70 * SCALE);
  cairo_t *cr = cairo_create (picture);

  cairo_scale (cr, SCALE, SCALE);
  cairo_translate (cr, 10, 10);
  acc_strokes_draw (signature, cr, &box);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

/* How much of the pixel at x, y points of the pad is ink. */
static double
ink_at (cairo_surface_t *picture, double x, double y)
{
  const guint8 *pixels = cairo_image_surface_get_data (picture);
  int column = (int) floor ((x + 10) * SCALE), row = (int) floor ((y + 10) * SCALE);

  return pixels[row * cairo_image_surface_get_stride (picture) + column] / 255.0;
}

typedef struct {
  double width, middle; /* points */
} Slice;

static Slice
slice_at (cairo_surface_t *picture, double x)
{
  double sum = 0, moment = 0;

  for (double y = -9.9; y < 59.9; y += 1.0 / SCALE)
    {
      sum += ink_at (picture, x, y);
      moment += ink_at (picture, x, y) * y;
    }
  return (Slice){ sum / SCALE, sum > 0 ? moment / sum : 0 };
}

/* To a pixel; where most of it is ink. */
static AccArea
ink_of (const AccSignature *signature)
{
  cairo_surface_t *picture = picture_of (signature);
  double left = 999, right = -999, top = 999, bottom = -999;

  for (double x = -10 + 0.5 / SCALE; x < 160; x += 1.0 / SCALE)
    for (double y = -10 + 0.5 / SCALE; y < 60; y += 1.0 / SCALE)
      if (ink_at (picture, x, y) > 0.5)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }
  cairo_surface_destroy (picture);
  return (AccArea){ left, top, right - left, bottom - top };
}

static double
area_of (const AccSignature *signature)
{
  cairo_surface_t *picture = picture_of (signature);
  double area = 0;

  for (double x = -9.95; x < 159.95; x += 1.0 / SCALE)
    area += slice_at (picture, x).width / SCALE;
  cairo_surface_destroy (picture);
  return area;
}

static gsize
bytes_of (AccSignature *signature)
{
  g_autoptr (AccLetter) typed = test_letter_of ("Thank you.", "en");
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (typed));
  g_clear_pointer (&fields.from[0].signature, acc_signature_unref);
  fields.from[0].signature = signature != NULL ? acc_signature_ref (signature) : acc_signature_new_witnessed ("Ana");

  g_autoptr (AccLetter) letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (GBytes) pdf = test_pdf (pages);
  return g_bytes_get_size (pdf);
}

/* --- where it lies --- */

static void
assert_inside (const AccSignature *signature)
{
  AccArea ink = ink_of (signature);

  g_assert_cmpfloat (ink.x, >=, -PEN / 2);
  g_assert_cmpfloat (ink.y, >=, -PEN / 2);
  g_assert_cmpfloat (ink.x + ink.width, <=, box.width + PEN / 2);
  g_assert_cmpfloat (ink.y + ink.height, <=, box.height + PEN / 2);
  g_assert_cmpfloat (ink.width, >, 0.5);
  g_assert_cmpfloat (ink.height, >, 0.5);
}

static void
test_ink_stays_in_the_box (void)
{
  g_autoptr (AccSignature) loops = draw_loops (600, 12, 1);
  static const AccPoint around[] = { { 0, 0, 0 }, { 1, 0, 90 }, { 1, 1, 180 }, { 0, 1, 270 }, { 0, 0, 360 } };
  g_autoptr (AccSignature) frame = draw_points (around, G_N_ELEMENTS (around));

  assert_inside (loops);
  assert_inside (frame);
}

static void
test_ink_follows_the_box (void)
{
  g_autoptr (AccSignature) line = draw_line (0.2, 0.8, 100, POINT_MS, 0);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_A8, 400, 300);
  cairo_t *cr = cairo_create (picture);
  const guint8 *pixels = cairo_image_surface_get_data (picture);
  int stride = cairo_image_surface_get_stride (picture);

  acc_strokes_draw (line, cr, &(AccArea){ 50, 100, 2 * box.width, 2 * box.height });
  cairo_surface_flush (picture);
  g_assert_cmpuint (pixels[150 * stride + 50 + 64], >, 200);
  g_assert_cmpuint (pixels[150 * stride + 50 + 57], ==, 0);
  g_assert_cmpuint (pixels[150 * stride + 50 + 236], >, 200);
  g_assert_cmpuint (pixels[150 * stride + 50 + 243], ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
}

/* --- how it looks --- */

static void
test_trembled_line_comes_out_straight (void)
{
  static const guint points[] = { 700, 150, 40 }; /* a slow hand, one as usual, a quick one */

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (AccSignature) line = draw_line (0.1, 0.9, points[i], POINT_MS, PIXEL);
      cairo_surface_t *picture = picture_of (line);
      Slice before = slice_at (picture, 25);

      for (double x = 26; x <= 125; x++)
        {
          Slice slice = slice_at (picture, x);

          g_assert_cmpfloat_with_epsilon (slice.middle, 25, 0.15);
          g_assert_cmpfloat_with_epsilon (slice.middle, before.middle, 0.06);
          g_assert_cmpfloat_with_epsilon (slice.width, before.width, 0.06);
          before = slice;
        }
      cairo_surface_destroy (picture);
    }
}

static void
test_meant_corner_stays (void)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  GArray *stroke = add_stroke (strokes);

  for (guint i = 0; i <= 100; i++)
    add_point (stroke, 0.2 + 0.3 * i / 100, 0.8, i * POINT_MS);
  for (guint i = 1; i <= 100; i++)
    add_point (stroke, 0.5, 0.8 - 0.6 * i / 100, (100 + i) * POINT_MS);

  g_autoptr (AccSignature) corner = acc_signature_new_strokes (strokes);
  cairo_surface_t *picture = picture_of (corner);

  g_assert_cmpfloat (ink_at (picture, 74.8, 39.8), ==, 1); /* the corner itself, within a fifth of a point */
  g_assert_cmpfloat (ink_at (picture, 73.5, 38.5), ==, 0); /* its inside is free of ink … */
  g_assert_cmpfloat (ink_at (picture, 76.2, 41.2), ==, 0); /* … and nothing stands out */
  g_assert_cmpfloat_with_epsilon (slice_at (picture, 60).middle, 40, 0.03);
  cairo_surface_destroy (picture);
}

static void
test_fast_is_thinner_than_slow (void)
{
  g_autoptr (AccSignature) slow = draw_line (0.1, 0.9, 800, POINT_MS, 0);
  g_autoptr (AccSignature) usual = draw_line (0.1, 0.9, 100, POINT_MS, 0);
  g_autoptr (AccSignature) fast = draw_line (0.1, 0.9, 25, POINT_MS, 0);

  g_assert_cmpfloat (area_of (fast), >, 120 * 0.6);
  g_assert_cmpfloat (area_of (usual), >, 1.15 * area_of (fast));
  g_assert_cmpfloat (area_of (slow), >, 1.15 * area_of (usual));
  g_assert_cmpfloat (area_of (slow), <, 120 * PEN);
}

static void
test_width_changes_smoothly (void)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  GArray *stroke = add_stroke (strokes);

  for (guint i = 0; i <= 300; i++) /* from a crawl to a dash at one point */
    add_point (stroke, 0.1 + 0.4 * i / 300, 0.5, i * POINT_MS);
  for (guint i = 1; i <= 10; i++)
    add_point (stroke, 0.5 + 0.4 * i / 10, 0.5, (300 + i) * POINT_MS);

  g_autoptr (AccSignature) line = acc_signature_new_strokes (strokes);
  cairo_surface_t *picture = picture_of (line);

  g_assert_cmpfloat (slice_at (picture, 40).width, >, 1.6 * slice_at (picture, 110).width);
  for (double x = 16; x < 134; x += 0.5)
    g_assert_cmpfloat_with_epsilon (slice_at (picture, x).width, slice_at (picture, x + 0.5).width, 0.12);
  cairo_surface_destroy (picture);
}

static void
test_ends_taper_and_are_round (void)
{
  g_autoptr (AccSignature) line = draw_line (0.1, 0.9, 150, POINT_MS, 0);
  cairo_surface_t *picture = picture_of (line);
  double middle = slice_at (picture, 75).width;
  double start = slice_at (picture, 15).width, end = slice_at (picture, 135).width;

  g_assert_cmpfloat (start, >, 0.6 * middle);
  g_assert_cmpfloat (start, <, 0.9 * middle);
  g_assert_cmpfloat (end, >, 0.4 * middle);
  g_assert_cmpfloat (end, <, start);
  /* A half circle: at half its radius from the end the width is √3/2 of the whole. */
  g_assert_cmpfloat_with_epsilon (slice_at (picture, 15 - start / 4).width, start * sqrt (3) / 2, 0.12);
  g_assert_cmpfloat (slice_at (picture, 15 - start / 2 - 0.2).width, ==, 0);
  cairo_surface_destroy (picture);
}

static void
test_without_times_the_width_is_even (void)
{
  g_autoptr (AccSignature) line = draw_line (0.1, 0.9, 150, 0, 0);
  cairo_surface_t *picture = picture_of (line);

  for (double x = 15; x <= 135; x++)
    g_assert_cmpfloat_with_epsilon (slice_at (picture, x).width, 1.3, 0.05);
  cairo_surface_destroy (picture);
}

/* A clock that is set back says nothing of what comes after it, and spoils nothing before. */
static void
test_clock_set_back_stands_still (void)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  g_autoptr (AccSignature) good = draw_line (0.1, 0.9, 400, POINT_MS, 0);
  GArray *stroke = add_stroke (strokes);

  for (guint i = 0; i < 400; i++)
    add_point (stroke, 0.1 + 0.8 * i / 399, 0.5, (i < 200 ? 200 + i : i - 200) * POINT_MS);

  g_autoptr (AccSignature) set_back = acc_signature_new_strokes (strokes);
  cairo_surface_t *one = picture_of (good), *other = picture_of (set_back);

  for (double x = 15; x < 55; x++)
    g_assert_cmpfloat_with_epsilon (slice_at (one, x).width, slice_at (other, x).width, 0.06);
  g_assert_cmpfloat (slice_at (other, 110).width, <, slice_at (other, 40).width);
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
}

static void
test_dot_is_round (void)
{
  static const AccPoint tap[] = { { 0.5f, 0.5f, 0 }, { 0.5f, 0.5f, 12 }, { 0.5f + (float) PIXEL, 0.5f, 31 } };

  for (guint n = 1; n <= G_N_ELEMENTS (tap); n++)
    {
      g_autoptr (AccSignature) dot = draw_points (tap, n);
      AccArea ink = ink_of (dot);

      g_assert_cmpfloat_with_epsilon (ink.width, ink.height, 1.0 / SCALE);
      g_assert_cmpfloat_with_epsilon (ink.x + ink.width / 2, 75, 0.25);
      g_assert_cmpfloat_with_epsilon (ink.y + ink.height / 2, 25, 0.05);
      g_assert_cmpfloat (ink.width, >, 1.5);
      g_assert_cmpfloat (ink.width, <, PEN);
      g_assert_cmpfloat_with_epsilon (area_of (dot), G_PI / 4 * 1.9 * 1.9, 0.05);
    }
}

/* A small circle has its middle, and a stroke that crosses itself, or comes back, leaves no hole. */
static void
test_crossings_stay_filled (void)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  GArray *eight = add_stroke (strokes), *back = add_stroke (strokes), *knot = add_stroke (strokes);

  for (guint i = 0; i <= 200; i++)
    add_point (eight, 0.3 + 0.2 * sin (i * G_PI / 100), 0.5 + 0.3 * sin (i * G_PI / 50), i * POINT_MS);
  for (guint i = 0; i <= 200; i++)
    add_point (back, 0.7, 0.2 + 0.6 * (i <= 100 ? i : 200 - i) / 100, i * POINT_MS);
  for (guint i = 0; i <= 200; i++)
    add_point (knot, 0.85 + 0.005 * sin (i * G_PI / 50), 0.5 + 0.015 * cos (i * G_PI / 50), i * POINT_MS);

  g_autoptr (AccSignature) signature = acc_signature_new_strokes (strokes);
  cairo_surface_t *picture = picture_of (signature);

  g_assert_cmpfloat (ink_at (picture, 45, 25), ==, 1);
  for (double y = 10.5; y < 40; y += 0.5)
    g_assert_cmpfloat (ink_at (picture, 105, y), ==, 1);
  g_assert_cmpfloat (ink_at (picture, 105, 40.2), ==, 1); /* the turn is as round as the pen */
  for (double x = 126.9; x < 128.2; x += 0.1)
    g_assert_cmpfloat (ink_at (picture, x, 25), ==, 1);
  g_assert_cmpfloat (ink_at (picture, 60, 10), ==, 0);
  cairo_surface_destroy (picture);
}

/* --- how much room it takes --- */

static void
test_ordinary_signature_takes_6_kb (void)
{
  g_autoptr (AccSignature) signature = draw_loops (300, 8, 0.5);
  gsize bare = bytes_of (NULL), drawn = bytes_of (signature);

  g_test_message ("300 points: %" G_GSIZE_FORMAT " bytes", drawn - bare);
  g_assert_cmpuint (drawn - bare, <=, 6000);
}

static AccSignature *
draw_largest (guint n_strokes, gboolean wild)
{
  g_autoptr (GPtrArray) strokes = no_strokes ();
  g_autoptr (GRand) hand = g_rand_new_with_seed (20261121);
  double x = 0.5, y = 0.5;
  GArray *stroke = NULL;

  for (guint i = 0; i < ACC_SIGNATURE_POINTS_MAX; i++)
    {
      if (i % (ACC_SIGNATURE_POINTS_MAX / n_strokes) == 0)
        stroke = add_stroke (strokes);
      x = wild ? g_rand_double (hand) : CLAMP (x + g_rand_double_range (hand, -1, 1) * 0.02, 0, 1);
      y = wild ? g_rand_double (hand) : CLAMP (y + g_rand_double_range (hand, -1, 1) * 0.06, 0, 1);
      add_point (stroke, x, y, wild ? g_rand_int (hand) : i * POINT_MS);
    }
  return acc_signature_new_strokes (strokes);
}

static void
test_largest_signatures_take_60_kb (void)
{
  static const guint strokes[] = { 1, 4, 40, 400, 2000, ACC_SIGNATURE_POINTS_MAX };
  gsize bare = bytes_of (NULL);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (strokes); i++)
    {
      g_autoptr (AccSignature) signature = draw_largest (strokes[i / 2], i % 2 == 1);
      gint64 start = test_cpu_time ();

      assert_inside (signature);
      gsize drawn = bytes_of (signature);
      g_test_message ("%u strokes%s: %" G_GSIZE_FORMAT " bytes, %" G_GINT64_FORMAT " ms", strokes[i / 2],
                      i % 2 == 1 ? ", wild" : "", drawn - bare, (test_cpu_time () - start) / 1000);
      g_assert_cmpuint (drawn - bare, <=, 60000);
    }

  for (double loops = 40; loops <= 140; loops += 20) /* a hand of 28 s, calm to wild */
    {
      g_autoptr (AccSignature) signature = draw_loops (ACC_SIGNATURE_POINTS_MAX, loops, 0.9);
      gsize drawn = bytes_of (signature);

      g_test_message ("%g loops: %" G_GSIZE_FORMAT " bytes", loops, drawn - bare);
      g_assert_cmpuint (drawn - bare, <=, 60000);
    }
}

/* --- what no hand draws --- */

static const struct {
  const char *what;
  AccPoint points[6];
  guint n;
} strange[] = {
  { "one place, many times", { { 1, 1, 0 }, { 1, 1, 9 }, { 1, 1, 9 }, { 1, 1, 700 } }, 4 },
  { "two points", { { 0.2f, 0.2f, 0 }, { 0.8f, 0.8f, 7 } }, 2 },
  { "two neighbours", { { 0.2f, 0.2f, 0 }, { 0.2004f, 0.2f, 7 } }, 2 },
  { "half a point apart", { { 0.2f, 0.2f, 0 }, { 0.2033f, 0.2f, 7 } }, 2 },
  { "to and fro", { { 0, 0, 0 }, { 1, 1, 7 }, { 0, 0, 14 }, { 1, 1, 21 }, { 0, 0, 28 }, { 1, 1, 35 } }, 6 },
  { "out and back", { { 0.5f, 0.5f, 0 }, { 0.505f, 0.5f, 7 }, { 0.5f, 0.5f, 14 } }, 3 },
  { "a clock that goes back", { { 0.1f, 0.5f, 900 }, { 0.3f, 0.2f, 600 }, { 0.5f, 0.7f, 30 }, { 0.9f, 0.5f, 0 } }, 4 },
  { "a clock that leaps", { { 0.1f, 0.5f, 0 }, { 0.3f, 0.2f, G_MAXUINT32 }, { 0.5f, 0.7f, G_MAXUINT32 } }, 3 },
  { "means in one place", { { 0, 0.5f, 0 }, { 0.0019f, 0.5f, 1 }, { 0.0022f, 0.5f, 2 }, { 0.0003f, 0.5f, 3 } }, 4 },
  { "outside", { { -9, -9, 0 }, { 9, 9, 7 }, { 9, -9, 14 } }, 3 },
  { "no numbers", { { NAN, 0.5f, 0 }, { 0.5f, -NAN, 7 }, { INFINITY, -INFINITY, 14 } }, 3 },
};

static void
test_strange_strokes_are_ink_too (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autoptr (AccSignature) signature = draw_points (strange[i].points, strange[i].n);

      g_test_message ("%s: %.1f square points", strange[i].what, area_of (signature));
      assert_inside (signature);
      g_assert_cmpfloat (area_of (signature), >, 0.5);
    }
}

static void
test_other_signatures_have_no_ink (void)
{
  g_autoptr (AccSignature) typed = acc_signature_new_typed ("Maria López");

  g_assert_cmpfloat (area_of (typed), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strokes/ink-stays-in-the-box", test_ink_stays_in_the_box);
  g_test_add_func ("/strokes/ink-follows-the-box", test_ink_follows_the_box);
  g_test_add_func ("/strokes/trembled-line-comes-out-straight", test_trembled_line_comes_out_straight);
  g_test_add_func ("/strokes/meant-corner-stays", test_meant_corner_stays);
  g_test_add_func ("/strokes/fast-is-thinner-than-slow", test_fast_is_thinner_than_slow);
  g_test_add_func ("/strokes/width-changes-smoothly", test_width_changes_smoothly);
  g_test_add_func ("/strokes/ends-taper-and-are-round", test_ends_taper_and_are_round);
  g_test_add_func ("/strokes/without-times-the-width-is-even", test_without_times_the_width_is_even);
  g_test_add_func ("/strokes/clock-set-back-stands-still", test_clock_set_back_stands_still);
  g_test_add_func ("/strokes/dot-is-round", test_dot_is_round);
  g_test_add_func ("/strokes/crossings-stay-filled", test_crossings_stay_filled);
  g_test_add_func ("/strokes/ordinary-signature-takes-6-kb", test_ordinary_signature_takes_6_kb);
  g_test_add_func ("/strokes/largest-signatures-take-60-kb", test_largest_signatures_take_60_kb);
  g_test_add_func ("/strokes/strange-strokes-are-ink-too", test_strange_strokes_are_ink_too);
  g_test_add_func ("/strokes/other-signatures-have-no-ink", test_other_signatures_have_no_ink);
  return g_test_run ();
}
