/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/outbox-private.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/delivery-lock.h"
#include "vault/hash.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)

/* How long a delivery waits after each try that failed, in seconds; RFC 5321, 4.5.4.1: sooner first, and for four to
 * five days at least. After the last one a person must act. */
static const guint waits[] = {
  1 * MINUTE,  /* a server that restarts */
  5 * MINUTE,  /* greylisting lets one in again after about five minutes */
  15 * MINUTE,
  1 * HOUR,
  4 * HOUR,    /* a mailbox that is full, a disk that is away: somebody has to look */
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
  24 * HOUR,
  24 * HOUR,
};
#define WAIT_MAX (24 * HOUR)

struct _AccOutbox {
  GObject parent_instance;
  AccStore *desk;
  AccIdentity *identity;
  AccDoors *doors;
  GPtrArray *rows; /* of AccDeliveryRow, from the next one on */
  AccOpenedLetter *letter; /* of the last one */
  AccNamed named;
  GError *failure;
};

G_DEFINE_FINAL_TYPE (AccOutbox, acc_outbox, G_TYPE_OBJECT)

struct _AccSending {
  AccOutbox *outbox;
  AccOpenedLetter *letter;
  AccNamed named;
  AccDeliveryRow *row;
  AccDeliveryNote *note;
  AccDoor *door; /* NULL: @result stands already */
  GBytes *pdf, *cover, *message; /* @pdf: what leaves the branch of the letter */
  int lock;
  AccDoorResult result;
  char *place;
  GError *error; /* of the door; NULL once handed over */
};

guint
acc_outbox_wait_after (guint tries)
{
  return tries > 0 && tries <= G_N_ELEMENTS (waits) ? waits[tries - 1] : 0;
}

/* ---- the round ---- */

static void
take_failure (AccOutbox *self, GError *error)
{
  if (self->failure == NULL)
    self->failure = error;
  else
    g_error_free (error);
}

/* A clock that was put back keeps nothing waiting for longer than it ever has to. */
static gboolean
is_due (const AccDeliveryRow *row)
{
  g_autoptr (GDateTime) next = row->next_try != NULL ? g_date_time_new_from_iso8601 (row->next_try, NULL) : NULL;
  gint64 now = acc_clock_now () / G_USEC_PER_SEC;
  gint64 at = next != NULL ? g_date_time_to_unix (next) : now;

  return row->state != ACC_DELIVERY_WAITING || at <= now || at > now + WAIT_MAX;
}

static gboolean
open_letter (AccOutbox *self, const char *number, GError **error)
{
  if (self->letter != NULL && g_str_equal (acc_opened_letter_get_record (self->letter)->number, number))
    return TRUE;
  g_clear_object (&self->letter);
  self->letter = acc_opened_letter_new (self->desk, self->identity, number, error);
  self->named = ACC_NAMED;
  return self->letter != NULL;
}

/* ---- what was cut short ---- */

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  AccDeliveryRow *row;
  const char *kind;
  AccDeliveryState state;
  const char *reason;
} Stop;

/* Refused or unsure, with its signed entry. */
static gboolean
stop (AccStore *desk, gpointer data, GError **error)
{
  const Stop *job = data;
  g_autofree char *reason = acc_delivery_reason_close (job->reason, job->letter, job->row->position);
  g_autofree char *facts = NULL;

  g_free (job->row->changed_at);
  job->row->changed_at = acc_clock_stamp ();
  facts = acc_delivery_row_facts (job->row);
  return acc_delivery_table_stop (desk, job->row->id, job->state, reason, job->row->changed_at, error)
         && acc_archive_note (desk, job->identity, job->kind, job->row->number, facts, error);
}

static gboolean
restore (AccStore *desk, gpointer data, GError **error)
{
  return acc_delivery_table_restore (desk, ((const AccDeliveryRow *)data)->id, error);
}

