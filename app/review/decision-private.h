/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table "decision", and what the journal says about decisions. The store's thread. */
#pragma once

#include "archive/archive.h"
#include "review/states.h"

G_BEGIN_DECLS

/* A decision as it is kept. */
typedef struct {
  gint64 id;
  char *number, *move, *from, *to;
  gint64 banker;
  char *at;
  gboolean named;
  char *pdf_hash;   /* what the banker had before their eyes */
  GBytes *reason;   /* encrypted; NULL if none */
  char *previous;   /* hash of the letter's decision before, or "" */
  char *hash;
  GBytes *signature; /* of the 64 digits of the hash */
} AccDecisionRow;

void acc_decision_row_free (AccDecisionRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDecisionRow, acc_decision_row_free)

/* The hash that this row must have. */
char *acc_decision_row_hash (const AccDecisionRow *row) G_GNUC_WARN_UNUSED_RESULT;

/* The facts of its journal entry: they pin the row by its hash, and its signature. Where @pinned is FALSE, as they were
 * told before signatures were pinned. */
char *acc_decision_row_facts (const AccDecisionRow *row, gboolean disclosed, gboolean pinned) G_GNUC_WARN_UNUSED_RESULT;

/* In a list of acc_bankers_list; NULL if there is none of that id. */
const AccBanker *acc_decision_find_banker (GPtrArray *bankers, gint64 id);

gboolean acc_decision_table_insert (AccStore *desk, const AccDecisionRow *row, GError **error);

/* The letter's decisions in order: GPtrArray of AccDecisionRow. */
GPtrArray *acc_decision_table_select (AccStore *desk, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The decisions on the letters taken in after the one of sequence @after, up to @last; letter by letter, in order. */
GPtrArray *acc_decision_table_select_range (AccStore *desk, gint64 after, gint64 last, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* An entry of the desk's journal that tells of a decision. */
typedef struct {
  gint64 sequence;
  char *kind, *signer;
} AccDecisionEntry;

void acc_decision_entry_free (AccDecisionEntry *entry);

/* What the desk's journal tells of those letters' decisions: from acc_decision_entry_key to AccDecisionEntry. */
GHashTable *acc_decision_table_select_entries (AccStore *desk, gint64 after, gint64 last, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
char *acc_decision_entry_key (const char *number, const char *facts) G_GNUC_WARN_UNUSED_RESULT;

/* That one of those letters was destroyed because its time was over, as the journal tells it. */
typedef struct {
  char *number;
  char *at;
  char *state, *since; /* which state it was in, and since when it was kept */
  gint64 days;         /* how long it had to be kept from then on */
  char *acknowledged;  /* when it was acknowledged last, by the desk's journal; NULL if it was not */
  char *changed_at;    /* when the letter was moved; NULL in an entry of before this was told */
} AccExpiryRow;

void acc_expiry_row_free (AccExpiryRow *row);

/* GPtrArray of AccExpiryRow. */
GPtrArray *acc_decision_table_select_expiries (AccStore *desk, gint64 after, gint64 last, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
