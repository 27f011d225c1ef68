/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/slip.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "inbox/letter-table-private.h"
#include "inbox/slip-code.h"
#include "inbox/slip-table.h"
#include "vault/journal.h"
#include "vault/throttle.h"

#define GUARDS "slip" /* frozen: the throttle's row */

/* Frozen: they stand in the inbox. */
static const char *const states[ACC_SLIP_N] = {
  [ACC_SLIP_WAITING] = "waiting",       [ACC_SLIP_TAKEN_IN] = "taken in", [ACC_SLIP_APPROVED] = "approved",
  [ACC_SLIP_ON_ITS_WAY] = "on its way", [ACC_SLIP_ARRIVED] = "arrived",   [ACC_SLIP_DECLINED] = "declined",
  [ACC_SLIP_WITHDRAWN] = "withdrawn",   [ACC_SLIP_ERASED] = "erased",
};

static const struct {
  const char *text, *done_kind, *asked_kind;
} requests[ACC_REQUEST_N] = {
  [ACC_REQUEST_NONE] = { NULL, NULL, NULL },
  [ACC_REQUEST_WITHDRAW] = { "withdraw", "withdrawn", "asked to withdraw" },
  [ACC_REQUEST_ERASE] = { "erase", "erased", "asked to erase" },
};

static const char *const answers[ACC_ANSWER_N] = {
  [ACC_ANSWER_NONE] = NULL,
  [ACC_ANSWER_DONE] = "done",
  [ACC_ANSWER_TOO_LATE] = "too late",
  [ACC_ANSWER_REFUSED] = "refused",
};

const char *
acc_slip_state_to_text (AccSlipState state)
{
  g_return_val_if_fail (state < ACC_SLIP_N, NULL);
  return states[state];
}

gboolean
acc_slip_state_from_text (const char *text, AccSlipState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (guint i = 0; i < ACC_SLIP_N; i++)
    if (g_strcmp0 (states[i], text) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

const char *
acc_request_to_text (AccRequestKind kind)
{
  g_return_val_if_fail (kind < ACC_REQUEST_N, NULL);
  return requests[kind].text;
}

gboolean
acc_request_from_text (const char *text, AccRequestKind *kind)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < ACC_REQUEST_N; i++)
    if (g_strcmp0 (requests[i].text, text) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
acc_request_to_done_kind (AccRequestKind kind)
{
  g_return_val_if_fail (kind < ACC_REQUEST_N, NULL);
  return requests[kind].done_kind;
}

const char *
acc_request_to_asked_kind (AccRequestKind kind)
{
  g_return_val_if_fail (kind < ACC_REQUEST_N, NULL);
  return requests[kind].asked_kind;
}

const char *
acc_request_answer_to_text (AccRequestAnswer answer)
{
  g_return_val_if_fail (answer < ACC_ANSWER_N, NULL);
  return answers[answer];
}

gboolean
acc_request_answer_from_text (const char *text, AccRequestAnswer *answer)
{
  g_return_val_if_fail (text != NULL && answer != NULL, FALSE);

  for (guint i = 0; i < ACC_ANSWER_N; i++)
    if (g_strcmp0 (answers[i], text) == 0)
      {
        *answer = i;
        return TRUE;
      }
  return FALSE;
}

void
acc_slip_free (AccSlip *slip)
{
  if (slip == NULL)
    return;
  g_free (slip->number);
  g_free (slip->changed_at);
  g_free (slip->asked_at);
  g_free (slip->answered_at);
  g_free (slip);
}

/* ---- looking up ---- */

static void
set_wait (GError **error, gint64 wait)
{
  g_autofree char *words = acc_throttle_words (wait);

  g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
               _ ("There were too many wrong codes. Please wait %s before you try again, or ask at the desk."), words);
}

static void
set_unknown (GError **error, gint64 cost)
{
  g_autofree char *words = acc_throttle_words (cost);

  if (cost > 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
                 _ ("There is no letter with this code. Please wait %s, then look at your slip and type it again."),
                 words);
  else
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_PASSPHRASE,
                         _ ("There is no letter with this code. Please look at your slip and type it again."));
}

