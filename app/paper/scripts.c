/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/scripts-private.h"

/* Letters that stand one after another from left to right, and that poppler reads back so. */
static const GUnicodeScript simple[] = {
  G_UNICODE_SCRIPT_COMMON,   G_UNICODE_SCRIPT_INHERITED, G_UNICODE_SCRIPT_LATIN,    G_UNICODE_SCRIPT_GREEK,
  G_UNICODE_SCRIPT_CYRILLIC, G_UNICODE_SCRIPT_ARMENIAN,  G_UNICODE_SCRIPT_GEORGIAN, G_UNICODE_SCRIPT_HAN,
  G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA,  G_UNICODE_SCRIPT_HANGUL,   G_UNICODE_SCRIPT_BOPOMOFO,
  G_UNICODE_SCRIPT_ETHIOPIC, G_UNICODE_SCRIPT_CHEROKEE,
};

static const GUnicodeScript right_to_left[] = {
  G_UNICODE_SCRIPT_ARABIC, G_UNICODE_SCRIPT_HEBREW,  G_UNICODE_SCRIPT_SYRIAC, G_UNICODE_SCRIPT_THAANA,
  G_UNICODE_SCRIPT_NKO,    G_UNICODE_SCRIPT_MANDAIC, G_UNICODE_SCRIPT_ADLAM,  G_UNICODE_SCRIPT_SAMARITAN,
};

static gboolean
is_one_of (gunichar c, const GUnicodeScript *scripts, guint n)
{
  GUnicodeScript script = g_unichar_get_script (c);

  for (guint i = 0; i < n; i++)
    if (scripts[i] == script)
      return TRUE;
  return FALSE;
}

gboolean
acc_text_is_complex (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_one_of (g_utf8_get_char (at), simple, G_N_ELEMENTS (simple)))
      return TRUE;
  return FALSE;
}

gboolean
acc_text_has_right_to_left (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (is_one_of (g_utf8_get_char (at), right_to_left, G_N_ELEMENTS (right_to_left)))
      return TRUE;
  return FALSE;
}
