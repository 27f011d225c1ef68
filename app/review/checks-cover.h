/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker should see while they edit a cover: words that a cover does better without, and one that is too like the
 * last: shown, never in the way. One holds the letter back: a cover that quotes what was taken out of the letter would
 * undo that. Pure but for the files of languages; any thread. */
#pragma once

#include "review/checks.h"

G_BEGIN_DECLS

#define ACC_COVER_ALIKE_SHARE 0.5 /* of the runs of three words of the banker's own */
#define ACC_COVER_ALIKE_RUNS_MIN 4

typedef struct {
  const char *paragraph;
  const char *proposal;      /* what was proposed for it, which says the same each time; "" for nothing */
  const char *language;      /* of covers */
  const char *const *names;  /* of people, their titles and departments, which may be called anything; NULL: none */
  const char *const *covers; /* AccPrecedents; NULL: none */
  /* The words of each passage that was taken out, and of each that stands in a name; NULL: none. Case, accents and
   * punctuation apart, the cover quotes them with three words in a row of which one has five letters, with one such word of
   * a passage of at most three, or with a capital and three letters of a name; other endings count. What @proposal and
   * @names say anyway is no quotation. In scripts that part no words, three characters in a row are one. */
  const char *const *taken, *const *taken_names;
} AccCoverFacts;

/* At most one result for each check: GPtrArray of AccCheckResult, whose bytes are @paragraph's. */
GPtrArray *acc_checks_run_cover (const AccCoverFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

guint acc_checks_get_n_cover (void);
const char *acc_checks_get_cover_id (guint position);

G_END_DECLS
