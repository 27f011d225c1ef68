/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right to be forgotten, and the end of the time for which a letter is kept. In desk.db all of it happens in one
 * transaction; the outbox follows, and whatever a kill leaves there the next acc_erasure_sweep takes back: a letter is
 * whole, or erased for good. The store's thread. */
#pragma once

#include "archive/retention.h"
#include "route/folder-door.h"
#include "vault/identity.h"

G_BEGIN_DECLS

/* What the receipt tells. */
typedef struct {
  char *number;
  char *sent_at, *erased_at; /* RFC 3339 */
  char *banker, *reason;
  GPtrArray *deliveries; /* of AccDelivery: what has left the branch, or may have */
  char *entry_hash;      /* of the journal's entry that remains */
} AccErasure;

void acc_erasure_free (AccErasure *erasure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccErasure, acc_erasure_free)

/* Keeps the receipt; FALSE with @error stops the erasure. Called before the commit: afterwards it could not be made. */
typedef gboolean (*AccErasureKeep) (const AccErasure *erasure, gpointer data, GError **error);

/* Erases letter @number of the archive: @identity's signed decision with @reason, its journal entry, the key, the
 * bodies and the recipients; also of one that is damaged and cannot be opened. Refuses what the table of states refuses.
 * NULL: nothing was changed. */
AccErasure *acc_erase (AccStore *desk, AccIdentity *identity, const char *number, const char *reason,
                       AccErasureKeep keep, gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the erased letter back from @outbox, and from wherever the outbox was when it was handed over. */
gboolean acc_erasure_take_back (const AccErasure *erasure, AccFolderDoor *outbox, GError **error);

/* Destroys letter @number if its time is over still; *@expired: whether it was. */
gboolean acc_erasure_expire (AccStore *desk, const AccRetention *retention, const char *number, gboolean *expired,
                             GError **error);

/* Takes back from @outbox all that is left there of erased letters. */
gboolean acc_erasure_sweep (AccStore *desk, AccFolderDoor *outbox, GError **error);

G_END_DECLS
