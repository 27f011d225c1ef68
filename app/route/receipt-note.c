/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/receipt-note.h"

#include "base/error.h"
#include "route/sealed-note.h"

#include <glib/gi18n-lib.h>

void
acc_receipt_note_free (AccReceiptNote *note)
{
  if (note == NULL)
    return;
  g_free (note->message);
  g_free (note->reply);
  g_free (note->message_id);
  g_free (note);
}

static AccReceiptNote *
read_json (JsonObject *object)
{
  g_autoptr (AccReceiptNote) note = g_new0 (AccReceiptNote, 1);

  return acc_sealed_note_read_text (object, "message", &note->message)
             && acc_sealed_note_read_text (object, "reply", &note->reply)
             && acc_sealed_note_read_text (object, "message_id", &note->message_id)
           ? g_steal_pointer (&note)
           : NULL;
}

GBytes *
acc_receipt_note_close (const AccReceiptNote *note, AccOpenedLetter *letter, guint sequence)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  json_object_set_string_member (object, "message", note->message);
  json_object_set_string_member (object, "reply", note->reply);
  json_object_set_string_member (object, "message_id", note->message_id);
  return acc_sealed_note_close (&(AccSealedPlace) { letter, "receipt", sequence }, root);
}

AccReceiptNote *
acc_receipt_note_open (GBytes *body, AccOpenedLetter *letter, guint sequence, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  AccReceiptNote *note;

  if (!acc_sealed_note_open (&(AccSealedPlace) { letter, "receipt", sequence }, body, &root, error))
    return NULL;
  note = root != NULL ? read_json (json_node_get_object (root)) : NULL;
  if (note == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("Receipt %u of letter %s cannot be read."), sequence,
                 acc_opened_letter_get_record (letter)->number);
  return note;
}
