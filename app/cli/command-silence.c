/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade receipt list | escalate | leave: of whom nothing is heard */
#include "archive/kept-secrets.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "letter/number.h"
#include "review/decision.h"
#include "route/cover.h"
#include "route/next-cover.h"
#include "route/silences.h"

#include <string.h>

/* ---- which they are ---- */

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

      acc_cli_print ("%s\t%s\t%u\t%s\t%u days\t%s\n", silence->number, short_number, silence->position, silence->name,
                     silence->days, silence->sentence);
    }
}

/* Each damaged letter once, all in the one line that a command ends with. */
static gboolean
tell_faults (GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  g_autofree char *line = NULL;

  for (guint i = 0; i < faults->len; i++)
    {
      char *message = ((GError *) g_ptr_array_index (faults, i))->message;

      if (!g_ptr_array_find_with_equal_func (messages, message, g_str_equal, NULL))
        g_ptr_array_add (messages, message);
    }
  if (messages->len == 0)
    return TRUE;
  g_ptr_array_add (messages, NULL);
  line = g_strjoinv ("; ", (char **) messages->pdata);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, line);
  return FALSE;
}

/* What can be read is listed; then what cannot is told. */
gboolean
acc_command_receipt_list (const AccOptions *options, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (GPtrArray) silences = NULL;

  if ((identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (config = acc_config_load (options->store, error)) == NULL
      || (silences = acc_silences_list (desk, identity, acc_config_get_int (config, ACC_CONFIG_DESK_RECEIPT_DAYS), faults,
                                         error))
           == NULL)
    return FALSE;
  if (options->json)
    {
      g_autoptr (JsonNode) node = silences_to_json (silences);

      acc_cli_print_json (node);
    }
  else
    print_silences (silences);
  return tell_faults (faults, error);
}

/* ---- the next level ---- */

typedef struct {
  AccCliAtLetter at;
  guint position; /* of whom nothing is heard */
  AccNextLevel *level;
  AccNextCover *cover;
  AccNamed named;
  char *paragraph;
  GPtrArray *checks; /* of AccCheckResult, on the paragraph */
} Escalation;

static void
escalation_clear (Escalation *self)
{
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->cover, acc_next_cover_free);
  g_clear_object (&self->level);
  g_free (self->paragraph);
  acc_cli_at_letter_clear (&self->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Escalation, escalation_clear)

static const char *
get_branch (const Escalation *self)
{
  return acc_config_get (self->at.config, ACC_CONFIG_BRANCH_NAME);
}

static gboolean
find_level (Escalation *self, GError **error)
{
  const AccCliAtLetter *at = &self->at;
  gboolean disclose
    = g_str_equal (acc_config_get (at->config, ACC_CONFIG_INTEGRITY_SECOND_APPROVER), "disclose");

  self->level = acc_next_level_new (at->desk, at->identity, at->letter, self->position, error);
  if (self->level == NULL)
    return FALSE;
  if (acc_next_level_get_recipient (self->level) != NULL)
    return acc_next_level_check_silent (self->level, at->desk, error)
           && acc_next_level_find_named (self->level, at->desk, disclose, &self->named, error);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, acc_next_level_get_sentence (self->level));
  return FALSE;
}

/* What the desk would not send either. */
static gboolean
check_paragraph (Escalation *self, GError **error)
{
  g_autofree char *whole = acc_cover_text (self->paragraph, acc_identity_get_banker (self->at.identity),
                                           self->named == ACC_NAMED_DISCLOSED, error);

  if (whole == NULL)
    return FALSE;
  self->checks = acc_next_cover_run_checks (self->cover, self->paragraph);
  for (guint i = 0; i < self->checks->len; i++)
    {
      const AccCheckResult *check = g_ptr_array_index (self->checks, i);

      if (check->weight != ACC_CHECK_STOPS)
        continue;
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s %s", check->sentence, check->advice);
      return FALSE;
    }
  return TRUE;
}

/* The banker's own words, where they have written any; else what is proposed. */
static gboolean
find_paragraph (Escalation *self, const AccOptions *options, GError **error)
{
  g_autoptr (GPtrArray) decisions = acc_decision_list (self->at.desk, self->at.letter, error);
  g_autofree char *words = NULL;

  if (decisions == NULL)
    return FALSE;
  self->cover = acc_next_cover_new (self->level, acc_opened_letter_get_letter (self->at.letter), decisions,
                                    get_branch (self));
  if (options->cover_file != NULL)
    words = acc_cli_read_text (options->cover_file, "--cover-file", error);
  else
    words = g_strdup (self->cover->proposal);
  self->paragraph = words != NULL ? acc_text_trim (words) : NULL;
  return self->paragraph != NULL && check_paragraph (self, error);
}

