/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-change.h"

#include "staff/people-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _AccStaffChange {
  GObject parent_instance;
  AccDirectory *before, *after;     /* they lend the people */
  const AccPerson *was, *will_be; /* NULL: not there */
};

G_DEFINE_FINAL_TYPE (AccStaffChange, acc_staff_change, G_TYPE_OBJECT)

static const char *const kind_words[ACC_STAFF_N_CHANGES] = {
  [ACC_STAFF_NEW] = "new",
  [ACC_STAFF_LEFT] = "left",
  [ACC_STAFF_CHANGED] = "changed",
};

/* What each column is called on a screen, and whether a letter on its way depends on it. */
static const struct {
  const char *label;
  gboolean of_way;
} columns[ACC_STAFF_N_COLUMNS] = {
  [ACC_STAFF_ID] = { N_ ("id"), FALSE },
  [ACC_STAFF_NAME] = { N_ ("name"), TRUE },
  [ACC_STAFF_EMAIL] = { N_ ("e-mail"), TRUE },
  [ACC_STAFF_DEPARTMENT] = { N_ ("department"), FALSE },
  [ACC_STAFF_SUPERVISOR_ID] = { N_ ("supervisor"), TRUE },
  [ACC_STAFF_TITLE] = { N_ ("title"), FALSE },
  [ACC_STAFF_CALLED] = { N_ ("called"), FALSE },
  [ACC_STAFF_PRONUNCIATION] = { N_ ("pronunciation"), FALSE },
  [ACC_STAFF_SINCE] = { N_ ("here since"), TRUE },
  [ACC_STAFF_UNTIL] = { N_ ("here until"), TRUE },
  [ACC_STAFF_THANKS] = { N_ ("thanked"), FALSE },
};

const char *
acc_staff_change_kind_to_word (AccStaffChangeKind kind)
{
  g_return_val_if_fail (kind < ACC_STAFF_N_CHANGES, NULL);
  return kind_words[kind];
}

static void
acc_staff_change_finalize (GObject *object)
{
  AccStaffChange *self = ACC_STAFF_CHANGE (object);

  g_clear_object (&self->before);
  g_clear_object (&self->after);
  G_OBJECT_CLASS (acc_staff_change_parent_class)->finalize (object);
}

static void
acc_staff_change_class_init (AccStaffChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_staff_change_finalize;
}

static void
acc_staff_change_init (AccStaffChange *self)
{
}

AccStaffChange *
acc_staff_change_new (AccDirectory *before, AccDirectory *after, const char *id)
{
  AccStaffChange *self;

  g_return_val_if_fail (ACC_IS_DIRECTORY (before) && ACC_IS_DIRECTORY (after) && id != NULL, NULL);

  self = g_object_new (ACC_TYPE_STAFF_CHANGE, NULL);
  self->before = g_object_ref (before);
  self->after = g_object_ref (after);
  self->was = acc_directory_find_id (before, id);
  self->will_be = acc_directory_find_id (after, id);
  g_assert (self->was != NULL || self->will_be != NULL);
  return self;
}

AccStaffChangeKind
acc_staff_change_get_kind (AccStaffChange *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_CHANGE (self), ACC_STAFF_CHANGED);
  return self->was == NULL ? ACC_STAFF_NEW : self->will_be == NULL ? ACC_STAFF_LEFT : ACC_STAFF_CHANGED;
}

const AccPerson *
acc_staff_change_get_person (AccStaffChange *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_CHANGE (self), NULL);
  return self->will_be != NULL ? self->will_be : self->was;
}

static gboolean
differs (const AccStaffChange *self, AccStaffColumn column)
{
  return strcmp (acc_staff_column_text (self->was, column), acc_staff_column_text (self->will_be, column)) != 0;
}

gboolean
acc_staff_change_may_be_another (AccStaffChange *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_CHANGE (self), FALSE);
  return acc_staff_change_get_kind (self) == ACC_STAFF_CHANGED && differs (self, ACC_STAFF_NAME)
         && differs (self, ACC_STAFF_EMAIL);
}

