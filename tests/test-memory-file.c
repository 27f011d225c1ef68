/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are in memory only, and the folders that may hold them. */
#include "base/memory-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "memory-support.h"

#define NAME "file"
#define MOST 1000

static void
assert_refused (Memory *memory, AccError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_memory_file_read (memory->folder, NAME, MOST, &error));
  g_assert_error (error, ACC_ERROR, (int) code);
}

static void
what_is_written_is_read_and_erased (Memory *memory, gconstpointer data)
{
  static const char *const texts[] = { "one", "another, longer one", "" };
  g_autoptr (GError) error = NULL;
  struct stat status;

  assert_refused (memory, ACC_ERROR_NOT_FOUND);
  g_assert_false (acc_memory_file_erase (memory->folder, NAME));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GBytes) back = NULL;

      g_assert_true (acc_memory_file_write (memory->folder, NAME, bytes, &error));
      back = acc_memory_file_read (memory->folder, NAME, MOST, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, back));
      g_assert_cmpuint (memory_count_files (memory), ==, 1);
      g_assert_cmpint (fstatat (memory->folder, NAME, &status, 0), ==, 0);
      g_assert_cmpuint (status.st_mode, ==, S_IFREG | 0600);
    }
  g_assert_true (acc_memory_file_erase (memory->folder, NAME));
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
  assert_refused (memory, ACC_ERROR_NOT_FOUND);
}

static void
what_is_there_is_not_created_anew (Memory *memory, gconstpointer data)
{
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5), second = g_bytes_new_static ("second", 6), seen = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_memory_file_create (memory->folder, NAME, first, NULL));
  g_assert_false (acc_memory_file_create (memory->folder, NAME, second, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (memory_count_files (memory), ==, 1);
  seen = acc_memory_file_read (memory->folder, NAME, MOST, NULL);
  g_assert_true (g_bytes_equal (seen, first));
}

static void
what_is_no_file_of_ours_is_refused_and_erased (Memory *memory, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (memory->home, "elsewhere", NULL);

  for (guint i = 0; memory_spoilers[i] != NULL; i++)
    {
      memory_put_text (memory, NAME, "x", -1);
      memory_spoilers[i](memory, NAME);
      assert_refused (memory, ACC_ERROR_INPUT);
      g_assert_true (acc_memory_file_erase (memory->folder, NAME));
      g_assert_cmpuint (memory_count_files (memory), ==, 0);
    }
  g_assert_true (g_file_test (elsewhere, G_FILE_TEST_EXISTS)); /* what a link leads to is not ours to take */
}

static void
what_a_killed_write_left_is_written_over_and_erased (Memory *memory, gconstpointer data)
{
  g_assert_cmpint (symlinkat ("/nowhere", memory->folder, NAME ".new"), ==, 0);
  memory_put_text (memory, NAME, "x", -1);
  g_assert_cmpuint (memory_count_files (memory), ==, 1);
  g_assert_cmpint (mkfifoat (memory->folder, NAME ".new", 0600), ==, 0);
  acc_memory_file_erase (memory->folder, NAME);
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
}

static void
a_folder_that_others_may_enter_or_a_disk_holds_is_refused (Memory *memory, gconstpointer data)
{
  g_autofree char *open_folder = g_build_filename (memory->home, "open", NULL);
  g_autofree char *linked = g_build_filename (memory->home, "linked", NULL);
  g_autofree char *file = g_build_filename (memory->home, "file", NULL);
  g_autofree char *nowhere = g_build_filename (memory->home, "no", "where", NULL);
  g_autofree char *on_disk = g_strdup ("/var/tmp/accolade-test-XXXXXX");
  const char *const folders[] = { open_folder, linked, file, nowhere, on_disk };

  g_assert_nonnull (g_mkdtemp (on_disk));
  g_assert_cmpint (g_mkdir (open_folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (open_folder, 0750), ==, 0);
  g_assert_cmpint (symlink (memory->path, linked), ==, 0);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (acc_memory_folder_open (folders[i], &error), ==, -1);
      g_assert_nonnull (error);
    }
  g_assert_cmpint (g_rmdir (on_disk), ==, 0);
}

/* What is wrong with a folder that a group shares, and the word that says so. */
static void
a_shared_folder_that_is_unfit_is_refused_with_the_reason (Memory *memory, gconstpointer data)
{
  /* others than one group; not all of that group or of the owner; files that are not the group's, or not its to erase */
  static const mode_t modes[] = { 02771, 02774, 02772, 02750, 02760, 02730, 02700, 02570, 0770, 0700, 03770 };
  g_autofree char *linked = g_build_filename (memory->home, "linked", NULL);
  g_autofree char *nowhere = g_build_filename (memory->home, "nowhere", NULL);
  g_autofree char *on_disk = g_strdup ("/var/tmp/accolade-test-XXXXXX");
  const struct {
    const char *path, *said;
  } rows[] = {
    { linked, "Cannot read" },
    { nowhere, "Cannot read" },
    { on_disk, "on a disk" },
  };
  int folder = acc_memory_folder_open_shared (memory->path, NULL);

  g_assert_cmpint (folder, >=, 0);
  close (folder);
  g_assert_nonnull (g_mkdtemp (on_disk));
  g_assert_cmpint (g_chmod (on_disk, 02770), ==, 0);
  g_assert_cmpint (symlink (memory->path, linked), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (acc_memory_folder_open_shared (rows[i].path, &error), ==, -1);
      g_assert_nonnull (strstr (error->message, rows[i].said));
    }
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *mode = g_strdup_printf ("has the mode %04o", modes[i]);

      g_assert_cmpint (g_chmod (memory->path, modes[i]), ==, 0);
      g_assert_cmpint (acc_memory_folder_open_shared (memory->path, &error), ==, -1);
      g_assert_nonnull (strstr (error->message, mode));
    }
  g_assert_cmpint (g_rmdir (on_disk), ==, 0);
}

