/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of the queue: numbers of letters only, a few at a time (keysets), and counts. The store's thread. */
#pragma once

#include "archive/state.h"
#include "store/store.h"

G_BEGIN_DECLS

/* The next numbers (of char *) after *@last, which is moved on: none at the end. */
GPtrArray *acc_queue_table_next_of_state (AccStore *desk, AccState state, gint64 *last, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *acc_queue_table_next_back (AccStore *desk, gint64 *last, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* of any state, the newest first; begins below *@last */

/* The letters that the journal's entries after *@entry tell of. */
GPtrArray *acc_queue_table_next_changed (AccStore *desk, gint64 *entry, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_queue_table_find_last_entry (AccStore *desk, gint64 *entry, GError **error);

/* @counts of ACC_STATE_N; *@n_mine: claimed by @banker. */
gboolean acc_queue_table_count (AccStore *desk, gint64 banker, guint *counts, guint *n_mine, GError **error);

G_END_DECLS
