/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client's slip tells and asks: where the letter is, and to take it back or erase it. Nothing personal stands in
 * it. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Where the letter is, as its client may know it; frozen as texts in the inbox. */
typedef enum {
  ACC_SLIP_WAITING,    /* sealed in the inbox: no one has it yet */
  ACC_SLIP_TAKEN_IN,   /* at the desk, or about to be */
  ACC_SLIP_APPROVED,
  ACC_SLIP_ON_ITS_WAY,
  ACC_SLIP_ARRIVED,
  ACC_SLIP_DECLINED,   /* the reason is the desk's */
  ACC_SLIP_WITHDRAWN,
  ACC_SLIP_ERASED,
  ACC_SLIP_N
} AccSlipState;

typedef enum {
  ACC_REQUEST_NONE,
  ACC_REQUEST_WITHDRAW,
  ACC_REQUEST_ERASE,
  ACC_REQUEST_N
} AccRequestKind;

typedef enum {
  ACC_ANSWER_NONE,     /* the desk has still to answer */
  ACC_ANSWER_DONE,
  ACC_ANSWER_TOO_LATE, /* it had been delivered before */
  ACC_ANSWER_REFUSED,  /* the desk tells why to whoever asks there */
  ACC_ANSWER_N
} AccRequestAnswer;

const char *acc_slip_state_to_text (AccSlipState state);
gboolean acc_slip_state_from_text (const char *text, AccSlipState *state);
const char *acc_request_to_text (AccRequestKind kind); /* "withdraw" */
gboolean acc_request_from_text (const char *text, AccRequestKind *kind);
const char *acc_request_answer_to_text (AccRequestAnswer answer);     /* "too late" */
gboolean acc_request_answer_from_text (const char *text, AccRequestAnswer *answer);

/* The kinds of a kiosk's journal entries, frozen: done at once, and asked of the desk. */
const char *acc_request_to_done_kind (AccRequestKind kind);  /* "withdrawn" */
const char *acc_request_to_asked_kind (AccRequestKind kind); /* "asked to withdraw" */

typedef struct {
  char *number; /* the letter's */
  AccSlipState state;
  char *changed_at; /* RFC 3339 */
  AccRequestKind asked; /* the last request to the desk */
  char *asked_at;       /* NULL if nothing was asked */
  AccRequestAnswer answer;
  char *answered_at;    /* NULL while it is not */
} AccSlip;
void acc_slip_free (AccSlip *slip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSlip, acc_slip_free)

/* The slip of @code, as somebody has typed it. The try is counted before it is checked (vault/throttle). ACC_ERROR_INPUT
 * if it can be no code, which costs nothing; ACC_ERROR_PASSPHRASE if there is no such slip or the wait is not over. */
AccSlip *acc_slip_look_up (AccStore *inbox, GBytes *key, const char *code, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does @kind at once while the letter waits in the inbox: body and key are gone, an entry of @kiosk's journal without
 * content remains. Afterwards it is a request to the desk. Repeatable. The slip as it is then. */
AccSlip *acc_slip_ask (AccStore *inbox, const char *kiosk, const AccSlip *slip, AccRequestKind kind, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
