/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade receipt list | record | replies: who has said that it is there */
#include "archive/slips.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "inbox/inbox.h"
#include "letter/number.h"
#include "route/receipts.h"
#include "route/replies.h"
#include "route/silences.h"

#include <string.h>

#define MESSAGE_BYTES_MAX 65536

/* ---- of whom nothing is heard ---- */

static JsonNode *
silences_to_json (GPtrArray *silences)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "number", silence->number);
      json_object_set_int_member (object, "position", silence->position);
      json_object_set_string_member (object, "role", silence->role);
      json_object_set_string_member (object, "name", silence->name);
      json_object_set_string_member (object, "handed_over_at", silence->handed_over_at);
      json_object_set_int_member (object, "days", silence->days);
      json_object_set_string_member (object, "next", silence->next);
      json_object_set_string_member (object, "sentence", silence->sentence);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

static void
print_silences (GPtrArray *silences)
{
  for (guint i = 0; i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);
      g_autofree char *short_number = acc_number_short (silence->number);

      g_print ("%s\t%s\t%u\t%s\t%u days\t%s\n", silence->number, short_number, silence->position, silence->name,
               silence->days, silence->sentence);
    }
}

gboolean
acc_command_receipt_list (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (GPtrArray) silences = NULL;

  if ((identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (config = acc_config_load (options->store, error)) == NULL
      || (silences = acc_silences_list (desk, identity, acc_config_get_int (config, ACC_CONFIG_DESK_RECEIPT_DAYS), error))
           == NULL)
    return FALSE;
  if (options->json)
    {
      g_autoptr (JsonNode) node = silences_to_json (silences);

      acc_cli_print_json (node);
    }
  else
    print_silences (silences);
  return TRUE;
}

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

static gboolean
read_message (const char *path, char **message, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  *message = NULL;
  if (path == NULL)
    return TRUE;
  bytes = acc_file_read (path, MESSAGE_BYTES_MAX, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (!g_utf8_validate_len (data, size, NULL))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "--message-file: %s is not UTF-8 text.", path);
      return FALSE;
    }
  *message = g_strndup (data, size);
  return TRUE;
}

static gboolean
read_position (const char *text, guint *position, GError **error)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &value, NULL))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "The position “%s” must be a number: “accolade show NUMBER --json” tells each recipient's.", text);
      return FALSE;
    }
  *position = (guint) value;
  return TRUE;
}

gboolean
acc_command_receipt_record (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccOpenedLetter) letter = NULL;
  g_autofree char *number = NULL, *message = NULL;
  AccHeard heard = { 0, options->on, NULL };

  if (!read_position (options->rest[1], &heard.position, error)
      || !read_message (options->message_file, &message, error)
      || (identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (config = acc_config_load (options->store, error)) == NULL
      || (number = acc_cli_letters_find (options->store, options->rest[0], error)) == NULL
      || (letter = acc_opened_letter_new (desk, identity, number, error)) == NULL)
    return FALSE;
  heard.message = message;
  return acc_receipts_record (desk, identity, letter, &heard, error) && tell (options, desk, config, error);
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
  for (guint i = 0; replies->left[i] != NULL; i++)
    g_print ("Left alone: %s\n", replies->left[i]);
  g_print ("Receipts recorded: %u.\n", replies->n_recorded);
  return tell (options, desk, config, error);
}
