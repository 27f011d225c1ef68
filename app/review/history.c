/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/history.h"

#include <string.h>

#include "base/clock.h"
#include "review/fingerprint-set.h"

#define HOUR ((gint64) 60 * 60)
#define DAY (24 * HOUR)

typedef struct {
  char *number, *kiosk;
  gint64 submitted_at, approved_at; /* seconds since 1970; approved_at 0: not by this banker */
  AccFingerprint *fingerprint;
  GStrv employees, covers;          /* of those that this banker approved; else NULL */

  /* where the history's orders hold it */
  GSequenceIter *at_kiosk, *among_covers; /* among_covers NULL: no covers */
  GPtrArray *approvals;                   /* of GSequenceIter, one for each of employees; empty: it counts for none */
  guint likeness;                         /* its place in the set */
} Past;

/* Each look reads only what it needs: the orders are kept as letters come and go, since a look goes with each opening of a
 * letter and a desk may know of a hundred thousand. */
struct _AccHistory {
  GHashTable *letters;         /* number -> Past */
  GHashTable *kiosks;          /* kiosk -> GSequence of its letters' submitted_at, lent */
  GHashTable *employees;       /* directory id -> GSequence of the approved_at of letters for them, lent */
  GSequence *covers;           /* of Past that have covers, lent, newest approval first */
  AccFingerprintSet *likeness; /* of Past that have enough runs to be compared, lent */
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
  g_ptr_array_unref (past->approvals);
  g_free (past);
}

AccHistory *
acc_history_new (void)
{
  AccHistory *history = g_new0 (AccHistory, 1);

  history->letters = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, past_free);
  history->kiosks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_sequence_free);
  history->employees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_sequence_free);
  history->covers = g_sequence_new (NULL);
  history->likeness = acc_fingerprint_set_new ();
  return history;
}

void
acc_history_free (AccHistory *history)
{
  if (history == NULL)
    return;
  g_hash_table_unref (history->kiosks);
  g_hash_table_unref (history->employees);
  g_sequence_free (history->covers);
  acc_fingerprint_set_free (history->likeness);
  g_hash_table_unref (history->letters);
  g_free (history);
}

/* ---- times in order ---- */

