/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/printing.h"

#include "base/error.h"
#include "base/text.h"
#include "letter/number.h"
#include "paper/print-service.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SERVICE_SECONDS 10 /* it is on this machine */
#define LOOK_MS 250
#define N_JOBS 2
#define UNREACHED "connecting-to-device"

/* One package on its way. */
typedef struct {
  AccPrintService *service;
  const char *printer, *tray; /* @tray "": the printer's */
  const AccPackage *package;
  char *title;       /* which the titles of its jobs begin with */
  int jobs[N_JOBS];  /* of each document; 0: there is none yet */
  gboolean on_paper; /* some of it is */
  guint seconds;
  GCancellable *cancellable;
} Printing;

/* What is printed, in this order, and what its job's title ends with. */
static const struct {
  const char *suffix;
  gsize offset;
} documents[N_JOBS] = {
  { "cover", G_STRUCT_OFFSET (AccPackage, cover_pdf) },
  { "letter", G_STRUCT_OFFSET (AccPackage, letter_pdf) },
};

/* What a printer may say of itself (RFC 8011, 5.4.12, and CUPS), without "-error", "-warning" or "-report"; the first that
 * fits is told. "%s" is the printer. */
static const struct {
  const char *reason, *sentence;
} reasons[] = {
  { "media-empty", N_ ("The printer “%s” is out of paper.") },
  { "media-needed", N_ ("The printer “%s” is out of paper.") },
  { "media-jam", N_ ("Paper is stuck in the printer “%s”.") },
  { "cover-open", N_ ("The printer “%s” is open: close its cover.") },
  { "door-open", N_ ("The printer “%s” is open: close its cover.") },
  { "input-tray-missing", N_ ("A tray is missing from the printer “%s”.") },
  { "output-area-full", N_ ("The tray where paper comes out of the printer “%s” is full.") },
  { "toner-empty", N_ ("The printer “%s” is out of toner or ink.") },
  { "marker-supply-empty", N_ ("The printer “%s” is out of toner or ink.") },
  /* switched off, or its cable is out */
  { UNREACHED, N_ ("The printer “%s” cannot be reached: see whether it is switched on.") },
  { "offline", N_ ("The printer “%s” cannot be reached: see whether it is switched on.") },
  { "shutdown", N_ ("The printer “%s” cannot be reached: see whether it is switched on.") },
  { "timed-out", N_ ("The printer “%s” cannot be reached: see whether it is switched on.") },
  /* by somebody, or by the print service after a failure */
  { "paused", N_ ("The printer “%s” is paused: resume it at the print service.") },
};

/* ---- sentences ---- */

/* @format has one "%s", for the printer. */
static void
set_failure (GError **error, AccError code, const char *format, const char *printer)
{
  g_autoptr (GString) sentence = g_string_new (format);

  g_string_replace (sentence, "%s", printer, 1);
  g_set_error_literal (error, ACC_ERROR, code, sentence->str);
}

static gboolean
says (const AccPrinter *found, const char *reason)
{
  for (guint i = 0; found->reasons != NULL && found->reasons[i] != NULL; i++)
    {
      const char *said = found->reasons[i];

      if (g_str_equal (said, reason)
          || (g_str_has_prefix (said, reason) && said[strlen (reason)] == '-' && !g_str_has_suffix (said, "-report")))
        return TRUE;
    }
  return FALSE;
}

/* Why the printer does not print; @otherwise if it does not say. */
static const char *
find_sentence (const AccPrinter *found, const char *otherwise)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (says (found, reasons[i].reason))
      return _ (reasons[i].sentence);
  return otherwise;
}

