/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of inbox.db. Each function is one statement or a few on one table; transactions are inbox.c's. */
#pragma once

#include "inbox/inbox.h"

G_BEGIN_DECLS

/* The hash of the PDF that was submitted as @number, whether it lies here or was taken in since; NULL without an
 * error if there was none. */
gboolean acc_letter_table_find_pdf_hash (AccStore *inbox, const char *number, char **pdf_hash, GError **error);

gboolean acc_letter_table_insert (AccStore *inbox, const AccInboxLetter *letter, GError **error);
gboolean acc_letter_table_delete (AccStore *inbox, const char *number, GError **error);

/* NULL without an error where there is none. */
AccInboxLetter *acc_letter_table_select_next (AccStore *inbox, gint64 after_sequence, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
AccInboxLetter *acc_letter_table_select (AccStore *inbox, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

GStrv acc_letter_table_select_departments (AccStore *inbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_letter_table_replace_departments (AccStore *inbox, const char *const *names, GError **error);

G_END_DECLS
