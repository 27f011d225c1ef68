/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter of the queue as opened facts, for a view to sort and filter. An immutable GObject but for its note, with
 * properties (expressions in templates read them); made on the store's thread (queue-reader.h), then handed to the main
 * one. */
#pragma once

#include "archive/opened-letter.h"

G_BEGIN_DECLS

/* Properties: number, short-number, state (text), state-label, addressee, department, author, submitted-at,
 * age (words: "today, 10:42", "yesterday", "3 days"), sequence (int64), claimed-by (banker's name or ""), note ("" until it
 * is set). */
#define ACC_TYPE_QUEUE_ITEM (acc_queue_item_get_type ())
G_DECLARE_FINAL_TYPE (AccQueueItem, acc_queue_item, ACC, QUEUE_ITEM, GObject)

/* @bankers of AccBanker. @opened NULL: the letter is erased or, as @failure may say, cannot be opened; then its addressee is
 * "erased on" its day, or "cannot be opened". */
AccQueueItem *acc_queue_item_new (const AccRecord *record, GPtrArray *bankers, AccOpenedLetter *opened,
                                  const GError *failure) G_GNUC_WARN_UNUSED_RESULT;

/* All lent. */
const char *acc_queue_item_get_number (AccQueueItem *self);
AccState acc_queue_item_get_state (AccQueueItem *self);
const char *acc_queue_item_get_addressee (AccQueueItem *self);
const char *acc_queue_item_get_department (AccQueueItem *self);
const char *acc_queue_item_get_author (AccQueueItem *self);
const char *acc_queue_item_get_claimed_by (AccQueueItem *self);
const char *acc_queue_item_get_note (AccQueueItem *self);
gint64 acc_queue_item_get_sequence (AccQueueItem *self);

gboolean acc_queue_item_is_open (AccQueueItem *self); /* somebody at the branch still has to do something with it */

/* Both as of now. */
char *acc_queue_item_dup_age (AccQueueItem *self) G_GNUC_WARN_UNUSED_RESULT;
gint64 acc_queue_item_get_wait (AccQueueItem *self); /* seconds for which it has been open; 0 where it is not */

/* Why the letter stands where it does, for a room below this one to say. Before others hold the item. */
void acc_queue_item_set_note (AccQueueItem *self, const char *note);

G_END_DECLS