/* Why the print service did not do what it was asked before anything could be printed. */
static void
set_answer (GError **error, const Printing *self, AccPrintAnswer answer)
{
  if (answer == ACC_PRINT_UNKNOWN)
    set_failure (error, ACC_ERROR_INPUT, _ ("The print service knows no printer “%s”: see [print] printer."),
                 self->printer);
  else if (answer == ACC_PRINT_FORMAT)
    set_failure (error, ACC_ERROR_INPUT, _ ("The printer “%s” does not take PDFs: have it set up with a driver."),
                 self->printer);
  else if (answer == ACC_PRINT_SILENT)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                         _ ("The print service of this machine does not answer: see whether CUPS runs."));
  else
    {
      g_autofree char *words = acc_text_to_line (acc_print_service_get_words (self->service));

      if (g_str_has_suffix (words, "."))
        words[strlen (words) - 1] = '\0';
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("The printer “%s” does not take it: %s."), self->printer, words);
    }
}

/* Nothing of it is at the printer, and by this answer nothing of anybody's would get there; a desk that ends has only stopped
 * asking. */
static AccDoorResult
judge_before (const Printing *self, AccPrintAnswer answer)
{
  gboolean away = answer == ACC_PRINT_SILENT || answer == ACC_PRINT_UNKNOWN;

  return away && !g_cancellable_is_cancelled (self->cancellable) ? ACC_DOOR_SHUT : ACC_DOOR_LATER;
}

/* ---- before ---- */

static void
clear (Printing *self)
{
  acc_print_service_close (self->service);
  g_free (self->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Printing, clear)

/* FALSE with @error. */
static gboolean
open_printing (Printing *self, AccConfig *config, GError **error)
{
  self->printer = acc_config_get (config, ACC_CONFIG_PRINT_PRINTER);
  self->tray = acc_config_get (config, ACC_CONFIG_PRINT_TRAY);
  self->seconds = acc_config_get_int (config, ACC_CONFIG_PRINT_TIMEOUT);
  if (!acc_print_service_is_here ())
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT,
                           _ ("Letters go to the print service of this machine only, and CUPS is set up to use another "
                              "one: see ServerName in client.conf."));
      return FALSE;
    }
  self->service = acc_print_service_open (SERVICE_SECONDS, self->cancellable);
  if (self->service == NULL)
    set_answer (error, self, ACC_PRINT_SILENT);
  return self->service != NULL;
}

static gboolean
check_tray (const Printing *self, const AccPrinter *found, GError **error)
{
  g_autofree char *trays = g_strjoinv (", ", found->trays);

  if (*self->tray == '\0' || g_strv_contains ((const char *const *)found->trays, self->tray))
    return TRUE;
  if (*trays == '\0')
    set_failure (error, ACC_ERROR_INPUT, _ ("The printer “%s” lets no tray be chosen: leave [print] tray out."),
                 self->printer);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 _ ("The printer “%s” has no tray “%s”: see [print] tray. It has: %s."), self->printer, self->tray, trays);
  return FALSE;
}

/* Whether a job would be begun; *@trays, if wanted, is then what the printer has, "" for nothing to choose. What else it says
 * of itself is of its last job, and may be mended since. */
static gboolean
is_ready (const Printing *self, char **trays, GError **error)
{
  g_auto (AccPrinter) found = { FALSE };
  AccPrintAnswer answer = acc_print_service_look_at_printer (self->service, self->printer, &found);

  if (answer != ACC_PRINT_ANSWERED)
    set_answer (error, self, answer);
  else if (!found.accepts)
    set_failure (error, ACC_ERROR_SYSTEM, _ ("The printer “%s” takes no jobs: have it accept them."), self->printer);
  else if (found.stopped)
    set_failure (error, ACC_ERROR_SYSTEM, find_sentence (&found, _ ("The printer “%s” is stopped.")), self->printer);
  else if (check_tray (self, &found, error))
    {
      if (trays != NULL)
        *trays = g_strjoinv (", ", found.trays);
      return TRUE;
    }
  return FALSE;
}

