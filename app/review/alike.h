/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be meant by a name that nobody bears just so: mistyped, spelt as it sounds, or a pet name. Offered, never chosen.
 * Pure but for the file of pet names, which is read once; any thread. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

/* How a word of one name stands for a word of the other, the best first. */
typedef enum {
  ACC_ALIKE_SAME,
  ACC_ALIKE_PET_NAME, /* one of resources/nicknames.conf: Bill, William */
  ACC_ALIKE_SPELLING, /* few letters differ (Damerau and Levenshtein): Jesica, Jessica */
  ACC_ALIKE_SOUND,    /* the same Soundex (US National Archives), and half of the letters: Meyer, Maier */
  ACC_ALIKE_NOT
} AccAlike;

/* How alike two single words are; folds them. */
AccAlike acc_alike_words (const char *first, const char *second);

/* People of @directory who were here @on and whose name is like @name: each word of @name stands for a word of theirs, at
 * least one of them not in its own spelling. Best first, then those of @department, at most @most. GPtrArray of lent
 * AccPerson. */
GPtrArray *acc_alike_find (AccDirectory *directory, const char *name, const char *department, const char *on, guint most)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
