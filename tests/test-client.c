/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client who comes back, without a window: test-client STORE CODE [withdraw|erase]
 * Types CODE as at the kiosk, asks for what is named, and prints the slip on one line: number, state, what was asked last
 * and its answer, "-" for nothing. Ends with 1 and the sentence on standard error where the code opens nothing. */
#include "base/error.h"
#include "inbox/inbox.h"
#include "inbox/slip-code.h"
#include "inbox/slip.h"

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "-";
}

static AccSlip *
come_back (AccStore *inbox, GBytes *key, char **words, GError **error)
{
  g_autoptr (AccSlip) slip = acc_slip_look_up (inbox, key, words[1], error);
  AccRequestKind kind = ACC_REQUEST_NONE;

  if (slip == NULL || words[2] == NULL)
    return g_steal_pointer (&slip);
  g_assert (acc_request_from_text (words[2], &kind));
  return acc_slip_ask (inbox, "front", slip, kind, error);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (AccSlip) slip = NULL;

  if (argc != 3 && argc != 4)
    return 2;
  inbox = acc_inbox_open (argv[1], ACC_STORE_WRITE, &error);
  key = inbox != NULL ? acc_slip_key_load (argv[1], &error) : NULL;
  slip = key != NULL ? come_back (inbox, key, argv + 1, &error) : NULL;
  if (slip == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%s\t%s\t%s\t%s\n", slip->number, acc_slip_state_to_text (slip->state),
           or_nothing (acc_request_to_text (slip->asked)), or_nothing (acc_request_answer_to_text (slip->answer)));
  return 0;
}
