/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-writer.h"

#include "base/error.h"
#include "paper/composition-private.h"
#include "paper/pages-private.h"
#include "paper/pdf-finish.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface, AccPages *pages)
{
  AccComposition *composition = acc_pages_get_composition (pages);
  g_autofree char *title = acc_composition_dup_title (composition);
  g_autofree char *date = g_strconcat (acc_composition_get_date (composition), "T00:00:00Z", NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR,
                                  acc_letterhead_get_bank (acc_pages_get_letterhead (pages)));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Accolade");
  /* The clock must not come in: the same letter gives the same bytes. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static cairo_status_t
draw_pages (cairo_surface_t *surface, AccPages *pages)
{
  cairo_t *cr = cairo_create (surface);

  cairo_tag_begin (cr, "Document", NULL);
  for (guint page = 0; page < acc_pages_get_count (pages); page++)
    {
      acc_pages_draw (pages, page, cr);
      cairo_show_page (cr);
    }
  cairo_tag_end (cr, "Document");

  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static GBytes *
write_pages (AccPages *pages, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();

  acc_fonts_lock ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, bytes, acc_pages_get_width (pages),
                                                                  acc_pages_get_height (pages));
  set_metadata (surface, pages);
  cairo_status_t status = draw_pages (surface, pages);
  /* cairo knows whether it could write the fonts only once it is done. */
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  acc_fonts_unlock ();

  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("The letter cannot be written as a PDF: %s."),
               cairo_status_to_string (status));
  return NULL;
}

static GBytes *
finish (AccPages *pages, GBytes *pdf, GError **error)
{
  AccComposition *composition = acc_pages_get_composition (pages);
  const char *bank = acc_letterhead_get_bank (acc_pages_get_letterhead (pages));
  g_autofree char *title = acc_composition_dup_title (composition);
  g_auto (GStrv) figures = acc_composition_dup_figures (composition, bank);
  const AccPdfFacts facts = {
    .language = acc_composition_get_language (composition),
    .title = title,
    .author = bank,
    .date = acc_composition_get_date (composition),
    .right_to_left = acc_composition_is_right_to_left (composition),
    .figures = (const char *const *) figures,
  };

  return acc_pdf_finish (pdf, &facts, error);
}

GBytes *
acc_pdf_write (AccPages *pages, GError **error)
{
  g_return_val_if_fail (ACC_IS_PAGES (pages), NULL);

  g_autoptr (GBytes) pdf = write_pages (pages, error);

  return pdf != NULL ? finish (pages, pdf, error) : NULL;
}
