/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history says of a letter is what looking over all letters would say, whatever came, came again and went: random
 * histories, told by both. And two texts compare as their runs, counted one by one, do. ACCOLADE_SEED repeats a run. */
#include "review/history.h"

#include <string.h>

#include "base/clock.h"
#include "review/fingerprint.h"
#include "support.h"

/* 2026-11-21 12:00 UTC */
#define NOON G_GINT64_CONSTANT (1795262400)
#define HOUR ((gint64) 3600)
#define DAY (24 * HOUR)

#define HISTORIES 2000
#define STEPS 20
#define NUMBERS 13 /* more than have covers looked at */
#define TEXTS 3000

static const char *const kiosks[] = { "kiosk-1", "kiosk-2", "" };
static const char *const employees[] = { "HV1", "HV2", "HV3" };
static const char *const addressees[] = { "Jessica Okafor", "Graham Wright" };

/* ---- letters ---- */

typedef struct {
  char *number, *text;
  const char *kiosk, *addressee;
  char *submitted_at, *approved_at; /* stamps; approved_at NULL: not by this banker */
  GStrv employees, covers;          /* or NULL */
  AccFingerprint *fingerprint;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->number);
  g_free (row->text);
  g_free (row->submitted_at);
  g_free (row->approved_at);
  g_strfreev (row->employees);
  g_strfreev (row->covers);
  acc_fingerprint_free (row->fingerprint);
  g_free (row);
}

static char *
stamp (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format_iso8601 (moment);
}

/* A stretch of one endless story: any two have as much in common as chance has it, from nothing to all. */
static char *
make_text (GRand *rand, const char *name)
{
  gboolean long_one = g_rand_int_range (rand, 0, 8) == 0;
  guint start = (guint) g_rand_int_range (rand, 0, 12) * (long_one ? 40 : 4);
  guint n = (guint) g_rand_int_range (rand, 1, 12) * (long_one ? 40 : 4);
  GString *text = g_string_new (name);

  for (guint i = start; i < start + n; i++)
    g_string_append_printf (text, " word%u", i);
  return g_string_free (text, FALSE);
}

/* Times that fall together, and lie just inside and just outside of the limits. */
static char *
make_submitted_at (GRand *rand)
{
  static const gint64 apart[] = { 0, 1, HOUR / 2, HOUR - 1, HOUR, HOUR + 1, DAY };

  if (g_rand_int_range (rand, 0, 20) == 0)
    return g_strdup ("no time");
  return stamp (NOON - g_rand_int_range (rand, 0, 4) * apart[g_rand_int_range (rand, 0, G_N_ELEMENTS (apart))]);
}

static char *
make_approved_at (GRand *rand)
{
  static const gint64 before[] = { 0, 1, 30 * DAY - 1, 30 * DAY, 30 * DAY + 1, 90 * DAY - 1, 90 * DAY, 90 * DAY + 1 };

  if (g_rand_int_range (rand, 0, 3) == 0)
    return NULL;
  if (g_rand_int_range (rand, 0, 20) == 0)
    return g_strdup ("no time");
  return stamp (NOON - before[g_rand_int_range (rand, 0, G_N_ELEMENTS (before))]);
}

/* None, one or some of @words, perhaps one of them twice; or NULL. */
static GStrv
make_list (GRand *rand, const char *const *words, gint n_words, gint most)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  gint n = g_rand_int_range (rand, -1, most + 1);

  for (gint i = 0; i < n; i++)
    g_strv_builder_add (list, words[g_rand_int_range (rand, 0, n_words)]);
  return n < 0 ? NULL : g_strv_builder_end (list);
}

static char *
make_number (GRand *rand)
{
  return g_strdup_printf ("n%02d", g_rand_int_range (rand, 0, NUMBERS));
}

static Row *
make_row (GRand *rand)
{
  Row *row = g_new0 (Row, 1);
  g_autofree char *cover = g_strdup_printf ("cover %d", g_rand_int_range (rand, 0, 1000));
  const char *const covers[] = { cover, "Another." };

  row->number = make_number (rand);
  row->kiosk = kiosks[g_rand_int_range (rand, 0, G_N_ELEMENTS (kiosks))];
  row->addressee = addressees[g_rand_int_range (rand, 0, G_N_ELEMENTS (addressees))];
  row->text = make_text (rand, row->addressee);
  row->submitted_at = make_submitted_at (rand);
  row->approved_at = make_approved_at (rand);
  row->employees = make_list (rand, employees, G_N_ELEMENTS (employees), 3);
  row->covers = make_list (rand, covers, G_N_ELEMENTS (covers), 2);
  row->fingerprint = acc_fingerprint_new ((const char *const[]){ row->text, NULL }, (const char *const[]){ row->addressee, NULL });
  return row;
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
add (AccHistory *history, const Row *row)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (GError) error = NULL;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, row->addressee);
  set_text (&fields.to[0].department, "Fraud Operations");
  set_text (&fields.act, row->text);
  set_text (&fields.from[0].name, "Maria López");
  fields.from[0].signature = acc_signature_new_typed ("Maria López");
  set_text (&fields.served_on, "2026-11-20");
  set_text (&fields.date, "2026-11-21");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  acc_history_add (history, &(AccPastLetter) { row->number, row->kiosk, row->submitted_at, letter, row->approved_at,
                                               (const char *const *) row->employees,
                                               (const char *const *) row->covers });
}