static int
compare_times (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static GSequenceIter *
add_time (GHashTable *lines, const char *key, gint64 *at)
{
  GSequence *line = g_hash_table_lookup (lines, key);

  if (line == NULL)
    {
      line = g_sequence_new (NULL);
      g_hash_table_insert (lines, g_strdup (key), line);
    }
  return g_sequence_insert_sorted (line, at, compare_times, NULL);
}

static void
remove_time (GHashTable *lines, const char *key, GSequenceIter *iter)
{
  GSequence *line = g_sequence_iter_get_sequence (iter);

  g_sequence_remove (iter);
  if (g_sequence_is_empty (line))
    g_hash_table_remove (lines, key);
}

/* The first that is @at or later. */
static GSequenceIter *
find_time (GSequence *line, gint64 at)
{
  gint64 before = at - 1;

  return g_sequence_search (line, &before, compare_times, NULL);
}

static guint
count_times (GSequenceIter *from, GSequenceIter *until)
{
  return (guint) (g_sequence_iter_get_position (until) - g_sequence_iter_get_position (from));
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

static int
compare_newest (gconstpointer a, gconstpointer b, gpointer data)
{
  const Past *first = a, *second = b;

  if (first->approved_at != second->approved_at)
    return first->approved_at > second->approved_at ? -1 : 1;
  return strcmp (first->number, second->number);
}

static gboolean
can_be_alike (const Past *past)
{
  return acc_fingerprint_get_n_runs (past->fingerprint) >= ACC_ALIKE_RUNS_MIN;
}

static void
put_in_order (AccHistory *history, Past *past)
{
  past->at_kiosk = add_time (history->kiosks, past->kiosk, &past->submitted_at);
  past->approvals = g_ptr_array_new ();
  for (guint i = 0; past->approved_at != 0 && past->employees != NULL && past->employees[i] != NULL; i++)
    g_ptr_array_add (past->approvals, add_time (history->employees, past->employees[i], &past->approved_at));
  if (past->covers != NULL)
    past->among_covers = g_sequence_insert_sorted (history->covers, past, compare_newest, NULL);
  if (can_be_alike (past))
    past->likeness = acc_fingerprint_set_add (history->likeness, past->fingerprint, past);
}

static void
take_out_of_order (AccHistory *history, Past *past)
{
  remove_time (history->kiosks, past->kiosk, past->at_kiosk);
  for (guint i = 0; i < past->approvals->len; i++)
    remove_time (history->employees, past->employees[i], g_ptr_array_index (past->approvals, i));
  if (past->among_covers != NULL)
    g_sequence_remove (past->among_covers);
  if (can_be_alike (past))
    acc_fingerprint_set_remove (history->likeness, past->likeness);
}

void
acc_history_add (AccHistory *history, const AccPastLetter *past)
{
  Past *kept;

  g_return_if_fail (history != NULL && past != NULL && ACC_IS_LETTER (past->letter));
  g_return_if_fail (past->number != NULL && past->kiosk != NULL);

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
  acc_history_remove (history, kept->number);
  put_in_order (history, kept);
  g_hash_table_insert (history->letters, kept->number, kept);
}

void
acc_history_remove (AccHistory *history, const char *number)
{
  Past *past;

  g_return_if_fail (history != NULL && number != NULL);

  past = g_hash_table_lookup (history->letters, number);
  if (past == NULL)
    return;
  take_out_of_order (history, past);
  g_hash_table_remove (history->letters, number);
}

void
acc_history_set_complete (AccHistory *history)
{
  g_return_if_fail (history != NULL);
  history->complete = TRUE;
}

/* ---- looking ---- */

/* The most letters of one kiosk in any sixty minutes that hold this one. */
static guint
count_in_hour (const Past *here)
{
  GSequence *line = g_sequence_iter_get_sequence (here->at_kiosk);
  GSequenceIter *first = find_time (line, here->submitted_at - HOUR + 1);
  guint most = 0;

  while (!g_sequence_iter_is_end (first))
    {
      gint64 at = *(const gint64 *) g_sequence_get (first);

      if (at > here->submitted_at)
        break;
      most = MAX (most, count_times (first, find_time (line, at + HOUR)));
      first = find_time (line, at + 1); /* those of the same second begin the same hour */
    }
  return most;
}

static void
find_alike (AccHistory *history, const Past *here, AccPrecedents *precedents)
{
  const Past *alike = NULL;
  g_autoptr (GPtrArray) candidates = NULL;

  if (!can_be_alike (here))
    return;
  candidates = acc_fingerprint_set_find (history->likeness, here->fingerprint);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Past *past = g_ptr_array_index (candidates, i);
      double share = past != here ? acc_fingerprint_compare (here->fingerprint, past->fingerprint) : 0;

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
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, history->employees);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint n = count_times (find_time (value, since), g_sequence_get_end_iter (value));

      /* The letter itself is none of the others. */
      for (guint i = 0; here != NULL && here->approved_at >= since && i < here->approvals->len; i++)
        n -= strcmp (here->employees[i], key) == 0;
      if (n > 0)
        g_hash_table_insert (pairs, g_strdup (key), GUINT_TO_POINTER (n));
    }
}

static GStrv
list_covers (AccHistory *history, const Past *here)
{
  g_autoptr (GStrvBuilder) covers = g_strv_builder_new ();
  GSequenceIter *iter = g_sequence_get_begin_iter (history->covers);

  for (guint n = 0; n < ACC_COVERS_COMPARED && !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      const Past *past = g_sequence_get (iter);

      if (past == here)
        continue;
      g_strv_builder_addv (covers, (const char **) past->covers);
      n++;
    }
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
  precedents->n_in_hour = count_in_hour (here);
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
