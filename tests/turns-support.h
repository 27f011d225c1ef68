/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long one turn of the main loop works: the processor time of its thread between two waits, so that what other
 * programs take does not count. Main thread. */
#pragma once

#include <glib.h>

/* The bound of P13, microseconds. A sanitizer slows everything down several times: there this only shows that nothing
 * hangs, and P13 runs the same in the plain build. */
#ifdef __SANITIZE_ADDRESS__
#define TURN_MAX (10 * G_TIME_SPAN_SECOND)
#else
#define TURN_MAX (G_TIME_SPAN_SECOND / 5)
#endif

/* Processor time of this thread, microseconds. */
gint64 turns_thread_time (void);

/* Measures from now on; what the test itself does before the next turn counts as well. */
void turns_begin (void);

/* The longest turn since then, microseconds; measures no more. */
gint64 turns_end (void);
