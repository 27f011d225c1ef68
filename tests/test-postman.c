/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk that only sends: test-postman STORE PASSPHRASE-FILE BANKER VERB [NUMBER…]
 *   round            what is due of every letter, as the desk does at the sign-in and each minute
 *   now              what may go of each letter, without waiting
 *   hold             as now; then everything is dropped, and the program waits until its standard input ends
 *   again, sent      a banker's order about each delivery of the letter that is refused or unsure
 * SIGTERM gives up, as a desk that is quit, what is under way.
 * Prints each delivery's number, position, door, state, place and reason afterwards, with tabs between, of the letters that are
 * named. Ends with 1 at the first failure, with the sentence on standard error. */
#include "archive/kept-secrets.h"
#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "route/outbox.h"
#include "route/routing.h"
#include "vault/hash.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define PASSPHRASE_MAX 4096

typedef struct {
  AccConfig *config;
  AccStore *desk;
  AccIdentity *identity;
  AccDoors *doors;
  GCancellable *ending;
} Postman;

static void
postman_clear (Postman *self)
{
  g_clear_object (&self->doors);
  g_clear_object (&self->identity);
  g_clear_object (&self->desk);
  g_clear_object (&self->config);
}

static gboolean
sign_in (Postman *self, char **words, GError **error)
{
  g_autoptr (GBytes) file = acc_file_read (words[1], PASSPHRASE_MAX, error);
  g_autofree char *text = NULL;
  char *password;

  if (file == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  self->identity = acc_archive_sign_in (words[0], words[2], g_strchomp (text), &self->desk, error);
  self->config = self->identity != NULL ? acc_config_load (words[0], error) : NULL;
  if (self->config == NULL)
    return FALSE;
  password = acc_kept_secret_load (self->desk, self->identity, ACC_KEPT_SECRET_MAIL, error);
  if (password == NULL)
    return FALSE;
  self->doors = acc_doors_new_with_password (self->config, password);
  acc_wipe (password, strlen (password));
  g_free (password);
  return TRUE;
}

/* What is due, of letter @number or of all. */
static gboolean
send_due (Postman *self, const char *number, GError **error)
{
  g_autoptr (AccOutbox) outbox = acc_outbox_new (self->desk, self->identity, self->doors, number, error);
  gboolean written = outbox != NULL;

  while (written && !g_cancellable_is_cancelled (self->ending))
    {
      g_autoptr (AccSending) sending = acc_outbox_next (outbox, TRUE);

      if (sending == NULL)
        break;
      acc_sending_deliver (sending, self->ending);
      written = acc_outbox_end (outbox, sending, error);
    }
  return written;
}

static gboolean
order_all (Postman *self, AccOpenedLetter *letter, gboolean again, GError **error)
{
  g_autoptr (GPtrArray) deliveries = acc_routing_list (self->desk, letter, error);

  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!g_str_equal (delivery->state, "refused") && !g_str_equal (delivery->state, "unsure"))
        continue;
      if (!(again ? acc_outbox_send_again : acc_outbox_mark_as_sent) (self->desk, self->identity, letter,
                                                                       delivery->position, error))
        return FALSE;
    }
  return deliveries != NULL;
}

static gboolean
tell (Postman *self, AccOpenedLetter *letter, GError **error)
{
  g_autoptr (GPtrArray) deliveries = acc_routing_list (self->desk, letter, error);

  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      printf ("%s\t%u\t%s\t%s\t%s\t%s\n", acc_opened_letter_get_record (letter)->number, delivery->position,
              delivery->door, delivery->state, delivery->place, delivery->reason);
    }
  return deliveries != NULL;
}

static gboolean
do_verb (Postman *self, const char *verb, const char *number, GError **error)
{
  g_autoptr (AccOpenedLetter) letter = acc_opened_letter_new (self->desk, self->identity, number, error);
  gboolean done = letter != NULL;

  if (done && (g_str_equal (verb, "now") || g_str_equal (verb, "hold")))
    done = send_due (self, number, error);
  else if (done && !g_str_equal (verb, "round"))
    done = order_all (self, letter, g_str_equal (verb, "again"), error);
  return done && tell (self, letter, error);
}

static gboolean
run (Postman *self, char **words, GError **error)
{
  gboolean done = sign_in (self, words, error)
                  && (!g_str_equal (words[3], "round") || send_due (self, NULL, error));

  for (char **number = words + 4; done && *number != NULL; number++)
    done = do_verb (self, words[3], *number, error);
  return done;
}

static gpointer
wait_for_the_end (gpointer ending)
{
  sigset_t end;
  int got;

  sigemptyset (&end);
  sigaddset (&end, SIGTERM);
  sigwait (&end, &got);
  g_cancellable_cancel (ending);
  return NULL;
}

/* Blocked in every thread but the one that waits for it. */
static void
heed_the_end (Postman *self)
{
  sigset_t end;

  sigemptyset (&end);
  sigaddset (&end, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &end, NULL);
  self->ending = g_cancellable_new (); /* the thread's, for as long as the program is there */
  g_thread_unref (g_thread_new ("end", wait_for_the_end, self->ending));
}

int
main (int argc, char *argv[])
{
  Postman postman = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean done;

  heed_the_end (&postman);
  done = argc >= 5 && run (&postman, argv + 1, &error);

  if (error != NULL)
    {
      g_autofree char *sentence = acc_error_sentence (error);

      g_printerr ("%s\n", sentence);
    }
  postman_clear (&postman);
  if (done && g_str_equal (argv[4], "hold"))
    {
      fflush (stdout);
      while (getchar () != EOF)
        ;
    }
  return done ? 0 : 1;
}
