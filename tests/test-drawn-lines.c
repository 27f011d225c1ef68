/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one types is the paper: each letter that the sheet has ready for the screen stands where the letter's PDF, read
 * by poppler, has it: on the same page, so in the same line, to a twentieth of a point up and down. */
#include "drawing-support.h"
#include "generated-support.h"

#include "kit/look.h"
#include "kit/sheet.h"
#include "letter/letter-json.h"
#include "paper-support.h"
#include "window-support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHT 700
#define BRANCH "Market Street branch"

/* Points. Up and down, and in its shape, a letter may differ by what an outline's rounded points make of it. Along the
 * line it may drift: a PDF has the letters' widths in thousandths of the type's size, rounded, and a letter stands
 * where those before it end. Half a thousandth for each of a line's letters is a quarter of a point, not a tenth of a
 * millimetre. */
#define TOLERANCE 0.05
#define DRIFT 0.25

#ifdef __SANITIZE_ADDRESS__
#define N_TEXTS 40
#else
#define N_TEXTS 200
#endif

static const char *const letterheads[] = { "harbour-vale", "three-arches" };

static GtkWidget *window, *sheet;
static double most_apart, most_drift; /* of all letters so far, points */
static guint32 seed_in_use;           /* 0: a fixture */

static void
show_sheet (void)
{
  sheet = acc_sheet_new ();
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), sheet);
  gtk_window_present (GTK_WINDOW (window));
  test_settle (window);
}

/* Lent. */
static AccLetterhead *
get_letterhead (guint number)
{
  static AccLetterhead *loaded[G_N_ELEMENTS (letterheads)];
  g_autoptr (GError) error = NULL;

  if (loaded[number] == NULL)
    loaded[number] = acc_letterhead_load_named (letterheads[number], &error);
  g_assert_no_error (error);
  return loaded[number];
}

static AccPages *
set_pages (AccLetter *letter, AccLetterhead *letterhead)
{
  g_autoptr (GError) error = NULL;
  AccPages *pages = acc_typeset_letter (letter, BRANCH, TEST_NUMBER, letterhead, &error);

  g_assert_no_error (error);
  return pages;
}

/* What the kiosk's sheet shows: the letter in the making, once all questions are passed, answered or not. */
static AccPages *
set_sketch (AccLetter *letter, AccLetterhead *letterhead)
{
  g_autoptr (AccLetter) sketch = acc_letter_new_sketch_at (acc_letter_get_fields (letter), ACC_FIELD_NONE);

  return set_pages (sketch, letterhead);
}

/* The places of the paper's pages. */
static GArray *
list_leaves (void)
{
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  GtkWidget *paper = test_find_paper (sheet);

  for (GtkWidget *part = gtk_widget_get_first_child (paper); part != NULL; part = gtk_widget_get_next_sibling (part))
    {
      graphene_rect_t leaf;

      if (gtk_widget_has_css_class (part, "sheet-page")
          && gtk_widget_compute_bounds (part, gtk_widget_get_parent (paper), &leaf))
        g_array_append_val (leaves, leaf);
    }
  return leaves;
}

static char *
name_line (AccPages *pages, guint page, double baseline)
{
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      if (line.page == page && fabs (line.baseline - baseline) < 0.5)
        return g_strdup_printf ("page %u, “%s”", page + 1, line.text);
    }
  return g_strdup_printf ("page %u, %g points down", page + 1, baseline);
}

/* The page fills its leaf; as much of it is beyond the leaf's left edge as beyond its right. */
static void
assert_on_leaf (const TestPlace *place, AccPages *pages, const graphene_rect_t *leaf)
{
  double width = acc_pages_get_width (pages) * place->scale, height = acc_pages_get_height (pages) * place->scale;

  g_assert_cmpfloat_with_epsilon (place->y, leaf->origin.y, 0.1);
  g_assert_cmpfloat_with_epsilon (place->y + height, leaf->origin.y + leaf->size.height, 1.1);
  g_assert_cmpfloat_with_epsilon (place->x + width / 2, leaf->origin.x + leaf->size.width / 2, 0.5);
  g_assert_cmpfloat (width, >=, leaf->size.width - 0.5);
}

