/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is typed or pasted: what is kept is text within its limits, and cleaning it again changes nothing. */
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "letter/guard.h"

static const struct {
  AccTextKind kind;
  glong characters;
  guint lines, marks;
} limits[] = {
  { ACC_TEXT_LINE, ACC_NAME_MAX, 1, ACC_NAME_MARKS },              /* names */
  { ACC_TEXT_STORY, ACC_STORY_MAX, ACC_STORY_LINES, ACC_STORY_MARKS }, /* stories */
};

static void
check_limits (const char *text, guint kind)
{
  guint lines = 1, marks = 0;

  g_assert_cmpint (g_utf8_strlen (text, -1), <=, limits[kind].characters);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      lines += c == '\n';
      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      g_assert_cmpuint (marks, <=, limits[kind].marks);
      g_assert_true (c == '\n' || !g_unichar_iscntrl (c));
    }
  g_assert_cmpuint (lines, <=, limits[kind].lines);
}

static void
check_clean (const char *text, gsize size, guint kind)
{
  AccTextChange change, again;
  g_autofree char *kept = acc_text_clean (text, (gssize) size, limits[kind].kind, &change);
  g_autofree char *twice = acc_text_clean (kept, -1, limits[kind].kind, &again);
  g_autofree char *normal = g_utf8_normalize (kept, -1, G_NORMALIZE_NFC);
  g_autoptr (GArray) dropped = acc_text_list_dropped (text, (gssize) size, limits[kind].kind);
  g_autofree char *named = acc_text_name_characters ((const gunichar *) (void *) dropped->data, dropped->len);

  g_assert_true (g_utf8_validate (kept, -1, NULL));
  g_assert_cmpstr (kept, ==, normal);
  check_limits (kept, kind);
  g_assert_cmpstr (twice, ==, kept);
  g_assert_cmpint (again, ==, ACC_TEXT_UNCHANGED);
  g_assert_true (dropped->len == 0 || (change & ACC_TEXT_DROPPED) != 0);
  g_assert_true (g_utf8_validate (named, -1, NULL));
}

static void
check_line (const char *text)
{
  g_autofree char *line = acc_text_to_line (text);

  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_null (strpbrk (line, "\n\r\t\x1b"));
}

/* What the others do with a text that has been cleaned. */
static void
check_kept (const char *text)
{
  g_autofree char *kept = acc_text_clean (text, -1, ACC_TEXT_STORY, NULL);
  g_autofree char *trimmed = acc_text_trim (kept);
  g_autofree char *folded = acc_text_fold (kept);
  g_autoptr (GArray) finds = acc_guard_find (kept);
  gsize end = 0;

  acc_text_has_mixed_scripts (kept);
  g_assert_true (g_utf8_validate (trimmed, -1, NULL) && g_utf8_validate (folded, -1, NULL));
  g_assert_true (trimmed[0] != '\0' || acc_text_is_blank (kept));
  for (guint i = 0; i < finds->len; i++)
    {
      const AccGuardFind *find = &g_array_index (finds, AccGuardFind, i);

      g_assert_cmpuint (find->start, >=, end);
      g_assert_cmpuint (find->end, >, find->start);
      g_assert_true (g_utf8_validate (kept + find->start, (gssize) (find->end - find->start), NULL));
      end = find->end;
    }
  g_assert_cmpuint (end, <=, strlen (kept));
}

static void
check_masked (const char *text)
{
  g_autofree char *kept = acc_text_clean (text, -1, ACC_TEXT_STORY, NULL);
  g_autofree char *masked = acc_guard_mask (kept);
  g_autoptr (GArray) finds = acc_guard_find (masked);

  g_assert_cmpuint (finds->len, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size); /* to the first NUL */

  for (guint kind = 0; kind < G_N_ELEMENTS (limits); kind++)
    check_clean (size > 0 ? (const char *) data : "", size, kind);
  check_line (text);
  check_kept (text);
  check_masked (text);
  return 0;
}
