/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to what was mailed, read from a maildir: who answers has the letter. One that answers a Message-ID of ours, from the
 * address it went to, written by a person, is recorded as a receipt with its text as the message, by whoever is signed in.
 *
 * Whatever else answers one of ours is left alone, and said why: an automatic answer, a report of how a delivery went, another
 * sender, a file that cannot be read. What answers none of ours is passed over. Nothing is moved, marked or removed; what was
 * counted once is not counted again, nor is the same mail (by its own Message-ID) that has come by another way. An address can be made up, as anybody's can on paper: the branch's mail server has to
 * refuse that. The store's thread. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* The most that is looked at: the newest files of each folder by their names, and of an answer so many bytes. */
#define ACC_REPLIES_FILES_MAX 10000
#define ACC_REPLIES_BYTES_MAX (10 * 1024 * 1024)

/* An answer that was left alone. */
typedef struct {
  char *file;       /* its name, without what a mail program notes at its end; "": it is about many */
  char *why;        /* a sentence that goes on after the file's name, and may name people */
  gboolean settled; /* whom it is about has been heard from by now */
} AccReplyLeft;

typedef struct {
  guint n_files;    /* looked at */
  guint n_recorded; /* receipts that are new */
  GStrv numbers;    /* of the letters that they are of */
  GPtrArray *left;  /* of AccReplyLeft, the newest of each folder first */
} AccReplies;

void acc_replies_free (AccReplies *replies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccReplies, acc_replies_free)

/* Reads new/ and cur/ of @maildir ([mail] replies). NULL with @error if that is none, or the store failed: what was recorded
 * before stays so. Tell the slips afterwards (acc_slips_tell). */
AccReplies *acc_replies_read (AccStore *desk, AccIdentity *identity, const char *maildir, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
