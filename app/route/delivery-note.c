/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/delivery-note.h"

#include "base/error.h"
#include "route/sealed-note.h"

#include <string.h>

/* Every text of a note, by its name in the JSON: frozen. */
static const struct {
  const char *name;
  gsize offset;
} texts[] = {
  /* The recipient. */
  { "staff_id", G_STRUCT_OFFSET (AccDeliveryNote, staff_id) },
  { "name", G_STRUCT_OFFSET (AccDeliveryNote, name) },
  { "email", G_STRUCT_OFFSET (AccDeliveryNote, email) },
  /* Why. */
  { "role", G_STRUCT_OFFSET (AccDeliveryNote, role) },
  { "employee", G_STRUCT_OFFSET (AccDeliveryNote, employee) },
  /* The sender. */
  { "from_name", G_STRUCT_OFFSET (AccDeliveryNote, from_name) },
  { "from_email", G_STRUCT_OFFSET (AccDeliveryNote, from_email) },
  { "reply_to", G_STRUCT_OFFSET (AccDeliveryNote, reply_to) },
  /* The message. */
  { "subject", G_STRUCT_OFFSET (AccDeliveryNote, subject) },
  { "paragraph", G_STRUCT_OFFSET (AccDeliveryNote, paragraph) },
  { "text", G_STRUCT_OFFSET (AccDeliveryNote, text) },
  { "date", G_STRUCT_OFFSET (AccDeliveryNote, date) },
  { "message_hash", G_STRUCT_OFFSET (AccDeliveryNote, message_hash) },
  /* How it ended. */
  { "place", G_STRUCT_OFFSET (AccDeliveryNote, place) },
};

/* Every list. */
static const struct {
  const char *name;
  gsize offset;
} lists[] = {
  /* Whom the letter thanks. */
  { "employees", G_STRUCT_OFFSET (AccDeliveryNote, employees) },
  /* What routed_department counts. */
  { "departments", G_STRUCT_OFFSET (AccDeliveryNote, departments) },
};

void
acc_delivery_note_free (AccDeliveryNote *note)
{
  if (note == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, note, texts[i].offset));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (G_STRUCT_MEMBER (GStrv, note, lists[i].offset));
  g_free (note);
}

static void
add_list (JsonObject *object, const char *name, GStrv list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);
  json_object_set_array_member (object, name, array);
}

static JsonNode *
write_json (const AccDeliveryNote *note)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, note, texts[i].offset);

      json_object_set_string_member (object, texts[i].name, text != NULL ? text : "");
    }
  json_object_set_boolean_member (object, "disclosed", note->disclosed);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    add_list (object, lists[i].name, G_STRUCT_MEMBER (GStrv, note, lists[i].offset));
  return root;
}

/* What is missing is empty: an older version may not have written it. FALSE if it is no list of texts. */
static gboolean
read_list (JsonObject *object, const char *name, GStrv *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = NULL;

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  if (node != NULL)
    array = json_node_get_array (node);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  *list = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_flag (JsonObject *object, const char *name, gboolean *flag)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *flag = node != NULL && json_node_get_boolean (node);
  return TRUE;
}

static AccDeliveryNote *
read_json (JsonObject *object)
{
  g_autoptr (AccDeliveryNote) note = g_new0 (AccDeliveryNote, 1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!acc_sealed_note_read_text (object, texts[i].name, G_STRUCT_MEMBER_P (note, texts[i].offset)))
      return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!read_list (object, lists[i].name, G_STRUCT_MEMBER_P (note, lists[i].offset)))
      return NULL;
  return read_flag (object, "disclosed", &note->disclosed) ? g_steal_pointer (&note) : NULL;
}

GBytes *
acc_delivery_note_close (const AccDeliveryNote *note, AccOpenedLetter *letter, guint position)
{
  g_autoptr (JsonNode) root = write_json (note);

  return acc_sealed_note_close (&(AccSealedPlace) { letter, "delivery", position }, root);
}

AccDeliveryNote *
acc_delivery_note_open (GBytes *recipient, AccOpenedLetter *letter, guint position, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  AccDeliveryNote *note;

  if (!acc_sealed_note_open (&(AccSealedPlace) { letter, "delivery", position }, recipient, &root, error))
    return NULL;
  note = root != NULL ? read_json (json_node_get_object (root)) : NULL;
  if (note == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "Delivery %u of letter %s cannot be read.", position,
                 acc_opened_letter_get_record (letter)->number);
  return note;
}

static char *
dup_reason_context (guint position)
{
  return g_strdup_printf ("reason:%u", position);
}

char *
acc_delivery_reason_close (const char *reason, AccOpenedLetter *letter, guint position)
{
  g_autofree char *context = dup_reason_context (position);
  g_autoptr (GBytes) plain = g_bytes_new (reason, strlen (reason));
  g_autoptr (GBytes) cipher = acc_letter_key_encrypt (acc_opened_letter_get_key (letter),
                                                      acc_opened_letter_get_record (letter)->number, context, plain);
  gsize size;
  const guchar *data = g_bytes_get_data (cipher, &size);

  return g_base64_encode (data, size);
}

char *
acc_delivery_reason_open (const char *reason, AccOpenedLetter *letter, guint position)
{
  g_autofree char *context = dup_reason_context (position);
  g_autoptr (GBytes) cipher = NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize size = 0;
  guchar *data;

  if (reason == NULL)
    return g_strdup ("");
  data = g_base64_decode (reason, &size);
  cipher = g_bytes_new_take (data, size);
  plain = acc_letter_key_decrypt (acc_opened_letter_get_key (letter), acc_opened_letter_get_record (letter)->number,
                                  context, cipher, NULL);
  if (plain == NULL || g_bytes_get_size (plain) == 0)
    return g_strdup (reason);
  return g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
}
