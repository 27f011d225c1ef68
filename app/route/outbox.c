/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/outbox-private.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/delivery-lock.h"
#include "vault/hash.h"
#include "vault/locked-bytes.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

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
  GBytes *pdf;             /* what leaves the branch of it, locked; NULL: not asked for yet */
  AccNamed named;
  gboolean held; /* something waits for its door */
  GError *failure;
};

G_DEFINE_FINAL_TYPE (AccOutbox, acc_outbox, G_TYPE_OBJECT)

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
  g_clear_pointer (&self->pdf, g_bytes_unref);
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
  const char *reason, *at;
} Stop;

/* Refused or unsure, with its signed entry. */
static gboolean
stop (AccStore *desk, gpointer data, GError **error)
{
  const Stop *job = data;
  g_autofree char *reason = acc_delivery_reason_close (job->reason, job->letter, job->row->position);
  g_autofree char *facts = NULL;

  g_free (job->row->changed_at);
  job->row->changed_at = job->at != NULL ? g_strdup (job->at) : acc_clock_stamp ();
  facts = acc_delivery_row_facts (job->row);
  return acc_delivery_table_stop (desk, job->row->id, job->state, reason, job->row->changed_at, error)
         && acc_archive_note (desk, job->identity, job->kind, job->row->number, facts, error);
}

static gboolean
restore (AccStore *desk, gpointer data, GError **error)
{
  return acc_delivery_table_restore (desk, ((const AccDeliveryRow *)data)->id, error);
}

/* Its sender may have written down how it ended between our reading of the row and its lock. */
static gboolean
is_still_sending (AccOutbox *self, AccDeliveryRow *row, GError **error)
{
  g_autoptr (AccDeliveryRow) now = acc_delivery_table_find (self->desk, row->id, error);

  if (now == NULL)
    return FALSE;
  g_free (row->reason);
  row->reason = g_steal_pointer (&now->reason);
  row->tries = now->tries;
  if (now->state == ACC_DELIVERY_SENDING)
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_BUSY, _ ("This delivery is being sent just now."));
  return FALSE;
}

/* Nobody can tell whether it has arrived. */
static gboolean
make_unsure (AccOutbox *self, AccDeliveryRow *row, const char *reason, GError **error)
{
  return acc_store_transact (self->desk, stop,
                             &(Stop){ .identity = self->identity,
                                      .letter = self->letter,
                                      .row = row,
                                      .kind = ACC_OUTBOX_UNSURE,
                                      .state = ACC_DELIVERY_UNSURE,
                                      .reason = reason },
                             error);
}

static gboolean write_end (AccOutbox *self, AccSending *sending, GError **error);

/* As it is told to have ended while nobody was signed in; else by what is known of its door. */
static gboolean
settle_stopped (AccOutbox *self, AccDeliveryRow *row, gboolean *again, GError **error)
{
  AccDoor *door = acc_doors_find (self->doors, row->door);
  AccSending *ended;
  gboolean settled;

  if (!open_letter (self, row->number, error))
    return FALSE;
  if (g_strcmp0 (row->reason, ACC_DELIVERY_RESTORED) == 0)
    return make_unsure (self, row, _ ("The store was restored from a backup: it may have gone already."), error);
  if ((ended = acc_sending_new_ended (row, self->letter)) != NULL)
    {
      settled = write_end (self, ended, error);
      ended->row = NULL;
      acc_sending_free (ended);
      return settled;
    }
  if (door == NULL || !acc_door_repeats (door))
    return make_unsure (self, row, _ ("The desk ended while it was being sent."), error);
  *again = acc_store_transact (self->desk, restore, row, error);
  if (*again)
    row->state = ACC_DELIVERY_PREPARED;
  return *again;
}

