/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of acc_archive_check. All walk by row number in short reads: a reader that stays would hold up the kiosk's
 * commit, and memory is that of a few rows. */
#pragma once

#include "archive/archive.h"
#include "archive/rules.h"
#include "store/statement.h"

G_BEGIN_DECLS

typedef struct {
  AccStore *desk, *inbox;
  GPtrArray *findings; /* of char * */
  GPtrArray *bankers;  /* of AccBanker, as of the entries being looked at */
  gint64 verified;     /* the desk's journal entries up to this one are what they were: in order, whole and signed */
} AccCheck;

/* Notes "STORE RECORD: SENTENCE". @record may hold anything that stood in a file. */
void acc_check_add (AccCheck *self, AccStore *store, const char *record, const char *sentence);

/* What one row says of the other store: @find is for looking there. Called while the row's store is being read, so it
 * has to be quick. */
typedef gboolean (*AccCheckRow) (AccCheck *self, AccStatement *row, AccStatement *find, GError **error);

typedef struct {
  const char *rows; /* SQL: the row number first, then what @check looks at; "… rowid > ?1 ORDER BY … rowid LIMIT 100" */
  const char *find; /* SQL on the other store */
  AccCheckRow check;
} AccCheckWalk;

gboolean acc_check_walk (AccCheck *self, AccStore *store, const AccCheckWalk *walk, GError **error);

/* Each table's rows by rules and hashes. */
gboolean acc_check_desk_tables (AccCheck *self, GError **error);
gboolean acc_check_inbox_tables (AccCheck *self, GError **error);

/* Chains and signatures. */
gboolean acc_check_desk_journal (AccCheck *self, GError **error);
gboolean acc_check_inbox_journal (AccCheck *self, GError **error);

/* Two of those tables alone: whose bodies are large. */
extern const AccRules acc_check_documents, acc_check_inbox_letters;

/* What the two stores say of each other, and the branch's public key beside them. */
gboolean acc_check_accepted (AccCheck *self, GError **error);
gboolean acc_check_waiting (AccCheck *self, GError **error);
gboolean acc_check_submitted (AccCheck *self, GError **error);
gboolean acc_check_taken_in (AccCheck *self, GError **error);
gboolean acc_check_slips (AccCheck *self, GError **error);
gboolean acc_check_answers (AccCheck *self, GError **error);
gboolean acc_check_heads (AccCheck *self, GError **error);
gboolean acc_check_key_file (AccCheck *self, GError **error);

G_END_DECLS
