/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps-support.h"

#include <dlfcn.h>
#include <sqlite3.h>

static int n_steps; /* atomic */

/* In the place of SQLite's. */
int
sqlite3_step (sqlite3_stmt *statement)
{
  int (*step) (sqlite3_stmt *) = (int (*) (sqlite3_stmt *)) dlsym (RTLD_NEXT, __func__);
  int before = sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, 0);
  int code = step (statement);

  g_atomic_int_add (&n_steps, sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, 0) - before);
  return code;
}

guint
steps_take (void)
{
  return (guint) g_atomic_int_and ((guint *) &n_steps, 0);
}
