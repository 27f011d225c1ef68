/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile-text.h"

const HostileText hostile_texts[] = {
  { "a megabyte of words", "", "word ", 200000 },
  { "a megabyte without a space", "", "x", 1000000 },
  { "wide letters without a space", "", "\u00C5\u00E5", 250000 },
  { "100,000 line feeds", "", "\n", 100000 },
  { "100,000 marks on one base", "a", "\u0300", 100000 },
  { "marks that must be sorted", "a", "\u0301\u0316", 50000 },
  { "every base with all the marks that it may have", "",
    "e\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030A\u030B\u030C\u0316\u0317\u0318\u0323\u0324\u0325"
    "\u0326\u0327\u0328\u032D\u032E\u0330\u0331\u0339\u033A\u033B\u033C\u0342", 20000 },
  { "unclosed overrides and isolates", "", "\u202E\u2066\u2067\u202Ba", 100000 },
  { "directions that change at each letter", "", "\u05D0a\u06271", 100000 },
  { "Arabic without a space", "", "\u0645\u0643\u062A\u0628", 100000 },
  { "Thai, which is broken by a dictionary", "", "\u0E01\u0E34\u0E19\u0E02\u0E49\u0E32\u0E27", 50000 },
  { "Han", "", "\u6C49\u5B57", 200000 },
  { "emoji in families", "", "\U0001F468\u200D\U0001F469\u200D\U0001F467", 60000 },
  { "people side by side", "", "\U0001F468\U0001F469\U0001F467", 60000 },
  { "an emoji that never ends", "\U0001F468", "\u200D\U0001F468", 100000 },
  { "characters without a glyph", "", "\U00012345\uA66E", 100000 },
  { "hidden characters", "", "\u200B\u2060\uFEFF\u00AD", 100000 },
  { "nearly a card number, for ever", "", "4111 1111 1111 1112 ", 50000 },
  { "digits", "", "4", 1000000 },
  { "markup", "", "<b>&amp;</span>", 70000 },
};
const guint n_hostile_texts = G_N_ELEMENTS (hostile_texts);

char *
hostile_text_make (const HostileText *text)
{
  GString *made = g_string_new (text->first);

  for (guint i = 0; i < text->times; i++)
    g_string_append (made, text->often);
  return g_string_free (made, FALSE);
}
