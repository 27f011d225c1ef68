/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade staff import | find | chain */
#include "archive/archive.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "inbox/inbox.h"
#include "staff/directory-table.h"
#include "staff/staff-csv.h"

#include <glib/gstdio.h>

/* An import that takes away more than one in five is shown first. */
#define REMOVED_SHARE_MAX 5

/* More than a directory may have, so that a file which is too large is refused with the line where it gets so. */
#define FILE_BYTES_MAX ((gsize) 2 * ACC_STAFF_BYTES_MAX)

static gboolean
confirm_difference (const AccOptions *options, const AccDirectoryDifference *difference, guint set_aside,
                    GError **error)
{
  guint before = difference->removed + difference->changed + difference->unchanged;

  g_print ("%u new, %u changed, %u gone, %u as before.\n", difference->added, difference->changed, difference->removed,
           difference->unchanged);
  if (options->yes || options->dry_run)
    return TRUE;
  if (set_aside > 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "%u %s set aside in %s and nothing was imported. Look there, then import with --yes.", set_aside,
                   set_aside == 1 ? "row was" : "rows were", options->quarantine);
      return FALSE;
    }
  if (difference->removed * REMOVED_SHARE_MAX > before)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "This would remove %u of %u people and nothing was imported. If that is right, import with --yes.",
                   difference->removed, before);
      return FALSE;
    }
  return TRUE;
}

/* The bad rows of a file must not take the place of the file. */
static gboolean
check_quarantine (const AccOptions *options, GError **error)
{
  GStatBuf file, quarantine;

  if (options->quarantine == NULL || g_stat (options->rest[0], &file) != 0
      || g_stat (options->quarantine, &quarantine) != 0 || file.st_dev != quarantine.st_dev
      || file.st_ino != quarantine.st_ino)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "--quarantine: %s is the file to import. Name another one.",
               options->quarantine);
  return FALSE;
}

static AccDirectory *
read_csv (const AccOptions *options, guint *set_aside, GError **error)
{
  g_autoptr (GBytes) csv = acc_file_read (options->rest[0], FILE_BYTES_MAX, error);
  g_autoptr (GBytes) bad = NULL;
  g_autoptr (AccDirectory) directory = NULL;

  *set_aside = 0;
  if (csv == NULL || !check_quarantine (options, error))
    return NULL;
  if (options->quarantine == NULL)
    directory = acc_staff_csv_read (csv, error);
  else
    directory = acc_staff_csv_sift (csv, &bad, set_aside, error);
  if (directory == NULL)
    g_prefix_error (error, "%s: ", options->rest[0]);
  else if (*set_aside > 0 && !acc_file_write (options->quarantine, bad, 0600, error))
    g_clear_object (&directory);
  return g_steal_pointer (&directory);
}

gboolean
acc_command_staff_import (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL, inbox = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccDirectory) before = NULL, after = NULL;
  AccDirectoryDifference difference;
  guint set_aside;

  after = read_csv (options, &set_aside, error);
  if (after == NULL || (identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error)) == NULL
      || (before = acc_directory_table_load (desk, identity, NULL, error)) == NULL)
    return FALSE;
  acc_directory_compare (before, after, &difference);
  if (!confirm_difference (options, &difference, set_aside, error))
    return FALSE;
  if (options->dry_run)
    {
      g_print ("Nothing was imported.\n");
      return TRUE;
    }
  if (!acc_directory_table_save (desk, inbox, identity, after, error))
    return FALSE;
  g_print ("%u people are in the directory.\n", acc_directory_get_n_people (after));
  return TRUE;
}

static JsonObject *
person_to_json (const AccPerson *person)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", person->id);
  json_object_set_string_member (object, "name", person->name);
  json_object_set_string_member (object, "email", person->email);
  json_object_set_string_member (object, "department", person->department);
  json_object_set_string_member (object, "title", person->title);
  return object;
}

static void
print_people (const AccOptions *options, GPtrArray *people)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      const AccPerson *person = g_ptr_array_index (people, i);

      if (options->json)
        json_array_add_object_element (array, person_to_json (person));
      else
        g_print ("%s\t%s\t%s\t%s\n", person->id, person->name, person->department, person->email);
    }
  json_node_take_array (node, array);
  if (options->json)
    acc_cli_print_json (node);
}

static AccDirectory *
open_directory (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_cli_sign_in (options, &desk, error);

  return identity != NULL ? acc_directory_table_load (desk, identity, NULL, error) : NULL;
}

gboolean
acc_command_staff_find (const AccOptions *options, GError **error)
{
  g_autoptr (AccDirectory) directory = open_directory (options, error);
  g_autoptr (GPtrArray) people = NULL;

  if (directory == NULL)
    return FALSE;
  people = acc_directory_find (directory, options->rest[0], NULL);
  print_people (options, people);
  if (people->len == 0 && !options->json)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "The directory has nobody called “%s”.", options->rest[0]);
      return FALSE;
    }
  return TRUE;
}

static const AccPerson *
find_one (AccDirectory *directory, const char *name, GError **error)
{
  const AccPerson *by_id = acc_directory_find_id (directory, name);
  g_autoptr (GPtrArray) people = NULL;

  if (by_id != NULL)
    return by_id;
  people = acc_directory_find (directory, name, NULL);
  if (people->len == 1)
    return g_ptr_array_index (people, 0);
  if (people->len == 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "The directory has nobody called “%s”.", name);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 "%u people fit “%s”. Name one by the id: accolade staff find lists them.", people->len, name);
  return NULL;
}

gboolean
acc_command_staff_chain (const AccOptions *options, GError **error)
{
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  g_autofree char *today = acc_clock_today ();
  const char *on = options->on ? options->on : today;
  const AccPerson *person;

  if (!acc_clock_is_date (on))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "--on: “%s” is not a date. Write it as 2026-11-21.", on);
      return FALSE;
    }
  directory = open_directory (options, error);
  if (directory == NULL || (person = find_one (directory, options->rest[0], error)) == NULL)
    return FALSE;
  chain = acc_directory_find_chain (directory, person, on);
  print_people (options, chain);
  if (chain->len == 0 && !options->json)
    g_print ("%s had no supervisor on %s.\n", person->name, on);
  return TRUE;
}
