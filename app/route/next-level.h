/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is asked next where a recipient has said nothing: the first one above them in the directory who is here today. Not
 * somebody who has the letter already, nor the banker who asks: then there is nobody, and a sentence says why.
 *
 * A desk shows the sentence; where there is a recipient, the banker writes a cover for it as for any other (acc_cover_propose,
 * acc_cover_write), and acc_next_level_prepare keeps one more delivery of the same letter, in the edition that left the branch
 * before. It goes out as the others do, by the outbox. All of it on the store's thread. */
#pragma once

#include "review/states.h"
#include "route/routing.h"

G_BEGIN_DECLS

#define ACC_TYPE_NEXT_LEVEL (acc_next_level_get_type ())
G_DECLARE_FINAL_TYPE (AccNextLevel, acc_next_level, ACC, NEXT_LEVEL, GObject)

/* After delivery @position of @letter, by the directory of today. ACC_ERROR_NOT_FOUND if there is no such delivery. */
AccNextLevel *acc_next_level_new (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same by @directory, for whoever asks of many. */
AccNextLevel *acc_next_level_new_in (AccDirectory *directory, AccStore *desk, AccIdentity *identity,
                                     AccOpenedLetter *letter, guint position, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const AccRecipient *acc_next_level_get_recipient (AccNextLevel *self); /* NULL: there is nobody. Lent */
const char *acc_next_level_get_sentence (AccNextLevel *self);          /* who it is, or why nobody. Lent */

/* Whether the letter names the banker who asks; @may_disclose: [integrity] second_approver=disclose, so that the cover says so. */
gboolean acc_next_level_find_named (AccNextLevel *self, AccStore *desk, gboolean may_disclose, AccNamed *named,
                                    GError **error);

/* Whether there is still something to ask: ACC_ERROR_CONFLICT if the delivery was answered, was left at that
 * (acc_silences_leave), or is one that nobody answers (the banker's own supervisor's, personnel's), or if somebody was asked
 * after it. There must be a recipient. */
gboolean acc_next_level_check_silent (AccNextLevel *self, AccStore *desk, GError **error);

/* Keeps the further delivery ("prepared") with the door that @doors choose for it, and its signed journal entry, in one
 * transaction. @cover was written for the recipient, who must be there. ACC_ERROR_CONFLICT if the letter is not routed, or
 * if the silence has ended meanwhile: by an answer, or by another banker who has asked, or has left it at that. */
gboolean acc_next_level_prepare (AccNextLevel *self, AccStore *desk, const AccCoverDone *cover, AccDoors *doors,
                                 GError **error);

G_END_DECLS
