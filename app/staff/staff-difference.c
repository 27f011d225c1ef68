/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-difference.h"

#include "base/text.h"
#include "staff/person-private.h"

#include <string.h>

#define REMOVED_SHARE_MAX 5 /* one in five */

struct _AccStaffDifference {
  GObject parent_instance;
  AccDirectory *before, *after;
  GPtrArray *changes;
  guint counts[ACC_STAFF_N_CHANGES];
  guint n_others;
  GHashTable *concerned; /* set of folded names */
};

G_DEFINE_FINAL_TYPE (AccStaffDifference, acc_staff_difference, G_TYPE_OBJECT)

static void
acc_staff_difference_finalize (GObject *object)
{
  AccStaffDifference *self = ACC_STAFF_DIFFERENCE (object);

  g_clear_pointer (&self->concerned, g_hash_table_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  G_OBJECT_CLASS (acc_staff_difference_parent_class)->finalize (object);
}

static void
acc_staff_difference_class_init (AccStaffDifferenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_staff_difference_finalize;
}

static void
acc_staff_difference_init (AccStaffDifference *self)
{
  self->changes = g_ptr_array_new_with_free_func (g_object_unref);
  self->concerned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_change (AccStaffDifference *self, const char *id)
{
  AccStaffChange *change = acc_staff_change_new (self->before, self->after, id);

  g_ptr_array_add (self->changes, change);
  self->counts[acc_staff_change_get_kind (change)]++;
  self->n_others += acc_staff_change_may_be_another (change);
}

static void
find_changes (AccStaffDifference *self)
{
  for (guint i = 0; i < acc_directory_get_n_people (self->after); i++)
    {
      const AccPerson *person = acc_directory_get_person (self->after, i);
      const AccPerson *was = acc_directory_find_id (self->before, person->id);

      if (was == NULL || !acc_person_equal (was, person))
        add_change (self, person->id);
    }
  for (guint i = 0; i < acc_directory_get_n_people (self->before); i++)
    {
      const AccPerson *person = acc_directory_get_person (self->before, i);

      if (acc_directory_find_id (self->after, person->id) == NULL)
        add_change (self, person->id);
    }
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  AccStaffChange *first = *(AccStaffChange *const *) a, *second = *(AccStaffChange *const *) b;
  AccStaffChangeKind of_first = acc_staff_change_get_kind (first), of_second = acc_staff_change_get_kind (second);
  const AccPerson *person = acc_staff_change_get_person (first), *other = acc_staff_change_get_person (second);
  int by_name;

  if (of_first != of_second)
    return of_first < of_second ? -1 : 1;
  by_name = g_utf8_collate (person->name, other->name);
  return by_name != 0 ? by_name : strcmp (person->id, other->id);
}

/* ---- whom a letter may be about ---- */

static void
add_name (AccStaffDifference *self, AccDirectory *directory, const char *id)
{
  const AccPerson *person = acc_directory_find_id (directory, id);

  if (person != NULL)
    g_hash_table_add (self->concerned, acc_text_fold (person->name));
}

/* Those who report to one of @moved, in @directory. */
static void
add_reports (AccStaffDifference *self, AccDirectory *directory, GHashTable *moved)
{
  for (guint i = 0; g_hash_table_size (moved) > 0 && i < acc_directory_get_n_people (directory); i++)
    {
      const AccPerson *person = acc_directory_get_person (directory, i);

      if (g_hash_table_contains (moved, person->supervisor_id))
        g_hash_table_add (self->concerned, acc_text_fold (person->name));
    }
}

static void
find_concerned (AccStaffDifference *self)
{
  g_autoptr (GHashTable) moved = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->changes->len; i++)
    {
      AccStaffChange *change = g_ptr_array_index (self->changes, i);
      const char *id = acc_staff_change_get_person (change)->id;

      if (!acc_staff_change_is_of_way (change))
        continue;
      g_hash_table_add (moved, (gpointer) id);
      add_name (self, self->before, id);
      add_name (self, self->after, id);
    }
  add_reports (self, self->before, moved);
  add_reports (self, self->after, moved);
}

AccStaffDifference *
acc_staff_difference_new (AccDirectory *before, AccDirectory *after)
{
  AccStaffDifference *self;

  g_return_val_if_fail (ACC_IS_DIRECTORY (before) && ACC_IS_DIRECTORY (after), NULL);

  self = g_object_new (ACC_TYPE_STAFF_DIFFERENCE, NULL);
  self->before = g_object_ref (before);
  self->after = g_object_ref (after);
  find_changes (self);
  g_ptr_array_sort (self->changes, compare_changes);
  find_concerned (self);
  return self;
}

AccDirectory *
acc_staff_difference_get_before (AccStaffDifference *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self), NULL);
  return self->before;
}

AccDirectory *
acc_staff_difference_get_after (AccStaffDifference *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self), NULL);
  return self->after;
}

guint
acc_staff_difference_get_n (AccStaffDifference *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self), 0);
  return self->changes->len;
}

AccStaffChange *
acc_staff_difference_get_change (AccStaffDifference *self, guint position)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self) && position < self->changes->len, NULL);
  return g_ptr_array_index (self->changes, position);
}

guint
acc_staff_difference_count (AccStaffDifference *self, AccStaffChangeKind kind)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self) && kind < ACC_STAFF_N_CHANGES, 0);
  return self->counts[kind];
}

guint
acc_staff_difference_count_unchanged (AccStaffDifference *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self), 0);
  return acc_directory_get_n_people (self->after) - self->counts[ACC_STAFF_NEW] - self->counts[ACC_STAFF_CHANGED];
}

guint
acc_staff_difference_count_others (AccStaffDifference *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self), 0);
  return self->n_others;
}

gboolean
acc_staff_difference_removes_many (AccStaffDifference *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self), FALSE);
  return self->counts[ACC_STAFF_LEFT] * REMOVED_SHARE_MAX > acc_directory_get_n_people (self->before);
}

gboolean
acc_staff_difference_concerns (AccStaffDifference *self, const char *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (self) && name != NULL, FALSE);

  folded = acc_text_fold (name);
  return g_hash_table_contains (self->concerned, folded);
}
