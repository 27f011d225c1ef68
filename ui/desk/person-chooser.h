/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who an addressee is: the one person meant beyond doubt, or a search in the directory. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/review-draft.h"

G_BEGIN_DECLS

#define ACC_TYPE_PERSON_CHOOSER (acc_person_chooser_get_type ())
G_DECLARE_FINAL_TYPE (AccPersonChooser, acc_person_chooser, ACC, PERSON_CHOOSER, GtkWidget)

GtkWidget *acc_person_chooser_new (AccReviewDraft *draft, guint addressee) G_GNUC_WARN_UNUSED_RESULT;

/* Shows what the draft says now. */
void acc_person_chooser_update (AccPersonChooser *self, gboolean editable);

/* The search has the focus next. FALSE where a person is chosen. */
gboolean acc_person_chooser_focus (AccPersonChooser *self);

G_END_DECLS
