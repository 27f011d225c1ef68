/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade staff import | find | chain */
#include "archive/archive.h"
#include "archive/kept-secrets.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/difference.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "staff/directory-table.h"
#include "staff/staff-csv.h"
#include "staff/staff-ldap.h"

#include <string.h>

/* More than a directory may have, so that a file which is too large is refused with the line where it gets so. */
#define FILE_BYTES_MAX ((gsize) 2 * ACC_STAFF_BYTES_MAX)

/* Where an import comes from. */
typedef struct {
  const char *word; /* of [directory] source */
  const char *set_aside_one, *set_aside_many;
} Source;

static const Source from_csv = { "csv", "row was", "rows were" };
static const Source from_ldap = { "ldap", "entry was", "entries were" };

static gboolean
confirm_difference (const AccOptions *options, const Source *source, AccStaffDifference *difference, guint set_aside,
                    GError **error)
{
  if (options->yes || options->dry_run)
    return TRUE;
  if (set_aside > 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "%u %s set aside in %s and nothing was imported. Look there, then import with --yes.", set_aside,
                   set_aside == 1 ? source->set_aside_one : source->set_aside_many, options->quarantine);
      return FALSE;
    }
  if (acc_staff_difference_removes_many (difference))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "This would remove %u of %u people and nothing was imported. If that is right, import with --yes.",
                   acc_staff_difference_count (difference, ACC_STAFF_LEFT),
                   acc_directory_get_n_people (acc_staff_difference_get_before (difference)));
      return FALSE;
    }
  return TRUE;
}

/* An old file in the place of what the server says, or the other way round, would be somebody's mistake. */
static AccConfig *
load_config (const AccOptions *options, const Source *source, GError **error)
{
  g_autoptr (AccConfig) config = acc_config_load (options->store, error);
  const char *configured = config != NULL ? acc_config_get (config, ACC_CONFIG_DIRECTORY_SOURCE) : source->word;

  if (strcmp (configured, source->word) == 0)
    return g_steal_pointer (&config);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               "The directory of this branch comes from %s. To change that, set [directory] source=%s in accolade.conf.",
               configured, source->word);
  return NULL;
}

typedef struct {
  const Source *source;
  AccStore *desk, *inbox;
  AccIdentity *identity;
  AccDirectory *after;
  GBytes *bad; /* the @set_aside rows; NULL: none was looked for */
  guint set_aside;
} Import;

static void
import_clear (Import *import)
{
  g_clear_pointer (&import->bad, g_bytes_unref);
  g_clear_object (&import->desk);
  g_clear_object (&import->inbox);
  g_clear_object (&import->identity);
  g_clear_object (&import->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
open_stores (const AccOptions *options, Import *import, GError **error)
{
  return (import->identity = acc_cli_sign_in (options, &import->desk, error)) != NULL
         && acc_directory_may_import (import->identity, error)
         && (import->inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error)) != NULL;
}

static gboolean
read_csv (const AccOptions *options, Import *import, GError **error)
{
  g_autoptr (GBytes) csv = acc_file_read (options->rest[0], FILE_BYTES_MAX, error);

  if (csv == NULL)
    return FALSE;
  if (options->quarantine == NULL)
    import->after = acc_staff_csv_read (csv, error);
  else
    import->after = acc_staff_csv_sift (csv, &import->bad, &import->set_aside, error);
  if (import->after == NULL)
    g_prefix_error (error, "%s: ", options->rest[0]);
  return import->after != NULL;
}

static gboolean
read_ldap (const AccOptions *options, AccConfig *config, Import *import, GError **error)
{
  g_autoptr (AccCliSecret) password
    = acc_kept_secret_load (import->desk, import->identity, ACC_KEPT_SECRET_DIRECTORY, error);
  gboolean sift = options->quarantine != NULL;

  if (password != NULL)
    import->after = acc_staff_ldap_read (config, password, sift ? &import->bad : NULL,
                                         sift ? &import->set_aside : NULL, error);
  return import->after != NULL;
}

/* A file is read before anybody signs in; the password of the server's account lies in the store. Nothing is written
 * before a manager has. */
static gboolean
read_source (const AccOptions *options, Import *import, GError **error)
{
  g_autoptr (AccConfig) config = load_config (options, import->source, error);
  gboolean read;

  if (config == NULL)
    return FALSE;
  if (import->source == &from_csv)
    read = read_csv (options, import, error) && open_stores (options, import, error);
  else
    read = open_stores (options, import, error) && read_ldap (options, config, import, error);
  return read && (import->set_aside == 0 || acc_file_write (options->quarantine, import->bad, 0600, error));
}

/* Imports it if that is right; what is printed is as it is then. */
static gboolean
import_difference (const AccOptions *options, Import *import, AccStaffDifference *difference, GError **error)
{
  gboolean confirmed, imported = FALSE;

  if (!options->json)
    acc_cli_print_difference (difference, options->dry_run);
  confirmed = confirm_difference (options, import->source, difference, import->set_aside, error);
  if (confirmed && !options->dry_run)
    {
      if (!acc_directory_table_import (import->desk, import->inbox, import->identity, difference, error))
        return FALSE;
      imported = TRUE;
    }
  if (options->json)
    acc_cli_print_difference_json (difference, import->set_aside, imported);
  else if (imported)
    acc_cli_print ("%u people are in the directory.\n", acc_directory_get_n_people (import->after));
  else if (confirmed)
    acc_cli_print ("Nothing was imported.\n");
  return confirmed;
}

gboolean
acc_command_staff_import (const AccOptions *options, GError **error)
{
  g_auto (Import) import = { strcmp (options->rest[0], "ldap") == 0 ? &from_ldap : &from_csv };
  g_autoptr (AccDirectory) before = NULL;
  g_autoptr (AccStaffDifference) difference = NULL;

  if (!read_source (options, &import, error)
      || (before = acc_directory_table_load (import.desk, import.identity, NULL, error)) == NULL)
    return FALSE;
  difference = acc_staff_difference_new (before, import.after);
  return import_difference (options, &import, difference, error);
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
        acc_cli_print ("%s\t%s\t%s\t%s\n", person->id, person->name, person->department, person->email);
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

/* What the directory is, without anybody of it. */
gboolean
acc_command_staff_status (const AccOptions *options, GError **error)
{
  g_autoptr (AccDirectory) directory = open_directory (options, error);
  g_autoptr (JsonNode) node = NULL;
  const char *source, *moment;

  if (directory == NULL)
    return FALSE;
  source = acc_directory_source_to_word (acc_directory_get_source (directory));
  moment = acc_directory_get_imported_at (directory);
  if (options->json)
    {
      JsonObject *object = json_object_new ();

      node = json_node_new (JSON_NODE_OBJECT);
      json_object_set_int_member (object, "people", acc_directory_get_n_people (directory));
      json_object_set_string_member (object, "imported_at", moment);
      json_object_set_string_member (object, "source", *moment != '\0' ? source : "");
      json_node_take_object (node, object);
      acc_cli_print_json (node);
    }
  else if (*moment == '\0')
    acc_cli_print ("Nothing was imported yet.\n");
  else
    acc_cli_print ("%u people, imported %s from %s.\n", acc_directory_get_n_people (directory), moment, source);
  return TRUE;
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
    acc_cli_print ("%s had no supervisor on %s.\n", person->name, on);
  return TRUE;
}
