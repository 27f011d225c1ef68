/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/letters.h"

#include "base/error.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "review/decision.h"
#include "route/receipts.h"
#include "route/routing.h"
#include "vault/unseal.h"

#define BATCH 200

static void
letter_free (gpointer data)
{
  AccCliLetter *letter = data;

  g_free (letter->number);
  g_free (letter->short_number);
  g_free (letter->state);
  g_free (letter->submitted_at);
  g_free (letter->kiosk);
  g_free (letter->pdf_hash);
  g_free (letter);
}

static AccCliLetter *
letter_new (const char *number, AccState state, const char *submitted_at)
{
  AccCliLetter *letter = g_new0 (AccCliLetter, 1);

  letter->number = g_strdup (number);
  letter->short_number = acc_number_short (number);
  letter->state = g_strdup (acc_state_to_text (state));
  letter->submitted_at = g_strdup (submitted_at);
  return letter;
}

/* Adds the archive's letters; @known gets their numbers (lent). */
static gboolean
list_archive (const char *store_dir, GPtrArray *letters, GHashTable *known, GError **error)
{
  g_autoptr (AccStore) desk = acc_archive_open (store_dir, ACC_STORE_READ, error);
  gint64 last = 0;

  while (desk != NULL)
    {
      g_autoptr (GPtrArray) batch = acc_archive_list (desk, last, BATCH, error);

      if (batch == NULL)
        return FALSE;
      if (batch->len == 0)
        return TRUE;
      for (guint i = 0; i < batch->len; i++)
        {
          const AccRecord *record = g_ptr_array_index (batch, i);
          AccCliLetter *letter = letter_new (record->number, record->state, record->submitted_at);

          letter->kiosk = g_strdup (record->kiosk);
          letter->pdf_hash = g_strdup (record->pdf_hash);
          letter->n_pages = record->n_pages;
          g_ptr_array_add (letters, letter);
          g_hash_table_add (known, letter->number);
          last = record->sequence;
        }
    }
  return FALSE;
}

static gboolean
list_inbox (const char *store_dir, GPtrArray *letters, GError **error)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_READ, error);
  GError *failure = NULL;
  gint64 last = 0;

  while (inbox != NULL)
    {
      g_autoptr (AccInboxLetter) found = acc_inbox_next (inbox, last, &failure);
      AccCliLetter *letter;

      if (found == NULL)
        break;
      last = found->sequence;
      letter = letter_new (found->sealed->number, ACC_STATE_WAITING, found->submitted_at);
      letter->kiosk = g_strdup (found->kiosk);
      letter->pdf_hash = g_strdup (found->sealed->pdf_hash);
      letter->n_pages = found->n_pages;
      g_ptr_array_add (letters, letter);
    }
  if (failure != NULL)
    g_propagate_error (error, failure);
  return inbox != NULL && failure == NULL;
}

GPtrArray *
acc_cli_letters_list (const char *store_dir, GError **error)
{
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (letter_free);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (letter_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  /* The inbox is read first: a letter that the desk takes in meanwhile is in the archive before it leaves, and so is
   * seen once or twice, never not at all. */
  if (!list_inbox (store_dir, waiting, error) || !list_archive (store_dir, letters, known, error))
    return NULL;
  while (waiting->len > 0)
    {
      AccCliLetter *letter = g_ptr_array_steal_index (waiting, 0);

      if (g_hash_table_contains (known, letter->number))
        letter_free (letter);
      else
        g_ptr_array_add (letters, letter);
    }
  return g_steal_pointer (&letters);
}

JsonNode *
acc_cli_letters_to_json (GPtrArray *letters)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < letters->len; i++)
    {
      const AccCliLetter *letter = g_ptr_array_index (letters, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "number", letter->number);
      json_object_set_string_member (object, "short_number", letter->short_number);
      json_object_set_string_member (object, "state", letter->state);
      json_object_set_string_member (object, "submitted_at", letter->submitted_at);
      json_object_set_string_member (object, "kiosk", letter->kiosk);
      json_object_set_int_member (object, "pages", letter->n_pages);
      json_object_set_string_member (object, "pdf_hash", letter->pdf_hash);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

char *
acc_cli_letters_find (const char *store_dir, const char *text, GError **error)
{
  g_autofree char *number = acc_number_parse (text, NULL);
  g_autofree char *short_number = number == NULL ? acc_number_parse_short (text) : NULL;
  g_autoptr (GPtrArray) letters = NULL;

  if (number != NULL)
    return g_steal_pointer (&number);
  if (short_number == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "There is no letter “%s” here.", text);
      return NULL;
    }
  if ((letters = acc_cli_letters_list (store_dir, error)) == NULL)
    return NULL;
  for (guint i = 0; i < letters->len; i++)
    {
      const AccCliLetter *letter = g_ptr_array_index (letters, i);

      if (g_str_equal (letter->short_number, short_number))
        return g_strdup (letter->number);
    }
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "There is no letter “%s” here.", text);
  return NULL;
}

