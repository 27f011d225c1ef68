/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade banker add | link | list | disable | passphrase */
#include "archive/archive.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "staff/directory-table.h"
#include "vault/banker-note.h"
#include "vault/bankers.h"

typedef struct {
  const AccOptions *options;
  AccIdentity *identity;
  GBytes *pepper;
  const char *passphrase;
} Change;

static gboolean
add_work (AccStore *desk, gpointer data, GError **error)
{
  const Change *change = data;
  const AccOptions *options = change->options;

  return acc_bankers_add (desk, change->identity, change->pepper, options->rest[0], change->passphrase,
                          options->manager, options->staff_id, error);
}

static gboolean
link_work (AccStore *desk, gpointer data, GError **error)
{
  const Change *change = data;
  const char *name = change->options->rest[0];
  g_autofree char *facts = acc_banker_facts ("banker", name, "staff_id", change->options->rest[1], NULL);

  return acc_bankers_link (desk, name, change->options->rest[1], error)
         && acc_archive_note (desk, change->identity, "banker linked", NULL, facts, error);
}

/* An id that the directory does not know is a slip of the pen; before the first import nothing can be checked. */
static gboolean
check_staff_id (AccStore *desk, AccIdentity *identity, const char *id, GError **error)
{
  g_autoptr (AccDirectory) directory = acc_directory_table_load (desk, identity, NULL, error);

  if (directory == NULL)
    return FALSE;
  if (acc_directory_get_n_people (directory) == 0 || acc_directory_find_id (directory, id) != NULL)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "The directory has nobody with the id “%s”.", id);
  return FALSE;
}

gboolean
acc_command_banker_add (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) manager = NULL;
  g_autoptr (GBytes) pepper = NULL;
  g_autoptr (AccCliSecret) passphrase = NULL;
  g_autofree char *shown = NULL;
  Change change;

  if (!acc_cli_need (options->new_passphrase_file, "--new-passphrase-file", error))
    return FALSE;
  passphrase = acc_cli_read_passphrase (options->new_passphrase_file, error);
  if (passphrase == NULL)
    return FALSE;
  manager = acc_cli_sign_in (options, &desk, error);
  if (manager == NULL || (options->staff_id && !check_staff_id (desk, manager, options->staff_id, error)))
    return FALSE;
  pepper = acc_archive_read_pepper (options->store, error);
  if (pepper == NULL)
    return FALSE;

  change = (Change){ options, manager, pepper, passphrase };
  if (!acc_store_transact (desk, add_work, &change, error))
    return FALSE;
  shown = acc_text_to_line (options->rest[0]);
  acc_cli_print ("%s can sign in.\n", shown);
  return TRUE;
}

gboolean
acc_command_banker_link (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_cli_sign_in (options, &desk, error);
  Change change = { options, identity, NULL, NULL };

  if (identity == NULL)
    return FALSE;
  if (!acc_identity_get_banker (identity)->manager)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, "Linking a banker to the directory needs a manager.");
      return FALSE;
    }
  if (!check_staff_id (desk, identity, options->rest[1], error)
      || !acc_store_transact (desk, link_work, &change, error))
    return FALSE;
  acc_cli_print ("%s is %s in the directory.\n", options->rest[0], options->rest[1]);
  return TRUE;
}

gboolean
acc_command_banker_disable (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) manager = acc_cli_sign_in (options, &desk, error);

  if (manager == NULL || !acc_bankers_disable (desk, manager, options->rest[0], error))
    return FALSE;
  acc_cli_print (
    "%s cannot sign in any more. What they can open so far stays theirs if they kept a copy of the store:\n"
    "run “accolade key rotate”, and they open no letter that is sent after it.\n",
    options->rest[0]);
  return TRUE;
}

gboolean
acc_command_banker_passphrase (const AccOptions *options, GError **error)
{
  const char *name = options->rest[0];
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccCliSecret) passphrase = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (GBytes) pepper = NULL;
  gboolean reset_key = FALSE;

  if (!acc_cli_need (options->new_passphrase_file, "--new-passphrase-file", error)
      || (passphrase = acc_cli_read_passphrase (options->new_passphrase_file, error)) == NULL
      || (identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (pepper = acc_archive_read_pepper (options->store, error)) == NULL
      || !acc_bankers_set_passphrase (desk, identity, pepper, name, passphrase, &reset_key, error))
    return FALSE;
  if (reset_key)
    acc_cli_print ("%s has a new passphrase and a new signing key; what was signed before stays valid.\n", name);
  else
    acc_cli_print ("%s has a new passphrase.\n", name);
  return TRUE;
}

static JsonNode *
bankers_to_json (GPtrArray *bankers)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", banker->name);
      if (banker->staff_id != NULL)
        json_object_set_string_member (object, "staff_id", banker->staff_id);
      else
        json_object_set_null_member (object, "staff_id");
      json_object_set_boolean_member (object, "manager", banker->manager);
      json_object_set_boolean_member (object, "disabled", banker->disabled);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

gboolean
acc_command_banker_list (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (GPtrArray) bankers = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!acc_cli_need (options->store, "--store", error))
    return FALSE;
  desk = acc_archive_open (options->store, ACC_STORE_READ, error);
  if (desk == NULL || (bankers = acc_bankers_list (desk, error)) == NULL)
    return FALSE;
  if (options->json)
    {
      node = bankers_to_json (bankers);
      acc_cli_print_json (node);
      return TRUE;
    }
  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      acc_cli_print ("%s\t%s\t%s%s\n", banker->name, banker->staff_id ? banker->staff_id : "not linked",
                     banker->manager ? "manager" : "banker", banker->disabled ? ", disabled" : "");
    }
  return TRUE;
}