/* A delivery that is "sending" and that nobody sends: *@again is whether it may be sent now. */
static gboolean
settle_cut_short (AccOutbox *self, AccDeliveryRow *row, gboolean *again, GError **error)
{
  int lock = acc_delivery_lock (self->desk, row->id, error);
  gboolean settled = FALSE;

  *again = FALSE;
  if (lock < 0)
    return FALSE;
  if (is_still_sending (self, row, error))
    settled = settle_stopped (self, row, again, error);
  g_close (lock, NULL);
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

static AccRouting
get_routing (const AccOutbox *self, const AccDeliveryRow *row)
{
  return (AccRouting){ .identity = self->identity,
                       .letter = self->letter,
                       .number = row->number,
                       .doors = self->doors,
                       .named = self->named,
                       .further = row->after != 0 };
}

static gboolean
is_same_message (const AccDeliveryNote *note, GBytes *message)
{
  g_autofree char *hash = acc_hash_bytes (message);

  return *note->message_hash == '\0' || g_str_equal (note->message_hash, hash);
}

static GBytes *
lock_bytes (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return acc_locked_bytes_new (data, size);
}

static gboolean
open_pdf (AccOutbox *self, GError **error)
{
  g_autoptr (GBytes) pdf = NULL;

  if (self->pdf != NULL)
    return TRUE;
  pdf = acc_documents_get_outgoing (self->desk, self->letter, NULL, error);
  self->pdf = pdf != NULL ? lock_bytes (pdf) : NULL;
  return pdf != NULL;
}

/* Everything that the door is given, as it was approved. */
static gboolean
fill (AccOutbox *self, AccSending *sending, const AccDeliveryNote *note, GError **error)
{
  const AccDeliveryRow *row = sending->row;
  AccRouting routing = get_routing (self, row);
  AccDoor *door = acc_doors_find (self->doors, row->door);
  g_autoptr (GBytes) cover = acc_documents_open (self->desk, self->letter, row->cover, error);
  g_autoptr (GBytes) message = NULL;

  if (cover == NULL || !open_pdf (self, error))
    return FALSE;
  message = acc_routing_build_message (self->desk, &routing, row->position, note, cover, error);
  if (message == NULL)
    return FALSE;
  sending->address = acc_locked_bytes_new (note->email, strlen (note->email) + 1);
  sending->pdf = g_bytes_ref (self->pdf);
  sending->cover = lock_bytes (cover);
  sending->message = lock_bytes (message);
  sending->door = door != NULL ? g_object_ref (door) : NULL;
  if (door == NULL)
    acc_sending_preset (
        sending, ACC_DOOR_SHUT,
        g_strdup_printf (
            _ ("It was to go by the door “%s”, which accolade.conf no longer sets up: have it set up again."),
            acc_door_name_to_label (row->door)));
  else if (!is_same_message (note, message))
    acc_sending_preset (sending, ACC_DOOR_REFUSED,
                        g_strdup (_ ("Its message can no longer be made as it was approved, since Accolade was updated: "
                                     "send it again to have it made anew.")));
  return TRUE;
}

/* Whether the banker who is signed in may send it. */
static gboolean
check_may (AccOutbox *self, const AccDeliveryRow *row, const AccDeliveryNote *note, GError **error)
{
  AccRouting routing = get_routing (self, row);

  if (!acc_routing_find_named (self->desk, &routing, (const char *const *)note->employees, note->disclosed, error))
    return FALSE;
  self->named = routing.named;
  return acc_routing_check_may (self->desk, &routing, error);
}

/* Takes @row. NULL with @error: it cannot go. */
static AccSending *
pack (AccOutbox *self, AccDeliveryRow *row, GError **error)
{
  g_autoptr (AccDeliveryRow) taken = row;
  g_autoptr (AccDeliveryNote) note = NULL;
  g_autoptr (AccSending) sending = NULL;
  AccRouting routing;

  if (!open_letter (self, row->number, error))
    return NULL;
  routing = get_routing (self, row);
  note = acc_routing_open_note (&routing, row, error);
  if (note == NULL || !check_may (self, row, note, error))
    return NULL;
  sending = acc_sending_new (g_steal_pointer (&taken), self->letter);
  return fill (self, sending, note, error) ? g_steal_pointer (&sending) : NULL;
}

typedef struct {
  AccOpenedLetter *letter;
  AccDeliveryRow *row;
  const char *reason;
  gboolean tried;
} Shut;

static gboolean
wait_for_door (AccStore *desk, gpointer data, GError **error)
{
  const Shut *job = data;
  g_autofree char *reason = acc_delivery_reason_close (job->reason, job->letter, job->row->position);

  return acc_delivery_table_shut (desk, job->row->id, job->tried, reason, error);
}

static gboolean
is_held (AccOutbox *self, const AccDeliveryRow *row, const char *reason)
{
  g_autofree char *told = acc_delivery_reason_open (row->reason, self->letter, row->position);

  return row->state == ACC_DELIVERY_WAITING && row->next_try == NULL && g_str_equal (told, reason);
}

/* Its door was found shut: it says so, and is not tried. Takes @row. */
static void
hold (AccOutbox *self, AccDeliveryRow *row, const char *reason)
{
  g_autoptr (AccDeliveryRow) held = row;
  g_autoptr (GError) error = NULL;

  self->held = TRUE;
  if (!open_letter (self, row->number, &error)
      || (!is_held (self, row, reason)
          && !acc_store_transact (self->desk, wait_for_door, &(Shut){ self->letter, row, reason, FALSE }, &error)))
    take_failure (self, g_steal_pointer (&error));
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
      const char *reason = acc_door_rests_find (acc_doors_get_rests (self->doors), row->door);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccSending) sending = NULL;

      if (reason != NULL)
        {
          hold (self, row, reason);
          continue;
        }
      sending = pack (self, row, &error);
      if (sending != NULL && acc_sending_begin (sending, self->desk, &error))
        return g_steal_pointer (&sending);
      take_failure (self, g_steal_pointer (&error));
    }
  return NULL;
}

