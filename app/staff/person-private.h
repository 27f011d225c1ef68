/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person in the making: only the room that reads and keeps the directory builds one. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

/* A person whose texts are all "". */
AccPerson *acc_person_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean acc_person_equal (const AccPerson *a, const AccPerson *b);

/* Which snapshot of the store it is, and when the store was given it; where it comes from. Before anybody else has it. */
void acc_directory_set_snapshot (AccDirectory *self, gint64 sequence, const char *moment);
void acc_directory_set_source (AccDirectory *self, AccDirectorySource source);

gint64 acc_directory_get_sequence (AccDirectory *self); /* 0: it comes from no store */

G_END_DECLS
