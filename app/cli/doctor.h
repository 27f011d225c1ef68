/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator must know of a branch and its machine: one table of checks. Reads only, signs nobody in, and
 * goes on whatever it meets. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ACC_FINDING_OK,
  ACC_FINDING_LOOK, /* worth a look */
  ACC_FINDING_ACT,  /* a person must act */
} AccFindingState;

const char *acc_finding_state_to_text (AccFindingState state); /* "ok", "look", "act": frozen, in the JSON */

typedef struct {
  const char *check; /* the row's id, static */
  AccFindingState state;
  char *sentence; /* what is so */
  char *remedy;   /* what to do; "" where nothing is */
} AccFinding;

/* Runs every check on the store in @store_dir: GPtrArray of AccFinding, in the table's order. @mail_password is tried at the
 * mail server; NULL where nobody has signed in.
 * *@store_error, to be freed, is the first of a store that is damaged, foreign, newer or full; else NULL. */
GPtrArray *acc_doctor_run (const char *store_dir, const char *mail_password, GError **store_error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
