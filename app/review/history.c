/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/history.h"

#include <string.h>

#include "base/clock.h"
#include "review/fingerprint.h"

#define HOUR ((gint64) 60 * 60)
#define DAY (24 * HOUR)

typedef struct {
  char *number, *kiosk;
  gint64 submitted_at, approved_at; /* seconds since 1970; approved_at 0: not by this banker */
  AccFingerprint *fingerprint;
  GStrv employees, covers;          /* of those that this banker approved; else NULL */
} Past;

struct _AccHistory {
  GHashTable *letters; /* number -> Past */
  gboolean complete;
};

static void
past_free (gpointer data)
{
  Past *past = data;

  g_free (past->number);
  g_free (past->kiosk);
  acc_fingerprint_free (past->fingerprint);
  g_strfreev (past->employees);
  g_strfreev (past->covers);
  g_free (past);
}

AccHistory *
acc_history_new (void)
{
  AccHistory *history = g_new0 (AccHistory, 1);

  history->letters = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, past_free);
  return history;
}

void
acc_history_free (AccHistory *history)
{
  if (history == NULL)
    return;
  g_hash_table_unref (history->letters);
  g_free (history);
}

/* ---- taking in ---- */

static gint64
read_stamp (const char *stamp)
{
  g_autoptr (GDateTime) moment = stamp != NULL ? g_date_time_new_from_iso8601 (stamp, NULL) : NULL;

  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

/* The client's own answers alone: what the kiosk asked and what the bank prints around them is in every letter. */
static AccFingerprint *
take_fingerprint (AccLetter *letter)
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  const char *const texts[] = { fields->need, fields->act, fields->difference, fields->banker_words, NULL };
  const char *names[4 * ACC_PEOPLE_MAX + 2];
  guint n = 0;

  for (guint i = 0; i < fields->n_to; i++)
    {
      names[n++] = fields->to[i].name;
      names[n++] = fields->to[i].called;
      names[n++] = fields->to[i].department;
    }
  for (guint i = 0; i < fields->n_from; i++)
    names[n++] = fields->from[i].name;
  names[n++] = fields->banker_name;
  names[n] = NULL;
  return acc_fingerprint_new (texts, names);
}

void
acc_history_add (AccHistory *history, const AccPastLetter *past)
{
  Past *kept;

  g_return_if_fail (history != NULL && past != NULL && ACC_IS_LETTER (past->letter));

  kept = g_new0 (Past, 1);
  kept->number = g_strdup (past->number);
  kept->kiosk = g_strdup (past->kiosk);
  kept->submitted_at = read_stamp (past->submitted_at);
  kept->approved_at = read_stamp (past->approved_at);
  kept->fingerprint = take_fingerprint (past->letter);
  if (past->approved_at != NULL)
    {
      kept->employees = g_strdupv ((GStrv) past->employees);
      kept->covers = g_strdupv ((GStrv) past->covers);
    }
  g_hash_table_replace (history->letters, kept->number, kept);
}

void
acc_history_remove (AccHistory *history, const char *number)
{
  g_return_if_fail (history != NULL && number != NULL);
  g_hash_table_remove (history->letters, number);
}

void
acc_history_set_complete (AccHistory *history)
{
  g_return_if_fail (history != NULL);
  history->complete = TRUE;
}

/* ---- looking ---- */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* The most letters of one kiosk in any sixty minutes that hold this one. */
static guint
count_in_hour (AccHistory *history, const Past *here)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;
  guint most = 0;

  g_hash_table_iter_init (&iter, history->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Past *past = value;

      if (ABS (past->submitted_at - here->submitted_at) < HOUR && g_strcmp0 (past->kiosk, here->kiosk) == 0)
        g_array_append_val (times, past->submitted_at);
    }
  g_array_sort (times, compare_times);
  for (guint first = 0; first < times->len && g_array_index (times, gint64, first) <= here->submitted_at; first++)
    {
      guint end = first;

      while (end < times->len && g_array_index (times, gint64, end) - g_array_index (times, gint64, first) < HOUR)
        end++;
      most = MAX (most, end - first);
    }
  return most;
}

