/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/receipts-private.h"

#include "archive/heads.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "route/outbox-private.h"
#include "route/receipt-note.h"
#include "route/receipt-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DATE_LENGTH 10 /* of "2026-11-22T10:42:00+00:00" */

/* Frozen: their texts stand in the store. */
static const char *const sources[] = {
  [ACC_RECEIPT_BY_BANKER] = "banker",
  [ACC_RECEIPT_BY_REPLY] = "reply",
};

void
acc_receipt_free (AccReceipt *receipt)
{
  if (receipt == NULL)
    return;
  g_free (receipt->heard_on);
  g_free (receipt->recorded_at);
  g_free (receipt->banker);
  g_free (receipt->message);
  g_free (receipt->passed_on_at);
  g_free (receipt);
}

/* ---- reading ---- */

static AccReceipt *
open_row (AccOpenedLetter *letter, const AccReceiptRow *row, GError **error)
{
  g_autoptr (AccReceiptNote) note = acc_receipt_note_open (row->body, letter, row->sequence, error);
  AccReceipt *receipt;

  if (note == NULL)
    return NULL;
  receipt = g_new0 (AccReceipt, 1);
  receipt->sequence = row->sequence;
  receipt->position = row->position;
  receipt->heard_on = g_strdup (row->heard_on);
  receipt->recorded_at = g_strdup (row->recorded_at);
  receipt->banker = g_strdup (row->banker != NULL ? row->banker : "");
  receipt->source = g_strcmp0 (row->source, sources[ACC_RECEIPT_BY_REPLY]) == 0 ? ACC_RECEIPT_BY_REPLY
                                                                                : ACC_RECEIPT_BY_BANKER;
  receipt->message = g_steal_pointer (&note->message);
  receipt->passed_on_at = g_strdup (row->passed_on_at != NULL ? row->passed_on_at : "");
  return receipt;
}

GPtrArray *
acc_receipts_list (AccStore *desk, AccOpenedLetter *letter, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter), NULL);

  g_autoptr (GPtrArray) rows = acc_receipt_table_list (desk, acc_opened_letter_get_record (letter)->number, error);
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_receipt_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      AccReceipt *receipt = open_row (letter, g_ptr_array_index (rows, i), error);

      if (receipt == NULL)
        return NULL;
      g_ptr_array_add (receipts, receipt);
    }
  return rows != NULL ? g_steal_pointer (&receipts) : NULL;
}

/* ---- recording ---- */

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  guint position;
  AccReplyMark reply; /* it was read from; "" where a banker says so */
  char *on, *message;
  AccDeliveryRow *row; /* the delivery as it was found */
  gboolean moved;
} Recording;

static void
recording_clear (Recording *job)
{
  g_free (job->on);
  g_free (job->message);
  g_clear_pointer (&job->row, acc_delivery_row_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recording, recording_clear)

static gboolean
clean (Recording *job, const AccHeard *heard, GError **error)
{
  AccTextChange change = ACC_TEXT_UNCHANGED;
  g_autofree char *cleaned
    = acc_text_clean (heard->message != NULL ? heard->message : "", -1, ACC_TEXT_STORY, &change);

  if (change & ACC_TEXT_CUT)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("message: At most %d characters and %d lines, please."),
                   ACC_STORY_MAX, ACC_STORY_LINES);
      return FALSE;
    }
  if (heard->on != NULL && !acc_clock_is_date (heard->on))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("on: “%s” is no day; write it as 2026-11-23."), heard->on);
      return FALSE;
    }
  job->message = acc_text_is_blank (cleaned) ? g_strdup ("") : acc_text_trim (cleaned);
  job->on = heard->on != NULL ? g_strdup (heard->on) : acc_clock_today ();
  return TRUE;
}

/* Nobody has it before it was handed over, or says so tomorrow; but our own clock may have been put back since. */
static gboolean
check_day (Recording *job, GError **error)
{
  g_autofree char *gone = g_strndup (job->row->changed_at, DATE_LENGTH);
  g_autofree char *today = acc_clock_today ();

  if (strcmp (job->on, today) == 0 || (strcmp (job->on, gone) >= 0 && strcmp (job->on, today) < 0))
    return TRUE;
  if (*job->reply.bytes != '\0') /* somebody's clock: it was read today */
    {
      g_free (job->on);
      job->on = g_steal_pointer (&today);
      return TRUE;
    }
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               _ ("on: It went out on %s, so they can have said so from then until today, not on %s."), gone, job->on);
  return FALSE;
}

/* Of an erased letter nothing is heard any more. */
static gboolean
check_letter (AccStore *desk, const Recording *job, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (desk, job->row->number, error);

  if (record == NULL)
    return FALSE;
  if (record->state == ACC_STATE_APPROVED || record->state == ACC_STATE_ROUTED
      || record->state == ACC_STATE_ACKNOWLEDGED)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Letter %s is “%s”: nothing can be heard of it."),
               record->number, acc_state_to_word (record->state));
  return FALSE;
}

