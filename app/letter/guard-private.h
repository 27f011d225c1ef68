/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the guard's kinds of numbers have in common: the text as glyphs, and its runs of digits. Any thread. */
#pragma once

#include "letter/guard.h"

G_BEGIN_DECLS

typedef struct {
  gunichar c;
  gsize at;       /* byte */
  gboolean taken; /* part of a find */
} AccGuardGlyph;

/* Digits in a row. */
typedef struct {
  guint first, n;   /* glyphs */
  gboolean follows; /* one separator after the group before */
  gunichar separator;
} AccGuardGroup;

typedef struct {
  GArray *glyphs; /* AccGuardGlyph, the last one the end with a c of 0 */
  GArray *groups; /* AccGuardGroup */
  GArray *finds;  /* AccGuardFind */
} AccGuardScan;

gunichar acc_guard_glyph (const AccGuardScan *scan, guint i); /* 0 beyond the end */
gboolean acc_guard_is_word (const AccGuardScan *scan, guint i);
gboolean acc_guard_is_separator (gunichar c);

/* Groups from @first to before @end, which are one separator apart. */
const AccGuardGroup *acc_guard_group (const AccGuardScan *scan, guint i);
guint acc_guard_start_of (const AccGuardScan *scan, guint first); /* its first glyph */
guint acc_guard_end_of (const AccGuardScan *scan, guint end);     /* the glyph after the last group before @end */
gboolean acc_guard_has_one_separator (const AccGuardScan *scan, guint first, guint end);

/* Whether groups of @shape's sizes, which a 0 ends, start at @first; the group after them. */
gboolean acc_guard_has_shape (const AccGuardScan *scan, guint first, guint end, const guint8 *shape, guint *shape_end);

/* The digits as ASCII, at most @max of them and a NUL; how many there are, counted to @max + 1. */
guint acc_guard_copy_digits (const AccGuardScan *scan, guint first, guint end, char *digits, guint max);

/* ISO/IEC 7812-1, annex B. */
gboolean acc_guard_passes_luhn (const char *digits, guint n);

/* Keeps the glyphs from @first to before @end, unless another number has them: an IBAN's digits can pass for a card. */
void acc_guard_add (AccGuardScan *scan, AccGuardKind kind, guint first, guint end);

/* Each kind's own file: what starts at glyph @first, and what a run of groups holds. */
guint acc_guard_match_iban (const AccGuardScan *scan, guint first);      /* the glyph after it, or 0 */
guint acc_guard_match_insurance (const AccGuardScan *scan, guint first); /* the same */
guint acc_guard_match_lettered (const AccGuardScan *scan, guint first);  /* the same */
void acc_guard_find_bank (AccGuardScan *scan, guint start, guint end);
void acc_guard_find_loose_cards (AccGuardScan *scan); /* in the whole text, after its runs */
void acc_guard_find_social (AccGuardScan *scan, guint start, guint end);
void acc_guard_find_shapes (AccGuardScan *scan, guint start, guint end);

G_END_DECLS
