/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's slip on the roll of a receipt printer: branch, day, code and the letter's short number, nothing
 * personal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *branch;
  const char *date;     /* ISO 8601 */
  const char *code;     /* "7K3M-9QXW-2DTE" */
  const char *number;   /* short: "XXXXX-XXXXX" */
  const char *language; /* BCP 47, of the words on it */
} AccSlipPaper;

/* A PDF of one page, 80 mm wide and as long as it needs. ACC_ERROR_SYSTEM where there is no font to write it in. The
 * paper's thread. */
GBytes *acc_slip_paper_write (const AccSlipPaper *slip, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
