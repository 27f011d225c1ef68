/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/fingerprint.h"

#include <string.h>

#include "review/phrases.h"

#define RUN 3       /* words */
#define KEPT 128    /* of the smallest hashes: an error of about 0.04 at a share of one half */
#define STRANGE ACC_FINGERPRINT_SMALLEST /* with none in common: at a share of 0.4 that happens once in ten million times */
#define SOME_NAME "\xC2\xB7"

struct _AccFingerprint {
  guint32 hashes[KEPT]; /* ascending, each once */
  guint n, n_runs;
};

static GHashTable *
collect_words (const char *const *texts)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autoptr (GArray) words = acc_phrases_cut (texts[i]);

      for (guint k = 0; k < words->len; k++)
        g_hash_table_add (set, g_strdup (g_array_index (words, AccPhraseWord, k).folded));
    }
  return set;
}

/* FNV-1a, then the end of MurmurHash3, so that the smallest hashes are a fair sample of all. */
static guint32
hash_run (const char *const *words)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < RUN; i++)
    for (const char *at = words[i];; at++)
      {
        hash = (hash ^ (guint8) *at) * G_GUINT64_CONSTANT (1099511628211);
        if (*at == '\0')
          break;
      }
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  hash ^= hash >> 33;
  return (guint32) hash;
}

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

/* The hash of each run, a text's last words never with the next text's first. */
static GArray *
hash_all (const char *const *texts, GHashTable *names)
{
  GArray *hashes = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (GArray) words = acc_phrases_cut (texts[i]);
      g_autoptr (GPtrArray) plain = g_ptr_array_new ();

      for (guint k = 0; k < words->len; k++)
        {
          const char *word = g_array_index (words, AccPhraseWord, k).folded;

          g_ptr_array_add (plain, (gpointer) (g_hash_table_contains (names, word) ? SOME_NAME : word));
        }
      for (guint k = 0; k + RUN <= plain->len; k++)
        {
          guint32 hash = hash_run ((const char *const *) &plain->pdata[k]);

          g_array_append_val (hashes, hash);
        }
    }
  g_array_sort (hashes, compare_hashes);
  return hashes;
}

AccFingerprint *
acc_fingerprint_new (const char *const *texts, const char *const *names)
{
  AccFingerprint *self = g_new0 (AccFingerprint, 1);
  g_autoptr (GHashTable) name_words = NULL;
  g_autoptr (GArray) hashes = NULL;

  g_return_val_if_fail (texts != NULL, self);

  name_words = collect_words (names);
  hashes = hash_all (texts, name_words);
  for (guint i = 0; i < hashes->len; i++)
    {
      guint32 hash = g_array_index (hashes, guint32, i);

      if (i > 0 && hash == g_array_index (hashes, guint32, i - 1))
        continue;
      if (self->n < KEPT)
        self->hashes[self->n++] = hash;
      self->n_runs++;
    }
  return self;
}

void
acc_fingerprint_free (AccFingerprint *fingerprint)
{
  g_free (fingerprint);
}

guint
acc_fingerprint_get_n_runs (const AccFingerprint *fingerprint)
{
  g_return_val_if_fail (fingerprint != NULL, 0);
  return fingerprint->n_runs;
}

void
acc_fingerprint_get_smallest (const AccFingerprint *fingerprint, guint32 *smallest)
{
  g_return_if_fail (fingerprint != NULL && smallest != NULL);

  for (guint i = 0; i < ACC_FINGERPRINT_SMALLEST; i++)
    smallest[i] = fingerprint->hashes[i < fingerprint->n ? i : 0];
}

double
acc_fingerprint_compare (const AccFingerprint *first, const AccFingerprint *second)
{
  guint i = 0, k = 0, n = 0, n_shared = 0;

  g_return_val_if_fail (first != NULL && second != NULL, 0);

  /* Of the smallest hashes of both together, those that both have: they stand in one order, so the smaller of the two next
   * ones is had by one alone. Added up without a branch, which no processor could foresee. */
  while (n < KEPT && i < first->n && k < second->n)
    {
      guint32 of_first = first->hashes[i], of_second = second->hashes[k];

      n_shared += of_first == of_second;
      i += of_first <= of_second;
      k += of_second <= of_first;
      n++;
      if (n == STRANGE && n_shared == 0) /* most letters are strangers, which soon shows */
        return 0;
    }
  n = MIN (KEPT, n + (first->n - i) + (second->n - k));
  return n > 0 ? (double) n_shared / n : 0;
}

double
acc_fingerprint_find_share (const AccFingerprint *first, const AccFingerprint *second)
{
  guint k = 0, n = 0, n_shared = 0;

  g_return_val_if_fail (first != NULL && second != NULL, 0);

  /* Up to the largest hash that is kept of @second: whether it has a larger one is not known. */
  for (guint i = 0; i < first->n; i++)
    {
      while (k < second->n && second->hashes[k] < first->hashes[i])
        k++;
      if (k == second->n && second->n_runs > second->n)
        break;
      n++;
      n_shared += k < second->n && second->hashes[k] == first->hashes[i];
    }
  return n > 0 ? (double) n_shared / n : 0;
}
