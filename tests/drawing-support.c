/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawing-support.h"

#include "paper-support.h"

#include <cairo-svg.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#define SIDE 1000000.0
#define FINE 4.0 /* outlines come in 1/64 of a unit: this many units a point */

/* An outline, from the letter's own origin. */
typedef struct {
  graphene_rect_t ink;
  double area;
} Outline;

/* cairo's SVG: outlines first, then groups that are used whole, then what is drawn. */
typedef struct {
  GHashTable *outlines; /* "#glyph0-1" → Outline */
  GHashTable *groups;   /* "#surface5" → GArray of TestGlyph */
  GArray *drawn;        /* the group that is being read, or what is drawn in the end */
  char *symbol;
} Reader;

static const char *
get_value (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static double
get_number (const char **names, const char **values, const char *name)
{
  const char *value = get_value (names, values, name);

  return value != NULL ? g_ascii_strtod (value, NULL) : 0;
}

/* The box round all points of a path, "M 1 2 C 3 4 …", and the area of the polygons between them. */
static Outline
measure_path (const char *path)
{
  graphene_point_t start = { 0 }, last = { 0 };
  Outline outline = { 0 };
  gboolean any = FALSE, moves = FALSE;

  for (const char *at = path; *at != '\0';)
    {
      char *after;
      graphene_point_t point;

      point.x = g_ascii_strtod (at, &after);
      if (after == at)
        {
          moves = *at == ' ' ? moves : *at == 'M';
          at++;
          continue;
        }
      point.y = g_ascii_strtod (after, (char **) &at);
      if (moves)
        {
          outline.area += last.x * start.y - start.x * last.y;
          start = last = point;
        }
      moves = FALSE;
      outline.area += last.x * point.y - point.x * last.y;
      last = point;
      if (any)
        graphene_rect_expand (&outline.ink, &point, &outline.ink);
      else
        graphene_rect_init (&outline.ink, point.x, point.y, 0, 0);
      any = TRUE;
    }
  outline.area = (outline.area + last.x * start.y - start.x * last.y) / 2;
  return outline;
}

static void
draw_glyph (Reader *reader, const Outline *outline, double x, double y)
{
  TestGlyph glyph = { x, y, outline->ink, outline->area };

  graphene_rect_offset (&glyph.ink, x, y);
  if (outline->ink.size.width > 0)
    g_array_append_val (reader->drawn, glyph);
}

/* A group that was drawn before, seen through a matrix without a turn. */
static void
draw_group (Reader *reader, GArray *group, const char *transform)
{
  double m[6] = { 1, 0, 0, 1, 0, 0 };

  if (transform != NULL)
    {
      const char *at = transform + strlen ("matrix(");

      g_assert_true (g_str_has_prefix (transform, "matrix("));
      for (guint i = 0; i < 6; i++, at++)
        m[i] = g_ascii_strtod (at, (char **) &at);
    }
  g_assert_cmpfloat (m[1], ==, 0);
  g_assert_cmpfloat (m[2], ==, 0);
  for (guint i = 0; i < group->len; i++)
    {
      TestGlyph glyph = g_array_index (group, TestGlyph, i);

      glyph.x = glyph.x * m[0] + m[4];
      glyph.baseline = glyph.baseline * m[3] + m[5];
      graphene_rect_scale (&glyph.ink, m[0], m[3], &glyph.ink);
      glyph.area *= m[0] * m[3];
      graphene_rect_offset (&glyph.ink, m[4], m[5]);
      g_array_append_val (reader->drawn, glyph);
    }
}

static void
use (Reader *reader, const char **names, const char **values)
{
  const char *what = get_value (names, values, "xlink:href");
  const Outline *outline = g_hash_table_lookup (reader->outlines, what);
  GArray *group = g_hash_table_lookup (reader->groups, what);

  g_assert_true (outline != NULL || group != NULL);
  if (outline != NULL)
    draw_glyph (reader, outline, get_number (names, values, "x"), get_number (names, values, "y"));
  else
    draw_group (reader, group, get_value (names, values, "transform"));
}

static void
on_start (GMarkupParseContext *context, const char *element, const char **names, const char **values, gpointer data,
          GError **error)
{
  const char *id = get_value (names, values, "id");
  Reader *reader = data;

  if (strcmp (element, "symbol") == 0)
    {
      g_free (reader->symbol);
      reader->symbol = g_strconcat ("#", id, NULL);
    }
  else if (strcmp (element, "path") == 0 && reader->symbol != NULL)
    {
      const char *path = get_value (names, values, "d");
      Outline outline = measure_path (path != NULL ? path : "");

      g_hash_table_insert (reader->outlines, g_steal_pointer (&reader->symbol), g_memdup2 (&outline, sizeof outline));
    }
  else if (strcmp (element, "g") == 0 && id != NULL)
    {
      reader->drawn = g_array_new (FALSE, FALSE, sizeof (TestGlyph));
      g_hash_table_insert (reader->groups, g_strconcat ("#", id, NULL), reader->drawn);
    }
  else if (strcmp (element, "use") == 0)
    use (reader, names, values);
}

/* The last group that cairo writes is the whole of it. */
static GArray *
read_svg (GByteArray *svg)
{
  static const GMarkupParser parser = { .start_element = on_start };
  Reader reader = {
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref),
    g_array_new (FALSE, FALSE, sizeof (TestGlyph)),
    NULL,
  };
  g_autoptr (GArray) outside = reader.drawn;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  g_autoptr (GError) error = NULL;
  GArray *drawn;

  g_markup_parse_context_parse (context, (const char *) svg->data, svg->len, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  drawn = g_array_ref (reader.drawn);
  g_hash_table_unref (reader.outlines);
  g_hash_table_unref (reader.groups);
  g_free (reader.symbol);
  return drawn;
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

typedef void (*Draw) (cairo_t *cr, gpointer what);

static GArray *
read_drawing (Draw draw, gpointer what)
{
  g_autoptr (GByteArray) svg = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (collect, svg, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  GArray *glyphs;

  cairo_scale (cr, FINE, FINE);
  draw (cr, what);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  glyphs = read_svg (svg);
  for (guint i = 0; i < glyphs->len; i++)
    {
      TestGlyph *glyph = &g_array_index (glyphs, TestGlyph, i);

      glyph->x /= FINE;
      glyph->baseline /= FINE;
      graphene_rect_scale (&glyph->ink, 1 / FINE, 1 / FINE, &glyph->ink);
      glyph->area /= FINE * FINE;
    }
  return glyphs;
}

static PopplerDocument *
open_pdf (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static void
draw_pdf (cairo_t *cr, gpointer page)
{
  poppler_page_render_for_printing (page, cr);
}

GPtrArray *
test_glyphs_of_pdf (GBytes *pdf)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  PopplerDocument *document = open_pdf (pdf);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);

      g_ptr_array_add (pages, read_drawing (draw_pdf, page));
      g_object_unref (page);
    }
  g_object_unref (document);
  return pages;
}

GArray *
test_find_in_pdf (GBytes *pdf, guint page, const char *word)
{
  PopplerDocument *document = open_pdf (pdf);
  PopplerPage *read = poppler_document_get_page (document, page);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  GList *found = poppler_page_find_text (read, word);
  double height;

  poppler_page_get_size (read, NULL, &height);
  for (GList *at = found; at != NULL; at = at->next)
    {
      const PopplerRectangle *one = at->data;
      graphene_rect_t place = GRAPHENE_RECT_INIT (one->x1, height - one->y2, one->x2 - one->x1, one->y2 - one->y1);

      g_array_append_val (places, place);
    }
  g_list_free_full (found, (GDestroyNotify) poppler_rectangle_free);
  g_object_unref (read);
  g_object_unref (document);
  return places;
}

/* What a walk through nodes does with those that draw: the matrix tells where. */
typedef void (*Visit) (GskRenderNode *node, cairo_t *cr, gpointer data);

static void
walk (GskRenderNode *node, cairo_t *cr, Visit visit, gpointer data)
{
  float xx, yx, xy, yy, dx, dy;
  cairo_matrix_t matrix;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        walk (gsk_container_node_get_child (node, i), cr, visit, data);
      break;
    case GSK_TRANSFORM_NODE:
      gsk_transform_to_2d (gsk_transform_node_get_transform (node), &xx, &yx, &xy, &yy, &dx, &dy);
      cairo_save (cr);
      cairo_matrix_init (&matrix, xx, yx, xy, yy, dx, dy);
      cairo_transform (cr, &matrix);
      walk (gsk_transform_node_get_child (node), cr, visit, data);
      cairo_restore (cr);
      break;
    case GSK_OPACITY_NODE:
      if (gsk_opacity_node_get_opacity (node) > 0)
        walk (gsk_opacity_node_get_child (node), cr, visit, data);
      break;
    case GSK_CLIP_NODE:
      walk (gsk_clip_node_get_child (node), cr, visit, data);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      walk (gsk_rounded_clip_node_get_child (node), cr, visit, data);
      break;
    default:
      visit (node, cr, data);
    }
}