/* A delivery that is "sending" and that nobody sends: *@settled is whether it may be sent now. */
static gboolean
settle_cut_short (AccOutbox *self, AccDeliveryRow *row, gboolean *again, GError **error)
{
  AccDoor *door = acc_doors_find (self->doors, row->door);
  int lock = acc_delivery_lock (self->desk, row->id, error);
  gboolean settled;

  *again = door != NULL && acc_door_repeats (door);
  if (lock < 0)
    return FALSE;
  if (*again)
    settled = acc_store_transact (self->desk, restore, row, error);
  else
    settled = open_letter (self, row->number, error)
              && acc_store_transact (self->desk, stop,
                                     &(Stop){ .identity = self->identity,
                                              .letter = self->letter,
                                              .row = row,
                                              .kind = ACC_OUTBOX_UNSURE,
                                              .state = ACC_DELIVERY_UNSURE,
                                              .reason = _ ("The desk ended while it was being sent.") },
                                     error);
  g_close (lock, NULL);
  if (settled && *again)
    row->state = ACC_DELIVERY_PREPARED;
  return settled;
}

/* Whether @row is to be sent in this round. */
static gboolean
is_wanted (AccOutbox *self, AccDeliveryRow *row, const char *number)
{
  g_autoptr (GError) error = NULL;
  gboolean again = TRUE;

  if (number != NULL && !g_str_equal (row->number, number))
    return FALSE;
  if (row->state == ACC_DELIVERY_SENDING && !settle_cut_short (self, row, &again, &error))
    {
      if (!g_error_matches (error, ACC_ERROR, ACC_ERROR_BUSY))
        take_failure (self, g_steal_pointer (&error));
      return FALSE;
    }
  return again && (number != NULL || is_due (row));
}

/* The program ended between a letter's last delivery and its move. */
static gboolean
settle_complete (AccOutbox *self, const char *number, GError **error)
{
  g_auto (GStrv) numbers = acc_delivery_table_list_complete (self->desk, error);

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;

      if (number != NULL && !g_str_equal (numbers[i], number))
        continue;
      if (!open_letter (self, numbers[i], &local)
          || !acc_outbox_settle (self->desk, self->identity, self->letter, &local))
        take_failure (self, g_steal_pointer (&local));
    }
  return numbers != NULL;
}

