/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The envelope, kiosk's side: closes, cannot open. Any thread.
 *
 * A random key encrypts the body (XChaCha20-Poly1305, IETF construction; the additional data bind format
 * and number); that key alone is sealed to the branch's public key (libsodium's sealed box). The body's plain
 * text is: "ACCL", format (1 byte), 3 zero bytes, length of the JSON (8 bytes, big-endian), JSON, PDF. */
#pragma once

#include "vault/branch-key.h"

G_BEGIN_DECLS

#define ACC_SEAL_FORMAT 1

typedef struct {
  char *number;       /* the letter's */
  GBytes *body;       /* nonce, then cipher text */
  GBytes *key;        /* the sealed key */
  char *branch_key;   /* whom it is sealed to: acc_branch_key_get_id */
  char *body_hash;    /* SHA-256 of body */
  char *pdf_hash;     /* SHA-256 of the PDF */
} AccSealed;

AccSealed *acc_seal (AccBranchKey *branch, const char *number, GBytes *json, GBytes *pdf) G_GNUC_WARN_UNUSED_RESULT;
AccSealed *acc_sealed_copy (const AccSealed *sealed) G_GNUC_WARN_UNUSED_RESULT; /* the bytes are shared */
void acc_sealed_free (AccSealed *sealed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSealed, acc_sealed_free)

G_END_DECLS
