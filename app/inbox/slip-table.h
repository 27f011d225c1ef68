/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of inbox.db's tables slip, request and told. Transactions are the callers'; the desk is one of them. */
#pragma once

#include "inbox/slip.h"

G_BEGIN_DECLS

/* NULL without an error where there is none. */
AccSlip *acc_slip_table_find_code (AccStore *inbox, const char *code_hash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
AccSlip *acc_slip_table_find (AccStore *inbox, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* *@code_hash: of the slip of letter @number, or NULL. */
gboolean acc_slip_table_find_hash (AccStore *inbox, const char *number, char **code_hash, GError **error);

gboolean acc_slip_table_insert (AccStore *inbox, const char *number, const char *code_hash, const char *at,
                                GError **error);
gboolean acc_slip_table_set_state (AccStore *inbox, const char *number, AccSlipState state, const char *at,
                                   GError **error);

/* A letter that waits is taken in from now on; the time stays that of its sending. */
gboolean acc_slip_table_begin_taking (AccStore *inbox, const char *number, GError **error);

/* Puts what is asked in place of what was asked before. */
gboolean acc_slip_table_ask (AccStore *inbox, const char *number, AccRequestKind kind, const char *at, GError **error);

/* Answers the open request of @number: of @kind, or any where that is ACC_REQUEST_NONE; asked at @asked_at, or whenever
 * where that is NULL. */
typedef struct {
  const char *number;
  AccRequestKind kind;
  const char *asked_at;
  AccRequestAnswer answer;
  const char *at;
} AccSlipAnswer;
gboolean acc_slip_table_answer (AccStore *inbox, const AccSlipAnswer *answer, GError **error);

/* The slips with a request, oldest first: GPtrArray of AccSlip. A row that cannot be read is left out. */
GPtrArray *acc_slip_table_list_requests (AccStore *inbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The row of the desk's journal up to which the slips have been told; 0 at first. */
gboolean acc_slip_table_get_told (AccStore *inbox, gint64 *entry, GError **error);
gboolean acc_slip_table_set_told (AccStore *inbox, gint64 entry, GError **error);

G_END_DECLS