/* Number, position and role are all that a title is made of. */
static char *
dup_title (const AccPackage *package, GError **error)
{
  g_autofree char *number = acc_number_parse (package->number, error);
  g_autofree char *shown = number != NULL ? acc_number_short (number) : NULL;

  return shown != NULL ? g_strdup_printf ("Accolade %s-%u-%s ", shown, package->position, package->role) : NULL;
}

/* ---- afterwards ---- */

/* Begun, and nobody can say how much of it is on paper. @format has one "%s", for the printer. */
static AccDoorResult
end_unsure (const Printing *self, const char *format, GError **error)
{
  g_autofree char *both = g_strconcat (format, " ", _ ("Some of it may be on paper."), NULL);

  set_failure (error, ACC_ERROR_SYSTEM, both, self->printer);
  return ACC_DOOR_UNSURE;
}

/* Cancelled or aborted, and not by us. */
static AccDoorResult
judge_ended (const Printing *self, const AccPrintJob *job, GError **error)
{
  const char *sentence = job->state == ACC_PRINT_JOB_ABORTED
                             ? _ ("The print service could not print it on “%s”.")
                             : _ ("Somebody has taken it off the list of the printer “%s”.");

  if (job->begun)
    return end_unsure (self, sentence, error);
  set_failure (error, ACC_ERROR_SYSTEM, sentence, self->printer);
  return ACC_DOOR_REFUSED;
}

/* Cancels document @i's job, and what follows it first, which would begin at once; @unreached: its printer has never answered.
 * @sentence says why. */
static AccDoorResult
take_back (const Printing *self, guint i, gboolean unreached, const char *sentence, GError **error)
{
  AccPrintJob job = { .state = ACC_PRINT_JOB_WAITS };
  AccPrintAnswer answer;

  acc_print_service_set_patience (self->service, SERVICE_SECONDS, NULL);
  for (guint last = N_JOBS; last > i; last--)
    acc_print_service_cancel (self->service, self->printer, self->jobs[last - 1], FALSE);
  answer = acc_print_service_look_at_job (self->service, self->printer, self->jobs[i], &job);
  if (answer == ACC_PRINT_ANSWERED && job.state == ACC_PRINT_JOB_COMPLETED)
    return ACC_DOOR_HANDED_OVER;
  if (answer != ACC_PRINT_ANSWERED || job.state < ACC_PRINT_JOB_CANCELLED
      || (job.begun && !(unreached && job.pages == 0)))
    return end_unsure (self, sentence, error);
  set_failure (error, ACC_ERROR_SYSTEM, sentence, self->printer);
  return ACC_DOOR_LATER;
}

