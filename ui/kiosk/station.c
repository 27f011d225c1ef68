/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/station-private.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/language.h"
#include "inbox/accepted-key-table.h"
#include "inbox/closed-table.h"
#include "inbox/slip-code.h"
#include "kiosk/self-check.h"
#include "paper/font-check.h"
#include "paper/pdf-process.h"

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccStation, acc_station, G_TYPE_OBJECT)

static void
close_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStore **inbox = data;

  g_clear_object (inbox);
  g_task_return_boolean (task, TRUE);
}

/* A connection ends on the thread that it was used on. */
static void
close_inbox (AccStation *self)
{
  g_autoptr (GTask) task = NULL;
  AccStore **inbox;

  if (self->inbox == NULL)
    return;
  inbox = g_new0 (AccStore *, 1);
  *inbox = g_steal_pointer (&self->inbox);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, inbox, g_free);
  acc_worker_run (self->store_worker, task, close_body);
}

static void
acc_station_dispose (GObject *object)
{
  AccStation *self = ACC_STATION (object);

  close_inbox (self);
  g_clear_object (&self->store_worker);
  g_clear_object (&self->paper_worker);
  g_clear_object (&self->printer_worker);
  G_OBJECT_CLASS (acc_station_parent_class)->dispose (object);
}

static void
acc_station_finalize (GObject *object)
{
  AccStation *self = ACC_STATION (object);

  g_free (self->store_dir);
  g_clear_object (&self->config);
  g_clear_object (&self->letterhead);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->slip_key, g_bytes_unref);
  g_clear_object (&self->wording);
  g_free (self->wording_language);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (acc_station_parent_class)->finalize (object);
}

static void
acc_station_class_init (AccStationClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_station_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_station_finalize;

  signals[LOADED] = g_signal_new ("loaded", ACC_TYPE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_station_init (AccStation *self)
{
  self->store_worker = acc_worker_new ("store");
  self->paper_worker = acc_worker_new ("paper");
}

AccStation *
acc_station_new (const char *store_dir)
{
  AccStation *self;

  g_return_val_if_fail (store_dir != NULL, NULL);

  self = g_object_new (ACC_TYPE_STATION, NULL);
  self->store_dir = g_strdup (store_dir);
  return self;
}

/* Fonts first: a letterhead names some, and its own refusal would tell of one alone. */
static gboolean
load_brand (AccStation *self, GError **error)
{
  if (!acc_font_check_families (error))
    return FALSE;
  self->config = acc_config_load (self->store_dir, error);
  if (self->config == NULL)
    return FALSE;
  self->letterhead = acc_letterhead_load_named (acc_config_get (self->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  self->languages = acc_language_list_offered (acc_config_get (self->config, ACC_CONFIG_KIOSK_LANGUAGES));
  return self->letterhead != NULL;
}

AccBranchKey *
acc_station_load_branch_key (AccStation *self, GError **error)
{
  g_autofree char *path = acc_inbox_branch_key_path (self->store_dir);

  return acc_branch_key_load (path, error);
}

/* No key, or another branch's: no capture. It never falls back to clear text. */
static gboolean
open_inbox (AccStation *self, GError **error)
{
  g_autoptr (AccBranchKey) branch_key = NULL;

  self->inbox = acc_inbox_open (self->store_dir, ACC_STORE_WRITE, error);
  self->slip_key = self->inbox != NULL ? acc_slip_key_load (self->store_dir, error) : NULL;
  if (self->slip_key == NULL)
    return FALSE;
  branch_key = acc_station_load_branch_key (self, error);
  return branch_key != NULL && acc_accepted_key_check (self->inbox, branch_key, error);
}

/* Told before a client starts: later it would cost a letter. */
static gboolean
is_fit (AccStation *self, GError **error)
{
  return acc_closed_check (self->inbox, acc_config_get (self->config, ACC_CONFIG_KIOSK_ID), error)
         && acc_self_check_room (self->inbox, error) && acc_self_check_key (self->inbox, self->store_dir, error);
}

static void
open_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;

  if (load_brand (self, &error) && open_inbox (self, &error) && is_fit (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
trial_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;

  if (acc_self_check_paper (self->letterhead, acc_station_get_branch (self), acc_station_get_paper (self), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_stores_open (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  acc_worker_run (self->paper_worker, task, trial_body);
  g_signal_emit (self, signals[LOADED], 0);
}

/* To whoever asked, once both have come. */
static void
give_opened (AccStation *self)
{
  g_autoptr (GTask) waiting = NULL;

  if (!self->opened || self->waiting == NULL)
    return;
  waiting = g_steal_pointer (&self->waiting);
  if (self->failure == NULL)
    g_task_return_boolean (waiting, TRUE);
  else
    g_task_return_error (waiting, g_error_copy (self->failure));
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);

  self->opened = TRUE;
  g_task_propagate_boolean (G_TASK (result), &self->failure);
  give_opened (self);
}

void
acc_station_begin_opening (AccStation *self)
{
  g_autoptr (GTask) stores = NULL;

  g_return_if_fail (ACC_IS_STATION (self));

  if (self->opening)
    return;
  self->opening = TRUE;
  stores = g_task_new (self, NULL, on_stores_open, g_task_new (self, NULL, on_tried, NULL));
  acc_worker_run (self->store_worker, stores, open_body);
  acc_pdf_process_keep_spare (); /* the trial's */
}

void
acc_station_open_async (AccStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_STATION (self));
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, NULL, callback, data);
  acc_station_begin_opening (self);
  give_opened (self);
}

gboolean
acc_station_open_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fit_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (is_fit (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
acc_station_look_async (AccStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_STATION (self));

  task = g_task_new (self, NULL, callback, data);
  acc_worker_run (self->store_worker, task, fit_body);
}

gboolean
acc_station_look_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

AccLetterhead *
acc_station_get_letterhead (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->letterhead;
}

AccWorker *
acc_station_get_paper_worker (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->paper_worker;
}

const char *
acc_station_get_branch (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return acc_config_get (self->config, ACC_CONFIG_BRANCH_NAME);
}

AccConfig *
acc_station_get_config (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->config;
}

GPtrArray *
acc_station_get_languages (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->languages;
}

AccPaper
acc_station_get_paper (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), ACC_PAPER_LETTER);

  return g_str_equal (acc_config_get (self->config, ACC_CONFIG_BRANCH_PAPER), "a4") ? ACC_PAPER_A4 : ACC_PAPER_LETTER;
}

static void
departments_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;
  GStrv names = acc_inbox_list_departments (self->inbox, &error);

  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

void
acc_station_list_departments_async (AccStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_STATION (self));

  task = g_task_new (self, NULL, callback, data);
  acc_worker_run (self->store_worker, task, departments_body);
}

GStrv
acc_station_list_departments_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

