/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read within a bound, and written whole or not at all. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support.h"

typedef struct {
  char *folder;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new ();
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_free (fixture->folder);
}

static char *
below (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  acc_file_write (path, bytes, 0600, &error);
  g_assert_no_error (error);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
a_file_is_read_within_its_bound (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = below (fixture, "letter.json");
  g_autofree char *empty = below (fixture, "empty");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) nothing = NULL;

  write_text (path, "12345");
  write_text (empty, "");
  whole = acc_file_read (path, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), "12345", 5);
  nothing = acc_file_read (empty, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);

  g_assert_null (acc_file_read (path, 4, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, path));
}

/* Its size is told as 0, and it does not end. */
static void
an_endless_regular_file_is_bounded_too (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = acc_file_read ("/proc/self/maps", 10, &error);

  g_assert_null (bytes);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
}

static void
what_is_no_file_is_refused_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = below (fixture, "fifo");
  g_autofree char *dangling = below (fixture, "dangling");
  g_autofree char *loop = below (fixture, "loop");
  g_autofree char *missing = below (fixture, "missing");
  const char *const paths[] = { fifo, dangling, loop, missing, fixture->folder, "/dev/zero", "/dev/null", "" };
  gint64 start = test_cpu_time ();

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("/nowhere/at/all", dangling), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = acc_file_read (paths[i], 1000, &error);

      g_assert_null (bytes);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
  g_assert_cmpint (test_cpu_time () - start, <, G_USEC_PER_SEC); /* who waited for a fifo would wait for ever */
}

static void
a_link_to_a_file_is_followed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = below (fixture, "staff.csv");
  g_autofree char *link = below (fixture, "link.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  write_text (path, "id,name\n");
  g_assert_cmpint (symlink (path, link), ==, 0);
  bytes = acc_file_read (link, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 8);
}

static void
a_written_file_replaces_the_old_one_and_leaves_nothing_beside_it (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = below (fixture, "out.pdf");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GBytes) read_back = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  write_text (path, "something older and longer");
  g_assert_true (acc_file_write (path, bytes, 0640, &error));
  g_assert_no_error (error);
  read_back = acc_file_read (path, 100, &error);
  g_assert_true (g_bytes_equal (bytes, read_back));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
}

/* Renamed over a device, a file would take its place for every program of the machine. */
static void
a_write_replaces_nothing_but_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = below (fixture, "fifo");
  g_autofree char *link = below (fixture, "link");
  g_autofree char *target = below (fixture, "target");
  const char *const paths[] = { fifo, link, fixture->folder };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autofree char *content = NULL;

  write_text (target, "old");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (target, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      GStatBuf before, after;

      g_assert_cmpint (g_lstat (paths[i], &before), ==, 0);
      g_assert_false (acc_file_write (paths[i], bytes, 0600, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, paths[i]));
      g_assert_cmpint (g_lstat (paths[i], &after), ==, 0);
      g_assert_cmpuint (before.st_ino, ==, after.st_ino);
      g_assert_cmpuint (before.st_mode, ==, after.st_mode);
    }
  g_assert_true (g_file_get_contents (target, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
}

static void
a_write_that_fails_leaves_the_old_file_and_nothing_beside_it (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = below (fixture, "folder");
  g_autofree char *inside = g_build_filename (folder, "kept", NULL);
  g_autofree char *nowhere = below (fixture, "no/such/folder/file");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_text (inside, "kept");
  g_assert_false (acc_file_write (folder, bytes, 0600, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, folder));
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
  g_assert_cmpuint (count_entries (folder), ==, 1);

  g_assert_false (acc_file_write (nowhere, bytes, 0600, &other));
  g_assert_error (other, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (other->message, nowhere));
}

static void
a_folder_that_is_not_there_cannot_be_synced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = below (fixture, "nowhere");
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_file_sync_folder (fixture->folder, &error));
  g_assert_no_error (error);
  g_assert_false (acc_file_sync_folder (nowhere, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/file/read-within-its-bound", a_file_is_read_within_its_bound);
  g_test_add_func ("/file/endless-file-is-bounded", an_endless_regular_file_is_bounded_too);
  ADD ("/file/what-is-no-file-is-refused", what_is_no_file_is_refused_at_once);
  ADD ("/file/a-link-is-followed", a_link_to_a_file_is_followed);
  ADD ("/file/write-replaces", a_written_file_replaces_the_old_one_and_leaves_nothing_beside_it);
  ADD ("/file/write-replaces-only-a-file", a_write_replaces_nothing_but_a_file);
  ADD ("/file/failed-write-leaves-nothing", a_write_that_fails_leaves_the_old_file_and_nothing_beside_it);
  ADD ("/file/sync-folder", a_folder_that_is_not_there_cannot_be_synced);
  return g_test_run ();
}
