/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pages-private.h"

#include <string.h>

/* Of a drawn signature's height: its ink reaches half its own width beyond its box. */
#define INK_OUTSIDE 0.05

static AccArea
find_emblem (AccPages *self, guint page)
{
  double size = page == 0 ? acc_letterhead_get_head (self->letterhead)->emblem : 0;

  return (AccArea){ self->emblem_x, acc_letterhead_get_margins (self->letterhead)->top, size, size };
}

static AccArea
find_rule (AccPages *self, guint page)
{
  const AccMargins *margins = acc_letterhead_get_margins (self->letterhead);
  double weight = acc_pages_get_rule_weight (self, page);

  return (AccArea){ margins->left, acc_pages_get_rule (self, page) - weight / 2,
                    weight > 0 ? self->width - margins->left - margins->right : 0, weight };
}

static AccArea
find_code (AccPages *self, guint page)
{
  return self->code;
}

static gboolean
has_same_proof (AccPages *self, AccPages *other)
{
  return g_strcmp0 (acc_composition_get_proof (self->composition), acc_composition_get_proof (other->composition)) == 0;
}

/* What each page has besides lines and signatures; that it is the same is said by letterhead, place and @is_same. */
static const struct {
  AccArea (*find) (AccPages *self, guint page);
  void (*draw) (AccPages *self, guint page, cairo_t *cr);
  gboolean (*is_same) (AccPages *self, AccPages *other); /* NULL: always */
} furniture[] = {
  { find_emblem, acc_pages_draw_emblem, NULL },
  { find_rule, acc_pages_draw_rule, NULL },
  { find_code, acc_pages_draw_code, has_same_proof },
};

typedef enum { LINE, STROKES, FURNITURE } Kind;

/* Lines come first, then signatures, then the furniture page by page. @n is the piece's number among its kind. */
static Kind
find_kind (AccPages *self, guint piece, guint *n)
{
  *n = piece;
  if (*n < self->lines->len)
    return LINE;
  *n -= self->lines->len;
  if (*n < self->signatures->len)
    return STROKES;
  *n -= self->signatures->len;
  return FURNITURE;
}

static const AccSetSignature *
get_signature (AccPages *self, guint n)
{
  return &g_array_index (self->signatures, AccSetSignature, n);
}

guint
acc_pages_get_n_pieces (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), 0);
  return self->lines->len + self->signatures->len + self->n_pages * G_N_ELEMENTS (furniture);
}

static AccPiece
find_line_ink (const AccSetLine *set)
{
  const PangoRectangle *ink = &set->ink;

  return (AccPiece){ set->line.page,
                     { set->x + ink->x / (double) PANGO_SCALE, set->line.baseline + ink->y / (double) PANGO_SCALE,
                       ink->width / (double) PANGO_SCALE, ink->height / (double) PANGO_SCALE } };
}

static AccPiece
find_strokes_ink (const AccSetSignature *set)
{
  double around = set->box.height * INK_OUTSIDE;

  return (AccPiece){ set->page,
                     { set->box.x - around, set->box.y - around, set->box.width + 2 * around,
                       set->box.height + 2 * around } };
}

void
acc_pages_get_piece (AccPages *self, guint piece, AccPiece *out)
{
  guint n, page;

  g_return_if_fail (ACC_IS_PAGES (self));
  g_return_if_fail (piece < acc_pages_get_n_pieces (self));
  g_return_if_fail (out != NULL);

  switch (find_kind (self, piece, &n))
    {
    case LINE:
      *out = find_line_ink (acc_pages_line (self, n));
      break;
    case STROKES:
      *out = find_strokes_ink (get_signature (self, n));
      break;
    case FURNITURE:
      page = n / G_N_ELEMENTS (furniture);
      *out = (AccPiece){ page, furniture[n % G_N_ELEMENTS (furniture)].find (self, page) };
      break;
    }
}

