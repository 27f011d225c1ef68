/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker should see before deciding: a table of checks, each with a sentence and what to do. Pure, but for
 * today's date and the files of languages and pet names; any thread. */
#pragma once

#include "letter/letter.h"
#include "review/history.h"
#include "review/intake.h"
#include "review/states.h"
#include "staff/directory.h"
#include "vault/identity.h"

G_BEGIN_DECLS

typedef enum {
  ACC_CHECK_LOOK,  /* shown */
  ACC_CHECK_STOPS, /* no approval by this banker while it stands */
} AccCheckWeight;

typedef struct {
  const char *id; /* "banker-named", "has-left"…, static */
  AccCheckWeight weight;
  char *sentence;   /* what is the matter */
  char *advice;     /* what to do */
  char *offer;      /* neutral words for the cover, and for the cover only; NULL: none */
  AccField field;   /* whose text the words stand in; ACC_FIELD_NONE: it is about no words */
  gsize start, end; /* the words: bytes of that text */
} AccCheckResult;

typedef struct {
  AccLetter *letter;
  AccReadBack read_back;               /* acc_intake_find */
  const char *unread_because;          /* why it stays ACC_READ_BACK_NEVER, sentences (acc_intake_read); NULL: not known */
  AccDirectory *directory;
  const AccBanker *banker;             /* who would decide */
  const AccPerson *const *employees;   /* the chosen person for each addressee; NULL where none is chosen */
  gboolean second_approver_disclose;   /* integrity.second_approver=disclose */
  guint directory_refresh;             /* [directory] refresh, in days; 0: it may be of any age */
  const char *directory_from;          /* when it was imported, RFC 3339; NULL or "" where that is not known */
  const char *languages_read;          /* [branch] languages; NULL: whatever a letter is in */
  gboolean freed;                      /* it was held, and a manager has let it go on */
  const AccPrecedents *precedents;     /* NULL: nothing is known of earlier letters */
  guint pair_limit, pair_days;         /* [integrity]; 0: any number */
} AccCheckFacts;

/* Whether the letter thanks @banker, or is addressed to them: compared by directory id; unresolved counts as named. */
gboolean acc_checks_names_banker (const AccCheckFacts *facts);

/* The same for acc_decide: ACC_NAMED_DISCLOSED where the branch lets the cover say so. */
AccNamed acc_checks_named (const AccCheckFacts *facts);

/* What is to be seen, weightiest first: GPtrArray of AccCheckResult. */
GPtrArray *acc_checks_run (const AccCheckFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

/* The ids of all checks, in the order of the table. */
guint acc_checks_get_n (void);
const char *acc_checks_get_id (guint position);

/* In how many letters the banker has approved for @employee in [integrity] pair_days, with this one; 0 while that is within
 * [integrity] pair_limit. Both supervisors are told of more. */
guint acc_checks_count_pair (const AccCheckFacts *facts, const AccPerson *employee);

G_END_DECLS
