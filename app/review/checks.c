/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/naming-private.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_SECONDS ((gint64) 24 * 60 * 60)

typedef struct _Check Check;

/* Adds to @results what it has to say, if anything. */
typedef void (*Look) (const Check *check, const AccCheckFacts *facts, GPtrArray *results);

struct _Check {
  const char *id;
  AccCheckWeight weight;
  gboolean disclosable; /* only a LOOK where the cover says it: integrity.second_approver=disclose */
  Look look;
};

static void
result_free (gpointer data)
{
  AccCheckResult *result = data;

  g_free (result->sentence);
  g_free (result->advice);
  g_free (result);
}

/* Takes @sentence and @advice. */
static void
add_result (const Check *check, const AccCheckFacts *facts, GPtrArray *results, char *sentence, char *advice)
{
  AccCheckResult *result = g_new0 (AccCheckResult, 1);

  result->id = check->id;
  result->weight = check->disclosable && facts->second_approver_disclose ? ACC_CHECK_LOOK : check->weight;
  result->sentence = sentence;
  result->advice = advice;
  g_ptr_array_add (results, result);
}

static void
look_for_reading (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (facts->read_back == ACC_READ_BACK_NEVER)
    add_result (check, facts, results, g_strdup (_ ("The PDF has not been read back yet.")),
                g_strdup (_ ("Wait a moment, then open the letter again. If it stays so, ask IT.")));
}

static void
look_for_difference (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (facts->read_back == ACC_READ_BACK_DIFFERS)
    add_result (check, facts, results, g_strdup (_ ("The PDF does not say what the letter’s record says.")),
                g_strdup (_ ("It was held for that, and let go on. Only the PDF leaves the branch: read it closely.")));
  else if (facts->read_back == ACC_READ_BACK_NO_PDF)
    add_result (check, facts, results, g_strdup (_ ("The PDF could not be read back.")),
                g_strdup (_ ("It was held for that, and let go on. Only the PDF leaves the branch: read it closely.")));
  else if (facts->read_back == ACC_READ_BACK_WORDS)
    add_result (check, facts, results, g_strdup (_ ("The PDF is set otherwise than it would be here today.")),
                g_strdup (_ ("Its words are those of the record; look whether the letterhead is yours.")));
}

/* What to call the banker whom the letter thanks: as the directory says, where it knows who that is. */
static char *
dup_thanked_name (const AccCheckFacts *facts)
{
  g_autoptr (GPtrArray) thanked = acc_checks_find_thanked (facts);
  const AccPerson *person = thanked->len == 1 ? g_ptr_array_index (thanked, 0) : NULL;

  return g_strdup (person != NULL && *person->called != '\0' ? person->called
                                                             : acc_letter_get_fields (facts->letter)->banker_name);
}

static char *
dup_own_advice (const AccCheckFacts *facts)
{
  return g_strdup (facts->second_approver_disclose ? _ ("You may approve it; the cover will say that you are named.")
                                                   : _ ("Someone other than you must approve."));
}

static void
look_for_own_name (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autoptr (GPtrArray) thanked = NULL;
  gboolean addressed = FALSE;

  for (guint i = 0; i < acc_letter_get_fields (facts->letter)->n_to; i++)
    addressed = addressed || acc_checks_is_addressed (facts, i);
  if (addressed)
    add_result (check, facts, results, g_strdup (_ ("The letter is for you.")), dup_own_advice (facts));
  if (!acc_letter_get_fields (facts->letter)->thanks_banker || !acc_checks_is_linked (facts))
    return;
  thanked = acc_checks_find_thanked (facts);
  if (acc_checks_contains_id (thanked, facts->banker->staff_id))
    add_result (check, facts, results, g_strdup (_ ("The letter thanks you too.")), dup_own_advice (facts));
}

