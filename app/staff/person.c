/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/person-private.h"

#include <string.h>

/* Every text of a person; copying, comparing and freeing walk this one list. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (AccPerson, id),    G_STRUCT_OFFSET (AccPerson, name),
  G_STRUCT_OFFSET (AccPerson, email), G_STRUCT_OFFSET (AccPerson, department),
  G_STRUCT_OFFSET (AccPerson, title), G_STRUCT_OFFSET (AccPerson, supervisor_id),
  G_STRUCT_OFFSET (AccPerson, since), G_STRUCT_OFFSET (AccPerson, called),
  G_STRUCT_OFFSET (AccPerson, until), G_STRUCT_OFFSET (AccPerson, pronunciation),
};

static char **
text_at (const AccPerson *person, gsize i)
{
  return (char **) ((char *) person + texts[i]);
}

AccPerson *
acc_person_new_empty (void)
{
  AccPerson *person = g_new0 (AccPerson, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_at (person, i) = g_strdup ("");
  return person;
}

AccPerson *
acc_person_copy (const AccPerson *person)
{
  AccPerson *copy;

  g_return_val_if_fail (person != NULL, NULL);

  copy = g_new0 (AccPerson, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_at (copy, i) = g_strdup (*text_at (person, i));
  copy->thanks = person->thanks;
  return copy;
}

void
acc_person_free (AccPerson *person)
{
  if (person == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*text_at (person, i));
  g_free (person);
}

gboolean
acc_person_equal (const AccPerson *a, const AccPerson *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (*text_at (a, i), *text_at (b, i)) != 0)
      return FALSE;
  return a->thanks == b->thanks;
}

/* ISO 8601 dates order as text does. */
gboolean
acc_person_is_here (const AccPerson *person, const char *on)
{
  g_return_val_if_fail (person != NULL && on != NULL, FALSE);

  if (*person->since != '\0' && strcmp (on, person->since) < 0)
    return FALSE;
  return *person->until == '\0' || strcmp (on, person->until) < 0;
}
