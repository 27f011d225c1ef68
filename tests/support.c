/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

char *
test_fixture_path (const char *name)
{
  return g_build_filename (TEST_FIXTURES, name, NULL);
}

GBytes *
test_fixture (const char *name)
{
  g_autofree char *path = test_fixture_path (name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

char *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("accolade-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static int
remove_entry (const char *path, const struct stat *status, int kind, struct FTW *walk)
{
  return remove (path);
}

void
test_folder_free (char *folder)
{
  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free (folder);
}

guint32
test_seed (void)
{
  const char *given = g_getenv ("ACCOLADE_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();

  g_test_message ("ACCOLADE_SEED=%u", seed);
  return seed;
}

GRand *
test_random (void)
{
  return g_rand_new_with_seed (test_seed ());
}

gint64
test_cpu_time (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

void
test_look_away_from_leaks (gboolean away)
{
#ifdef __SANITIZE_ADDRESS__
  (away ? __lsan_disable : __lsan_enable) ();
#endif
}
