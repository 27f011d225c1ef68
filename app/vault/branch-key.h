/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The branch's public key, read from a file (branch.pub), never from a database. It seals; it cannot open.
 * Immutable, reference-counted; any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _AccBranchKey AccBranchKey;

/* ACC_ERROR_SYSTEM if there is no such file, ACC_ERROR_STORE_DAMAGED if it is not a key: no capture then. */
AccBranchKey *acc_branch_key_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
AccBranchKey *acc_branch_key_new (const guint8 public_key[32]) G_GNUC_WARN_UNUSED_RESULT;
GBytes *acc_branch_key_to_file (AccBranchKey *self) G_GNUC_WARN_UNUSED_RESULT;

AccBranchKey *acc_branch_key_ref (AccBranchKey *self);
void acc_branch_key_unref (AccBranchKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccBranchKey, acc_branch_key_unref)

const guint8 *acc_branch_key_get_public (AccBranchKey *self); /* 32 bytes, X25519 */
const char *acc_branch_key_get_id (AccBranchKey *self);       /* first 16 hexadecimal digits of its SHA-256 */

G_END_DECLS
