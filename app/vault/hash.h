/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4), so that anybody can check with sha256sum; and hexadecimal. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_HASH_SIZE 32

char *acc_hash_bytes (GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT; /* 64 lower-case hexadecimal digits */
char *acc_hash_data (gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* The hash of @n texts one after the other, each preceded by its length (8 bytes, big-endian), so that no two
 * different lists are hashed alike. NULL is told from "": a length of all ones, and no bytes. */
char *acc_hash_texts (const char *const *texts, gsize n) G_GNUC_WARN_UNUSED_RESULT;

/* Of @text with a secret @key of 32 bytes, by BLAKE2b (RFC 7693): who has the hash alone cannot even try what was hashed.
 * 64 digits. */
char *acc_hash_keyed (GBytes *key, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The hash of what comes piece by piece. Finishing gives the 64 digits and frees it. */
typedef struct _AccHasher AccHasher;
AccHasher *acc_hasher_new (void) G_GNUC_WARN_UNUSED_RESULT;
void acc_hasher_add (AccHasher *self, gconstpointer data, gsize size);
char *acc_hasher_finish (AccHasher *self) G_GNUC_WARN_UNUSED_RESULT;

/* Random bytes, and wiping that the compiler may not drop. */
GBytes *acc_random_bytes (gsize size) G_GNUC_WARN_UNUSED_RESULT;
void acc_wipe (gpointer data, gsize size);

const char *acc_sodium_version (void); /* of the library that runs, static */

G_END_DECLS
