/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files about bankers share: who may change whose keys, and how a key is told. Private to the vault. The
 * store's thread. */
#pragma once

#include "vault/banker-table.h"
#include "vault/identity-private.h"

G_BEGIN_DECLS

/* What the journal says of keys. Frozen. */
#define ACC_KIND_SET_UP "set up"
#define ACC_KIND_ADDED "banker added"
#define ACC_KIND_CHANGED "passphrase changed"
#define ACC_KIND_RESET "passphrase reset"
#define ACC_KIND_DISABLED "banker disabled"
#define ACC_KIND_RECOVERED "recovered"
#define ACC_KIND_ROTATED "key rotated"
#define ACC_KIND_ROTATION_FINISHED "key rotation finished"

#define ACC_ROLE_MANAGER "manager"
#define ACC_ROLE_BANKER "banker"

/* Whether @identity may change keys now: neither disabled nor given another key since signing in, a manager where one
 * is needed for @deed ("add a banker"; NULL: anybody may), and in possession of the branch's newest key, which
 * would otherwise be lost with what is wrapped anew. */
gboolean acc_bankers_check_right (AccStore *desk, GPtrArray *rows, AccIdentity *identity, const char *deed,
                                  GError **error);

/* "no banker is called …" */
void acc_bankers_set_unknown (GError **error, const char *name);

/* Gives @banker a new signing key, into @secrets and into its public key. */
void acc_bankers_new_sign_key (AccBanker *banker, AccSecrets *secrets);

char *acc_bankers_sign_key_text (const AccBanker *banker) G_GNUC_WARN_UNUSED_RESULT; /* hexadecimal */

/* Replaces the keys of @row by @secrets, with a new signing key, under @passphrase; the old one is kept for what it has
 * signed, tries and shares are forgotten. Inside a transaction. */
gboolean acc_bankers_replace_keys (AccStore *desk, AccBankerRow *row, AccSecrets *secrets, GBytes *pepper,
                                   const char *passphrase, GError **error);

G_END_DECLS
