/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the banker is making of one letter: who each addressee is, the plan and the checks that follow from it, and a
 * paragraph for each recipient. Nothing of it is in the store before the decision; it lives as long as the session, so
 * that looking at another letter loses nothing. Emits "changed". Main thread. */
#pragma once

#include "desk/desk-session.h"
#include "desk/desk-state.h"

G_BEGIN_DECLS

#define ACC_TYPE_REVIEW_DRAFT (acc_review_draft_get_type ())
G_DECLARE_FINAL_TYPE (AccReviewDraft, acc_review_draft, ACC, REVIEW_DRAFT, GObject)

/* Whoever is the only one of an addressee's name in @directory is chosen. */
AccReviewDraft *acc_review_draft_new (AccDeskSession *session, AccDeskLetter *letter, AccDirectory *directory)
  G_GNUC_WARN_UNUSED_RESULT;

/* The same letter after a step, or opened again. */
void acc_review_draft_set_letter (AccReviewDraft *self, AccDeskLetter *letter);

/* Another directory, newly imported: whoever was chosen is looked up in it, and the plan follows. */
void acc_review_draft_set_directory (AccReviewDraft *self, AccDirectory *directory);

AccDeskLetter *acc_review_draft_get_letter (AccReviewDraft *self);

guint acc_review_draft_get_n_addressees (AccReviewDraft *self);
const AccAddressee *acc_review_draft_get_addressee (AccReviewDraft *self, guint addressee);
const AccPerson *acc_review_draft_get_person (AccReviewDraft *self, guint addressee); /* NULL: not chosen */
void acc_review_draft_set_person (AccReviewDraft *self, guint addressee, const AccPerson *person);

/* Who is meant by @text, best first: GPtrArray of lent AccPerson. */
GPtrArray *acc_review_draft_find_people (AccReviewDraft *self, guint addressee, const char *text)
  G_GNUC_WARN_UNUSED_RESULT;

/* Whose name is spelt or said like @text, or a pet name of it: as above. */
GPtrArray *acc_review_draft_find_alike (AccReviewDraft *self, guint addressee, const char *text)
  G_GNUC_WARN_UNUSED_RESULT;

AccPlan *acc_review_draft_get_plan (AccReviewDraft *self);
GPtrArray *acc_review_draft_get_checks (AccReviewDraft *self); /* of AccCheckResult */

/* The paragraph for a recipient of the plan; "" while none is proposed. */
const char *acc_review_draft_get_paragraph (AccReviewDraft *self, guint recipient);
void acc_review_draft_set_paragraph (AccReviewDraft *self, guint recipient, const char *text); /* by the banker */

/* Neutral words that a check has offered, at the paragraph's end. */
void acc_review_draft_add_words (AccReviewDraft *self, guint recipient, const char *words);

/* What follows the paragraph where the banker approves for the same employee over and over: both supervisors are told.
 * NULL: nothing does. */
char *acc_review_draft_dup_addition (AccReviewDraft *self, guint recipient) G_GNUC_WARN_UNUSED_RESULT;

/* What those and the place are called whom the covers are about: it may be anything. */
GStrv acc_review_draft_list_names (AccReviewDraft *self) G_GNUC_WARN_UNUSED_RESULT;

/* What the banker should see of the recipient's paragraph: of AccCheckResult. */
GPtrArray *acc_review_draft_check_cover (AccReviewDraft *self, guint recipient) G_GNUC_WARN_UNUSED_RESULT;

/* Why the recipient's paragraph cannot go out, a sentence; NULL if it can. */
char *acc_review_draft_find_fault (AccReviewDraft *self, guint recipient) G_GNUC_WARN_UNUSED_RESULT;

/* The covers have gone out as they are. */
void acc_review_draft_forget_covers (AccReviewDraft *self);

/* What the banker has written into a panel about the letter, such as "heard", that closed before they were done; NULL: nothing.
 * Blank words are none. */
const char *acc_review_draft_get_words (AccReviewDraft *self, const char *panel);
void acc_review_draft_set_words (AccReviewDraft *self, const char *panel, const char *words);

/* It is done, or not wanted any more; what goes with it is named "PANEL: …". */
void acc_review_draft_forget_words (AccReviewDraft *self, const char *panel);

gboolean acc_review_draft_needs_proposals (AccReviewDraft *self);
gboolean acc_review_draft_is_edited (AccReviewDraft *self); /* words of the banker's own would be lost */

/* Takes proposals made for @plan; what the banker has written stays. */
void acc_review_draft_take_proposals (AccReviewDraft *self, AccPlan *plan, const char *const *paragraphs);

/* All that the state function asks, for @busy or not. */
void acc_review_draft_get_facts (AccReviewDraft *self, gboolean busy, AccDeskFacts *facts);

/* The values for a step of the session. With the plan and the paragraphs where @with_covers. */
AccDeskOrder *acc_review_draft_order (AccReviewDraft *self, AccMove move, gboolean with_covers)
  G_GNUC_WARN_UNUSED_RESULT;

/* How @recipient of the plan is reached: "mail", translated, static. */
const char *acc_review_draft_get_door (AccReviewDraft *self, guint recipient);

G_END_DECLS
