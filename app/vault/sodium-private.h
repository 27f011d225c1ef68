/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsodium, made ready; and the closing half of the cipher that every box of this room uses:
 * XChaCha20-Poly1305 (IETF construction, draft-irtf-cfrg-xchacha), a random nonce first, then the cipher text.
 * Private to the vault, and to its tests. Any thread. */
#pragma once

#include <glib.h>
#include <sodium.h>

G_BEGIN_DECLS

#define ACC_KEY_SIZE 32
#define ACC_BOX_EXTRA (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)

G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_KEYBYTES == ACC_KEY_SIZE);

/* Once for the process, before the first call into libsodium; every function here that needs it calls it. */
void acc_sodium_init (void);

/* Encrypts @plain; @bound (additional data) must be the same again to open it. */
GBytes *acc_box_close (const guint8 key[ACC_KEY_SIZE], GBytes *bound, gconstpointer plain, gsize size)
  G_GNUC_WARN_UNUSED_RESULT;

/* Additional data from texts: each behind its length, so that no two lists give the same bytes. */
GBytes *acc_box_bind (const char *const *texts, gsize n) G_GNUC_WARN_UNUSED_RESULT;

/* What is bound to the body of letter @number in this format. */
GBytes *acc_seal_bind (const char *number) G_GNUC_WARN_UNUSED_RESULT;

/* Lower-case hexadecimal digits; and back: FALSE if @text, which may be NULL, is not @size bytes. */
char *acc_hexadecimal (const guint8 *bytes, gsize size) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_hexadecimal_read (const char *text, guint8 *bytes, gsize size);

/* A letter's key, sealed to the branch. */
GBytes *acc_seal_key (const guint8 branch_key[crypto_box_PUBLICKEYBYTES], const guint8 key[ACC_KEY_SIZE])
  G_GNUC_WARN_UNUSED_RESULT;

/* The head of a body's plain text. */
#define ACC_SEAL_MAGIC "ACCL"
#define ACC_SEAL_HEAD_SIZE 16 /* magic 4, format 1, zero 3, length of the JSON 8 */

G_END_DECLS
