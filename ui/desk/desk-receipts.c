/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-receipts.h"

#include "desk/desk-session-private.h"

/* What is asked of the store's thread, which has it while the task runs. */
typedef struct {
  char *number, *on, *message;
  guint position, sequence;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->number);
  g_free (asked->on);
  g_free (asked->message);
  g_free (asked);
}

static Asked *
asked_new (const char *number, guint sequence)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->number = g_strdup (number);
  asked->sequence = sequence;
  return asked;
}

static void
ask (GTask *task, Asked *asked, GTaskThreadFunc body)
{
  AccDeskSession *self = g_task_get_source_object (task);

  g_task_set_task_data (task, asked, asked_free);
  acc_worker_run (self->store_worker, task, body);
  g_object_unref (task);
}

static AccOpenedLetter *
open_letter (AccDeskSession *self, const Asked *asked, GError **error)
{
  return acc_desk_session_check_signed_in (self, error)
           ? acc_opened_letter_new (self->desk, self->identity, asked->number, error)
           : NULL;
}

/* ---- who was heard from ---- */

static void
record_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  const Asked *asked = data;
  const AccHeard heard = { asked->position, asked->on, asked->message };
  GError *error = NULL;
  g_autoptr (AccOpenedLetter) letter = open_letter (self, asked, &error);
  gboolean done = letter != NULL && acc_receipts_record (self->desk, self->identity, letter, &heard, &error);

  if (done)
    acc_desk_session_tell_slips (self);
  acc_desk_session_return_letter (task, asked->number, done, error);
}

void
acc_desk_session_record_receipt_async (AccDeskSession *self, const char *number, const AccHeard *heard,
                                       GAsyncReadyCallback callback, gpointer data)
{
  Asked *asked;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && number != NULL && heard != NULL);

  asked = asked_new (number, 0);
  asked->position = heard->position;
  asked->on = g_strdup (heard->on);
  asked->message = g_strdup (heard->message);
  ask (g_task_new (self, NULL, callback, data), asked, record_body);
}

/* ---- passing on ---- */

static void
free_passing (gpointer passing)
{
  acc_passing_free (passing);
}

static void
open_passing_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  const Asked *asked = data;
  GError *error = NULL;
  g_autoptr (AccOpenedLetter) letter = open_letter (self, asked, &error);
  AccPassing *passing
    = letter != NULL ? acc_receipts_open_passing (self->desk, letter, asked->sequence, &error) : NULL;

  if (passing != NULL)
    g_task_return_pointer (task, passing, free_passing);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_open_passing_async (AccDeskSession *self, const char *number, guint sequence,
                                     GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self) && number != NULL);
  ask (g_task_new (self, NULL, callback, data), asked_new (number, sequence), open_passing_body);
}

AccPassing *
acc_desk_session_open_passing_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
pass_on_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  const Asked *asked = data;
  GError *error = NULL;
  g_autoptr (AccOpenedLetter) letter = open_letter (self, asked, &error);
  gboolean done
    = letter != NULL && acc_receipts_pass_on (self->desk, self->identity, letter, asked->sequence, &error);

  acc_desk_session_return_letter (task, asked->number, done, error);
}

void
acc_desk_session_pass_on_async (AccDeskSession *self, const char *number, guint sequence, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self) && number != NULL);
  ask (g_task_new (self, NULL, callback, data), asked_new (number, sequence), pass_on_body);
}

/* ---- who has answered by mail ---- */

static void
free_replies (gpointer replies)
{
  acc_replies_free (replies);
}

static void
read_replies_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  const char *maildir;
  AccReplies *replies;
  GError *error = NULL;

  if (!acc_desk_session_check_signed_in (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  maildir = acc_config_get (self->place->config, ACC_CONFIG_MAIL_REPLIES);
  replies = *maildir != '\0' ? acc_replies_read (self->desk, self->identity, maildir, &error) : NULL;
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (replies != NULL && replies->n_recorded > 0)
    acc_desk_session_tell_slips (self);
  g_task_return_pointer (task, replies, free_replies);
}

void
acc_desk_session_read_replies_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  ask (g_task_new (self, NULL, callback, data), asked_new ("", 0), read_replies_body);
}

AccReplies *
acc_desk_session_read_replies_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
