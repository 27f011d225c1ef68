/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/cover.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/language.h"
#include "base/text.h"
#include "letter/guard.h"
#include "paper/pdf-writer.h"
#include "paper/proofreader.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static const char *const reached_words[] = {
  [ACC_REACHED_PHONE] = N_ ("by phone"),
  [ACC_REACHED_BRANCH] = N_ ("at the branch"),
  [ACC_REACHED_ONLINE] = N_ ("online"),
};

/* Everything that a proposal may say; the letter's own words are not among it. */
typedef struct {
  const char *client; /* "A client of the Market Street branch" */
  const char *people; /* "Jessica Okafor (Fraud Operations)" */
  const char *how;    /* "by phone on 20 November 2026" */
} Facts;

static const char *
get_called (const AccPerson *person)
{
  return *person->called != '\0' ? person->called : person->name;
}

static char *
describe_with_department (const AccPerson *person)
{
  return g_strdup_printf (_ ("%s (%s)"), person->name, person->department);
}

static char *
dup_called (const AccPerson *person)
{
  return g_strdup (get_called (person));
}

static char *
dup_name (const AccPerson *person)
{
  return g_strdup (person->name);
}

/* All whom the letter is about, for this recipient: "A, B and C". */
static char *
list_people (const AccRecipient *recipient, char *(*describe) (const AccPerson *person))
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < recipient->employees->len; i++)
    {
      g_autofree char *text = describe (g_ptr_array_index (recipient->employees, i));

      if (i > 0)
        g_string_append (list, i + 1 == recipient->employees->len ? _ (" and ") : _ (", "));
      g_string_append (list, text);
    }
  return g_string_free (list, FALSE);
}

static char *
open_for_supervisor (const Facts *facts)
{
  return g_strdup_printf (_ ("%s wrote the attached letter about help received from %s %s."), facts->client,
                          facts->people, facts->how);
}

static char *
open_for_employee (const Facts *facts)
{
  return g_strdup_printf (_ ("%s wrote the attached letter to you, about help received %s."), facts->client,
                          facts->how);
}

static char *
open_for_own_supervisor (const Facts *facts)
{
  return g_strdup_printf (_ ("For your information: %s wrote the attached letter about help received from %s %s."),
                          facts->client, facts->people, facts->how);
}

/* What differs from role to role. */
static const struct {
  char *(*open) (const Facts *facts);
  const char *subject;      /* %s: the employees' names */
  gboolean starts_sentence; /* the client is the first word */
  gboolean asks_to_share;
  gboolean tells_consent;
} roles[ACC_ROLE_N] = {
  /* Can share it with the employee, and keep it on file if the client has agreed. */
  [ACC_ROLE_SUPERVISOR] = { open_for_supervisor, N_ ("A client’s letter about %s"), TRUE, TRUE, TRUE },
  /* Has a right to know whether it goes on file. */
  [ACC_ROLE_EMPLOYEE] = { open_for_employee, N_ ("A client’s letter to you"), TRUE, FALSE, TRUE },
  /* For information only: nothing to do. */
  [ACC_ROLE_OWN_SUPERVISOR] = { open_for_own_supervisor, N_ ("A client’s letter about %s"), FALSE, FALSE, FALSE },
  /* Keeps it, since the client has agreed. */
  [ACC_ROLE_PERSONNEL] = { open_for_supervisor, N_ ("A client’s letter for the personnel file of %s"), TRUE, FALSE, TRUE },
};

/* "Market Street" and "Market Street branch" both read as one. */
static char *
describe_client (const char *branch, gboolean starts_sentence)
{
  g_autofree char *folded = acc_text_fold (branch);

  if (g_str_has_suffix (folded, "branch"))
    return g_strdup_printf (starts_sentence ? _ ("A client of %s") : _ ("a client of %s"), branch);
  return g_strdup_printf (starts_sentence ? _ ("A client of the %s branch") : _ ("a client of the %s branch"), branch);
}

/* The day written out, or as it stands where the wording is not installed; the way, where one holds for all. */
static char *
describe_how (AccLetter *letter, const AccRecipient *recipient)
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  g_autoptr (AccWording) wording = acc_wording_load (NULL, acc_language_get (), NULL);
  g_autofree char *day = wording != NULL ? acc_wording_date (wording, fields->served_on) : g_strdup (fields->served_on);

  if (recipient->employees->len > 1)
    return g_strdup_printf (_ ("on %s"), day);
  return g_strdup_printf (_ ("%s on %s"), _ (reached_words[fields->to[recipient->addressee].reached]), day);
}

