/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper on the table: draws the typesetter's own lines, all pages one under another, in a scroller.
 *
 * One answer can be in focus: it stands on a tint with a bar beside it. With a text view set, a caret stands in
 * it too: the text view lies unseen over the answer and takes keys, focus, input method and accessibility, since
 * a drawn widget has no accessible text. A view that stands elsewhere can be followed instead: then the sheet is a
 * picture that keeps the line in view. A tap into a line moves the caret there. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "paper/typesetter.h"

G_BEGIN_DECLS

#define ACC_TYPE_SHEET (acc_sheet_get_type ())
G_DECLARE_FINAL_TYPE (AccSheet, acc_sheet, ACC, SHEET, GtkWidget)

GtkWidget *acc_sheet_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What to draw; NULL leaves an empty page. The line in focus is kept in view. */
void acc_sheet_set_pages (AccSheet *self, AccPages *pages);
AccPages *acc_sheet_get_pages (AccSheet *self);

/* Which answer is being given; ACC_FIELD_NONE for none. */
void acc_sheet_set_focus_field (AccSheet *self, AccField field, guint index);

/* The view that takes the keys for the field in focus, NULL to give it back. Its buffer holds the answer as it
 * stands in the letter. */
void acc_sheet_set_text_view (AccSheet *self, GtkTextView *view);

/* The same for a view that is seen where it stands: the sheet gives back the one that it held. */
void acc_sheet_follow_text_view (AccSheet *self, GtkTextView *view);

/* The view that is held or followed; NULL for none. */
GtkTextView *acc_sheet_get_text_view (AccSheet *self);

/* Where the answer's @byte stands, in the sheet's coordinates; FALSE if it is not on the paper. */
gboolean acc_sheet_find_caret (AccSheet *self, gsize byte, graphene_rect_t *caret);

G_END_DECLS
