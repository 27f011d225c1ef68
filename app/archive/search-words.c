/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/search-words.h"

#include <string.h>

#include "base/text.h"

#define WORD_BYTES 256 /* of a word that count: the longest of any language has fewer */

struct _AccSearchQuestion {
  gatomicrefcount references;
  GPtrArray *words; /* of char *: folded; neighbours that are written without spaces as one, with spaces */
  char *match;
};

typedef struct {
  gsize start, end; /* bytes */
  gboolean alone;   /* a word of a single character: its script has no spaces */
} Word;

static gboolean
is_word_character (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
stands_alone (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
      return TRUE;
    default:
      return FALSE;
    }
}

static gsize
skip_between (const char *text, gsize at)
{
  while (text[at] != '\0')
    {
      gunichar c = g_utf8_get_char (text + at);

      if ((guchar) c == c && g_ascii_isalnum ((char) c))
        break;
      if (is_word_character (c) && !g_unichar_ismark (c))
        break;
      at = (gsize) (g_utf8_next_char (text + at) - text);
    }
  return at;
}

/* The first word of @text from byte @at on. */
static gboolean
find_word (const char *text, gsize at, Word *word)
{
  gsize end;

  word->start = end = skip_between (text, at);
  if (text[end] == '\0')
    return FALSE;
  word->alone = (guchar) text[end] >= 0x80 && stands_alone (g_utf8_get_char (text + end));
  do
    {
      gunichar c;

      end = (gsize) (g_utf8_next_char (text + end) - text);
      c = g_utf8_get_char (text + end);
      if (c == 0 || !is_word_character (c) || (word->alone ? !g_unichar_ismark (c) : c >= 0x80 && stands_alone (c)))
        break;
    }
  while (TRUE);
  word->end = end;
  return TRUE;
}

/* Most words are plain: those need neither tables nor a copy. */
static void
append_folded (GString *words, const char *text, const Word *word)
{
  gsize size = MIN (word->end - word->start, WORD_BYTES), i;
  g_autofree char *copy = NULL, *folded = NULL;

  for (i = 0; i < size && (guchar) text[word->start + i] < 0x80; i++)
    ;
  if (i == size)
    {
      for (i = 0; i < size; i++)
        g_string_append_c (words, g_ascii_tolower (text[word->start + i]));
      return;
    }
  while (size > 0 && size < word->end - word->start && ((guchar) text[word->start + size] & 0xc0) == 0x80)
    size--;
  copy = g_strndup (text + word->start, size);
  folded = acc_text_fold (copy);
  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c)) /* "㏒" folds to a word, "⑴" to marks as well */
    if (is_word_character (g_utf8_get_char (c)))
      g_string_append_len (words, c, g_utf8_next_char (c) - c);
}

void
acc_search_words_append (GString *words, const char *text)
{
  Word word;

  g_return_if_fail (words != NULL && text != NULL);

  for (gsize at = 0; find_word (text, at, &word); at = word.end)
    {
      if (words->len > 0 && words->str[words->len - 1] != ' ')
        g_string_append_c (words, ' ');
      append_folded (words, text, &word);
    }
}

/* ---- the question ---- */

/* A space in it makes FTS5 look for neighbours. Words have no quotes in them. */
static void
append_match (GString *match, const char *word)
{
  gboolean alone = stands_alone (g_utf8_get_char (word));

  g_string_append_printf (match, "%s\"%s\"%s", match->len > 0 ? " AND " : "", word, alone ? "" : "*");
}

/* What is written without spaces is one word of the question, however many of the index it is. */
static void
read_words (AccSearchQuestion *self, const char *text)
{
  g_autoptr (GString) word = g_string_new (NULL);
  Word one, before = { 0 };

  for (gsize at = 0; find_word (text, at, &one); at = one.end)
    {
      gboolean goes_on = one.alone && before.alone && before.end == one.start;

      if (!goes_on && word->len > 0)
        g_ptr_array_add (self->words, g_strdup (word->str));
      if (goes_on)
        g_string_append_c (word, ' ');
      else
        g_string_truncate (word, 0);
      append_folded (word, text, &one);
      before = one;
    }
  if (word->len > 0)
    g_ptr_array_add (self->words, g_strdup (word->str));
}

AccSearchQuestion *
acc_search_question_new (const char *typed)
{
  g_autofree char *clean = NULL;
  g_autoptr (GString) match = NULL;
  AccSearchQuestion *self;

  g_return_val_if_fail (typed != NULL, NULL);
  G_STATIC_ASSERT (ACC_SEARCH_TEXT_MAX == ACC_NAME_MAX);

  clean = acc_text_clean (typed, -1, ACC_TEXT_LINE, NULL);
  self = g_new0 (AccSearchQuestion, 1);
  g_atomic_ref_count_init (&self->references);
  self->words = g_ptr_array_new_with_free_func (g_free);
  read_words (self, clean);
  match = g_string_new (NULL);
  for (guint i = 0; i < self->words->len; i++)
    append_match (match, g_ptr_array_index (self->words, i));
  self->match = g_string_free (g_steal_pointer (&match), FALSE);
  if (self->words->len == 0)
    g_clear_pointer (&self, acc_search_question_unref);
  return self;
}

AccSearchQuestion *
acc_search_question_ref (AccSearchQuestion *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
acc_search_question_unref (AccSearchQuestion *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->words);
  g_free (self->match);
  g_free (self);
}

const char *
acc_search_question_get_match (AccSearchQuestion *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->match;
}

/* How far @asked, which is written without spaces, goes on from @word: its end, or 0 where the text goes otherwise. */
static gsize
follow (const char *text, Word word, const char *asked)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  gsize size = strlen (asked);

  for (;;)
    {
      gsize end = word.end;

      append_folded (folded, text, &word);
      if (folded->len >= size || strncmp (folded->str, asked, folded->len) != 0)
        return folded->len >= size && strncmp (folded->str, asked, size) == 0 ? end : 0;
      if (!find_word (text, end, &word) || word.start != end || !word.alone)
        return 0;
      g_string_append_c (folded, ' ');
    }
}

/* The end of the place that begins with @word; 0 if no word of the question fits there. */
static gsize
fit (AccSearchQuestion *self, const char *text, const Word *word)
{
  g_autoptr (GString) folded = NULL;

  for (guint i = 0; i < self->words->len; i++)
    {
      const char *asked = g_ptr_array_index (self->words, i);
      gsize end = 0;

      if ((guchar) asked[0] < 0x80 && (guchar) text[word->start] < 0x80
          && asked[0] != g_ascii_tolower (text[word->start]))
        continue;
      if (word->alone)
        end = follow (text, *word, asked);
      else
        {
          if (folded == NULL)
            {
              folded = g_string_new (NULL);
              append_folded (folded, text, word);
            }
          end = g_str_has_prefix (folded->str, asked) ? word->end : 0;
        }
      if (end > 0)
        return end;
    }
  return 0;
}

gboolean
acc_search_question_find (AccSearchQuestion *self, const char *text, gsize *start, gsize *end)
{
  Word word;

  g_return_val_if_fail (self != NULL && text != NULL && start != NULL && end != NULL, FALSE);

  for (gsize at = *end; find_word (text, at, &word); at = word.end)
    {
      gsize fits_to = fit (self, text, &word);

      if (fits_to > 0)
        {
          *start = word.start;
          *end = fits_to;
          return TRUE;
        }
    }
  return FALSE;
}
