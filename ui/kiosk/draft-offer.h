/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a crash: offers the letter that was not finished to whoever can type the name of its addressee, for half a minute
 * and three tries, and shows nothing of it before. Who types has time to end. Emits "settled" once: TRUE if the letter has
 * found its writer, FALSE if it is to be forgotten. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/station.h"
#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_TYPE_DRAFT_OFFER (acc_draft_offer_get_type ())
G_DECLARE_FINAL_TYPE (AccDraftOffer, acc_draft_offer, ACC, DRAFT_OFFER, GtkWidget)

GtkWidget *acc_draft_offer_new (AccForm *draft, AccStation *station) G_GNUC_WARN_UNUSED_RESULT;

/* Puts the focus where the name is typed; once it is in its window. */
void acc_draft_offer_enter (AccDraftOffer *self);

AccForm *acc_draft_offer_get_draft (AccDraftOffer *self); /* lent */

G_END_DECLS
