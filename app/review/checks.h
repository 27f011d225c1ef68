/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker should see before deciding: a table of checks, each with a sentence and what to do. Pure, but for
 * today's date; any thread. */
#pragma once

#include "letter/letter.h"
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
  char *sentence; /* what is the matter */
  char *advice;   /* what to do */
} AccCheckResult;

typedef struct {
  AccLetter *letter;
  AccReadBack read_back;               /* acc_intake_find */
  AccDirectory *directory;
  const AccBanker *banker;             /* who would decide */
  const AccPerson *const *employees;   /* the chosen person for each addressee; NULL where none is chosen */
  gboolean second_approver_disclose;   /* integrity.second_approver=disclose */
  guint directory_refresh;             /* [directory] refresh, in days; 0: it may be of any age */
  const char *directory_from;          /* when it was imported, RFC 3339; NULL or "" where that is not known */
  const char *languages_read;          /* [branch] languages; NULL: whatever a letter is in */
} AccCheckFacts;

/* Whether the letter thanks @banker, or is addressed to them: compared by directory id; unresolved counts as named. */
gboolean acc_checks_names_banker (const AccCheckFacts *facts);

/* The same for acc_decide: ACC_NAMED_DISCLOSED where the branch lets the cover say so. */
AccNamed acc_checks_named (const AccCheckFacts *facts);

/* What is to be seen, weightiest first: GPtrArray of AccCheckResult. */
GPtrArray *acc_checks_run (const AccCheckFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
