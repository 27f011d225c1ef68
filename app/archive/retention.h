/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long letters are kept, and how one is destroyed: its key goes, and the bodies of its documents are emptied. The
 * rows stay, so that their hashes and the journal still tell of it. The store's thread. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* In days: after its acknowledgement, and of any letter that is not held after it was taken in. */
typedef struct {
  guint days, most_days;
} AccRetention;

/* A letter whose time is over, and by which rule. */
typedef struct {
  char *number;
  AccState state;
  char *since; /* RFC 3339 */
  guint days;  /* kept since then */
} AccExpiry;
void acc_expiry_free (AccExpiry *expiry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccExpiry, acc_expiry_free)

/* The letters whose time is over: GPtrArray of AccExpiry, oldest first. *@held: those that stay all the same because
 * they are held, as many. */
GPtrArray *acc_retention_list (AccStore *desk, const AccRetention *retention, GPtrArray **held, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* ACC_ERROR_SYSTEM if the wall clock cannot be trusted with letters: it is behind the newest entry of the desk's
 * journals, or (where @something_is_over) so far after it that it may have been set wrong. */
gboolean acc_retention_check_clock (AccStore *desk, gboolean something_is_over, GError **error);

/* Inside the caller's transaction. Destroys @number if its time is over still, with an unsigned journal entry of the
 * writer "retention"; *@expired: whether it was. The desk's other tables are the caller's. */
gboolean acc_retention_expire (AccStore *desk, const AccRetention *retention, const char *number, gboolean *expired,
                               GError **error);

/* Inside the caller's transaction, which also sets the letter's state: the destruction alone. */
gboolean acc_retention_destroy (AccStore *desk, const char *number, GError **error);

G_END_DECLS
