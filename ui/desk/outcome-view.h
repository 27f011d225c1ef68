/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has become of a letter: where it went or has still to go, and who decided what. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-letter.h"
#include "review/decision.h"

G_BEGIN_DECLS

#define ACC_TYPE_OUTCOME_VIEW (acc_outcome_view_get_type ())
G_DECLARE_FINAL_TYPE (AccOutcomeView, acc_outcome_view, ACC, OUTCOME_VIEW, GtkWidget)

/* @letter: or NULL, which forgets the one before. */
void acc_outcome_view_set_letter (AccOutcomeView *self, AccDeskLetter *letter);

/* Whether the view says already what the sentence @problem says, of a delivery. */
gboolean acc_outcome_view_tells (AccOutcomeView *self, const char *problem);

/* "Ana Held routed it". */
char *acc_outcome_view_describe (const AccDecision *decision) G_GNUC_WARN_UNUSED_RESULT;

/* Of AccSilence, of all letters; NULL: none is known. */
void acc_outcome_view_set_silences (AccOutcomeView *self, GPtrArray *silences);

G_END_DECLS