static AccInboxLetter *
find_waiting (const char *store_dir, const char *number, GError **error)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_READ, error);

  return inbox != NULL ? acc_inbox_find (inbox, number, error) : NULL;
}

void
acc_cli_at_letter_clear (AccCliAtLetter *self)
{
  g_clear_object (&self->letter);
  g_clear_object (&self->config);
  g_clear_object (&self->identity);
  g_clear_object (&self->desk);
}

gboolean
acc_cli_at_letter_open (AccCliAtLetter *self, const AccOptions *options, GError **error)
{
  g_autoptr (AccInboxLetter) waiting = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *number = NULL;

  if ((self->identity = acc_cli_sign_in (options, &self->desk, error)) == NULL
      || (self->config = acc_config_load (options->store, error)) == NULL
      || (number = acc_cli_letters_find (options->store, options->rest[0], error)) == NULL)
    return FALSE;
  self->letter = acc_opened_letter_new (self->desk, self->identity, number, &local);
  if (g_error_matches (local, ACC_ERROR, ACC_ERROR_NOT_FOUND)
      && (waiting = find_waiting (options->store, number, NULL)) != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 "Letter %s still lies in the inbox: it is taken in once a banker signs in at the desk.",
                 options->rest[0]);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return self->letter != NULL;
}

gboolean
acc_cli_read_ordinal (const AccOptions *options, const char *what, guint *ordinal, GError **error)
{
  const char *text = options->rest[1];
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &value, NULL))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "The %s “%s” must be a number: “accolade show NUMBER --json” tells it.",
                   what, text);
      return FALSE;
    }
  *ordinal = (guint) value;
  return TRUE;
}

static JsonArray *
decisions_to_json (GPtrArray *decisions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < decisions->len; i++)
    {
      const AccDecision *decision = g_ptr_array_index (decisions, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "move", acc_move_to_text (decision->move));
      json_object_set_string_member (object, "banker", decision->banker);
      json_object_set_string_member (object, "at", decision->at);
      json_object_set_string_member (object, "reason", decision->reason);
      if (decision->by_check)
        json_object_set_boolean_member (object, "by_check", TRUE);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
deliveries_to_json (GPtrArray *deliveries)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "position", delivery->position);
      json_object_set_int_member (object, "after", delivery->after);
      json_object_set_string_member (object, "role", delivery->role);
      json_object_set_string_member (object, "name", delivery->name);
      json_object_set_string_member (object, "email", delivery->email);
      json_object_set_string_member (object, "door", delivery->door);
      json_object_set_string_member (object, "state", delivery->state);
      json_object_set_string_member (object, "place", delivery->place);
      json_object_set_string_member (object, "at", delivery->at);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
