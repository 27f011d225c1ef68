/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The setter: a page's frame, and texts laid out and placed in it. typesetter.c decides what goes where. */
#pragma once

#include "paper/pages-private.h"

G_BEGIN_DECLS

typedef struct {
  double size, leading;
  double before;      /* above the text's first line, unless it begins a page */
  const char *family; /* NULL: the letter's */
  gboolean head;      /* the letterhead's small family */
  gboolean name;      /* that of the bank's name */
  gboolean bold, italic, quiet;
  gboolean to_end;    /* at the end of the line: right, or left where text runs from the right */
  gboolean auto_dir;  /* a client's paragraph runs as its own first letter does */
  gboolean optical;   /* aligned by its ink */
  gboolean path;      /* drawn as curves */
  AccTag tag;
} AccTextStyle;

typedef struct {
  AccPages *pages;
  PangoContext *context;
  gboolean right_to_left;
  double left, measure; /* of the text */
  double bottom;
  double tightness;     /* of leading and spaces: 1, or less */
  guint page;           /* that is being filled */
  GArray *styles;       /* const AccTextStyle *, one for each text */
} AccSetter;

gboolean acc_setter_init (AccSetter *setter, AccPages *pages, GError **error);
void acc_setter_clear (AccSetter *setter);

/* Lays @text out in @width and returns its number. */
guint acc_setter_add_text (AccSetter *setter, const char *text, guint block, const AccTextStyle *style, double width);
void acc_setter_restyle (AccSetter *setter, guint text, const AccTextStyle *style);

/* Makes the type smaller, down to @size_min, until the text is one line of @width. */
void acc_setter_shrink (AccSetter *setter, guint text, double width, double size_min);

/* Whether the style's own family has every glyph of the text. */
gboolean acc_setter_family_has (AccSetter *setter, guint text);

/* A line's room: its leading, or more where its letters need more. */
void acc_setter_measure_line (AccSetter *setter, guint text, guint line, double *above, double *below);

void acc_setter_place_line (AccSetter *setter, guint text, guint line, const AccArea *column, double baseline);

double acc_setter_get_top (AccSetter *setter, guint page);
void acc_setter_place_head (AccSetter *setter);
void acc_setter_place_foot (AccSetter *setter);

G_END_DECLS
