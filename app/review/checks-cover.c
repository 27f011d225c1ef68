/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/checks-cover.h"

#include <glib/gi18n-lib.h>

#include "review/checks-private.h"
#include "review/fingerprint.h"

#define PROPOSED_SHARE 0.6 /* of a sentence's words that a proposed one has, too: names and dates differ */

typedef struct _CoverCheck CoverCheck;

/* Whether there is something to see, and where; the passage is all 0 where it is the whole. */
typedef gboolean (*LookAtCover) (const CoverCheck *check, const AccCoverFacts *facts, AccPhraseHit *passage);

struct _CoverCheck {
  const char *id;
  AccCheckWeight weight;
  const char *group; /* of the language's file; NULL */
  LookAtCover look;
  const char *sentence; /* %s: the words, where the look finds any */
  const char *advice;
};

/* ---- words ---- */

static gboolean
look_for_listed_words (const CoverCheck *check, const AccCoverFacts *facts, AccPhraseHit *passage)
{
  g_autoptr (AccPhrases) phrases = acc_phrases_load (facts->language, check->group, facts->names);
  g_autoptr (GArray) found = acc_phrases_find (phrases, facts->paragraph);

  if (found->len > 0)
    *passage = g_array_index (found, AccPhraseHit, 0);
  return found->len > 0;
}

/* A sign of a currency is about money in every language. */
static gboolean
look_for_money (const CoverCheck *check, const AccCoverFacts *facts, AccPhraseHit *passage)
{
  if (look_for_listed_words (check, facts, passage))
    return TRUE;
  for (const char *at = facts->paragraph; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_type (g_utf8_get_char (at)) == G_UNICODE_CURRENCY_SYMBOL)
      {
        passage->start = (gsize) (at - facts->paragraph);
        passage->end = (gsize) (g_utf8_next_char (at) - facts->paragraph);
        return TRUE;
      }
  return FALSE;
}

/* ---- what was taken out ---- */

static gboolean
look_for_taken_words (const CoverCheck *check, const AccCoverFacts *facts, AccPhraseHit *passage)
{
  return acc_look_for_taken_words (facts, passage);
}

/* ---- the same again ---- */

/* The words of each sentence of @text: GPtrArray of sets. *@texts, which may be NULL: the sentences themselves. */
static GPtrArray *
cut_sentences (const char *text, GPtrArray *texts)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (GArray) words = acc_phrases_cut (text);
  gsize start = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const AccPhraseWord *word = &g_array_index (words, AccPhraseWord, i);
      gboolean last = i + 1 == words->len || g_array_index (words, AccPhraseWord, i + 1).sentence != word->sentence;

      if (i == 0 || g_array_index (words, AccPhraseWord, i - 1).sentence != word->sentence)
        {
          g_ptr_array_add (sentences, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL));
          start = word->start;
        }
      g_hash_table_add (g_ptr_array_index (sentences, sentences->len - 1), g_strdup (word->folded));
      if (last && texts != NULL)
        g_ptr_array_add (texts, g_strndup (text + start, word->end - start));
    }
  return sentences;
}

static gboolean
is_proposed (GHashTable *sentence, GPtrArray *proposed)
{
  for (guint i = 0; i < proposed->len; i++)
    {
      GHashTable *other = g_ptr_array_index (proposed, i);
      GHashTableIter iter;
      gpointer word;
      guint n = 0;

      g_hash_table_iter_init (&iter, sentence);
      while (g_hash_table_iter_next (&iter, &word, NULL))
        n += g_hash_table_contains (other, word);
      if (n >= PROPOSED_SHARE * g_hash_table_size (sentence))
        return TRUE;
    }
  return FALSE;
}

/* Of the sentences that were not proposed: what the banker wrote. */
static AccFingerprint *
take_own_words (const char *text, GPtrArray *proposed, const char *const *names)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) sentences = cut_sentences (text, texts);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

  for (guint i = 0; i < sentences->len; i++)
    if (!is_proposed (g_ptr_array_index (sentences, i), proposed))
      g_ptr_array_add (own, g_ptr_array_index (texts, i));
  g_ptr_array_add (own, NULL);
  return acc_fingerprint_new ((const char *const *) own->pdata, names);
}

