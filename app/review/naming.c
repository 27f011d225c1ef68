/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/naming-private.h"

#include "base/text.h"

#include <string.h>

gboolean
acc_checks_contains_id (GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    if (strcmp (((const AccPerson *) g_ptr_array_index (people, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* A single word that is nobody's whole name says who is meant in the banker's own department only: “Danny” is no
 * stranger elsewhere in the bank whom the directory happens to call so. */
static gboolean
may_be_thanked (const AccPerson *person, const char *folded, const char *department)
{
  g_autofree char *name = acc_text_fold (person->name);

  return strchr (folded, ' ') != NULL || strcmp (name, folded) == 0
         || g_strcmp0 (person->department, department) == 0;
}

GPtrArray *
acc_checks_find_thanked (const AccCheckFacts *facts)
{
  const char *name = acc_letter_get_fields (facts->letter)->banker_name;
  const char *staff_id = facts->banker->staff_id;
  const AccPerson *own = staff_id != NULL ? acc_directory_find_id (facts->directory, staff_id) : NULL;
  g_autoptr (GPtrArray) found = acc_directory_find (facts->directory, name, NULL);
  g_autofree char *folded = acc_text_fold (name);
  GPtrArray *thanked = g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    if (may_be_thanked (g_ptr_array_index (found, i), folded, own != NULL ? own->department : NULL))
      g_ptr_array_add (thanked, g_ptr_array_index (found, i));
  return thanked;
}

gboolean
acc_checks_is_linked (const AccCheckFacts *facts)
{
  return facts->banker->staff_id != NULL && acc_directory_find_id (facts->directory, facts->banker->staff_id) != NULL;
}

gboolean
acc_checks_is_thanked (const AccCheckFacts *facts)
{
  g_autoptr (GPtrArray) thanked = NULL;

  if (!acc_letter_get_fields (facts->letter)->thanks_banker)
    return FALSE;
  if (!acc_checks_is_linked (facts))
    return TRUE;
  thanked = acc_checks_find_thanked (facts);
  return thanked->len == 0 || acc_checks_contains_id (thanked, facts->banker->staff_id);
}

/* A banker without a link is known by name only: then whoever the name fits counts. */
gboolean
acc_checks_is_addressed (const AccCheckFacts *facts, guint addressee)
{
  const AccPerson *employee = facts->employees[addressee];
  const AccAddressee *to = &acc_letter_get_fields (facts->letter)->to[addressee];
  g_autoptr (GPtrArray) meant = NULL;

  if (employee != NULL && facts->banker->staff_id != NULL)
    return strcmp (employee->id, facts->banker->staff_id) == 0;
  if (employee != NULL)
    {
      meant = acc_directory_find (facts->directory, facts->banker->name, NULL);
      return acc_checks_contains_id (meant, employee->id);
    }
  meant = acc_directory_find (facts->directory, to->name, NULL);
  return facts->banker->staff_id != NULL && acc_checks_contains_id (meant, facts->banker->staff_id);
}

gboolean
acc_checks_names_banker (const AccCheckFacts *facts)
{
  g_return_val_if_fail (facts != NULL && facts->letter != NULL && facts->banker != NULL, TRUE);

  for (guint i = 0; i < acc_letter_get_fields (facts->letter)->n_to; i++)
    if (acc_checks_is_addressed (facts, i))
      return TRUE;
  return acc_checks_is_thanked (facts);
}

AccNamed
acc_checks_named (const AccCheckFacts *facts)
{
  if (!acc_checks_names_banker (facts))
    return ACC_NAMED_NOT;
  return facts->second_approver_disclose ? ACC_NAMED_DISCLOSED : ACC_NAMED;
}