AccOutbox *
acc_outbox_new (AccStore *desk, AccIdentity *identity, AccDoors *doors, const char *number, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), NULL);
  g_return_val_if_fail (ACC_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (ACC_IS_DOORS (doors), NULL);

  g_autoptr (AccOutbox) self = g_object_new (ACC_TYPE_OUTBOX, NULL);
  g_autoptr (GPtrArray) rows = acc_delivery_table_list_open (desk, error);

  if (rows == NULL)
    return NULL;
  self->desk = g_object_ref (desk);
  self->identity = g_object_ref (identity);
  self->doors = g_object_ref (doors);
  while (rows->len > 0)
    {
      AccDeliveryRow *row = g_ptr_array_steal_index (rows, 0);

      if (is_wanted (self, row, number))
        g_ptr_array_add (self->rows, row);
      else
        acc_delivery_row_free (row);
    }
  return settle_complete (self, number, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- beginning ---- */

void
acc_sending_free (AccSending *self)
{
  if (self == NULL)
    return;
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  g_clear_object (&self->outbox);
  g_clear_object (&self->letter);
  g_clear_pointer (&self->row, acc_delivery_row_free);
  g_clear_pointer (&self->note, acc_delivery_note_free);
  g_clear_object (&self->door);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->cover, g_bytes_unref);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_free (self->place);
  g_clear_error (&self->error);
  g_free (self);
}

static AccRouting
get_routing (const AccSending *self)
{
  return (AccRouting){ .identity = self->outbox->identity,
                       .letter = self->letter,
                       .number = self->row->number,
                       .doors = self->outbox->doors,
                       .named = self->named,
                       .further = self->row->after != 0 };
}

/* How it ends without any door being called. */
static void
preset (AccSending *self, AccDoorResult result, char *reason)
{
  self->result = result;
  g_clear_object (&self->door);
  g_set_error (&self->error, ACC_ERROR, ACC_ERROR_INPUT, "%s", reason);
  g_free (reason);
}

static gboolean
is_same_message (const AccSending *self)
{
  g_autofree char *hash = acc_hash_bytes (self->message);

  return *self->note->message_hash == '\0' || g_str_equal (self->note->message_hash, hash);
}

/* Everything that the door is given, as it was approved. */
static gboolean
fill (AccSending *self, GError **error)
{
  AccRouting routing = get_routing (self);
  AccDoor *door = acc_doors_find (self->outbox->doors, self->row->door);

  self->note = acc_routing_open_note (&routing, self->row, error);
  if (self->note == NULL
      || !acc_routing_find_named (self->outbox->desk, &routing, (const char *const *)self->note->employees,
                                  self->note->disclosed, error))
    return FALSE;
  self->named = routing.named;
  self->cover = acc_documents_open (self->outbox->desk, self->letter, self->row->cover, error);
  if (self->cover == NULL)
    return FALSE;
  self->pdf = acc_documents_get_outgoing (self->outbox->desk, self->letter, NULL, error);
  if (self->pdf == NULL)
    return FALSE;
  self->message
      = acc_routing_build_message (self->outbox->desk, &routing, self->row->position, self->note, self->cover, error);
  if (self->message == NULL)
    return FALSE;
  self->door = door != NULL ? g_object_ref (door) : NULL;
  if (door == NULL)
    preset (self, ACC_DOOR_LATER,
            g_strdup_printf (
                _ ("It was to go by the door “%s”, which accolade.conf no longer sets up: have it set up again."),
                acc_door_name_to_label (self->row->door)));
  else if (!is_same_message (self))
    preset (self, ACC_DOOR_REFUSED,
            g_strdup (_ ("Its message can no longer be made as it was approved, since Accolade was updated: send it "
                         "again to have it made anew.")));
  return TRUE;
}

static gboolean
start (AccStore *desk, gpointer data, GError **error)
{
  const AccSending *self = data;
  AccRouting routing = get_routing (self);

  return acc_routing_check_may (desk, &routing, error) && acc_delivery_table_start (desk, self->row->id, error);
}

/* NULL with @error: it cannot be begun. */
static AccSending *
begin (AccOutbox *self, AccDeliveryRow *row, GError **error)
{
  g_autoptr (AccSending) sending = g_new0 (AccSending, 1);

  sending->lock = -1;
  sending->outbox = g_object_ref (self);
  sending->row = row;
  if (!open_letter (self, row->number, error))
    return NULL;
  sending->letter = g_object_ref (self->letter);
  if (!fill (sending, error) || (sending->lock = acc_delivery_lock (self->desk, row->id, error)) < 0
      || !acc_store_transact (self->desk, start, sending, error))
    return NULL;
  row->tries++;
  return g_steal_pointer (&sending);
}

static AccDeliveryRow *
steal_next_row (AccOutbox *self, gboolean may_wait)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (self->rows, i);
      AccDoor *door = acc_doors_find (self->doors, row->door);

      if (may_wait || door == NULL || !acc_door_waits (door))
        return g_ptr_array_steal_index (self->rows, i);
    }
  return NULL;
}

AccSending *
acc_outbox_next (AccOutbox *self, gboolean may_wait)
{
  AccDeliveryRow *row;

  g_return_val_if_fail (ACC_IS_OUTBOX (self), NULL);

  while ((row = steal_next_row (self, may_wait)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      AccSending *sending = begin (self, row, &error);

      if (sending != NULL)
        return sending;
      take_failure (self, g_steal_pointer (&error));
    }
  return NULL;
}

gboolean
acc_outbox_is_empty (AccOutbox *self)
{
  g_return_val_if_fail (ACC_IS_OUTBOX (self), TRUE);

  return self->rows->len == 0;
}

/* ---- the door ---- */

const char *
acc_sending_get_number (AccSending *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->row->number;
}

gboolean
acc_sending_waits (AccSending *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->door != NULL && acc_door_waits (self->door);
}

void
acc_sending_deliver (AccSending *self, GCancellable *cancellable)
{
  AccPackage package;
  const AccLetterFields *fields;

  g_return_if_fail (self != NULL);

  if (self->door == NULL)
    return;
  fields = acc_letter_get_fields (acc_opened_letter_get_letter (self->letter));
  package = (AccPackage){ .number = self->row->number,
                          .role = self->row->role,
                          .position = self->row->position,
                          .tries = self->row->tries,
                          .paper = fields->paper,
                          .address = self->note->email,
                          .letter_pdf = self->pdf,
                          .cover_pdf = self->cover,
                          .message = self->message };
  self->result = acc_door_deliver (self->door, &package, cancellable, &self->place, &self->error);
}

/* ---- ending ---- */

gboolean
acc_outbox_count_if_last (AccStore *desk, const AccDeliveryRow *row, const AccDeliveryNote *note, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, row->number, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!acc_delivery_state_is_done (((AccDeliveryRow *)g_ptr_array_index (rows, i))->state))
      return TRUE;
  return acc_delivery_table_add_departments (desk, row->number, (const char *const *)note->departments,
                                             row->changed_at, error);
}

