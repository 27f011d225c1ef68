/* SPDX-License-Identifier: GPL-3.0-or-later */
/* acc_routing_prepare: what goes to whom is written down before anything leaves. */
#include "route/outbox-private.h"

#include "archive/documents.h"
#include "archive/notebook.h"
#include "base/clock.h"
#include "base/error.h"
#include "letter/number.h"
#include "route/cover.h"
#include "vault/hash.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

typedef struct {
  AccRouting routing;
  AccPlan *plan; /* NULL for a further delivery */
  const AccCoverDone *covers;
  const AccPerson *sender; /* NULL: the directory does not know the banker */
  const char *date;
  GStrv employees, departments;
  AccDocumentKind outgoing; /* of the letter */
} Preparation;

/* One delivery of it. */
typedef struct {
  const AccRecipient *recipient;
  const AccCoverDone *cover;
  guint position, after;
} Item;

static GStrv
dup_employees (AccPlan *plan)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < acc_plan_get_n_employees (plan); i++)
    {
      const AccPerson *employee = acc_plan_get_employee (plan, i);

      g_strv_builder_add (builder, employee != NULL ? employee->id : "");
    }
  return g_strv_builder_end (builder);
}

static GStrv
dup_departments (AccPlan *plan)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < acc_plan_get_n_employees (plan); i++)
    {
      const AccPerson *employee = acc_plan_get_employee (plan, i);

      if (employee != NULL && !g_ptr_array_find_with_equal_func (names, employee->department, g_str_equal, NULL))
        g_ptr_array_add (names, employee->department);
    }
  g_ptr_array_add (names, NULL);
  return g_strdupv ((GStrv)names->pdata);
}

/* What a reader sees who opens no attachment. */
static char *
dup_text (const Preparation *job, const AccRecipient *recipient, const char *words)
{
  const char *called = *recipient->person->called != '\0' ? recipient->person->called : recipient->person->name;
  const char *sender = acc_identity_get_banker (job->routing.identity)->name;
  g_autofree char *number = acc_number_short (job->routing.number);

  return g_strdup_printf (
      job->outgoing == ACC_DOCUMENT_ORIGINAL
          ? _ ("Dear %s,\n\n%s\n\n%s\n\nAttached: the letter as the client read it, and this note, each as a PDF.\n"
               "Letter number: %s\n")
          : _ ("Dear %s,\n\n%s\n\n%s\n\nAttached: the letter, from which some words have been taken out, and this note, "
               "each as a PDF.\nLetter number: %s\n"),
      called, words, sender, number);
}

/* Whom the message comes from: the banker, or, where the door has an address of its own, that, and answers go to the
 * banker. */
static void
fill_sender (const Preparation *job, AccDeliveryNote *note)
{
  const AccPerson *sender = job->sender;
  const char *own = sender != NULL ? sender->email : "";
  const char *of_door = acc_door_get_sender (acc_doors_choose (job->routing.doors, note->email));

  note->from_name
      = g_strdup (sender != NULL ? sender->name : acc_identity_get_banker (job->routing.identity)->name);
  note->from_email = g_strdup (of_door != NULL ? of_door : own);
  note->reply_to = g_strdup (of_door != NULL ? own : "");
}

static AccDeliveryNote *
make_note (const Preparation *job, const Item *item, GError **error)
{
  const AccRecipient *recipient = item->recipient;
  const AccBanker *banker = acc_identity_get_banker (job->routing.identity);
  g_autofree char *words = acc_cover_text (item->cover->paragraph, banker, item->cover->disclosed, error);
  AccDeliveryNote *note;

  if (words == NULL)
    return NULL;
  note = g_new0 (AccDeliveryNote, 1);
  note->staff_id = g_strdup (recipient->person->id);
  note->name = g_strdup (recipient->person->name);
  note->email = g_strdup (recipient->person->email);
  note->role = g_strdup (acc_role_to_text (recipient->role));
  note->employee = g_strdup (recipient->employee->name);
  fill_sender (job, note);
  note->subject = acc_cover_subject (recipient);
  note->paragraph = g_strdup (item->cover->paragraph);
  note->text = dup_text (job, recipient, words);
  note->date = g_strdup (job->date);
  note->disclosed = item->cover->disclosed;
  note->employees = g_strdupv (job->employees);
  note->departments = g_strdupv (job->departments);
  return note;
}

/* A note whose message cannot be built would be stuck for ever: it is not kept. */
static AccDeliveryNote *
make_checked_note (AccStore *desk, const Preparation *job, const Item *item, GError **error)
{
  g_autoptr (AccDeliveryNote) note = make_note (job, item, error);
  g_autoptr (GBytes) message = NULL;

  if (note == NULL)
    return NULL;
  message = acc_routing_build_message (desk, &job->routing, item->position, note, item->cover->cover_pdf, error);
  if (message == NULL)
    {
      g_prefix_error (error, "%s: ", note->name);
      return NULL;
    }
  note->message_hash = acc_hash_bytes (message);
  return g_steal_pointer (&note);
}