static void
draw_text (GskRenderNode *node, cairo_t *cr, gpointer data)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_CAIRO_NODE || type == GSK_TEXT_NODE)
    gsk_render_node_draw (node, cr);
}

static void
draw_node (cairo_t *cr, gpointer node)
{
  walk (node, cr, draw_text, NULL);
}

GArray *
test_glyphs_of_node (GskRenderNode *node)
{
  GArray *glyphs;

  test_look_away_from_leaks (TRUE);
  glyphs = read_drawing (draw_node, node);
  test_look_away_from_leaks (FALSE);
  return glyphs;
}

typedef struct {
  const GdkRGBA *colour;
  GArray *places;
} Fills;

static gboolean
is_about (const GdkRGBA *one, const GdkRGBA *other)
{
  return fabs (one->red - other->red) < 0.01 && fabs (one->green - other->green) < 0.01
         && fabs (one->blue - other->blue) < 0.01 && fabs (one->alpha - other->alpha) < 0.01;
}

static void
note_fill (GskRenderNode *node, cairo_t *cr, gpointer data)
{
  Fills *fills = data;
  graphene_rect_t place;
  double x, y;

  if (gsk_render_node_get_node_type (node) != GSK_COLOR_NODE
      || !is_about (gsk_color_node_get_color (node), fills->colour))
    return;
  gsk_render_node_get_bounds (node, &place);
  x = place.origin.x;
  y = place.origin.y;
  cairo_user_to_device (cr, &x, &y);
  graphene_point_init (&place.origin, x, y);
  g_array_append_val (fills->places, place);
}

