/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/checks-private.h"

#include <string.h>

static const AccCheck checks[] = {
  /* the integrity of the letter: what is approved is what the client sent */
  { "not-read-back", ACC_CHECK_STOPS, ACC_CHECK_ALWAYS, acc_look_for_reading },
  /* hold: a manager looks before anybody decides */
  { "legal-threat", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_FREED, acc_look_for_threats },
  { "violence", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_FREED, acc_look_for_violence },
  { "insult", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_FREED, acc_look_for_insults },
  { "complaint", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_FREED, acc_look_for_complaints },
  { "language", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_FREED, acc_look_for_language },
  /* the integrity of the approval: another person looks */
  { "banker-named", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_DISCLOSED, acc_look_for_own_name },
  { "not-linked", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_DISCLOSED, acc_look_for_link },
  { "banker-unknown", ACC_CHECK_STOPS, ACC_CHECK_UNLESS_DISCLOSED, acc_look_for_unknown_banker },
  /* nobody to send it to */
  { "no-employee-chosen", ACC_CHECK_STOPS, ACC_CHECK_ALWAYS, acc_look_for_choice },
  /* how the letter came about: whether it is the client's own */
  { "pdf-differs", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_difference },
  { "staff-asked", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_prompting },
  { "near-duplicate", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_doubles },
  { "kiosk-rush", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_rush },
  { "same-pair", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_pairs },
  /* do no harm: what could hurt the employee, and what else the client said */
  { "harm", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_harm },
  { "apart", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_words_apart },
  /* who is meant */
  { "mixed-scripts", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_mixed_scripts },
  { "name-not-in-directory", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_unknown_names },
  { "several-of-that-name", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_namesakes },
  { "first-name-only", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_first_names },
  { "has-left", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_leavers },
  { "no-supervisor", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_vacancies },
  { "directory-old", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_age },
  /* another banker is thanked, too: who decides may */
  { "banker-thanked", ACC_CHECK_LOOK, ACC_CHECK_ALWAYS, acc_look_for_other_name },
};

/* ---- what a look adds ---- */

void
acc_check_result_free (AccCheckResult *result)
{
  g_free (result->sentence);
  g_free (result->advice);
  g_free (result->offer);
  g_free (result);
}

AccCheckResult *
acc_check_result_new (const char *id, AccCheckWeight weight, char *sentence, char *advice)
{
  AccCheckResult *result = g_new0 (AccCheckResult, 1);

  result->id = id;
  result->weight = weight;
  result->sentence = sentence;
  result->advice = advice;
  return result;
}

static gboolean
is_eased (const AccCheck *check, const AccCheckFacts *facts)
{
  return (check->ease == ACC_CHECK_UNLESS_DISCLOSED && facts->second_approver_disclose)
         || (check->ease == ACC_CHECK_UNLESS_FREED && facts->freed);
}

AccCheckResult *
acc_checks_add (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results, char *sentence, char *advice)
{
  AccCheckWeight weight = is_eased (check, facts) ? ACC_CHECK_LOOK : check->weight;
  AccCheckResult *result = acc_check_result_new (check->id, weight, sentence, advice);

  g_ptr_array_add (results, result);
  return result;
}

/* The beginning of the word that holds @at, which is not before @start. */
static const char *
go_to_word (const char *start, const char *at)
{
  while (at > start && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (at))))
    at = g_utf8_prev_char (at);
  return at;
}

char *
acc_check_quote (const char *text, const AccPhraseHit *hit, glong most)
{
  const char *start = text + hit->sentence_start, *end = text + hit->sentence_end;
  const char *first = text + hit->start, *last = text + hit->end;
  const char *from = start, *to = end;
  glong room = MAX ((most - g_utf8_strlen (first, last - first)) / 2, 0);
  g_autofree char *quote = NULL;

  if (g_utf8_strlen (start, end - start) > most)
    {
      if (g_utf8_strlen (start, first - start) > room)
        from = go_to_word (start, g_utf8_offset_to_pointer (first, -room));
      if (g_utf8_strlen (last, end - last) > room)
        to = go_to_word (last, g_utf8_offset_to_pointer (last, room));
    }
  quote = g_strndup (from, (gsize) (to - from));
  g_strdelimit (quote, "\n", ' ');
  return g_strconcat (from > start ? "… " : "", g_strchomp (quote), to < end ? " …" : "", NULL);
}

char *
acc_check_isolate (const char *text)
{
  return g_strconcat ("\xE2\x81\xA8", text, "\xE2\x81\xA9", NULL); /* U+2068, U+2069 */
}

/* ---- the whole table ---- */

static void
free_result (gpointer data)
{
  acc_check_result_free (data);
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const AccCheckResult *first = *(const AccCheckResult *const *) a, *second = *(const AccCheckResult *const *) b;

  return (int) second->weight - (int) first->weight;
}

/* Among those of one weight the order of the table stays: the sort is stable. */
GPtrArray *
acc_checks_run (const AccCheckFacts *facts)
{
  GPtrArray *results;

  g_return_val_if_fail (facts != NULL && facts->letter != NULL && facts->directory != NULL, NULL);
  g_return_val_if_fail (facts->banker != NULL && facts->employees != NULL, NULL);

  results = g_ptr_array_new_with_free_func (free_result);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    checks[i].look (&checks[i], facts, results);
  g_ptr_array_sort (results, compare_weights);
  return results;
}

guint
acc_checks_get_n (void)
{
  return G_N_ELEMENTS (checks);
}

const char *
acc_checks_get_id (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (checks), NULL);
  return checks[position].id;
}
