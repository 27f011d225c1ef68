/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox: which deliveries are due, and what becomes of each.
 *
 * "sending" is committed before a door is called, and how it ended afterwards, so that a program that ends in between
 * leaves a trace: what its door cannot repeat is then "unsure", and never sent again but by a banker's order. What fails
 * for now waits, longer each time; what fails for good is "refused" until a banker acts. One recipient's failure holds no
 * other's; where the door itself is shut, all that would go by it wait until it is open. All of it on the store's thread,
 * except where it says so. */
#pragma once

#include "archive/opened-letter.h"
#include "route/doors.h"

G_BEGIN_DECLS

#define ACC_TYPE_OUTBOX (acc_outbox_get_type ())
G_DECLARE_FINAL_TYPE (AccOutbox, acc_outbox, ACC, OUTBOX, GObject)

/* A round of what is due, whose time is read off the wall clock: with @number, everything of that letter that may go, now.
 * What an earlier session left half done is settled first. */
AccOutbox *acc_outbox_new (AccStore *desk, AccIdentity *identity, AccDoors *doors, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* One delivery under way: what was approved and no more, in locked memory. No key of a banker, the branch or the letter is
 * with it, so that it may go on after a sign-out. */
typedef struct _AccSending AccSending;
void acc_sending_free (AccSending *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSending, acc_sending_free)

/* The next one, "sending" from now on; NULL after the last. One that cannot even be begun is passed over. Unless @may_wait,
 * those whose door waits are left for later: acc_outbox_is_empty tells whether there are any. */
AccSending *acc_outbox_next (AccOutbox *self, gboolean may_wait) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_outbox_is_empty (AccOutbox *self);

/* The next one, not begun: for after a sign-out. What it keeps in locked memory is taken off *@room, bytes; NULL after the
 * last, or where there is no room. */
AccSending *acc_outbox_pack (AccOutbox *self, gsize *room) G_GNUC_WARN_UNUSED_RESULT;

/* One that was packed is "sending" from now on. FALSE: it cannot go, or must not any more. No key is needed. */
gboolean acc_sending_begin (AccSending *self, AccStore *desk, GError **error);

const char *acc_sending_get_number (AccSending *self); /* the letter's; lent */

/* Calls the door. Where acc_sending_waits, for a network: not on the store's thread, but on any other. */
gboolean acc_sending_waits (AccSending *self);
void acc_sending_deliver (AccSending *self, GCancellable *cancellable);

/* Writes down how it ended; with the last delivery of a letter, moves that to routed. FALSE: it could not be written, and
 * is to be tried again; ACC_ERROR_CONFLICT: the letter was erased meanwhile. */
gboolean acc_outbox_end (AccOutbox *self, AccSending *sending, GError **error);

/* The same while nobody is signed in: it is kept in the store, encrypted, for the next round to write it down. */
gboolean acc_sending_keep_end (AccSending *self, AccStore *desk, GError **error);

/* Once it has ended: the sentence of a door that was found shut, and is now left alone for a while (door-rest.h); else NULL.
 * Lent. */
const char *acc_sending_get_shut (AccSending *self);

/* Whether something waits for its door, of all that this round was for. */
gboolean acc_outbox_has_held (AccOutbox *self);

/* The first failure of the round, which the caller frees; NULL: there was none. */
GError *acc_outbox_steal_failure (AccOutbox *self);

/* A banker's order about delivery @position of @letter that is refused or unsure, a signed journal entry each.
 * ACC_ERROR_CONFLICT if it is neither. */
gboolean acc_outbox_send_again (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                                GError **error);
gboolean acc_outbox_mark_as_sent (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                                  GError **error);

/* The seconds until the next try after @tries that failed; 0: there is none, a person must act. */
guint acc_outbox_wait_after (guint tries);

G_END_DECLS