void
acc_pages_draw_piece (AccPages *self, guint piece, cairo_t *cr)
{
  guint n;

  g_return_if_fail (ACC_IS_PAGES (self));
  g_return_if_fail (piece < acc_pages_get_n_pieces (self));
  g_return_if_fail (cr != NULL);

  acc_fonts_lock ();
  cairo_save (cr);
  switch (find_kind (self, piece, &n))
    {
    case LINE:
      acc_pages_draw_line (self, n, cr);
      break;
    case STROKES:
      acc_pages_draw_strokes (self, get_signature (self, n), cr);
      break;
    case FURNITURE:
      furniture[n % G_N_ELEMENTS (furniture)].draw (self, n / G_N_ELEMENTS (furniture), cr);
      break;
    }
  cairo_restore (cr);
  acc_fonts_unlock ();
}

static gboolean
is_same_run (const PangoGlyphItem *one, const PangoGlyphItem *other)
{
  if (one->item->analysis.font != other->item->analysis.font || one->glyphs->num_glyphs != other->glyphs->num_glyphs
      || one->y_offset != other->y_offset || one->start_x_offset != other->start_x_offset
      || one->end_x_offset != other->end_x_offset)
    return FALSE;
  for (int i = 0; i < one->glyphs->num_glyphs; i++)
    {
      const PangoGlyphInfo *a = &one->glyphs->glyphs[i], *b = &other->glyphs->glyphs[i];

      if (a->glyph != b->glyph || memcmp (&a->geometry, &b->geometry, sizeof a->geometry) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_same_runs (PangoLayoutLine *one, PangoLayoutLine *other)
{
  const GSList *a = one->runs, *b = other->runs;

  while (one != other && a != NULL && b != NULL && is_same_run (a->data, b->data))
    {
      a = a->next;
      b = b->next;
    }
  return one == other || (a == NULL && b == NULL);
}

static gboolean
is_same_line (AccPages *self, const AccSetLine *line, AccPages *other, const AccSetLine *other_line)
{
  const AccSetText *text = acc_pages_text (self, line->text), *other_text = acc_pages_text (other, other_line->text);
  gboolean same;

  if (line->line.page != other_line->line.page || line->line.baseline != other_line->line.baseline
      || line->x != other_line->x || text->quiet != other_text->quiet || text->path != other_text->path)
    return FALSE;
  acc_fonts_lock ();
  same = has_same_runs (line->drawn, other_line->drawn);
  acc_fonts_unlock ();
  return same;
}

static gboolean
is_same_area (const AccArea *one, const AccArea *other)
{
  return one->x == other->x && one->y == other->y && one->width == other->width && one->height == other->height;
}

static gboolean
is_same_furniture (AccPages *self, guint n, AccPages *other, guint other_n)
{
  guint row = n % G_N_ELEMENTS (furniture), page = n / G_N_ELEMENTS (furniture);
  AccArea area = furniture[row].find (self, page), other_area;

  if (n != other_n)
    return FALSE;
  other_area = furniture[row].find (other, page);
  return is_same_area (&area, &other_area) && (furniture[row].is_same == NULL || furniture[row].is_same (self, other));
}

gboolean
acc_pages_is_same_piece (AccPages *self, guint piece, AccPages *other, guint other_piece)
{
  guint n, other_n;
  Kind kind;

  g_return_val_if_fail (ACC_IS_PAGES (self) && ACC_IS_PAGES (other), FALSE);
  g_return_val_if_fail (piece < acc_pages_get_n_pieces (self), FALSE);
  g_return_val_if_fail (other_piece < acc_pages_get_n_pieces (other), FALSE);

  kind = find_kind (self, piece, &n);
  if (self->letterhead != other->letterhead || kind != find_kind (other, other_piece, &other_n))
    return FALSE;
  if (kind == LINE)
    return is_same_line (self, acc_pages_line (self, n), other, acc_pages_line (other, other_n));
  if (kind == FURNITURE)
    return is_same_furniture (self, n, other, other_n);
  return get_signature (self, n)->page == get_signature (other, other_n)->page
         && get_signature (self, n)->signature == get_signature (other, other_n)->signature
         && is_same_area (&get_signature (self, n)->box, &get_signature (other, other_n)->box);
}
