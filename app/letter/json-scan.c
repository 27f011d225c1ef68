/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/json-scan.h"

#include <string.h>

#include "base/error.h"

typedef struct {
  const char *at, *end;
  guint line;
  guint depth;
} Scan;

static gboolean
refuse (const Scan *scan, GError **error, const char *what)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "line %u of the letter: %s", scan->line, what);
  return FALSE;
}

/* The code unit of the escape \uXXXX at @at, or -1. */
static int
code_unit (const Scan *scan, const char *at)
{
  int value = 0;

  if (scan->end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (at[i]);
    }
  return value;
}

static gboolean
scan_escape (Scan *scan, GError **error)
{
  int unit, second;

  if (scan->end - scan->at < 2 || strchr ("\"\\/bfnrtu", scan->at[1]) == NULL || scan->at[1] == '\0')
    return refuse (scan, error, "an escape in a string that JSON does not know");
  if (scan->at[1] != 'u')
    {
      scan->at += 2;
      return TRUE;
    }
  unit = code_unit (scan, scan->at);
  if (unit < 0)
    return refuse (scan, error, "\\u is followed by four hexadecimal digits");
  if (unit == 0)
    return refuse (scan, error, "a string holds U+0000: take it out");
  scan->at += 6;
  if (unit < 0xD800 || unit > 0xDFFF)
    return TRUE;
  second = unit < 0xDC00 ? code_unit (scan, scan->at) : -1;
  if (second < 0xDC00 || second > 0xDFFF)
    return refuse (scan, error, "a string holds half of a surrogate pair: take it out");
  scan->at += 6;
  return TRUE;
}

/* From after the opening quote to after the closing one. */
static gboolean
scan_string (Scan *scan, GError **error)
{
  while (scan->at < scan->end && *scan->at != '"')
    {
      if ((guchar) *scan->at < ' ')
        return refuse (scan, error, "a string holds a control character: write it as an escape, or take it out");
      if (*scan->at != '\\')
        scan->at++;
      else if (!scan_escape (scan, error))
        return FALSE;
    }
  if (scan->at == scan->end)
    return refuse (scan, error, "a string does not end");
  scan->at++;
  return TRUE;
}

static gboolean
scan_token (Scan *scan, GError **error)
{
  char c = *scan->at++;

  switch (c)
    {
    case '"':
      return scan_string (scan, error);
    case '{':
    case '[':
      return ++scan->depth <= ACC_JSON_DEPTH_MAX || refuse (scan, error, "a letter is not nested as deep as this");
    case '}':
    case ']':
      return scan->depth-- > 0 || refuse (scan, error, "a bracket closes that was never opened");
    case '\n':
      scan->line++;
      return TRUE;
    default:
      /* The letters are those of true, false, null and of exponents. */
      return strchr (" \t\r,:+-.0123456789Etruefalsn", c) != NULL
             || refuse (scan, error, "this is not JSON");
    }
}

/* The parser would read the first value and pass over what follows: words would be left out without a word. */
static gboolean
scan_end (Scan *scan, GError **error)
{
  for (; scan->at < scan->end && strchr (" \t\r\n", *scan->at) != NULL; scan->at++)
    scan->line += *scan->at == '\n';
  if (scan->at < scan->end)
    return refuse (scan, error, *scan->at == '}' || *scan->at == ']' ? "a bracket closes that was never opened"
                                                                     : "the letter has ended, yet more follows");
  return TRUE;
}

gboolean
acc_json_scan (const char *text, gsize length, GError **error)
{
  Scan scan = { text, text + length, 1, 0 };
  const char *invalid;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate_len (text, length, &invalid))
    {
      for (; scan.at < invalid; scan.at++)
        scan.line += *scan.at == '\n';
      return refuse (&scan, error, "this is not UTF-8");
    }
  while (scan.at < scan.end)
    {
      gboolean inside = scan.depth > 0;

      /* Before a bracket, a value of its own would be read first, and forgotten without being freed. */
      if (!inside && strchr (" \t\r\n{[", *scan.at) == NULL)
        return refuse (&scan, error, "this is not JSON, or no letter: it must be a JSON object, written { }");
      if (!scan_token (&scan, error))
        return FALSE;
      if (inside && scan.depth == 0)
        return scan_end (&scan, error);
    }
  return TRUE;
}
