/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/secret-line.h"

#include "archive/kept-secrets.h"
#include "base/error.h"
#include "cli/terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#define BUFFER (ACC_KEPT_SECRET_BYTES_MAX + 4) /* one byte too many, the end of the line, and NUL */

/* ---- the terminal ---- */

/* Whoever ends the command while it asks must get their terminal back as it was. */
static const int endings[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };

static volatile sig_atomic_t ending; /* the one that came; 0: none */

static void
note_ending (int number)
{
  ending = number;
}

typedef struct {
  gboolean is_terminal;
  struct termios before;
  struct sigaction kept[G_N_ELEMENTS (endings)];
  sigset_t mask;
} Typing;

/* From here on they come only while a line is waited for: one that came between looking and reading would be lost. */
static void
note_endings (Typing *self)
{
  struct sigaction note = { .sa_handler = note_ending };
  sigset_t blocked;

  ending = 0;
  sigemptyset (&blocked);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    sigaddset (&blocked, endings[i]);
  sigprocmask (SIG_BLOCK, &blocked, &self->mask);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    sigaction (endings[i], &note, &self->kept[i]);
}

/* Whether there is a line to read, or an end; a terminal gives whole lines. */
static gboolean
wait_for_line (const Typing *self)
{
  fd_set files;
  int ready;

  do
    {
      FD_ZERO (&files);
      FD_SET (STDIN_FILENO, &files);
      ready = pselect (STDIN_FILENO + 1, &files, NULL, NULL, NULL, &self->mask);
  } while (ready < 0 && errno == EINTR && ending == 0);
  return ready > 0;
}

static void
begin_typing (Typing *self, const char *prompt)
{
  struct termios hidden;

  self->is_terminal = tcgetattr (STDIN_FILENO, &self->before) == 0;
  if (!self->is_terminal)
    return;
  note_endings (self);
  hidden = self->before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  acc_cli_print_error ("%s: ", prompt); /* not on standard output: that may be a script's */
}

static void
end_typing (const Typing *self)
{
  if (!self->is_terminal)
    return;
  acc_cli_print_error ("\n"); /* the one that was typed was not shown, either */
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &self->before);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    sigaction (endings[i], &self->kept[i], NULL);
  sigprocmask (SIG_SETMASK, &self->mask, NULL);
  if (ending != 0)
    raise (ending);
}

/* ---- the line ---- */

/* Whether @buffer has got a line; else errno says why, 0 where there is none. */
static gboolean
read_line (FILE *file, char *buffer)
{
  gboolean read;

  setvbuf (file, NULL, _IONBF, 0); /* no copy stays in a buffer */
  errno = 0;
  read = fgets (buffer, BUFFER, file) != NULL;
  if (feof (file))
    errno = 0;
  buffer[strcspn (buffer, "\r\n")] = '\0';
  return read;
}

static gboolean
read_typed (char *buffer, const char *prompt)
{
  Typing typing;
  gboolean read;
  int saved_errno;

  begin_typing (&typing, prompt);
  read = (!typing.is_terminal || wait_for_line (&typing)) && read_line (stdin, buffer);
  saved_errno = errno;
  end_typing (&typing);
  errno = saved_errno;
  return read;
}

static gboolean
read_file (char *buffer, const char *path)
{
  FILE *file = fopen (path, "re");
  gboolean read;
  int saved_errno;

  if (file == NULL)
    return FALSE;
  read = read_line (file, buffer);
  saved_errno = errno;
  fclose (file);
  errno = saved_errno;
  return read;
}

AccCliSecret *
acc_cli_read_secret_line (const char *path, const AccCliAsked *asked, GError **error)
{
  char buffer[BUFFER] = "";
  const char *place = path != NULL ? path : "standard input";
  gboolean read = path != NULL ? read_file (buffer, path) : read_typed (buffer, asked->prompt);
  int saved_errno = errno;
  AccCliSecret *secret = read ? g_strdup (buffer) : NULL;

  acc_wipe (buffer, sizeof buffer);
  if (!read && saved_errno == 0) /* a pipe that broke must erase nothing */
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: there is no line. %s", place, asked->missing);
  else if (!read)
    acc_error_set_from_errno (error, saved_errno, "read", place);
  return secret;
}
