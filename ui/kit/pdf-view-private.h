/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the view: its pages (pdf-view.c), and what is read on them (pdf-reading.c). */
#pragma once

#include "kit/pdf-page.h"
#include "kit/pdf-view.h"
#include "paper/pdf-process.h"

G_BEGIN_DECLS

/* Before character @at of page @page. */
typedef struct {
  guint page, at;
} AccPdfCaret;

typedef struct {
  guint page;
  AccPdfRange range;
} AccPdfMatch;

/* The document in its box. Used and let go on the paper's thread only; the main thread just passes it on. */
typedef struct {
  AccPdfProcess *process;
} AccPdfDocument;

struct _AccPdfView {
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkLabel *message;
  GtkScrolledWindow *scroller;
  GtkBox *pages;

  AccWorker *worker;
  GCancellable *cancellable; /* of what is being asked for the present PDF */
  AccPdfDocument *document;
  GPtrArray *list; /* AccPdfPage, lent by the box */
  char *failure;
  double zoom;
  gboolean fits;
  guint settle; /* source */
  int settled_width;
  double middle_x, middle_y; /* of the pages, to be kept there */
  guint keep;                /* source */

  /* What is read in it; nothing of this where it is only looked at. */
  gboolean readable;
  GtkWidget *find_bar, *find_entry, *find_count;
  AccPdfCaret anchor, head; /* of the selection */
  gboolean moved;           /* the pointer, since it went down */
  GArray *matches;          /* AccPdfMatch, in order */
  guint current;            /* of them */
};

/* Asks for the places of a page's letters; acc_pdf_view_take_layout follows. */
void acc_pdf_view_ask_layout (AccPdfView *self, guint page);

/* pdf-reading.c */
void acc_pdf_view_class_init_reading (GtkWidgetClass *class);
void acc_pdf_view_init_reading (AccPdfView *self);
void acc_pdf_view_clear_reading (AccPdfView *self); /* another document, or none */
void acc_pdf_view_take_layout (AccPdfView *self, guint page);

G_END_DECLS
