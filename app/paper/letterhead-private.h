/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the typesetter and the wording alone ask of a letterhead. */
#pragma once

#include "paper/letterhead.h"

G_BEGIN_DECLS

#define ACC_LETTER_SIZE 11.75 /* of the letter's own type, points */

/* The foot, points: the row of number and page, from the sheet's bottom, and the lines that hang from it. A third line
 * lifts all of it. */
#define ACC_FOOT_BASELINE 42.0
#define ACC_FOOT_FIRST 11.0   /* from the row to the first line */
#define ACC_FOOT_LEADING 9.0
#define ACC_FOOT_SIZE 7.0
#define ACC_FOOT_LINES_MAX 3
#define ACC_FOOT_LINES_LOW 2  /* for which no lifting is needed */
#define ACC_FOOT_CODE_SIZE 36.0 /* of the QR code at the foot's end */
#define ACC_FOOT_CODE_BELOW 20.0 /* from it to the sheet's bottom */
#define ACC_FOOT_CODE_GAP 10.0  /* its quiet zone, at least: four modules of the 25 (ISO/IEC 18004, 5.3.8) */

typedef struct {
  double top, left, right, bottom; /* points from the sheet's edge */
} AccMargins;

typedef enum { ACC_ALIGN_START, ACC_ALIGN_CENTRE } AccAlign;

typedef enum { ACC_RULE_LINE, ACC_RULE_BAND, ACC_RULE_NONE } AccRule;

/* The first page's head. */
typedef struct {
  AccAlign align; /* emblem beside the names, or above them */
  AccRule rule;   /* below the head, on every page */
  double emblem;  /* the square that it is drawn in, points */
} AccHead;

/* Where the emblem's ink begins and ends in its square, 0…1: by its visible edges it is aligned. */
typedef struct {
  double left, right;
} AccEmblemInk;

const AccMargins *acc_letterhead_get_margins (AccLetterhead *self);
const AccHead *acc_letterhead_get_head (AccLetterhead *self);
const AccEmblemInk *acc_letterhead_get_emblem_ink (AccLetterhead *self);
const char *acc_letterhead_get_name_family (AccLetterhead *self); /* of the bank's name */

/* The small lines of the foot in @language ("es-MX": es), or the bank's own, NFC; at most ACC_FOOT_LINES_MAX, perhaps none. */
GStrv acc_letterhead_dup_foot (AccLetterhead *self, const char *language) G_GNUC_WARN_UNUSED_RESULT;

/* By how much so many lines lift the foot's row, and need more of a margin. */
double acc_letterhead_get_foot_lift (guint n_lines);

/* The bank's own wording for @language, checked; lent. NULL where it has none. */
GKeyFile *acc_letterhead_get_words (AccLetterhead *self, const char *language);

/* The contrast of two colours, 1…21, by WCAG 2.1's relative luminance. */
double acc_colour_contrast (const AccColour *one, const AccColour *other);

G_END_DECLS
