/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-chain.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const AccPerson *
find_last (const AccStaffChain *chain)
{
  return chain->people->len > 0 ? g_ptr_array_index (chain->people, chain->people->len - 1) : chain->person;
}

static void
go_up (AccStaffChain *chain, AccDirectory *directory)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const AccPerson *at = chain->person;

  g_hash_table_add (seen, (gpointer) at);
  while (*at->supervisor_id != '\0')
    {
      const AccPerson *above = acc_directory_find_id (directory, at->supervisor_id);

      if (above == NULL || above == at)
        {
          chain->end = above == NULL ? ACC_CHAIN_UNKNOWN : ACC_CHAIN_SELF;
          return;
        }
      if (!g_hash_table_add (seen, (gpointer) above))
        {
          chain->end = ACC_CHAIN_LOOP;
          chain->below = above;
          return;
        }
      g_ptr_array_add (chain->people, (gpointer) above);
      at = above;
    }
  chain->end = ACC_CHAIN_TOP;
}

AccStaffChain *
acc_staff_chain_new (AccDirectory *directory, const AccPerson *person, const char *on)
{
  AccStaffChain *chain;

  g_return_val_if_fail (ACC_IS_DIRECTORY (directory) && person != NULL && on != NULL, NULL);

  chain = g_new0 (AccStaffChain, 1);
  chain->person = person;
  chain->people = g_ptr_array_new ();
  chain->on = g_strdup (on);
  go_up (chain, directory);
  return chain;
}

void
acc_staff_chain_free (AccStaffChain *chain)
{
  if (chain == NULL)
    return;
  g_ptr_array_unref (chain->people);
  g_free (chain->on);
  g_free (chain);
}

char *
acc_staff_chain_describe_absence (const AccStaffChain *chain, const AccPerson *person)
{
  g_return_val_if_fail (chain != NULL && person != NULL, NULL);

  if (acc_person_is_here (person, chain->on))
    return NULL;
  if (*person->since != '\0' && strcmp (chain->on, person->since) < 0)
    return g_strdup_printf (_ ("Not here yet: comes on %s."), person->since);
  return g_strdup_printf (_ ("No longer here since %s: the place is vacant."), person->until);
}

char *
acc_staff_chain_describe_supervisor (const AccStaffChain *chain)
{
  const AccPerson *direct, *next = NULL;

  g_return_val_if_fail (chain != NULL, NULL);

  if (chain->people->len == 0)
    return acc_staff_chain_describe_end (chain);
  direct = g_ptr_array_index (chain->people, 0);
  for (guint i = 0; i < chain->people->len && next == NULL; i++)
    if (acc_person_is_here (g_ptr_array_index (chain->people, i), chain->on))
      next = g_ptr_array_index (chain->people, i);
  if (next == direct)
    return g_strdup_printf (_ ("%s reports to %s."), chain->person->name, direct->name);
  if (next != NULL)
    return g_strdup_printf (_ ("%s reports to %s, who is not here on that day: %s, the next one up, is proposed instead."),
                            chain->person->name, direct->name, next->name);
  return g_strdup_printf (_ ("%s reports to %s, who is not here on that day, nor is anybody above."), chain->person->name,
                          direct->name);
}

char *
acc_staff_chain_describe_end (const AccStaffChain *chain)
{
  const AccPerson *last;

  g_return_val_if_fail (chain != NULL, NULL);

  last = find_last (chain);
  switch (chain->end)
    {
    case ACC_CHAIN_TOP:
      return g_strdup_printf (_ ("%s reports to nobody."), last->name);
    case ACC_CHAIN_UNKNOWN:
      return g_strdup_printf (_ ("%s reports to “%s”, whom the directory does not know: the place is vacant."), last->name,
                              last->supervisor_id);
    case ACC_CHAIN_SELF:
      return g_strdup_printf (_ ("%s is their own supervisor: have the directory corrected."), last->name);
    case ACC_CHAIN_LOOP:
      return g_strdup_printf (_ ("%s reports to %s, who stands below: a loop. Have the directory corrected."), last->name,
                              chain->below->name);
    }
  g_return_val_if_reached (NULL);
}
