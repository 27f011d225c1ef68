/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the checks: what a row of their table is, and the looks, a file for each family. */
#pragma once

#include "review/checks-cover.h"
#include "review/naming-private.h"
#include "review/phrases.h"

G_BEGIN_DECLS

/* When a check that stops is only shown. */
typedef enum {
  ACC_CHECK_ALWAYS,
  ACC_CHECK_UNLESS_DISCLOSED, /* the branch lets the cover say it: integrity.second_approver=disclose */
  ACC_CHECK_UNLESS_FREED,     /* a manager has looked at the letter and let it go on */
} AccCheckEase;

typedef struct _AccCheck AccCheck;

/* Adds to @results what it has to say, if anything. */
typedef void (*AccLook) (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);

struct _AccCheck {
  const char *id;
  AccCheckWeight weight;
  AccCheckEase ease;
  AccLook look;
};

/* Takes @sentence and @advice; gives what it has added, for whoever has more to say. Lent. */
AccCheckResult *acc_checks_add (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results, char *sentence,
                               char *advice);
AccCheckResult *acc_check_result_new (const char *id, AccCheckWeight weight, char *sentence, char *advice)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_check_result_free (AccCheckResult *result);

/* The sentence of @text that @hit stands in, cut around it to about @most characters, for a card. */
#define ACC_QUOTE_SENTENCE 160
#define ACC_QUOTE_WORDS 60 /* where the letter beside it says the rest */
char *acc_check_quote (const char *text, const AccPhraseHit *hit, glong most) G_GNUC_WARN_UNUSED_RESULT;

/* @text, to stand in a sentence that may run the other way (Unicode's FSI and PDI). */
char *acc_check_isolate (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* integrity */
void acc_look_for_reading (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_difference (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_pairs (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_doubles (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_rush (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_prompting (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);

/* approval */
void acc_look_for_own_name (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_link (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_unknown_banker (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_other_name (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);

/* hold and do no harm */
void acc_look_for_threats (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_violence (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_insults (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_complaints (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_language (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_harm (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_words_apart (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);

/* identity */
void acc_look_for_choice (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_unknown_names (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_namesakes (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_first_names (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_leavers (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_vacancies (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_mixed_scripts (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);
void acc_look_for_age (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results);

/* cover: where it quotes what was taken out; FALSE: nowhere */
gboolean acc_look_for_taken_words (const AccCoverFacts *facts, AccPhraseHit *hit);

G_END_DECLS
