/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/pdf-view.h"

struct _AccPdfView {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (AccPdfView, acc_pdf_view, GTK_TYPE_WIDGET)

static void acc_pdf_view_class_init (AccPdfViewClass *class) {}
static void acc_pdf_view_init (AccPdfView *self) {}
GtkWidget *acc_pdf_view_new (void) { return g_object_new (ACC_TYPE_PDF_VIEW, NULL); }
void acc_pdf_view_set_worker (AccPdfView *self, AccWorker *paper) {}
void acc_pdf_view_set_pdf (AccPdfView *self, GBytes *pdf) {}
guint acc_pdf_view_get_n_pages (AccPdfView *self) { return 0; }
const char *acc_pdf_view_get_failure (AccPdfView *self) { return NULL; }
