/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a page, letter by letter, whoever draws it: a PDF read by poppler, or what a widget has ready for the
 * screen. Both are drawn once more into an SVG, in which cairo writes each letter as an outline and a place. */
#pragma once

#include <cairo.h>
#include <gtk/gtk.h>

#include "paper/typesetter.h"

typedef struct {
  double x, baseline;
  graphene_rect_t ink;
  double area; /* of the outline's polygon, with the curves' points */
} TestGlyph;

/* All that has ink, in the order in which it is drawn. A PDF's: of GArray of TestGlyph, one a page, in points from the
 * page's top left corner. */
GPtrArray *test_glyphs_of_pdf (GBytes *pdf) G_GNUC_WARN_UNUSED_RESULT;

/* … and a node's, in its own coordinates: of TestGlyph. */
GArray *test_glyphs_of_node (GskRenderNode *node) G_GNUC_WARN_UNUSED_RESULT;

/* The sheet's paper, and what it has ready for the screen, in the coordinates of the paper's parent. */
GtkWidget *test_find_paper (GtkWidget *sheet);
GskRenderNode *test_draw_paper (GtkWidget *sheet) G_GNUC_WARN_UNUSED_RESULT;

/* Where a page is shown: pixels a point, and its top left corner, which may lie beyond the edge of what is shown of it.
 */
typedef struct {
  double scale, x, y;
} TestPlace;

/* … as all the ink of the page, drawn and printed, tells it. */
TestPlace test_find_place (GArray *drawn, GArray *printed);

/* Where poppler finds @word on a page (points, y down): of graphene_rect_t. */
GArray *test_find_in_pdf (GBytes *pdf, guint page, const char *word) G_GNUC_WARN_UNUSED_RESULT;

/* The rectangles that @node fills with one colour of about @colour; of graphene_rect_t. */
GArray *test_fills_of_node (GskRenderNode *node, const GdkRGBA *colour) G_GNUC_WARN_UNUSED_RESULT;
