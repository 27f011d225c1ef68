/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-edition.h"

#include "base/error.h"
#include "desk/desk-session-private.h"
#include "paper/edition.h"
#include "review/black-out.h"

/* One edition on its way over the two threads; each touches it only while it has the task. */
typedef struct {
  AccDeskLetter *letter;
  AccDocumentKind kind;
  gint64 banker; /* who asked for it */
  AccDeskOrder *order;  /* NULL: it is only to be read */
  AccLetterhead *letterhead; /* the session's may be replaced meanwhile: by a sign-out */
  char *branch;
  GArray *passages;
  GBytes *pdf;
} Edition;

static void
edition_free (gpointer data)
{
  Edition *edition = data;

  g_clear_object (&edition->letter);
  g_clear_pointer (&edition->order, acc_desk_order_free);
  g_clear_object (&edition->letterhead);
  g_clear_pointer (&edition->branch, g_free);
  g_clear_pointer (&edition->passages, g_array_unref);
  g_clear_pointer (&edition->pdf, g_bytes_unref);
  g_free (edition);
}

static Edition *
edition_new (AccDeskSession *self, AccDeskLetter *letter, AccDocumentKind kind)
{
  Edition *edition = g_new0 (Edition, 1);

  edition->letter = g_object_ref (letter);
  edition->kind = kind;
  edition->banker = acc_desk_session_get_banker (self)->id;
  edition->letterhead = g_object_ref (self->place->letterhead);
  edition->branch = g_strdup (acc_desk_session_get_branch (self));
  return edition;
}

/* A part of @whole, on one of the threads: the same edition, lent to it. */
static void
run_part (GTask *whole, AccWorker *worker, GTaskThreadFunc body, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part
    = g_task_new (g_task_get_source_object (whole), g_task_get_cancellable (whole), callback, g_object_ref (whole));

  g_task_set_task_data (part, g_task_get_task_data (whole), NULL);
  acc_worker_run (worker, part, body);
}

/* TRUE where @part did what it was to do; else @whole has ended. */
static gboolean
end_part (GTask *whole, GAsyncResult *part)
{
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (part), &error))
    return TRUE;
  g_task_return_error (whole, error);
  return FALSE;
}

static void
return_done (GTask *task, gboolean done, GError *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- the paper's thread ---- */

static void
write_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Edition *edition = data;
  GError *error = NULL;
  const AccEdition text = { acc_desk_letter_get_letter (edition->letter),
                            edition->branch,
                            acc_desk_letter_get_record (edition->letter)->number,
                            edition->kind == ACC_DOCUMENT_LARGE_PRINT, edition->passages };

  if (g_task_return_error_if_cancelled (task))
    return;
  edition->pdf = acc_edition_write (&text, edition->letterhead, &error);
  return_done (task, edition->pdf != NULL, error);
}

/* ---- the store's ---- */

static GBytes *
find_edition (AccDeskSession *self, const Edition *edition, GError **error)
{
  AccOpenedLetter *opened = acc_desk_letter_get_opened (edition->letter);
  AccDocumentKind leaves = ACC_DOCUMENT_ORIGINAL;
  g_autoptr (GBytes) pdf = NULL;

  if (edition->kind == ACC_DOCUMENT_LARGE_PRINT)
    return acc_documents_find_edition (self->desk, opened, edition->kind, error);
  pdf = acc_documents_get_outgoing (self->desk, opened, &leaves, error);
  if (pdf == NULL || leaves == edition->kind)
    return g_steal_pointer (&pdf);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "no such edition");
  return NULL;
}

static void
find_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Edition *edition = data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (acc_desk_session_check_signed_in (self, &error))
    edition->pdf = find_edition (self, edition, &error);
  return_done (task, edition->pdf != NULL, error);
}

static void
keep_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Edition *edition = data;
  GError *error = NULL;
  gboolean done
    = acc_desk_session_check_banker (self, edition->banker, &error)
      && acc_documents_keep_large_print (self->desk, self->identity, acc_desk_letter_get_opened (edition->letter),
                                         edition->pdf, &error);

  return_done (task, done, error);
}

/* ---- what leaves ---- */

