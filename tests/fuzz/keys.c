/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type off paper, and the key file that anybody may have changed: a number, a short number, a recovery key,
 * branch.pub. What is taken has one spelling, and comes back from it the same. */
#include <string.h>

#include "fuzz.h"
#include "letter/number.h"
#include "support.h"
#include "vault/branch-key.h"
#include "vault/recovery.h"

static void
check_numbers (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = acc_number_parse (text, &error);
  g_autofree char *typed_short = acc_number_parse_short (text);

  if (number == NULL)
    fuzz_check_refusal (error);
  else
    {
      g_autofree char *shortened = acc_number_short (number);
      g_autofree char *shortened_again = acc_number_parse_short (shortened);

      g_assert_cmpstr (shortened_again, ==, shortened);
    }
  if (typed_short != NULL)
    {
      g_autofree char *again = acc_number_parse_short (typed_short);

      g_assert_cmpstr (again, ==, typed_short);
    }
}

static void
check_recovery (const char *text)
{
  guint8 key[ACC_RECOVERY_SIZE], again[ACC_RECOVERY_SIZE];
  g_autofree char *spelled = NULL;

  if (!acc_recovery_from_text (text, key))
    return;
  spelled = acc_recovery_to_text (key);
  g_assert_true (acc_recovery_from_text (spelled, again));
  g_assert_cmpmem (key, sizeof key, again, sizeof again);
}

static void
check_key_file (const guint8 *data, gsize size)
{
  static char *path;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (AccBranchKey) key = NULL;

  if (path == NULL)
    {
      g_autofree char *folder = test_folder_new ();

      path = g_build_filename (folder, "branch.pub", NULL);
    }
  fuzz_write (path, data, size);
  key = acc_branch_key_load (path, &error);
  if (key == NULL)
    {
      fuzz_check_refusal (error);
      return;
    }
  written = acc_branch_key_to_file (key);
  g_assert_cmpmem (g_bytes_get_data (written, NULL), g_bytes_get_size (written), data, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_numbers (text);
  check_recovery (text);
  check_key_file (data, size);
  return 0;
}
