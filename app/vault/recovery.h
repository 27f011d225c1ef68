/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recovery key, printed once: 160 random bits, which open without passphrase and pepper. From them
 * comes a key pair; each of the branch's secrets is sealed to its public half, so that a rotation can seal the next
 * one without the printed key. Private to the vault, and to its tests. The store's thread. */
#pragma once

#include "vault/identity-private.h"

G_BEGIN_DECLS

#define ACC_RECOVERY_SIZE 20

/* @key as people read it: eight groups of four, Crockford's base32. */
char *acc_recovery_to_text (const guint8 key[ACC_RECOVERY_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

/* Spaces, hyphens and case do not matter; O is 0, I and L are 1. */
gboolean acc_recovery_from_text (const char *text, guint8 key[ACC_RECOVERY_SIZE]);

/* What the table keeps of @secret, whose public key is @branch_key. */
GBytes *acc_recovery_close (const guint8 key[ACC_RECOVERY_SIZE], AccBranchKey *branch_key,
                            const guint8 secret[crypto_box_SECRETKEYBYTES]) G_GNUC_WARN_UNUSED_RESULT;

/* The copy of another secret of the branch for the same printed key, which @copy, of @branch_key_id and its @secret,
 * tells of; NULL if @copy has been changed. */
GBytes *acc_recovery_close_like (GBytes *copy, const char *branch_key_id,
                                 const guint8 secret[crypto_box_SECRETKEYBYTES],
                                 const guint8 other_secret[crypto_box_SECRETKEYBYTES]) G_GNUC_WARN_UNUSED_RESULT;

/* The printed key signs, too, so that whoever recovered a branch can be told from who only says so: the public half
 * that the journal keeps (hexadecimal), the proof for a banker's new signing key, and whether @proof is one. */
char *acc_recovery_sign_public (const guint8 key[ACC_RECOVERY_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
char *acc_recovery_prove (const guint8 key[ACC_RECOVERY_SIZE], const char *banker, const char *sign_key)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_recovery_proves (const char *sign_public, const char *proof, const char *banker, const char *sign_key);

/* FALSE if the key is another one or the copy has been changed. */
gboolean acc_recovery_open (const guint8 key[ACC_RECOVERY_SIZE], const char *branch_key_id, GBytes *copy,
                            guint8 secret[crypto_box_SECRETKEYBYTES]);

G_END_DECLS
