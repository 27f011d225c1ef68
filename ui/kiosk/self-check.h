/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the kiosk could keep and send a letter, thing by thing, each looked at anew: for staff, on their page. What a
 * kiosk must have before a client starts the station asks for in the same words. */
#pragma once

#include <gio/gio.h>

#include "inbox/inbox.h"
#include "letter/letter.h"
#include "paper/letterhead.h"

G_BEGIN_DECLS

typedef struct {
  const char *what; /* translated, static: "Room on the disk" */
  char *wrong;      /* a sentence for staff; NULL: nothing is */
} AccSelfCheckResult;

/* Every check on the kiosk whose store is @store_dir, in the table's order: GPtrArray of AccSelfCheckResult. A thread that
 * may wait some seconds: it makes a trial letter and writes to the inbox. @cancellable, or NULL: for a printer that says
 * nothing. */
GPtrArray *acc_self_check_run (const char *store_dir, GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* The parts that the station asks for, too. Each error is for staff. Room for another letter on a disk that can be
 * written; a key to seal with that the desk accepts, lent to nobody; a letter that can be typeset and proofread. */
gboolean acc_self_check_room (AccStore *inbox, GError **error);
gboolean acc_self_check_key (AccStore *inbox, const char *store_dir, GError **error);
gboolean acc_self_check_paper (AccLetterhead *letterhead, const char *branch, AccPaper paper, GError **error);

G_END_DECLS
