/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a line does not end, though Unicode's rules (UAX 14) would let it: what a good letter keeps together. Pure; any
 * thread. */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* Adds to @attributes what keeps together the words of @text, a paragraph in @language (BCP 47). What is kept within a
 * word has at most @longest characters: a longer one is parted as before, or it would leave the paper. @attributes is
 * taken; NULL: none yet, nor where there is nothing to add. */
PangoAttrList *acc_line_breaks_keep (PangoAttrList *attributes, const char *text, const char *language,
                                     guint longest) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
