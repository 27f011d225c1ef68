/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The envelope, desk's side. Not linked into the kiosk. The store's thread. */
#pragma once

#include "vault/identity.h"

G_BEGIN_DECLS

/* A letter's own key, in locked memory. What belongs to one letter (covers, reasons, recipients) is encrypted
 * with it, so that destroying its one sealed copy erases them all. */
typedef struct _AccLetterKey AccLetterKey;

AccLetterKey *acc_letter_key_open (AccIdentity *identity, GBytes *sealed_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_letter_key_free (AccLetterKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccLetterKey, acc_letter_key_free)

/* A key for one purpose, @context, about letter @number: it opens nothing else of the letter, and does not lead back to
 * @self, so that it may be kept where that one may not. The same each time. */
AccLetterKey *acc_letter_key_derive (AccLetterKey *self, const char *number, const char *context) G_GNUC_WARN_UNUSED_RESULT;

/* The same key, sealed to @branch_key: for a branch that has a new one. */
GBytes *acc_letter_key_seal (AccLetterKey *self, AccBranchKey *branch_key) G_GNUC_WARN_UNUSED_RESULT;

/* Opens the sealed body of letter @number. ACC_ERROR_STORE_DAMAGED if anything does not fit. */
gboolean acc_unseal (AccLetterKey *key, const char *number, GBytes *body, GBytes **json, GBytes **pdf, GError **error);

/* Further things of letter @number; @context says what ("cover:3", "reason") and is bound in. */
GBytes *acc_letter_key_encrypt (AccLetterKey *self, const char *number, const char *context, GBytes *plain)
  G_GNUC_WARN_UNUSED_RESULT;
GBytes *acc_letter_key_decrypt (AccLetterKey *self, const char *number, const char *context, GBytes *cipher,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
