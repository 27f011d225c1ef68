/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/line-breaks-private.h"

#include "base/language.h"

#define LAST_WORD_MAX 4 /* letters, or half as many wide ones, that are too few for a line of their own */

/* A place between two characters of a text. */
typedef struct {
  const char *text, *language;
  const char *at; /* what follows it */
  gunichar before, after;
} Place;

static gunichar
look_back (const Place *place, const char **at)
{
  if (*at == place->text)
    return 0;
  *at = g_utf8_prev_char (*at);
  return g_utf8_get_char (*at);
}

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static gboolean
is_hangul (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HANGUL;
}

/* Between such and Hangul a line may end. */
static gboolean
parts_hangul (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return TRUE;
    default:
      return g_unichar_isspace (c) || is_dash (c) || c == '/';
    }
}

/* UAX 14 has Korean broken anywhere or at its spaces; letters have it at the spaces (CSS: word-break: keep-all). */
static gboolean
is_within_korean_word (const Place *place)
{
  return (is_hangul (place->before) && !parts_hangul (place->after))
         || (is_hangul (place->after) && !parts_hangul (place->before));
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/* A preposition or conjunction of one letter goes with the word that it belongs to; what ends in an apostrophe and a letter
 * is a longer word. */
static gboolean
is_after_single_letter (const Place *place)
{
  const char *at = place->at;
  gunichar letter, previous;

  if (place->before != ' ')
    return FALSE;
  look_back (place, &at);
  letter = look_back (place, &at);
  previous = look_back (place, &at);
  return g_unichar_isalpha (letter) && !g_unichar_isalnum (previous) && !is_apostrophe (previous)
         && acc_language_is_among (place->language, "pl;cs;sk;uk;ru;be");
}

/* A dash goes with the words before it, but with what follows where it opens words in dashes. French sets its dashes
 * with spaces in pairs, and the first of two may begin a line. */
static gboolean
is_beside_dash (const Place *place)
{
  const char *at = place->at;
  gunichar next = place->after != 0 ? g_utf8_get_char (g_utf8_next_char (at)) : 0;

  if (is_dash (place->before) && is_dash (place->after))
    return FALSE;
  if (is_dash (place->after))
    return place->before != ' ' || ((next == 0 || next == ' ') && !acc_language_is_among (place->language, "fr"));
  if (!is_dash (place->before) || place->after == ' ')
    return FALSE;
  look_back (place, &at);

  gunichar previous = look_back (place, &at);
  return previous == 0 || previous == ' ';
}

/* A sentence that is still being typed ends in no mark: its words stay where they are. */
static gboolean
is_before_short_end (const Place *place)
{
  gboolean ended = FALSE;
  guint width = 0;

  if (place->before != ' ')
    return FALSE;
  for (const char *at = place->at; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        return FALSE;
      if (g_unichar_isalnum (c))
        width += g_unichar_iswide (c) ? 2 : 1;
      ended = ended || g_utf8_strchr (".!?…؟।", -1, c) != NULL;
    }
  return ended && width > 0 && width <= LAST_WORD_MAX;
}

static gboolean
is_kept (const Place *place)
{
  return is_within_korean_word (place) || is_after_single_letter (place) || is_beside_dash (place)
         || is_before_short_end (place);
}

/* Pango asks it of the places within a stretch, not of its ends. */
static void
keep (PangoAttrList **attributes, const char *text, const char *start, const char *end)
{
  PangoAttribute *kept = pango_attr_allow_breaks_new (FALSE);

  kept->start_index = start - text;
  kept->end_index = end - text;
  if (*attributes == NULL)
    *attributes = pango_attr_list_new ();
  pango_attr_list_insert (*attributes, kept);
}

PangoAttrList *
acc_line_breaks_keep (PangoAttrList *attributes, const char *text, const char *language, guint longest)
{
  Place place = { .text = text, .language = language, .at = text, .after = g_utf8_get_char (text) };
  const char *start = text; /* of the characters that are kept together */
  guint n = 1;

  while (place.after != 0)
    {
      place.at = g_utf8_next_char (place.at);
      place.before = place.after;
      place.after = g_utf8_get_char (place.at);
      if (place.after != 0 && is_kept (&place))
        {
          n++;
          continue;
        }
      if (n > 1 && n <= longest)
        keep (&attributes, text, start, place.at);
      start = place.at;
      n = 1;
    }
  return attributes;
}