static void
find_alike (AccHistory *history, const Past *here, AccPrecedents *precedents)
{
  const Past *alike = NULL;
  GHashTableIter iter;
  gpointer value;

  if (acc_fingerprint_get_n_runs (here->fingerprint) < ACC_ALIKE_RUNS_MIN)
    return;
  g_hash_table_iter_init (&iter, history->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Past *past = value;
      double share;

      if (past == here || acc_fingerprint_get_n_runs (past->fingerprint) < ACC_ALIKE_RUNS_MIN)
        continue;
      share = acc_fingerprint_compare (here->fingerprint, past->fingerprint);
      /* Of several that are as much alike, always the same one. */
      if (share < ACC_ALIKE_SHARE || share < precedents->alike_share
          || (share == precedents->alike_share && alike != NULL && strcmp (alike->number, past->number) < 0))
        continue;
      alike = past;
      precedents->alike_share = share;
    }
  precedents->alike_number = alike != NULL ? g_strdup (alike->number) : NULL;
}

static void
count_pairs (AccHistory *history, const Past *here, gint64 since, GHashTable *pairs)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal); /* lent ids */
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, history->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Past *past = value;

      if (past == here || past->approved_at == 0 || past->approved_at < since)
        continue;
      for (guint i = 0; past->employees != NULL && past->employees[i] != NULL; i++)
        {
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, past->employees[i]));

          g_hash_table_insert (counts, past->employees[i], GUINT_TO_POINTER (n + 1));
        }
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (pairs, g_strdup (key), value);
}

static gboolean
is_newer (const Past *past, const Past *other)
{
  return past->approved_at != other->approved_at ? past->approved_at > other->approved_at
                                                 : strcmp (past->number, other->number) < 0;
}

static GStrv
list_covers (AccHistory *history, const Past *here)
{
  const Past *newest[ACC_COVERS_COMPARED + 1]; /* one more, to push the oldest into */
  g_autoptr (GStrvBuilder) covers = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, history->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Past *past = value;
      guint at = n;

      if (past == here || past->covers == NULL)
        continue;
      for (; at > 0 && is_newer (past, newest[at - 1]); at--)
        newest[at] = newest[at - 1];
      newest[at] = past;
      n = MIN (n + 1, ACC_COVERS_COMPARED);
    }
  for (guint i = 0; i < n; i++)
    g_strv_builder_addv (covers, (const char **) newest[i]->covers);
  return g_strv_builder_end (covers);
}

AccPrecedents *
acc_history_look (AccHistory *history, const char *number, guint pair_days)
{
  AccPrecedents *precedents;
  const Past *here;

  g_return_val_if_fail (history != NULL && number != NULL, NULL);

  precedents = g_atomic_rc_box_new0 (AccPrecedents);
  precedents->complete = history->complete;
  precedents->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  here = g_hash_table_lookup (history->letters, number);
  count_pairs (history, here, acc_clock_now () / G_USEC_PER_SEC - pair_days * DAY, precedents->pairs);
  precedents->covers = list_covers (history, here);
  if (here == NULL)
    return precedents;
  precedents->n_in_hour = count_in_hour (history, here);
  find_alike (history, here, precedents);
  return precedents;
}

AccPrecedents *
acc_precedents_ref (AccPrecedents *precedents)
{
  return g_atomic_rc_box_acquire (precedents);
}

static void
precedents_clear (gpointer data)
{
  AccPrecedents *precedents = data;

  g_free (precedents->alike_number);
  g_hash_table_unref (precedents->pairs);
  g_strfreev (precedents->covers);
}

void
acc_precedents_unref (AccPrecedents *precedents)
{
  if (precedents != NULL)
    g_atomic_rc_box_release_full (precedents, precedents_clear);
}

guint
acc_precedents_count_pair (const AccPrecedents *precedents, const char *employee_id)
{
  g_return_val_if_fail (precedents != NULL && employee_id != NULL, 0);
  return GPOINTER_TO_UINT (g_hash_table_lookup (precedents->pairs, employee_id));
}
