/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-requests.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "archive/slips.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/desk-session-private.h"
#include "letter/number.h"
#include "review/decision.h"
#include "route/folder-door.h"
#include "route/erasure-receipt.h"

/* Why, for the letter's own record and the receipt. */
#define REASON N_ ("The client asked for it with the code of the slip.")

static char *
withdraw (AccDeskSession *self, const AccSlip *slip, GError **error)
{
  g_autoptr (AccOpenedLetter) letter = acc_opened_letter_new (self->desk, self->identity, slip->number, error);

  /* nobody is chosen for the addressees here: unresolved counts as named */
  if (letter == NULL
      || !acc_decide (self->desk, self->identity, letter, ACC_MOVE_WITHDRAW, ACC_NAMED, NULL, error)
      || !acc_slips_tell_part (self->desk, self->inbox, error))
    return NULL;
  return g_strdup (_ ("The letter goes to nobody. Its client can see that at the kiosk."));
}

/* ---- erasing ---- */

typedef struct {
  AccErasureReceiptPlace place;
  AccLetterhead *letterhead;
  char *path;
  gboolean begun; /* what lies at the path is ours */
} Receipt;

static gboolean
keep_receipt (const AccErasure *erasure, gpointer data, GError **error)
{
  Receipt *receipt = data;
  g_autoptr (GBytes) pdf = acc_erasure_receipt_write (erasure, &receipt->place, receipt->letterhead, error);

  receipt->begun = pdf != NULL;
  return receipt->begun && acc_file_write (receipt->path, pdf, 0600, error);
}

static char *
find_receipt_path (const char *number)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = g_strconcat (number, "-receipt.pdf", NULL);

  return g_build_filename (documents != NULL ? documents : g_get_home_dir (), name, NULL);
}

static void
fill_receipt (Receipt *receipt, AccDeskSession *self, const char *number)
{
  AccConfig *config = self->place->config;
  gboolean is_a4 = g_str_equal (acc_config_get (config, ACC_CONFIG_BRANCH_PAPER), "a4");

  receipt->place.branch = acc_config_get (config, ACC_CONFIG_BRANCH_NAME);
  receipt->place.paper = is_a4 ? ACC_PAPER_A4 : ACC_PAPER_LETTER;
  receipt->place.backup_days = acc_config_get_int (config, ACC_CONFIG_RETENTION_BACKUP_DAYS);
  receipt->letterhead = self->place->letterhead;
  receipt->path = find_receipt_path (number);
}

static char *
erase (AccDeskSession *self, const AccSlip *slip, GError **error)
{
  Receipt receipt = { { NULL } };
  g_autofree char *path = NULL;
  g_autoptr (AccErasure) erasure = NULL;
  g_autoptr (AccDoor) outbox = acc_folder_door_new (acc_config_get (self->place->config, ACC_CONFIG_FOLDER_OUTBOX));

  fill_receipt (&receipt, self, slip->number);
  path = receipt.path;
  erasure = acc_erase (self->desk, self->identity, slip->number, _ (REASON), keep_receipt, &receipt, error);
  if (erasure == NULL)
    {
      if (receipt.begun) /* it would tell of what has not happened */
        g_unlink (path);
      return NULL;
    }
  /* what of these fails, the next "accolade retain" and the next letter finish */
  acc_slips_tell_part (self->desk, self->inbox, NULL);
  if (!acc_erasure_take_back (erasure, ACC_FOLDER_DOOR (outbox), error))
    return NULL;
  return g_strdup_printf (_ ("The letter is erased. Print the receipt for its client: %s. It is kept nowhere else."),
                          path);
}

/* ---- answering ---- */

char *
acc_desk_session_answer (AccDeskSession *self, const AccSlip *slip, AccRequestAnswer answer, GError **error)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && slip != NULL, NULL);
  g_return_val_if_fail (answer != ACC_ANSWER_NONE && slip->asked != ACC_REQUEST_NONE, NULL);

  if (!acc_desk_session_check_signed_in (self, error))
    return NULL;
  if (answer == ACC_ANSWER_DONE)
    return slip->asked == ACC_REQUEST_ERASE ? erase (self, slip, error) : withdraw (self, slip, error);
  if (!acc_slips_answer (self->desk, self->inbox, self->identity, slip, answer, error))
    return NULL;
  return g_strdup (_ ("The answer is given. The client can see it at the kiosk."));
}

typedef struct {
  AccSlip slip;
  AccRequestAnswer answer;
} Answering;

static void
answering_free (gpointer data)
{
  Answering *job = data;

  g_free (job->slip.number);
  g_free (job->slip.asked_at);
  g_free (job);
}

static void
answer_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Answering *job = data;
  GError *error = NULL;
  char *sentence = acc_desk_session_answer (source, &job->slip, job->answer, &error);

  if (sentence != NULL)
    g_task_return_pointer (task, sentence, g_free);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_answer_async (AccDeskSession *self, const AccSlip *slip, AccRequestAnswer answer,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Answering *job;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && slip != NULL);

  job = g_new0 (Answering, 1);
  job->slip.number = g_strdup (slip->number);
  job->slip.asked = slip->asked;
  job->slip.asked_at = g_strdup (slip->asked_at);
  job->answer = answer;
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, job, answering_free);
  acc_worker_run (self->store_worker, task, answer_body);
}

char *
acc_desk_session_answer_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
