/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens the letters of the archive for the queue and for the search, in parts: what a banker has to do first, oldest first,
 * then the rest, newest first; and once all are read, what has changed since. What has changed is what the journal tells
 * of, also between two parts. The store's thread. */
#pragma once

#include "archive/queue.h"
#include "archive/search.h"

G_BEGIN_DECLS

#define ACC_TYPE_QUEUE_READER (acc_queue_reader_get_type ())
G_DECLARE_FINAL_TYPE (AccQueueReader, acc_queue_reader, ACC, QUEUE_READER, GObject)

/* @search may be NULL: nothing is searched. */
AccQueueReader *acc_queue_reader_new (AccStore *desk, AccIdentity *identity, AccSearch *search) G_GNUC_WARN_UNUSED_RESULT;

/* Called for each letter as it is read, and again after each change; @opened is NULL where it is erased or cannot be opened.
 * For what a room below this one wants to know of all letters. */
typedef void (*AccQueueWatch) (const AccRecord *record, AccOpenedLetter *opened, gpointer data);
void acc_queue_reader_set_watch (AccQueueReader *self, AccQueueWatch watch, gpointer data);

typedef struct {
  GPtrArray *items;          /* of AccQueueItem: letters that are new, or no longer what they were */
  gboolean counted;          /* FALSE: the first part was not to wait for the next three, which are 0 */
  guint counts[ACC_STATE_N]; /* of all letters, read or not */
  guint n_mine;              /* claimed by who is signed in */
  guint n_letters;           /* the sum of @counts */
  guint n_read;              /* how far the reading has come */
  gboolean open_read;        /* of what waits for a banker or a manager, nothing is left to be read */
  gboolean whole;            /* nothing more is to be read now */
} AccQueuePart;
void acc_queue_part_free (AccQueuePart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccQueuePart, acc_queue_part_free)

/* The next part: some hundredths of a second of work, with many short reads of the store; the first one, for which a
 * banker waits, is a screenful and costs the same in a branch of any size. A letter that cannot be opened
 * is an item that says so; a store that cannot be read is @error, and the next call tries again. */
AccQueuePart *acc_queue_reader_next (AccQueueReader *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