/* The state, its journal entry and, with the last one, the departments: together or not at all. */
static gboolean
finish (AccStore *desk, const AccSending *self, GError **error)
{
  AccDeliveryRow *row = self->row;
  g_autofree char *facts = NULL;

  g_free (self->note->place);
  self->note->place = g_strdup (self->place);
  g_bytes_unref (row->recipient);
  row->recipient = acc_delivery_note_close (self->note, self->letter, row->position);
  g_free (row->changed_at);
  row->changed_at = acc_clock_stamp ();
  facts = acc_delivery_row_facts (row);
  return acc_delivery_table_finish (desk, row->id, row->recipient, row->changed_at, error)
         && acc_archive_note (desk, self->outbox->identity, ACC_OUTBOX_HANDED_OVER, row->number, facts, error)
         && acc_outbox_count_if_last (desk, row, self->note, error);
}

static gboolean
keep_waiting (AccStore *desk, const AccSending *self, guint seconds, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (acc_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) next = g_date_time_add_seconds (now, seconds);
  g_autofree char *stamp = g_date_time_format (next, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *reason = acc_delivery_reason_close (self->error->message, self->letter, self->row->position);

  return acc_delivery_table_wait (desk, self->row->id, reason, stamp, error);
}

static gboolean
end (AccStore *desk, gpointer data, GError **error)
{
  const AccSending *self = data;
  gboolean unsure = self->result == ACC_DOOR_UNSURE;
  guint seconds = self->result == ACC_DOOR_LATER ? acc_outbox_wait_after (self->row->tries) : 0;

  if (self->result == ACC_DOOR_HANDED_OVER)
    return finish (desk, self, error);
  if (seconds > 0)
    return keep_waiting (desk, self, seconds, error);
  return stop (desk,
               &(Stop){ .identity = self->outbox->identity,
                        .letter = self->letter,
                        .row = self->row,
                        .kind = unsure ? ACC_OUTBOX_UNSURE : ACC_OUTBOX_REFUSED,
                        .state = unsure ? ACC_DELIVERY_UNSURE : ACC_DELIVERY_REFUSED,
                        .reason = self->error->message },
               error);
}

gboolean
acc_outbox_end (AccOutbox *self, AccSending *sending, GError **error)
{
  g_return_val_if_fail (ACC_IS_OUTBOX (self), FALSE);
  g_return_val_if_fail (sending != NULL, FALSE);

  g_autoptr (GError) local = NULL;

  if (!acc_store_transact (self->desk, end, sending, error))
    return FALSE;
  if (sending->result != ACC_DOOR_HANDED_OVER)
    {
      take_failure (self, g_error_copy (sending->error));
      return TRUE;
    }
  if (!acc_outbox_settle (self->desk, self->identity, sending->letter, &local))
    take_failure (self, g_steal_pointer (&local)); /* the next round settles it */
  return TRUE;
}

GError *
acc_outbox_steal_failure (AccOutbox *self)
{
  g_return_val_if_fail (ACC_IS_OUTBOX (self), NULL);

  return g_steal_pointer (&self->failure);
}

/* ---- the object ---- */

static void
acc_outbox_finalize (GObject *object)
{
  AccOutbox *self = ACC_OUTBOX (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->letter);
  g_clear_object (&self->doors);
  g_clear_object (&self->identity);
  g_clear_object (&self->desk);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (acc_outbox_parent_class)->finalize (object);
}

static void
acc_outbox_class_init (AccOutboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_outbox_finalize;
}

static void
acc_outbox_init (AccOutbox *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)acc_delivery_row_free);
}
