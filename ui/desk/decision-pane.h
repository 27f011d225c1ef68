/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets the open letter, what to look at, what the banker writes, and the verbs. Shows a draft; the window owns the
 * steps. Emits "declined" (reason) when the reason for declining is complete, "closed" when it is not to be given after
 * all. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/black-out-panel.h"
#include "desk/heard-panel.h"
#include "desk/next-panel.h"
#include "desk/pass-panel.h"
#include "desk/review-draft.h"

G_BEGIN_DECLS

#define ACC_TYPE_DECISION_PANE (acc_decision_pane_get_type ())
G_DECLARE_FINAL_TYPE (AccDecisionPane, acc_decision_pane, ACC, DECISION_PANE, GtkWidget)

/* Shows what @draft says now (NULL: no letter is open). @problem: why the last step failed, a sentence, or NULL. */
void acc_decision_pane_update (AccDecisionPane *self, AccReviewDraft *draft, gboolean busy, const char *problem);

/* Whether why a delivery of the letter waits, @reason, stands there. */
gboolean acc_decision_pane_tells (AccDecisionPane *self, const char *reason);

/* Asks for the reason to decline, or to let a declined letter wait again (then emits "reopened" with it), in the pane; and
 * gives up asking. */
void acc_decision_pane_ask_reason (AccDecisionPane *self, gboolean reopening);
void acc_decision_pane_stop_asking (AccDecisionPane *self);

/* Asks which words to take out and why; @selected: on the page, or NULL. Emits "black-out", with "closed" as above. */
void acc_decision_pane_ask_passages (AccDecisionPane *self, const char *selected);
AccBlackOutPanel *acc_decision_pane_get_black_out (AccDecisionPane *self);

/* Asks what was heard of recipient @position (0: of whom is asked too); shows what the client may be told. Emit "heard" and
 * "passed-on", with "closed" as above. */
void acc_decision_pane_ask_heard (AccDecisionPane *self, guint position);
AccHeardPanel *acc_decision_pane_get_heard (AccDecisionPane *self);
void acc_decision_pane_show_passing (AccDecisionPane *self, const AccPassing *passing, guint sequence);
AccPassPanel *acc_decision_pane_get_pass (AccDecisionPane *self);

/* Asks for the cover to the next level, which has a recipient. Emits "next-sent", with "closed" as above. */
void acc_decision_pane_ask_next (AccDecisionPane *self, AccDeskNext *next, const AccBanker *banker, AccNamed named);
AccNextPanel *acc_decision_pane_get_next (AccDecisionPane *self);

/* Of AccSilence, of all letters: what is known now of those of whom nothing was heard. NULL: nothing. */
void acc_decision_pane_set_silences (AccDecisionPane *self, GPtrArray *silences);

/* What is being written here about the letter stays in its draft (acc_review_draft_get_words) when asking is given up, and is
 * there when it is asked for again; not where the banker has gone back. This puts it there at once. */
#define ACC_PANEL_HEARD "heard" /* with the recipient's position: "heard 2" */
#define ACC_PANEL_NEXT "next"   /* with that of whom nothing was heard */
#define ACC_PANEL_DECLINE "decline"
#define ACC_PANEL_REOPEN "reopen"
#define ACC_PANEL_BLACK_OUT "black-out"          /* the reason */
#define ACC_PANEL_PASSAGES "black-out: passages" /* as acc_passages_to_text */
void acc_decision_pane_keep_words (AccDecisionPane *self);

/* As what it stays there, for when it is done; NULL: nothing is asked, or nothing of it stays. */
char *acc_decision_pane_dup_kept_as (AccDecisionPane *self) G_GNUC_WARN_UNUSED_RESULT;

/* The decision that is being asked about; ACC_MOVE_N: none. */
AccMove acc_decision_pane_get_asked (AccDecisionPane *self);

gboolean acc_decision_pane_is_asking (AccDecisionPane *self);

/* Puts the focus where the work is: the search for a person, the cover, or the large button. */
void acc_decision_pane_take_focus (AccDecisionPane *self);

G_END_DECLS