static gboolean
check_gone (const Recording *job, GError **error)
{
  const AccDeliveryRow *row = job->row;

  if (acc_delivery_state_is_done (row->state) || row->state == ACC_DELIVERY_UNSURE)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Delivery %u of letter %s has not gone out yet: it is “%s”."),
               row->position, row->number, acc_delivery_state_to_text (row->state));
  return FALSE;
}

/* One mail may come by two ways, with other bytes. */
static gboolean
is_of_reply (const AccReceiptNote *note, const AccReplyMark *reply)
{
  return (*reply->bytes != '\0' && g_str_equal (note->reply, reply->bytes))
         || (*reply->message_id != '\0' && g_str_equal (note->message_id, reply->message_id));
}

/* Each reply counts once; a further receipt has to bring words. */
static gboolean
check_new (const Recording *job, GPtrArray *rows, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const AccReceiptRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AccReceiptNote) note = NULL;

      if (row->position != job->position)
        continue;
      n++;
      note = acc_receipt_note_open (row->body, job->letter, row->sequence, error);
      if (note == NULL)
        return FALSE;
      if (is_of_reply (note, &job->reply))
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("This reply is recorded already."));
          return FALSE;
        }
    }
  if (n > 0 && *job->message == '\0')
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Delivery %u of letter %s is acknowledged already."),
                 job->position, job->row->number);
  else if (n >= ACC_RECEIPTS_MAX)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Delivery %u of letter %s has %u messages already; that is all "
                                                          "that is kept."),
                 job->position, job->row->number, n);
  else
    return TRUE;
  return FALSE;
}

static gboolean
keep_receipt (AccStore *desk, const Recording *job, GPtrArray *before, GError **error)
{
  const AccReceiptRow *last = before->len > 0 ? g_ptr_array_index (before, before->len - 1) : NULL;
  guint sequence = last != NULL ? last->sequence + 1 : 1;
  AccReceiptNote note = { job->message, (char *) job->reply.bytes, (char *) job->reply.message_id };
  g_autoptr (GBytes) body = acc_receipt_note_close (&note, job->letter, sequence);
  g_autofree char *now = acc_clock_stamp ();
  AccReceiptRow row = { .number = job->row->number,
                        .sequence = sequence,
                        .position = job->position,
                        .heard_on = job->on,
                        .recorded_at = now,
                        .source = (char *) sources[*job->reply.bytes != '\0' ? ACC_RECEIPT_BY_REPLY : ACC_RECEIPT_BY_BANKER],
                        .body = body };
  g_autofree char *facts = acc_receipt_row_facts (&row);

  return acc_receipt_table_add (desk, &row, error)
         && acc_archive_note (desk, job->identity, ACC_RECEIPTS_HEARD_BACK, row.number, facts, error);
}

/* Hearing back proves that what may have arrived has. */
static gboolean
acknowledge (AccStore *desk, const Recording *job, GError **error)
{
  if (job->row->state == ACC_DELIVERY_ACKNOWLEDGED)
    return TRUE;
  return (job->row->state != ACC_DELIVERY_UNSURE
          || acc_outbox_mark_within (desk, job->identity, job->letter, job->row, error))
         && acc_delivery_table_acknowledge (desk, job->row->id, error);
}

static gboolean
record (AccStore *desk, gpointer data, GError **error)
{
  Recording *job = data;
  const char *number = acc_opened_letter_get_record (job->letter)->number;
  g_autoptr (GPtrArray) before = NULL;

  g_clear_pointer (&job->row, acc_delivery_row_free);
  job->row = acc_outbox_find_row (desk, number, job->position, error);
  if (job->row == NULL || !check_letter (desk, job, error) || !check_gone (job, error) || !check_day (job, error)
      || (before = acc_receipt_table_list (desk, number, error)) == NULL || !check_new (job, before, error))
    return FALSE;
  return acknowledge (desk, job, error) && keep_receipt (desk, job, before, error)
         && acc_outbox_settle_within (desk, job->identity, job->letter, &job->moved, error);
}

/* Out of the folder into which it was put, wherever the outbox is today. What fails is left for acc_receipts_sweep. */
static void
empty_outbox (const Recording *job)
{
  AccRouting routing = { .letter = job->letter, .number = job->row->number };
  g_autoptr (AccDeliveryNote) note = acc_routing_open_note (&routing, job->row, NULL);
  g_autofree char *folder = note != NULL ? g_path_get_dirname (note->place) : NULL;
  g_autoptr (AccDoor) door = folder != NULL && g_path_is_absolute (folder) ? acc_folder_door_new (folder) : NULL;

  if (door != NULL && g_str_equal (job->row->door, acc_door_get_name (door)))
    acc_folder_door_take_back_position (ACC_FOLDER_DOOR (door), job->row->number, job->position, NULL);
}

gboolean
acc_receipts_record_reply (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, const AccHeard *heard,
                           const AccReplyMark *reply, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter) && heard != NULL, FALSE);

  g_auto (Recording) job = { .identity = identity,
                             .letter = letter,
                             .position = heard->position,
                             .reply = reply != NULL ? *reply : (AccReplyMark) { "", "" } };

  if (!clean (&job, heard, error) || !acc_store_transact (desk, record, &job, error))
    return FALSE;
  empty_outbox (&job);
  if (job.moved)
    acc_heads_keep (desk, NULL, NULL); /* must not hold the letter up: doctor tells if it cannot be done */
  return TRUE;
}