gboolean
acc_staff_change_is_of_way (AccStaffChange *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_CHANGE (self), FALSE);

  if (acc_staff_change_get_kind (self) != ACC_STAFF_CHANGED)
    return TRUE;
  for (AccStaffColumn i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    if (columns[i].of_way && differs (self, i))
      return TRUE;
  return FALSE;
}

/* ---- in words ---- */

static void
field_free (gpointer data)
{
  AccStaffFieldChange *field = data;

  g_free (field->before);
  g_free (field->after);
  g_free (field);
}

/* By name, and by the id as well where the name alone would not tell two apart. */
static char *
name_supervisor (AccDirectory *directory, const AccPerson *person, const char *other_name)
{
  const AccPerson *supervisor = acc_directory_find_id (directory, person->supervisor_id);

  if (supervisor == NULL)
    return g_strdup (person->supervisor_id);
  return g_strcmp0 (supervisor->name, other_name) == 0 ? g_strdup_printf ("%s (%s)", supervisor->name, supervisor->id)
                                                       : g_strdup (supervisor->name);
}

static const char *
find_supervisor_name (AccDirectory *directory, const AccPerson *person)
{
  const AccPerson *supervisor = acc_directory_find_id (directory, person->supervisor_id);

  return supervisor != NULL ? supervisor->name : NULL;
}

static AccStaffFieldChange *
make_field (const AccStaffChange *self, AccStaffColumn column)
{
  AccStaffFieldChange *field = g_new0 (AccStaffFieldChange, 1);

  field->column = acc_staff_column_name (column);
  field->label = _ (columns[column].label);
  if (column == ACC_STAFF_SUPERVISOR_ID)
    {
      field->before = name_supervisor (self->before, self->was, find_supervisor_name (self->after, self->will_be));
      field->after = name_supervisor (self->after, self->will_be, find_supervisor_name (self->before, self->was));
    }
  else
    {
      field->before = g_strdup (acc_staff_column_text (self->was, column));
      field->after = g_strdup (acc_staff_column_text (self->will_be, column));
    }
  return field;
}

GPtrArray *
acc_staff_change_list_fields (AccStaffChange *self)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (field_free);

  g_return_val_if_fail (ACC_IS_STAFF_CHANGE (self), fields);

  if (acc_staff_change_get_kind (self) == ACC_STAFF_CHANGED)
    for (AccStaffColumn i = 0; i < ACC_STAFF_N_COLUMNS; i++)
      if (differs (self, i))
        g_ptr_array_add (fields, make_field (self, i));
  return fields;
}

static char *
describe_field (const AccStaffFieldChange *field)
{
  if (*field->before == '\0')
    /* Translators: what it is, and its value, where there was none before */
    return g_strdup_printf (_ ("%s: “%s”, before nothing"), field->label, field->after);
  if (*field->after == '\0')
    /* Translators: what it is, and its value before, where there is none any more */
    return g_strdup_printf (_ ("%s: nothing, before “%s”"), field->label, field->before);
  /* Translators: what it is, its value, and the value before */
  return g_strdup_printf (_ ("%s: “%s”, before “%s”"), field->label, field->after, field->before);
}

static char *
describe_place (const AccStaffChange *self)
{
  AccDirectory *directory = self->will_be != NULL ? self->after : self->before;
  const AccPerson *person = self->will_be != NULL ? self->will_be : self->was;
  const char *supervisor = find_supervisor_name (directory, person);

  /* Translators: a department, and the supervisor's name */
  return supervisor != NULL ? g_strdup_printf (_ ("%s, reports to %s"), person->department, supervisor)
                            : g_strdup (person->department);
}

char *
acc_staff_change_describe (AccStaffChange *self)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (ACC_IS_STAFF_CHANGE (self), NULL);

  if (acc_staff_change_get_kind (self) != ACC_STAFF_CHANGED)
    return describe_place (self);
  fields = acc_staff_change_list_fields (self);
  words = g_string_new (NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *field = describe_field (g_ptr_array_index (fields, i));

      g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", field);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
