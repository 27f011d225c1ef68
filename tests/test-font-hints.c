/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter's fonts carry outlines, and nothing that only a screen has a use for. */
#include "paper-support.h"
#include "paper/fonts-private.h"

#include <gio/gio.h>
#include <hb.h>
#include <string.h>

static const char *const hint_tables[] = { "cvt ", "fpgm", "prep" };

/* What a font without hints may have otherwise than the one with them. */
static const char *const other_tables[] = { "cvt ", "fpgm", "prep", "gasp", "DSIG", "glyf", "loca", "maxp", "head",
                                            "hhea", "hmtx", "vhea", "vmtx", NULL };

/* --- fonts --- */

/* The font that a letter is set in, its whole file. */
static hb_blob_t *
read_font (const char *family)
{
  g_autoptr (GError) error = NULL;
  PangoFontDescription *description = pango_font_description_from_string (family);
  hb_blob_t *blob;

  acc_fonts_lock ();
  PangoContext *context = acc_fonts_new_context ("en", &error);
  g_assert_no_error (error);
  PangoFont *font = pango_context_load_font (context, description);
  blob = hb_face_reference_blob (hb_font_get_face (pango_font_get_hb_font (font)));
  g_object_unref (font);
  g_object_unref (context);
  acc_fonts_unlock ();
  pango_font_description_free (description);
  return blob;
}

static guint
measure_table (hb_face_t *face, const char *name)
{
  hb_blob_t *table = hb_face_reference_table (face, hb_tag_from_string (name, -1));
  guint length = hb_blob_get_length (table);

  hb_blob_destroy (table);
  return length;
}

static hb_face_t *
open_face (gconstpointer data, gsize size)
{
  hb_blob_t *blob = hb_blob_create (data, size, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
  hb_face_t *face = hb_face_create (blob, 0);

  hb_blob_destroy (blob);
  return face;
}

static void
add_point (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *more)
{
  g_string_append_printf (data, "%g %g to\n", x, y);
}

static void
add_curve (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float control_x, float control_y, float x,
           float y, void *more)
{
  g_string_append_printf (data, "%g %g %g %g curve\n", control_x, control_y, x, y);
}

/* Every glyph's outline and advance, in the font's units. */
static char *
tell_outlines (hb_face_t *face)
{
  GString *outlines = g_string_new (NULL);
  hb_font_t *font = hb_font_create (face);
  hb_draw_funcs_t *funcs = hb_draw_funcs_create ();

  hb_draw_funcs_set_move_to_func (funcs, add_point, NULL, NULL);
  hb_draw_funcs_set_line_to_func (funcs, add_point, NULL, NULL);
  hb_draw_funcs_set_quadratic_to_func (funcs, add_curve, NULL, NULL);
  for (guint i = 0; i < hb_face_get_glyph_count (face); i++)
    {
      g_string_append_printf (outlines, "%u: %d\n", i, hb_font_get_glyph_h_advance (font, i));
      hb_font_get_glyph_shape (font, i, funcs, outlines);
    }
  hb_draw_funcs_destroy (funcs);
  hb_font_destroy (font);
  return g_string_free (outlines, FALSE);
}

/* How letters are shaped, what characters there are, names, … */
static void
assert_same_tables (hb_face_t *before, hb_face_t *after)
{
  hb_tag_t tag;
  guint n = 1;

  for (guint i = 0; hb_face_get_table_tags (before, i, &n, &tag) > i && n == 1; i++)
    {
      char name[5] = "";

      hb_tag_to_string (tag, name);
      if (g_strv_contains (other_tables, name))
        continue;

      hb_blob_t *table = hb_face_reference_table (before, tag);
      hb_blob_t *same = hb_face_reference_table (after, tag);

      g_test_message ("%s", name);
      g_assert_cmpmem (hb_blob_get_data (table, NULL), hb_blob_get_length (table), hb_blob_get_data (same, NULL),
                       hb_blob_get_length (same));
      hb_blob_destroy (table);
      hb_blob_destroy (same);
    }
}

static const struct {
  const char *font, *original;
} faces[] = {
  { "Noto Serif", "noto/NotoSerif-Regular.ttf" },
  { "Noto Serif Bold", "noto/NotoSerif-Bold.ttf" },
  { "Noto Sans", "noto/NotoSans-Regular.ttf" },
  { "Noto Naskh Arabic", "noto/NotoNaskhArabic-Regular.ttf" },
  { "Noto Serif Devanagari", "noto/NotoSerifDevanagari-Regular.ttf" },
  { "WenQuanYi Micro Hei", "wqy/wqy-microhei.ttc" },
  { "Symbola", "ancient-scripts/Symbola_hint.ttf" },
};

static void
test_a_letters_font_is_the_packages_without_hints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faces); i++)
    {
      g_autofree char *path = g_build_filename ("/usr/share/fonts/truetype", faces[i].original, NULL);
      hb_blob_t *original = hb_blob_create_from_file_or_fail (path);
      hb_face_t *before = hb_face_create (original, 0);
      hb_blob_t *font = read_font (faces[i].font);
      hb_face_t *after = hb_face_create (font, 0);
      g_autofree char *outlines = tell_outlines (before);
      g_autofree char *same = tell_outlines (after);

      g_test_message ("%s", faces[i].font);
      g_assert_cmpuint (hb_face_get_glyph_count (after), ==, hb_face_get_glyph_count (before));
      g_assert_true (g_str_equal (outlines, same));
      assert_same_tables (before, after);
      g_assert_cmpuint (measure_table (after, "glyf"), <, measure_table (before, "glyf"));
      for (guint j = 0; j < G_N_ELEMENTS (hint_tables); j++)
        g_assert_cmpuint (measure_table (after, hint_tables[j]), ==, 0);
      hb_face_destroy (before);
      hb_face_destroy (after);
      hb_blob_destroy (original);
      hb_blob_destroy (font);
    }
}

