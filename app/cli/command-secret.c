/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade secret set: what the desk signs in with at the mail and directory servers */
#include "archive/kept-secrets.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define BYTES_MAX (ACC_KEPT_SECRET_BYTES_MAX + 2) /* with its end of line, CR LF at most */

/* Whether the terminal shows what is typed; it may be none. */
static void
show_typing (gboolean shown)
{
  struct termios terminal;

  if (tcgetattr (STDIN_FILENO, &terminal) != 0)
    return;
  terminal.c_lflag = shown ? terminal.c_lflag | ECHO : terminal.c_lflag & ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &terminal);
}

/* The first line of @path, or of standard input; never of the command's words, which other users can list. */
static AccCliSecret *
read_secret (const char *path, GError **error)
{
  char buffer[BYTES_MAX + 2] = "";
  FILE *file = path != NULL ? fopen (path, "re") : stdin;
  AccCliSecret *secret;
  gboolean read, ended;
  int read_errno;

  if (file == NULL)
    {
      acc_error_set_from_errno (error, errno, "read", path);
      return NULL;
    }
  setvbuf (file, NULL, _IONBF, 0); /* no copy stays in a buffer */
  if (path == NULL)
    show_typing (FALSE);
  read = fgets (buffer, sizeof buffer, file) != NULL;
  read_errno = errno;
  ended = !read && feof (file);
  if (path == NULL)
    show_typing (TRUE);
  else
    fclose (file);
  if (ended) /* a pipe that broke must erase nothing */
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 "%s: there is no line. Give the secret as its first line; an empty line erases what is kept.",
                 path != NULL ? path : "standard input");
  else if (!read)
    acc_error_set_from_errno (error, read_errno, "read", path != NULL ? path : "standard input");
  buffer[strcspn (buffer, "\r\n")] = '\0';
  secret = read ? g_strdup (buffer) : NULL;
  acc_wipe (buffer, sizeof buffer);
  return secret;
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
      || (secret = read_secret (options->secret_file, error)) == NULL
      || !acc_kept_secret_set (desk, identity, which, secret, error))
    return FALSE;
  if (*secret != '\0')
    acc_cli_print ("The secret for %s is kept, encrypted under the branch's key.\n", options->rest[0]);
  else
    acc_cli_print ("The secret for %s is erased.\n", options->rest[0]);
  return TRUE;
}
