/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The faces that the paper's fonts are drawn with, opened here and for good: cairo opens none for them.
 *
 * Of the font files that it opens itself, cairo (1.16, cairo-ft-font.c) keeps ten open for the whole process and closes
 * one for each more, outside of the lock that a thread which draws with it holds. A letter that is set while a window
 * is drawn could so take a face from under the window, or lose its own. */
#pragma once

#include <pango/pangofc-fontmap.h>

G_BEGIN_DECLS

/* Whatever font @map loads from now on has its face from here. A file that cannot be opened is left to cairo, which
 * says so when it is drawn. Under the lock of the fonts, as all use of @map. */
void acc_font_faces_serve (PangoFcFontMap *map);

G_END_DECLS
