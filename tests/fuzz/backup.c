/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A backup that may be anybody's: a manifest alone, where the input starts with a bracket, or a whole file. What is
 * restored was whole; where it was not, nothing is left behind. */
#include <glib/gstdio.h>

#include "backup/restore.h"
#include "fuzz.h"
#include "support.h"

static char *folder, *path, *store_dir;

static void
set_up (void)
{
  folder = test_folder_new ();
  path = g_build_filename (folder, "a.backup", NULL);
  store_dir = g_build_filename (folder, "store", NULL);
}

static void
check_manifest (GBytes *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccManifest) manifest = acc_manifest_parse (text, path, &error);
  g_autoptr (AccManifest) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) rewritten = NULL;

  if (manifest == NULL)
    {
      fuzz_check_refusal (error);
      return;
    }
  written = acc_manifest_to_bytes (manifest);
  again = acc_manifest_parse (written, path, &error);
  g_assert_no_error (error);
  rewritten = acc_manifest_to_bytes (again);
  g_assert_true (g_bytes_equal (written, rewritten));
}

/* No store is in it: that would be larger than any input here. */
static void
check_restore (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccManifest) manifest = NULL;
  g_autofree char *newer = NULL;
  g_autoptr (GDir) left = NULL;

  fuzz_write (path, data, size);
  manifest = acc_restore (path, store_dir, &newer, &error);
  g_assert_null (manifest);
  fuzz_check_refusal (error);
  g_unlink (path);
  left = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (left));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  if (folder == NULL)
    set_up ();
  if (size > 0 && data[0] == '[')
    check_manifest (bytes);
  else
    check_restore (data, size);
  return 0;
}
