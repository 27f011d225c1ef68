/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be seen of a table row by row: by SQL, against rules that say which are wrong; and by a hash. Each table is
 * walked once, in short reads: a reader that stays would hold up a writer's commit. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct {
  const char *wrong; /* SQL on the row x and what is joined to it */
  const char *sentence;
} AccRule;

typedef struct {
  const char *rows;   /* the table as x, and joins that give at most one row each: "letter x LEFT JOIN …" */
  const char *record; /* SQL: how a sentence names the row */
  const AccRule *rules;
  gsize n_rules;
  /* SQL: bytes, and the SHA-256 that they must have (NULL: any); NULL where there are none */
  const char *content, *hash;
  const char *changed; /* the sentence for bytes that have another */
} AccRules;

/* Adds "STORE RECORD: SENTENCE" to @findings (of char *) for each row and what is wrong with it. */
gboolean acc_rules_check (AccStore *store, const char *store_name, const AccRules *rules, GPtrArray *findings,
                          GError **error);

/* The same for what was found elsewhere. @record may hold anything that stood in a file. */
void acc_rules_add_finding (GPtrArray *findings, const char *store_name, const char *record, const char *sentence);

/* In SQL on the journal that goes by a letter's number, write +writer and +sequence: without statistics the planner would
 * take the chain's index, and read a whole chain for each letter. */

/* SQL: a fact of the journal's entry @entry; NULL where its facts are no JSON. */
#define ACC_RULES_FACT(entry, name) \
  "json_extract (iif (json_valid (" entry ".facts), " entry ".facts, '{}'), '$." name "')"

G_END_DECLS
