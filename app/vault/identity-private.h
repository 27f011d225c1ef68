/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the vault makes an identity and uses its secrets. Private to the vault. The store's thread. */
#pragma once

#include "vault/identity.h"
#include "vault/box-open.h"

G_BEGIN_DECLS

#define ACC_BRANCH_SECRETS_MAX 64

/* What a banker's passphrase unwraps. Lives in locked memory only. */
typedef struct {
  guint8 sign_seed[crypto_sign_SEEDBYTES];
  guint8 n_branch;                                                    /* 1… */
  guint8 branch[ACC_BRANCH_SECRETS_MAX][crypto_box_SECRETKEYBYTES]; /* newest first: rotation keeps the old ones */
} AccSecrets;

AccSecrets *acc_secrets_new (void) G_GNUC_WARN_UNUSED_RESULT; /* zeroed */
void acc_secrets_free (AccSecrets *secrets);
void acc_secrets_add_branch (AccSecrets *secrets, const guint8 secret[crypto_box_SECRETKEYBYTES]); /* as the newest */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSecrets, acc_secrets_free)

/* Takes both. */
AccIdentity *acc_identity_new (AccBanker *banker, AccSecrets *secrets) G_GNUC_WARN_UNUSED_RESULT;
const AccSecrets *acc_identity_get_secrets (AccIdentity *self);

AccBranchKey *acc_branch_key_of_secret (const guint8 secret[crypto_box_SECRETKEYBYTES]) G_GNUC_WARN_UNUSED_RESULT;

/* The branch has a new key: what was lent by acc_identity_get_branch_key lives on, but is no longer the newest. */
void acc_identity_add_branch_secret (AccIdentity *self, const guint8 secret[crypto_box_SECRETKEYBYTES]);

/* Opens what was sealed to the X25519 form of the banker's own key. */
gboolean acc_identity_open_own (AccIdentity *self, GBytes *sealed, guint8 *plain, gsize size);

/* Opens what was sealed to any of the branch's keys; FALSE if none fits or the size differs. */
gboolean acc_identity_open_sealed (AccIdentity *self, GBytes *sealed, guint8 *plain, gsize size);

G_END_DECLS
