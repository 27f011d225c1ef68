/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking letters in, and reading each back before anybody decides: a kiosk that lies can seal any PDF beside any record.
 * One whose PDF says something else than its record, or cannot be read, is held with the reason; so is one whose words or
 * language must be looked at by a manager (review/hold). What came of it is a signed entry of the journal, so that each
 * letter is read back once, also after a kill in between.
 *
 * The store's thread. It waits for accolade-pdf only where the PDF is not, byte for byte, what this machine would make of
 * the record: then 50 ms a letter, at most 2 × ACC_PDF_SECONDS. */
#pragma once

#include "archive/archive.h"
#include "paper/letterhead.h"

G_BEGIN_DECLS

typedef enum {
  ACC_READ_BACK_NEVER,    /* not yet; or it could not be opened */
  ACC_READ_BACK_BYTES,    /* the PDF is what the record makes, byte for byte */
  ACC_READ_BACK_WORDS,    /* set otherwise, but its words are the record's */
  ACC_READ_BACK_DIFFERS,  /* it says something else: held */
  ACC_READ_BACK_NO_PDF,   /* it cannot be read: held */
  ACC_READ_BACK_N
} AccReadBack;

/* Both stores open for writing, and what a letter of this branch is set with. All lent. */
typedef struct {
  AccStore *desk, *inbox;
  AccIdentity *identity;
  AccLetterhead *letterhead;
  const char *branch;
  const char *languages_read; /* [branch] languages; NULL: whatever a letter is in */
} AccIntakePlace;

/* How far it has come: zeroed before the first call, handed in again to each later one, which looks at newer letters only. */
typedef struct {
  guint n_taken, n_held;  /* by all calls so far */
  guint n_unread;         /* … that cannot be read back on this machine: acc_intake_read tells each one's reason */
  char unread[37];        /* the number of the last of them; "": none */
  gboolean unfinished;    /* there may be letters that are not read back yet */
  gboolean untold;        /* the slips are told no further than a part: call again, as after a restore everything is told */
  gint64 told;            /* the journal's row up to which they were */
  gint64 last;            /* the sequence up to which all have been looked at */
} AccIntake;

/* acc_archive_take_in, then goes on through the letters and reads back those that were not, for a third of a second at
 * most: call again while @intake is unfinished, and let others at the stores in between. FALSE as acc_archive_take_in: what could be done is
 * done.
 *
 * What is wrong with one letter stops no other: one that cannot be opened, or that this machine cannot set or read, is left
 * to those who open it, unread, so that nobody can approve it; it is held all the same where its words must. What is wrong
 * with the store (full, busy, not to be written) or with whoever is signed in ends the call, and the next one begins there. */
gboolean acc_intake (const AccIntakePlace *place, AccIntake *intake, GError **error);

/* Reads @number back at once, where it is still to be done, for whoever opens it before its turn has come; and holds it
 * where it should be held by now, unless a manager has let it go on. FALSE with the reason why it stays unread. */
gboolean acc_intake_read (const AccIntakePlace *place, const char *number, GError **error);

/* What reading @number back came to. */
gboolean acc_intake_find (AccStore *desk, const char *number, AccReadBack *came_to, GError **error);

G_END_DECLS
