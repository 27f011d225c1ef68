/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bankers of desk.db and their wrapped keys. Signing in is unwrapping: argon2id over the
 * passphrase, keyed with the pepper file, opens the secretbox with the branch's secret and the banker's own.
 * Desk only. The store's thread. */
#pragma once

#include "store/store.h"
#include "vault/identity.h"

G_BEGIN_DECLS

#define ACC_PASSPHRASE_MIN 10 /* characters */

typedef struct {
  const char *branch, *banker, *passphrase;
  GBytes *pepper; /* 32 bytes */
} AccFounding;

/* The branch's first keys, and the first banker (a manager), with their journal entry. Inside setup's transaction.
 * Also writes the recovery copy and gives the recovery key, as words to print: groups of Crockford base32. */
AccIdentity *acc_bankers_found_branch (AccStore *desk, const AccFounding *founding, char **recovery_key,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a banker, on the authority of a signed-in manager, with the journal entry. Inside the caller's transaction. */
gboolean acc_bankers_add (AccStore *desk, AccIdentity *manager, GBytes *pepper, const char *name,
                          const char *passphrase, gboolean is_manager, const char *staff_id, GError **error);

/* Each of the following is one transaction with its journal entry. */

/* @name may not sign in any more. A manager's deed, to somebody else. */
gboolean acc_bankers_disable (AccStore *desk, AccIdentity *manager, const char *name, GError **error);

/* A new passphrase for @name: one's own, or, by a manager, that of a banker who has forgotten it and gets a new signing
 * key with it (*@reset_key). The wait after wrong tries ends. */
gboolean acc_bankers_set_passphrase (AccStore *desk, AccIdentity *identity, GBytes *pepper, const char *name,
                                     const char *passphrase, gboolean *reset_key, GError **error);

/* With the recovery key alone: a new passphrase and signing key for the manager @name, who need not be able to sign in;
 * NULL is the first manager who may, or, where none may, the first. *@recovered is who it was. ACC_ERROR_PASSPHRASE: it
 * is another branch's recovery key, or none. */
typedef struct {
  const char *recovery_key, *name, *passphrase;
  GBytes *pepper; /* what passphrases are made with from now on */
} AccRecovery;
gboolean acc_bankers_recover (AccStore *desk, const AccRecovery *recovery, char **recovered, GError **error);

/* Whether @recovery_key and @passphrase would do; changes nothing. */
gboolean acc_bankers_may_recover (AccStore *desk, const char *recovery_key, const char *passphrase, GError **error);

/* Whether this is the pepper that the newest passphrases were made with, as far as the store knows. */
gboolean acc_bankers_knows_pepper (AccStore *desk, GBytes *pepper);

/* Adds a sentence for each key of a banker, and of the branch, that no rightful journal entry gave. No sign-in. */
gboolean acc_bankers_check (AccStore *desk, GPtrArray *findings, GError **error);

/* Sets the directory id of the banker @name. The caller notes it, in one transaction. */
gboolean acc_bankers_link (AccStore *desk, const char *name, const char *staff_id, GError **error);

/* All bankers in the order they were added, with their earlier keys: GPtrArray of AccBanker. No sign-in. */
GPtrArray *acc_bankers_list (AccStore *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Signs in, and takes the keys that the branch has been given since. @name NULL where one banker is set up. Counts the
 * try on disk before it is checked: 4 free tries, then growing waits, the 10th wrong one locks for 30 minutes, measured
 * in boot time. ACC_ERROR_PASSPHRASE says how long to wait. Outside a transaction, on a store open for writing. */
AccIdentity *acc_bankers_sign_in (AccStore *desk, GBytes *pepper, const char *name, const char *passphrase,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
