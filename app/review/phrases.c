/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/phrases.h"

#include <string.h>

#include "base/language.h"
#include "base/text.h"

#define ANY "_"       /* in a phrase */
#define ANY_MAX 2     /* words that it may stand for */
#define OTHERS_REACH 6 /* words that may lie between */
#define TATWEEL 0x0640 /* stretches an Arabic word and says nothing */

/* A phrase is its words, a GStrv; the last byte of one may be '*'. */
struct _AccPhrases {
  GPtrArray *words, *innocent, *others, *direct, *names; /* of phrases; names may be NULL */
};

/* ---- a text as words ---- */

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02BC;
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == ';' || c == '\n' || c == 0x061B || c == 0x061F || c == 0x06D4
         || c == 0x0964 || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

/* A hyphen is within a word that has two parts. */
static gboolean
ends_clause (gunichar c)
{
  return ends_sentence (c) || (g_unichar_ispunct (c) && c != '-' && c != 0x2010 && c != 0x2011);
}

static gboolean
parts_no_words (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether @c goes on with a word that has begun. */
static gboolean
continues_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || is_apostrophe (c) || c == 0x200C || c == 0x200D || c == 0x00AD;
}

static char *
fold_word (const char *start, const char *end)
{
  g_autofree char *word = g_strndup (start, (gsize) (end - start));
  g_autofree char *folded = g_str_is_ascii (word) ? g_ascii_strdown (word, -1) : acc_text_fold (word);
  GString *plain = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_apostrophe (c) && c != TATWEEL)
        g_string_append_unichar (plain, c);
    }
  return g_string_free (plain, FALSE);
}

static const char *
find_word_end (const char *at)
{
  gboolean alone = parts_no_words (g_utf8_get_char (at));

  do
    at = g_utf8_next_char (at);
  while (*at != '\0' && (alone ? g_unichar_ismark (g_utf8_get_char (at))
                               : continues_word (g_utf8_get_char (at)) && !parts_no_words (g_utf8_get_char (at))));
  return at;
}

static void
word_clear (gpointer data)
{
  g_free (((AccPhraseWord *) data)->folded);
}

GArray *
acc_phrases_cut (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (AccPhraseWord));
  guint sentence = 0, clause = 0;

  g_return_val_if_fail (text != NULL, words);

  g_array_set_clear_func (words, word_clear);
  for (const char *at = text, *end; *at != '\0'; at = end)
    {
      gunichar c = g_utf8_get_char (at);

      end = g_utf8_next_char (at);
      if (g_unichar_isalnum (c))
        {
          AccPhraseWord word = { .start = (gsize) (at - text), .sentence = sentence, .clause = clause };

          end = find_word_end (at);
          word.end = (gsize) (end - text);
          word.folded = fold_word (at, end);
          g_array_append_val (words, word);
        }
      else if (words->len > 0 && ends_clause (c))
        {
          const AccPhraseWord *last = &g_array_index (words, AccPhraseWord, words->len - 1);

          clause = last->clause + 1;
          if (ends_sentence (c))
            sentence = last->sentence + 1;
        }
    }
  return words;
}

gboolean
acc_phrases_parts_no_words (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);

  return parts_no_words (g_utf8_get_char (word));
}

/* ---- phrases ---- */

/* @phrase as the words that acc_phrases_cut gives, with its stars. */
static GStrv
cut_phrase (const char *phrase)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (phrase, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GArray) words = acc_phrases_cut (parts[i]);
      gboolean begins = g_str_has_suffix (parts[i], "*");

      if (strcmp (parts[i], ANY) == 0)
        g_strv_builder_add (builder, ANY);
      for (guint k = 0; k < words->len; k++)
        {
          g_autofree char *word
            = g_strconcat (g_array_index (words, AccPhraseWord, k).folded, begins && k + 1 == words->len ? "*" : "", NULL);

          g_strv_builder_add (builder, word);
        }
    }
  return g_strv_builder_end (builder);
}

