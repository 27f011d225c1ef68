/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drop-hints FONT COPY: writes the TrueType font without the programs that fit its letters to a screen's pixels (ISO/IEC
 * 14496-22: cvt, fpgm, prep, and each glyph's instructions). Outlines, glyph numbers and all other tables stay. Of a file
 * with several fonts it takes the first. The same font gives the same bytes. Run by the build. */
#include <glib.h>
#include <hb-subset.h>

/* Rewritten by HarfBuzz: they hold the instructions, or tell of them. All others are copied. */
static const char *const rewritten[] = { "glyf", "loca", "maxp", "head", "hhea", "hmtx", "vhea", "vmtx", NULL };

/* Of no use without hints, or to no one but Windows' screens; a signature would be wrong. */
static const char *const dropped[] = { "cvt ", "fpgm", "prep", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", NULL };

/* Its tables, each to be dropped, rewritten or copied. */
static void
sort_tables (hb_face_t *face, hb_subset_input_t *input)
{
  hb_set_t *out = hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG);
  hb_set_t *same = hb_subset_input_set (input, HB_SUBSET_SETS_NO_SUBSET_TABLE_TAG);
  hb_tag_t tag;
  guint n = 1;

  hb_set_clear (out);
  for (guint i = 0; hb_face_get_table_tags (face, i, &n, &tag) > i && n == 1; i++)
    {
      char name[5] = "";

      hb_tag_to_string (tag, name);
      if (g_strv_contains (dropped, name))
        hb_set_add (out, tag);
      else if (!g_strv_contains (rewritten, name))
        hb_set_add (same, tag);
    }
}

/* NULL where HarfBuzz cannot make one. */
static hb_face_t *
drop_hints (hb_face_t *face)
{
  hb_subset_input_t *input = hb_face_get_glyph_count (face) > 0 ? hb_subset_input_create_or_fail () : NULL;
  hb_face_t *lighter;

  if (input == NULL)
    return NULL;
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  /* All glyphs, so that each keeps its number. */
  hb_set_add_range (hb_subset_input_glyph_set (input), 0, hb_face_get_glyph_count (face) - 1);
  sort_tables (face, input);
  lighter = hb_subset_or_fail (face, input);
  hb_subset_input_destroy (input);
  return lighter;
}

int
main (int argc, char *argv[])
{
  hb_blob_t *font = argc == 3 ? hb_blob_create_from_file_or_fail (argv[1]) : NULL;
  hb_face_t *face = font != NULL ? hb_face_create (font, 0) : NULL;
  hb_face_t *lighter = face != NULL ? drop_hints (face) : NULL;
  g_autoptr (GError) error = NULL;
  hb_blob_t *written;
  const char *data;
  guint size;

  if (lighter == NULL)
    {
      g_printerr ("drop-hints: %s is no font that can be read.\n", argc > 1 ? argv[1] : "");
      return 1;
    }
  written = hb_face_reference_blob (lighter);
  data = hb_blob_get_data (written, &size);
  if (!g_file_set_contents (argv[2], data, size, &error))
    g_printerr ("drop-hints: %s\n", error->message);
  hb_blob_destroy (written);
  hb_face_destroy (lighter);
  hb_face_destroy (face);
  hb_blob_destroy (font);
  return error == NULL ? 0 : 1;
}
