/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, as one table; DESIGN: names, exit statuses and JSON are relied on from outside. Main thread. */
#pragma once

#include "cli/options.h"

G_BEGIN_DECLS

typedef struct {
  const char *words;     /* "banker add" */
  const char *arguments; /* "NAME" */
  guint fewest, most;    /* arguments after the words */
  AccOptionSet options;
  gboolean (*run) (const AccOptions *options, GError **error);
  const char *summary;
} AccCommand;

extern const AccCommand acc_commands[];
extern const gsize acc_n_commands;

gboolean acc_command_setup (const AccOptions *options, GError **error);
gboolean acc_command_banker_add (const AccOptions *options, GError **error);
gboolean acc_command_banker_link (const AccOptions *options, GError **error);
gboolean acc_command_banker_list (const AccOptions *options, GError **error);
gboolean acc_command_banker_disable (const AccOptions *options, GError **error);
gboolean acc_command_banker_passphrase (const AccOptions *options, GError **error);
gboolean acc_command_key_rotate (const AccOptions *options, GError **error);
gboolean acc_command_key_recover (const AccOptions *options, GError **error);
gboolean acc_command_secret_set (const AccOptions *options, GError **error);
gboolean acc_command_staff_import (const AccOptions *options, GError **error);
gboolean acc_command_staff_status (const AccOptions *options, GError **error);
gboolean acc_command_staff_find (const AccOptions *options, GError **error);
gboolean acc_command_staff_chain (const AccOptions *options, GError **error);
gboolean acc_command_letterhead_check (const AccOptions *options, GError **error);
gboolean acc_command_render (const AccOptions *options, GError **error);
gboolean acc_command_submit (const AccOptions *options, GError **error);
gboolean acc_command_list (const AccOptions *options, GError **error);
gboolean acc_command_show (const AccOptions *options, GError **error);
gboolean acc_command_verify (const AccOptions *options, GError **error);
gboolean acc_command_backup (const AccOptions *options, GError **error);
gboolean acc_command_restore (const AccOptions *options, GError **error);

/* Prints what is wrong in both stores: verify, and the end of a restore. ACC_ERROR_STORE_DAMAGED if something is. */
gboolean acc_cli_verify_store (const char *store_dir, GError **error);

/* Says whether the PDF that verify was given is a letter of this branch, unchanged; else what it is, or what differs. */
gboolean acc_cli_verify_pdf (const AccOptions *options, GError **error);
gboolean acc_command_erase (const AccOptions *options, GError **error);
gboolean acc_command_retain (const AccOptions *options, GError **error);
gboolean acc_command_requests (const AccOptions *options, GError **error);
gboolean acc_command_answer (const AccOptions *options, GError **error);
gboolean acc_command_receipt_list (const AccOptions *options, GError **error);
gboolean acc_command_receipt_record (const AccOptions *options, GError **error);
gboolean acc_command_receipt_pass_on (const AccOptions *options, GError **error);
gboolean acc_command_receipt_escalate (const AccOptions *options, GError **error);
gboolean acc_command_receipt_leave (const AccOptions *options, GError **error);
gboolean acc_command_receipt_replies (const AccOptions *options, GError **error);
gboolean acc_command_kiosk_exit_code (const AccOptions *options, GError **error);
gboolean acc_command_doctor (const AccOptions *options, GError **error);

G_END_DECLS
