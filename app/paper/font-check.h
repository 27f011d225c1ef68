/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the letters' fonts on this machine can set, for an administrator: the paper's own font map is asked. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *script;   /* "Thai" */
  const char *family;   /* the face that resources/fonts.conf has for it */
  const char *package;  /* Debian's, which brings it */
  const char *language; /* BCP 47 */
  const char *sample;
  gboolean needed;      /* the bank's own words on every letter are set in it */
} AccFontRow;

extern const AccFontRow acc_font_rows[];
extern const guint acc_font_n_rows;

typedef enum {
  ACC_FONT_FOUND,
  ACC_FONT_REPLACED, /* the letters are set in another face */
  ACC_FONT_MISSING,  /* letters in this script are refused */
} AccFontState;

/* FALSE with ACC_ERROR_SYSTEM where no font can be read at all. */
gboolean acc_font_check (const AccFontRow *row, AccFontState *state, GError **error);

/* Whether each row's family is installed; takes a millisecond or two. ACC_ERROR_SYSTEM names each that is missing with its
 * package, and the fonts are read anew the next time, so that it can be looked again once they are installed. */
gboolean acc_font_check_families (GError **error);

G_END_DECLS
