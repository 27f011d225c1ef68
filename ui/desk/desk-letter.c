/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-letter.h"

#include "review/decision.h"
#include "route/receipts.h"
#include "route/routing.h"
#include "vault/bankers.h"

struct _AccDeskLetter {
  GObject parent;
  AccOpenedLetter *opened;
  char *claimed_by;
  AccReadBack read_back;
  GPtrArray *decisions;
  GPtrArray *deliveries;
  GPtrArray *receipts;
  AccPrecedents *precedents;
  char *unread_because;
};

G_DEFINE_FINAL_TYPE (AccDeskLetter, acc_desk_letter, G_TYPE_OBJECT)

static void
acc_desk_letter_finalize (GObject *object)
{
  AccDeskLetter *self = ACC_DESK_LETTER (object);

  g_clear_object (&self->opened);
  g_clear_pointer (&self->claimed_by, g_free);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_pointer (&self->precedents, acc_precedents_unref);
  g_clear_pointer (&self->unread_because, g_free);
  G_OBJECT_CLASS (acc_desk_letter_parent_class)->finalize (object);
}

static void
acc_desk_letter_class_init (AccDeskLetterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_desk_letter_finalize;
}

static void
acc_desk_letter_init (AccDeskLetter *self)
{
}

static char *
find_banker_name (AccStore *desk, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) bankers = NULL;

  if (id == 0)
    return g_strdup ("");
  bankers = acc_bankers_list (desk, error);
  if (bankers == NULL)
    return NULL;
  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      if (banker->id == id)
        return g_strdup (banker->name);
    }
  return g_strdup ("");
}

AccDeskLetter *
acc_desk_letter_load (AccStore *desk, AccIdentity *identity, const char *number, GError **error)
{
  g_autoptr (AccDeskLetter) self = g_object_new (ACC_TYPE_DESK_LETTER, NULL);

  self->opened = acc_opened_letter_new (desk, identity, number, error);
  if (self->opened == NULL)
    return NULL;
  self->claimed_by = find_banker_name (desk, acc_desk_letter_get_record (self)->claimed_by, error);
  if (self->claimed_by == NULL)
    return NULL;
  if (!acc_intake_find (desk, number, &self->read_back, error))
    return NULL;
  self->decisions = acc_decision_list (desk, self->opened, error);
  if (self->decisions == NULL)
    return NULL;
  self->deliveries = acc_routing_list (desk, self->opened, error);
  if (self->deliveries == NULL)
    return NULL;
  self->receipts = acc_receipts_list (desk, self->opened, error);
  if (self->receipts == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

AccOpenedLetter *
acc_desk_letter_get_opened (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->opened;
}

const AccRecord *
acc_desk_letter_get_record (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return acc_opened_letter_get_record (self->opened);
}

AccLetter *
acc_desk_letter_get_letter (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return acc_opened_letter_get_letter (self->opened);
}

const char *
acc_desk_letter_get_claimed_by (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->claimed_by;
}

AccReadBack
acc_desk_letter_get_read_back (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), ACC_READ_BACK_NEVER);
  return self->read_back;
}

GPtrArray *
acc_desk_letter_get_decisions (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->decisions;
}

const char *
acc_desk_letter_get_held_for (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), "");
  for (guint i = self->decisions->len; acc_desk_letter_get_record (self)->state == ACC_STATE_HELD && i-- > 0;)
    {
      const AccDecision *decision = g_ptr_array_index (self->decisions, i);

      if (decision->move == ACC_MOVE_HOLD)
        return decision->reason;
    }
  return "";
}

gboolean
acc_desk_letter_was_freed (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), FALSE);
  for (guint i = 0; i < self->decisions->len; i++)
    if (((const AccDecision *) g_ptr_array_index (self->decisions, i))->move == ACC_MOVE_FREE)
      return TRUE;
  return FALSE;
}

const AccPrecedents *
acc_desk_letter_get_precedents (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->precedents;
}

void
acc_desk_letter_set_precedents (AccDeskLetter *self, AccPrecedents *precedents)
{
  g_return_if_fail (ACC_IS_DESK_LETTER (self) && precedents != NULL);
  g_clear_pointer (&self->precedents, acc_precedents_unref);
  self->precedents = acc_precedents_ref (precedents);
}

const char *
acc_desk_letter_get_unread_because (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->unread_because;
}

void
acc_desk_letter_set_unread_because (AccDeskLetter *self, const char *why)
{
  g_return_if_fail (ACC_IS_DESK_LETTER (self));
  g_free (self->unread_because);
  self->unread_because = g_strdup (why);
}

GPtrArray *
acc_desk_letter_get_deliveries (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->deliveries;
}

GPtrArray *
acc_desk_letter_get_receipts (AccDeskLetter *self)
{
  g_return_val_if_fail (ACC_IS_DESK_LETTER (self), NULL);
  return self->receipts;
}
