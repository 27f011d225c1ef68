/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a cover that were taken out of the letter it goes with. */
#include <string.h>

#include "review/checks-cover.h"
#include "review/checks-private.h"

#define RUN_WORDS 3    /* so many in a row are a quotation, or a name as a whole … */
#define SHORT_WORDS 3  /* … and a single one is, of a passage that has no more */
#define WORD_LETTERS 5 /* a shorter one hardly tells anything alone */
#define NAME_LETTERS 3 /* unless it is a name's */
#define ENDING_MAX 3   /* letters after a word: "Kowalski", "Kowalskiego" */

typedef struct {
  const char *cover;
  GArray *words;     /* of the cover, of AccPhraseWord */
  GHashTable *known; /* what the cover says anyway: folded words of the proposal and of names */
} Cover;

static const AccPhraseWord *
get_word (GArray *words, guint i)
{
  return &g_array_index (words, AccPhraseWord, i);
}

static void
learn (GHashTable *known, const char *text)
{
  g_autoptr (GArray) words = acc_phrases_cut (text);

  for (guint i = 0; i < words->len; i++)
    g_hash_table_add (known, g_strdup (get_word (words, i)->folded));
}

/* A character that is a word by itself tells as much as a word of letters does. */
static gboolean
tells (const Cover *cover, const AccPhraseWord *word)
{
  return !g_hash_table_contains (cover->known, word->folded)
         && (g_utf8_strlen (word->folded, -1) >= WORD_LETTERS || acc_phrases_parts_no_words (word->folded));
}

/* How many words in a row are the same, from there on. */
static guint
measure_run (GArray *first, guint i, GArray *second, guint k)
{
  guint n = 0;

  while (i + n < first->len && k + n < second->len
         && strcmp (get_word (first, i + n)->folded, get_word (second, k + n)->folded) == 0)
    n++;
  return n;
}

/* "May", but not "may". */
static gboolean
looks_like_name (const Cover *cover, const AccPhraseWord *word)
{
  return !g_unichar_islower (g_utf8_get_char (cover->cover + word->start));
}

/* A whole name tells somebody, however short its words are. */
static gboolean
is_telling_run (const Cover *cover, guint first, guint n, gboolean is_name)
{
  if (is_name && n < RUN_WORDS && !looks_like_name (cover, get_word (cover->words, first)))
    return FALSE;
  for (guint i = first; i < first + n; i++)
    if (is_name ? !g_hash_table_contains (cover->known, get_word (cover->words, i)->folded)
                : tells (cover, get_word (cover->words, i)))
      return TRUE;
  return FALSE;
}

static gboolean
find_run (const Cover *cover, GArray *taken, gboolean is_name, AccPhraseHit *hit)
{
  guint least = is_name ? CLAMP (taken->len, 2, RUN_WORDS) : RUN_WORDS;

  for (guint i = 0; i < cover->words->len; i++)
    for (guint k = 0; k < taken->len; k++)
      {
        guint n = measure_run (cover->words, i, taken, k);

        if (n < least || !is_telling_run (cover, i, n, is_name))
          continue;
        hit->start = get_word (cover->words, i)->start;
        hit->end = get_word (cover->words, i + n - 1)->end;
        return TRUE;
      }
  return FALSE;
}

/* "Kowalski" or "Kowalskiego", but not "there" and "therefore". */
static gboolean
is_same_word (const AccPhraseWord *word, const AccPhraseWord *taken)
{
  glong letters = g_utf8_strlen (taken->folded, -1), more = g_utf8_strlen (word->folded, -1) - letters;

  return g_str_has_prefix (word->folded, taken->folded) && more <= (letters >= WORD_LETTERS ? ENDING_MAX : 1);
}

static gboolean
find_word (const Cover *cover, GArray *taken, gboolean is_name, AccPhraseHit *hit)
{
  for (guint i = 0; i < cover->words->len; i++)
    for (guint k = 0; k < taken->len; k++)
      {
        const AccPhraseWord *word = get_word (cover->words, i), *other = get_word (taken, k);
        gboolean enough = g_utf8_strlen (other->folded, -1) >= (is_name ? NAME_LETTERS : WORD_LETTERS)
                          && (!is_name || looks_like_name (cover, word));

        if (!enough || !is_same_word (word, other) || g_hash_table_contains (cover->known, word->folded)
            || g_hash_table_contains (cover->known, other->folded))
          continue;
        hit->start = word->start;
        hit->end = word->end;
        return TRUE;
      }
  return FALSE;
}

static gboolean
look_for (const Cover *cover, const char *const *passages, gboolean are_names, AccPhraseHit *hit)
{
  for (guint i = 0; passages != NULL && passages[i] != NULL; i++)
    {
      g_autoptr (GArray) taken = acc_phrases_cut (passages[i]);

      if (find_run (cover, taken, are_names, hit)
          || ((are_names || taken->len <= SHORT_WORDS) && find_word (cover, taken, are_names, hit)))
        return TRUE;
    }
  return FALSE;
}

gboolean
acc_look_for_taken_words (const AccCoverFacts *facts, AccPhraseHit *hit)
{
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GArray) words = NULL;
  Cover cover = { .cover = facts->paragraph };

  if (facts->taken == NULL && facts->taken_names == NULL)
    return FALSE;
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  words = acc_phrases_cut (facts->paragraph);
  learn (known, facts->proposal);
  for (guint i = 0; facts->names != NULL && facts->names[i] != NULL; i++)
    learn (known, facts->names[i]);
  cover.words = words;
  cover.known = known;
  return look_for (&cover, facts->taken, FALSE, hit) || look_for (&cover, facts->taken_names, TRUE, hit);
}
