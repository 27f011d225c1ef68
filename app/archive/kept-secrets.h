/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords with which the desk signs in elsewhere, in desk.db under the branch's key. The store's thread. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

typedef enum {
  ACC_KEPT_SECRET_MAIL,
  ACC_KEPT_SECRET_DIRECTORY,
  ACC_KEPT_SECRET_N
} AccKeptSecret;

#define ACC_KEPT_SECRET_BYTES_MAX 1024

const char *acc_kept_secret_to_word (AccKeptSecret which); /* "mail", "directory": frozen */
gboolean acc_kept_secret_from_word (const char *word, AccKeptSecret *which);

/* Keeps @secret in the place of the one before, "" none at all, with a signed journal entry that does not tell it. One
 * line of UTF-8 (ACC_ERROR_INPUT), and a manager's to set (ACC_ERROR_NOT_ALLOWED). */
gboolean acc_kept_secret_set (AccStore *desk, AccIdentity *identity, AccKeptSecret which, const char *secret,
                              GError **error);

/* "" where none is kept. Wipe it with acc_wipe (vault/hash.h) before it is freed. */
char *acc_kept_secret_load (AccStore *desk, AccIdentity *identity, AccKeptSecret which, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Another text each time that it is set, "" where none is kept: tells of nothing but that. */
char *acc_kept_secret_load_version (AccStore *desk, AccKeptSecret which, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Encrypts every one under the branch's newest key, each in one transaction with its journal entry. Repeatable. One that
 * does not open is left as it is: acc_archive_check names it. */
gboolean acc_kept_secrets_encrypt_anew (AccStore *desk, AccIdentity *identity, GError **error);

G_END_DECLS
