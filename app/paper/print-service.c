/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/print-service.h"

#include <cups/cups.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/host.h"

#define CONNECT_MS 3000
#define JOBS_AT_ONCE 100 /* cupsd itself stops at 500 */
#define SILENCE_SECONDS 0.1 /* after each of these libcups asks whether to wait on */

struct _AccPrintService {
  http_t *http;
  gint64 deadline;
  GCancellable *cancellable;
};

/* What a job's state is called by IPP; RFC 8011, 5.3.7. */
static const AccPrintJobState states[] = {
  [IPP_JSTATE_PENDING] = ACC_PRINT_JOB_WAITS,
  [IPP_JSTATE_HELD] = ACC_PRINT_JOB_HELD,
  [IPP_JSTATE_PROCESSING] = ACC_PRINT_JOB_PRINTS,
  [IPP_JSTATE_STOPPED] = ACC_PRINT_JOB_WAITS,
  [IPP_JSTATE_CANCELED] = ACC_PRINT_JOB_CANCELLED,
  [IPP_JSTATE_ABORTED] = ACC_PRINT_JOB_ABORTED,
  [IPP_JSTATE_COMPLETED] = ACC_PRINT_JOB_COMPLETED,
};

/* The sizes of the papers, in hundredths of a millimetre; PWG 5101.1. */
static const struct {
  int width, height;
} papers[] = {
  [ACC_PAPER_LETTER] = { 21590, 27940 },
  [ACC_PAPER_A4] = { 21000, 29700 },
};

/* ---- the connection ---- */

/* Whether to wait on: libcups asks whenever nothing has come for a while, and would wait a minute for each answer. */
static int
on_silence (http_t *http, void *data)
{
  return !acc_print_service_is_over (data);
}

/* Nobody is there to type one; by itself libcups would ask at the terminal. */
static const char *
refuse_password (const char *prompt, http_t *http, const char *method, const char *resource, void *data)
{
  return NULL;
}

gboolean
acc_print_service_is_here (void)
{
  const char *server = cupsServer ();

  return server[0] == '/' || acc_host_is_this_machine (server);
}

AccPrintService *
acc_print_service_open (guint seconds, GCancellable *cancellable)
{
  g_autoptr (AccPrintService) self = g_new0 (AccPrintService, 1);

  cupsSetPasswordCB2 (refuse_password, NULL);
  self->http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, CONNECT_MS, NULL);
  if (self->http == NULL)
    return NULL;
  acc_print_service_set_patience (self, seconds, cancellable);
  httpSetTimeout (self->http, SILENCE_SECONDS, on_silence, self);
  return g_steal_pointer (&self);
}

void
acc_print_service_close (AccPrintService *self)
{
  if (self == NULL)
    return;
  if (self->http != NULL)
    httpClose (self->http);
  g_clear_object (&self->cancellable);
  g_free (self);
}

void
acc_print_service_set_patience (AccPrintService *self, guint seconds, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  self->deadline = acc_clock_boot () + seconds * G_USEC_PER_SEC;
  g_set_object (&self->cancellable, cancellable);
}

gboolean
acc_print_service_is_over (AccPrintService *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return acc_clock_boot () >= self->deadline || g_cancellable_is_cancelled (self->cancellable);
}

void
acc_print_service_pause (guint milliseconds)
{
  g_usleep (milliseconds * 1000UL);
}

const char *
acc_print_service_get_words (AccPrintService *self)
{
  g_return_val_if_fail (self != NULL, "");

  return acc_print_service_is_over (self) ? _ ("the print service does not answer") : cupsLastErrorString ();
}

/* ---- asking ---- */

static ipp_t *
make_request (ipp_op_t operation, const char *printer, int job)
{
  ipp_t *request = ippNewRequest (operation);
  char uri[HTTP_MAX_URI];

  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0, "/printers/%s", printer);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  if (job > 0)
    ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
  return request;
}

/* What became of the last request; @heard: there was an answer to it. */
static AccPrintAnswer
judge (gboolean heard)
{
  ipp_status_t status = cupsLastError ();

  if (heard && status <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return ACC_PRINT_ANSWERED;
  if (status == IPP_STATUS_ERROR_NOT_FOUND)
    return ACC_PRINT_UNKNOWN;
  if (status == IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED)
    return ACC_PRINT_FORMAT;
  if (heard || status == IPP_STATUS_ERROR_FORBIDDEN || status == IPP_STATUS_ERROR_NOT_AUTHORIZED
      || status == IPP_STATUS_ERROR_NOT_AUTHENTICATED || status == IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED)
    return ACC_PRINT_REFUSED;
  return ACC_PRINT_SILENT;
}

/* Takes @request; *@answer, if wanted, is the caller's, or NULL. */
static AccPrintAnswer
ask (AccPrintService *self, ipp_t *request, ipp_t **answer)
{
  ipp_t *heard = cupsDoRequest (self->http, request, "/");
  AccPrintAnswer verdict = judge (heard != NULL);

  if (answer != NULL && verdict == ACC_PRINT_ANSWERED)
    *answer = g_steal_pointer (&heard);
  ippDelete (heard);
  return verdict;
}

static int
get_number (ipp_t *answer, const char *name)
{
  ipp_attribute_t *found = ippFindAttribute (answer, name, IPP_TAG_ZERO);
  ipp_tag_t tag = found != NULL ? ippGetValueTag (found) : IPP_TAG_NOVALUE;

  return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger (found, 0) : 0;
}

static GStrv
dup_keywords (ipp_t *answer, const char *name)
{
  ipp_attribute_t *found = ippFindAttribute (answer, name, IPP_TAG_ZERO);
  int n = found != NULL ? ippGetCount (found) : 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < n; i++)
    {
      const char *keyword = ippGetString (found, i, NULL);

      if (keyword != NULL && g_utf8_validate (keyword, -1, NULL))
        g_strv_builder_add (builder, keyword);
    }
  return g_strv_builder_end (builder);
}

