/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "damaged-data.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "base/places.h"
#include "support.h"

/* Each entry of @from by a link in @to. */
static void
link_all (const char *from, const char *to)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *target = g_build_filename (from, name, NULL), *link = g_build_filename (to, name, NULL);

      if (!g_file_test (link, G_FILE_TEST_EXISTS))
        g_assert_cmpint (symlink (target, link), ==, 0);
    }
}

char *
damaged_data_new (const char *language)
{
  char *folder = test_folder_new ();
  g_autofree char *installed = acc_places_data (""), *languages = acc_places_data ("languages");
  g_autofree char *copies = g_build_filename (folder, "languages", NULL), *text = NULL;
  g_autofree char *file = g_strconcat (language, ".conf", NULL), *path = g_build_filename (copies, file, NULL);
  g_autoptr (GString) damaged = NULL;

  link_all (languages, copies);
  link_all (installed, folder);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  damaged = g_string_new (text);
  g_assert_cmpuint (g_string_replace (damaged, "\nmonths=", "\nmonths-are-lost=", 1), ==, 1);
  g_assert_cmpint (g_unlink (path), ==, 0); /* the link */
  g_assert_true (g_file_set_contents (path, damaged->str, -1, NULL));
  return folder;
}
