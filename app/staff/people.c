/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/people-private.h"

#include "base/text.h"
#include "staff/person-private.h"
#include "staff/staff-rules-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may not be missing: the column, or a value for each person as well. */
typedef enum { NEEDS_NOTHING, NEEDS_COLUMN, NEEDS_VALUE } Needs;

typedef struct {
  const char *name;
  gsize text; /* where in AccPerson; none for ACC_STAFF_THANKS */
  Needs needs;
  AccStaffRule rule;
} Column;

static const Column columns[ACC_STAFF_N_COLUMNS] = {
  /* the bank's own key for a person: never shown to a client */
  { "id", G_STRUCT_OFFSET (AccPerson, id), NEEDS_VALUE, acc_staff_rule_text },
  { "name", G_STRUCT_OFFSET (AccPerson, name), NEEDS_VALUE, acc_staff_rule_name },
  /* where a letter is sent */
  { "email", G_STRUCT_OFFSET (AccPerson, email), NEEDS_VALUE, acc_staff_rule_address },
  { "department", G_STRUCT_OFFSET (AccPerson, department), NEEDS_VALUE, acc_staff_rule_text },
  /* empty for whoever reports to nobody */
  { "supervisor_id", G_STRUCT_OFFSET (AccPerson, supervisor_id), NEEDS_COLUMN, acc_staff_rule_text },
  { "title", G_STRUCT_OFFSET (AccPerson, title), NEEDS_NOTHING, acc_staff_rule_text },
  { "called", G_STRUCT_OFFSET (AccPerson, called), NEEDS_NOTHING, acc_staff_rule_text },
  { "pronunciation", G_STRUCT_OFFSET (AccPerson, pronunciation), NEEDS_NOTHING, acc_staff_rule_text },
  { "since", G_STRUCT_OFFSET (AccPerson, since), NEEDS_NOTHING, acc_staff_rule_date },
  { "until", G_STRUCT_OFFSET (AccPerson, until), NEEDS_NOTHING, acc_staff_rule_date },
  /* how this person likes to be thanked */
  { "thanks", 0, NEEDS_NOTHING, acc_staff_rule_thanks },
};

struct _AccPeople {
  AccFindings *findings;
  const char *const *labels;
  GPtrArray *people;
  GArray *lines;     /* of guint, parallel to people */
  GHashTable *by_id; /* lent id -> position + 1 */
};

const char *
acc_staff_column_name (AccStaffColumn column)
{
  return columns[column].name;
}

gboolean
acc_staff_column_is_needed (AccStaffColumn column)
{
  return columns[column].needs >= NEEDS_COLUMN;
}

const char *
acc_staff_column_text (const AccPerson *person, AccStaffColumn column)
{
  return column == ACC_STAFF_THANKS ? acc_staff_thanks_to_text (person->thanks)
                                    : G_STRUCT_MEMBER (const char *, person, columns[column].text);
}

AccPeople *
acc_people_new (AccFindings *findings, const char *const *labels)
{
  AccPeople *self = g_new0 (AccPeople, 1);

  self->findings = findings;
  self->labels = labels;
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_person_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
acc_people_free (AccPeople *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_array_unref (self->lines);
  g_ptr_array_unref (self->people);
  g_free (self);
}

static const char *
get_label (const AccPeople *self, AccStaffColumn column)
{
  return self->labels != NULL ? self->labels[column] : columns[column].name;
}

/* The value of a column, trimmed; "" with a finding if it may not be as it is. */
static char *
read_value (AccPeople *self, const char *raw, AccStaffColumn column, guint line)
{
  g_autofree char *value = raw != NULL ? acc_text_trim (raw) : g_strdup ("");
  const char *fault;

  if (*value == '\0')
    {
      if (raw != NULL && columns[column].needs == NEEDS_VALUE)
        acc_findings_add (self->findings, line, _ ("%s: nothing is given."), get_label (self, column));
      return g_steal_pointer (&value);
    }
  fault = columns[column].rule (value);
  if (fault != NULL)
    {
      g_autofree char *quote = acc_findings_quote (value);

      acc_findings_add (self->findings, line, _ ("%s: “%s” %s"), get_label (self, column), quote, fault);
      return g_strdup ("");
    }
  return g_str_is_ascii (value) ? g_steal_pointer (&value) : g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
}

/* Every text of a person is a column, so each is set here. */
static AccPerson *
read_person (AccPeople *self, const char *const *values, guint line)
{
  AccPerson *person = g_new0 (AccPerson, 1);

  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    {
      g_autofree char *value = read_value (self, values[i], i, line);

      if (i == ACC_STAFF_THANKS)
        acc_staff_thanks_from_text (value, &person->thanks);
      else
        G_STRUCT_MEMBER (char *, person, columns[i].text) = g_steal_pointer (&value);
    }
  if (*person->since != '\0' && *person->until != '\0' && strcmp (person->since, person->until) >= 0)
    acc_findings_add (self->findings, line, _ ("until: “%s” is not after since, “%s”."), person->until, person->since);
  return person;
}

static void
report_doubled (AccPeople *self, const char *id, guint line, guint first)
{
  const char *place = acc_findings_get_place (self->findings, first);

  if (place != NULL)
    acc_findings_add (self->findings, line, "%s: “%s” is already that of %s.", get_label (self, ACC_STAFF_ID), id, place);
  else
    acc_findings_add (self->findings, line, _ ("id: “%s” is already in line %u."), id, first);
}

static void
keep_person (AccPeople *self, AccPerson *person, guint line)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, person->id));

  if (first > 0 && *person->id != '\0')
    report_doubled (self, person->id, line, g_array_index (self->lines, guint, first - 1));
  g_ptr_array_add (self->people, person);
  g_array_append_val (self->lines, line);
  if (first == 0 && *person->id != '\0')
    g_hash_table_insert (self->by_id, person->id, GUINT_TO_POINTER (self->people->len));
}

void
acc_people_add (AccPeople *self, const char *const *values, guint line)
{
  keep_person (self, read_person (self, values, line), line);
}

void
acc_people_add_unread (AccPeople *self, const char *id, guint line)
{
  AccPerson *person = acc_person_new_empty ();

  g_free (person->id);
  person->id = acc_text_trim (id);
  keep_person (self, person, line);
}

guint
acc_people_get_n (AccPeople *self)
{
  return self->people->len;
}

AccDirectory *
acc_people_finish (AccPeople *self)
{
  g_autoptr (GPtrArray) right = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_person_free);

  acc_staff_check_supervisors (self->people, self->lines, self->by_id, get_label (self, ACC_STAFF_SUPERVISOR_ID),
                               self->findings);
  acc_staff_mark_reports (self->people, self->lines, self->by_id, self->findings);
  for (guint i = 0; i < self->people->len; i++)
    if (!acc_findings_has_line (self->findings, g_array_index (self->lines, guint, i)))
      g_ptr_array_add (right, g_steal_pointer (&g_ptr_array_index (self->people, i)));
  return right->len > 0 ? acc_directory_new (g_steal_pointer (&right)) : NULL;
}