static gboolean
prepare (Escalation *self, const AccOptions *options, AccDoors *doors, GError **error)
{
  const AccCliAtLetter *at = &self->at;
  const char *number = acc_opened_letter_get_record (at->letter)->number;
  gboolean disclosed = self->named == ACC_NAMED_DISCLOSED;
  g_autoptr (AccLetterhead) letterhead = acc_cli_load_letterhead (options, at->config, error);
  g_autoptr (GBytes) pdf = NULL;

  if (letterhead != NULL)
    pdf = acc_cover_write (acc_opened_letter_get_letter (at->letter), number, acc_next_level_get_recipient (self->level),
                           acc_identity_get_banker (at->identity), self->paragraph, disclosed, letterhead,
                           get_branch (self), error);
  return pdf != NULL
         && acc_next_level_prepare (self->level, at->desk, &(AccCoverDone) { self->paragraph, pdf, disclosed }, doors, error);
}

static AccDoors *
open_doors (const AccCliAtLetter *at, GError **error)
{
  g_autoptr (AccCliSecret) password = acc_kept_secret_load (at->desk, at->identity, ACC_KEPT_SECRET_MAIL, error);

  return password != NULL ? acc_doors_new_with_password (at->config, password) : NULL;
}

/* The delivery that was prepared after @position; lent by @deliveries. */
static const AccDelivery *
find_further (GPtrArray *deliveries, guint position)
{
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (delivery->after == position)
        return delivery;
    }
  return NULL;
}

static JsonArray *
advice_to_json (GPtrArray *checks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < checks->len; i++)
    {
      const AccCheckResult *check = g_ptr_array_index (checks, i);
      g_autofree char *sentence = g_strdup_printf ("%s %s", check->sentence, check->advice);

      json_array_add_string_element (array, sentence);
    }
  return array;
}

/* @further: NULL where nothing was prepared. */
static JsonNode *
escalation_to_json (const Escalation *self, const AccDelivery *further)
{
  const AccPerson *person = acc_next_level_get_recipient (self->level)->person;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "number", acc_opened_letter_get_record (self->at.letter)->number);
  json_object_set_int_member (object, "after", self->position);
  json_object_set_string_member (object, "name", person->name);
  json_object_set_string_member (object, "department", person->department);
  json_object_set_string_member (object, "sentence", acc_next_level_get_sentence (self->level));
  json_object_set_string_member (object, "paragraph", self->paragraph);
  json_object_set_array_member (object, "advice", advice_to_json (self->checks));
  json_object_set_boolean_member (object, "prepared", further != NULL);
  if (further != NULL)
    {
      json_object_set_int_member (object, "position", further->position);
      json_object_set_string_member (object, "door", further->door);
      json_object_set_string_member (object, "state", further->state);
    }
  json_node_take_object (node, object);
  return node;
}

static void
print_escalation (const Escalation *self, const AccDelivery *further)
{
  acc_cli_print ("%s\n\n%s\n", acc_next_level_get_sentence (self->level), self->paragraph);
  for (guint i = 0; i < self->checks->len; i++)
    {
      const AccCheckResult *check = g_ptr_array_index (self->checks, i);

      acc_cli_print ("\nAdvice: %s %s\n", check->sentence, check->advice);
    }
  if (further != NULL)
    acc_cli_print ("\nDelivery %u, to %s: %s.\n", further->position, further->name, further->state);
  else
    acc_cli_print ("\nNothing was sent.\n");
}

static gboolean
show (const Escalation *self, const AccOptions *options, GError **error)
{
  g_autoptr (GPtrArray) deliveries = acc_routing_list (self->at.desk, self->at.letter, error);
  const AccDelivery *further = options->dry_run ? NULL : find_further (deliveries, self->position);

  if (deliveries == NULL)
    return FALSE;
  if (options->json)
    {
      g_autoptr (JsonNode) node = escalation_to_json (self, further);

      acc_cli_print_json (node);
    }
  else
    print_escalation (self, further);
  return TRUE;
}

/* What cannot go now is kept as any other delivery is, and goes with the desk. */
static gboolean
send (const Escalation *self, AccDoors *doors, GError **error)
{
  const AccCliAtLetter *at = &self->at;

  if (acc_routing_hand_over (at->desk, at->identity, at->letter, doors, error))
    return TRUE;
  g_prefix_error (error, "It is prepared for %s, but has not gone yet: ",
                  acc_next_level_get_recipient (self->level)->person->name);
  return FALSE;
}

gboolean
acc_command_receipt_escalate (const AccOptions *options, GError **error)
{
  g_auto (Escalation) self = { 0 };
  g_autoptr (AccDoors) doors = NULL;
  gboolean sent;

  if (!acc_cli_read_ordinal (options, "position", &self.position, error)
      || !acc_cli_at_letter_open (&self.at, options, error) || !find_level (&self, error)
      || !find_paragraph (&self, options, error))
    return FALSE;
  if (options->dry_run)
    return show (&self, options, error);
  if ((doors = open_doors (&self.at, error)) == NULL || !prepare (&self, options, doors, error))
    return FALSE;
  sent = send (&self, doors, error);
  return show (&self, options, sent ? error : NULL) && sent;
}

/* ---- leaving it at that ---- */

gboolean
acc_command_receipt_leave (const AccOptions *options, GError **error)
{
  g_auto (AccCliAtLetter) at = { 0 };
  guint position;

  return acc_cli_read_ordinal (options, "position", &position, error) && acc_cli_at_letter_open (&at, options, error)
         && acc_silences_leave (at.desk, at.identity, at.letter, position, error);
}
