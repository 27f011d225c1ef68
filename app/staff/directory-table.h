/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory in desk.db: one encrypted snapshot for each import. The store's thread. */
#pragma once

#include "staff/staff-difference.h"
#include "store/store.h"
#include "vault/identity.h"

G_BEGIN_DECLS

/* The newest snapshot; an empty directory if nothing was imported yet. *@imported_at (RFC 3339, "") may be NULL. */
AccDirectory *acc_directory_table_load (AccStore *desk, AccIdentity *identity, char **imported_at, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* The newest snapshot; @known itself where that is what it was loaded from. */
AccDirectory *acc_directory_table_load_newer (AccStore *desk, AccIdentity *identity, AccDirectory *known, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Keeps @directory as the newest snapshot, with its journal entry, and gives its department names to the inbox. */
gboolean acc_directory_table_save (AccStore *desk, AccStore *inbox, AccIdentity *identity, AccDirectory *directory,
                                   GError **error);

/* Whether @identity may import one, or see what an import would change: a manager. */
gboolean acc_directory_may_import (AccIdentity *identity, GError **error);

/* As above, of what @difference says; ACC_ERROR_CONFLICT where another directory has been imported since its before. */
gboolean acc_directory_table_import (AccStore *desk, AccStore *inbox, AccIdentity *identity, AccStaffDifference *difference,
                                     GError **error);

/* Encrypts every snapshot under the branch's newest key, each in one transaction with its journal entry. Repeatable. One
 * that does not open is left as it is: acc_directory_table_check names it. */
gboolean acc_directory_table_encrypt_anew (AccStore *desk, AccIdentity *identity, GError **error);

/* Adds a sentence for each snapshot that is wrong, or missing though the journal tells of it. No sign-in. */
gboolean acc_directory_table_check (AccStore *desk, GPtrArray *findings, GError **error);

G_END_DECLS
