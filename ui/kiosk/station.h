/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kiosk stands on: configuration, letterhead, the branch's public key and the inbox, with one thread for
 * the store and one for the paper. It can seal a letter and queue it, never open one. Nothing is captured
 * before it is open: whatever would keep a letter from being kept is found there. Main thread; the work is done on
 * the two others. */
#pragma once

#include "base/config.h"
#include "base/worker.h"
#include "inbox/slip.h"
#include "inbox/submit.h"

G_BEGIN_DECLS

#define ACC_TYPE_STATION (acc_station_get_type ())
G_DECLARE_FINAL_TYPE (AccStation, acc_station, ACC, STATION, GObject)

AccStation *acc_station_new (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;

/* Looks whether the letters' fonts are there, loads everything, opens the inbox for writing, and writes and proofreads a
 * trial letter. The error names what is wrong, for staff. Once: it may have begun before somebody asks. Emits "loaded"
 * when all but the trial is done, and what stands below under "Once open" can be used. */
void acc_station_begin_opening (AccStation *self);
void acc_station_open_async (AccStation *self, GAsyncReadyCallback callback, gpointer data);
gboolean acc_station_open_finish (AccStation *self, GAsyncResult *result, GError **error);

/* Looks whether another letter could be kept: room on the inbox's file system, a disk that can be written, the key to seal
 * with; and whether staff have closed the kiosk. The error is for staff. Once open; cheap enough for every few seconds. */
void acc_station_look_async (AccStation *self, GAsyncReadyCallback callback, gpointer data);
gboolean acc_station_look_finish (AccStation *self, GAsyncResult *result, GError **error);

/* Once open. Lent. */
AccLetterhead *acc_station_get_letterhead (AccStation *self);
AccWorker *acc_station_get_paper_worker (AccStation *self);
const char *acc_station_get_branch (AccStation *self);
AccConfig *acc_station_get_config (AccStation *self);
GPtrArray *acc_station_get_languages (AccStation *self); /* of AccLanguage, the branch's own first */
AccPaper acc_station_get_paper (AccStation *self);

/* The departments that may be offered, as they are in the inbox now: NULL-terminated. */
void acc_station_list_departments_async (AccStation *self, GAsyncReadyCallback callback, gpointer data);
GStrv acc_station_list_departments_finish (AccStation *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* The letter in the making as pages, at once, on the main thread; NULL where it cannot be laid out. @previous: the
 * sketch before it, whose layouts are taken over where they can be, or NULL. */
AccPages *acc_station_sketch (AccStation *self, AccLetter *sketch, const char *number,
                              AccPages *previous) G_GNUC_WARN_UNUSED_RESULT;

/* The letter as it will be sent, typeset, written and proofread. @tried: a number that was tried before and
 * failed is looked for first; if it lies in the inbox all the same, the letter gets a new number. */
void acc_station_prepare_async (AccStation *self, AccLetter *letter, const char *number, gboolean tried,
                                GAsyncReadyCallback callback, gpointer data);
AccReadyLetter *acc_station_prepare_finish (AccStation *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Seals and queues: TRUE only after the commit. Repeating it with the same letter is safe. */
void acc_station_send_async (AccStation *self, AccReadyLetter *ready, GAsyncReadyCallback callback, gpointer data);
gboolean acc_station_send_finish (AccStation *self, GAsyncResult *result, GError **error);

/* Prints the slip of letter @number on the receipt printer; the error is for staff. */
gboolean acc_station_has_slip_printer (AccStation *self);
void acc_station_print_slip_async (AccStation *self, const char *number, const char *code,
                                   GAsyncReadyCallback callback, gpointer data);
gboolean acc_station_print_slip_finish (AccStation *self, GAsyncResult *result, GError **error);

/* The slip of @code, as acc_slip_look_up; and doing or asking for @kind with it, as acc_slip_ask. */
void acc_station_look_up_slip_async (AccStation *self, const char *code, GAsyncReadyCallback callback, gpointer data);
AccSlip *acc_station_look_up_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_station_ask_slip_async (AccStation *self, const AccSlip *slip, AccRequestKind kind,
                                 GAsyncReadyCallback callback, gpointer data);
AccSlip *acc_station_ask_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
