/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A banker's secrets under a passphrase: argon2id (RFC 9106), its result keyed with the pepper (BLAKE2b), opens a
 * box with the branch's secrets and the banker's own. Private to the vault. The store's thread. */
#pragma once

#include "vault/identity-private.h"

G_BEGIN_DECLS

#define ACC_PEPPER_SIZE 32

/* As it stands in the table. */
typedef struct {
  GBytes *salt;
  gint64 ops, memory; /* argon2id's cost: passes, and bytes */
  GBytes *wrapped;
} AccWrapping;

void acc_wrapping_free (AccWrapping *wrapping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccWrapping, acc_wrapping_free)

/* Whether the row can be meant: a cost far outside would stop the machine, or give the passphrase away. */
gboolean acc_wrapping_is_sane (const AccWrapping *wrapping);

/* Whether a new passphrase will do; ACC_ERROR_INPUT says why not. */
gboolean acc_passphrase_check (const char *passphrase, GError **error);

/* ACC_ERROR_STORE_DAMAGED if this is no pepper. */
gboolean acc_pepper_check (GBytes *pepper, GError **error);

/* Wraps @secrets for @banker, whose id, name and public key are bound in. */
AccWrapping *acc_wrapping_new (const AccSecrets *secrets, const AccBanker *banker, GBytes *pepper,
                               const char *passphrase, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* *@secrets is NULL, with no error, if the passphrase (or pepper, or record) is another one. */
gboolean acc_wrapping_open (const AccWrapping *wrapping, const AccBanker *banker, GBytes *pepper,
                            const char *passphrase, AccSecrets **secrets, GError **error);

G_END_DECLS
