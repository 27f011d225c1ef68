/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A banker's orders about deliveries, and what the window does when one has ended. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "desk/desk-outbox.h"
#include "route/delivery-table.h"

static const struct {
  const char *action, *done;
} orders[] = {
  [ACC_DELIVERY_ORDER_TRY_NOW] = { "try-now", N_ ("It is being tried again.") },
  [ACC_DELIVERY_ORDER_SEND_AGAIN] = { "send-again", N_ ("It is being sent again.") },
  [ACC_DELIVERY_ORDER_MARK_AS_SENT] = { "mark-as-sent", N_ ("Marked as sent.") },
};

static gboolean
is_open (AccDeskWindow *self, const char *number)
{
  return self->draft != NULL
         && strcmp (acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->number, number) == 0;
}

gboolean
acc_desk_window_is_being_sent (AccDeskLetter *letter)
{
  GPtrArray *deliveries = acc_desk_letter_get_deliveries (letter);
  AccDeliveryState state;

  for (guint i = 0; i < deliveries->len; i++)
    if (acc_delivery_state_from_text (((const AccDelivery *) g_ptr_array_index (deliveries, i))->state, &state)
        && (state == ACC_DELIVERY_PREPARED || state == ACC_DELIVERY_SENDING))
      return TRUE;
  return FALSE;
}

void
acc_desk_window_tell_unsent (AccDeskWindow *self, const GError *error)
{
  acc_desk_window_set_problem (self, error);
  if (self->problem != NULL && self->draft != NULL
      && acc_decision_pane_tells (ACC_DECISION_PANE (self->decision), self->problem))
    acc_desk_window_show_toast (self, _ ("Tried again, and not sent yet."));
}

typedef struct {
  AccDeskWindow *window;
  char *number;
  AccDeliveryOrder order;
} Ordered;

static void
on_ordered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ordered *ordered = data;
  g_autoptr (AccDeskWindow) self = ordered->window;
  g_autofree char *number = ordered->number;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_letter_finish (ACC_DESK_SESSION (source), result, &error);

  if (self->disposed)
    return;
  self->busy = FALSE;
  if (letter == NULL)
    acc_desk_window_tell_unsent (self, error);
  else
    acc_desk_window_show_toast (self, _ (orders[ordered->order].done));
  if (letter != NULL && is_open (self, number))
    acc_desk_window_adopt_letter (self, letter);
  else if (is_open (self, number))
    acc_desk_window_open_letter (self, number, TRUE);
  acc_desk_window_refresh (self, TRUE);
  acc_desk_window_update (self);
}

static void
give_order (GSimpleAction *action, GVariant *position, gpointer data)
{
  AccDeskWindow *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  Ordered *ordered;

  if (self->draft == NULL || self->busy)
    return;
  ordered = g_new0 (Ordered, 1);
  ordered->window = g_object_ref (self);
  ordered->number = g_strdup (acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->number);
  while (strcmp (orders[ordered->order].action, name) != 0)
    ordered->order++;
  self->busy = TRUE;
  acc_desk_window_set_problem (self, NULL);
  acc_desk_window_update (self);
  acc_desk_session_order_delivery_async (self->session, ordered->number, g_variant_get_uint32 (position),
                                         ordered->order, on_ordered, ordered);
}

/* "": of some letters, in a round. */
static void
on_delivered (AccDeskWindow *self, const char *number)
{
  const AccRecord *record;

  if (acc_desk_session_get_banker (self->session) == NULL)
    return;
  acc_desk_window_refresh (self, FALSE);
  if (self->draft == NULL || self->busy || self->opening != NULL)
    return;
  record = acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft));
  if (strcmp (number, record->number) == 0 || (*number == '\0' && record->state == ACC_STATE_APPROVED))
    acc_desk_window_open_letter (self, record->number, TRUE);
}

/* Said once: each delivery that waits for the door tells it too. */
static void
on_door_shut (AccDeskWindow *self, const char *reason)
{
  g_autoptr (GError) error = g_error_new_literal (ACC_ERROR, ACC_ERROR_SYSTEM, reason);

  acc_desk_window_tell_unsent (self, error);
  acc_desk_window_update (self);
}

void
acc_desk_window_install_deliveries (AccDeskWindow *self)
{
  self->delivery = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      const GActionEntry entry = { .name = orders[i].action, .activate = give_order, .parameter_type = "u" };

      g_action_map_add_action_entries (G_ACTION_MAP (self->delivery), &entry, 1, self);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "delivery", G_ACTION_GROUP (self->delivery));
  g_signal_connect_object (self->session, "delivered", G_CALLBACK (on_delivered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "door-shut", G_CALLBACK (on_door_shut), self, G_CONNECT_SWAPPED);
}
