/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-silences.h"

#include "desk/desk-outbox.h"
#include "desk/desk-session-private.h"
#include "route/cover.h"

/* What is asked of the threads, each of which has it while it runs. */
typedef struct {
  char *number;
  guint position;
  AccDeskNext *next;
  AccDeskOrder *order; /* with the paragraph */
  GBytes *pdf;         /* of the cover */
  gint64 due;          /* of the next silence */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_pointer (&asked->next, acc_desk_next_unref);
  g_clear_pointer (&asked->order, acc_desk_order_free);
  g_clear_pointer (&asked->pdf, g_bytes_unref);
  g_free (asked->number);
  g_free (asked);
}

static Asked *
asked_new (const char *number, guint position)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->number = g_strdup (number);
  asked->position = position;
  return asked;
}

/* Takes @task and @asked. */
static void
ask (GTask *task, AccWorker *worker, Asked *asked, GTaskThreadFunc body)
{
  g_task_set_task_data (task, asked, asked_free);
  acc_worker_run (worker, task, body);
  g_object_unref (task);
}

/* ---- which they are ---- */

static void
free_list (gpointer list)
{
  g_ptr_array_unref (list);
}

static void
list_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Asked *asked = data;
  GError *error = NULL;
  GPtrArray *list = NULL;
  guint days;

  if (acc_desk_session_check_signed_in (self, &error))
    {
      days = (guint) acc_config_get_int (self->place->config, ACC_CONFIG_DESK_RECEIPT_DAYS);
      if (acc_silences_find_due (self->desk, days, &asked->due, &error))
        list = acc_silences_list (self->desk, self->identity, days, NULL, &error);
    }
  if (list != NULL)
    g_task_return_pointer (task, list, free_list);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_list_silences_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self));
  ask (g_task_new (self, NULL, callback, data), self->store_worker, asked_new ("", 0), list_body);
}

GPtrArray *
acc_desk_session_list_silences_finish (AccDeskSession *self, GAsyncResult *result, gint64 *due, GError **error)
{
  *due = ((const Asked *) g_task_get_task_data (G_TASK (result)))->due;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the next level ---- */

static void
clear_next (gpointer data)
{
  AccDeskNext *next = data;

  g_clear_object (&next->letter);
  g_clear_object (&next->level);
  g_clear_pointer (&next->cover, acc_next_cover_free);
}

AccDeskNext *
acc_desk_next_ref (AccDeskNext *next)
{
  return g_atomic_rc_box_acquire (next);
}

void
acc_desk_next_unref (gpointer next)
{
  g_atomic_rc_box_release_full (next, clear_next);
}

static AccDeskNext *
make_next (AccDeskSession *self, AccDeskLetter *letter, guint position, GError **error)
{
  AccNextLevel *level
    = acc_next_level_new (self->desk, self->identity, acc_desk_letter_get_opened (letter), position, error);
  AccDeskNext *next;

  if (level == NULL)
    return NULL;
  next = g_atomic_rc_box_new0 (AccDeskNext);
  next->letter = g_object_ref (letter);
  next->position = position;
  next->level = level;
  next->recipient = acc_next_level_get_recipient (level);
  next->sentence = acc_next_level_get_sentence (level);
  next->cover = acc_next_cover_new (level, acc_desk_letter_get_letter (letter), acc_desk_letter_get_decisions (letter),
                                    acc_desk_session_get_branch (self));
  return next;
}

static void
open_next_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  const Asked *asked = data;
  GError *error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_open_letter (self, asked->number, &error);
  AccDeskNext *next = letter != NULL ? make_next (self, letter, asked->position, &error) : NULL;

  if (next != NULL)
    g_task_return_pointer (task, next, acc_desk_next_unref);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_open_next_async (AccDeskSession *self, const char *number, guint position, GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self) && number != NULL);
  ask (g_task_new (self, NULL, callback, data), self->store_worker, asked_new (number, position), open_next_body);
}

AccDeskNext *
acc_desk_session_open_next_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- sending: the paper's thread first, then the store's ---- */

static gboolean
keep_and_send (AccDeskSession *self, const Asked *asked, GError **error)
{
  const AccCoverDone cover = { asked->order->paragraphs[0], asked->pdf, asked->order->named == ACC_NAMED_DISCLOSED };
  g_autoptr (AccDoors) doors = NULL;

  if (!acc_desk_session_check_order (self, asked->order, error))
    return FALSE;
  doors = acc_doors_new (self->place->config);
  return acc_next_level_prepare (asked->next->level, self->desk, &cover, doors, error)
         && acc_desk_session_send (self, asked->number, error);
}

static void
send_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Asked *asked = data;
  GError *error = NULL;
  gboolean done = keep_and_send (source, asked, &error);

  acc_desk_session_return_letter (task, asked->number, done, error);
}

/* Hands the task on: it ends on the store's thread. */
static void
write_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Asked *asked = data;
  const AccDeskOrder *order = asked->order;
  GError *error = NULL;

  asked->pdf = acc_cover_write (acc_desk_letter_get_letter (order->letter), asked->number, asked->next->recipient,
                                order->banker, order->paragraphs[0], order->named == ACC_NAMED_DISCLOSED,
                                order->letterhead, order->branch, &error);
  if (asked->pdf != NULL)
    acc_worker_run (self->store_worker, task, send_body);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_send_next_async (AccDeskSession *self, AccDeskNext *next, const char *paragraph, AccNamed named,
                                  GAsyncReadyCallback callback, gpointer data)
{
  const char *const paragraphs[] = { paragraph, NULL };
  Asked *asked;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && next != NULL && next->recipient != NULL && paragraph != NULL);

  asked = asked_new (acc_desk_letter_get_record (next->letter)->number, 0);
  asked->next = acc_desk_next_ref (next);
  asked->order = acc_desk_order_new (self, next->letter, ACC_MOVE_ROUTE);
  asked->order->named = named;
  asked->order->paragraphs = g_strdupv ((GStrv) paragraphs);
  ask (g_task_new (self, NULL, callback, data), self->paper_worker, asked, write_body);
}

/* ---- leaving it at that ---- */

static void
leave_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  const Asked *asked = data;
  GError *error = NULL;
  g_autoptr (AccOpenedLetter) letter
    = acc_desk_session_check_signed_in (self, &error)
        ? acc_opened_letter_new (self->desk, self->identity, asked->number, &error)
        : NULL;
  gboolean done
    = letter != NULL && acc_silences_leave (self->desk, self->identity, letter, asked->position, &error);

  acc_desk_session_return_letter (task, asked->number, done, error);
}

void
acc_desk_session_leave_silence_async (AccDeskSession *self, const char *number, guint position,
                                      GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_DESK_SESSION (self) && number != NULL);
  ask (g_task_new (self, NULL, callback, data), self->store_worker, asked_new (number, position), leave_body);
}
