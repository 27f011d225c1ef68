/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From options to open stores, signed-in bankers and text read from files. Main thread. */
#pragma once

#include "archive/archive.h"
#include "base/config.h"
#include "cli/options.h"
#include "paper/letterhead.h"
#include "vault/hash.h"

G_BEGIN_DECLS

/* A command cannot do without @value: G_OPTION_ERROR, so that it ends as wrong usage. */
gboolean acc_cli_need (const char *value, const char *option, GError **error);

/* Text that is wiped from memory when it is let go. */
typedef char AccCliSecret;
void acc_cli_secret_free (AccCliSecret *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccCliSecret, acc_cli_secret_free)

/* The first line of @path. */
AccCliSecret *acc_cli_read_passphrase (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Signs in as --banker with --passphrase-file; *@desk is open for writing. */
AccIdentity *acc_cli_sign_in (const AccOptions *options, AccStore **desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Letterhead and branch name as the store's configuration has them (--letterhead goes before); without a
 * store the defaults. */
AccLetterhead *acc_cli_load_letterhead (const AccOptions *options, AccConfig *config, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

AccLetter *acc_cli_read_letter (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text of a file that is small; @option names it where it is no UTF-8. */
char *acc_cli_read_text (const char *path, const char *option, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
