/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade.conf: refused with a sentence, or a value for each key; and a branch of any name makes a file that is read. */
#include <string.h>

#include "base/config.h"
#include "base/text.h"
#include "fuzz.h"
#include "support.h"

static AccConfig *
load (const char *folder, gconstpointer text, gsize size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "accolade.conf", NULL);

  fuzz_write (path, text, size);
  return acc_config_load (folder, error);
}

static void
check_template (const char *folder, const char *branch)
{
  g_autofree char *cleaned = acc_text_clean (branch, -1, ACC_TEXT_LINE, NULL);
  g_autofree char *name = acc_text_trim (cleaned);
  g_autofree char *text = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (acc_text_is_blank (name))
    return;
  text = acc_config_template (name);
  config = load (folder, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (acc_config_get (config, ACC_CONFIG_BRANCH_NAME), ==, name);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static char *folder;
  g_autofree char *branch = g_strndup ((const char *) data, size);
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    folder = test_folder_new ();
  config = load (folder, data, size, &error);
  if (config == NULL)
    fuzz_check_refusal (error);
  for (guint key = 0; config != NULL && key < ACC_CONFIG_N_KEYS; key++)
    g_assert_true (g_utf8_validate (acc_config_get (config, key), -1, NULL));
  check_template (folder, branch);
  return 0;
}
