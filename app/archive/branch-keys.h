/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The branch's key in both stores and in branch.pub, when it changes. The store's thread. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* Tells the kiosk whom it may seal for, where no desk has told it yet. */
gboolean acc_branch_keys_tell (AccStore *inbox, AccIdentity *identity, GError **error);

/* Gives the kiosk the newest key of @identity, in inbox.db and branch.pub, and takes the others from it. Repeatable. */
gboolean acc_branch_keys_give_to_kiosk (AccStore *inbox, AccIdentity *identity, GError **error);

/* Seals every letter's key that is still sealed to an older one to the newest, each in one transaction with its
 * journal entry. Repeatable. *@n_letters: how many. A key that does not open is left as it is; *@left is the number of
 * the first such letter, or NULL. */
gboolean acc_branch_keys_seal_letters (AccStore *desk, AccIdentity *identity, guint *n_letters, char **left,
                                       GError **error);

G_END_DECLS
