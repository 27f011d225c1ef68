/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short code as it is kept in a file: a slow, salted hash (argon2id, RFC 9106), so that whoever reads the file has to
 * guess it dearly. A tenth of a second each. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "$argon2id$…", printable, under 128 characters. ACC_ERROR_SYSTEM without 64 MiB of memory. */
char *acc_code_hash_new (const char *code, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @text can be such a hash at all; and whether it is that of @code. */
gboolean acc_code_hash_is_sane (const char *text);
gboolean acc_code_hash_matches (const char *hash, const char *code);

G_END_DECLS