static gboolean
look_for_repetition (const CoverCheck *check, const AccCoverFacts *facts, AccPhraseHit *passage)
{
  g_autoptr (GPtrArray) proposed = cut_sentences (facts->proposal, NULL);
  g_autoptr (AccFingerprint) own = take_own_words (facts->paragraph, proposed, facts->names);

  if (acc_fingerprint_get_n_runs (own) < ACC_COVER_ALIKE_RUNS_MIN)
    return FALSE;
  for (guint i = 0; facts->covers != NULL && facts->covers[i] != NULL; i++)
    {
      g_autoptr (AccFingerprint) theirs = take_own_words (facts->covers[i], proposed, facts->names);

      if (acc_fingerprint_find_share (own, theirs) >= ACC_COVER_ALIKE_SHARE)
        return TRUE;
    }
  return FALSE;
}

/* ---- the table ---- */

static const CoverCheck checks[] = {
  /* what was taken out of the letter goes to nobody by its cover */
  { "cover-taken", ACC_CHECK_STOPS, NULL, look_for_taken_words, N_ ("“%s” was taken out of the letter."),
    N_ ("Take it out here, too: this goes to the same people.") },
  /* the client's state or health: the letter tells of it, if the client wants */
  { "cover-state", ACC_CHECK_LOOK, "cover-state", look_for_listed_words, N_ ("“%s” may tell of the client’s state or health."),
    N_ ("The client may not want it told: better left out.") },
  /* the client's money */
  { "cover-money", ACC_CHECK_LOOK, "cover-money", look_for_money, N_ ("“%s” may tell of the client’s money."),
    N_ ("It need not leave the branch: better left out.") },
  /* evidence, not ranking */
  { "cover-compare", ACC_CHECK_LOOK, "cover-compare", look_for_listed_words, N_ ("“%s” compares people."),
    N_ ("Say what was done, not who is better.") },
  /* thanks are no place for it */
  { "cover-scold", ACC_CHECK_LOOK, "cover-scold", look_for_listed_words, N_ ("“%s” may read as a reproach."),
    N_ ("Keep it out of a letter of thanks; say it elsewhere.") },
  /* a form letter is worth little */
  { "cover-repeats", ACC_CHECK_LOOK, NULL, look_for_repetition, N_ ("You wrote much the same in one of your last covers."),
    N_ ("Say what was particular this time, or leave it at the facts.") },
};

static char *
dup_sentence (const CoverCheck *check, const AccCoverFacts *facts, const AccPhraseHit *passage)
{
  g_autofree char *found = g_strndup (facts->paragraph + passage->start, passage->end - passage->start);
  g_autofree char *words = acc_check_isolate (found);
  g_autoptr (GString) sentence = g_string_new (_ (check->sentence));

  g_string_replace (sentence, "%s", words, 1);
  return g_strdup (sentence->str);
}

static void
free_result (gpointer data)
{
  acc_check_result_free (data);
}

GPtrArray *
acc_checks_run_cover (const AccCoverFacts *facts)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (free_result);

  g_return_val_if_fail (facts != NULL && facts->paragraph != NULL && facts->proposal != NULL, results);
  g_return_val_if_fail (facts->language != NULL, results);

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      AccPhraseHit passage = { 0 };
      AccCheckResult *result;

      if (!checks[i].look (&checks[i], facts, &passage))
        continue;
      result = acc_check_result_new (checks[i].id, checks[i].weight, dup_sentence (&checks[i], facts, &passage),
                                     g_strdup (_ (checks[i].advice)));
      result->start = passage.start;
      result->end = passage.end;
      g_ptr_array_add (results, result);
    }
  return results;
}

guint
acc_checks_get_n_cover (void)
{
  return G_N_ELEMENTS (checks);
}

const char *
acc_checks_get_cover_id (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (checks), NULL);
  return checks[position].id;
}