/* Whole calendar months from the day of @from to @today, as one counts an age; negative where @from is later. */
static int
count_months (const char *from, const char *today)
{
  int year, month, day, year_now, month_now, day_now;

  if (sscanf (from, "%4d-%2d-%2d", &year, &month, &day) != 3
      || sscanf (today, "%4d-%2d-%2d", &year_now, &month_now, &day_now) != 3)
    return -1;
  return (year_now - year) * 12 + month_now - month - (day_now < day ? 1 : 0);
}

/* A letter that was routed after today: then or now the clock is wrong, and nobody knows how long ago anything was. */
static gboolean
is_clock_sound (GHashTable *departments, const char *today)
{
  GHashTableIter iter;
  gpointer at;

  g_hash_table_iter_init (&iter, departments);
  while (g_hash_table_iter_next (&iter, NULL, &at))
    if (strncmp (at, today, strlen (today)) > 0)
      return FALSE;
  return TRUE;
}

static void
append_rarity_of (GString *text, const char *department, gboolean first, int months)
{
  if (first)
    g_string_append_printf (text, _ (" This is the first letter to %s that this branch has passed on."), department);
  else if (months >= ACC_COVER_RARE_MONTHS && months <= ACC_COVER_RARE_MONTHS_MAX)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, " This is the first letter to %s from this branch in %d month.",
                                         " This is the first letter to %s from this branch in %d months.", months),
                            department, months);
}

/* Of each department that the letter thanks somebody of, once. */
static void
append_rarity (GString *text, const AccRecipient *recipient, GHashTable *departments)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *today = acc_clock_today ();
  gboolean sound = is_clock_sound (departments, today);

  for (guint i = 0; i < recipient->employees->len; i++)
    {
      const AccPerson *employee = g_ptr_array_index (recipient->employees, i);
      char *name = acc_text_fold (employee->department);
      const char *last = g_hash_table_lookup (departments, name);

      if (g_hash_table_add (said, name) && *name != '\0')
        append_rarity_of (text, employee->department, last == NULL,
                          last != NULL && sound ? count_months (last, today) : -1);
    }
}

char *
acc_cover_propose (AccLetter *letter, const AccRecipient *recipient, const char *branch, GHashTable *departments)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (recipient != NULL && branch != NULL, NULL);

  g_autofree char *client = describe_client (branch, roles[recipient->role].starts_sentence);
  g_autofree char *people = list_people (recipient, describe_with_department);
  g_autofree char *called = list_people (recipient, dup_called);
  g_autofree char *how = describe_how (letter, recipient);
  g_autofree char *opening = roles[recipient->role].open (&(Facts){ .client = client, .people = people, .how = how });
  GString *text = g_string_new (opening);

  if (departments != NULL)
    append_rarity (text, recipient, departments);
  if (roles[recipient->role].asks_to_share)
    g_string_append_printf (text, _ (" Please share it with %s."), called);
  if (roles[recipient->role].tells_consent)
    g_string_append (text, acc_letter_get_fields (letter)->consent_file
                               ? _ (" The client has agreed that it may be kept in the personnel file.")
                               : _ (" The client has not agreed to it being kept in the personnel file."));
  return g_string_free (text, FALSE);
}

char *
acc_cover_subject (const AccRecipient *recipient)
{
  g_return_val_if_fail (recipient != NULL, NULL);

  g_autofree char *names = list_people (recipient, dup_name);
  g_autoptr (GString) subject = g_string_new (_ (roles[recipient->role].subject));

  g_string_replace (subject, "%s", names, 1);
  return g_strdup (subject->str);
}

char *
acc_cover_tell_pair (const AccRecipient *recipient, const AccBanker *banker, const AccPerson *employee, guint n,
                     guint days)
{
  g_return_val_if_fail (recipient != NULL && banker != NULL && employee != NULL, NULL);

  if (recipient->role != ACC_ROLE_SUPERVISOR && recipient->role != ACC_ROLE_OWN_SUPERVISOR)
    return NULL;
  /* Translators: the employee, the banker, in how many days, how many letters. A fact, no reproach */
  return g_strdup_printf (_ ("For your information: letters about %s that %s approved in the last %u days: %u."),
                          employee->name, banker->name, days, n);
}

static guint
count_words (const char *text)
{
  guint n = 0;
  gboolean inside = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gboolean space = g_unichar_isspace (g_utf8_get_char (at));

      n += !space && !inside ? 1 : 0;
      inside = !space;
    }
  return n;
}