/* ---- the same, the obvious way: all letters are looked over for each answer ---- */

static gint64
read_stamp (const char *text)
{
  g_autoptr (GDateTime) moment = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

static const Row *
find_row (GHashTable *rows, const char *number)
{
  return g_hash_table_lookup (rows, number);
}

/* Every hour that begins with a letter of the kiosk, and holds this one. */
static guint
count_in_hour (GHashTable *rows, const Row *here)
{
  g_autoptr (GList) all = g_hash_table_get_values (rows);
  gint64 time = read_stamp (here->submitted_at);
  guint most = 0;

  for (GList *first = all; first != NULL; first = first->next)
    {
      const Row *begins = first->data;
      gint64 begin = read_stamp (begins->submitted_at);
      guint n = 0;

      if (strcmp (begins->kiosk, here->kiosk) != 0 || time < begin || time >= begin + HOUR)
        continue;
      for (GList *each = all; each != NULL; each = each->next)
        {
          const Row *row = each->data;
          gint64 at = read_stamp (row->submitted_at);

          n += strcmp (row->kiosk, here->kiosk) == 0 && at >= begin && at < begin + HOUR;
        }
      most = MAX (most, n);
    }
  return most;
}

static guint
count_pair (GHashTable *rows, const char *number, const char *employee, guint days)
{
  g_autoptr (GList) all = g_hash_table_get_values (rows);
  guint n = 0;

  for (GList *each = all; each != NULL; each = each->next)
    {
      const Row *row = each->data;
      gint64 at = read_stamp (row->approved_at);

      if (strcmp (row->number, number) == 0 || at == 0 || at < NOON - days * DAY)
        continue;
      for (guint i = 0; row->employees != NULL && row->employees[i] != NULL; i++)
        n += strcmp (row->employees[i], employee) == 0;
    }
  return n;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const Row *first = a, *second = b;
  gint64 of_first = read_stamp (first->approved_at), of_second = read_stamp (second->approved_at);

  return of_first != of_second ? (of_first > of_second ? -1 : 1) : strcmp (first->number, second->number);
}

static GStrv
list_covers (GHashTable *rows, const char *number)
{
  g_autoptr (GList) all = g_list_sort (g_hash_table_get_values (rows), compare_newest);
  g_autoptr (GStrvBuilder) covers = g_strv_builder_new ();
  guint n = 0;

  for (GList *each = all; each != NULL && n < ACC_COVERS_COMPARED; each = each->next)
    {
      const Row *row = each->data;

      if (strcmp (row->number, number) == 0 || row->approved_at == NULL || row->covers == NULL)
        continue;
      g_strv_builder_addv (covers, (const char **) row->covers);
      n++;
    }
  return g_strv_builder_end (covers);
}

static double
compare_rows (const Row *first, const Row *second)
{
  if (acc_fingerprint_get_n_runs (first->fingerprint) < ACC_ALIKE_RUNS_MIN
      || acc_fingerprint_get_n_runs (second->fingerprint) < ACC_ALIKE_RUNS_MIN)
    return 0;
  return acc_fingerprint_compare (first->fingerprint, second->fingerprint);
}

static const Row *
find_alike (GHashTable *rows, const Row *here, double *share)
{
  const Row *alike = NULL;

  *share = 0;
  for (guint i = 0; i < NUMBERS; i++) /* in the numbers' order: the first of those that are as much alike stays */
    {
      g_autofree char *number = g_strdup_printf ("n%02u", i);
      const Row *row = find_row (rows, number);
      double each = row != NULL && row != here ? compare_rows (here, row) : 0;

      if (each < ACC_ALIKE_SHARE || each <= *share)
        continue;
      alike = row;
      *share = each;
    }
  return alike;
}

/* How many answers were none of nothing. */
static struct {
  guint alike, in_hour, pairs, covers;
} seen;

static void
compare (AccHistory *history, GHashTable *rows, const char *number, guint days)
{
  g_autoptr (AccPrecedents) precedents = acc_history_look (history, number, days);
  g_auto (GStrv) covers = list_covers (rows, number);
  const Row *here = find_row (rows, number), *alike = NULL;
  double share = 0;
  guint n_pairs = 0;

  if (here != NULL)
    alike = find_alike (rows, here, &share);
  g_assert_cmpstr (precedents->alike_number, ==, alike != NULL ? alike->number : NULL);
  g_assert_cmpfloat (precedents->alike_share, ==, share);
  g_assert_cmpuint (precedents->n_in_hour, ==, here != NULL ? count_in_hour (rows, here) : 0);
  for (guint i = 0; i < G_N_ELEMENTS (employees); i++)
    {
      guint n = count_pair (rows, number, employees[i], days);

      g_assert_cmpuint (acc_precedents_count_pair (precedents, employees[i]), ==, n);
      n_pairs += n > 0;
    }
  g_assert_cmpuint (g_hash_table_size (precedents->pairs), ==, n_pairs);
  g_assert_cmpstrv (precedents->covers, covers);
  seen.alike += alike != NULL;
  seen.in_hour += precedents->n_in_hour > 1;
  seen.pairs += n_pairs > 0;
  seen.covers += covers[0] != NULL;
}

static void
run_history (GRand *rand)
{
  g_autoptr (AccHistory) history = acc_history_new ();
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);

  for (guint i = 0; i < STEPS; i++)
    {
      g_autofree char *looked = make_number (rand);

      if (g_rand_int_range (rand, 0, 4) == 0)
        {
          g_autofree char *number = make_number (rand);

          acc_history_remove (history, number);
          g_hash_table_remove (rows, number);
        }
      else
        {
          Row *row = make_row (rand);

          add (history, row);
          g_hash_table_replace (rows, row->number, row);
        }
      compare (history, rows, looked, g_rand_boolean (rand) ? 30 : 90);
    }
}

