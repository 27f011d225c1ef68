/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something to look at before deciding: what is the matter, and what to do. Emits "offer-taken" with the words that were
 * offered for the cover. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/passages.h"

G_BEGIN_DECLS

#define ACC_TYPE_CHECK_CARD (acc_check_card_get_type ())
G_DECLARE_FINAL_TYPE (AccCheckCard, acc_check_card, ACC, CHECK_CARD, GtkWidget)

/* @stops: it keeps this banker from approving. @advice may be "". */
GtkWidget *acc_check_card_new (const char *sentence, const char *advice, gboolean stops) G_GNUC_WARN_UNUSED_RESULT;

/* The card is about these words of the letter: "review.show-passage" is a click, or Enter, away. Once. */
void acc_check_card_set_passage (AccCheckCard *self, const AccPassage *passage);

/* Neutral words, with a button that takes them into the cover, while there is one to take them. */
void acc_check_card_set_offer (AccCheckCard *self, const char *words);
void acc_check_card_set_may_take (AccCheckCard *self, gboolean may_take);

G_END_DECLS