GArray *
test_fills_of_node (GskRenderNode *node, const GdkRGBA *colour)
{
  Fills fills = { colour, g_array_new (FALSE, FALSE, sizeof (graphene_rect_t)) };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  walk (node, cr, note_fill, &fills);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return fills.places;
}

GtkWidget *
test_find_paper (GtkWidget *sheet)
{
  if (strcmp (gtk_widget_get_css_name (sheet), "sheetpaper") == 0)
    return sheet;
  for (GtkWidget *child = gtk_widget_get_first_child (sheet); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test_find_paper (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GskRenderNode *
test_draw_paper (GtkWidget *sheet)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GtkWidget *paper = test_find_paper (sheet);

  gtk_widget_snapshot_child (gtk_widget_get_parent (paper), paper, snapshot);
  return gtk_snapshot_to_node (snapshot);
}

static graphene_rect_t
unite (GArray *glyphs)
{
  graphene_rect_t all = g_array_index (glyphs, TestGlyph, 0).ink;

  for (guint i = 1; i < glyphs->len; i++)
    graphene_rect_union (&all, &g_array_index (glyphs, TestGlyph, i).ink, &all);
  return all;
}

/* How far the baselines stand from their mean, and that mean. */
static double
spread (GArray *glyphs, double *mean)
{
  double sum = 0, squares = 0;

  for (guint i = 0; i < glyphs->len; i++)
    sum += g_array_index (glyphs, TestGlyph, i).baseline;
  *mean = sum / glyphs->len;
  for (guint i = 0; i < glyphs->len; i++)
    squares += pow (g_array_index (glyphs, TestGlyph, i).baseline - *mean, 2);
  return sqrt (squares);
}

/* By all the letters: each outline is rounded. */
TestPlace
test_find_place (GArray *drawn, GArray *printed)
{
  graphene_rect_t here = unite (drawn), there = unite (printed);
  double mean_here, mean_there;
  double scale = spread (drawn, &mean_here) / spread (printed, &mean_there);

  return (TestPlace){ scale, here.origin.x - there.origin.x * scale, mean_here - mean_there * scale };
}