/* The letter's PDF is counted once for each of its deliveries: there may be less than that. */
static gsize
get_size (const AccSending *sending)
{
  return g_bytes_get_size (sending->pdf) + g_bytes_get_size (sending->cover) + g_bytes_get_size (sending->message)
         + g_bytes_get_size (sending->address);
}

AccSending *
acc_outbox_pack (AccOutbox *self, gsize *room)
{
  AccDeliveryRow *row;

  g_return_val_if_fail (ACC_IS_OUTBOX (self) && room != NULL, NULL);

  while ((row = steal_next_row (self, TRUE)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AccSending) sending = NULL;

      if (acc_door_rests_find (acc_doors_get_rests (self->doors), row->door) != NULL)
        acc_delivery_row_free (row);
      else if ((sending = pack (self, row, &error)) == NULL)
        take_failure (self, g_steal_pointer (&error));
      else if (get_size (sending) > *room)
        return NULL;
      else
        {
          *room -= get_size (sending);
          return g_steal_pointer (&sending);
        }
    }
  return NULL;
}

gboolean
acc_outbox_is_empty (AccOutbox *self)
{
  g_return_val_if_fail (ACC_IS_OUTBOX (self), TRUE);

  return self->rows->len == 0;
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

typedef struct {
  AccOutbox *outbox; /* @letter is its letter */
  AccSending *sending;
} Ending;

/* The state, its journal entry and, with the last one, the departments: together or not at all. */
static gboolean
finish (AccStore *desk, const Ending *job, GError **error)
{
  AccOpenedLetter *letter = job->outbox->letter;
  AccDeliveryRow *row = job->sending->row;
  AccRouting routing = get_routing (job->outbox, row);
  g_autoptr (AccDeliveryNote) note = acc_routing_open_note (&routing, row, error);
  g_autofree char *facts = NULL;

  if (note == NULL)
    return FALSE;
  g_free (note->place);
  note->place = g_strdup (job->sending->place);
  g_bytes_unref (row->recipient);
  row->recipient = acc_delivery_note_close (note, letter, row->position);
  g_free (row->changed_at);
  row->changed_at = g_strdup (job->sending->ended_at);
  facts = acc_delivery_row_facts (row);
  return acc_delivery_table_finish (desk, row->id, row->recipient, row->changed_at, error)
         && acc_archive_note (desk, routing.identity, ACC_OUTBOX_HANDED_OVER, row->number, facts, error)
         && acc_outbox_count_if_last (desk, row, note, error);
}

static gboolean
keep_waiting (AccStore *desk, const Ending *job, guint seconds, GError **error)
{
  const AccSending *sending = job->sending;
  g_autoptr (GDateTime) ended = g_date_time_new_from_iso8601 (sending->ended_at, NULL);
  g_autoptr (GDateTime) next = ended != NULL ? g_date_time_add_seconds (ended, seconds) : NULL;
  g_autofree char *stamp = next != NULL ? g_date_time_format (next, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  g_autofree char *reason
      = acc_delivery_reason_close (sending->error->message, job->outbox->letter, sending->row->position);

  return acc_delivery_table_wait (desk, sending->row->id, reason, stamp, error);
}

static gboolean
end (AccStore *desk, gpointer data, GError **error)
{
  const Ending *job = data;
  const AccSending *sending = job->sending;
  gboolean unsure = sending->result == ACC_DOOR_UNSURE;
  guint seconds = sending->result == ACC_DOOR_LATER ? acc_outbox_wait_after (sending->row->tries) : 0;

  if (sending->result == ACC_DOOR_HANDED_OVER)
    return finish (desk, job, error);
  if (sending->result == ACC_DOOR_SHUT)
    return wait_for_door (desk, &(Shut){ job->outbox->letter, sending->row, sending->error->message, TRUE }, error);
  if (seconds > 0)
    return keep_waiting (desk, job, seconds, error);
  return stop (desk,
               &(Stop){ .identity = job->outbox->identity,
                        .letter = job->outbox->letter,
                        .row = sending->row,
                        .kind = unsure ? ACC_OUTBOX_UNSURE : ACC_OUTBOX_REFUSED,
                        .state = unsure ? ACC_DELIVERY_UNSURE : ACC_DELIVERY_REFUSED,
                        .reason = sending->error->message,
                        .at = sending->ended_at },
               error);
}

static void
note_door (AccOutbox *self, const AccSending *sending)
{
  AccDoorRests *rests = acc_doors_get_rests (self->doors);

  if (sending->result == ACC_DOOR_SHUT)
    acc_door_rests_add (rests, sending->row->door, sending->error->message);
  else
    acc_door_rests_remove (rests, sending->row->door);
}

static gboolean
write_end (AccOutbox *self, AccSending *sending, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!open_letter (self, sending->row->number, error)
      || !acc_store_transact (self->desk, end, &(Ending){ self, sending }, error))
    return FALSE;
  if (sending->result != ACC_DOOR_HANDED_OVER)
    {
      take_failure (self, g_error_copy (sending->error));
      return TRUE;
    }
  if (!acc_outbox_settle (self->desk, self->identity, self->letter, &local))
    take_failure (self, g_steal_pointer (&local)); /* the next round settles it */
  return TRUE;
}

gboolean
acc_outbox_end (AccOutbox *self, AccSending *sending, GError **error)
{
  g_return_val_if_fail (ACC_IS_OUTBOX (self), FALSE);
  g_return_val_if_fail (sending != NULL, FALSE);

  note_door (self, sending);
  return write_end (self, sending, error);
}

gboolean
acc_outbox_has_held (AccOutbox *self)
{
  g_return_val_if_fail (ACC_IS_OUTBOX (self), FALSE);

  return self->held;
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
  g_clear_pointer (&self->pdf, g_bytes_unref);
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