AccSlip *
acc_slip_look_up (AccStore *inbox, GBytes *key, const char *code, GError **error)
{
  g_autoptr (AccSlip) slip = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *clean = NULL, *hash = NULL;
  gint64 wait = 0, cost = 0;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && key != NULL && code != NULL, NULL);

  clean = acc_slip_code_parse (code, error);
  if (clean == NULL || !acc_throttle_count_code (inbox, GUARDS, &wait, &cost, error))
    return NULL;
  if (wait > 0)
    {
      set_wait (error, wait);
      return NULL;
    }
  hash = acc_slip_code_hash (key, clean);
  slip = acc_slip_table_find_code (inbox, hash, &local);
  if (slip == NULL && local == NULL)
    set_unknown (&local, cost);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return acc_throttle_reset_code (inbox, GUARDS, error) ? g_steal_pointer (&slip) : NULL;
}

/* ---- asking ---- */

typedef struct {
  const char *kiosk, *number;
  AccRequestKind kind;
} Asking;

static gboolean
note (AccStore *inbox, const Asking *asking, const char *kind, const char *at, GError **error)
{
  g_autofree char *writer = g_strconcat ("kiosk:", asking->kiosk, NULL);
  g_autofree char *facts = g_strdup_printf ("{\"at\":\"%s\"}", at);
  const AccJournalEntry entry = { writer, kind, asking->number, facts, NULL };

  return acc_journal_append (inbox, &entry, NULL, NULL, error);
}

/* *@waits: whether no desk has begun to take the letter in, nor can while this transaction lasts. */
static gboolean
find_waits (AccStore *inbox, const AccSlip *now, gboolean *waits, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccInboxLetter) letter = NULL;

  *waits = FALSE;
  if (now->state != ACC_SLIP_WAITING)
    return TRUE;
  letter = acc_letter_table_select (inbox, now->number, &local);
  *waits = letter != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
do_at_once (AccStore *inbox, const Asking *asking, const char *at, GError **error)
{
  AccSlipState done = asking->kind == ACC_REQUEST_ERASE ? ACC_SLIP_ERASED : ACC_SLIP_WITHDRAWN;

  return acc_letter_table_delete (inbox, asking->number, error)
         && acc_slip_table_set_state (inbox, asking->number, done, at, error)
         && note (inbox, asking, acc_request_to_done_kind (asking->kind), at, error);
}

/* Whether there is nothing to ask any more: it has been done, or was asked before; erasing takes back as well. */
static gboolean
is_settled (const AccSlip *now, AccRequestKind kind)
{
  return now->state == ACC_SLIP_ERASED || (now->state == ACC_SLIP_WITHDRAWN && kind == ACC_REQUEST_WITHDRAW)
         || (now->asked >= kind && now->answer == ACC_ANSWER_NONE);
}

static gboolean
ask (AccStore *inbox, gpointer data, GError **error)
{
  const Asking *asking = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (AccSlip) now = acc_slip_table_find (inbox, asking->number, &local);
  g_autofree char *at = acc_clock_stamp ();
  gboolean waits;

  if (now == NULL && local == NULL)
    g_set_error (&local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("inbox.db slip of letter %s: it is gone"),
                 asking->number);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (is_settled (now, asking->kind))
    return TRUE;
  if (!find_waits (inbox, now, &waits, error))
    return FALSE;
  if (waits)
    return do_at_once (inbox, asking, at, error);
  return acc_slip_table_ask (inbox, asking->number, asking->kind, at, error)
         && note (inbox, asking, acc_request_to_asked_kind (asking->kind), at, error);
}

AccSlip *
acc_slip_ask (AccStore *inbox, const char *kiosk, const AccSlip *slip, AccRequestKind kind, GError **error)
{
  Asking asking = { kiosk, NULL, kind };

  g_return_val_if_fail (ACC_IS_STORE (inbox) && kiosk != NULL && slip != NULL, NULL);
  g_return_val_if_fail (kind != ACC_REQUEST_NONE && kind < ACC_REQUEST_N, NULL);

  asking.number = slip->number;
  return acc_store_transact (inbox, ask, &asking, error) ? acc_slip_table_find (inbox, slip->number, error) : NULL;
}
