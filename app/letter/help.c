/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/help.h"

#include <string.h>

#include "base/language.h"
#include "base/text.h"

#define ENOUGH 3 /* words */
#define COMPLAINT_GROUP "complaint"

/* ---- what is told ---- */

/* Scripts without spaces between their words; about so many of their letters make one. */
static const struct {
  GUnicodeScript script;
  double letters;
} unspaced[] = {
  { G_UNICODE_SCRIPT_HAN, 1.5 },  { G_UNICODE_SCRIPT_HIRAGANA, 2 }, { G_UNICODE_SCRIPT_KATAKANA, 3 },
  { G_UNICODE_SCRIPT_THAI, 3 },   { G_UNICODE_SCRIPT_LAO, 3 },      { G_UNICODE_SCRIPT_KHMER, 3 },
  { G_UNICODE_SCRIPT_MYANMAR, 3 }, { G_UNICODE_SCRIPT_TIBETAN, 3 },
};

/* What one letter of an unspaced script is of a word; 0: its words stand apart. */
static double
find_share (gunichar letter)
{
  GUnicodeScript script = g_unichar_get_script (letter);

  for (guint i = 0; i < G_N_ELEMENTS (unspaced); i++)
    if (unspaced[i].script == script)
      return 1 / unspaced[i].letters;
  return 0;
}

gboolean
acc_help_is_told (const char *text)
{
  double words = 0;
  gboolean in_word = FALSE;

  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *at = text; *at != '\0' && words < ENOUGH; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      double share = g_unichar_isalpha (c) ? find_share (c) : 0;

      if (share > 0)
        words += share;
      else if (g_unichar_isalnum (c) && !in_word)
        words += 1;
      in_word = share == 0
                && (g_unichar_isalnum (c) || (in_word && (g_unichar_ismark (c) || c == '\'' || c == 0x2019)));
    }
  return words >= ENOUGH - 0.01; /* thirds do not add up */
}

/* ---- what may be a complaint ---- */

/* @text as words with one space around each, so that a phrase is found whole; folded. */
static char *
dup_words (const char *text)
{
  g_autofree char *folded = acc_text_fold (text);
  GString *words = g_string_new (" ");

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (words, c);
      else if (words->str[words->len - 1] != ' ' && c != '\'' && c != 0x2019)
        g_string_append_c (words, ' ');
    }
  if (words->str[words->len - 1] != ' ')
    g_string_append_c (words, ' ');
  return g_string_free (words, FALSE);
}

/* @phrase as it stands in what dup_words gives; one that ends in '*' begins a word. */
static char *
dup_pattern (const char *phrase)
{
  g_autofree char *words = dup_words (phrase);

  if (g_str_has_suffix (phrase, "*"))
    words[strlen (words) - 1] = '\0';
  return g_steal_pointer (&words);
}

static GStrv
list_patterns (const char *language, const char *key)
{
  GStrv phrases = acc_language_list_words (language, COMPLAINT_GROUP, key);

  for (guint i = 0; phrases != NULL && phrases[i] != NULL; i++)
    {
      char *phrase = phrases[i];

      phrases[i] = dup_pattern (phrase);
      g_free (phrase);
    }
  return phrases;
}

static gboolean
has_one_of (const char *words, char *const *patterns)
{
  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    if (patterns[i][1] != '\0' && strstr (words, patterns[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* What a language says of complaints. */
typedef struct {
  GStrv words, innocent, others;
} Patterns;

/* Whether one of the words is left in @sentence once the innocent ones are taken out, and the bank is meant. */
static gboolean
has_complaint (const char *sentence, const Patterns *patterns)
{
  g_autofree char *words = dup_words (sentence);
  g_autoptr (GString) left = g_string_new (words);

  for (guint i = 0; patterns->innocent != NULL && patterns->innocent[i] != NULL; i++)
    if (patterns->innocent[i][1] != '\0')
      g_string_replace (left, patterns->innocent[i], " | ", 0);
  return has_one_of (left->str, patterns->words) && !has_one_of (words, patterns->others);
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == '\n' || c == 0x061F || c == 0x06D4 || c == 0x0964 || c == 0x3002
         || c == 0xFF01 || c == 0xFF1F || c == 0x2026;
}

/* The byte after the sentence at @at: after its last stop, and the spaces behind that. */
static const char *
find_sentence_end (const char *at)
{
  while (*at != '\0' && !ends_sentence (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  while (*at != '\0' && ends_sentence (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  while (*at == ' ')
    at++;
  return at;
}

gboolean
acc_help_find_complaint (const char *text, const char *language, gsize *start, gsize *end)
{
  g_return_val_if_fail (text != NULL && language != NULL, FALSE);

  g_auto (GStrv) words = list_patterns (language, "words");
  g_auto (GStrv) innocent = list_patterns (language, "innocent");
  g_auto (GStrv) others = list_patterns (language, "others");
  const Patterns patterns = { words, innocent, others };

  for (const char *at = text, *next; words != NULL && *at != '\0'; at = next)
    {
      g_autofree char *sentence = NULL;

      next = find_sentence_end (at);
      sentence = g_strndup (at, (gsize) (next - at));
      if (has_complaint (sentence, &patterns))
        {
          *start = (gsize) (at - text);
          *end = (gsize) (next - text);
          return TRUE;
        }
    }
  return FALSE;
}

AccField
acc_help_find_in_story (AccForm *form, gsize *start, gsize *end)
{
  static const AccField story[] = { ACC_FIELD_STORY_NEED, ACC_FIELD_STORY_ACT, ACC_FIELD_STORY_DIFFERENCE };
  const char *language;

  g_return_val_if_fail (ACC_IS_FORM (form), ACC_FIELD_NONE);

  language = acc_form_get_fields (form)->language;
  for (guint i = 0; i < G_N_ELEMENTS (story); i++)
    if (acc_help_find_complaint (acc_form_get_text (form, story[i], 0), language, start, end))
      return story[i];
  return ACC_FIELD_NONE;
}

AccForm *
acc_help_keep_apart (AccForm *form)
{
  gsize start, end;
  AccField field;

  g_return_val_if_fail (ACC_IS_FORM (form), NULL);

  field = acc_help_find_in_story (form, &start, &end);
  if (field == ACC_FIELD_NONE)
    return g_object_ref (form);

  const char *text = acc_form_get_text (form, field, 0), *apart = acc_form_get_text (form, ACC_FIELD_APART, 0);
  g_autofree char *cut = g_strndup (text + start, end - start);
  g_autofree char *sentence = acc_text_trim (cut);
  g_autofree char *before = g_strndup (text, start);
  g_autofree char *rest = g_strconcat (before, text + end, NULL);
  g_autofree char *kept = g_strconcat (apart, *apart != '\0' ? "\n" : "", sentence, NULL);
  g_autoptr (AccForm) without = acc_form_with_text (form, field, 0, rest);

  return acc_form_with_text (without, ACC_FIELD_APART, 0, kept);
}