gboolean
acc_receipts_record (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, const AccHeard *heard,
                     GError **error)
{
  return acc_receipts_record_reply (desk, identity, letter, heard, NULL, error);
}

/* ---- the outbox's folder ---- */

static gboolean
sweep_letter (AccStore *desk, AccFolderDoor *outbox, const char *number, GError **error)
{
  g_autoptr (GArray) positions = acc_folder_door_list_positions (outbox, number, error);
  g_autoptr (GPtrArray) rows = positions != NULL ? acc_delivery_table_list (desk, number, error) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; row->state == ACC_DELIVERY_ACKNOWLEDGED && j < positions->len; j++)
        if (g_array_index (positions, guint, j) == row->position
            && !acc_folder_door_take_back_position (outbox, number, row->position, error))
          return FALSE;
    }
  return rows != NULL;
}

gboolean
acc_receipts_sweep (AccStore *desk, AccFolderDoor *outbox, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_FOLDER_DOOR (outbox), FALSE);

  g_auto (GStrv) numbers = acc_folder_door_list (outbox, error);

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    if (!sweep_letter (desk, outbox, numbers[i], error))
      return FALSE;
  return numbers != NULL;
}

/* ---- the message back ---- */

void
acc_passing_free (AccPassing *passing)
{
  if (passing == NULL)
    return;
  g_free (passing->client);
  g_free (passing->contact);
  g_free (passing->from);
  g_free (passing->message);
  g_free (passing);
}

static gboolean
check_agreed (AccOpenedLetter *letter, GError **error)
{
  const AccLetterFields *fields = acc_letter_get_fields (acc_opened_letter_get_letter (letter));

  if (!acc_text_is_blank (fields->consent_contact))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               _ ("%s did not agree to be contacted: the message stays in the branch."), fields->from[0].name);
  return FALSE;
}

static AccReceiptRow *
find_receipt (AccStore *desk, AccOpenedLetter *letter, guint sequence, GError **error)
{
  const char *number = acc_opened_letter_get_record (letter)->number;
  g_autoptr (GPtrArray) rows = acc_receipt_table_list (desk, number, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((const AccReceiptRow *) g_ptr_array_index (rows, i))->sequence == sequence)
      return g_ptr_array_steal_index (rows, i);
  if (rows != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("Letter %s has no receipt %u."), number, sequence);
  return NULL;
}

static AccPassing *
make_passing (AccStore *desk, AccOpenedLetter *letter, const AccReceiptRow *row, GError **error)
{
  const AccLetterFields *fields = acc_letter_get_fields (acc_opened_letter_get_letter (letter));
  AccRouting routing = { .letter = letter, .number = row->number };
  g_autoptr (AccReceiptNote) receipt = acc_receipt_note_open (row->body, letter, row->sequence, error);
  g_autoptr (AccDeliveryRow) delivery
    = receipt != NULL ? acc_outbox_find_row (desk, row->number, row->position, error) : NULL;
  g_autoptr (AccDeliveryNote) note = delivery != NULL ? acc_routing_open_note (&routing, delivery, error) : NULL;
  AccPassing *passing;

  if (note == NULL)
    return NULL;
  if (*receipt->message == '\0')
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("%s said that it is there, and nothing more."), note->name);
      return NULL;
    }
  passing = g_new0 (AccPassing, 1);
  passing->client = g_strdup (fields->from[0].name);
  passing->contact = g_strdup (fields->consent_contact);
  passing->from = g_steal_pointer (&note->name);
  passing->message = g_steal_pointer (&receipt->message);
  return passing;
}

AccPassing *
acc_receipts_open_passing (AccStore *desk, AccOpenedLetter *letter, guint sequence, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_OPENED_LETTER (letter), NULL);

  g_autoptr (AccReceiptRow) row = check_agreed (letter, error) ? find_receipt (desk, letter, sequence, error) : NULL;

  return row != NULL ? make_passing (desk, letter, row, error) : NULL;
}

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  guint sequence;
} PassingOn;

static gboolean
pass_on (AccStore *desk, gpointer data, GError **error)
{
  const PassingOn *job = data;
  g_autoptr (AccReceiptRow) row = find_receipt (desk, job->letter, job->sequence, error);
  g_autoptr (AccPassing) passing = row != NULL ? make_passing (desk, job->letter, row, error) : NULL;
  g_autofree char *facts = g_strdup_printf ("{\"receipt\":%u}", job->sequence);

  if (passing == NULL)
    return FALSE;
  if (row->passed_on_at != NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("%s was told of this before."), passing->client);
      return FALSE;
    }
  return acc_archive_note (desk, job->identity, ACC_RECEIPTS_PASSED_ON, row->number, facts, error);
}

gboolean
acc_receipts_pass_on (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint sequence, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);

  return check_agreed (letter, error)
         && acc_store_transact (desk, pass_on, &(PassingOn) { identity, letter, sequence }, error);
}
