/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of who is meant: the names of the letter against the directory. */
#include "review/checks-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "review/alike.h"

#define DAY_SECONDS ((gint64) 24 * 60 * 60)
#define OFFERED 3

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

void
acc_look_for_choice (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    if (facts->employees[i] == NULL)
      acc_checks_add (check, facts, results, g_strdup_printf (_ ("“%s” is not found yet."), fields->to[i].name),
                  g_strdup (_ ("Choose the person in the directory.")));
}

/* "Jessica Okafor (Fraud Operations), …": who is spelt or said alike; NULL where nobody is. */
static char *
list_alike (const AccCheckFacts *facts, const AccAddressee *to)
{
  const char *on = acc_letter_get_fields (facts->letter)->served_on;
  g_autoptr (GPtrArray) alike = acc_alike_find (facts->directory, to->name, to->department, on, OFFERED);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < alike->len; i++)
    {
      const AccPerson *person = g_ptr_array_index (alike, i);

      g_string_append_printf (list, "%s%s (%s)", i > 0 ? ", " : "", person->name, person->department);
    }
  return g_string_free (list, alike->len == 0);
}

static char *
dup_unknown_advice (const AccCheckFacts *facts, guint addressee)
{
  g_autofree char *alike = NULL;

  if (facts->employees[addressee] != NULL)
    return g_strdup_printf (_ ("Make sure that it is %s."), facts->employees[addressee]->name);
  alike = list_alike (facts, &acc_letter_get_fields (facts->letter)->to[addressee]);
  return alike != NULL ? g_strdup_printf (_ ("Spelt or said alike: %s. Ask the client or the department."), alike)
                       : g_strdup (_ ("Try another spelling, or ask the department."));
}

void
acc_look_for_unknown_names (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autoptr (GPtrArray) ever = acc_directory_find (facts->directory, fields->to[i].name, NULL);

      if (ever->len == 0)
        acc_checks_add (check, facts, results,
                       g_strdup_printf (_ ("The directory knows nobody called “%s”."), fields->to[i].name),
                       dup_unknown_advice (facts, i));
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

void
acc_look_for_namesakes (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autoptr (GPtrArray) meant = find_meant (facts, i);
      const AccPerson *employee = facts->employees[i];
      guint n = count_namesakes (meant, fields->to[i].name);

      if (n < 2)
        continue;
      acc_checks_add (check, facts, results,
                  g_strdup_printf (_ ("%u people could be “%s”."), n, fields->to[i].name),
                  employee != NULL ? g_strdup_printf (_ ("Make sure that it is the one in %s."), employee->department)
                                   : g_strdup (_ ("Compare the departments, or ask the client.")));
    }
}

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

/* One word; but not where that is the whole of the person's name. */
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

void
acc_look_for_first_names (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccPerson *employee = facts->employees[i];

      if (!is_first_name_only (facts, i))
        continue;
      acc_checks_add (check, facts, results,
                  g_strdup_printf (_ ("“%s”: the full name is unknown."), fields->to[i].name),
                  employee != NULL ? g_strdup_printf (_ ("Make sure that it is %s."), employee->name)
                                   : g_strdup (_ ("Find the person; the department may know.")));
    }
}

void
acc_look_for_leavers (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);
  g_autofree char *today = acc_clock_today ();

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccPerson *person = facts->employees[i] != NULL ? facts->employees[i] : find_absent (facts, i);

      if (person == NULL)
        continue;
      if (*person->until != '\0' && strcmp (person->until, today) <= 0)
        acc_checks_add (check, facts, results, g_strdup_printf (_ ("%s left on %s."), person->name, person->until),
                    g_strdup (_ ("Ask personnel how to reach them, or whether someone else is meant.")));
      else if (!acc_person_is_here (person, fields->served_on))
        acc_checks_add (check, facts, results,
                    g_strdup_printf (_ ("%s was not here on %s."), person->name, fields->served_on),
                    g_strdup (_ ("Someone else may be meant.")));
    }
}

void
acc_look_for_vacancies (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccPerson *employee = facts->employees[i];

      if (employee != NULL && acc_directory_find_supervisor (facts->directory, employee, fields->served_on) == NULL)
        acc_checks_add (check, facts, results,
                    g_strdup_printf (_ ("%s had no supervisor on %s."), employee->name, fields->served_on),
                    g_strdup (_ ("Find out who stands in, and have the directory corrected.")));
    }
}

void
acc_look_for_mixed_scripts (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
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
        acc_checks_add (check, facts, results, g_strdup_printf (_ ("“%s” has mixed scripts."), name),
                    g_strdup (_ ("Letters of two alphabets can look alike: make sure who is meant.")));
    }
}

/* Who has changed departments since, or left, is not known here. */
void
acc_look_for_age (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autoptr (GDateTime) imported
    = facts->directory_from != NULL ? g_date_time_new_from_iso8601 (facts->directory_from, NULL) : NULL;
  g_autofree char *day = NULL;

  if (imported == NULL || facts->directory_refresh == 0
      || acc_clock_now () / G_USEC_PER_SEC - g_date_time_to_unix (imported) <= facts->directory_refresh * DAY_SECONDS)
    return;
  day = g_date_time_format (imported, "%F");
  acc_checks_add (check, facts, results, g_strdup_printf (_ ("The staff directory is from %s."), day),
              g_strdup (_ ("Somebody may have another supervisor by now. Ask your manager to have it imported again.")));
}