/* On a file system that was mounted, or has turned, read-only; seen by this process alone. */
static void
be_where_nothing_can_be_written (Memory *memory)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), ==, 0);
  g_assert_cmpint (mount ("tmpfs", memory->path, "tmpfs", MS_RDONLY, "mode=2770"), ==, 0);
  g_assert_cmpint (acc_memory_folder_open_shared (memory->path, &error), ==, -1);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_nonnull (strstr (error->message, "Cannot write"));
}

static void
a_shared_folder_that_cannot_be_written_is_refused (Memory *memory, gconstpointer data)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      if (unshare (CLONE_NEWNS) != 0)
        _exit (77);
      be_where_nothing_can_be_written (memory);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == 77)
    g_test_skip ("mounts of one's own are not allowed here");
  else
    g_assert_cmpint (status, ==, 0);
}

static void
one_caller_at_a_time_holds_a_folder (Memory *memory, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int lock = acc_memory_folder_lock (memory->folder, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (acc_memory_folder_lock (memory->folder, 20, &error), ==, -1);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
  close (lock);
  lock = acc_memory_folder_lock (memory->folder, 0, NULL);
  g_assert_cmpint (lock, >=, 0);
  close (lock);
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
}

#define ADD(path, test) g_test_add (path, Memory, NULL, memory_set_up, test, memory_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/memory-file/written-read-erased", what_is_written_is_read_and_erased);
  ADD ("/memory-file/not-created-anew", what_is_there_is_not_created_anew);
  ADD ("/memory-file/not-ours", what_is_no_file_of_ours_is_refused_and_erased);
  ADD ("/memory-file/killed-write", what_a_killed_write_left_is_written_over_and_erased);
  ADD ("/memory-file/folder", a_folder_that_others_may_enter_or_a_disk_holds_is_refused);
  g_test_add ("/memory-file/shared-folder", Memory, NULL, memory_set_up_shared,
              a_shared_folder_that_is_unfit_is_refused_with_the_reason, memory_tear_down);
  g_test_add ("/memory-file/shared-read-only", Memory, NULL, memory_set_up_shared,
              a_shared_folder_that_cannot_be_written_is_refused, memory_tear_down);
  ADD ("/memory-file/one-holds", one_caller_at_a_time_holds_a_folder);
  return g_test_run ();
}
