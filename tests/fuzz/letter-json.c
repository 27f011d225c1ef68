/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter's JSON, from a script or out of a seal: refused with a sentence, or a letter that comes back the same. */
#include "fuzz.h"
#include "letter/letter-json.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = acc_letter_from_json (json, &error);
  g_autoptr (AccLetter) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) rewritten = NULL;

  if (letter == NULL)
    {
      fuzz_check_refusal (error);
      return 0;
    }
  written = acc_letter_to_json (letter);
  again = acc_letter_from_json (written, &error);
  g_assert_no_error (error);
  rewritten = acc_letter_to_json (again);
  g_assert_true (g_bytes_equal (written, rewritten));
  return 0;
}
