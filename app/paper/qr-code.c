/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/qr-code-private.h"

#include <qrencode.h>
#include <string.h>

#define DARK 1 /* the lowest bit of a module */

/* Modules side by side are one rectangle: no hairline shows between them, and the PDF stays small. */
static void
row_path (const QRcode *code, int row, cairo_t *cr, const AccArea *box)
{
  const unsigned char *modules = code->data + row * code->width;
  double step = box->width / code->width;

  for (int from = 0, to; from < code->width; from = to)
    {
      for (to = from + 1; to < code->width && (modules[to] & DARK) == (modules[from] & DARK); to++)
        ;
      if (modules[from] & DARK)
        cairo_rectangle (cr, box->x + from * step, box->y + row * step, (to - from) * step, step);
    }
}

void
acc_qr_code_path (const char *text, cairo_t *cr, const AccArea *box)
{
  QRcode *code;

  g_return_if_fail (text != NULL && cr != NULL && box != NULL);

  code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, TRUE);
  if (code == NULL)
    g_error ("no memory for a code of %" G_GSIZE_FORMAT " characters", strlen (text));
  for (int row = 0; row < code->width; row++)
    row_path (code, row, cr, box);
  QRcode_free (code);
}
