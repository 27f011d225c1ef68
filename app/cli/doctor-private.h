/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the doctor's checks share. Private to the doctor. */
#pragma once

#include "base/config.h"
#include "cli/doctor.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct {
  char *store_dir, *inbox_dir; /* absolute; inbox.db itself may lie elsewhere */
  gboolean is_kiosks;          /* the folder is a kiosk's: nothing of the desk's is in it */
  AccConfig *config;           /* NULL where it cannot be read; "configuration" says why */
  AccStore *inbox, *desk;      /* NULL where one cannot be opened; "inbox" and "desk" say why */
  const char *mail_password;   /* NULL: nobody has signed in */
  GError *store_error;
  GPtrArray *findings;
  const char *check; /* that is running */
} AccDoctor;

/* Notes a finding of the check that is running. @remedy is "" where there is nothing to do. */
void acc_doctor_say (AccDoctor *self, AccFindingState state, const char *remedy, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

/* The same from an error; @remedy NULL takes the error's own. */
void acc_doctor_say_error (AccDoctor *self, AccFindingState state, const char *remedy, const GError *error);

/* Whole days since @seconds after 1970; 0 if that is still to come. */
gint64 acc_doctor_count_days (gint64 seconds);

/* Whether this user may not read what is there; and what to do then. */
gboolean acc_doctor_is_denied (const char *path);
#define ACC_DOCTOR_DENIED "Run it again as the desk's user or as root."

/* doctor-machine.c */
void acc_doctor_check_versions (AccDoctor *self);
void acc_doctor_check_clock (AccDoctor *self);
void acc_doctor_check_time_zone (AccDoctor *self);
void acc_doctor_check_space (AccDoctor *self);
void acc_doctor_check_locked_memory (AccDoctor *self);
void acc_doctor_check_swap (AccDoctor *self);
void acc_doctor_check_core_dumps (AccDoctor *self);

/* doctor-paper.c */
void acc_doctor_check_letterhead (AccDoctor *self);
void acc_doctor_check_fonts (AccDoctor *self);
void acc_doctor_check_languages (AccDoctor *self);
void acc_doctor_check_pdf (AccDoctor *self);

/* doctor-store.c */
void acc_doctor_check_folder (AccDoctor *self);
void acc_doctor_check_configuration (AccDoctor *self);
void acc_doctor_check_inbox (AccDoctor *self);
void acc_doctor_check_desk (AccDoctor *self);
void acc_doctor_check_rights (AccDoctor *self);
void acc_doctor_check_handover (AccDoctor *self);

/* doctor-kept.c */
void acc_doctor_check_ballast (AccDoctor *self);
void acc_doctor_check_backup (AccDoctor *self);
void acc_doctor_check_retention (AccDoctor *self);

/* doctor-branch.c */
void acc_doctor_check_pepper (AccDoctor *self);
void acc_doctor_check_branch_key (AccDoctor *self);
void acc_doctor_check_rotation (AccDoctor *self);
void acc_doctor_check_bankers (AccDoctor *self);
void acc_doctor_check_directory (AccDoctor *self);

/* doctor-mail.c */
void acc_doctor_check_mail (AccDoctor *self);

/* doctor-printer.c */
void acc_doctor_check_printer (AccDoctor *self);

/* doctor-letters.c */
void acc_doctor_check_letters (AccDoctor *self);
void acc_doctor_check_deliveries (AccDoctor *self);
void acc_doctor_check_outbox (AccDoctor *self);

G_END_DECLS
