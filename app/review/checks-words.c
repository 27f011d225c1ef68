/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of the client's words, by the lists of the letter's language: what holds the letter, and what could hurt the one
 * who is thanked. */
#include "review/checks-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "review/hold.h"

/* Where the words of @result stand. */
static void
point_to (AccCheckResult *result, AccField field, const AccPhraseHit *hit)
{
  result->field = field;
  result->start = hit->start;
  result->end = hit->end;
}

static char *
dup_quote (const char *text, const AccPhraseHit *hit, glong most)
{
  g_autofree char *quote = acc_check_quote (text, hit, most);

  return acc_check_isolate (quote);
}

/* ---- hold ---- */

static char *
dup_hold_advice (const AccCheckFacts *facts, const char *text, const AccPhraseHit *hit)
{
  g_autofree char *quote = dup_quote (text, hit, ACC_QUOTE_SENTENCE);

  if (facts->freed)
    return g_strdup_printf (_ ("“%s” A manager has let the letter go on. Answer the concern by itself."), quote);
  return g_strdup_printf (_ ("“%s” Only a manager can let it go on. Open the letter again: it is then held."), quote);
}

/* What holds the letter, and what the banker is told of it. */
typedef struct {
  gboolean (*find) (AccLetter *letter, AccField *field, AccPhraseHit *hit);
  const char *sentence;
} Concern;

static const Concern threats = { acc_hold_find_threat, N_ ("The letter may threaten legal steps.") };
static const Concern violence = { acc_hold_find_violence, N_ ("The letter may threaten violence.") };
static const Concern insults = { acc_hold_find_insult, N_ ("The letter may insult somebody.") };
static const Concern complaints = { acc_hold_find_complaint, N_ ("The letter may hold a complaint.") };

static void
look_for (const Concern *concern, const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  AccPhraseHit hit;
  AccField field;

  if (concern->find (facts->letter, &field, &hit))
    point_to (acc_checks_add (check, facts, results, g_strdup (_ (concern->sentence)),
                              dup_hold_advice (facts, acc_letter_get_text (facts->letter, field, 0), &hit)),
              field, &hit);
}

void
acc_look_for_threats (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  look_for (&threats, check, facts, results);
}

void
acc_look_for_violence (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  look_for (&violence, check, facts, results);
}

void
acc_look_for_insults (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  look_for (&insults, check, facts, results);
}

void
acc_look_for_complaints (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  look_for (&complaints, check, facts, results);
}

/* A banker who cannot read a letter cannot answer for it. */
void
acc_look_for_language (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autofree char *language = NULL;

  if (acc_hold_is_read (facts->letter, facts->languages_read))
    return;
  language = acc_hold_name_language (facts->letter);
  acc_checks_add (check, facts, results,
                 language != NULL
                   ? g_strdup_printf (_ ("Nobody here reads the letter’s language: %s."), language)
                   : g_strdup (_ ("The client says that the letter is in a language which the kiosk does not know.")),
                 facts->freed ? g_strdup (_ ("Have it read by someone who does before you decide."))
                              : g_strdup (_ ("Only a manager can let it go on. Open the letter again: it is then held.")));
}

/* ---- do no harm ---- */

/* Each kind of act by the list that tells of it; what the banker may write in its place says nothing that is untrue. */
static const struct {
  const char *group, *sentence, *offer;
} harms[] = {
  { "harm-queue", N_ ("The letter may tell of others who were kept waiting."),
    N_ ("The matter was given the time that it needed.") },
  { "harm-duties", N_ ("The letter may tell of work outside the person’s duties."),
    N_ ("The matter was followed through to its end.") },
  { "harm-rules", N_ ("The letter may tell of an exception to the rules."),
    N_ ("A way was found to settle the matter.") },
  { "harm-time", N_ ("The letter may tell of the person’s own time or phone."),
    N_ ("Somebody was there until the matter was settled.") },
};

static void
add_harm (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results, guint harm)
{
  g_autoptr (AccPhrases) phrases
    = acc_phrases_load (acc_letter_get_fields (facts->letter)->language, harms[harm].group, NULL);

  for (guint i = 0; i < acc_hold_n_fields; i++)
    {
      const char *text = acc_letter_get_text (facts->letter, acc_hold_fields[i], 0);
      g_autoptr (GArray) found = acc_phrases_find (phrases, text);

      for (guint k = 0; k < found->len; k++)
        {
          const AccPhraseHit *hit = &g_array_index (found, AccPhraseHit, k);
          g_autofree char *quote = dup_quote (text, hit, ACC_QUOTE_WORDS);
          char *advice
            = g_strdup_printf (_ ("“%s” Ask whether it could hurt them. The cover need not repeat it."), quote);
          AccCheckResult *result = acc_checks_add (check, facts, results, g_strdup (_ (harms[harm].sentence)), advice);

          result->offer = g_strdup (_ (harms[harm].offer));
          point_to (result, acc_hold_fields[i], hit);
        }
    }
}

void
acc_look_for_harm (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    add_harm (check, facts, results, i);
}

/* ---- what was kept apart ---- */

/* The desk shows the client's words, whole, below the rest: an item of its own. */
void
acc_look_for_words_apart (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const char *apart = acc_letter_get_fields (facts->letter)->apart;

  if (!acc_text_is_blank (apart))
    acc_checks_add (check, facts, results, g_strdup (_ ("The client keeps a concern apart from the letter.")),
                   g_strdup (_ ("Read it below, and follow it up: it is not part of the letter.")));
}
