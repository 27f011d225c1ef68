/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF in its box: asks accolade-pdf, a child process without files, network or new programs and with
 * bounded time and memory, for pictures and text. One thread at a time (the paper's); never the main one,
 * since each call waits, at most ACC_PDF_SECONDS. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "paper/pdf-layout.h"

G_BEGIN_DECLS

#define ACC_PDF_SECONDS 3
#define ACC_PDF_BYTES_MAX (32 * 1024 * 1024)
#define ACC_PDF_PAGES_MAX 200

#define ACC_TYPE_PDF_PROCESS (acc_pdf_process_get_type ())
G_DECLARE_FINAL_TYPE (AccPdfProcess, acc_pdf_process, ACC, PDF_PROCESS, GObject)

/* Starts the child and hands it @pdf. ACC_ERROR_DOCUMENT if it cannot be read; the child's end, however it
 * comes, is that error too. The child goes with the object. */
AccPdfProcess *acc_pdf_process_open (GBytes *pdf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From now on a child is started before it is needed, for a program in which somebody waits for pages. Any thread. */
void acc_pdf_process_keep_spare (void);

guint acc_pdf_process_get_n_pages (AccPdfProcess *self);
void acc_pdf_process_get_page_size (AccPdfProcess *self, guint page, double *width, double *height); /* points */

/* The page's text as poppler reads it, UTF-8. */
char *acc_pdf_process_read_text (AccPdfProcess *self, guint page, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, and where on the page each of its characters stands. */
AccPdfLayout *acc_pdf_process_read_layout (AccPdfProcess *self, guint page, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The page as a picture, @scale pixels a point (at most 4,000 pixels a side): a CAIRO_FORMAT_RGB24 surface. */
cairo_surface_t *acc_pdf_process_draw (AccPdfProcess *self, guint page, double scale, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
