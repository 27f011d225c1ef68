/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker signs in the desk's journal. The store's thread, inside the transaction that makes the change. */
#pragma once

#include "store/store.h"
#include "vault/identity.h"

G_BEGIN_DECLS

#define ACC_DESK_WRITER "desk"

/* One signed entry. ACC_ERROR_NOT_ALLOWED if the banker has been disabled, or was given another signing key, since
 * signing in: a session that is still open decides nothing then. */
gboolean acc_banker_note (AccStore *desk, AccIdentity *identity, const char *kind, const char *number,
                          const char *facts, GError **error);

/* Facts as a JSON object: name and text by turns, NULL after the last. A NULL text leaves its name out. */
char *acc_banker_facts (const char *name, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
