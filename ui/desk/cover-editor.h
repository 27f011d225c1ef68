/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paragraph for one recipient: proposed, edited here, with its length and what is wrong with it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/review-draft.h"

G_BEGIN_DECLS

#define ACC_TYPE_COVER_EDITOR (acc_cover_editor_get_type ())
G_DECLARE_FINAL_TYPE (AccCoverEditor, acc_cover_editor, ACC, COVER_EDITOR, GtkWidget)

/* Shows the paragraph for @recipient of the draft's plan; hidden where there is none. What is typed goes to @draft. */
void acc_cover_editor_update (AccCoverEditor *self, AccReviewDraft *draft, guint recipient, gboolean editable);

/* Lets go of the draft, and of all that was shown of it. */
void acc_cover_editor_forget (AccCoverEditor *self);

gboolean acc_cover_editor_take_focus (AccCoverEditor *self);

G_END_DECLS
