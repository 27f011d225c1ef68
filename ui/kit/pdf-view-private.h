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

  GPtrArray *passages;      /* AccPdfPassage: what is pointed out */
  GArray *places;           /* AccPdfPlaced: where it stands, once all pages are read */
  gboolean placed;
  guint shown;              /* the passage that was gone to; G_MAXUINT: none was */
  gboolean to_be_shown;     /* it is gone to as soon as it is known where it stands */
};

/* A passage, or the part of it on one page. */
typedef struct {
  guint passage;
  AccPdfMatch match;
  const AccPdfPlace *place; /* lent by the passage; NULL: it is the match's range */
} AccPdfPlaced;

/* Asks for the places of a page's letters; acc_pdf_view_take_layout follows. */
void acc_pdf_view_ask_layout (AccPdfView *self, guint page);

/* pdf-reading.c */
void acc_pdf_view_class_init_reading (GtkWidgetClass *class);
void acc_pdf_view_init_reading (AccPdfView *self);
void acc_pdf_view_clear_reading (AccPdfView *self); /* another document, or none */
void acc_pdf_view_take_layout (AccPdfView *self, guint page);
void acc_pdf_view_mark_pages (AccPdfView *self);
void acc_pdf_view_bring_into_view (AccPdfView *self, const AccPdfMatch *match);
void acc_pdf_view_bring_place_into_view (AccPdfView *self, guint page, const AccPdfPlace *place);
void acc_pdf_view_add_marks (GArray *marks, const AccPdfLayout *layout, AccPdfRange range, AccPdfMarkKind kind);
guint acc_pdf_view_find_unread (AccPdfView *self); /* the first page whose letters have no place yet; G_MAXUINT: none */

/* pdf-passages.c */
void acc_pdf_view_init_passages (AccPdfView *self);
void acc_pdf_view_end_passages (AccPdfView *self);
void acc_pdf_view_clear_places (AccPdfView *self); /* another document, or none */
void acc_pdf_view_place_passages (AccPdfView *self);
void acc_pdf_view_mark_passages (AccPdfView *self, guint page, GArray *marks);

G_END_DECLS
