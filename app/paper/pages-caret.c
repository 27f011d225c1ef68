/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a byte of an answer to a place on the paper, and back. */
#include "paper/pages-private.h"

#include "paper/composition-private.h"

#include <math.h>

#define CARET_WIDTH 1.0
#define NEAR 24.0 /* points from a line, for a finger */

static gboolean
is_of (const AccBlock *block, AccField field, guint index)
{
  return block->field == field && block->index == index;
}

/* The block in which byte @byte of the answer stands: between two paragraphs, that is the second one. */
static gboolean
find_block (AccComposition *composition, AccField field, guint index, gsize byte, guint *found)
{
  gboolean any = FALSE;

  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);

      if (!is_of (block, field, index))
        continue;
      any = TRUE;
      *found = i;
      if (byte <= acc_composition_find_typed (composition, i, strlen (block->text)))
        break;
    }
  return any;
}

/* The line of @block in which its byte @byte stands: at a break, the line after it. */
static const AccSetLine *
find_line (AccPages *self, guint block, gsize byte)
{
  const AccSetLine *found = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);

      if (line->line.block == block && (found == NULL || line->line.start <= byte))
        found = line;
    }
  return found;
}

gboolean
acc_pages_find_caret (AccPages *self, AccField field, guint index, gsize byte, guint *page, AccArea *caret)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), FALSE);
  g_return_val_if_fail (page != NULL && caret != NULL, FALSE);

  guint block = 0;

  if (field == ACC_FIELD_NONE || !find_block (self->composition, field, index, byte, &block))
    return FALSE;

  gsize at = acc_composition_find_set (self->composition, block, byte);
  const AccSetLine *line = find_line (self, block, at);
  int x = 0;

  g_assert (line != NULL);
  /* Pango has the end of every line at its right. */
  acc_fonts_lock ();
  if (at < line->line.end || line->drawn->resolved_dir != PANGO_DIRECTION_RTL)
    pango_layout_line_index_to_x (line->drawn, at, FALSE, &x);
  acc_fonts_unlock ();
  *page = line->line.page;
  *caret = (AccArea){ line->x + x / (double) PANGO_SCALE, line->line.area.y, CARET_WIDTH, line->line.area.height };
  return TRUE;
}

/* Runs that touch, such as two fonts' in one word, are one stretch. */
static void
add_stretches (const AccSetLine *line, gsize start, gsize end, GArray *stretches)
{
  g_autofree int *whole = NULL, *ranges = NULL;
  int n_whole = 0, n = 0, last = G_MININT;

  pango_layout_line_get_x_ranges (line->drawn, line->line.start, line->line.end, &whole, &n_whole);
  pango_layout_line_get_x_ranges (line->drawn, start, end, &ranges, &n);
  for (int i = 0; n_whole > 0 && i < n; i++)
    {
      double width = (ranges[2 * i + 1] - ranges[2 * i]) / (double) PANGO_SCALE;
      const AccArea *around = &line->line.area;
      AccStretch stretch = { line->line.page, { line->x + (ranges[2 * i] - whole[0]) / (double) PANGO_SCALE, around->y,
                                                width, around->height } };

      if (ranges[2 * i] == last)
        g_array_index (stretches, AccStretch, stretches->len - 1).area.width += width;
      else if (width > 0)
        g_array_append_val (stretches, stretch);
      last = width > 0 || ranges[2 * i] == last ? ranges[2 * i + 1] : G_MININT;
    }
}

GArray *
acc_pages_find_stretches (AccPages *self, AccField field, guint index, gsize start, gsize end)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), NULL);

  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (AccStretch));

  acc_fonts_lock ();
  for (guint i = 0; field != ACC_FIELD_NONE && i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);

      if (line->line.field != field || line->line.index != index || line->line.block == ACC_BLOCK_NONE)
        continue;

      gsize from = MAX (acc_composition_find_set (self->composition, line->line.block, start), line->line.start);
      gsize to = MIN (acc_composition_find_set (self->composition, line->line.block, end), line->line.end);

      if (from < to)
        add_stretches (line, from, to, stretches);
    }
  acc_fonts_unlock ();
  return stretches;
}

static double
distance (double at, double from, double length)
{
  return at < from ? from - at : at > from + length ? at - from - length : 0;
}

static const AccSetLine *
find_nearest (AccPages *self, guint page, double x, double y)
{
  const AccSetLine *nearest = NULL;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);
      double down = distance (y, line->line.area.y, line->line.area.height);
      /* Height decides; sideways matters only between the columns of one row. */
      double way = down * 1000 + distance (x, line->line.area.x, line->line.area.width);

      if (line->line.page != page || line->line.field == ACC_FIELD_NONE || down > NEAR || way >= least)
        continue;
      nearest = line;
      least = way;
    }
  return nearest;
}

/* The byte of the line's text nearest to @x. */
static gsize
find_index (const AccSetLine *line, double x)
{
  int index = line->line.start, trailing = 0;
  const char *text = line->line.text;

  acc_fonts_lock ();
  pango_layout_line_x_to_index (line->drawn, lround ((x - line->x) * PANGO_SCALE), &index, &trailing);
  acc_fonts_unlock ();
  return g_utf8_offset_to_pointer (text + index - line->line.start, trailing) - text + line->line.start;
}

gboolean
acc_pages_find_byte (AccPages *self, guint page, double x, double y, AccField *field, guint *index, gsize *byte)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), FALSE);
  g_return_val_if_fail (field != NULL && index != NULL && byte != NULL, FALSE);

  const AccSetLine *line = find_nearest (self, page, x, y);

  if (line == NULL)
    return FALSE;
  *field = line->line.field;
  *index = line->line.index;
  *byte = acc_composition_find_typed (self->composition, line->line.block, find_index (line, x));
  return TRUE;
}

gboolean
acc_pages_find_area (AccPages *self, AccField field, guint index, guint page, AccArea *area)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), FALSE);
  g_return_val_if_fail (area != NULL, FALSE);

  const AccMargins *margins = acc_letterhead_get_margins (self->letterhead);
  double top = G_MAXDOUBLE, low = 0;

  for (guint i = 0; field != ACC_FIELD_NONE && i < self->lines->len; i++)
    {
      const AccLine *line = &acc_pages_line (self, i)->line;

      if (line->page != page || line->field != field || line->index != index)
        continue;
      top = MIN (top, line->area.y);
      low = MAX (low, line->area.y + line->area.height);
    }
  if (low == 0)
    return FALSE;
  *area = (AccArea){ margins->left, top, self->width - margins->left - margins->right, low - top };
  return TRUE;
}
