/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade setup */
#include "archive/setup.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <string.h>

static gboolean
keep_recovery_key (const char *path, const char *key, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s\n", key);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return acc_file_write (path, bytes, 0600, error);
}

gboolean
acc_command_setup (const AccOptions *options, GError **error)
{
  g_autoptr (AccCliSecret) passphrase = NULL;
  g_autoptr (AccCliSecret) recovery_key = NULL;
  gboolean kept;

  if (!acc_cli_need (options->store, "--store", error) || !acc_cli_need (options->branch, "--branch", error)
      || !acc_cli_need (options->banker, "--banker", error)
      || !acc_cli_need (options->passphrase_file, "--passphrase-file", error))
    return FALSE;
  passphrase = acc_cli_read_passphrase (options->passphrase_file, error);
  if (passphrase == NULL || !acc_cli_check_output (options, "--recovery-file", options->recovery_file, error)
      || !acc_archive_set_up (options->store, options->branch, options->banker, passphrase, &recovery_key, error))
    return FALSE;

  acc_cli_print ("%s is set up in %s. %s can sign in.\n", options->branch, options->store, options->banker);
  kept = options->recovery_file != NULL && keep_recovery_key (options->recovery_file, recovery_key, error);
  if (kept)
    acc_cli_print ("The recovery key is in %s: print it, lock it away, and delete the file.\n", options->recovery_file);
  else /* printed even where the file could not be written: it is shown this once */
    acc_cli_print ("The recovery key. Print it and lock it away; it is shown this once:\n\n  %s\n\n", recovery_key);
  acc_cli_print (
    "Passphrases open the letters together with the file “pepper” in the store: keep a copy of it elsewhere.\n"
    "Where the pepper, or every manager's passphrase, is lost, the recovery key still does:\n"
    "“accolade key recover”. Where that is lost as well, nobody can ever open the letters. While somebody can\n"
    "sign in, “accolade key rotate --recovery-file R” makes a new one.\n");
  if (!kept && options->recovery_file != NULL)
    g_prefix_error (error, "The branch is set up and its recovery key is shown above, but it is in no file: ");
  return kept || options->recovery_file == NULL;
}