/* One without a word would stand everywhere. */
static void
add_phrase (GPtrArray *phrases, const char *phrase)
{
  GStrv words = cut_phrase (phrase);

  if (words[0] != NULL)
    g_ptr_array_add (phrases, words);
  else
    g_strfreev (words);
}

static GPtrArray *
cut_phrases (const char *const *phrases)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; phrases != NULL && phrases[i] != NULL; i++)
    add_phrase (list, phrases[i]);
  return list;
}

AccPhrases *
acc_phrases_new (const char *const *words, const char *const *innocent, const char *const *others,
                 const char *const *direct)
{
  AccPhrases *phrases = g_new0 (AccPhrases, 1);

  phrases->words = cut_phrases (words);
  phrases->innocent = cut_phrases (innocent);
  phrases->others = cut_phrases (others);
  phrases->direct = cut_phrases (direct);
  return phrases;
}

static AccPhrases *
read_lists (const char *tag, const char *group)
{
  g_auto (GStrv) words = acc_language_list_words (tag, group, "words");
  g_auto (GStrv) innocent = acc_language_list_words (tag, group, "innocent");
  g_auto (GStrv) others = acc_language_list_words (tag, group, "others");
  g_auto (GStrv) direct = acc_language_list_words (tag, group, "direct");

  return acc_phrases_new ((const char *const *) words, (const char *const *) innocent, (const char *const *) others,
                          (const char *const *) direct);
}

/* The lists of one group, read once: a letter is checked again with each person who is chosen, a cover with each key. */
static const AccPhrases *
find_kept (const char *tag, const char *group)
{
  static GMutex mutex;
  static GHashTable *all; /* "en threat" -> AccPhrases */
  g_autofree char *key = g_strconcat (tag, " ", group, NULL);
  AccPhrases *kept;

  g_mutex_lock (&mutex);
  if (all == NULL)
    all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kept = g_hash_table_lookup (all, key);
  if (kept == NULL)
    {
      kept = read_lists (tag, group);
      g_hash_table_insert (all, g_steal_pointer (&key), kept);
    }
  g_mutex_unlock (&mutex);
  return kept;
}

AccPhrases *
acc_phrases_load (const char *tag, const char *group, const char *const *names)
{
  const AccPhrases *kept;
  AccPhrases *phrases;

  g_return_val_if_fail (tag != NULL && group != NULL, NULL);

  kept = find_kept (tag, group);
  phrases = g_new0 (AccPhrases, 1);
  phrases->words = g_ptr_array_ref (kept->words);
  phrases->innocent = g_ptr_array_ref (kept->innocent);
  phrases->others = g_ptr_array_ref (kept->others);
  phrases->direct = g_ptr_array_ref (kept->direct);
  phrases->names = cut_phrases (names);
  return phrases;
}

void
acc_phrases_free (AccPhrases *phrases)
{
  if (phrases == NULL)
    return;
  g_ptr_array_unref (phrases->words);
  g_ptr_array_unref (phrases->innocent);
  g_ptr_array_unref (phrases->others);
  g_ptr_array_unref (phrases->direct);
  g_clear_pointer (&phrases->names, g_ptr_array_unref);
  g_free (phrases);
}

/* ---- finding ---- */

static gboolean
fits (const char *wanted, const char *word)
{
  gsize length = strlen (wanted);

  return wanted[length - 1] == '*' ? strncmp (wanted, word, length - 1) == 0 : strcmp (wanted, word) == 0;
}

/* The position after the phrase that begins at @at; 0 where it does not stand there. */
static guint
match (const char *const *phrase, GArray *words, guint at, guint sentence)
{
  if (phrase[0] == NULL)
    return at;
  if (strcmp (phrase[0], ANY) == 0)
    {
      for (guint skipped = 0; skipped <= ANY_MAX; skipped++)
        {
          guint end = match (phrase + 1, words, at + skipped, sentence);

          if (end != 0)
            return end;
        }
      return 0;
    }
  if (at >= words->len || g_array_index (words, AccPhraseWord, at).sentence != sentence
      || !fits (phrase[0], g_array_index (words, AccPhraseWord, at).folded))
    return 0;
  return match (phrase + 1, words, at + 1, sentence);
}

