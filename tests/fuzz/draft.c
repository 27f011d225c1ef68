/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a crash left of a letter in the making: refused with a sentence, or answers that come back the same and hold no
 * number that must not be in a letter. */
#include "fuzz.h"
#include "letter/draft.h"
#include "letter/guard.h"

static void
check_form (AccForm *form)
{
  for (AccStep step = ACC_STEP_WELCOME; step < ACC_STEP_N; step++)
    g_ptr_array_unref (acc_form_list_missing (form, step));
  for (AccField field = ACC_FIELD_NONE; field < ACC_FIELD_N; field++)
    for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
      {
        const char *text = acc_form_get_text (form, field, i);
        g_autoptr (GArray) finds = acc_guard_find (text);

        g_assert_true (g_utf8_validate (text, -1, NULL));
        g_assert_cmpuint (finds->len, ==, 0);
        acc_draft_names (form, text);
      }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccForm) form = acc_draft_from_bytes (bytes, &error);
  g_autoptr (AccForm) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) rewritten = NULL;

  if (form == NULL)
    {
      fuzz_check_refusal (error);
      return 0;
    }
  check_form (form);
  written = acc_draft_to_bytes (form);
  again = acc_draft_from_bytes (written, &error);
  g_assert_no_error (error);
  rewritten = acc_draft_to_bytes (again);
  g_assert_true (g_bytes_equal (written, rewritten));
  return 0;
}
