/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/receipt-note.h"

#include "base/error.h"
#include "letter/json-scan.h"
#include "vault/hash.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

void
acc_receipt_note_free (AccReceiptNote *note)
{
  if (note == NULL)
    return;
  g_free (note->message);
  g_free (note->reply);
  g_free (note);
}

static char *
write_json (const AccReceiptNote *note)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  json_object_set_string_member (object, "message", note->message);
  json_object_set_string_member (object, "reply", note->reply);
  return json_to_string (root, FALSE);
}

static gboolean
read_text (JsonObject *object, const char *name, char **text)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = g_strdup (json_node_get_string (node));
  return TRUE;
}

static AccReceiptNote *
read_json (GBytes *json)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (AccReceiptNote) note = g_new0 (AccReceiptNote, 1);
  gsize size;
  const char *data = g_bytes_get_data (json, &size);
  JsonNode *root = NULL;

  if (acc_json_scan (data, size, NULL) && json_parser_load_from_data (parser, data, size, NULL))
    root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || !read_text (json_node_get_object (root), "message", &note->message)
      || !read_text (json_node_get_object (root), "reply", &note->reply))
    return NULL;
  return g_steal_pointer (&note);
}

static char *
dup_context (guint sequence)
{
  return g_strdup_printf ("receipt:%u", sequence); /* frozen: bound into what is encrypted */
}

GBytes *
acc_receipt_note_close (const AccReceiptNote *note, AccOpenedLetter *letter, guint sequence)
{
  char *json = write_json (note);
  g_autoptr (GBytes) plain = g_bytes_new_static (json, strlen (json));
  g_autofree char *context = dup_context (sequence);
  GBytes *cipher = acc_letter_key_encrypt (acc_opened_letter_get_key (letter),
                                           acc_opened_letter_get_record (letter)->number, context, plain);

  acc_wipe (json, strlen (json));
  g_free (json);
  return cipher;
}

AccReceiptNote *
acc_receipt_note_open (GBytes *body, AccOpenedLetter *letter, guint sequence, GError **error)
{
  const char *number = acc_opened_letter_get_record (letter)->number;
  g_autofree char *context = dup_context (sequence);
  g_autoptr (GBytes) plain
    = acc_letter_key_decrypt (acc_opened_letter_get_key (letter), number, context, body, error);
  AccReceiptNote *note = NULL;

  if (plain == NULL)
    return NULL;
  note = read_json (plain);
  if (note == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("Receipt %u of letter %s cannot be read."), sequence,
                 number);
  return note;
}
