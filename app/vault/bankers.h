/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bankers of desk.db and their wrapped keys (table "banker"). Signing in is unwrapping: argon2id over the
 * passphrase, keyed with the pepper file, opens the secretbox with the branch's secret and the banker's own.
 * Desk only. The store's thread. */
#pragma once

#include "store/store.h"
#include "vault/identity.h"

G_BEGIN_DECLS

#define ACC_PASSPHRASE_MIN 10 /* characters */

/* The branch's first keys, and the first banker (a manager). Inside setup's transaction. @pepper: 32 bytes.
 * Also writes the recovery copy and gives the recovery key, as words to print: groups of Crockford base32. */
AccIdentity *acc_bankers_found_branch (AccStore *desk, GBytes *pepper, const char *name, const char *passphrase,
                                       char **recovery_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a banker, on the authority of a signed-in manager. The caller notes it in the journal, in one transaction. */
gboolean acc_bankers_add (AccStore *desk, AccIdentity *manager, GBytes *pepper, const char *name,
                          const char *passphrase, gboolean is_manager, const char *staff_id, GError **error);

/* Sets the directory id of the banker @name. */
gboolean acc_bankers_link (AccStore *desk, const char *name, const char *staff_id, GError **error);

/* All bankers in the order they were added: GPtrArray of AccBanker. No sign-in. */
GPtrArray *acc_bankers_list (AccStore *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Signs in. @name NULL where one banker is set up. Counts the try on disk before it is checked: 4 free tries,
 * then growing waits, the 10th wrong one locks for 30 minutes, measured in boot time.
 * ACC_ERROR_PASSPHRASE says how long to wait. Outside a transaction, on a store open for writing. */
AccIdentity *acc_bankers_sign_in (AccStore *desk, GBytes *pepper, const char *name, const char *passphrase,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
