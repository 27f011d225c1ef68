/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory-file.h"
#include "support.h"

#define NOBODY 65534

static char *
new_home (void)
{
  char *home = g_strdup ("/dev/shm/accolade-test-XXXXXX");

  g_assert_nonnull (g_mkdtemp (home));
  return home;
}

void
memory_set_up (Memory *memory, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  memory->home = new_home ();
  memory->path = g_build_filename (memory->home, "accolade", NULL);
  memory->folder = acc_memory_folder_open (memory->path, &error);
  g_assert_no_error (error);
}

void
memory_set_up_shared (Memory *memory, gconstpointer data)
{
  memory_set_up (memory, data);
  g_assert_cmpint (g_chmod (memory->path, 02770), ==, 0);
}

void
memory_tear_down (Memory *memory, gconstpointer data)
{
  close (memory->folder);
  g_free (memory->path);
  test_folder_free (memory->home);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

guint
memory_count_files (Memory *memory)
{
  return count_files (memory->path);
}

void
memory_put_text (Memory *memory, const char *name, const char *text, gssize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length >= 0 ? (gsize) length : strlen (text));

  g_assert_true (acc_memory_file_write (memory->folder, name, bytes, NULL));
}

/* ---- what is no file of ours ---- */

static void
make_link (Memory *memory, const char *name)
{
  g_autofree char *elsewhere = g_build_filename (memory->home, "elsewhere", NULL);

  g_assert_cmpint (renameat (memory->folder, name, AT_FDCWD, elsewhere), ==, 0);
  g_assert_cmpint (symlinkat (elsewhere, memory->folder, name), ==, 0);
}

static void
give_second_name (Memory *memory, const char *name)
{
  g_autofree char *other = g_build_filename (memory->home, "elsewhere", NULL);

  g_unlink (other);
  g_assert_cmpint (linkat (memory->folder, name, AT_FDCWD, other, 0), ==, 0);
}

static void
make_fifo (Memory *memory, const char *name)
{
  acc_memory_file_erase (memory->folder, name);
  g_assert_cmpint (mkfifoat (memory->folder, name, 0600), ==, 0);
}

static void
make_folder (Memory *memory, const char *name)
{
  acc_memory_file_erase (memory->folder, name);
  g_assert_cmpint (mkdirat (memory->folder, name, 0700), ==, 0);
}

static void
make_gigabyte (Memory *memory, const char *name)
{
  int fd = openat (memory->folder, name, O_WRONLY);

  g_assert_cmpint (ftruncate (fd, 1 << 30), ==, 0);
  close (fd);
}

static void
let_group_write (Memory *memory, const char *name)
{
  g_assert_cmpint (fchmodat (memory->folder, name, 0660, 0), ==, 0);
}

static void
let_all_write (Memory *memory, const char *name)
{
  g_assert_cmpint (fchmodat (memory->folder, name, 0602, 0), ==, 0);
}

static void
give_away (Memory *memory, const char *name)
{
  if (geteuid () == 0)
    g_assert_cmpint (fchownat (memory->folder, name, NOBODY, NOBODY, 0), ==, 0);
  else
    let_all_write (memory, name); /* only root can give a file away */
}

void (*const memory_spoilers[]) (Memory *memory, const char *name) = {
  make_link, give_second_name, make_fifo, make_folder, make_gigabyte, let_group_write, let_all_write, give_away, NULL,
};

/* ---- a session ---- */

char *
memory_session_new (void)
{
  char *session = new_home ();

  g_setenv ("XDG_RUNTIME_DIR", session, TRUE);
  return session;
}

guint
memory_session_count_files (void)
{
  g_autofree char *path = acc_memory_folder_path ();

  return count_files (path);
}
