/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of how the letter came about: whether it is what the client sent, and of their own accord. */
#include "review/checks-private.h"

#include <glib/gi18n-lib.h>

#include "letter/number.h"

void
acc_look_for_reading (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  char *advice;

  if (facts->read_back != ACC_READ_BACK_NEVER)
    return;
  if (facts->unread_because == NULL)
    advice = g_strdup (_ ("Wait a moment, then open the letter again. If it stays so, ask IT."));
  else
    /* Translators: sentences that say why */
    advice = g_strdup_printf (_ ("%s The letter can be approved once this is put right."), facts->unread_because);
  acc_checks_add (check, facts, results, g_strdup (_ ("The PDF has not been read back yet.")), advice);
}

void
acc_look_for_difference (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (facts->read_back == ACC_READ_BACK_DIFFERS)
    acc_checks_add (check, facts, results, g_strdup (_ ("The PDF does not say what the letter’s record says.")),
                g_strdup (_ ("It was held for that, and let go on. Only the PDF leaves the branch: read it closely.")));
  else if (facts->read_back == ACC_READ_BACK_NO_PDF)
    acc_checks_add (check, facts, results, g_strdup (_ ("The PDF could not be read back.")),
                g_strdup (_ ("It was held for that, and let go on. Only the PDF leaves the branch: read it closely.")));
  else if (facts->read_back == ACC_READ_BACK_WORDS)
    acc_checks_add (check, facts, results, g_strdup (_ ("The PDF is set otherwise than it would be here today.")),
                g_strdup (_ ("Its words are those of the record; look whether the letterhead is yours.")));
}


/* Gathered words are no less a client's; but who asked is known to nobody else. */
void
acc_look_for_prompting (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (acc_letter_get_fields (facts->letter)->asked_by_staff == ACC_ASKED_YES)
    acc_checks_add (check, facts, results, g_strdup (_ ("Someone of the staff asked for this letter.")),
                   g_strdup (_ ("The client said so. Talk with your manager before you approve.")));
}

void
acc_look_for_doubles (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  g_autofree char *short_number = NULL, *number = NULL;

  if (facts->precedents == NULL || facts->precedents->alike_number == NULL)
    return;
  short_number = acc_number_short (facts->precedents->alike_number);
  number = acc_check_isolate (short_number);
  acc_checks_add (check, facts, results, g_strdup_printf (_ ("Much of this letter stands in letter %s, too."), number),
                 g_strdup (_ ("Read both. If the words were given to the client, talk with your manager.")));
}

void
acc_look_for_rush (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  if (facts->precedents != NULL && facts->precedents->n_in_hour > ACC_KIOSK_LETTERS_MAX)
    acc_checks_add (check, facts, results,
                   g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u letter came from this kiosk within an hour.",
                                                 "%u letters came from this kiosk within an hour.",
                                                 facts->precedents->n_in_hour),
                                    facts->precedents->n_in_hour),
                   g_strdup (_ ("Make sure that each client wrote their own.")));
}

guint
acc_checks_count_pair (const AccCheckFacts *facts, const AccPerson *employee)
{
  guint n;

  g_return_val_if_fail (facts != NULL, 0);

  if (facts->precedents == NULL || facts->pair_limit == 0 || employee == NULL)
    return 0;
  n = acc_precedents_count_pair (facts->precedents, employee->id) + 1;
  return n > facts->pair_limit ? n : 0;
}

void
acc_look_for_pairs (const AccCheck *check, const AccCheckFacts *facts, GPtrArray *results)
{
  for (guint i = 0; i < acc_letter_get_fields (facts->letter)->n_to; i++)
    {
      guint n = acc_checks_count_pair (facts, facts->employees[i]);

      if (n > 0)
        acc_checks_add (check, facts, results,
                       /* Translators: the employee, in how many days, how many letters */
                       g_strdup_printf (_ ("Letters to %s that you approve in %u days, with this one: %u"),
                                        facts->employees[i]->name, facts->pair_days, n),
                       g_strdup (_ ("Both supervisors are told: their covers say so.")));
    }
}
