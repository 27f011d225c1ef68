/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station, for its own files. */
#pragma once

#include "base/config.h"
#include "kiosk/station.h"

G_BEGIN_DECLS

struct _AccStation {
  GObject parent_instance;

  char *store_dir;
  AccWorker *store_worker;
  AccWorker *paper_worker;
  AccWorker *printer_worker; /* NULL until a slip is printed: neither of the two others waits for a printer */

  gboolean opening, opened; /* has begun, and has ended */
  GError *failure;          /* what came of it; NULL: it is open */
  GTask *waiting;           /* who asked for that; NULL: nobody yet */

  /* Set while opening, read only afterwards. */
  AccConfig *config;
  AccLetterhead *letterhead;
  GPtrArray *languages;
  GBytes *slip_key;

  AccWording *wording; /* the last sketch's, and for which language; the main thread only */
  char *wording_language;
  AccStore *inbox; /* the store's thread only */
};

/* The public half of the branch's key, read each time: a kiosk that runs for weeks follows when the branch has a new one. Any
 * thread. */
AccBranchKey *acc_station_load_branch_key (AccStation *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
