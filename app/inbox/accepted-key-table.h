/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table "accepted_key" of inbox.db: the branch's keys that a kiosk may seal for, as the desk has written them. A
 * key file that was swapped seals for somebody else; this is what tells. The store's thread. */
#pragma once

#include "store/store.h"
#include "vault/branch-key.h"

G_BEGIN_DECLS

/* Whether letters may be sealed for @branch_key. */
gboolean acc_accepted_key_find (AccStore *inbox, AccBranchKey *branch_key, gboolean *accepted, GError **error);

/* ACC_ERROR_SYSTEM, a sentence for staff, if letters may not be sealed for @branch_key. While the desk has not
 * written any key there is nothing to compare. */
gboolean acc_accepted_key_check (AccStore *inbox, AccBranchKey *branch_key, GError **error);

/* Whether the desk has written none yet. */
gboolean acc_accepted_key_is_unwritten (AccStore *inbox, gboolean *unwritten, GError **error);

/* The desk's: @branch_key too, and @branch_key alone. Each is one transaction, and repeatable. */
gboolean acc_accepted_key_add (AccStore *inbox, AccBranchKey *branch_key, GError **error);
gboolean acc_accepted_key_set_only (AccStore *inbox, AccBranchKey *branch_key, GError **error);

G_END_DECLS
