/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade requests | answer: what clients ask for with the code of their slip */
#include "archive/opened-letter.h"
#include "archive/slips.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "letter/number.h"
#include "review/decision.h"

static JsonNode *
requests_to_json (GPtrArray *slips)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < slips->len; i++)
    {
      const AccSlip *slip = g_ptr_array_index (slips, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "number", slip->number);
      json_object_set_string_member (object, "request", acc_request_to_text (slip->asked));
      json_object_set_string_member (object, "asked_at", slip->asked_at);
      json_object_set_string_member (object, "state", acc_slip_state_to_text (slip->state));
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

static void
print_requests (GPtrArray *slips)
{
  for (guint i = 0; i < slips->len; i++)
    {
      const AccSlip *slip = g_ptr_array_index (slips, i);
      g_autofree char *short_number = acc_number_short (slip->number);

      acc_cli_print ("%s\t%s\t%s\t%s\t%s\n", slip->number, short_number, acc_request_to_text (slip->asked),
                     slip->asked_at, acc_slip_state_to_text (slip->state));
    }
}

gboolean
acc_command_requests (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL, inbox = NULL;
  g_autoptr (GPtrArray) slips = NULL;

  if (!acc_cli_need (options->store, "--store", error)
      || (desk = acc_archive_open (options->store, ACC_STORE_READ, error)) == NULL
      || (inbox = acc_inbox_open (options->store, ACC_STORE_READ, error)) == NULL
      || (slips = acc_slips_list_open (desk, inbox, error)) == NULL)
    return FALSE;
  if (options->json)
    {
      g_autoptr (JsonNode) node = requests_to_json (slips);

      acc_cli_print_json (node);
    }
  else
    print_requests (slips);
  return TRUE;
}

/* The open request on letter @number; lent by @slips. */
static const AccSlip *
find_request (GPtrArray *slips, const char *number, GError **error)
{
  for (guint i = 0; i < slips->len; i++)
    {
      const AccSlip *slip = g_ptr_array_index (slips, i);

      if (g_str_equal (slip->number, number))
        return slip;
    }
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               "The client of letter %s asks for nothing: “accolade requests” lists what is asked.", number);
  return NULL;
}

/* Nobody is chosen for the addressees here: unresolved counts as named, as everywhere. */
static gboolean
carry_out (AccStore *desk, AccStore *inbox, AccIdentity *identity, const AccSlip *slip, GError **error)
{
  g_autoptr (AccOpenedLetter) letter = NULL;

  if (slip->asked == ACC_REQUEST_ERASE)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "The client wants the letter erased: “accolade erase %s” does that, and is the answer.",
                   slip->number);
      return FALSE;
    }
  letter = acc_opened_letter_new (desk, identity, slip->number, error);
  return letter != NULL && acc_decide (desk, identity, letter, ACC_MOVE_WITHDRAW, ACC_NAMED, NULL, error)
         && acc_slips_tell (desk, inbox, error);
}

static gboolean
read_answer (const char *text, AccRequestAnswer *answer, GError **error)
{
  g_autofree char *words = g_strdelimit (g_strdup (text), "-", ' ');

  if (acc_request_answer_from_text (words, answer))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "The answer “%s” must be done, too-late or refused.", text);
  return FALSE;
}

gboolean
acc_command_answer (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL, inbox = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (GPtrArray) slips = NULL;
  g_autofree char *number = NULL;
  const AccSlip *slip;
  AccRequestAnswer answer;

  if (!read_answer (options->rest[1], &answer, error)
      || (identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (number = acc_cli_letters_find (options->store, options->rest[0], error)) == NULL
      || (inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error)) == NULL
      || (slips = acc_slips_list_open (desk, inbox, error)) == NULL
      || (slip = find_request (slips, number, error)) == NULL)
    return FALSE;
  if (answer == ACC_ANSWER_DONE)
    return carry_out (desk, inbox, identity, slip, error);
  return acc_slips_answer (desk, inbox, identity, slip, answer, error);
}
