/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages themselves, inside the sheet's scroller: places each page, the tint behind the answer in focus, the
 * caret and the unseen text view, and draws the typesetter's lines between them. Private to the kit. */
#pragma once

#include <gtk/gtk.h>

#include "paper/typesetter.h"

G_BEGIN_DECLS

#define ACC_TYPE_SHEET_PAPER (acc_sheet_paper_get_type ())
G_DECLARE_FINAL_TYPE (AccSheetPaper, acc_sheet_paper, ACC, SHEET_PAPER, GtkWidget)

void acc_sheet_paper_set_pages (AccSheetPaper *self, AccPages *pages);
AccPages *acc_sheet_paper_get_pages (AccSheetPaper *self);
void acc_sheet_paper_set_field (AccSheetPaper *self, AccField field, guint index);

/* The unseen view, held over the answer in focus. */
void acc_sheet_paper_set_view (AccSheetPaper *self, GtkWidget *view);

/* Bytes of the answer; the caret stands at @cursor, what lies between it and @bound is selected. */
void acc_sheet_paper_set_cursor (AccSheetPaper *self, gsize cursor, gsize bound);
void acc_sheet_paper_set_mark (AccSheetPaper *self, gsize start, gsize end); /* what must be looked at again; none if equal */
void acc_sheet_paper_show_caret (AccSheetPaper *self, gboolean shown);

/* What an input method is still composing at the caret; "" when it is done. */
void acc_sheet_paper_set_preedit (AccSheetPaper *self, const char *preedit);

/* The page and its point (in the typesetter's points) under a point of the widget. FALSE between the pages. */
gboolean acc_sheet_paper_find_point (AccSheetPaper *self, double x, double y, guint *page, graphene_point_t *point);

/* An area of @page in the widget's coordinates. */
void acc_sheet_paper_place_area (AccSheetPaper *self, guint page, const AccArea *area, graphene_rect_t *place);

/* Where the answer in focus stands: its caret, or its first line. FALSE if nowhere. */
gboolean acc_sheet_paper_find_focus (AccSheetPaper *self, gboolean at_caret, graphene_rect_t *place);

G_END_DECLS
