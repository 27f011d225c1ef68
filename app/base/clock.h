/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one source of time, replaceable in tests. Order is never taken from it: sequences order. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 acc_clock_now (void);  /* microseconds since 1970 UTC, as the wall clock says */
gint64 acc_clock_boot (void); /* microseconds since boot, sleep counted (CLOCK_BOOTTIME): for waits and locks */

/* Which start of the machine acc_clock_boot counts from. "" where the kernel does not tell: then only a clock that has gone
 * back shows another start. */
char *acc_clock_boot_id (void) G_GNUC_WARN_UNUSED_RESULT;

/* Freezes both clocks at the given values; negative thaws. For tests, before threads start. */
void acc_clock_freeze (gint64 now, gint64 boot);

char *acc_clock_stamp (void) G_GNUC_WARN_UNUSED_RESULT; /* RFC 3339 local time with offset, to the second */
char *acc_clock_today (void) G_GNUC_WARN_UNUSED_RESULT; /* ISO 8601 local date, YYYY-MM-DD */

/* Whether @text is a real calendar date written YYYY-MM-DD. */
gboolean acc_clock_is_date (const char *text);

G_END_DECLS
