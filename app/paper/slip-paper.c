/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/slip-paper.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "paper/fonts-private.h"

#define MM (72 / 25.4)
#define WIDTH (80 * MM)
#define HEIGHT_MIN (WIDTH + 10 * MM) /* what is wider than high, a print service turns */
#define MARGIN (5 * MM) /* what such a printer cannot reach */

/* Its lines from the top: points of type, and the room above. */
typedef struct {
  const char *text;
  const char *font;
  double space;
} Line;

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static PangoLayout *
lay_out (PangoContext *context, const Line *line)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (line->font);

  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) ((WIDTH - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_text (layout, line->text, -1);
  return layout;
}

static GPtrArray *
lay_out_all (PangoContext *context, const Line *lines, gsize n, double *height, GError **error)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);

  *height = 2 * MARGIN;
  for (gsize i = 0; i < n; i++)
    {
      PangoLayout *layout = lay_out (context, &lines[i]);
      PangoRectangle extents;

      g_ptr_array_add (layouts, layout);
      pango_layout_get_extents (layout, NULL, &extents);
      *height += lines[i].space + (double) extents.height / PANGO_SCALE;
      if (pango_layout_get_unknown_glyphs_count (layout) > 0)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("no font can write “%s” on a slip"), lines[i].text);
          return NULL;
        }
    }
  *height = MAX (*height, HEIGHT_MIN);
  return g_steal_pointer (&layouts);
}

static GBytes *
draw (GPtrArray *layouts, const Line *lines, double height)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, bytes, WIDTH, height);
  cairo_t *cr = cairo_create (surface);
  double y = MARGIN;

  for (guint i = 0; i < layouts->len; i++)
    {
      PangoLayout *layout = g_ptr_array_index (layouts, i);
      PangoRectangle extents;

      y += lines[i].space;
      cairo_move_to (cr, MARGIN, y);
      pango_cairo_show_layout (cr, layout);
      pango_layout_get_extents (layout, NULL, &extents);
      y += (double) extents.height / PANGO_SCALE;
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
write_lines (const char *language, const Line *lines, gsize n, GError **error)
{
  PangoContext *context = acc_fonts_new_context (language, error);
  g_autoptr (GPtrArray) layouts = NULL;
  double height = 0;

  if (context == NULL)
    return NULL;
  layouts = lay_out_all (context, lines, n, &height, error);
  g_object_unref (context);
  return layouts != NULL ? draw (layouts, lines, height) : NULL;
}

GBytes *
acc_slip_paper_write (const AccSlipPaper *slip, GError **error)
{
  g_autofree char *number = NULL;
  GBytes *pdf;

  g_return_val_if_fail (slip != NULL && slip->code != NULL && slip->number != NULL, NULL);

  number = g_strdup_printf (_ ("The number of your letter is %s."), slip->number);
  {
    const Line lines[] = {
      { slip->branch, "Noto Serif Bold 13", 0 },
      { slip->date, "Noto Sans 9", 2 },
      { _ ("Your letter is sent"), "Noto Sans 11", 14 },
      { _ ("Your code"), "Noto Sans 9", 14 },
      { slip->code, "Noto Sans Bold 18", 2 },
      { _ ("With the code you can come back to the kiosk to see where your letter is, to take it back, or to have it "
           "erased."),
        "Noto Sans 9", 12 },
      { number, "Noto Sans 9", 8 },
    };

    acc_fonts_lock ();
    pdf = write_lines (slip->language, lines, G_N_ELEMENTS (lines), error);
    acc_fonts_unlock ();
  }
  return pdf;
}