receipts_to_json (GPtrArray *receipts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < receipts->len; i++)
    {
      const AccReceipt *receipt = g_ptr_array_index (receipts, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "receipt", receipt->sequence);
      json_object_set_int_member (object, "position", receipt->position);
      json_object_set_string_member (object, "on", receipt->heard_on);
      json_object_set_string_member (object, "recorded_at", receipt->recorded_at);
      json_object_set_string_member (object, "banker", receipt->banker);
      json_object_set_string_member (object, "source", receipt->source == ACC_RECEIPT_BY_REPLY ? "reply" : "banker");
      json_object_set_string_member (object, "message", receipt->message);
      json_object_set_string_member (object, "passed_on_at", receipt->passed_on_at);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
describe (const char *number, AccState state, const char *submitted_at, AccLetter *letter)
{
  JsonObject *object = json_object_new ();
  g_autofree char *short_number = acc_number_short (number);

  json_object_set_string_member (object, "number", number);
  json_object_set_string_member (object, "short_number", short_number);
  json_object_set_string_member (object, "state", acc_state_to_text (state));
  json_object_set_string_member (object, "submitted_at", submitted_at);
  json_object_set_member (object, "letter", acc_letter_to_json_node (letter));
  return object;
}

static JsonObject *
open_archived (AccStore *desk, AccIdentity *identity, const char *number, GBytes **pdf, GError **error)
{
  g_autoptr (AccOpenedLetter) opened = acc_opened_letter_new (desk, identity, number, error);
  g_autoptr (GPtrArray) decisions = NULL, deliveries = NULL, receipts = NULL;
  const AccRecord *record;
  JsonObject *object;

  if (opened == NULL || (decisions = acc_decision_list (desk, opened, error)) == NULL
      || (deliveries = acc_routing_list (desk, opened, error)) == NULL
      || (receipts = acc_receipts_list (desk, opened, error)) == NULL)
    return NULL;
  record = acc_opened_letter_get_record (opened);
  object = describe (number, record->state, record->submitted_at, acc_opened_letter_get_letter (opened));
  json_object_set_array_member (object, "decisions", decisions_to_json (decisions));
  json_object_set_array_member (object, "deliveries", deliveries_to_json (deliveries));
  json_object_set_array_member (object, "receipts", receipts_to_json (receipts));
  *pdf = g_bytes_ref (acc_opened_letter_get_pdf (opened));
  return object;
}

static JsonObject *
open_waiting (const AccInboxLetter *found, AccIdentity *identity, GBytes **pdf, GError **error)
{
  g_autoptr (AccLetterKey) key = acc_letter_key_open (identity, found->sealed->key, error);
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (GBytes) json = NULL;

  if (key == NULL || !acc_unseal (key, found->sealed->number, found->sealed->body, &json, pdf, error)
      || (letter = acc_letter_from_json (json, error)) == NULL)
    return NULL;
  return describe (found->sealed->number, ACC_STATE_WAITING, found->submitted_at, letter);
}

/* Why a letter is in neither store: an inbox that cannot be read is worth more than "not found". */
static void
set_missing (GError **error, const char *number, GError *archive_failure, GError *inbox_failure)
{
  if (!g_error_matches (archive_failure, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    g_propagate_error (error, g_error_copy (archive_failure));
  else if (!g_error_matches (inbox_failure, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    g_propagate_error (error, g_error_copy (inbox_failure));
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "There is no letter %s here.", number);
}

JsonNode *
acc_cli_letters_open (const char *store_dir, AccStore *desk, AccIdentity *identity, const char *number, GBytes **pdf,
                      GError **error)
{
  g_autoptr (GError) inbox_failure = NULL, archive_failure = NULL;
  /* The inbox first, as in acc_cli_letters_list. */
  g_autoptr (AccInboxLetter) waiting = find_waiting (store_dir, number, &inbox_failure);
  g_autoptr (AccRecord) record = acc_archive_find (desk, number, &archive_failure);
  JsonNode *node;
  JsonObject *object = NULL;

  if (record != NULL)
    object = open_archived (desk, identity, number, pdf, error);
  else if (waiting != NULL && g_error_matches (archive_failure, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    object = open_waiting (waiting, identity, pdf, error);
  else
    set_missing (error, number, archive_failure, inbox_failure);
  if (object == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static void
print_people (JsonObject *letter, const char *member, const char *label)
{
  JsonArray *people = json_object_get_array_member (letter, member);

  for (guint i = 0; i < json_array_get_length (people); i++)
    acc_cli_print ("%s %s\n", label, json_object_get_string_member (json_array_get_object_element (people, i), "name"));
}

void
acc_cli_letters_print (JsonNode *opened)
{
  static const char *const parts[] = { "need", "act", "difference" };
  JsonObject *object = json_node_get_object (opened);
  JsonObject *letter = json_object_get_object_member (object, "letter");
  JsonObject *story = json_object_get_object_member (letter, "story");

  acc_cli_print ("Letter %s (%s), %s, sent %s\n", json_object_get_string_member (object, "short_number"),
                 json_object_get_string_member (object, "number"), json_object_get_string_member (object, "state"),
                 json_object_get_string_member (object, "submitted_at"));
  print_people (letter, "to", "For");
  print_people (letter, "from", "From");
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = json_object_get_string_member (story, parts[i]);

      if (*text != '\0')
        acc_cli_print ("\n%s\n", text);
    }
}
