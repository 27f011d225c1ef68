/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables "branch_key" and "branch_key_share". Private to the vault, and to its tests. The store's thread. */
#pragma once

#include "store/store.h"
#include "vault/branch-key.h"

G_BEGIN_DECLS

typedef struct {
  AccBranchKey *key; /* NULL in a damaged row */
  char *id;
  GBytes *recovery;
} AccBranchKeyRow;

/* All keys, the newest last: GPtrArray of AccBranchKeyRow. */
GPtrArray *acc_branch_key_table_list (AccStore *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean acc_branch_key_table_add (AccStore *desk, AccBranchKey *branch_key, GBytes *recovery, GError **error);
gboolean acc_branch_key_table_set_recovery (AccStore *desk, const char *id, GBytes *recovery, GError **error);

/* One hash over all recovery copies, which the journal keeps. */
char *acc_branch_key_rows_hash_copies (GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;

/* A new key's secret on its way to a banker. */
typedef struct {
  char *branch_key; /* its id */
  GBytes *sealed;
} AccShareRow;

/* The shares that wait for @banker, in the order of their keys: GPtrArray of AccShareRow. */
GPtrArray *acc_share_table_list (AccStore *desk, gint64 banker, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_share_table_add (AccStore *desk, gint64 banker, const char *branch_key, GBytes *sealed, GError **error);
gboolean acc_share_table_remove (AccStore *desk, gint64 banker, GError **error); /* all of them */

G_END_DECLS
