/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of who approves: nobody approves alone what thanks them. */
#include "review/checks-private.h"

#include <glib/gi18n-lib.h>

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

void
acc_look_for_own_name (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autoptr (GPtrArray) thanked = NULL;
  gboolean addressed = FALSE;

  for (guint i = 0; i < acc_letter_get_fields (facts->letter)->n_to; i++)
    addressed = addressed || acc_checks_is_addressed (facts, i);
  if (addressed)
    acc_checks_add (check, facts, results, g_strdup (_ ("The letter is for you.")), dup_own_advice (facts));
  if (!acc_letter_get_fields (facts->letter)->thanks_banker || !acc_checks_is_linked (facts))
    return;
  thanked = acc_checks_find_thanked (facts);
  if (acc_checks_contains_id (thanked, facts->banker->staff_id))
    acc_checks_add (check, facts, results, g_strdup (_ ("The letter thanks you too.")), dup_own_advice (facts));
}

void
acc_look_for_link (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (!acc_letter_get_fields (facts->letter)->thanks_banker || acc_checks_is_linked (facts))
    return;
  acc_checks_add (check, facts, results,
              g_strdup_printf (_ ("The letter thanks %s, and the directory does not say who you are."),
                               acc_letter_get_fields (facts->letter)->banker_name),
              g_strdup (_ ("Ask for your name to be linked to the directory.")));
}

void
acc_look_for_unknown_banker (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  const AccLetterFields *fields = acc_letter_get_fields (facts->letter);
  g_autoptr (GPtrArray) thanked = acc_checks_find_thanked (facts);

  if (!fields->thanks_banker || !acc_checks_is_linked (facts) || thanked->len > 0)
    return;
  acc_checks_add (check, facts, results,
              g_strdup_printf (_ ("The letter thanks “%s”; the directory does not say who that is."),
                               fields->banker_name),
              g_strdup (_ ("It may mean you. Ask for that name to be added to the directory, as “called”.")));
}

void
acc_look_for_other_name (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autofree char *name = NULL;

  if (!acc_letter_get_fields (facts->letter)->thanks_banker || acc_checks_is_thanked (facts))
    return;
  name = dup_thanked_name (facts);
  acc_checks_add (check, facts, results, g_strdup_printf (_ ("The letter thanks %s too."), name),
              g_strdup_printf (_ ("Someone other than %s must approve: you can."), name));
}