/* Takes the letters from the sheet to the paper. */
static void
scale_glyphs (GArray *glyphs, const TestPlace *place)
{
  for (guint i = 0; i < glyphs->len; i++)
    {
      TestGlyph *glyph = &g_array_index (glyphs, TestGlyph, i);

      glyph->x = (glyph->x - place->x) / place->scale;
      glyph->baseline = (glyph->baseline - place->y) / place->scale;
      graphene_rect_offset (&glyph->ink, -place->x, -place->y);
      graphene_rect_scale (&glyph->ink, 1 / place->scale, 1 / place->scale, &glyph->ink);
      glyph->area /= place->scale * place->scale;
    }
}

/* How far apart two letters are, in points: their baselines, the edges of their ink from their origins, and their
 * areas, which say how far their outlines are apart in the mean. */
static double
compare_glyphs (const TestGlyph *one, const TestGlyph *other)
{
  const graphene_rect_t *a = &one->ink, *b = &other->ink;
  double drift = one->x - other->x;
  const double apart[] = {
    one->baseline - other->baseline,
    a->origin.x - b->origin.x - drift,
    a->origin.y - b->origin.y,
    a->origin.x + a->size.width - b->origin.x - b->size.width - drift,
    a->origin.y + a->size.height - b->origin.y - b->size.height,
    (one->area - other->area) / (a->size.width + a->size.height),
  };
  double most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    most = MAX (most, fabs (apart[i]));
  return most;
}

static int
order_by_x (gconstpointer a, gconstpointer b)
{
  double apart = ((const TestGlyph *) a)->x - ((const TestGlyph *) b)->x;

  return apart < 0 ? -1 : apart > 0;
}

/* The first of @glyphs, which stand in the order of x, that is not left of @x. */
static guint
find_first (GArray *glyphs, double x)
{
  guint low = 0, high = glyphs->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (glyphs, TestGlyph, middle).x < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Takes the letter that is @glyph out of @glyphs: a PDF has those that run from the right in another order. FALSE if
 * there is none. */
static gboolean
take_glyph (GArray *glyphs, const TestGlyph *glyph)
{
  TestGlyph *nearest = NULL;

  for (guint i = find_first (glyphs, glyph->x - DRIFT); i < glyphs->len; i++)
    {
      TestGlyph *other = &g_array_index (glyphs, TestGlyph, i);

      if (other->x > glyph->x + DRIFT)
        break;
      if (compare_glyphs (glyph, other) <= TOLERANCE
          && (nearest == NULL || fabs (other->x - glyph->x) < fabs (nearest->x - glyph->x)))
        nearest = other;
    }
  if (nearest == NULL)
    return FALSE;
  most_apart = MAX (most_apart, compare_glyphs (glyph, nearest));
  most_drift = MAX (most_drift, fabs (nearest->x - glyph->x));
  nearest->baseline = G_MAXFLOAT;
  return TRUE;
}

static void
assert_page (AccPages *pages, guint page, GArray *drawn, GArray *printed)
{
  g_array_sort (drawn, order_by_x);
  for (guint i = 0; i < printed->len; i++)
    {
      const TestGlyph *glyph = &g_array_index (printed, TestGlyph, i);
      g_autofree char *line = NULL;

      if (take_glyph (drawn, glyph))
        continue;
      line = name_line (pages, page, glyph->baseline);
      g_error ("On %s, the sheet has not the PDF's letter %u, which stands at %g, %g (ACCOLADE_SEED=%u)", line, i,
               glyph->x, glyph->baseline, seed_in_use);
    }
}

/* A letter as poppler reads it from its PDF. */
static GPtrArray *
read_pdf (AccLetter *letter, AccLetterhead *letterhead)
{
  g_autoptr (AccPages) pages = set_pages (letter, letterhead);
  g_autoptr (GBytes) pdf = test_pdf (pages);

  return test_glyphs_of_pdf (pdf);
}

/* The letters on one leaf. */
static GArray *
take_leaf (GArray *drawn, const graphene_rect_t *leaf)
{
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (TestGlyph));

  for (guint i = 0; i < drawn->len; i++)
    if (graphene_rect_contains_rect (leaf, &g_array_index (drawn, TestGlyph, i).ink))
      g_array_append_val (taken, g_array_index (drawn, TestGlyph, i));
  return taken;
}

