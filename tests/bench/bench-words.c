/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-words.h"

#include <math.h>

#define WORDS 30000
#define NAMES 2000
#define STORY_WORDS 120

static char *words[WORDS];
static char *names[NAMES];
static const char *const departments[] = { "Fraud Operations", "Card Disputes", "Loan Servicing", "Payments", "Mortgages",
                                           "Treasury", "Estates", "Cash Services" };

static char *
make_word (GRand *rand)
{
  static const char *const syllables[] = { "ba", "ca", "de", "fi", "ga", "ho", "in", "la", "me", "no", "or", "pe",
                                           "ra", "se", "ti", "un", "va", "wa", "the", "ing", "st", "er", "al", "en" };
  GString *word = g_string_new (NULL);

  for (gint i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    g_string_append (word, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
  return g_string_free (word, FALSE);
}

static char *
make_name (GRand *rand)
{
  g_autofree char *first = make_word (rand), *last = make_word (rand);

  first[0] = g_ascii_toupper (first[0]);
  last[0] = g_ascii_toupper (last[0]);
  return g_strdup_printf ("%s %sson", first, last);
}

void
bench_words_init (GRand *rand)
{
  for (guint i = 0; i < WORDS; i++)
    words[i] = make_word (rand);
  for (guint i = 0; i < NAMES; i++)
    names[i] = make_name (rand);
}

/* The n-th is met 1/n as often as the first. */
static const char *
choose_word (GRand *rand)
{
  return words[(guint) exp (g_rand_double (rand) * log (WORDS)) - 1];
}

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

AccLetter *
bench_words_write_letter (GRand *rand)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GString) story = g_string_new ("They");
  const char *author = names[g_rand_int_range (rand, 0, NAMES)];
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_init (&fields);
  for (guint i = 0; i < STORY_WORDS; i++)
    g_string_append_printf (story, " %s", choose_word (rand));
  replace (&fields.to[0].name, names[g_rand_int_range (rand, 0, NAMES / 10)]);
  replace (&fields.to[0].department, departments[g_rand_int_range (rand, 0, G_N_ELEMENTS (departments))]);
  replace (&fields.act, story->str);
  replace (&fields.from[0].name, author);
  fields.from[0].signature = acc_signature_new_typed (author);
  replace (&fields.served_on, "2026-11-20");
  replace (&fields.date, "2026-11-21");
  letter = acc_letter_new (&fields, &error);
  if (letter == NULL)
    g_error ("%s", error->message);
  return letter;
}

char *
bench_words_write_question (GRand *rand)
{
  GString *question = g_string_new (NULL);

  if (g_rand_int_range (rand, 0, 2) == 0)
    g_string_append (question, names[g_rand_int_range (rand, 0, NAMES)]);
  else
    for (gint i = g_rand_int_range (rand, 1, 4); i > 0; i--)
      g_string_append_printf (question, "%s%s", question->len > 0 ? " " : "", choose_word (rand));
  return g_string_free (question, FALSE);
}
