/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One statement, straight at a store, for tests of what is kept. */
#pragma once

#include "store/store.h"

void run_sql (AccStore *store, const char *sql);

/* What the first row says first; NULL where there is none. */
char *ask_sql (AccStore *store, const char *sql) G_GNUC_WARN_UNUSED_RESULT;
void assert_answer (AccStore *store, const char *sql, const char *expected);