/* --- a PDF's fonts --- */

/* The stream after @dictionary, unpacked. */
static GBytes *
unpack (const char *dictionary, const char *end)
{
  const char *start = g_strstr_len (dictionary, end - dictionary, "stream\n") + strlen ("stream\n");
  g_autoptr (GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_data (start, end - start, NULL);
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (packed, G_CONVERTER (unpacker));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
check_font (const char *length, const char *end)
{
  g_autoptr (GBytes) font = unpack (length, end);
  hb_face_t *face = open_face (g_bytes_get_data (font, NULL), g_bytes_get_size (font));

  g_assert_cmpuint (g_bytes_get_size (font), ==, g_ascii_strtoull (length + strlen ("/Length1 "), NULL, 10));
  g_assert_cmpuint (measure_table (face, "glyf"), >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (hint_tables); i++)
    g_assert_cmpuint (measure_table (face, hint_tables[i]), ==, 0);
  hb_face_destroy (face);
}

/* One page each: what is a good size for its script, and no less than has been reached. */
static const struct {
  const char *letter;
  guint n_fonts; /* TrueType, at least */
  gsize bytes_max;
} letters[] = {
  { "two-sentences", 3, 30000 },
  { "full-page", 3, 30000 },
  { "witnessed", 3, 30000 },
  { "arabic", 3, 40000 },
  { "chinese", 4, 150000 },
};

static void
test_a_letter_is_light (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (letters[i].letter);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      gsize size;
      const char *data = g_bytes_get_data (pdf, &size);
      const char *at = data;
      guint n_fonts = 0;

      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes", letters[i].letter, size);
      while ((at = memmem (at, data + size - at, "/Length1 ", strlen ("/Length1 "))) != NULL)
        {
          check_font (at++, data + size);
          n_fonts++;
        }
      g_assert_cmpuint (n_fonts, >=, letters[i].n_fonts);
      g_assert_cmpuint (size, <=, letters[i].bytes_max);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/font-hints/a-letters-font-is-the-packages-without-hints",
                   test_a_letters_font_is_the_packages_without_hints);
  g_test_add_func ("/font-hints/a-letter-is-light", test_a_letter_is_light);
  return g_test_run ();
}
