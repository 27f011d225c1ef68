/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables "banker" and "banker_key". Private to the vault, and to its tests. The store's thread. */
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

/* The row of @name, compared folded, or of @id; NULL if there is none. Lent by @rows. */
AccBankerRow *acc_banker_rows_find (GPtrArray *rows, const char *name);
AccBankerRow *acc_banker_rows_find_id (GPtrArray *rows, gint64 id);

/* The id that the next banker gets; 0 with @error. Inside the transaction that adds it. */
gint64 acc_banker_table_next_id (AccStore *desk, GError **error);

gboolean acc_banker_table_add (AccStore *desk, const AccBankerRow *row, GError **error);

/* How many rows had this name, folded: 0 or 1; -1 with @error. */
gint64 acc_banker_table_set_staff_id (AccStore *desk, const char *name, const char *staff_id, GError **error);

/* Replaces the wrapping and the signing key of @banker. */
gboolean acc_banker_table_set_keys (AccStore *desk, const AccBanker *banker, const AccWrapping *wrapping,
                                    GError **error);

/* Keeps the banker's signing key among the earlier ones, before another takes its place. */
gboolean acc_banker_table_keep_key (AccStore *desk, const AccBanker *banker, GError **error);

/* Reads the earlier keys into each banker of @rows. */
gboolean acc_banker_table_read_earlier_keys (AccStore *desk, GPtrArray *rows, GError **error);

gboolean acc_banker_table_set_disabled (AccStore *desk, gint64 id, gboolean disabled, GError **error);

G_END_DECLS
