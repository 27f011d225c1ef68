/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/slip-printer.h"

#include <cups/cups.h>
#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"

#define TITLE "Accolade" /* no code stands in the print service's lists */
#define CONNECT_MS 3000
#define LOOK_EACH (G_USEC_PER_SEC / 10) /* the service sends word of a job to nobody who only asks */

static void
set_failure (GError **error, const char *printer, const char *what)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("the receipt printer “%s” did not print: %s"), printer, what);
}

/* Asks the print service; the number of the first attribute @name in its answer, 0 if there is none. */
static int
ask_for_number (http_t *http, ipp_op_t operation, const char *printer, int job, const char *name)
{
  ipp_t *request = ippNewRequest (operation);
  char uri[HTTP_MAX_URI];
  ipp_t *answer;
  ipp_attribute_t *found;
  int number;

  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0, "/printers/%s", printer);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  if (job > 0)
    ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, name);
  answer = cupsDoRequest (http, request, "/");
  found = answer != NULL ? ippFindAttribute (answer, name, IPP_TAG_ENUM) : NULL;
  number = found != NULL ? ippGetInteger (found, 0) : 0;
  ippDelete (answer);
  return number;
}

static gboolean
is_ready (http_t *http, const char *printer, GError **error)
{
  int state = ask_for_number (http, IPP_OP_GET_PRINTER_ATTRIBUTES, printer, 0, "printer-state");

  if (state == IPP_PSTATE_IDLE || state == IPP_PSTATE_PROCESSING)
    return TRUE;
  set_failure (error, printer, state == IPP_PSTATE_STOPPED ? _ ("it is stopped") : cupsLastErrorString ());
  return FALSE;
}

/* The job's number; 0 with @error. */
static int
hand_over (http_t *http, const char *printer, GBytes *pdf, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  int job = cupsCreateJob (http, printer, TITLE, 0, NULL);

  if (job > 0
      && cupsStartDocument (http, printer, job, TITLE, CUPS_FORMAT_PDF, 1) == HTTP_STATUS_CONTINUE
      && cupsWriteRequestData (http, data, size) == HTTP_STATUS_CONTINUE
      && cupsFinishDocument (http, printer) <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return job;
  set_failure (error, printer, cupsLastErrorString ());
  if (job > 0)
    cupsCancelJob2 (http, printer, job, 1);
  return 0;
}

static gboolean
wait_until_done (http_t *http, const char *printer, int job, GError **error)
{
  gint64 deadline = acc_clock_boot () + ACC_SLIP_PRINTER_SECONDS * G_USEC_PER_SEC;
  int state = IPP_JSTATE_PENDING;

  while (state < IPP_JSTATE_STOPPED && acc_clock_boot () < deadline)
    {
      state = ask_for_number (http, IPP_OP_GET_JOB_ATTRIBUTES, printer, job, "job-state");
      if (state == IPP_JSTATE_COMPLETED)
        return TRUE;
      if (state == 0 || ask_for_number (http, IPP_OP_GET_PRINTER_ATTRIBUTES, printer, 0, "printer-state")
                          == IPP_PSTATE_STOPPED)
        break;
      g_usleep (LOOK_EACH);
    }
  cupsCancelJob2 (http, printer, job, 1); /* and no copy is kept */
  set_failure (error, printer, _ ("it has not taken the slip"));
  return FALSE;
}

/* NULL with @error. */
static http_t *
open_service (const char *printer, GError **error)
{
  http_t *http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, CONNECT_MS, NULL);

  if (http == NULL)
    set_failure (error, printer, _ ("the print service does not answer"));
  return http;
}

gboolean
acc_slip_printer_check (const char *printer, GError **error)
{
  http_t *http;
  gboolean ready;

  g_return_val_if_fail (printer != NULL, FALSE);

  http = open_service (printer, error);
  if (http == NULL)
    return FALSE;
  ready = is_ready (http, printer, error);
  httpClose (http);
  return ready;
}

gboolean
acc_slip_printer_print (const char *printer, GBytes *pdf, GError **error)
{
  http_t *http;
  gboolean printed;
  int job;

  g_return_val_if_fail (printer != NULL && pdf != NULL, FALSE);

  http = open_service (printer, error);
  if (http == NULL)
    return FALSE;
  job = is_ready (http, printer, error) ? hand_over (http, printer, pdf, error) : 0;
  printed = job > 0 && wait_until_done (http, printer, job, error);
  httpClose (http);
  return printed;
}