/* It has not been printed in time. */
static AccDoorResult
give_up (const Printing *self, guint i, const AccPrintJob *job, GError **error)
{
  g_auto (AccPrinter) found = { FALSE };
  gboolean unreached;
  const char *sentence;

  acc_print_service_set_patience (self->service, SERVICE_SECONDS, NULL);
  if (acc_print_service_look_at_printer (self->service, self->printer, &found) != ACC_PRINT_ANSWERED)
    return end_unsure (self, _ ("The print service has stopped answering, with a letter for “%s”."), error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return job->begun ? end_unsure (self, _ ("The desk ended while it was being sent."), error)
                      : take_back (self, i, FALSE, _ ("The desk ended before the printer “%s” began it."), error);
  unreached = job->begun && job->pages == 0 && says (&found, UNREACHED);
  sentence = find_sentence (&found, job->begun ? _ ("The printer “%s” has not ended it within [print] timeout.")
                                               : _ ("The printer “%s” has not begun it within [print] timeout."));
  return job->begun && !unreached ? end_unsure (self, sentence, error)
                                  : take_back (self, i, unreached, sentence, error);
}

/* Why a job that has not begun is not worth waiting for; NULL: it is. */
static const char *
find_stop (const Printing *self, const AccPrintJob *job)
{
  g_auto (AccPrinter) found = { FALSE };

  if (job->begun)
    return NULL;
  if (job->state == ACC_PRINT_JOB_HELD)
    return _ ("It is held at the printer “%s”.");
  if (self->on_paper)
    return NULL;
  if (g_cancellable_is_cancelled (self->cancellable))
    return _ ("The desk ended before the printer “%s” began it.");
  if (acc_print_service_look_at_printer (self->service, self->printer, &found) != ACC_PRINT_ANSWERED || !found.stopped)
    return NULL;
  return find_sentence (&found, _ ("The printer “%s” is stopped."));
}

/* A print service that starts anew is silent for a while, and still knows the job. */
static AccDoorResult
follow (const Printing *self, guint i, GError **error)
{
  AccPrintJob job = { .begun = TRUE }; /* as long as nobody says otherwise */

  while (!acc_print_service_is_over (self->service))
    {
      AccPrintAnswer answer = acc_print_service_look_at_job (self->service, self->printer, self->jobs[i], &job);
      const char *stop;

      if (answer == ACC_PRINT_UNKNOWN)
        return end_unsure (self, _ ("The print service no longer knows what it was given for “%s”."), error);
      if (answer == ACC_PRINT_ANSWERED && job.state == ACC_PRINT_JOB_COMPLETED)
        return ACC_DOOR_HANDED_OVER;
      if (answer == ACC_PRINT_ANSWERED && job.state >= ACC_PRINT_JOB_CANCELLED)
        return judge_ended (self, &job, error);
      stop = answer == ACC_PRINT_ANSWERED ? find_stop (self, &job) : NULL;
      if (stop != NULL)
        return take_back (self, i, FALSE, stop, error);
      acc_print_service_pause (LOOK_MS);
    }
  return give_up (self, i, &job, error);
}

/* One of the two came out, the other did not. */
static AccDoorResult
turn_unsure (AccDoorResult result, GError **error)
{
  if (result != ACC_DOOR_UNSURE)
    g_prefix_error (error, "%s ", _ ("Only one of cover and letter was printed."));
  return ACC_DOOR_UNSURE;
}

/* Both, in order. Where the cover fails the letter is not wanted any more. */
static AccDoorResult
follow_both (Printing *self, GError **error)
{
  AccDoorResult cover, letter;

  acc_print_service_set_patience (self->service, self->seconds, self->cancellable);
  cover = follow (self, 0, error);
  self->on_paper = cover == ACC_DOOR_HANDED_OVER;
  if (self->on_paper)
    {
      letter = follow (self, 1, error);
      return letter == ACC_DOOR_HANDED_OVER ? letter : turn_unsure (letter, error);
    }
  letter = take_back (self, 1, FALSE, "", NULL);
  return letter == ACC_DOOR_LATER ? cover : turn_unsure (cover, error);
}

/* ---- on the way ---- */

/* What was made and never released cannot be printed, even if it cannot be cancelled either. */
static AccDoorResult
drop_held (const Printing *self, AccPrintAnswer answer, GError **error)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    set_failure (error, ACC_ERROR_SYSTEM, _ ("The desk ended before the printer “%s” began it."), self->printer);
  else
    set_answer (error, self, answer);
  acc_print_service_set_patience (self->service, SERVICE_SECONDS, NULL);
  for (guint i = 0; i < N_JOBS; i++)
    if (self->jobs[i] > 0)
      acc_print_service_cancel (self->service, self->printer, self->jobs[i], FALSE);
  if (answer == ACC_PRINT_FORMAT)
    return ACC_DOOR_REFUSED;
  return self->jobs[0] == 0 ? judge_before (self, answer) : ACC_DOOR_LATER; /* a try that left something there counts */
}