static void
it_says_what_looking_over_all_would_say (void)
{
  g_autoptr (GRand) rand = test_random ();

  acc_clock_freeze (NOON * G_USEC_PER_SEC, 0);
  for (guint i = 0; i < HISTORIES; i++)
    run_history (rand);
  acc_clock_freeze (-1, -1);
  g_test_message ("alike %u, in an hour %u, pairs %u, covers %u of %u", seen.alike, seen.in_hour, seen.pairs, seen.covers,
                  HISTORIES * STEPS);
  g_assert_cmpuint (MIN (MIN (seen.alike, seen.in_hour), MIN (seen.pairs, seen.covers)), >, HISTORIES * STEPS / 20);
}

/* ---- two texts ---- */

/* The different runs of three words of "word1 word2 …", as text. */
static GHashTable *
collect_runs (const char *text)
{
  GHashTable *runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; i + 2 < g_strv_length (words); i++)
    g_hash_table_add (runs, g_strjoin (" ", words[i], words[i + 1], words[i + 2], NULL));
  return runs;
}

static void
short_texts_compare_as_their_runs_counted (void)
{
  g_autoptr (GRand) rand = test_random ();
  guint n_compared = 0;

  for (guint i = 0; i < TEXTS; i++)
    {
      g_autofree char *first = make_text (rand, "words"), *second = make_text (rand, "words");
      g_autoptr (AccFingerprint) one = acc_fingerprint_new ((const char *const[]){ first, NULL }, NULL);
      g_autoptr (AccFingerprint) other = acc_fingerprint_new ((const char *const[]){ second, NULL }, NULL);
      g_autoptr (GHashTable) of_first = collect_runs (first), of_second = collect_runs (second);
      GHashTableIter iter;
      gpointer run;
      guint n_shared = 0, n;

      g_hash_table_iter_init (&iter, of_first);
      while (g_hash_table_iter_next (&iter, &run, NULL))
        n_shared += g_hash_table_contains (of_second, run);
      n = g_hash_table_size (of_first) + g_hash_table_size (of_second) - n_shared;
      if (n == 0 || n > 128 || (double) n_shared / n < ACC_ALIKE_SHARE)
        continue; /* a sample, or strangers */
      g_assert_cmpfloat (acc_fingerprint_compare (one, other), ==, (double) n_shared / n);
      g_assert_cmpfloat (acc_fingerprint_compare (other, one), ==, (double) n_shared / n);
      n_compared++;
    }
  g_assert_cmpuint (n_compared, >, TEXTS / 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/as-looking-over-all", it_says_what_looking_over_all_would_say);
  g_test_add_func ("/history/short-texts-counted", short_texts_compare_as_their_runs_counted);
  return g_test_run ();
}
