/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accolade command: finds the row of the table, runs it, turns its error into a sentence and a status. */
#include "base/error.h"
#include "base/language.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/terminal.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define COLUMN 24 /* of the commands, in the list of them */

enum { STATUS_REFUSED = 1, STATUS_USAGE = 2 };

/* How many words of @arguments name @command; 0 if it is another one. */
static guint
match_words (const AccCommand *command, GStrv arguments)
{
  g_auto (GStrv) words = g_strsplit (command->words, " ", -1);
  guint n = g_strv_length (words);

  if (g_strv_length (arguments) < n)
    return 0;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (words[i], arguments[i]))
      return 0;
  return n;
}

/* Whether @command is one of several that begin with @word, as “staff find” is one of “staff”. */
static gboolean
belongs_to (const AccCommand *command, const char *word)
{
  gsize length = strlen (word);

  return strncmp (command->words, word, length) == 0 && command->words[length] == ' ';
}

/* Those that begin with @word, or all; what is too long for its column has a line of its own. */
static void
print_rows (const char *word)
{
  for (gsize i = 0; i < acc_n_commands; i++)
    {
      const AccCommand *command = &acc_commands[i];
      g_autofree char *call = g_strdup_printf ("%s %s", command->words, command->arguments);

      if (word != NULL && !belongs_to (command, word))
        continue;
      if (strlen (call) > COLUMN)
        acc_cli_print ("  %s\n  %-*s %s\n", call, COLUMN, "", command->summary);
      else
        acc_cli_print ("  %-*s %s\n", COLUMN, call, command->summary);
    }
}

static void
print_commands (void)
{
  acc_cli_print ("Accolade: service recognition letters.\n\nUsage: accolade COMMAND [OPTIONS]\n\n");
  print_rows (NULL);
  acc_cli_print ("\naccolade COMMAND --help tells a command's options.\n"
                 "Exit status: 0 done, 1 refused, 2 wrong usage, 3 the store is damaged, foreign, newer or full.\n");
}

static void
print_command (const AccCommand *command)
{
  g_autofree char *options = acc_options_describe (command->options);

  acc_cli_print ("Usage: accolade %s%s%s%s\n%s.\n\n%s", command->words, command->arguments[0] != '\0' ? " " : "",
                 command->arguments, options[0] != '\0' ? " [OPTIONS]" : "", command->summary, options);
}

static int
usage_error (const AccCommand *command, const char *message)
{
  g_autofree char *line = acc_text_to_line (message);

  acc_cli_print_error ("accolade %s: %s. See: accolade %s --help\n", command->words, line, command->words);
  return STATUS_USAGE;
}

/* What is missing by its name, or what is too much. */
static char *
describe_arguments (const AccCommand *command, GStrv given)
{
  g_auto (GStrv) names = g_strsplit (command->arguments, " ", -1);
  guint n = g_strv_length (given);

  return n < command->fewest ? g_strdup_printf ("%s is missing", names[n])
                             : g_strdup_printf ("“%s” is one argument too many", given[command->most]);
}

/* “accolade receipt” alone: the words that may follow, as a list where help is wanted, else as wrong usage. */
static int
tell_family (const char *word, gboolean help)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (help)
    {
      acc_cli_print ("Usage: accolade %s COMMAND [OPTIONS]\n\n", word);
      print_rows (word);
      return 0;
    }
  for (gsize i = 0; i < acc_n_commands; i++)
    if (belongs_to (&acc_commands[i], word))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", acc_commands[i].words + strlen (word) + 1);
  acc_cli_print_error ("accolade: after “%s” comes one of: %s. See: accolade %s --help\n", word, words->str, word);
  return STATUS_USAGE;
}

/* A number or a list that reached nobody is told: standard output may be a full disk. */
static int
end_output (void)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return 0;
  acc_cli_print_error ("accolade: It is done, but what was to be printed could not be written.\n");
  return STATUS_REFUSED;
}

/* What would else be told of a file that is not in it, or of one that cannot be read. */
static gboolean
check_store (const AccOptions *options, GError **error)
{
  const char *store = options->store;

  if (store == NULL || *store == '\0' || !g_file_test (store, G_FILE_TEST_EXISTS)
      || g_file_test (store, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               "--store: %s is not a folder. Name the folder that “accolade setup” makes, not a file in it.", store);
  return FALSE;
}

static int
run (const AccCommand *command, GStrv arguments)
{
  g_auto (AccOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n;

  if (g_strv_contains ((const char *const *)arguments, "--help"))
    {
      print_command (command);
      return 0;
    }
  if (!acc_options_parse (&options, command->options, arguments, &error))
    return usage_error (command, error->message);
  n = g_strv_length (options.rest);
  if (n < command->fewest || n > command->most)
    {
      sentence = describe_arguments (command, options.rest);
      return usage_error (command, sentence);
    }

  if (check_store (&options, &error) && acc_cli_check_outputs (&options, &error) && command->run (&options, &error))
    return end_output ();
  if (error->domain == G_OPTION_ERROR)
    return usage_error (command, error->message);
  sentence = acc_error_sentence (error);
  acc_cli_print_error ("accolade: %s\n", sentence);
  return acc_error_exit_status (error);
}

/* What Pango says of a font that it cannot open, our own sentence says in plain words. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; level == G_LOG_LEVEL_WARNING && i < n_fields; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN") && g_strcmp0 (fields[i].value, "Pango") == 0)
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

int
main (int argc, char *argv[])
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *unknown = NULL;

  acc_language_init ();
  acc_language_use (ACC_LANGUAGE_OWN); /* for administrators and scripts: English alone, as its own strings are */
  /* A file that may grow no more is a full disk, which has its sentence; the signal would end the program instead. */
  signal (SIGXFSZ, SIG_IGN);
  g_log_set_writer_func (write_log, NULL, NULL);
  arguments = g_strdupv (argv + (argc > 0 ? 1 : 0));
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help"))
    {
      print_commands ();
      return argc < 2 ? STATUS_USAGE : 0;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      acc_cli_print ("accolade %s\n", ACC_VERSION);
      return 0;
    }
  for (gsize i = 0; i < acc_n_commands; i++)
    {
      guint words = match_words (&acc_commands[i], arguments);

      if (words > 0)
        return run (&acc_commands[i], arguments + words);
    }
  for (gsize i = 0; i < acc_n_commands; i++)
    if (belongs_to (&acc_commands[i], argv[1]))
      return tell_family (argv[1], g_strv_contains ((const char *const *) arguments, "--help"));
  unknown = acc_text_to_line (argv[1]);
  acc_cli_print_error ("accolade: there is no command “%s”. See: accolade --help\n", unknown);
  return STATUS_USAGE;
}