static gboolean
check_length (const char *text, gboolean cut, GError **error)
{
  guint words = count_words (text);
  long characters = g_utf8_strlen (text, -1);

  if (acc_text_is_blank (text))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("cover.paragraph: write at least a sentence."));
  else if (words > ACC_COVER_WORDS_MAX)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("cover.paragraph: has %u words; take out %u, a cover holds %d."),
                 words, words - ACC_COVER_WORDS_MAX, ACC_COVER_WORDS_MAX);
  else if (characters > ACC_COVER_CHARACTERS_MAX)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 _ ("cover.paragraph: has %ld characters; take out %ld, a cover holds %d."), characters,
                 characters - ACC_COVER_CHARACTERS_MAX, ACC_COVER_CHARACTERS_MAX);
  else if (cut)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("cover.paragraph: has more than %d lines; take some out."),
                 ACC_STORY_LINES);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_numbers (const char *text, GError **error)
{
  AccGuardFind find;

  if (!acc_guard_find_certain (text, &find))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               _ ("cover.paragraph: holds %s: take it out, it may not leave the branch."),
               acc_guard_describe (find.kind));
  return FALSE;
}

char *
acc_cover_text (const char *paragraph, const AccBanker *banker, gboolean disclosed, GError **error)
{
  g_return_val_if_fail (paragraph != NULL, NULL);
  g_return_val_if_fail (banker != NULL, NULL);

  AccTextChange change;
  g_autofree char *typed = g_utf8_make_valid (paragraph, -1); /* what cleaning cuts off counts as well */
  g_autofree char *clean = acc_text_clean (paragraph, -1, ACC_TEXT_STORY, &change);
  g_autofree char *trimmed = acc_text_trim (clean);

  if (!check_length (typed, (change & ACC_TEXT_CUT) != 0, error) || !check_numbers (trimmed, error))
    return NULL;
  if (!disclosed)
    return g_steal_pointer (&trimmed);
  return g_strdup_printf (_ ("%s\n\n%s, who approved this letter for sending, is named in it."), trimmed, banker->name);
}

/* "Team lead, Fraud Operations". */
static char *
describe_person (const AccPerson *person)
{
  if (*person->title == '\0')
    return g_strdup (person->department);
  if (strstr (person->title, person->department) != NULL) /* "Team Lead, Fraud Operations" says it already */
    return g_strdup (person->title);
  return g_strdup_printf ("%s, %s", person->title, person->department);
}

static GBytes *
write_proofread (AccComposition *composition, AccLetterhead *letterhead, GError **error)
{
  g_autoptr (AccPages) pages = acc_typeset (composition, letterhead, error);
  g_autoptr (GBytes) pdf = pages != NULL ? acc_pdf_write (pages, error) : NULL;

  if (pdf == NULL || !acc_proofread (pages, pdf, error))
    return NULL;
  return g_steal_pointer (&pdf);
}

GBytes *
acc_cover_write (AccLetter *letter, const char *number, const AccRecipient *recipient, const AccBanker *banker,
                 const char *paragraph, gboolean disclosed, AccLetterhead *letterhead, const char *branch,
                 GError **error)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (number != NULL && recipient != NULL && banker != NULL && paragraph != NULL, NULL);
  g_return_val_if_fail (ACC_IS_LETTERHEAD (letterhead) && branch != NULL, NULL);

  g_autofree char *text = acc_cover_text (paragraph, banker, disclosed, error);
  g_autoptr (AccWording) wording = text != NULL ? acc_wording_load (letterhead, acc_language_get (), error) : NULL;

  if (wording == NULL)
    return NULL;

  g_autofree char *today = acc_clock_today ();
  g_autofree char *line = describe_person (recipient->person);
  g_autofree char *subject = acc_cover_subject (recipient);
  g_autofree char *salutation
      = acc_wording_fill (wording, "cover-salutation", "name", get_called (recipient->person), NULL);
  AccCoverText cover = { .branch = branch,
                         .number = number,
                         .date = today,
                         .language = acc_language_get (),
                         .to_name = recipient->person->name,
                         .to_line = line,
                         .subject = subject,
                         .salutation = salutation,
                         .paragraph = text,
                         .signed_name = banker->name,
                         .signed_line = branch,
                         .paper = acc_letter_get_fields (letter)->paper };
  g_autoptr (AccComposition) composition = acc_composition_new_cover (&cover, wording);

  return write_proofread (composition, letterhead, error);
}