/* The longest of @phrases that begins at @at; 0: none does. */
static guint
match_any (GPtrArray *phrases, GArray *words, guint at)
{
  guint longest = 0;

  for (guint i = 0; i < phrases->len; i++)
    {
      guint end = match (g_ptr_array_index (phrases, i), words, at, g_array_index (words, AccPhraseWord, at).sentence);

      longest = MAX (longest, end);
    }
  return longest;
}

/* Whether one of @phrases takes a word of @first to @end (which is after the last). */
static gboolean
is_covered (GPtrArray *phrases, GArray *words, guint first, guint end)
{
  guint sentence = g_array_index (words, AccPhraseWord, first).sentence;

  for (guint at = 0; phrases != NULL && phrases->len > 0 && at < end; at++)
    if (g_array_index (words, AccPhraseWord, at).sentence == sentence && match_any (phrases, words, at) > first)
      return TRUE;
  return FALSE;
}

/* Whether one of @phrases stands from @first on, and ends by @end. */
static gboolean
stands_within (GPtrArray *phrases, GArray *words, guint first, guint end)
{
  for (guint at = first; at < end; at++)
    for (guint i = 0; i < phrases->len; i++)
      {
        guint sentence = g_array_index (words, AccPhraseWord, at).sentence;
        guint after = match (g_ptr_array_index (phrases, i), words, at, sentence);

        if (after != 0 && after <= end)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_about_others (const AccPhrases *phrases, GArray *words, guint first, guint end)
{
  const AccPhraseWord *begin = &g_array_index (words, AccPhraseWord, first);
  gboolean bounded = phrases->direct->len > 0;

  if (phrases->others->len == 0 || stands_within (phrases->direct, words, first, end))
    return FALSE;
  for (guint at = 0; at < words->len; at++)
    {
      const AccPhraseWord *word = &g_array_index (words, AccPhraseWord, at);
      guint after = word->sentence == begin->sentence ? match_any (phrases->others, words, at) : 0;

      if (after == 0)
        continue;
      if (!bounded
          || (word->clause == begin->clause && after + OTHERS_REACH >= first && at <= end + OTHERS_REACH))
        return TRUE;
    }
  return FALSE;
}

/* With the stop that ends it. */
static void
find_sentence (const char *text, AccPhraseHit *passage)
{
  const char *start = text + passage->start, *end = text + passage->end;

  while (start > text && !ends_sentence (g_utf8_get_char (g_utf8_prev_char (start))))
    start = g_utf8_prev_char (start);
  while (g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (*end != '\0' && !ends_sentence (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  while (*end != '\0' && *end != '\n' && ends_sentence (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  passage->sentence_start = (gsize) (start - text);
  passage->sentence_end = (gsize) (end - text);
}

GArray *
acc_phrases_find (const AccPhrases *phrases, const char *text)
{
  GArray *passages = g_array_new (FALSE, FALSE, sizeof (AccPhraseHit));
  g_autoptr (GArray) words = NULL;
  guint found_in = G_MAXUINT;

  g_return_val_if_fail (phrases != NULL && text != NULL, passages);

  if (phrases->words->len == 0)
    return passages;
  words = acc_phrases_cut (text);
  for (guint at = 0; at < words->len; at++)
    {
      const AccPhraseWord *word = &g_array_index (words, AccPhraseWord, at);
      guint end = word->sentence != found_in ? match_any (phrases->words, words, at) : 0;
      AccPhraseHit passage = { .start = word->start };

      if (end == 0 || is_covered (phrases->innocent, words, at, end) || is_covered (phrases->names, words, at, end)
          || is_about_others (phrases, words, at, end))
        continue;
      passage.end = g_array_index (words, AccPhraseWord, end - 1).end;
      find_sentence (text, &passage);
      g_array_append_val (passages, passage);
      found_in = word->sentence;
    }
  return passages;
}
