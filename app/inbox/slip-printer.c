/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/slip-printer.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "paper/print-service.h"

#define TITLE "Accolade" /* no code stands in the print service's lists */
#define CHECK_SECONDS 5
#define CANCEL_SECONDS 1 /* it may say nothing to that either */
#define LOOK_MS 100

static void
set_failure (GError **error, const char *printer, const char *what)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("the receipt printer “%s” did not print: %s"), printer, what);
}

static gboolean
is_ready (AccPrintService *service, const char *printer, GError **error)
{
  g_auto (AccPrinter) found = { FALSE };
  AccPrintAnswer answer = acc_print_service_look_at_printer (service, printer, &found);

  if (answer == ACC_PRINT_ANSWERED && !found.stopped)
    return TRUE;
  set_failure (error, printer,
               answer == ACC_PRINT_ANSWERED ? _ ("it is stopped") : acc_print_service_get_words (service));
  return FALSE;
}

/* And no copy is kept. */
static void
take_back (AccPrintService *service, const char *printer, int job)
{
  acc_print_service_set_patience (service, CANCEL_SECONDS, NULL);
  acc_print_service_cancel (service, printer, job, TRUE);
}

/* The job's number; 0 with @error. */
static int
hand_over (AccPrintService *service, const char *printer, GBytes *pdf, GError **error)
{
  int job = 0;

  if (acc_print_service_create (service, printer, &(AccPrintSettings){ .title = TITLE }, &job) == ACC_PRINT_ANSWERED
      && acc_print_service_add_pdf (service, printer, job, pdf) == ACC_PRINT_ANSWERED)
    return job;
  set_failure (error, printer, acc_print_service_get_words (service));
  if (job > 0)
    take_back (service, printer, job);
  return 0;
}

static gboolean
wait_until_done (AccPrintService *service, const char *printer, int job, GError **error)
{
  AccPrintJob found = { .state = ACC_PRINT_JOB_WAITS };

  while (found.state < ACC_PRINT_JOB_CANCELLED && !acc_print_service_is_over (service))
    {
      g_auto (AccPrinter) its = { FALSE };

      if (acc_print_service_look_at_job (service, printer, job, &found) != ACC_PRINT_ANSWERED)
        break;
      if (found.state == ACC_PRINT_JOB_COMPLETED)
        return TRUE;
      if (acc_print_service_look_at_printer (service, printer, &its) == ACC_PRINT_ANSWERED && its.stopped)
        break;
      acc_print_service_pause (LOOK_MS);
    }
  take_back (service, printer, job);
  set_failure (error, printer, _ ("it has not taken the slip"));
  return FALSE;
}

static AccPrintService *
open_service (const char *printer, guint seconds, GCancellable *cancellable, GError **error)
{
  AccPrintService *service = acc_print_service_open (seconds, cancellable);

  if (service == NULL)
    set_failure (error, printer, _ ("the print service does not answer"));
  return service;
}

gboolean
acc_slip_printer_check (const char *printer, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (printer != NULL, FALSE);

  g_autoptr (AccPrintService) service = open_service (printer, CHECK_SECONDS, cancellable, error);

  return service != NULL && is_ready (service, printer, error);
}

gboolean
acc_slip_printer_print (const char *printer, GBytes *pdf, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (printer != NULL && pdf != NULL, FALSE);

  g_autoptr (AccPrintService) service = open_service (printer, ACC_SLIP_PRINTER_SECONDS, cancellable, error);
  int job = service != NULL && is_ready (service, printer, error) ? hand_over (service, printer, pdf, error) : 0;

  return job > 0 && wait_until_done (service, printer, job, error);
}
