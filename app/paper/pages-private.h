/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as the typesetter builds them and pages*.c read them. Whoever touches a layout holds the fonts' lock. */
#pragma once

#include "paper/fonts-private.h"
#include "paper/letterhead-private.h"
#include "paper/strokes.h"
#include "paper/typesetter.h"

G_BEGIN_DECLS

#define ACC_BLOCK_NONE G_MAXUINT /* letterhead, foot, a typed signature, a note */

/* The tags of tagged PDF (ISO 32000-1, 14.8.4) that a text can have. */
typedef enum {
  ACC_TAG_NONE,
  ACC_TAG_PARAGRAPH,
  ACC_TAG_TITLE,   /* whom the letter is for: what it is called by */
  ACC_TAG_ADDRESS, /* a line below that */
  ACC_TAG_SUBJECT,
  ACC_TAG_FIGURE,  /* a typed signature */
} AccTag;

typedef struct _AccTextStyle AccTextStyle;

/* A text laid out once, whose lines are then placed. Pages set after these may hold the same layout. */
typedef struct {
  PangoLayout *layout;
  const AccTextStyle *style;
  double width; /* that it was laid out in */
  guint block;
  gboolean quiet; /* in the quiet colour */
  gboolean path;  /* as curves, like a drawn signature: not text that could be read back */
  AccTag tag;
} AccSetText;

typedef struct {
  AccLine line;              /* its text is owned */
  guint text;                /* AccSetText */
  PangoLayoutLine *drawn;
  double x;                  /* of the line's origin, on the baseline */
  PangoRectangle ink;        /* from the origin, Pango units */
} AccSetLine;

typedef struct {
  guint page;
  guint line;              /* the one that it stands before, in reading order */
  AccSignature *signature; /* strokes */
  AccInkOutline *outline;  /* of it; pages set after these may hold the same */
  AccArea box;
} AccSetSignature;

struct _AccPages
{
  GObject parent_instance;

  AccComposition *composition;
  AccLetterhead *letterhead;
  double width, height;
  double emblem_x;
  AccArea code;       /* of the QR code in each foot; no width: there is none */
  guint n_pages;
  GArray *texts;      /* AccSetText */
  GArray *lines;      /* AccSetLine, page by page */
  GArray *signatures; /* AccSetSignature */
};

/* Measures of the sheet, points, that the typesetter sets by and drawing and ledger need as well. */
#define ACC_RULE_BELOW 12.0   /* from the emblem to the rule of the first page */
#define ACC_RULE_CENTRED 58.0 /* … where the names stand between them */
#define ACC_RULE_NEXT 22.0    /* from the top margin to the rule of the pages after it */

static inline const AccSetLine *
acc_pages_line (AccPages *self, guint line)
{
  return &g_array_index (self->lines, AccSetLine, line);
}

static inline const AccSetText *
acc_pages_text (AccPages *self, guint text)
{
  return &g_array_index (self->texts, AccSetText, text);
}

double acc_pages_get_rule (AccPages *self, guint page); /* the rule's y */
AccLetterhead *acc_pages_get_letterhead (AccPages *self);

/* One thing that stands on a page, for those who draw them apart. Under the fonts' lock. */
void acc_pages_draw_line (AccPages *self, guint line, cairo_t *cr);
void acc_pages_draw_strokes (AccPages *self, const AccSetSignature *set, cairo_t *cr);
void acc_pages_draw_emblem (AccPages *self, guint page, cairo_t *cr); /* the first page has one */
void acc_pages_draw_rule (AccPages *self, guint page, cairo_t *cr);
void acc_pages_draw_code (AccPages *self, guint page, cairo_t *cr);
double acc_pages_get_rule_weight (AccPages *self, guint page); /* 0: there is no rule */

AccPages *acc_pages_new (AccComposition *composition, AccLetterhead *letterhead) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
