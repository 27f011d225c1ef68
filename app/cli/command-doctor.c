/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade doctor */
#include "archive/kept-secrets.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/doctor.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <string.h>

#define COLUMNS 80
#define INDENT 22 /* mark and check stand before it */

static const char *
mark_of (AccFindingState state)
{
  static const char *const marks[] = { "ok", "look", "ACT" };

  return marks[state];
}

/* Prints @text from column INDENT on, broken at spaces. */
static void
print_wrapped (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong column = INDENT;

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong width = g_utf8_strlen (words[i], -1);

      if (i > 0 && column + 1 + width > COLUMNS)
        {
          acc_cli_print ("\n%*s", INDENT, "");
          column = INDENT;
        }
      else if (i > 0)
        {
          acc_cli_print (" ");
          column++;
        }
      acc_cli_print ("%s", words[i]);
      column += width;
    }
  acc_cli_print ("\n");
}

static void
print_finding (const AccFinding *finding)
{
  acc_cli_print ("%-5s %-*s", mark_of (finding->state), INDENT - 6, finding->check);
  print_wrapped (finding->sentence);
  if (*finding->remedy != '\0')
    {
      acc_cli_print ("%*s", INDENT, "");
      print_wrapped (finding->remedy);
    }
}

static void
print_json (GPtrArray *findings)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < findings->len; i++)
    {
      const AccFinding *finding = g_ptr_array_index (findings, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "check", finding->check);
      json_object_set_string_member (object, "state", acc_finding_state_to_text (finding->state));
      json_object_set_string_member (object, "sentence", finding->sentence);
      json_object_set_string_member (object, "remedy", finding->remedy);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  acc_cli_print_json (node);
}

static guint
count (GPtrArray *findings, AccFindingState state)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += ((const AccFinding *)g_ptr_array_index (findings, i))->state == state;
  return n;
}

/* Only whoever signs in can have it tried. */
static AccCliSecret *
load_mail_password (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_cli_sign_in (options, &desk, error);

  return identity != NULL ? acc_kept_secret_load (desk, identity, ACC_KEPT_SECRET_MAIL, error) : NULL;
}

gboolean
acc_command_doctor (const AccOptions *options, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (AccCliSecret) mail_password = NULL;
  g_autoptr (GError) store_error = NULL;
  guint to_act, to_look;

  if (!acc_cli_need (options->store, "--store", error))
    return FALSE;
  if (options->passphrase_file != NULL && (mail_password = load_mail_password (options, error)) == NULL)
    return FALSE;
  findings = acc_doctor_run (options->store, mail_password, &store_error);
  to_act = count (findings, ACC_FINDING_ACT);
  to_look = count (findings, ACC_FINDING_LOOK);
  if (options->json)
    print_json (findings);
  else
    for (guint i = 0; i < findings->len; i++)
      print_finding (g_ptr_array_index (findings, i));

  if (store_error != NULL)
    g_propagate_error (error, g_steal_pointer (&store_error));
  else if (to_act > 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "A person must act: see what is marked ACT (%u).", to_act);
  else if (!options->json)
    acc_cli_print ("\nNobody must act now. Worth a look: %u.\n", to_look);
  return store_error == NULL && to_act == 0;
}
