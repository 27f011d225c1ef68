/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text-characters-private.h"
#include "base/text.h"

#define NAMED_MAX 5 /* characters that a sentence names */

/* Letters with a stroke or of two letters, which have no decomposition: people type them plain. */
static const struct {
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x0142, "l" },  /* ł */
  { 0x00F8, "o" },  /* ø */
  { 0x0111, "d" },  /* đ */
  { 0x0127, "h" },  /* ħ */
  { 0x0167, "t" },  /* ŧ */
  { 0x0131, "i" },  /* ı */
  { 0x00E6, "ae" }, /* æ */
  { 0x0153, "oe" }, /* œ */
};

/* Whether @c is an accent, a vowel point or the like: taken off where people leave it out. In other scripts a
 * mark is a letter's part, and names differ by it. */
static gboolean
is_accent (gunichar c)
{
  if (c == 0x3099 || c == 0x309A)
    return FALSE; /* the voicing of kana */
  if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK && g_unichar_type (c) != G_UNICODE_ENCLOSING_MARK)
    return FALSE;
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_INHERITED:
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_ARABIC:
      return TRUE;
    default:
      return FALSE;
    }
}

/* @text without accents and hidden characters; long runs of other marks are cut, since sorting them takes the
 * square of their length. */
static GString *
strip_marks (const char *text, gsize length)
{
  GString *stripped = g_string_sized_new (length);
  guint n_marks = 0;
  gsize size;

  for (gsize at = 0; at < length; at += size)
    {
      gunichar c = acc_text_next (text + at, length - at, &size);

      if (c == ACC_TEXT_INVALID || is_accent (c) || (acc_text_is_hidden (c) && !g_unichar_isspace (c)))
        continue;
      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      if (n_marks <= ACC_STORY_MARKS)
        g_string_append_unichar (stripped, c);
    }
  return stripped;
}

static void
append_plain (GString *folded, gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == c)
      {
        g_string_append (folded, plain_letters[i].plain);
        return;
      }
  g_string_append_unichar (folded, c);
}

/* @text with plain letters, every run of white space one space, none at the ends. */
static char *
squeeze (const char *text)
{
  GString *folded = g_string_sized_new (strlen (text));
  gboolean gap = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        {
          gap = folded->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (folded, ' ');
      gap = FALSE;
      append_plain (folded, c);
    }
  return g_string_free (folded, FALSE);
}

char *
acc_text_fold (const char *text)
{
  g_autofree char *decomposed = NULL, *lower = NULL;
  GString *bounded, *stripped;

  g_return_val_if_fail (text != NULL, NULL);

  bounded = strip_marks (text, strlen (text));
  decomposed = g_utf8_normalize (bounded->str, (gssize) bounded->len, G_NORMALIZE_NFKD);
  stripped = strip_marks (decomposed, strlen (decomposed));
  lower = g_utf8_casefold (stripped->str, (gssize) stripped->len);
  g_string_free (bounded, TRUE);
  g_string_free (stripped, TRUE);
  return squeeze (lower);
}

/* The scripts of the CJK languages are written together: one for all of them. */
static GUnicodeScript
script_family (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  switch (script)
    {
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_HANGUL:
      return G_UNICODE_SCRIPT_HAN;
    default:
      return script;
    }
}

gboolean
acc_text_has_mixed_scripts (const char *text)
{
  GUnicodeScript word = G_UNICODE_SCRIPT_COMMON;
  gsize left, size;

  g_return_val_if_fail (text != NULL, FALSE);

  for (left = strlen (text); left > 0; text += size, left -= size)
    {
      gunichar c = acc_text_next (text, left, &size);
      GUnicodeScript script;

      if (c == ACC_TEXT_INVALID || acc_text_is_joiner (c) || g_unichar_ismark (c) || g_unichar_isdigit (c))
        continue;
      if (!g_unichar_isalpha (c))
        {
          word = G_UNICODE_SCRIPT_COMMON;
          continue;
        }
      script = script_family (c);
      if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED)
        continue;
      if (word != G_UNICODE_SCRIPT_COMMON && word != script)
        return TRUE;
      word = script;
    }
  return FALSE;
}

static void
append_named (GString *names, gunichar c)
{
  if (names->len > 0)
    g_string_append (names, ", ");
  if (acc_text_is_hidden (c) || g_unichar_isspace (c))
    {
      g_string_append_printf (names, "U+%04X", c);
      return;
    }
  g_string_append (names, "“");
  if (g_unichar_ismark (c))
    g_string_append (names, "◌");
  g_string_append_unichar (names, c);
  g_string_append_printf (names, "” (U+%04X)", c);
}

char *
acc_text_name_characters (const gunichar *characters, gsize n)
{
  GString *names = g_string_new (NULL);
  gunichar named[NAMED_MAX];
  guint n_named = 0;

  g_return_val_if_fail (characters != NULL || n == 0, g_string_free (names, FALSE));

  for (gsize i = 0; i < n; i++)
    {
      gboolean again = FALSE;

      for (guint j = 0; j < n_named; j++)
        again |= named[j] == characters[i];
      if (again)
        continue;
      if (n_named == NAMED_MAX)
        {
          g_string_append (names, ", …");
          break;
        }
      named[n_named++] = characters[i];
      append_named (names, characters[i]);
    }
  return g_string_free (names, FALSE);
}
