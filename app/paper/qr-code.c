/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/qr-code-private.h"

#include <qrencode.h>
#include <string.h>

#define DARK 1 /* the lowest bit of a module */

enum { EAST, SOUTH, WEST, NORTH, N_WAYS };

static const struct {
  int x, y;             /* a step */
  int right_x, right_y; /* from a corner, the module ahead on the right; that on the left is the way's before it */
} ways[N_WAYS] = {
  [EAST] = { 1, 0, 0, 0 },
  [SOUTH] = { 0, 1, -1, 0 },
  [WEST] = { -1, 0, -1, -1 },
  [NORTH] = { 0, -1, 0, -1 },
};

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & DARK);
}

static gboolean
is_right_dark (const QRcode *code, int x, int y, guint way)
{
  return is_dark (code, x + ways[way].right_x, y + ways[way].right_y);
}

/* Goes once round dark modules, which lie on the right, from the upper left corner of one on whose left and above which
 * there is none, and notes whose upper edges it has passed. A light patch inside is gone round the other way. */
static void
outline_path (const QRcode *code, int from_x, int from_y, gboolean *passed, cairo_t *cr, const AccArea *box)
{
  double step = box->width / code->width;
  int x = from_x, y = from_y;
  guint way = EAST;

  cairo_move_to (cr, box->x + x * step, box->y + y * step);
  for (;;)
    {
      guint before = way;

      if (way == EAST)
        passed[y * code->width + x] = TRUE;
      x += ways[way].x;
      y += ways[way].y;
      if (!is_right_dark (code, x, y, way))
        way = (way + 1) % N_WAYS;
      else if (is_right_dark (code, x, y, (way + N_WAYS - 1) % N_WAYS))
        way = (way + N_WAYS - 1) % N_WAYS;
      if (x == from_x && y == from_y && way == EAST)
        break;
      if (way != before)
        cairo_line_to (cr, box->x + x * step, box->y + y * step);
    }
  cairo_close_path (cr);
}

void
acc_qr_code_path (const char *text, cairo_t *cr, const AccArea *box)
{
  QRcode *code;
  g_autofree gboolean *passed = NULL;

  g_return_if_fail (text != NULL && cr != NULL && box != NULL);

  code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, TRUE);
  if (code == NULL)
    g_error ("no memory for a code of %" G_GSIZE_FORMAT " characters", strlen (text));
  passed = g_new0 (gboolean, code->width * code->width);
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (is_dark (code, x, y) && !is_dark (code, x, y - 1) && !passed[y * code->width + x])
        outline_path (code, x, y, passed, cr, box);
  QRcode_free (code);
}