static void
assert_sheet_is_the_pdf (AccPages *pages, GPtrArray *printed)
{
  g_autoptr (GskRenderNode) node = test_draw_paper (sheet);
  g_autoptr (GArray) leaves = list_leaves ();
  g_autoptr (GArray) drawn = test_glyphs_of_node (node);
  guint n_taken = 0;
  TestPlace place;

  g_assert_cmpuint (leaves->len, ==, printed->len);
  for (guint page = 0; page < printed->len; page++)
    {
      const graphene_rect_t *leaf = &g_array_index (leaves, graphene_rect_t, page);
      GArray *there = g_ptr_array_index (printed, page);
      g_autoptr (GArray) here = take_leaf (drawn, leaf);

      if (here->len != there->len)
        g_error ("Page %u of the sheet has %u letters (of %u in all), the PDF's %u (ACCOLADE_SEED=%u)", page + 1,
                 here->len, drawn->len, there->len, seed_in_use);
      if (page == 0)
        place = test_find_place (here, there);
      else
        place.y = leaf->origin.y;
      assert_on_leaf (&place, pages, leaf);
      scale_glyphs (here, &place);
      assert_page (pages, page, here, there);
      n_taken += here->len;
    }
  g_assert_cmpuint (n_taken, ==, drawn->len);
}

/* The same at any width: laid out at once, without waiting for a frame. */
static void
assert_sheet_is_the_pdf_at (int width, AccPages *pages, GPtrArray *printed)
{
  acc_sheet_set_pages (ACC_SHEET (sheet), pages);
  gtk_widget_allocate (sheet, width, HEIGHT, -1, NULL);
  assert_sheet_is_the_pdf (pages, printed);
}

static AccLetter *
change_paper (AccLetter *letter, AccPaper paper)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *changed;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (letter));
  fields.paper = paper;
  changed = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return changed;
}

static void
test_sheet_is_the_pdf_of (const char *fixture)
{
  static const int widths[] = { 380, 611, 700, 1013, 1900 };
  g_autofree char *name = g_strndup (fixture, strlen (fixture) - strlen (".json"));
  g_autoptr (AccLetter) letter = test_letter (name);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (letterheads); i++)
    {
      AccLetterhead *letterhead = get_letterhead (i / 2);
      g_autoptr (AccLetter) on_paper = change_paper (letter, i % 2 == 0 ? ACC_PAPER_LETTER : ACC_PAPER_A4);
      g_autoptr (AccPages) pages = set_sketch (on_paper, letterhead);
      g_autoptr (GPtrArray) printed = read_pdf (on_paper, letterhead);

      for (guint w = i; w < G_N_ELEMENTS (widths); w += 3)
        assert_sheet_is_the_pdf_at (widths[w], pages, printed);
    }
}

static void
test_fixtures_are_drawn_as_printed (void)
{
  g_autofree char *folder = test_fixture_path ("letters");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      test_sheet_is_the_pdf_of (name);
      n++;
    }
  g_assert_cmpuint (n, >=, 12);
}

/* A letter as it is being written: of what is told, the first @n characters. */
static AccLetter *
tell_first (AccLetter *letter, glong n)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *told;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (letter));
  *g_utf8_offset_to_pointer (fields.act, MIN (n, g_utf8_strlen (fields.act, -1))) = '\0';
  told = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return told;
}

