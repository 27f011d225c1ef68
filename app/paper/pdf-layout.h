/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page's text with the place of each character: what is selected, found and copied. Points, the origin the page's top left
 * corner, y down. Where there are no places, the text can still be found in and copied. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  float left, top, right, bottom;
} AccPdfPlace;

typedef struct {
  char *text;       /* UTF-8, as poppler reads it */
  guint n;          /* characters of it, or 0 where they have no places */
  AccPdfPlace *boxes; /* @n */
} AccPdfLayout;
void acc_pdf_layout_free (AccPdfLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPdfLayout, acc_pdf_layout_free)

/* Characters from @start up to @end. */
typedef struct {
  guint start, end;
} AccPdfRange;

/* Where @words stand, in order, of AccPdfRange: whatever the case, the accents, the shape of quotes and
 * the line breaks. Nothing is found for blank words. */
GArray *acc_pdf_layout_find (const AccPdfLayout *layout, const char *words) G_GNUC_WARN_UNUSED_RESULT;

/* Where of @paragraph, which stands there as a whole, the characters @part stand: whatever the spaces, too. *@found is empty
 * where @part is. FALSE: the paragraph is not there. */
gboolean acc_pdf_layout_find_part (const AccPdfLayout *layout, const char *paragraph, AccPdfRange part, AccPdfRange *found);

/* How many of the first characters of @paragraph stand there, up to the end of a word: all of them, or those before the page
 * ends. */
guint acc_pdf_layout_count_beginning (const AccPdfLayout *layout, const char *paragraph);

/* The character whose beginning is nearest to a point: 0 to @n. */
guint acc_pdf_layout_find_nearest (const AccPdfLayout *layout, double x, double y);

/* What the range takes on the page, of AccPdfPlace: one a line, or several where a line has gaps. */
GArray *acc_pdf_layout_list_areas (const AccPdfLayout *layout, AccPdfRange range) G_GNUC_WARN_UNUSED_RESULT;

char *acc_pdf_layout_dup_text (const AccPdfLayout *layout, AccPdfRange range) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
