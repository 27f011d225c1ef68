/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter at the station: drawn while it is written, made ready, sent. */
#include "kiosk/station-private.h"

#include "letter/number.h"

/* A letter on its way to being ready. */
typedef struct {
  AccLetter *letter;
  char *number;
} Preparation;

static void
preparation_free (gpointer data)
{
  Preparation *preparation = data;

  g_clear_object (&preparation->letter);
  g_free (preparation->number);
  g_free (preparation);
}

/* The bank's words in the sketch's language. */
static AccWording *
get_wording (AccStation *self, const char *language, GError **error)
{
  if (self->wording == NULL || g_strcmp0 (self->wording_language, language) != 0)
    {
      g_clear_object (&self->wording);
      g_free (self->wording_language);
      self->wording_language = g_strdup (language);
      self->wording = acc_wording_load (self->letterhead, language, error);
    }
  return self->wording;
}

AccPages *
acc_station_sketch (AccStation *self, AccLetter *sketch, const char *number, AccPages *previous)
{
  g_autoptr (AccComposition) composition = NULL;
  g_autoptr (GError) error = NULL;
  AccWording *wording;
  AccPages *pages = NULL;

  g_return_val_if_fail (ACC_IS_STATION (self), NULL);
  g_return_val_if_fail (ACC_IS_LETTER (sketch), NULL);

  wording = get_wording (self, acc_letter_get_fields (sketch)->language, &error);
  if (wording != NULL)
    {
      composition = acc_composition_new_letter (sketch, wording, acc_station_get_branch (self), number);
      pages = acc_typeset_again (composition, self->letterhead, previous, &error);
    }
  if (pages == NULL)
    g_debug ("The sketch was not laid out: %s", error->message);
  return pages;
}

static void
ready_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  Preparation *preparation = data;
  GError *error = NULL;
  AccReadyLetter *ready = acc_ready_letter_new (preparation->letter, preparation->number, self->letterhead,
                                                acc_station_get_branch (self), &error);
  g_autoptr (AccBranchKey) branch_key = NULL;

  if (ready == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  branch_key = acc_station_load_branch_key (self, NULL); /* without one, sending tells of it */
  if (branch_key != NULL)
    acc_ready_letter_seal (ready, branch_key);
  acc_ready_letter_add_slip (ready, self->slip_key);
  g_task_return_pointer (task, ready, g_object_unref);
}

/* After an error at the commit the letter may lie there all the same. What the client has changed since must
 * not vanish behind it: the changed letter is another one then. */
static void
look_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  Preparation *preparation = data;
  GError *error = NULL;
  gboolean known = FALSE;

  if (!acc_inbox_knows (self->inbox, preparation->number, &known, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (known)
    {
      g_free (preparation->number);
      preparation->number = acc_number_new ();
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    acc_worker_run (self->paper_worker, task, ready_body);
}

void
acc_station_prepare_async (AccStation *self, AccLetter *letter, const char *number, gboolean tried,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Preparation *preparation;

  g_return_if_fail (ACC_IS_STATION (self));
  g_return_if_fail (ACC_IS_LETTER (letter));
  g_return_if_fail (number != NULL);

  preparation = g_new0 (Preparation, 1);
  preparation->letter = g_object_ref (letter);
  preparation->number = g_strdup (number);
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, preparation, preparation_free);
  if (tried)
    {
      g_autoptr (GTask) look = g_task_new (self, NULL, on_looked, g_object_ref (task));

      g_task_set_task_data (look, preparation, NULL);
      acc_worker_run (self->store_worker, look, look_body);
    }
  else
    {
      acc_worker_run (self->paper_worker, task, ready_body);
    }
}

AccReadyLetter *
acc_station_prepare_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
send_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;
  g_autoptr (AccBranchKey) branch_key = acc_station_load_branch_key (self, &error);

  if (branch_key != NULL
      && acc_submit (self->inbox, branch_key, acc_config_get (self->config, ACC_CONFIG_KIOSK_ID), data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
acc_station_send_async (AccStation *self, AccReadyLetter *ready, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_STATION (self));
  g_return_if_fail (ACC_IS_READY_LETTER (ready));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, g_object_ref (ready), g_object_unref);
  acc_worker_run (self->store_worker, task, send_body);
}

gboolean
acc_station_send_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
