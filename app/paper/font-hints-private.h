/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only door to HarfBuzz's subsetter. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The TrueType font @data without the programs that fit its letters to a screen's pixels (ISO/IEC 14496-22: cvt, fpgm,
 * prep, and each glyph's instructions). Outlines, glyph numbers and cmap stay. The same font gives the same bytes. NULL
 * where it is none that HarfBuzz can read. */
GBytes *acc_font_drop_hints (gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
