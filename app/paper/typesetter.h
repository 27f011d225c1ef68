/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composition -> pages of laid-out lines. The PDF and the screen draw these very lines; nothing is laid out
 * twice. All lengths are points (1/72 inch), the origin the page's top left corner, y down.
 *
 * Layout is unhinted and at a fixed resolution, so the breaks are the same at every zoom. AccPages is
 * immutable; make and draw it on one thread at a time (Pango's font map is shared under a lock). */
#pragma once

#include "paper/composition.h"

G_BEGIN_DECLS

typedef struct {
  double x, y, width, height;
} AccArea;

/* One line of text as drawn, for tests, the ledger and the caret. */
typedef struct {
  guint page;
  guint block;        /* in the composition; G_MAXUINT for letterhead and foot */
  AccField field;
  guint index;
  gsize start, end;   /* bytes of the block's text */
  AccArea area;       /* ink and leading */
  double baseline;
  const char *text;   /* lent: what is drawn; a typed signature (block G_MAXUINT) is drawn as curves, not as text */
  gboolean from_right;
  gboolean complex;   /* right-to-left or a script that poppler does not read back in order */
} AccLine;

#define ACC_TYPE_PAGES (acc_pages_get_type ())
G_DECLARE_FINAL_TYPE (AccPages, acc_pages, ACC, PAGES, GObject)

/* Lays @composition out under @letterhead. Fails only where the machine's fonts are missing. */
AccPages *acc_typeset (AccComposition *composition, AccLetterhead *letterhead, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As acc_typeset. A text that stands on @previous as well, set alike, is not laid out again: the two pages share what
 * they draw of it, so both belong to one thread. @previous is as a rule the same letter a moment ago; NULL: none. */
AccPages *acc_typeset_again (AccComposition *composition, AccLetterhead *letterhead, AccPages *previous,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Composes @letter under @branch's name, in the wording of its language, and lays it out. @number NULL: a specimen. */
AccPages *acc_typeset_letter (AccLetter *letter, const char *branch, const char *number, AccLetterhead *letterhead,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

guint acc_pages_get_count (AccPages *self);
double acc_pages_get_width (AccPages *self);
double acc_pages_get_height (AccPages *self);
AccComposition *acc_pages_get_composition (AccPages *self);

/* Draws page @page (from 0) without a background, in points. */
void acc_pages_draw (AccPages *self, guint page, cairo_t *cr);

/* The same in pieces, for a screen that keeps what it has drawn: each line of text, each drawn signature, and each
 * page's emblem, rule and code. */
typedef struct {
  guint page;
  AccArea ink; /* nothing is drawn outside it; without a width, nothing at all */
} AccPiece;

guint acc_pages_get_n_pieces (AccPages *self);
void acc_pages_get_piece (AccPages *self, guint piece, AccPiece *out);
void acc_pages_draw_piece (AccPages *self, guint piece, cairo_t *cr);

/* Whether both leave the same ink in the same place of the same page; FALSE where that cannot be told. */
gboolean acc_pages_is_same_piece (AccPages *self, guint piece, AccPages *other, guint other_piece);

guint acc_pages_get_n_lines (AccPages *self); /* all pages, reading order */
void acc_pages_get_line (AccPages *self, guint line, AccLine *out);

/* The ledger (DESIGN: proofreading a): every byte of every block drawn exactly once, no unknown glyph,
 * nothing outside the margins. ACC_ERROR_CHARACTERS names the characters. */
gboolean acc_pages_check_ledger (AccPages *self, GError **error);

/* Where the caret stands before byte @byte of the answer @field: the page, and a box with the line's height.
 * FALSE if that answer is not on the paper. */
gboolean acc_pages_find_caret (AccPages *self, AccField field, guint index, gsize byte, guint *page, AccArea *caret);

typedef struct {
  guint page;
  AccArea area;
} AccStretch;

/* What the answer's bytes from @start to @end take, in reading order and from left to right: of AccStretch, one a line, or
 * several where directions meet. */
GArray *acc_pages_find_stretches (AccPages *self, AccField field, guint index, gsize start,
                                  gsize end) G_GNUC_WARN_UNUSED_RESULT;

/* The answer and byte nearest to a point of a page; FALSE where no answer's line is near. */
gboolean acc_pages_find_byte (AccPages *self, guint page, double x, double y, AccField *field, guint *index, gsize *byte);

/* The area that the answer takes on @page, for the tint behind it; FALSE if none of it is there. */
gboolean acc_pages_find_area (AccPages *self, AccField field, guint index, guint page, AccArea *area);

G_END_DECLS
