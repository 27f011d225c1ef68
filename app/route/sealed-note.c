/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/sealed-note.h"

#include "letter/json-scan.h"
#include "vault/hash.h"

#include <string.h>

static char *
dup_context (const AccSealedPlace *place)
{
  return g_strdup_printf ("%s:%u", place->word, place->number);
}

GBytes *
acc_sealed_note_close (const AccSealedPlace *place, JsonNode *note)
{
  char *json = json_to_string (note, FALSE);
  g_autoptr (GBytes) plain = g_bytes_new_static (json, strlen (json));
  g_autofree char *context = dup_context (place);
  GBytes *cipher = acc_letter_key_encrypt (acc_opened_letter_get_key (place->letter),
                                           acc_opened_letter_get_record (place->letter)->number, context, plain);

  acc_wipe (json, strlen (json));
  g_free (json);
  return cipher;
}

gboolean
acc_sealed_note_open (const AccSealedPlace *place, GBytes *cipher, JsonNode **note, GError **error)
{
  g_autofree char *context = dup_context (place);
  g_autoptr (GBytes) plain
    = acc_letter_key_decrypt (acc_opened_letter_get_key (place->letter),
                              acc_opened_letter_get_record (place->letter)->number, context, cipher, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = NULL;
  const char *data;
  gsize size;

  *note = NULL;
  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &size);
  if (acc_json_scan (data, size, NULL) && json_parser_load_from_data (parser, data, (gssize) size, NULL))
    root = json_parser_get_root (parser); /* NULL where there is nothing at all */
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    *note = json_node_ref (root);
  return TRUE;
}

gboolean
acc_sealed_note_read_text (JsonObject *object, const char *name, char **text)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = g_strdup (node != NULL ? json_node_get_string (node) : "");
  return TRUE;
}
