/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recovery key, printed once at set-up: 160 random bits, which open without passphrase and pepper. From them
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

/* FALSE if the key is another one or the copy has been changed. */
gboolean acc_recovery_open (const guint8 key[ACC_RECOVERY_SIZE], const char *branch_key_id, GBytes *copy,
                            guint8 secret[crypto_box_SECRETKEYBYTES]);

G_END_DECLS
