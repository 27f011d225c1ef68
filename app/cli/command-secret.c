/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade secret set: what the desk signs in with at the mail and directory servers */
#include "archive/kept-secrets.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/secret-line.h"
#include "cli/session.h"
#include "cli/terminal.h"

static AccCliSecret *
read_secret (const AccOptions *options, GError **error)
{
  g_autofree char *prompt
    = g_strdup_printf ("The password for %s, which is not shown; an empty line erases it", options->rest[0]);
  const AccCliAsked asked = { prompt, "Give the secret as its first line; an empty line erases what is kept." };

  return acc_cli_read_secret_line (options->secret_file, &asked, error);
}

gboolean
acc_command_secret_set (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccCliSecret) secret = NULL;
  AccKeptSecret which;

  if (!acc_kept_secret_from_word (options->rest[0], &which))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "“%s” is no secret of Accolade: it is mail or directory.",
                   options->rest[0]);
      return FALSE;
    }
  if ((identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (secret = read_secret (options, error)) == NULL
      || !acc_kept_secret_set (desk, identity, which, secret, error))
    return FALSE;
  if (*secret != '\0')
    acc_cli_print ("The secret for %s is kept, encrypted under the branch's key.\n", options->rest[0]);
  else
    acc_cli_print ("The secret for %s is erased.\n", options->rest[0]);
  return TRUE;
}
