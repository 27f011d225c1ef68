/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The setter: a page's frame, and texts laid out and placed in it. typesetter.c decides what goes where. */
#pragma once

#include "paper/pages-private.h"

G_BEGIN_DECLS

struct _AccTextStyle {
  double size, leading;
  double size_min;    /* the type gets smaller, down to this, until the text is one line; 0: it may have several */
  double before;      /* above the text's first line, unless it begins a page */
  const char *family; /* NULL: the letter's */
  const AccTextStyle *plain; /* whose font stands in where the family lacks a letter of the text, or NULL */
  gboolean head;      /* the letterhead's small family */
  gboolean name;      /* that of the bank's name */
  gboolean bold, italic, quiet;
  gboolean to_end;    /* at the end of the line: right, or left where text runs from the right */
  gboolean auto_dir;  /* a client's paragraph runs as its own first letter does */
  gboolean optical;   /* aligned by its ink */
  gboolean path;      /* drawn as curves */
  AccTag tag;
};

typedef struct {
  AccPages *pages;
  AccPages *previous;   /* whose layouts can be taken over, or NULL */
  guint next;           /* text of the previous pages: the likeliest */
  PangoContext *context;
  gboolean right_to_left;
  gboolean large_print;
  double left, measure; /* of the text */
  double bottom;
  double tightness;     /* of leading and spaces: 1, or less */
  guint page;           /* that is being filled */
} AccSetter;

/* @previous: pages set before, or NULL; they stay as they are. */
gboolean acc_setter_init (AccSetter *setter, AccPages *pages, AccPages *previous, GError **error);
void acc_setter_clear (AccSetter *setter);

/* Lays @text out in @width, or takes the layout that the previous pages have of it, and returns its number. @style is
 * a constant: a layout is known again by its style's address. */
guint acc_setter_add_text (AccSetter *setter, const char *text, guint block, const AccTextStyle *style, double width);

/* A line's room: its leading, or more where its letters need more. */
void acc_setter_measure_line (AccSetter *setter, guint text, guint line, double *above, double *below);

void acc_setter_place_line (AccSetter *setter, guint text, guint line, const AccArea *column, double baseline);

double acc_setter_get_top (AccSetter *setter, guint page);
void acc_setter_place_head (AccSetter *setter);
void acc_setter_place_foot (AccSetter *setter);

G_END_DECLS
