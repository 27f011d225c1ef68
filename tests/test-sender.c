/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that does nothing but send: test-sender STORE LETTER.json LETTER.pdf COUNT [NUMBER]
 * Seals the same ready letter COUNT times, each under a number of its own (or once as NUMBER), and prints each number
 * on a line of its own as soon as it is kept: the list of acknowledgements that a test judges by. Ends at the first
 * letter that is refused, with the sentence on standard error and the status that accolade submit would end with. */
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/inbox.h"
#include "letter/number.h"

#define FILE_MAX (16 * 1024 * 1024)

typedef struct {
  AccStore *inbox;
  AccBranchKey *key;
  GBytes *json, *pdf;
} Sender;

static gboolean
open_sender (Sender *self, char **paths, GError **error)
{
  g_autofree char *key_path = acc_inbox_branch_key_path (paths[0]);

  self->json = acc_file_read (paths[1], FILE_MAX, error);
  self->pdf = self->json != NULL ? acc_file_read (paths[2], FILE_MAX, error) : NULL;
  self->key = self->pdf != NULL ? acc_branch_key_load (key_path, error) : NULL;
  self->inbox = self->key != NULL ? acc_inbox_open (paths[0], ACC_STORE_WRITE, error) : NULL;
  return self->inbox != NULL;
}

static gboolean
send_as (const Sender *self, const char *number, GError **error)
{
  g_autoptr (AccInboxLetter) letter = g_new0 (AccInboxLetter, 1);
  g_autofree char *line = g_strconcat (number, "\n", NULL);

  letter->sealed = acc_seal (self->key, number, self->json, self->pdf);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = acc_clock_stamp ();
  letter->n_pages = 1;
  if (!acc_inbox_add (self->inbox, letter, error))
    return FALSE;
  /* One write: a test that kills this process reads whole numbers only. */
  return write (STDOUT_FILENO, line, strlen (line)) == (gssize) strlen (line);
}

int
main (int argc, char *argv[])
{
  Sender sender = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 count;
  gboolean kept;

  if (argc != 5 && argc != 6)
    return 2;
  signal (SIGXFSZ, SIG_IGN);
  count = argc == 6 ? 1 : g_ascii_strtoll (argv[4], NULL, 10);
  kept = open_sender (&sender, argv + 1, &error);
  for (gint64 i = 0; kept && i < count; i++)
    {
      g_autofree char *number = argc == 6 ? g_strdup (argv[5]) : acc_number_new ();

      kept = send_as (&sender, number, &error);
    }
  if (error != NULL)
    {
      g_autofree char *sentence = acc_error_sentence (error);

      g_printerr ("%s\n", sentence);
    }
  g_clear_object (&sender.inbox);
  g_clear_pointer (&sender.key, acc_branch_key_unref);
  g_clear_pointer (&sender.json, g_bytes_unref);
  g_clear_pointer (&sender.pdf, g_bytes_unref);
  return kept ? 0 : MAX (acc_error_exit_status (error), 1);
}
