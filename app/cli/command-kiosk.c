/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade kiosk exit-code: what staff type at the kiosk itself */
#include "cli/commands.h"
#include "cli/secret-line.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/exit-code.h"

gboolean
acc_command_kiosk_exit_code (const AccOptions *options, GError **error)
{
  static const AccCliAsked asked = { "The exit code, 6 to 12 digits, which are not shown",
                                     "Give the exit code as its first line, 6 to 12 digits." };
  g_autoptr (AccCliSecret) code = NULL;

  if (!acc_cli_need (options->store, "--store", error)
      || (code = acc_cli_read_secret_line (options->code_file, &asked, error)) == NULL
      || !acc_exit_code_set (options->store, code, error))
    return FALSE;
  acc_cli_print ("The kiosk's exit code is set.\n");
  return TRUE;
}
