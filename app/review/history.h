/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checks know of earlier letters, in memory only: read after the sign-in from letters that were opened for it
 * (route/recall), gone with the session. Of each letter a fingerprint, never its words; of the banker's own last covers the
 * words, since they are the banker's.
 *
 * The history belongs to the store's thread. What it says about one letter is an immutable value for any thread. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_ALIKE_SHARE 0.4    /* of the runs of three words: from here on two letters are much alike */
#define ACC_ALIKE_RUNS_MIN 12  /* a shorter letter is like many */
#define ACC_KIOSK_LETTERS_MAX 6 /* an hour */
#define ACC_COVERS_COMPARED 10 /* letters */

/* One letter, lent to acc_history_add. */
typedef struct {
  const char *number, *kiosk, *submitted_at; /* as in AccRecord */
  AccLetter *letter;
  const char *approved_at;      /* when the banker of the session approved it; NULL: they did not */
  const char *const *employees; /* directory ids of those whom it was sent for; NULL: not known */
  const char *const *covers;    /* the banker's paragraphs; NULL: none */
} AccPastLetter;

typedef struct _AccHistory AccHistory;

AccHistory *acc_history_new (void) G_GNUC_WARN_UNUSED_RESULT;
void acc_history_free (AccHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccHistory, acc_history_free)

/* Takes a letter in, or anew after a change. */
void acc_history_add (AccHistory *history, const AccPastLetter *past);
void acc_history_remove (AccHistory *history, const char *number);

/* Every letter has been read; until then what is said may be too little. */
void acc_history_set_complete (AccHistory *history);

/* ---- what it says about one letter ---- */

typedef struct {
  gboolean complete;
  guint n_in_hour;    /* most letters of this kiosk within sixty minutes, this one among them */
  char *alike_number; /* the letter that is most alike; NULL: none is */
  double alike_share;
  GHashTable *pairs;  /* directory id -> in how many other letters the banker approved in the days asked for */
  GStrv covers;       /* the banker's last paragraphs for other letters, newest letter first */
} AccPrecedents;

/* @pair_days: before now. */
AccPrecedents *acc_history_look (AccHistory *history, const char *number, guint pair_days) G_GNUC_WARN_UNUSED_RESULT;
AccPrecedents *acc_precedents_ref (AccPrecedents *precedents);
void acc_precedents_unref (AccPrecedents *precedents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPrecedents, acc_precedents_unref)

guint acc_precedents_count_pair (const AccPrecedents *precedents, const char *employee_id);

G_END_DECLS
