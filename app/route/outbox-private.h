/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sending and the orders about it share. The store's thread. */
#pragma once

#include "route/outbox.h"
#include "route/routing-private.h"

G_BEGIN_DECLS

/* Frozen: kinds of the journal's entries, on which verify relies. */
#define ACC_OUTBOX_HANDED_OVER "handed over"
#define ACC_OUTBOX_REFUSED "refused"
#define ACC_OUTBOX_UNSURE "unsure"
#define ACC_OUTBOX_ORDERED_AGAIN "ordered again"
#define ACC_OUTBOX_MARKED "marked as sent"

/* With the last delivery that is done, inside the transaction that makes it so: the departments are counted. */
gboolean acc_outbox_count_if_last (AccStore *desk, const AccDeliveryRow *row, const AccDeliveryNote *note,
                                   GError **error);

/* Moves @letter to routed if every delivery is done; TRUE also where it is not, or was already. */
gboolean acc_outbox_settle (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error);

G_END_DECLS
