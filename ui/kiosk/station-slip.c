/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips at the station: looked up, asked for something, printed. */
#include "kiosk/station-private.h"

#include "base/clock.h"
#include "base/language.h"
#include "inbox/slip-printer.h"
#include "letter/number.h"
#include "paper/slip-paper.h"

/* ---- what is asked of a slip ---- */

typedef struct {
  char *code; /* to be looked up; NULL: @number is known */
  char *number;
  AccRequestKind kind;
} SlipCall;

static void
slip_call_free (gpointer data)
{
  SlipCall *call = data;

  g_free (call->code);
  g_free (call->number);
  g_free (call);
}

static void
slip_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  SlipCall *call = data;
  const AccSlip known = { .number = call->number };
  GError *error = NULL;
  AccSlip *slip = call->code != NULL
                    ? acc_slip_look_up (self->inbox, self->slip_key, call->code, &error)
                    : acc_slip_ask (self->inbox, acc_config_get (self->config, ACC_CONFIG_KIOSK_ID), &known, call->kind,
                                    &error);

  if (slip != NULL)
    g_task_return_pointer (task, slip, (GDestroyNotify) acc_slip_free);
  else
    g_task_return_error (task, error);
}

static void
run_slip_call (AccStation *self, SlipCall *call, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_task_data (task, call, slip_call_free);
  acc_worker_run (self->store_worker, task, slip_body);
}

void
acc_station_look_up_slip_async (AccStation *self, const char *code, GAsyncReadyCallback callback, gpointer data)
{
  SlipCall *call;

  g_return_if_fail (ACC_IS_STATION (self) && code != NULL);

  call = g_new0 (SlipCall, 1);
  call->code = g_strdup (code);
  run_slip_call (self, call, callback, data);
}

AccSlip *
acc_station_look_up_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
acc_station_ask_slip_async (AccStation *self, const AccSlip *slip, AccRequestKind kind, GAsyncReadyCallback callback,
                            gpointer data)
{
  SlipCall *call;

  g_return_if_fail (ACC_IS_STATION (self) && slip != NULL);

  call = g_new0 (SlipCall, 1);
  call->number = g_strdup (slip->number);
  call->kind = kind;
  run_slip_call (self, call, callback, data);
}

AccSlip *
acc_station_ask_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- a slip on paper ---- */

gboolean
acc_station_has_slip_printer (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), FALSE);

  return *acc_config_get (self->config, ACC_CONFIG_KIOSK_RECEIPT_PRINTER) != '\0';
}

static void
print_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  const char *printer = acc_config_get (self->config, ACC_CONFIG_KIOSK_RECEIPT_PRINTER);
  GError *error = NULL;

  if (acc_slip_printer_print (printer, data, acc_worker_get_ending (self->printer_worker), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
slip_paper_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const AccSlipPaper *slip = data;
  GError *error = NULL;
  GBytes *pdf = acc_slip_paper_write (slip, &error);

  if (pdf != NULL)
    g_task_return_pointer (task, pdf, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_slip_written (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *pdf = g_task_propagate_pointer (G_TASK (result), &error);

  if (pdf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, pdf, (GDestroyNotify) g_bytes_unref);
  if (self->printer_worker == NULL)
    self->printer_worker = acc_worker_new ("printer");
  acc_worker_run (self->printer_worker, task, print_body);
}

static void
slip_paper_free (gpointer data)
{
  AccSlipPaper *slip = data;

  g_free ((char *) slip->date);
  g_free ((char *) slip->code);
  g_free ((char *) slip->number);
  g_free (slip);
}

void
acc_station_print_slip_async (AccStation *self, const char *number, const char *code, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) writing = NULL;
  AccSlipPaper *slip;

  g_return_if_fail (ACC_IS_STATION (self) && number != NULL && code != NULL);

  slip = g_new0 (AccSlipPaper, 1);
  slip->branch = acc_station_get_branch (self);
  slip->date = acc_clock_today ();
  slip->code = g_strdup (code);
  slip->number = acc_number_short (number);
  slip->language = acc_language_get ();
  writing = g_task_new (self, NULL, on_slip_written, g_task_new (self, NULL, callback, data));
  g_task_set_task_data (writing, slip, slip_paper_free);
  acc_worker_run (self->paper_worker, writing, slip_paper_body);
}

gboolean
acc_station_print_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