/* ---- printers ---- */

void
acc_printer_clear (AccPrinter *printer)
{
  g_clear_pointer (&printer->reasons, g_strfreev);
  g_clear_pointer (&printer->trays, g_strfreev);
}

AccPrintAnswer
acc_print_service_look_at_printer (AccPrintService *self, const char *printer, AccPrinter *found)
{
  static const char *const wanted[]
      = { "printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "media-source-supported" };
  ipp_t *request, *answer = NULL;
  AccPrintAnswer verdict;

  g_return_val_if_fail (self != NULL && printer != NULL && found != NULL, ACC_PRINT_SILENT);

  request = make_request (IPP_OP_GET_PRINTER_ATTRIBUTES, printer, 0);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  verdict = ask (self, request, &answer);
  if (verdict != ACC_PRINT_ANSWERED)
    return verdict;
  acc_printer_clear (found);
  found->stopped = get_number (answer, "printer-state") == IPP_PSTATE_STOPPED;
  found->accepts = ippGetBoolean (ippFindAttribute (answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN), 0);
  found->reasons = dup_keywords (answer, "printer-state-reasons");
  found->trays = dup_keywords (answer, "media-source-supported");
  ippDelete (answer);
  return verdict;
}

/* ---- making a job ---- */

static void
add_media (ipp_t *request, const AccPrintSettings *settings)
{
  ipp_t *media = ippNew ();

  if (settings->paper != NULL)
    {
      ipp_t *size = ippNew ();

      ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", papers[*settings->paper].width);
      ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", papers[*settings->paper].height);
      ippAddCollection (media, IPP_TAG_ZERO, "media-size", size);
      ippDelete (size);
    }
  if (settings->tray != NULL)
    ippAddString (media, IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", NULL, settings->tray);
  if (ippFirstAttribute (media) != NULL)
    ippAddCollection (request, IPP_TAG_JOB, "media-col", media);
  ippDelete (media);
}

/* cupsCreateJob would ask for the default printer first, on a connection of its own that is waited for without end. */
AccPrintAnswer
acc_print_service_create (AccPrintService *self, const char *printer, const AccPrintSettings *settings, int *job)
{
  ipp_t *request, *answer = NULL;
  AccPrintAnswer verdict;

  g_return_val_if_fail (self != NULL && printer != NULL && settings != NULL && job != NULL, ACC_PRINT_SILENT);

  request = make_request (IPP_OP_CREATE_JOB, printer, 0);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, settings->title);
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1); /* whatever the queue adds by itself */
  if (settings->held)
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-hold-until", NULL, "indefinite");
  add_media (request, settings);
  verdict = ask (self, request, &answer);
  *job = verdict == ACC_PRINT_ANSWERED ? get_number (answer, "job-id") : 0;
  ippDelete (answer);
  return verdict == ACC_PRINT_ANSWERED && *job <= 0 ? ACC_PRINT_SILENT : verdict;
}

AccPrintAnswer
acc_print_service_add_pdf (AccPrintService *self, const char *printer, int job, GBytes *pdf)
{
  g_autofree char *resource = NULL;
  gsize size;
  const char *data;
  ipp_t *heard;
  AccPrintAnswer verdict;

  g_return_val_if_fail (self != NULL && printer != NULL && pdf != NULL, ACC_PRINT_SILENT);

  data = g_bytes_get_data (pdf, &size);
  if (cupsStartDocument (self->http, printer, job, "PDF", CUPS_FORMAT_PDF, 1) != HTTP_STATUS_CONTINUE
      || cupsWriteRequestData (self->http, data, size) != HTTP_STATUS_CONTINUE)
    return judge (FALSE);
  /* cupsFinishDocument would tell the answer before this one where there is none. */
  resource = g_strconcat ("/printers/", printer, NULL);
  heard = cupsGetResponse (self->http, resource);
  verdict = judge (heard != NULL);
  ippDelete (heard);
  return verdict;
}

AccPrintAnswer
acc_print_service_release (AccPrintService *self, const char *printer, int job)
{
  g_return_val_if_fail (self != NULL && printer != NULL, ACC_PRINT_SILENT);

  return ask (self, make_request (IPP_OP_RELEASE_JOB, printer, job), NULL);
}

