/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's outbox: what is due goes out at the sign-in, each minute while somebody is signed in, and by a banker's order.
 * Doors that wait for a network are called on a thread of their own, one after the other; what becomes of each delivery is
 * written on the store's. What is due at the sign-out goes on from approved bytes, without any key; how it ended is then
 * noted in the store, and signed at the next sign-in. The session emits "delivered" with the letter's number, and "door-shut"
 * with a sentence, once. */
#pragma once

#include "desk/desk-session.h"

G_BEGIN_DECLS

/* Main thread, before anything is prepared: who keeps the personnel files, "" for nobody; and how somebody with the mail
 * address @address is reached, translated, static. */
const char *acc_desk_session_get_personnel (AccDeskSession *self);
const char *acc_desk_session_get_door (AccDeskSession *self, const char *address);

/* Main thread: the first round now, the others by and by. */
void acc_desk_session_start_outbox (AccDeskSession *self);
void acc_desk_session_stop_outbox (AccDeskSession *self);

/* Main thread: a round of what is due. */
void acc_desk_session_go_round (AccDeskSession *self);

/* The store's thread: sends what may go of letter @number. FALSE with the first failure that is known by now, or if there
 * is nothing that may go; what a network has to tell comes later. */
gboolean acc_desk_session_send (AccDeskSession *self, const char *number, GError **error);

typedef enum {
  ACC_DELIVERY_ORDER_TRY_NOW,      /* what waits; @position counts for nothing */
  ACC_DELIVERY_ORDER_SEND_AGAIN,   /* what is refused or unsure */
  ACC_DELIVERY_ORDER_MARK_AS_SENT, /* the same */
} AccDeliveryOrder;

/* A banker's word on delivery @position of letter @number; gives the letter as it is then (acc_desk_session_letter_finish). */
AccDeskLetter *acc_desk_session_order_delivery (AccDeskSession *self, const char *number, guint position,
                                                AccDeliveryOrder order, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_order_delivery_async (AccDeskSession *self, const char *number, guint position,
                                            AccDeliveryOrder order, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
