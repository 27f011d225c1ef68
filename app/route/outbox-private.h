/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sending and the orders about it share. The store's thread. */
#pragma once

#include "route/outbox.h"
#include "route/routing-private.h"

G_BEGIN_DECLS

/* One delivery under way. */
struct _AccSending {
  AccDeliveryRow *row;
  AccDoor *door;                          /* NULL: @result stands already */
  GBytes *address, *pdf, *cover, *message; /* locked; @address with its NUL, @pdf what leaves the branch of the letter. NULL
                                              once it has ended */
  AccPaper paper; /* of the letter */
  AccLetterKey *end_key; /* for its end alone */
  int lock;
  AccDoorResult result;
  char *place, *ended_at;
  GError *error; /* of the door; NULL once handed over */
};

/* Takes @row. What the door is given is for the caller to set. */
AccSending *acc_sending_new (AccDeliveryRow *row, AccOpenedLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

/* The one that has ended since nobody was signed in, as acc_sending_keep_end told; NULL: nothing was told of it, or not so.
 * Takes @row unless NULL. */
AccSending *acc_sending_new_ended (AccDeliveryRow *row, AccOpenedLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

/* How it ends without any door being called. Takes @reason. */
void acc_sending_preset (AccSending *self, AccDoorResult result, char *reason);

/* Frozen: kinds of the journal's entries, on which verify relies. */
#define ACC_OUTBOX_PREPARED_FURTHER "prepared further"
#define ACC_OUTBOX_HANDED_OVER "handed over"
#define ACC_OUTBOX_REFUSED "refused"
#define ACC_OUTBOX_UNSURE "unsure"
#define ACC_OUTBOX_ORDERED_AGAIN "ordered again"
#define ACC_OUTBOX_MARKED "marked as sent"
#define ACC_OUTBOX_LEFT "left at that" /* nobody is asked further */

/* With the last delivery that is done, inside the transaction that makes it so: the departments are counted. */
gboolean acc_outbox_count_if_last (AccStore *desk, const AccDeliveryRow *row, const AccDeliveryNote *note,
                                   GError **error);

/* "unsure" -> "handed over", as a banker's order, inside the caller's transaction. */
gboolean acc_outbox_mark_within (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDeliveryRow *row,
                                 GError **error);

/* Moves @letter to routed if every delivery is done, and on to acknowledged if all whom it thanks have said so; TRUE also
 * where there is nothing to move. */
gboolean acc_outbox_settle (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error);

/* The same inside the caller's transaction; *@moved, which may be NULL: whether it was. */
gboolean acc_outbox_settle_within (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, gboolean *moved,
                                   GError **error);

/* Delivery @position of letter @number. */
AccDeliveryRow *acc_outbox_find_row (AccStore *desk, const char *number, guint position, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
