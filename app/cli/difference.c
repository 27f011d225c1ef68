/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/difference.h"

#include "cli/terminal.h"

static void
print_change (AccStaffChange *change)
{
  const AccPerson *person = acc_staff_change_get_person (change);
  g_autofree char *words = acc_staff_change_describe (change);

  acc_cli_print ("%s\t%s\t%s\t%s\n", acc_staff_change_kind_to_word (acc_staff_change_get_kind (change)), person->id,
                 person->name, words);
}

void
acc_cli_print_difference (AccStaffDifference *difference, gboolean each)
{
  for (guint i = 0; each && i < acc_staff_difference_get_n (difference); i++)
    print_change (acc_staff_difference_get_change (difference, i));
  acc_cli_print ("%u new, %u changed, %u gone, %u as before.\n", acc_staff_difference_count (difference, ACC_STAFF_NEW),
                 acc_staff_difference_count (difference, ACC_STAFF_CHANGED),
                 acc_staff_difference_count (difference, ACC_STAFF_LEFT),
                 acc_staff_difference_count_unchanged (difference));
  if (acc_staff_difference_count_others (difference) > 0)
    acc_cli_print ("%u with another name and another address under the same id: see that they are the same people.\n",
                   acc_staff_difference_count_others (difference));
}

static JsonObject *
change_to_json (AccStaffChange *change)
{
  const AccPerson *person = acc_staff_change_get_person (change);
  g_autoptr (GPtrArray) fields = acc_staff_change_list_fields (change);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (object, "id", person->id);
  json_object_set_string_member (object, "name", person->name);
  for (guint i = 0; i < fields->len; i++)
    {
      const AccStaffFieldChange *field = g_ptr_array_index (fields, i);
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "field", field->column);
      json_object_set_string_member (one, "before", field->before);
      json_object_set_string_member (one, "after", field->after);
      json_array_add_object_element (array, one);
    }
  json_object_set_array_member (object, "fields", array);
  json_object_set_boolean_member (object, "may_be_another", acc_staff_change_may_be_another (change));
  return object;
}

void
acc_cli_print_difference_json (AccStaffDifference *difference, guint set_aside, gboolean imported)
{
  AccDirectory *after = acc_staff_difference_get_after (difference);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *kinds[ACC_STAFF_N_CHANGES];

  for (guint i = 0; i < ACC_STAFF_N_CHANGES; i++)
    kinds[i] = json_array_new ();
  for (guint i = 0; i < acc_staff_difference_get_n (difference); i++)
    {
      AccStaffChange *change = acc_staff_difference_get_change (difference, i);

      json_array_add_object_element (kinds[acc_staff_change_get_kind (change)], change_to_json (change));
    }
  json_object_set_boolean_member (object, "imported", imported);
  json_object_set_string_member (object, "source", acc_directory_source_to_word (acc_directory_get_source (after)));
  json_object_set_int_member (object, "people", acc_directory_get_n_people (after));
  json_object_set_int_member (object, "set_aside", set_aside);
  json_object_set_int_member (object, "unchanged", acc_staff_difference_count_unchanged (difference));
  for (guint i = 0; i < ACC_STAFF_N_CHANGES; i++)
    json_object_set_array_member (object, acc_staff_change_kind_to_word (i), kinds[i]);
  json_node_take_object (node, object);
  acc_cli_print_json (node);
}
