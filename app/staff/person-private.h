/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person in the making: only the room that reads and keeps the directory builds one. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

/* A person whose texts are all "". */
AccPerson *acc_person_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean acc_person_equal (const AccPerson *a, const AccPerson *b);

/* When the store was given it: before anybody else has it. */
void acc_directory_set_imported_at (AccDirectory *self, const char *moment);

G_END_DECLS
