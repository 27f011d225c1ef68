/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF's pages one under another, drawn by accolade-pdf at the display's own pixels. Asks on the paper's thread,
 * never waits on the main one. Actions: pdf.zoom-in, pdf.zoom-out, pdf.fit-width. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "base/worker.h"
#include "paper/pdf-layout.h"

G_BEGIN_DECLS

#define ACC_TYPE_PDF_VIEW (acc_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (AccPdfView, acc_pdf_view, ACC, PDF_VIEW, GtkWidget)

GtkWidget *acc_pdf_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The paper's thread; set once, before the first PDF. */
void acc_pdf_view_set_worker (AccPdfView *self, AccWorker *paper);

/* Its text can be selected, copied and found: pdf.select-all, pdf.copy, pdf.find, pdf.find-next, pdf.find-previous,
 * pdf.find-end. For a desk; never where clients come and go. Once, before the first PDF. */
void acc_pdf_view_make_readable (AccPdfView *self);

/* What is selected, as poppler reads it; NULL: nothing is. */
char *acc_pdf_view_dup_selection (AccPdfView *self) G_GNUC_WARN_UNUSED_RESULT;

/* The bytes to show; NULL empties the view. */
void acc_pdf_view_set_pdf (AccPdfView *self, GBytes *pdf);

/* Words to be pointed out wherever they stand on the pages, of a readable view: bytes from @start up to @end of @paragraph, which
 * is there to tell them from the same words elsewhere, and stands on the page as it is here. The mark is the view's own: no
 * PDF ever has it. */
typedef struct {
  char *paragraph;
  gsize start, end;
  GArray *spots; /* AccPdfSpot: where it stands; NULL: it is looked for by its words */
} AccPdfPassage;
AccPdfPassage *acc_pdf_passage_new (char *paragraph, gsize start, gsize end) G_GNUC_WARN_UNUSED_RESULT; /* takes @paragraph */

/* For who knows where a passage stands on the pages of one PDF, in a script that cannot be looked for. Takes @spots. */
typedef struct {
  guint page;
  AccPdfPlace place;
} AccPdfSpot;
AccPdfPassage *acc_pdf_passage_new_placed (GArray *spots) G_GNUC_WARN_UNUSED_RESULT;
void acc_pdf_passage_free (gpointer passage);

/* GPtrArray of AccPdfPassage; NULL: nothing any more. They stay for the next PDF too. Emits "passages-unplaced" once the pages
 * are read where not all of them were found. */
void acc_pdf_view_point_out (AccPdfView *self, GPtrArray *passages);

/* Brings passage @passage into view, or emits "passage-lost" where the document does not have it; at once, or as soon as its
 * pages are read. */
void acc_pdf_view_show_passage (AccPdfView *self, guint passage);

/* 0 until the PDF is open; emits "loaded" when it is, or when it turned out that it cannot be shown. */
guint acc_pdf_view_get_n_pages (AccPdfView *self);

/* A sentence if it cannot be shown, else NULL. */
const char *acc_pdf_view_get_failure (AccPdfView *self);

G_END_DECLS