static gboolean
keep_delivery (AccStore *desk, const Preparation *job, const Item *item, GError **error)
{
  g_autoptr (AccDeliveryNote) note = make_checked_note (desk, job, item, error);
  g_autoptr (GBytes) recipient
      = note != NULL ? acc_delivery_note_close (note, job->routing.letter, item->position) : NULL;
  AccDeliveryRow row = { .number = (char *)job->routing.number,
                         .position = item->position,
                         .after = item->after,
                         .state = ACC_DELIVERY_PREPARED,
                         .recipient = recipient };

  if (note == NULL)
    return FALSE;
  row.role = note->role;
  row.door = (char *) acc_door_get_name (acc_doors_choose (job->routing.doors, note->email));
  row.cover = acc_documents_add (desk, job->routing.letter, ACC_DOCUMENT_COVER, item->cover->cover_pdf, error);
  return row.cover != 0 && acc_delivery_table_add (desk, &row, error);
}

/* Everything that is kept of the deliveries, so that none can be changed before it is handed over. */
static char *
write_facts (const Preparation *job, GPtrArray *rows)
{
  g_autoptr (JsonNode) departments = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *names = NULL;

  json_node_take_array (departments, json_array_new ());
  for (guint i = 0; job->departments[i] != NULL; i++)
    json_array_add_string_element (json_node_get_array (departments), job->departments[i]);
  names = json_to_string (departments, FALSE);
  g_string_append_printf (facts, "{\"departments\":%s,\"deliveries\":[", names);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *delivery = acc_delivery_row_prepared (g_ptr_array_index (rows, i));

      g_string_append_printf (facts, "%s%s", i > 0 ? "," : "", delivery);
    }
  g_string_append (facts, "]}");
  return g_string_free (g_steal_pointer (&facts), FALSE);
}

static gboolean
note_prepared (AccStore *desk, const Preparation *job, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, job->routing.number, error);
  g_autofree char *facts = rows != NULL ? write_facts (job, rows) : NULL;

  return facts != NULL && acc_archive_note (desk, job->routing.identity, "prepared", job->routing.number, facts, error);
}

/* Who routes a letter may need these people again. */
static gboolean
note_helpers (AccStore *desk, const Preparation *job, GError **error)
{
  for (guint i = 0; i < acc_plan_get_n_employees (job->plan); i++)
    {
      const AccPerson *person = acc_plan_get_employee (job->plan, i);
      g_autoptr (AccNotebookEntry) helper
        = person != NULL ? acc_notebook_entry_new (person->id, person->name, person->department) : NULL;

      if (helper != NULL
          && !acc_notebook_add_letter_within (desk, job->routing.identity, helper, job->routing.number, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
prepare_all (AccStore *desk, gpointer data, GError **error)
{
  const Preparation *job = data;
  guint n = acc_plan_get_n_recipients (job->plan);
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, job->routing.number, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    return TRUE;
  if (!acc_routing_check_may (desk, &job->routing, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const Item item = { acc_plan_get_recipient (job->plan, i), &job->covers[i], i + 1, 0 };

      if (!keep_delivery (desk, job, &item, error))
        return FALSE;
    }
  return note_prepared (desk, job, error) && note_helpers (desk, job, error);
}

gboolean
acc_routing_prepare (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccPlan *plan,
                     const AccCoverDone *covers, AccDoors *doors, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);
  g_return_val_if_fail (ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (ACC_IS_PLAN (plan), FALSE);
  g_return_val_if_fail (covers != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_DOORS (doors), FALSE);

  g_autofree char *now = acc_clock_stamp ();
  g_auto (GStrv) employees = dup_employees (plan);
  g_auto (GStrv) departments = dup_departments (plan);
  g_autoptr (GBytes) pdf = NULL;
  Preparation job = {
    .routing = { .identity = identity,
                 .letter = letter,
                 .number = acc_opened_letter_get_record (letter)->number,
                 .doors = doors },
    .plan = plan,
    .covers = covers,
    .sender = acc_plan_get_sender (plan),
    .date = now,
    .employees = employees,
    .departments = departments
  };

  if (!acc_plan_is_complete (plan))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("The letter cannot be routed yet. %s"),
                   acc_plan_get_n_gaps (plan) > 0 ? acc_plan_get_gap (plan, 0) : _ ("Nobody would get it."));
      return FALSE;
    }
  if (!acc_routing_find_named (desk, &job.routing, (const char *const *)employees, covers->disclosed, error))
    return FALSE;
  pdf = acc_documents_get_outgoing (desk, letter, &job.outgoing, error);
  return pdf != NULL && acc_store_transact (desk, prepare_all, &job, error);
}

/* ---- after a silence ---- */

/* As it is kept, so that it cannot be changed before it is handed over. */
static gboolean
note_further (AccStore *desk, const Preparation *job, guint position, GError **error)
{
  g_autoptr (AccDeliveryRow) row = acc_outbox_find_row (desk, job->routing.number, position, error);
  g_autofree char *facts = row != NULL ? acc_delivery_row_prepared (row) : NULL;

  return facts != NULL
         && acc_archive_note (desk, job->routing.identity, ACC_OUTBOX_PREPARED_FURTHER, job->routing.number, facts,
                              error);
}

gboolean
acc_routing_prepare_further_within (AccStore *desk, const AccFurther *further, guint position, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  const Item item = { further->recipient, further->cover, position, further->after };
  Preparation job = { .routing = further->routing,
                      .sender = further->sender,
                      .date = now,
                      .employees = further->employees,
                      .departments = further->departments };
  g_autoptr (GBytes) pdf = acc_documents_get_outgoing (desk, further->routing.letter, &job.outgoing, error);

  return pdf != NULL && acc_routing_check_may (desk, &job.routing, error) && keep_delivery (desk, &job, &item, error)
         && note_further (desk, &job, position, error);
}
