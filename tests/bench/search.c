/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index in memory alone: bench-search COUNT QUESTIONS
 * Fills it with COUNT letters whose words are as common as words are (Zipf), then types questions key by key, each as it is
 * asked from the desk: the newest cancels the one before, so that none waits for another. Prints a line a question:
 * microseconds by the clock and of processor time, letters found, what was typed; the first line: microseconds a letter for the filling. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "archive/search.h"
#include "bench-words.h"
#include "letter/number.h"

#define PART 64

static AccSearch *
fill (guint count, GRand *rand, double *each)
{
  g_autoptr (GError) error = NULL;
  AccSearch *search = acc_search_new (&error);
  gint64 spent = 0;

  for (guint i = 0; i < count; i += PART)
    {
      AccSearchLetter letters[PART];
      g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
      guint n = MIN (PART, count - i);
      gint64 began;

      for (guint j = 0; j < n; j++)
        {
          g_ptr_array_add (numbers, acc_number_new ());
          letters[j] = (AccSearchLetter) { i + j + 1, g_ptr_array_index (numbers, j), bench_words_write_letter (rand) };
        }
      began = g_get_monotonic_time ();
      if (!acc_search_add (search, letters, n, &error))
        g_error ("%s", error->message);
      spent += g_get_monotonic_time () - began;
      for (guint j = 0; j < n; j++)
        g_object_unref (letters[j].letter);
    }
  *each = (double) spent / count;
  return search;
}

static void
ask (AccSearch *search, const char *typed)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time (), processor = clock ();
  g_autoptr (AccSearchQuestion) question = acc_search_question_new (typed);
  g_autoptr (GPtrArray) found = question != NULL ? acc_search_ask (search, question, NULL, NULL, &error) : NULL;

  if (error != NULL)
    g_error ("%s", error->message);
  if (question != NULL)
    printf ("%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%u\t%s\n", g_get_monotonic_time () - began,
            (clock () - processor) * G_USEC_PER_SEC / CLOCKS_PER_SEC, found->len, typed);
}

/* As somebody types: each key is a question. */
static void
type (AccSearch *search, const char *whole)
{
  for (const char *end = whole; *end != '\0';)
    {
      g_autofree char *typed = NULL;

      end = g_utf8_next_char (end);
      typed = g_strndup (whole, (gsize) (end - whole));
      ask (search, typed);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (AccSearch) search = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  double each = 0;

  if (argc != 3)
    {
      g_printerr ("bench-search COUNT QUESTIONS\n");
      return 2;
    }
  bench_words_init (rand);
  search = fill ((guint) atoi (argv[1]), rand, &each);
  printf ("%.1f\n", each);
  for (int i = 0; i < atoi (argv[2]); i++)
    {
      g_autofree char *question = bench_words_write_question (rand);

      type (search, question);
    }
  acc_search_close (search);
  return 0;
}
