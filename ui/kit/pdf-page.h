/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a PDF on the table: white paper of a settled size, with its picture once there is one. Says its text
 * to assistive technology. Private to the kit. */
#pragma once

#include <gtk/gtk.h>

#include "paper/pdf-layout.h"

G_BEGIN_DECLS

#define ACC_TYPE_PDF_PAGE (acc_pdf_page_get_type ())
G_DECLARE_FINAL_TYPE (AccPdfPage, acc_pdf_page, ACC, PDF_PAGE, GtkWidget)

/* Page @position (from 0) of @n_pages, @width by @height points. */
GtkWidget *acc_pdf_page_new (guint position, guint n_pages, double width, double height) G_GNUC_WARN_UNUSED_RESULT;

void acc_pdf_page_set_zoom (AccPdfPage *self, double zoom); /* pixels a point */
double acc_pdf_page_get_points_wide (AccPdfPage *self);

/* The picture, an image surface, and its device pixels a point; NULL to let it go. */
void acc_pdf_page_set_picture (AccPdfPage *self, cairo_surface_t *picture, double scale);

/* The scale that was last asked for or drawn; 0 for none. Setting it notes that it is being drawn. */
double acc_pdf_page_get_asked (AccPdfPage *self);
void acc_pdf_page_set_asked (AccPdfPage *self, double scale);

/* The device pixels a point at which the picture would be sharp now. */
double acc_pdf_page_get_sharp_scale (AccPdfPage *self);

gboolean acc_pdf_page_has_picture (AccPdfPage *self);
gboolean acc_pdf_page_is_sharp (AccPdfPage *self); /* its picture is drawn for the size that it has now */
void acc_pdf_page_set_text (AccPdfPage *self, const char *text);

/* Where its letters stand; takes @layout. NULL until it is known. */
void acc_pdf_page_set_layout (AccPdfPage *self, AccPdfLayout *layout);
const AccPdfLayout *acc_pdf_page_get_layout (AccPdfPage *self);

double acc_pdf_page_get_zoom (AccPdfPage *self);

/* What is marked on it: of AccPdfMark. */
typedef enum {
  ACC_PDF_MARK_PASSAGE, /* pointed out by whoever shows the document */
  ACC_PDF_MARK_SHOWN,   /* the same, and it was gone to */
  ACC_PDF_MARK_SELECTED,
  ACC_PDF_MARK_FOUND,
  ACC_PDF_MARK_CURRENT,
  ACC_PDF_MARK_N
} AccPdfMarkKind;
typedef struct {
  AccPdfPlace place;
  AccPdfMarkKind kind;
} AccPdfMark;
void acc_pdf_page_set_marks (AccPdfPage *self, GArray *marks);

G_END_DECLS
