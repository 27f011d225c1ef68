/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signed-in banker: the branch's secret key and the banker's own signing key, in locked memory that is
 * wiped with the object. Desk only: not linked into the kiosk. The store's thread. */
#pragma once

#include "vault/branch-key.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  char *name;
  char *staff_id;   /* in the directory; NULL while not linked */
  gboolean manager;
  gboolean disabled;
  guint8 sign_public[32]; /* Ed25519 */
  GPtrArray *earlier_keys; /* of GBytes, 32 bytes each, oldest first: those before it. NULL if none were read */
} AccBanker;

void acc_banker_free (AccBanker *banker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccBanker, acc_banker_free)

#define ACC_TYPE_IDENTITY (acc_identity_get_type ())
G_DECLARE_FINAL_TYPE (AccIdentity, acc_identity, ACC, IDENTITY, GObject)

const AccBanker *acc_identity_get_banker (AccIdentity *self);
AccBranchKey *acc_identity_get_branch_key (AccIdentity *self); /* lent: derived from the secret, not from a file */

/* An Ed25519 signature (RFC 8032), 64 bytes. */
GBytes *acc_identity_sign (AccIdentity *self, gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_signature_verify (const guint8 sign_public[32], gconstpointer data, gsize size, GBytes *signature);

/* Whether it is a signature by any key that @banker has had; acc_bankers_list reads them. */
gboolean acc_banker_verify (const AccBanker *banker, gconstpointer data, gsize size, GBytes *signature);

/* What belongs to the branch as a whole (the directory): encrypted under a key derived from the branch's
 * secret; @context is bound in. Decrypting gives ACC_ERROR_STORE_DAMAGED if a byte is wrong. */
GBytes *acc_identity_encrypt (AccIdentity *self, const char *context, GBytes *plain) G_GNUC_WARN_UNUSED_RESULT;
GBytes *acc_identity_decrypt (AccIdentity *self, const char *context, GBytes *cipher, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* What belongs to this banker alone: under a key derived from the banker's own, which no other banker, no manager and no
 * recovery key opens; nor this one any more, once a manager has given them a new passphrase, and a new key with it.
 * Decrypting gives ACC_ERROR_STORE_DAMAGED then, as if a byte were wrong. */
GBytes *acc_identity_encrypt_own (AccIdentity *self, const char *context, GBytes *plain) G_GNUC_WARN_UNUSED_RESULT;
GBytes *acc_identity_decrypt_own (AccIdentity *self, const char *context, GBytes *cipher, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Whether @cipher is under the newest of the branch's keys. */
gboolean acc_identity_is_newest (AccIdentity *self, GBytes *cipher);

G_END_DECLS