static void
look_for_link (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (!acc_letter_get_fields (facts->letter)->thanks_banker || acc_checks_is_linked (facts))
    return;
  add_result (check, facts, results,
              g_strdup_printf (_ ("The letter thanks %s, and the directory does not say who you are."),
                               acc_letter_get_fields (facts->letter)->banker_name),
              g_strdup (_ ("Ask for your name to be linked to the directory.")));
}

static void
look_for_unknown_banker (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);
  g_autoptr (GPtrArray) thanked = acc_checks_find_thanked (facts);

  if (!fields->thanks_banker || !acc_checks_is_linked (facts) || thanked->len > 0)
    return;
  add_result (check, facts, results,
              g_strdup_printf (_ ("The letter thanks “%s”; the directory does not say who that is."),
                               fields->banker_name),
              g_strdup (_ ("It may mean you. Ask for that name to be added to the directory, as “called”.")));
}

static void
look_for_other_name (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autofree char *name = NULL;

  if (!acc_letter_get_fields (facts->letter)->thanks_banker || acc_checks_is_thanked (facts))
    return;
  name = dup_thanked_name (facts);
  add_result (check, facts, results, g_strdup_printf (_ ("The letter thanks %s too."), name),
              g_strdup_printf (_ ("Someone other than %s must approve: you can."), name));
}

/* Who may be meant by an addressee, on the day of service. */
static GPtrArray *
find_meant (const AccCheckFacts *facts, guint addressee)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  return acc_directory_match (facts->directory, fields->to[addressee].name, fields->to[addressee].department,
                              fields->served_on);
}

/* Who bears the name but was not here on that day. */
static const AccPerson *
find_absent (const AccCheckFacts *facts, guint addressee)
{
  const AccAddressee *to = &acc_letter_get_fields (facts->letter)->to[addressee];
  g_autoptr (GPtrArray) here = find_meant (facts, addressee);
  g_autoptr (GPtrArray) ever = acc_directory_find (facts->directory, to->name, to->department);

  return here->len == 0 && ever->len > 0 ? g_ptr_array_index (ever, 0) : NULL;
}

static void
look_for_choice (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    if (facts->employees[i] == NULL)
      add_result (check, facts, results, g_strdup_printf (_ ("“%s” is not found yet."), fields->to[i].name),
                  g_strdup (_ ("Choose the person in the directory.")));
}

static void
look_for_unknown_names (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autoptr (GPtrArray) ever = acc_directory_find (facts->directory, fields->to[i].name, NULL);

      if (ever->len == 0)
        add_result (check, facts, results,
                    g_strdup_printf (_ ("The directory knows nobody called “%s”."), fields->to[i].name),
                    g_strdup (_ ("Try another spelling, or ask the department.")));
    }
}

/* How many of @meant bear just this name; all of them where nobody does. */
static guint
count_namesakes (GPtrArray *meant, const char *name)
{
  g_autofree char *folded = acc_text_fold (name);
  guint n = 0;

  for (guint i = 0; i < meant->len; i++)
    {
      g_autofree char *theirs = acc_text_fold (((const AccPerson *) g_ptr_array_index (meant, i))->name);

      n += strcmp (theirs, folded) == 0;
    }
  return n > 0 ? n : meant->len;
}

static void
look_for_namesakes (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autoptr (GPtrArray) meant = find_meant (facts, i);
      const AccPerson *employee = facts->employees[i];
      guint n = count_namesakes (meant, fields->to[i].name);

      if (n < 2)
        continue;
      add_result (check, facts, results,
                  g_strdup_printf (_ ("%u people could be “%s”."), n, fields->to[i].name),
                  employee != NULL ? g_strdup_printf (_ ("Make sure that it is the one in %s."), employee->department)
                                   : g_strdup (_ ("Compare the departments, or ask the client.")));
    }
}