/* What the sheet keeps from one key to the next is what it would draw. */
static void
test_typed_letters_are_drawn_as_printed (void)
{
  static const char *const names[] = { "full-page", "arabic", "hebrew", "chinese" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccLetter) letter = test_letter (names[i]);

      for (glong n = 3; n < g_utf8_strlen (acc_letter_get_fields (letter)->act, -1) + 9; n += 9)
        {
          g_autoptr (AccLetter) told = tell_first (letter, n);
          g_autoptr (AccPages) pages = set_sketch (told, get_letterhead (0));
          g_autoptr (GPtrArray) printed = read_pdf (told, get_letterhead (0));

          assert_sheet_is_the_pdf_at (700, pages, printed);
        }
    }
}

/* A window's own frames, as the window becomes wider. */
static void
assert_frames_are_the_pdf (void)
{
  static const int widths[] = { 420, 900 };
  static const char *const names[] = { "three-pages", "hebrew", "chinese" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccLetter) letter = test_letter (names[i]);
      g_autoptr (AccPages) pages = set_sketch (letter, get_letterhead (0));
      g_autoptr (GPtrArray) printed = read_pdf (letter, get_letterhead (0));

      acc_sheet_set_pages (ACC_SHEET (sheet), pages);
      for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
        {
          gtk_window_set_default_size (GTK_WINDOW (window), widths[w], HEIGHT);
          test_settle (window);
          g_assert_cmpint (gtk_widget_get_width (sheet), ==, widths[w]);
          assert_sheet_is_the_pdf (pages, printed);
        }
    }
}

static void
test_frames_are_drawn_as_printed (void)
{
  g_assert_cmpint (gtk_widget_get_scale_factor (sheet), ==, 1);
  assert_frames_are_the_pdf ();
}

/* On a screen that has two pixels for one: GDK asks for that as the program starts. */
static void
test_fine_frames_are_drawn_as_printed (void)
{
  if (g_test_subprocess ())
    {
      g_assert_cmpint (gtk_widget_get_scale_factor (sheet), ==, 2);
      assert_frames_are_the_pdf ();
      return;
    }
  g_setenv ("GDK_SCALE", "2", TRUE);
  g_test_trap_subprocess (NULL, 200 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("GDK_SCALE");
  g_test_trap_assert_passed ();
}

/* --- letters that nobody wrote --- */

/* Each text has a seed of its own: the first one's, and its number added. */
static void
test_generated_texts_are_drawn_as_printed (void)
{
  const char *more = g_getenv ("ACCOLADE_TEXTS");
  guint32 seed = test_seed (), n_texts = more != NULL ? (guint32) g_ascii_strtoull (more, NULL, 10) : N_TEXTS;

  for (guint32 i = 0; i < n_texts; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed + i);
      g_autoptr (AccLetter) letter = test_generate_letter (random);
      AccLetterhead *letterhead = get_letterhead (g_rand_int_range (random, 0, G_N_ELEMENTS (letterheads)));
      g_autoptr (AccPages) pages = set_sketch (letter, letterhead);
      g_autoptr (GPtrArray) printed = read_pdf (letter, letterhead);

      seed_in_use = seed + i;
      assert_sheet_is_the_pdf_at (g_rand_int_range (random, 300, 2000), pages, printed);
    }
  g_print ("# %u texts, ACCOLADE_SEED=%u: no letter more than %.3f points off, nor %.3f along its line\n", n_texts,
           seed, most_apart, most_drift);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_look_init (gdk_display_get_default ());
  show_sheet ();

  g_test_add_func ("/drawn-lines/fixtures-are-drawn-as-printed", test_fixtures_are_drawn_as_printed);
  g_test_add_func ("/drawn-lines/typed-letters-are-drawn-as-printed", test_typed_letters_are_drawn_as_printed);
  g_test_add_func ("/drawn-lines/frames-are-drawn-as-printed", test_frames_are_drawn_as_printed);
  g_test_add_func ("/drawn-lines/fine-frames-are-drawn-as-printed", test_fine_frames_are_drawn_as_printed);
  g_test_add_func ("/drawn-lines/generated-texts-are-drawn-as-printed", test_generated_texts_are_drawn_as_printed);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  return status;
}
