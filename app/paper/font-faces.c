/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/font-faces-private.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <fontconfig/fcfreetype.h>

/* Its own, for FreeType's openings and closings are one thread's at a time. */
static FT_Library library;
static GHashTable *faces; /* "INDEX FILE" -> FT_Face; as many as the machine has fonts at most */

static FT_Face
open_face (const char *file, int index)
{
  g_autofree char *key = g_strdup_printf ("%d %s", index, file);
  FT_Face face = g_hash_table_lookup (faces, key);

  if (face == NULL && FT_New_Face (library, file, index, &face) == 0)
    g_hash_table_insert (faces, g_steal_pointer (&key), face);
  return face;
}

/* Pango asks whether the font has a decoder, as it loads it and before it is measured: it has none, and now a face. */
static PangoFcDecoder *
give_face (FcPattern *pattern, gpointer data)
{
  FT_Face face;
  FcChar8 *file;
  int index;

  if (FcPatternGetFTFace (pattern, FC_FT_FACE, 0, &face) != FcResultMatch
      && FcPatternGetString (pattern, FC_FILE, 0, &file) == FcResultMatch
      && FcPatternGetInteger (pattern, FC_INDEX, 0, &index) == FcResultMatch
      && (face = open_face ((const char *) file, index)) != NULL)
    FcPatternAddFTFace (pattern, FC_FT_FACE, face);
  return NULL;
}

void
acc_font_faces_serve (PangoFcFontMap *map)
{
  g_return_if_fail (PANGO_IS_FC_FONT_MAP (map));

  if (faces == NULL && FT_Init_FreeType (&library) != 0)
    return;
  if (faces == NULL)
    faces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pango_fc_font_map_add_decoder_find_func (map, give_face, NULL, NULL);
}
