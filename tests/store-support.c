/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/statement.h"
#include "store/store-private.h"
#include "support.h"

const AccStoreKind test_inbox = { "inbox", 0x41434331, 5 };
const AccStoreKind test_inbox_of_tomorrow = { "inbox", 0x41434331, 6 };

void
test_place_init (TestPlace *place)
{
  place->folder = test_folder_new ();
  place->path = g_build_filename (place->folder, "inbox.db", NULL);
}

void
test_place_clear (TestPlace *place)
{
  g_free (place->path);
  test_folder_free (place->folder);
}

AccStore *
test_store_open (const char *path, AccStoreMode mode)
{
  g_autoptr (GError) error = NULL;
  AccStore *store = acc_store_open (path, &test_inbox, mode, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

void
test_store_create (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = acc_store_create (path, &test_inbox, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
}

void
test_store_execute (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  acc_store_execute (store, sql, &error);
  g_assert_no_error (error);
}

gint64
test_store_count (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) count = acc_statement_new (store, sql, &error);
  gboolean row = FALSE;

  acc_statement_step (count, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return acc_statement_get_int (count, 0);
}

GByteArray *
test_read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize size = 0;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) text, size);
}

void
test_write_bytes (const char *path, gconstpointer bytes, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, size, &error);
  g_assert_no_error (error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
test_look_at (const char *folder)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *hash = NULL;
      struct stat status;

      g_assert_cmpint (lstat (path, &status), ==, 0);
      if (S_ISREG (status.st_mode))
        {
          g_autoptr (GByteArray) bytes = test_read_bytes (path);

          hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
        }
      g_ptr_array_add (lines, g_strdup_printf ("%s %o %s", name, (guint) status.st_mode, hash != NULL ? hash : ""));
    }
  g_ptr_array_sort (lines, compare_names);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

int
test_in_a_child (int (*body) (gpointer data), gpointer data)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (body (data));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
}

int
test_status_of (const GError *error)
{
  if (error == NULL)
    return TEST_STATUS_FINE;
  return error->domain == ACC_ERROR ? TEST_STATUS_OF (error->code) : 255;
}
