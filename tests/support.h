/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several tests need: fixtures, a folder of one's own, comparisons that print both sides. */
#pragma once

#include <glib.h>

/* The text of tests/fixtures/NAME. */
char *test_fixture_path (const char *name) G_GNUC_WARN_UNUSED_RESULT;
GBytes *test_fixture (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* A new folder below the temporary one; removed with all in it by test_folder_free. */
char *test_folder_new (void) G_GNUC_WARN_UNUSED_RESULT;
void test_folder_free (char *folder);

/* What random cases begin with: ACCOLADE_SEED, which repeats a run, or another each time; it is told. And numbers to make them
 * with; free with g_rand_free. */
guint32 test_seed (void);
GRand *test_random (void) G_GNUC_WARN_UNUSED_RESULT;

/* Microseconds of processor time that this process has used: a bound on work that other programs' load cannot break. */
gint64 test_cpu_time (void);

/* Between TRUE and FALSE, what is forgotten is not counted: cairo 1.16 forgets a table of each OpenType-CFF face that it
 * writes into a PDF, and each recording that it writes into an SVG. */
void test_look_away_from_leaks (gboolean away);