/* One word; but not where that is the whole of the person's name. */
/* Written without spaces between words: a whole name, too, is one word. */
static gboolean
parts_no_words (const char *name)
{
  switch (g_unichar_get_script (g_utf8_get_char (name)))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_first_name_only (const AccCheckFacts *facts, guint addressee)
{
  g_autofree char *folded = acc_text_fold (acc_letter_get_fields (facts->letter)->to[addressee].name);
  g_autoptr (GPtrArray) meant = find_meant (facts, addressee);
  g_autofree char *best = NULL;

  if (strchr (folded, ' ') != NULL || parts_no_words (folded))
    return FALSE;
  best = meant->len > 0 ? acc_text_fold (((const AccPerson *) g_ptr_array_index (meant, 0))->name) : NULL;
  return g_strcmp0 (best, folded) != 0;
}

static void
look_for_first_names (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccPerson *employee = facts->employees[i];

      if (!is_first_name_only (facts, i))
        continue;
      add_result (check, facts, results,
                  g_strdup_printf (_ ("“%s”: the full name is unknown."), fields->to[i].name),
                  employee != NULL ? g_strdup_printf (_ ("Make sure that it is %s."), employee->name)
                                   : g_strdup (_ ("Find the person; the department may know.")));
    }
}

static void
look_for_leavers (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);
  g_autofree char *today = acc_clock_today ();

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccPerson *person = facts->employees[i] != NULL ? facts->employees[i] : find_absent (facts, i);

      if (person == NULL)
        continue;
      if (*person->until != '\0' && strcmp (person->until, today) <= 0)
        add_result (check, facts, results, g_strdup_printf (_ ("%s left on %s."), person->name, person->until),
                    g_strdup (_ ("Ask personnel how to reach them, or whether someone else is meant.")));
      else if (!acc_person_is_here (person, fields->served_on))
        add_result (check, facts, results,
                    g_strdup_printf (_ ("%s was not here on %s."), person->name, fields->served_on),
                    g_strdup (_ ("Someone else may be meant.")));
    }
}

static void
look_for_vacancies (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccPerson *employee = facts->employees[i];

      if (employee != NULL && acc_directory_find_supervisor (facts->directory, employee, fields->served_on) == NULL)
        add_result (check, facts, results,
                    g_strdup_printf (_ ("%s had no supervisor on %s."), employee->name, fields->served_on),
                    g_strdup (_ ("Find out who stands in, and have the directory corrected.")));
    }
}

static void
look_for_mixed_scripts (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < fields->n_to; i++)
    g_ptr_array_add (names, fields->to[i].name);
  for (guint i = 0; i < fields->n_to; i++)
    if (strcmp (fields->to[i].called, fields->to[i].name) != 0)
      g_ptr_array_add (names, fields->to[i].called);
  for (guint i = 0; i < fields->n_from; i++)
    g_ptr_array_add (names, fields->from[i].name);
  g_ptr_array_add (names, fields->banker_name);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (acc_text_has_mixed_scripts (name))
        add_result (check, facts, results, g_strdup_printf (_ ("“%s” has mixed scripts."), name),
                    g_strdup (_ ("Letters of two alphabets can look alike: make sure who is meant.")));
    }
}

/* A banker who cannot read a letter cannot answer for it. */
static void
look_for_language (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const char *tag = acc_letter_get_fields (facts->letter)->language;
  g_autoptr (AccLanguage) language = acc_language_find (tag);

  if (facts->languages_read == NULL || acc_language_is_among (tag, facts->languages_read))
    return;
  add_result (check, facts, results,
              g_str_equal (tag, ACC_LANGUAGE_UNKNOWN)
                ? g_strdup (_ ("The client says that the letter is in a language which the kiosk does not know."))
                : g_strdup_printf (_ ("Nobody here reads the letter’s language: %s."),
                                   language != NULL ? language->name : tag),
              g_strdup (_ ("Have it read by someone who does before you decide.")));
}

