/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of acc_archive_check. All walk by row number in short reads: a reader that stays would hold up the kiosk's
 * commit, and memory is that of one row. */
#pragma once

#include "archive/archive.h"
#include "store/statement.h"

G_BEGIN_DECLS

typedef struct {
  AccStore *desk, *inbox;
  GPtrArray *findings; /* of char * */
  GPtrArray *bankers;  /* of AccBanker; NULL until a signature is checked */
} AccCheck;

/* Notes "STORE RECORD: SENTENCE". @record may hold anything that stood in a file. */
void acc_check_add (AccCheck *self, AccStore *store, const char *record, const char *sentence);

/* Calls @check for each row of @sql, which selects the row number first and ends with
 * "… rowid > ?1 ORDER BY … rowid LIMIT 1". */
typedef gboolean (*AccCheckRow) (AccCheck *self, AccStatement *row, GError **error);
gboolean acc_check_walk (AccCheck *self, AccStore *store, const char *sql, AccCheckRow check, GError **error);

/* What SQL alone can see in one store: a table of rules. */
gboolean acc_check_desk_rules (AccCheck *self, GError **error);
gboolean acc_check_inbox_rules (AccCheck *self, GError **error);

/* What the two stores say of each other, and the branch's public key beside them. */
gboolean acc_check_waiting (AccCheck *self, GError **error);
gboolean acc_check_submitted (AccCheck *self, GError **error);
gboolean acc_check_taken_in (AccCheck *self, GError **error);
gboolean acc_check_heads (AccCheck *self, GError **error);
gboolean acc_check_key_file (AccCheck *self, GError **error);

G_END_DECLS