static AccPrintAnswer
make_held (Printing *self, guint i)
{
  g_autofree char *title = g_strconcat (self->title, documents[i].suffix, NULL);
  const AccPrintSettings settings = { .title = title,
                                      .held = TRUE,
                                      .paper = &self->package->paper,
                                      .tray = *self->tray != '\0' ? self->tray : NULL };
  GBytes *pdf = G_STRUCT_MEMBER (GBytes *, self->package, documents[i].offset);
  AccPrintAnswer answer = acc_print_service_create (self->service, self->printer, &settings, &self->jobs[i]);

  return answer == ACC_PRINT_ANSWERED
             ? acc_print_service_add_pdf (self->service, self->printer, self->jobs[i], pdf)
             : answer;
}

static AccDoorResult
print (Printing *self, GError **error)
{
  AccPrintAnswer answer = ACC_PRINT_ANSWERED;

  for (guint i = 0; i < N_JOBS && answer == ACC_PRINT_ANSWERED; i++)
    answer = make_held (self, i);
  if (answer != ACC_PRINT_ANSWERED || g_cancellable_is_cancelled (self->cancellable))
    return drop_held (self, answer, error);
  for (guint i = 0; i < N_JOBS; i++) /* what that has done is seen on the job */
    acc_print_service_release (self->service, self->printer, self->jobs[i]);
  return follow_both (self, error);
}

/* ---- earlier tries ---- */

/* Takes back what an earlier try has left and the printer has not begun. FALSE with @error and *@result: nothing may be
 * printed now. */
static gboolean
settle_earlier (const Printing *self, AccDoorResult *result, GError **error)
{
  g_autoptr (GArray) jobs = NULL;
  AccPrintAnswer answer = acc_print_service_list (self->service, self->printer, self->title, &jobs);
  gboolean printed = FALSE;

  for (guint i = 0; answer == ACC_PRINT_ANSWERED && i < jobs->len; i++)
    {
      AccPrintJob *job = &g_array_index (jobs, AccPrintJob, i);

      if (job->state < ACC_PRINT_JOB_CANCELLED && !job->begun)
        {
          acc_print_service_cancel (self->service, self->printer, job->id, FALSE);
          answer = acc_print_service_look_at_job (self->service, self->printer, job->id, job);
          if (answer == ACC_PRINT_UNKNOWN) /* the service keeps no history */
            {
              job->state = ACC_PRINT_JOB_CANCELLED;
              answer = ACC_PRINT_ANSWERED;
            }
        }
      printed = printed || job->state == ACC_PRINT_JOB_COMPLETED;
      if (answer == ACC_PRINT_ANSWERED && job->state < ACC_PRINT_JOB_CANCELLED)
        {
          *result = end_unsure (self, _ ("An earlier try is still on the list of the printer “%s”."), error);
          return FALSE;
        }
    }
  if (answer != ACC_PRINT_ANSWERED)
    {
      *result = judge_before (self, answer);
      set_answer (error, self, answer);
    }
  else if (printed && self->package->tries > 1)
    *result = end_unsure (self, _ ("The print service says that “%s” has printed it already."), error);
  else
    return TRUE;
  return FALSE;
}

AccDoorResult
acc_printing_print (AccConfig *config, const AccPackage *package, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ACC_IS_CONFIG (config) && package != NULL, ACC_DOOR_LATER);

  g_auto (Printing) self = { .package = package, .cancellable = cancellable };
  AccDoorResult result;

  self.title = dup_title (package, error);
  if (self.title == NULL)
    return ACC_DOOR_REFUSED;
  if (!open_printing (&self, config, error))
    return judge_before (&self, ACC_PRINT_SILENT);
  if (!settle_earlier (&self, &result, error))
    return result;
  /* Unknown, paused, or set up otherwise than accolade.conf has it: for everybody. */
  return is_ready (&self, NULL, error) ? print (&self, error) : judge_before (&self, ACC_PRINT_UNKNOWN);
}

gboolean
acc_printing_check (AccConfig *config, char **trays, GError **error)
{
  g_return_val_if_fail (ACC_IS_CONFIG (config) && trays != NULL, FALSE);

  g_auto (Printing) self = { NULL };

  return open_printing (&self, config, error) && is_ready (&self, trays, error);
}