/* ---- jobs ---- */

static AccPrintJobState
get_state (ipp_t *answer)
{
  int state = get_number (answer, "job-state");

  return state >= IPP_JSTATE_PENDING && state <= IPP_JSTATE_COMPLETED ? states[state] : ACC_PRINT_JOB_WAITS;
}

AccPrintAnswer
acc_print_service_look_at_job (AccPrintService *self, const char *printer, int job, AccPrintJob *found)
{
  static const char *const wanted[] = { "job-state", "time-at-processing", "job-impressions-completed" };
  ipp_t *request, *answer = NULL;
  AccPrintAnswer verdict;

  g_return_val_if_fail (self != NULL && printer != NULL && found != NULL, ACC_PRINT_SILENT);

  request = make_request (IPP_OP_GET_JOB_ATTRIBUTES, printer, job);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                 wanted);
  verdict = ask (self, request, &answer);
  if (verdict != ACC_PRINT_ANSWERED)
    return verdict;
  found->id = job;
  found->state = get_state (answer);
  found->begun = found->state == ACC_PRINT_JOB_PRINTS || found->state == ACC_PRINT_JOB_COMPLETED
                 || get_number (answer, "time-at-processing") != 0; /* RFC 8011, 5.3.14.2: no value before */
  found->pages = get_number (answer, "job-impressions-completed");
  ippDelete (answer);
  return verdict;
}

/* Adds the numbers of the jobs in @answer whose titles begin with @title; *@last is the highest number of any. How many jobs
 * it has. */
static guint
take_numbers (ipp_t *answer, const char *title, GArray *numbers, int *last)
{
  ipp_attribute_t *at = ippFirstAttribute (answer);
  guint n = 0;

  while (at != NULL)
    {
      gboolean named = FALSE;
      int number = 0;

      for (; at != NULL && ippGetName (at) != NULL; at = ippNextAttribute (answer)) /* one without a name ends a job's */
        if (strcmp (ippGetName (at), "job-id") == 0)
          number = ippGetInteger (at, 0);
        else if (strcmp (ippGetName (at), "job-name") == 0)
          named = ippGetString (at, 0, NULL) != NULL && g_str_has_prefix (ippGetString (at, 0, NULL), title);
      if (named && number > 0)
        g_array_append_val (numbers, number);
      n += number > 0;
      *last = MAX (*last, number);
      at = at != NULL ? ippNextAttribute (answer) : NULL;
    }
  return n;
}

/* cupsd forgets the titles of old jobs until it has to read one's file, which it does for a job's times; then it tells of
 * JOBS_AT_ONCE, the oldest first. */
static AccPrintAnswer
list_numbers (AccPrintService *self, const char *printer, const char *title, GArray *numbers)
{
  static const char *const wanted[] = { "job-id", "job-name", "time-at-processing" };
  guint n = JOBS_AT_ONCE;
  int last = 0;

  while (n == JOBS_AT_ONCE)
    {
      ipp_t *request = make_request (IPP_OP_GET_JOBS, printer, 0);
      ipp_t *answer = NULL;
      AccPrintAnswer verdict;

      ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
      ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "first-job-id", last + 1);
      ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", JOBS_AT_ONCE);
      ippAddBoolean (request, IPP_TAG_OPERATION, "my-jobs", 1);
      ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL,
                     wanted);
      verdict = ask (self, request, &answer);
      if (verdict != ACC_PRINT_ANSWERED)
        return verdict;
      n = take_numbers (answer, title, numbers, &last);
      ippDelete (answer);
    }
  return ACC_PRINT_ANSWERED;
}

AccPrintAnswer
acc_print_service_list (AccPrintService *self, const char *printer, const char *title, GArray **jobs)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (AccPrintJob));
  AccPrintAnswer verdict;

  g_return_val_if_fail (self != NULL && printer != NULL && title != NULL && jobs != NULL, ACC_PRINT_SILENT);

  *jobs = NULL;
  verdict = list_numbers (self, printer, title, numbers);
  for (guint i = 0; verdict == ACC_PRINT_ANSWERED && i < numbers->len; i++)
    {
      AccPrintJob job;

      verdict = acc_print_service_look_at_job (self, printer, g_array_index (numbers, int, i), &job);
      if (verdict == ACC_PRINT_ANSWERED)
        g_array_append_val (found, job);
      else if (verdict == ACC_PRINT_UNKNOWN) /* forgotten just now */
        verdict = ACC_PRINT_ANSWERED;
    }
  if (verdict == ACC_PRINT_ANSWERED)
    *jobs = g_steal_pointer (&found);
  return verdict;
}

AccPrintAnswer
acc_print_service_cancel (AccPrintService *self, const char *printer, int job, gboolean purge)
{
  ipp_t *request;

  g_return_val_if_fail (self != NULL && printer != NULL, ACC_PRINT_SILENT);

  request = make_request (IPP_OP_CANCEL_JOB, printer, job);
  if (purge)
    ippAddBoolean (request, IPP_TAG_OPERATION, "purge-job", 1);
  return ask (self, request, NULL);
}
