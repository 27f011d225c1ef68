/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of the open letter, always in the same place, what keeps the large one waiting, and what went wrong. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-state.h"

G_BEGIN_DECLS

#define ACC_TYPE_DECISION_FOOT (acc_decision_foot_get_type ())
G_DECLARE_FINAL_TYPE (AccDecisionFoot, acc_decision_foot, ACC, DECISION_FOOT, GtkWidget)

/* @idle_facts: as if no step were under way, so that what is offered keeps its place meanwhile. @state: as it is now. */
void acc_decision_foot_update (AccDecisionFoot *self, const AccDeskFacts *idle_facts, const AccDeskState *state);

/* @problem: a sentence; NULL: none. */
void acc_decision_foot_set_problem (AccDecisionFoot *self, const char *problem);

void acc_decision_foot_take_focus (AccDecisionFoot *self);
void acc_decision_foot_focus_decline (AccDecisionFoot *self);
void acc_decision_foot_focus_black_out (AccDecisionFoot *self);

G_END_DECLS
