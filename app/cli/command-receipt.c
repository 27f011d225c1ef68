/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade receipt record | pass-on | replies: who has said that it is there */
#include "archive/slips.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "route/receipts.h"
#include "route/replies.h"

/* ---- after something was recorded ---- */

static gboolean
tell (const AccOptions *options, AccStore *desk, AccConfig *config, GError **error)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error);
  g_autoptr (AccDoor) outbox = acc_folder_door_new (acc_config_get (config, ACC_CONFIG_FOLDER_OUTBOX));

  return inbox != NULL && acc_slips_tell (desk, inbox, error)
         && acc_receipts_sweep (desk, ACC_FOLDER_DOOR (outbox), error);
}

/* ---- a banker says so ---- */

gboolean
acc_command_receipt_record (const AccOptions *options, GError **error)
{
  g_auto (AccCliAtLetter) at = { 0 };
  g_autofree char *message = NULL;
  AccHeard heard = { 0, options->on, NULL };

  if (!acc_cli_read_ordinal (options, "position", &heard.position, error)
      || (options->message_file != NULL
          && (message = acc_cli_read_text (options->message_file, "--message-file", error)) == NULL)
      || !acc_cli_at_letter_open (&at, options, error))
    return FALSE;
  heard.message = message;
  if (acc_receipts_record (at.desk, at.identity, at.letter, &heard, error))
    return tell (options, at.desk, at.config, error);
  if (error != NULL && g_str_has_prefix ((*error)->message, "on: ")) /* the desk's field is this option here */
    g_prefix_error (error, "--");
  return FALSE;
}

/* ---- the client is told ---- */

static gboolean
find_passed_on (const AccCliAtLetter *at, guint sequence, gboolean *passed_on, GError **error)
{
  g_autoptr (GPtrArray) receipts = acc_receipts_list (at->desk, at->letter, error);

  *passed_on = FALSE;
  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      const AccReceipt *receipt = g_ptr_array_index (receipts, i);

      *passed_on |= receipt->sequence == sequence && *receipt->passed_on_at != '\0';
    }
  return receipts != NULL;
}

static JsonNode *
passing_to_json (const AccPassing *passing, const char *number, guint sequence, gboolean passed_on)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "number", number);
  json_object_set_int_member (object, "receipt", sequence);
  json_object_set_string_member (object, "client", passing->client);
  json_object_set_string_member (object, "contact", passing->contact);
  json_object_set_string_member (object, "from", passing->from);
  json_object_set_string_member (object, "message", passing->message);
  json_object_set_boolean_member (object, "passed_on", passed_on);
  json_node_take_object (node, object);
  return node;
}

gboolean
acc_command_receipt_pass_on (const AccOptions *options, GError **error)
{
  g_auto (AccCliAtLetter) at = { 0 };
  g_autoptr (AccPassing) passing = NULL;
  gboolean passed_on;
  guint sequence;

  if (!acc_cli_read_ordinal (options, "receipt", &sequence, error) || !acc_cli_at_letter_open (&at, options, error)
      || (passing = acc_receipts_open_passing (at.desk, at.letter, sequence, error)) == NULL
      || (!options->dry_run && !acc_receipts_pass_on (at.desk, at.identity, at.letter, sequence, error))
      || !find_passed_on (&at, sequence, &passed_on, error))
    return FALSE;
  if (options->json)
    {
      const char *number = acc_opened_letter_get_record (at.letter)->number;
      g_autoptr (JsonNode) node = passing_to_json (passing, number, sequence, passed_on);

      acc_cli_print_json (node);
    }
  else
    acc_cli_print ("Client: %s\nContact: %s\nFrom: %s\n\n%s\n", passing->client, passing->contact, passing->from,
                   passing->message);
  return TRUE;
}

/* ---- it was answered by mail ---- */

gboolean
acc_command_receipt_replies (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccReplies) replies = NULL;
  const char *maildir;

  if ((identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (config = acc_config_load (options->store, error)) == NULL)
    return FALSE;
  maildir = acc_config_get (config, ACC_CONFIG_MAIL_REPLIES);
  if (*maildir == '\0')
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "No maildir is set up: name one by replies= under [mail] of accolade.conf.");
      return FALSE;
    }
  replies = acc_replies_read (desk, identity, maildir, error);
  if (replies == NULL)
    return FALSE;
  for (guint i = 0; i < replies->left->len; i++)
    {
      const AccReplyLeft *left = g_ptr_array_index (replies->left, i);

      acc_cli_print ("Left alone: %s%s%s\n", left->file, *left->file != '\0' ? ": " : "", left->why);
    }
  acc_cli_print ("Receipts recorded: %u.\n", replies->n_recorded);
  return tell (options, desk, config, error);
}
