/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade kiosk exit-code: what staff type at the kiosk itself */
#include "base/error.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "inbox/exit-code.h"

#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES 64 /* more than any code has */

/* One line from standard input, so that the code stands in no history and no list of processes. */
static AccCliSecret *
read_line (GError **error)
{
  g_autofree char *line = g_malloc0 (LINE_MAX_BYTES);

  if (fgets (line, LINE_MAX_BYTES, stdin) == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "type the exit code as a line on standard input");
      return NULL;
    }
  line[strcspn (line, "\r\n")] = '\0';
  return g_steal_pointer (&line);
}

gboolean
acc_command_kiosk_exit_code (const AccOptions *options, GError **error)
{
  g_autoptr (AccCliSecret) code = NULL;

  if (!acc_cli_need (options->store, "--store", error))
    return FALSE;
  code = options->code_file != NULL ? acc_cli_read_passphrase (options->code_file, error) : read_line (error);
  return code != NULL && acc_exit_code_set (options->store, code, error);
}