/* Who has changed departments since, or left, is not known here. */
static void
look_for_age (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autoptr (GDateTime) imported
    = facts->directory_from != NULL ? g_date_time_new_from_iso8601 (facts->directory_from, NULL) : NULL;
  g_autofree char *day = NULL;

  if (imported == NULL || facts->directory_refresh == 0
      || acc_clock_now () / G_USEC_PER_SEC - g_date_time_to_unix (imported) <= facts->directory_refresh * DAY_SECONDS)
    return;
  day = g_date_time_format (imported, "%F");
  add_result (check, facts, results, g_strdup_printf (_ ("The staff directory is from %s."), day),
              g_strdup (_ ("Somebody may have another supervisor by now. Ask your manager to have it imported again.")));
}

static void
look_for_prompting (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (acc_letter_get_fields (facts->letter)->asked_by_staff == ACC_ASKED_YES)
    add_result (check, facts, results, g_strdup (_ ("Someone of the staff asked for this letter.")),
                g_strdup (_ ("The client said so. Talk with your manager before you approve.")));
}

/* The client's own words, whole: there is no other place where they are read. */
static void
look_for_words_apart (const Check *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const char *apart = acc_letter_get_fields (facts->letter)->apart;

  if (!acc_text_is_blank (apart))
    add_result (check, facts, results, g_strdup (_ ("The client keeps a concern apart from the letter.")),
                g_strdup_printf (_ ("“%s” Follow it up; it is not part of the letter."), apart));
}

static const Check checks[] = {
  /* the integrity of the letter: what is approved is what the client sent */
  { "not-read-back", ACC_CHECK_STOPS, FALSE, look_for_reading },
  { "pdf-differs", ACC_CHECK_LOOK, FALSE, look_for_difference },
  /* the integrity of the approval: another person looks */
  { "banker-named", ACC_CHECK_STOPS, TRUE, look_for_own_name },
  { "not-linked", ACC_CHECK_STOPS, TRUE, look_for_link },
  { "banker-unknown", ACC_CHECK_STOPS, TRUE, look_for_unknown_banker },
  /* nobody to send it to */
  { "no-employee-chosen", ACC_CHECK_STOPS, FALSE, look_for_choice },
  /* who is meant */
  { "banker-named", ACC_CHECK_LOOK, FALSE, look_for_other_name },
  { "name-not-in-directory", ACC_CHECK_LOOK, FALSE, look_for_unknown_names },
  { "several-of-that-name", ACC_CHECK_LOOK, FALSE, look_for_namesakes },
  { "first-name-only", ACC_CHECK_LOOK, FALSE, look_for_first_names },
  { "has-left", ACC_CHECK_LOOK, FALSE, look_for_leavers },
  { "no-supervisor", ACC_CHECK_LOOK, FALSE, look_for_vacancies },
  { "mixed-scripts", ACC_CHECK_LOOK, FALSE, look_for_mixed_scripts },
  { "directory-old", ACC_CHECK_LOOK, FALSE, look_for_age },
  /* how the letter came about, and what else the client said */
  { "language", ACC_CHECK_LOOK, FALSE, look_for_language },
  { "staff-asked", ACC_CHECK_LOOK, FALSE, look_for_prompting },
  { "apart", ACC_CHECK_LOOK, FALSE, look_for_words_apart },
};

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const AccCheckResult *first = *(const AccCheckResult *const *) a, *second = *(const AccCheckResult *const *) b;

  return (int) second->weight - (int) first->weight;
}

GPtrArray *
acc_checks_run (const AccCheckFacts *facts)
{
  GPtrArray *results;

  g_return_val_if_fail (facts != NULL && facts->letter != NULL && facts->directory != NULL, NULL);
  g_return_val_if_fail (facts->banker != NULL && facts->employees != NULL, NULL);

  results = g_ptr_array_new_with_free_func (result_free);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    checks[i].look (&checks[i], facts, results);
  g_ptr_array_sort (results, compare_weights);
  return results;
}
