/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters' fonts: one Pango font map on resources/fonts.conf alone, never on the user's settings.
 * Pango's map is not made for several threads at once: whoever touches a layout holds the lock. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

void acc_fonts_lock (void);
void acc_fonts_unlock (void);

/* A context for text in @language (BCP 47), unhinted, 72 units an inch. ACC_ERROR_SYSTEM where the fonts cannot
 * be read. Under the lock. */
PangoContext *acc_fonts_new_context (const char *language, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The next context reads anew which fonts are installed; contexts that are there keep theirs. Under the lock. */
void acc_fonts_forget (void);

/* ACC_ERROR_SYSTEM unless a font of @family is installed. Under the lock, after a context was made. */
gboolean acc_fonts_check_family (const char *family, GError **error);

G_END_DECLS
