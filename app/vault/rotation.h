/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new key pair for the branch. The old ones stay, in every banker's wrapping, for what was sealed to them. The
 * store's thread. */
#pragma once

#include "store/store.h"
#include "vault/identity.h"

G_BEGIN_DECLS

/* A recovery key, as words to print; it counts once a rotation has been given it. */
char *acc_recovery_key_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Makes the new key: its recovery copy, the manager's own wrapping, a share for every other banker who may sign in,
 * and the journal entry; one transaction. @identity has the new key then. @recovery_key: a new one, to which every
 * secret is sealed instead; NULL keeps the printed one. What is left to do is the archive's. */
gboolean acc_rotation_begin (AccStore *desk, AccIdentity *identity, GBytes *pepper, const char *passphrase,
                             const char *recovery_key, GError **error);

/* Whether one has begun that has not been finished; and noting that it is, inside a transaction. */
gboolean acc_rotation_is_open (AccStore *desk, gboolean *open, GError **error);
gboolean acc_rotation_finish (AccStore *desk, AccIdentity *identity, GError **error);

G_END_DECLS