const AccDecision *
acc_desk_edition_find_black_out (AccDeskLetter *letter)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (letter), NULL);
  return acc_decision_find_black_out (acc_desk_letter_get_decisions (letter));
}

/* ---- reading ---- */

static void
return_pdf (GTask *whole)
{
  const Edition *edition = g_task_get_task_data (whole);

  g_task_return_pointer (whole, g_bytes_ref (edition->pdf), (GDestroyNotify) g_bytes_unref);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;

  if (end_part (whole, result))
    return_pdf (whole);
}

static void
on_large_print_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;

  if (end_part (whole, result))
    run_part (whole, ACC_DESK_SESSION (source)->store_worker, keep_body, on_kept);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;
  const Edition *edition = g_task_get_task_data (whole);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return_pdf (whole);
  else if (edition->kind == ACC_DOCUMENT_LARGE_PRINT && g_error_matches (error, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      run_part (whole, ACC_DESK_SESSION (source)->paper_worker, write_body, on_large_print_written);
    }
  else
    g_task_return_error (whole, error);
}

void
acc_desk_session_read_edition_async (AccDeskSession *self, AccDeskLetter *letter, AccDocumentKind kind,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) whole = NULL;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && ACC_IS_DESK_LETTER (letter));
  g_return_if_fail (kind == ACC_DOCUMENT_LARGE_PRINT || kind == ACC_DOCUMENT_BLACKED_OUT);

  whole = g_task_new (self, cancellable, callback, data);
  g_task_set_task_data (whole, edition_new (self, letter, kind), edition_free);
  run_part (whole, self->store_worker, find_body, on_found);
}

GBytes *
acc_desk_session_read_edition_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- taking words out ---- */

static AccDeskLetter *
claim (AccDeskSession *self, const Edition *edition, GError **error)
{
  AccDeskOrder order = *edition->order;

  if (acc_desk_letter_get_record (edition->letter)->state != ACC_STATE_WAITING)
    return g_object_ref (edition->letter);
  order.move = ACC_MOVE_CLAIM;
  order.reason = NULL; /* that of taking words out */
  return acc_desk_session_decide (self, &order, error);
}

static gboolean
black_out (AccDeskSession *self, const Edition *edition, AccDeskLetter *letter, GError **error)
{
  const AccBlackOut done = { edition->passages, edition->order->reason, edition->pdf, edition->order->named };
  AccOpenedLetter *opened = acc_desk_letter_get_opened (letter);

  return edition->passages != NULL
           ? acc_black_out (self->desk, self->identity, opened, &done, error)
           : acc_black_out_undo (self->desk, self->identity, opened, edition->order->named, error);
}

static void
black_out_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  Edition *edition = data;
  GError *error = NULL;
  g_autoptr (AccDeskLetter) claimed = NULL, letter = NULL;

  if (acc_desk_session_check_order (self, edition->order, &error))
    claimed = claim (self, edition, &error);
  if (claimed != NULL && black_out (self, edition, claimed, &error))
    letter = acc_desk_session_open_letter (self, acc_desk_letter_get_record (claimed)->number, &error);
  if (letter != NULL)
    g_set_object (&edition->letter, letter);
  return_done (task, letter != NULL, error);
}

static void
on_blacked_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;
  Edition *edition = g_task_get_task_data (whole);

  if (end_part (whole, result))
    g_task_return_pointer (whole, g_steal_pointer (&edition->letter), g_object_unref);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) whole = data;

  if (end_part (whole, result))
    run_part (whole, ACC_DESK_SESSION (source)->store_worker, black_out_body, on_blacked_out);
}

void
acc_desk_session_black_out_async (AccDeskSession *self, AccDeskOrder *order, GArray *passages,
                                  GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) whole = NULL;
  Edition *edition;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && order != NULL);

  whole = g_task_new (self, NULL, callback, data);
  edition = edition_new (self, order->letter, ACC_DOCUMENT_BLACKED_OUT);
  edition->order = order;
  edition->passages = passages != NULL ? g_array_ref (passages) : NULL;
  g_task_set_task_data (whole, edition, edition_free);
  if (passages != NULL)
    run_part (whole, self->paper_worker, write_body, on_written);
  else
    run_part (whole, self->store_worker, black_out_body, on_blacked_out);
}
