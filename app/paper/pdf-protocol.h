/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pdf-process.c and accolade-pdf say to each other over one socket, in turn: a request, an answer. Both
 * are built together and run on one machine, so structs travel as they lie in memory.
 *
 *   OPEN  once, first: `length` bytes of PDF follow. Answer: `count` pages, then for each an AccPdfSize.
 *   TEXT  of `page`. Answer: UTF-8, without a NUL.
 *   DRAW  `page` at `scale` pixels a point. Answer: `width` × `height` pixels of CAIRO_FORMAT_RGB24.
 *   LAYOUT  of `page`. Answer: `count` AccPdfPlace, one for each character of the text that follows them, UTF-8 without a
 *         NUL; or none, where the page has more characters than boxes may travel, or poppler has no place for some.
 *
 * An answer's payload has `length` bytes. A status other than ACC_PDF_DONE has none. The parent believes
 * nothing that the child says: every number is held against the bounds below. */
#pragma once

#include "paper/pdf-layout.h"

G_BEGIN_DECLS

#define ACC_PDF_SIDE_MAX 4000                 /* pixels */
#define ACC_PDF_POINTS_MAX 14400.0            /* a page's side, ISO 32000-1, annex C */
#define ACC_PDF_TEXT_MAX (4 * 1024 * 1024)    /* bytes of one page's text */

#define ACC_PDF_BOXES_MAX 20000               /* of one page: a letter's has 3,000 */

typedef enum { ACC_PDF_OPEN = 1, ACC_PDF_TEXT, ACC_PDF_DRAW, ACC_PDF_LAYOUT } AccPdfAsk;
typedef enum { ACC_PDF_DONE = 0, ACC_PDF_UNREADABLE, ACC_PDF_TOO_LARGE } AccPdfStatus;

typedef struct {
  guint32 ask;
  guint32 page;
  double scale;
  guint64 length;
} AccPdfRequest;

typedef struct {
  guint32 status;
  guint32 count;
  guint32 width, height;
  guint64 length;
} AccPdfAnswer;

typedef struct {
  double width, height; /* points */
} AccPdfSize;

G_END_DECLS
