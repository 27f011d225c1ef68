/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue as a list of opened facts, for a view to sort and filter. Items are GObjects with properties
 * (expressions in templates read them); built on the store's thread, then handed to the main one. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* Properties: number, short-number, state (text), state-label, addressee, department, author, submitted-at,
 * age (words: "today, 10:42", "yesterday", "3 days"), sequence (int64), claimed-by (banker's name or ""), note ("" until it
 * is set). */
#define ACC_TYPE_QUEUE_ITEM (acc_queue_item_get_type ())
G_DECLARE_FINAL_TYPE (AccQueueItem, acc_queue_item, ACC, QUEUE_ITEM, GObject)

const char *acc_queue_item_get_number (AccQueueItem *self);
AccState acc_queue_item_get_state (AccQueueItem *self);
const char *acc_queue_item_get_addressee (AccQueueItem *self);

/* Why the letter stands where it does, for a room below this one to say. Before others hold the item. */
void acc_queue_item_set_note (AccQueueItem *self, const char *note);

/* Opens the facts of every letter in the archive: GPtrArray of AccQueueItem, newest first. A letter that cannot be
 * opened has "cannot be opened" for its addressee, an erased one "erased on" its day. */
GPtrArray *acc_queue_load (AccStore *desk, AccIdentity *identity, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for one letter, after a change: a new item to put in the old one's place. ACC_ERROR_NOT_FOUND. */
AccQueueItem *acc_queue_load_one (AccStore *desk, AccIdentity *identity, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
