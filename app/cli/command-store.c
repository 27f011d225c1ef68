/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade list | show | verify: what lies in the two stores */
#include "archive/archive.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/letters.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"

gboolean
acc_command_list (const AccOptions *options, GError **error)
{
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!acc_cli_need (options->store, "--store", error)
      || (letters = acc_cli_letters_list (options->store, error)) == NULL)
    return FALSE;
  if (options->json)
    {
      node = acc_cli_letters_to_json (letters);
      acc_cli_print_json (node);
      return TRUE;
    }
  for (guint i = 0; i < letters->len; i++)
    {
      const AccCliLetter *letter = g_ptr_array_index (letters, i);

      acc_cli_print ("%s\t%s\t%s\t%s\n", letter->number, letter->short_number, letter->state, letter->submitted_at);
    }
  return TRUE;
}

gboolean
acc_command_show (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_cli_sign_in (options, &desk, error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *number = NULL;

  if (identity == NULL || (number = acc_cli_letters_find (options->store, options->rest[0], error)) == NULL
      || (node = acc_cli_letters_open (options->store, desk, identity, number, &pdf, error)) == NULL)
    return FALSE;
  if (options->pdf != NULL && !acc_file_write (options->pdf, pdf, 0600, error))
    return FALSE;
  if (options->json)
    acc_cli_print_json (node);
  else
    acc_cli_letters_print (node);
  return TRUE;
}

gboolean
acc_command_verify (const AccOptions *options, GError **error)
{
  if (!acc_cli_need (options->store, "--store", error))
    return FALSE;
  return options->rest[0] != NULL ? acc_cli_verify_pdf (options, error) : acc_cli_verify_store (options->store, error);
}
