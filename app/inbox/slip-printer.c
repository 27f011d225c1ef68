/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/slip-printer.h"

#include <cups/cups.h>
#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"

#define TITLE "Accolade" /* no code stands in the print service's lists */
#define CONNECT_MS 3000
#define CHECK_SECONDS 5
#define CANCEL_SECONDS 1                /* it may say nothing to that either */
#define LOOK_EACH (G_USEC_PER_SEC / 10) /* the service sends word of a job to nobody who only asks */

/* How long the print service is waited for, in all that is asked of it. */
typedef struct {
  gint64 deadline;
  GCancellable *cancellable;
} Patience;

static void
set_failure (GError **error, const char *printer, const char *what)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("the receipt printer “%s” did not print: %s"), printer, what);
}

static Patience
patience_new (int seconds, GCancellable *cancellable)
{
  return (Patience){ acc_clock_boot () + seconds * G_USEC_PER_SEC, cancellable };
}

static gboolean
is_over (const Patience *patience)
{
  return acc_clock_boot () >= patience->deadline || g_cancellable_is_cancelled (patience->cancellable);
}

/* Whether to wait on: libcups asks whenever nothing has come for a while, and would wait a minute for each answer. */
static int
on_silence (http_t *http, void *data)
{
  return !is_over (data);
}

static const char *
find_reason (const Patience *patience)
{
  return is_over (patience) ? _ ("the print service does not answer") : cupsLastErrorString ();
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
  if (operation == IPP_OP_CREATE_JOB)
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, TITLE);
  else
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, name);
  answer = cupsDoRequest (http, request, "/");
  found = answer != NULL ? ippFindAttribute (answer, name, IPP_TAG_ZERO) : NULL;
  number = found != NULL ? ippGetInteger (found, 0) : 0;
  ippDelete (answer);
  return number;
}

static gboolean
is_ready (http_t *http, const char *printer, const Patience *patience, GError **error)
{
  int state = ask_for_number (http, IPP_OP_GET_PRINTER_ATTRIBUTES, printer, 0, "printer-state");

  if (state == IPP_PSTATE_IDLE || state == IPP_PSTATE_PROCESSING)
    return TRUE;
  set_failure (error, printer, state == IPP_PSTATE_STOPPED ? _ ("it is stopped") : find_reason (patience));
  return FALSE;
}

/* And no copy is kept. @patience, of which @http asks until it is closed, begins anew. */
static void
take_back (http_t *http, const char *printer, int job, Patience *patience)
{
  *patience = patience_new (CANCEL_SECONDS, NULL);
  cupsCancelJob2 (http, printer, job, 1);
}

/* The job's number; 0 with @error. */
static int
hand_over (http_t *http, const char *printer, GBytes *pdf, Patience *patience, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  /* cupsCreateJob would ask for the default printer first, on a connection of its own that is waited for without end. */
  int job = ask_for_number (http, IPP_OP_CREATE_JOB, printer, 0, "job-id");

  if (job > 0
      && cupsStartDocument (http, printer, job, TITLE, CUPS_FORMAT_PDF, 1) == HTTP_STATUS_CONTINUE
      && cupsWriteRequestData (http, data, size) == HTTP_STATUS_CONTINUE
      && cupsFinishDocument (http, printer) <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return job;
  set_failure (error, printer, find_reason (patience));
  if (job > 0)
    take_back (http, printer, job, patience);
  return 0;
}

static gboolean
wait_until_done (http_t *http, const char *printer, int job, Patience *patience, GError **error)
{
  int state = IPP_JSTATE_PENDING;

  while (state < IPP_JSTATE_STOPPED && !is_over (patience))
    {
      state = ask_for_number (http, IPP_OP_GET_JOB_ATTRIBUTES, printer, job, "job-state");
      if (state == IPP_JSTATE_COMPLETED)
        return TRUE;
      if (state == 0 || ask_for_number (http, IPP_OP_GET_PRINTER_ATTRIBUTES, printer, 0, "printer-state")
                          == IPP_PSTATE_STOPPED)
        break;
      g_usleep (LOOK_EACH);
    }
  take_back (http, printer, job, patience);
  set_failure (error, printer, _ ("it has not taken the slip"));
  return FALSE;
}

/* NULL with @error. @patience is asked for as long as it is open. */
static http_t *
open_service (const char *printer, Patience *patience, GError **error)
{
  http_t *http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, CONNECT_MS, NULL);

  if (http == NULL)
    set_failure (error, printer, _ ("the print service does not answer"));
  else
    httpSetTimeout (http, LOOK_EACH / (double) G_USEC_PER_SEC, on_silence, patience);
  return http;
}

gboolean
acc_slip_printer_check (const char *printer, GCancellable *cancellable, GError **error)
{
  Patience patience = patience_new (CHECK_SECONDS, cancellable);
  http_t *http;
  gboolean ready;

  g_return_val_if_fail (printer != NULL, FALSE);

  http = open_service (printer, &patience, error);
  if (http == NULL)
    return FALSE;
  ready = is_ready (http, printer, &patience, error);
  httpClose (http);
  return ready;
}

gboolean
acc_slip_printer_print (const char *printer, GBytes *pdf, GCancellable *cancellable, GError **error)
{
  Patience patience = patience_new (ACC_SLIP_PRINTER_SECONDS, cancellable);
  http_t *http;
  gboolean printed;
  int job;

  g_return_val_if_fail (printer != NULL && pdf != NULL, FALSE);

  http = open_service (printer, &patience, error);
  if (http == NULL)
    return FALSE;
  job = is_ready (http, printer, &patience, error) ? hand_over (http, printer, pdf, &patience, error) : 0;
  printed = job > 0 && wait_until_done (http, printer, job, &patience, error);
  httpClose (http);
  return printed;
}
