/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables "banker" and "branch_key". Private to the vault, and to its tests. The store's thread. */
#pragma once

#include "store/store.h"
#include "vault/wrapping.h"

G_BEGIN_DECLS

/* A row without its throttle. */
typedef struct {
  AccBanker *banker;
  AccWrapping *wrapping;
  gboolean damaged; /* cannot be meant; nobody signs in with it, but others still may */
} AccBankerRow;

void acc_banker_row_free (AccBankerRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccBankerRow, acc_banker_row_free)

/* All rows in the order they were added: GPtrArray of AccBankerRow. */
GPtrArray *acc_banker_table_list (AccStore *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The id that the next banker gets; 0 with @error. Inside the transaction that adds it. */
gint64 acc_banker_table_next_id (AccStore *desk, GError **error);

gboolean acc_banker_table_add (AccStore *desk, const AccBankerRow *row, GError **error);

/* How many rows had this name, folded: 0 or 1; -1 with @error. */
gint64 acc_banker_table_set_staff_id (AccStore *desk, const char *name, const char *staff_id, GError **error);

gboolean acc_branch_key_table_add (AccStore *desk, AccBranchKey *branch_key, GBytes *recovery, GError **error);

G_END_DECLS
