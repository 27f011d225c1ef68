/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of a letter's states, frozen: they stand in the store and in what the commands print. Who may
 * move what is review/states.h. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ACC_STATE_WAITING,
  ACC_STATE_CLAIMED,
  ACC_STATE_APPROVED,
  ACC_STATE_ROUTED,
  ACC_STATE_ACKNOWLEDGED,
  ACC_STATE_HELD,
  ACC_STATE_DECLINED,
  ACC_STATE_WITHDRAWN,
  ACC_STATE_ERASED,
  ACC_STATE_N
} AccState;

const char *acc_state_to_text (AccState state);                /* "waiting" */
gboolean acc_state_from_text (const char *text, AccState *state);
const char *acc_state_to_word (AccState state);                /* within a sentence: "waiting", translated */
const char *acc_state_to_label (AccState state);               /* for a window: "Waiting", translated */

G_END_DECLS
