/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One delivery under way, for which no key is needed, and how it ended until a banker can sign that. */
#include "route/outbox-private.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/delivery-lock.h"
#include "vault/locked-bytes.h"

#include <glib/gstdio.h>

#define END_TYPE "(ssss)" /* result, place, reason, when */

/* Frozen: an end may lie in the store from one version to the next. */
static const char *const results[] = {
  [ACC_DOOR_HANDED_OVER] = "handed over",
  [ACC_DOOR_LATER] = "later",
  [ACC_DOOR_REFUSED] = "refused",
  [ACC_DOOR_UNSURE] = "unsure",
  [ACC_DOOR_SHUT] = "shut",
};

static AccLetterKey *
derive_end_key (AccOpenedLetter *letter, const AccDeliveryRow *row, guint tries)
{
  g_autofree char *context = g_strdup_printf ("end:%u:%u", row->position, tries);

  return acc_letter_key_derive (acc_opened_letter_get_key (letter), row->number, context);
}

AccSending *
acc_sending_new (AccDeliveryRow *row, AccOpenedLetter *letter)
{
  AccSending *self = g_new0 (AccSending, 1);

  self->lock = -1;
  self->row = row;
  self->paper = acc_letter_get_fields (acc_opened_letter_get_letter (letter))->paper;
  self->end_key = derive_end_key (letter, row, row->tries + 1);
  return self;
}

static void
drop_package (AccSending *self)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->cover, g_bytes_unref);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_clear_pointer (&self->address, g_bytes_unref);
}

void
acc_sending_free (AccSending *self)
{
  if (self == NULL)
    return;
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  drop_package (self);
  g_clear_pointer (&self->row, acc_delivery_row_free);
  g_clear_pointer (&self->end_key, acc_letter_key_free);
  g_clear_object (&self->door);
  g_free (self->place);
  g_free (self->ended_at);
  g_clear_error (&self->error);
  g_free (self);
}

void
acc_sending_preset (AccSending *self, AccDoorResult result, char *reason)
{
  self->result = result;
  self->ended_at = acc_clock_stamp ();
  g_clear_object (&self->door);
  g_set_error (&self->error, ACC_ERROR, ACC_ERROR_INPUT, "%s", reason);
  g_free (reason);
}

/* ---- beginning ---- */

/* Erased, or taken back by another desk: then it must not go. Whether this banker may send it was asked with the keys. */
static gboolean
start (AccStore *desk, gpointer data, GError **error)
{
  const AccSending *self = data;

  return acc_routing_check_approved (desk, self->row->number, self->row->after != 0, error)
         && acc_delivery_table_start (desk, self->row->id, error);
}

gboolean
acc_sending_begin (AccSending *self, AccStore *desk, GError **error)
{
  g_return_val_if_fail (self != NULL && self->lock < 0, FALSE);
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);

  self->lock = acc_delivery_lock (desk, self->row->id, error);
  if (self->lock < 0 || !acc_store_transact (desk, start, self, error))
    return FALSE;
  self->row->tries++;
  return TRUE;
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

const char *
acc_sending_get_shut (AccSending *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->result == ACC_DOOR_SHUT && self->error != NULL ? self->error->message : NULL;
}

void
acc_sending_deliver (AccSending *self, GCancellable *cancellable)
{
  AccPackage package;

  g_return_if_fail (self != NULL);

  if (self->door == NULL)
    return;
  package = (AccPackage){ .number = self->row->number,
                          .role = self->row->role,
                          .position = self->row->position,
                          .tries = self->row->tries,
                          .paper = self->paper,
                          .address = g_bytes_get_data (self->address, NULL),
                          .letter_pdf = self->pdf,
                          .cover_pdf = self->cover,
                          .message = self->message };
  self->result = acc_door_deliver (self->door, &package, cancellable, &self->place, &self->error);
  self->ended_at = acc_clock_stamp ();
  drop_package (self);
}

/* ---- an end that nobody can sign yet ---- */

static char *
close_end (const AccSending *self)
{
  g_autofree char *reason = g_utf8_make_valid (self->error != NULL ? self->error->message : "", -1);
  g_autoptr (GVariant) end
    = g_variant_ref_sink (g_variant_new (END_TYPE, results[self->result], self->place != NULL ? self->place : "", reason,
                                         self->ended_at));
  g_autoptr (GBytes) plain = g_variant_get_data_as_bytes (end);
  g_autoptr (GBytes) cipher = acc_letter_key_encrypt (self->end_key, self->row->number, "end", plain);
  gsize size;
  const guchar *data = g_bytes_get_data (cipher, &size);

  return g_base64_encode (data, size);
}

gboolean
acc_sending_keep_end (AccSending *self, AccStore *desk, GError **error)
{
  g_autofree char *end = NULL;

  g_return_val_if_fail (self != NULL && self->ended_at != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);

  end = close_end (self);
  return acc_delivery_table_keep_end (desk, self->row->id, self->row->tries, end, error);
}

static gboolean
read_end (AccSending *self, GBytes *plain)
{
  g_autoptr (GVariant) end = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (END_TYPE), plain, FALSE));
  const char *result, *place, *reason, *at;

  if (!g_variant_is_normal_form (end))
    return FALSE;
  g_variant_get (end, "(&s&s&s&s)", &result, &place, &reason, &at);
  while (self->result < G_N_ELEMENTS (results) && !g_str_equal (results[self->result], result))
    self->result++;
  self->place = g_strdup (place);
  self->ended_at = g_strdup (at);
  if (self->result != ACC_DOOR_HANDED_OVER)
    g_set_error_literal (&self->error, ACC_ERROR, ACC_ERROR_SYSTEM, reason);
  return self->result < G_N_ELEMENTS (results);
}

AccSending *
acc_sending_new_ended (AccDeliveryRow *row, AccOpenedLetter *letter)
{
  g_autoptr (AccSending) self = NULL;
  g_autoptr (GBytes) cipher = NULL;
  g_autoptr (GBytes) plain = NULL;
  guchar *data;
  gsize size;

  if (row->reason == NULL || *row->reason == '\0')
    return NULL;
  self = g_new0 (AccSending, 1);
  self->lock = -1;
  self->end_key = derive_end_key (letter, row, row->tries);
  data = g_base64_decode (row->reason, &size);
  cipher = g_bytes_new_take (data, size);
  plain = acc_letter_key_decrypt (self->end_key, row->number, "end", cipher, NULL);
  if (plain == NULL || !read_end (self, plain))
    return NULL;
  self->row = row;
  return g_steal_pointer (&self);
}
