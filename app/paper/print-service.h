/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's print service, the only door to libcups (IPP, RFC 8011): printers are looked at, jobs are made, looked at and
 * taken back. A connection belongs to who opened it, and is used by one thread that may wait. */
#pragma once

#include <gio/gio.h>

#include "letter/letter.h"

G_BEGIN_DECLS

typedef struct _AccPrintService AccPrintService;

typedef enum {
  ACC_PRINT_ANSWERED,
  ACC_PRINT_UNKNOWN, /* no such printer or job */
  ACC_PRINT_REFUSED, /* acc_print_service_get_words says why */
  ACC_PRINT_FORMAT,  /* it does not take such documents */
  ACC_PRINT_SILENT,  /* nobody knows whether it was heard */
} AccPrintAnswer;

typedef struct {
  gboolean stopped, accepts;
  GStrv reasons; /* printer-state-reasons, such as "media-empty-error" */
  GStrv trays;   /* media-source-supported, such as "tray-1"; empty where there is nothing to choose */
} AccPrinter;
void acc_printer_clear (AccPrinter *printer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccPrinter, acc_printer_clear)

typedef enum {
  ACC_PRINT_JOB_WAITS,     /* for its turn, or for its printer */
  ACC_PRINT_JOB_HELD,      /* until somebody releases it */
  ACC_PRINT_JOB_PRINTS,
  ACC_PRINT_JOB_CANCELLED,
  ACC_PRINT_JOB_ABORTED,
  ACC_PRINT_JOB_COMPLETED,
} AccPrintJobState;

typedef struct {
  int id;
  AccPrintJobState state;
  gboolean begun; /* the printer has been given some of it, or tried */
  int pages;      /* that the printer has told of; some never tell */
} AccPrintJob;

/* How a job is printed. */
typedef struct {
  const char *title; /* in the lists of the print service, which anybody may read */
  gboolean held;     /* nothing comes out before acc_print_service_release */
  const AccPaper *paper; /* NULL: the printer's */
  const char *tray;  /* one of the printer's; NULL: the printer's */
} AccPrintSettings;

/* Whether the print service is on this machine: by a socket of it, or by loopback. */
gboolean acc_print_service_is_here (void);

/* NULL where nobody listens. It is waited for as acc_print_service_set_patience says, at first for @seconds. */
AccPrintService *acc_print_service_open (guint seconds, GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void acc_print_service_close (AccPrintService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPrintService, acc_print_service_close)

/* For how long, from now on, the service is waited for in all that is asked of it, or until @cancellable (or NULL) is
 * cancelled; then it is ACC_PRINT_SILENT. */
void acc_print_service_set_patience (AccPrintService *self, guint seconds, GCancellable *cancellable);
gboolean acc_print_service_is_over (AccPrintService *self);

/* Waits before the next look: the service sends word to nobody who only asks. */
void acc_print_service_pause (guint milliseconds);

/* Why the last answer was not ACC_PRINT_ANSWERED, for people. Lent until the thread asks again. */
const char *acc_print_service_get_words (AccPrintService *self);

/* @printer is the name of a queue. */
AccPrintAnswer acc_print_service_look_at_printer (AccPrintService *self, const char *printer, AccPrinter *found);

/* *@job is 0 unless the job was made; its document follows. */
AccPrintAnswer acc_print_service_create (AccPrintService *self, const char *printer, const AccPrintSettings *settings,
                                         int *job);
AccPrintAnswer acc_print_service_add_pdf (AccPrintService *self, const char *printer, int job, GBytes *pdf);
AccPrintAnswer acc_print_service_release (AccPrintService *self, const char *printer, int job);

AccPrintAnswer acc_print_service_look_at_job (AccPrintService *self, const char *printer, int job, AccPrintJob *found);

/* The jobs of this user whose titles begin with @title, as far back as the service remembers: *@jobs is of AccPrintJob; NULL
 * unless it answers. */
AccPrintAnswer acc_print_service_list (AccPrintService *self, const char *printer, const char *title, GArray **jobs);

/* @purge: nothing is kept of it, neither its documents nor that it ever was. */
AccPrintAnswer acc_print_service_cancel (AccPrintService *self, const char *printer, int job, gboolean purge);

G_END_DECLS
