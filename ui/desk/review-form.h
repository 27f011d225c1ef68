/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work on one letter, in the order it is done: who is meant, who gets it, what to look at, what is written to each.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/review-draft.h"

G_BEGIN_DECLS

#define ACC_TYPE_REVIEW_FORM (acc_review_form_get_type ())
G_DECLARE_FINAL_TYPE (AccReviewForm, acc_review_form, ACC, REVIEW_FORM, GtkWidget)

/* Another letter's draft, or NULL; then what it says now. */
void acc_review_form_set_draft (AccReviewForm *self, AccReviewDraft *draft);
void acc_review_form_update (AccReviewForm *self, const AccDeskFacts *facts, gboolean editable);

/* To the search for a person, else to the cover; FALSE where neither is shown. */
gboolean acc_review_form_take_focus (AccReviewForm *self);

G_END_DECLS
