/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/font-hints-private.h"

#include <hb-subset.h>

/* NULL where HarfBuzz cannot make one. */
static hb_face_t *
subset (hb_face_t *face)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_face_t *lighter;

  if (input == NULL)
    return NULL;
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  /* All glyphs, so that each keeps its number; and the cmap, which in a PDF may be by codes, not by characters. */
  hb_set_add_range (hb_subset_input_glyph_set (input), 0, hb_face_get_glyph_count (face) - 1);
  hb_set_add (hb_subset_input_set (input, HB_SUBSET_SETS_NO_SUBSET_TABLE_TAG), HB_TAG ('c', 'm', 'a', 'p'));
  lighter = hb_subset_or_fail (face, input);
  hb_subset_input_destroy (input);
  return lighter;
}

GBytes *
acc_font_drop_hints (gconstpointer data, gsize size)
{
  g_return_val_if_fail (data != NULL, NULL);

  hb_blob_t *blob = hb_blob_create (data, size, HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_face_t *face = hb_face_create (blob, 0);
  hb_face_t *lighter = hb_face_get_glyph_count (face) > 0 ? subset (face) : NULL;
  GBytes *bytes = NULL;

  if (lighter != NULL)
    {
      hb_blob_t *written = hb_face_reference_blob (lighter);
      guint length;
      const char *start = hb_blob_get_data (written, &length);

      bytes = g_bytes_new (start, length);
      hb_blob_destroy (written);
      hb_face_destroy (lighter);
    }
  hb_face_destroy (face);
  hb_blob_destroy (blob);
  return bytes;
}
