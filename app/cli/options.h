/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line's options: one table of all, each command naming those it takes. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ACC_OPTION_STORE = 1 << 0,
  ACC_OPTION_PASSPHRASE = 1 << 1, /* --passphrase-file and --banker */
  ACC_OPTION_JSON = 1 << 2,
  ACC_OPTION_BRANCH = 1 << 3,
  ACC_OPTION_RECOVERY = 1 << 4,
  ACC_OPTION_NEW_BANKER = 1 << 5, /* --new-passphrase-file, --manager, --staff-id */
  ACC_OPTION_IMPORT = 1 << 6,     /* --dry-run, --yes, --quarantine */
  ACC_OPTION_ON = 1 << 7,
  ACC_OPTION_NUMBER = 1 << 8,
  ACC_OPTION_RENDER = 1 << 9, /* -o, --png, --letterhead, --large-print */
  ACC_OPTION_PDF = 1 << 10,
  ACC_OPTION_NEW_PASSPHRASE = 1 << 11, /* --new-passphrase-file alone */
  ACC_OPTION_BANKER = 1 << 12,         /* --banker alone */
  ACC_OPTION_ERASE = 1 << 13,          /* --reason, --receipt */
  ACC_OPTION_RETAIN = 1 << 14,         /* --yes */
  ACC_OPTION_SLIP = 1 << 15,           /* --slip */
  ACC_OPTION_CODE = 1 << 16,           /* --code-file */
  ACC_OPTION_SECRET = 1 << 17,         /* --secret-file */
  ACC_OPTION_MESSAGE = 1 << 18,        /* --message-file */
  ACC_OPTION_DRY_RUN = 1 << 19,        /* --dry-run alone */
  ACC_OPTION_COVER = 1 << 20,          /* --cover-file */
} AccOptionSet;

typedef struct {
  char *store, *passphrase_file, *banker;
  char *branch, *recovery_file;
  char *new_passphrase_file, *staff_id;
  char *quarantine, *on, *number, *output, *png, *letterhead, *pdf;
  char *reason, *receipt;
  char *code_file, *secret_file, *message_file, *cover_file;
  gboolean json, manager, dry_run, yes, slip, large_print;
  char **rest; /* the arguments after the command's words */
} AccOptions;

/* Parses the arguments after the command's words. FALSE with a GOptionError: wrong usage. */
gboolean acc_options_parse (AccOptions *options, AccOptionSet set, GStrv arguments, GError **error);
void acc_options_clear (AccOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccOptions, acc_options_clear)

/* One line for each option of @set: "--store DIR  the store's folder". */
char *acc_options_describe (AccOptionSet set) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
