/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One client's visit: the answers, the letter that is made of them, and its sending. A new client is a new visit;
 * what a thread still answers to an old one reaches nobody. Emits "changed" when anything below has changed, and
 * "sent" after the commit. Main thread; the work is done by the station. */
#pragma once

#include "kiosk/station.h"
#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_TYPE_VISIT (acc_visit_get_type ())
G_DECLARE_FINAL_TYPE (AccVisit, acc_visit, ACC, VISIT, GObject)

/* With an empty form and a number of its own. */
AccVisit *acc_visit_new (AccStation *station) G_GNUC_WARN_UNUSED_RESULT;

/* A changed answer: the letter that was ready is so no more. */
void acc_visit_set_form (AccVisit *self, AccForm *form);

/* Makes the letter as it will be sent; the same one as long as no answer changes. */
void acc_visit_prepare (AccVisit *self);

/* The same while the client may still change an answer, so that the letter is there when it is asked for. Nothing is
 * done where something is missing; what fails is tried again when it is asked for. */
void acc_visit_prepare_ahead (AccVisit *self);

/* Sends the letter that is ready; after a failure the same one again, under the same number. */
void acc_visit_send (AccVisit *self);

/* Lent. */
AccForm *acc_visit_get_form (AccVisit *self);
const char *acc_visit_get_number (AccVisit *self);
AccReadyLetter *acc_visit_get_ready (AccVisit *self); /* NULL until it is */
const char *acc_visit_get_failure (AccVisit *self);   /* what keeps it from being ready or sent; NULL: nothing */
gboolean acc_visit_is_preparing (AccVisit *self);
gboolean acc_visit_is_sending (AccVisit *self);

G_END_DECLS
