/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/delivery-entry.h"

#include <glib/gi18n-lib.h>

#include "desk/receipt-entry.h"
#include "desk/words.h"
#include "route/delivery-table.h"

struct _AccDeliveryEntry {
  GtkListBoxRow parent;
  GtkWidget *name, *state, *why, *place, *reason, *receipts, *orders, *try_now, *send_again, *mark_as_sent, *heard_back;
  GtkWidget *silence, *next_level, *leave;
};

G_DEFINE_FINAL_TYPE (AccDeliveryEntry, acc_delivery_entry, GTK_TYPE_LIST_BOX_ROW)

/* What each state is called here, and what a banker may order. */
static const struct {
  const char *words;
  const char *advice; /* after the reason; NULL: it says all */
  gboolean tries;     /* it goes by itself, and may go now */
  gboolean stuck;     /* it goes by order only */
  gboolean gone;      /* it may have arrived: who got it can be heard from */
} states[ACC_DELIVERY_N] = {
  [ACC_DELIVERY_PREPARED] = { N_ ("to be sent"), NULL, FALSE, FALSE },
  [ACC_DELIVERY_SENDING] = { N_ ("being sent"), NULL, FALSE, FALSE },
  [ACC_DELIVERY_HANDED_OVER] = { N_ ("handed over"), NULL, FALSE, FALSE, TRUE },
  [ACC_DELIVERY_ACKNOWLEDGED] = { N_ ("arrived"), NULL, FALSE, FALSE, TRUE },
  [ACC_DELIVERY_WAITING] = { N_ ("waits"), NULL, TRUE, FALSE },
  [ACC_DELIVERY_REFUSED]
  = { N_ ("refused"), N_ ("Put right what it says and send it again, or take it there and mark it as sent."), FALSE,
      TRUE },
  [ACC_DELIVERY_UNSURE]
  = { N_ ("may have arrived"), N_ ("Ask whether it is there: if so mark it as sent, if not send it again."), FALSE,
      TRUE, TRUE },
};

static const char *
label_role (const char *role)
{
  for (AccRole candidate = 0; candidate < ACC_ROLE_N; candidate++)
    if (strcmp (acc_role_to_text (candidate), role) == 0)
      return acc_role_to_label (candidate);
  return role;
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

char *
acc_delivery_entry_describe_reason (const AccDelivery *delivery)
{
  AccDeliveryState state = ACC_DELIVERY_PREPARED;
  GString *text;

  g_return_val_if_fail (delivery != NULL, NULL);
  text = g_string_new (delivery->reason);
  acc_delivery_state_from_text (delivery->state, &state);
  if (state == ACC_DELIVERY_WAITING && delivery->next_try[0] != '\0')
    {
      g_autofree char *moment = acc_words_moment (delivery->next_try);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("It is tried again by itself on %s."), moment);
    }
  else if (state == ACC_DELIVERY_WAITING)
    g_string_append_printf (text, " %s\n%s", _ ("Ask your IT support to look at it."),
                            _ ("It is sent by itself once that is put right."));
  if (states[state].advice != NULL)
    g_string_append_printf (text, "\n%s", _ (states[state].advice));
  return g_string_free (text, FALSE);
}

static const AccReceipt *
find_receipt (AccDeskLetter *letter, guint position)
{
  GPtrArray *receipts = acc_desk_letter_get_receipts (letter);

  for (guint i = 0; i < receipts->len; i++)
    if (((const AccReceipt *) g_ptr_array_index (receipts, i))->position == position)
      return g_ptr_array_index (receipts, i);
  return NULL;
}

/* "handed over 3 days ago", "acknowledged on 23 Nov 2026". */
static char *
describe_state (const AccDelivery *delivery, AccDeskLetter *letter, AccDeliveryState state)
{
  const AccReceipt *receipt = find_receipt (letter, delivery->position);
  g_autofree char *when = NULL;

  if (state == ACC_DELIVERY_HANDED_OVER && delivery->at[0] != '\0')
    {
      when = acc_words_days_ago (delivery->at);
      return g_strdup_printf (_ ("handed over %s"), when);
    }
  if (state == ACC_DELIVERY_ACKNOWLEDGED && receipt != NULL)
    {
      when = acc_words_date (receipt->heard_on);
      return g_strdup_printf (_ ("acknowledged on %s"), when);
    }
  return g_strdup (_ (states[state].words));
}

/* What came back; said with the row, too. */
static void
add_receipts (AccDeliveryEntry *self, const AccDelivery *delivery, AccDeskLetter *letter, GString *spoken)
{
  GPtrArray *receipts = acc_desk_letter_get_receipts (letter);
  gboolean contact = acc_letter_get_fields (acc_desk_letter_get_letter (letter))->consent_contact[0] != '\0';

  for (guint i = 0; i < receipts->len; i++)
    {
      const AccReceipt *receipt = g_ptr_array_index (receipts, i);
      g_autofree char *words = NULL;
      GtkWidget *entry;

      if (receipt->position != delivery->position)
        continue;
      entry = acc_receipt_entry_new (receipt, delivery->name, contact);
      words = acc_receipt_entry_dup_spoken (ACC_RECEIPT_ENTRY (entry));
      g_string_append_printf (spoken, ", %s", words);
      gtk_box_append (GTK_BOX (self->receipts), entry);
    }
  gtk_widget_set_visible (self->receipts, gtk_widget_get_first_child (self->receipts) != NULL);
}

static void
offer (GtkWidget *button, gboolean offered, const AccDelivery *delivery)
{
  g_autofree char *spoken = g_strdup_printf ("%s: %s", gtk_button_get_label (GTK_BUTTON (button)), delivery->name);

  gtk_widget_set_visible (button, offered);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", delivery->position);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* @why, who they are and by which door, and below it where: the server or the printer by its name; a folder's path is for
 * whoever has to look there, and stands in the tooltip. What was in a folder has been taken out of it once its recipient has
 * it; while it is there, that says which door, too. */
static void
show_place (AccDeliveryEntry *self, const AccDelivery *delivery, AccDeliveryState state, const char *why)
{
  gboolean by_folder = g_path_is_absolute (delivery->place);
  gboolean in_folder = by_folder && state != ACC_DELIVERY_ACKNOWLEDGED;

  show_text (self->why, in_folder ? label_role (delivery->role) : why);
  show_text (self->place, in_folder ? _ ("In the document system’s folder") : by_folder ? "" : delivery->place);
  gtk_widget_set_tooltip_text (self->place, in_folder ? delivery->place : NULL);
}

/* That nothing was heard for too long, and who could be asked next. */
static void
show_silence (AccDeliveryEntry *self, const AccDelivery *delivery, const AccSilence *silence, GString *spoken)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->silence, silence != NULL);
  offer (self->next_level, silence != NULL && silence->next[0] != '\0', delivery);
  offer (self->leave, silence != NULL, delivery);
  if (silence == NULL)
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Nothing heard for %u day.", "Nothing heard for %u days.",
                                       silence->days),
                          silence->days);
  g_string_append_printf (spoken, ", %s %s", text, silence->sentence);
  gtk_label_set_text (GTK_LABEL (self->silence), text);
  if (silence->sentence[0] != '\0')
    {
      g_autofree char *whole = g_strdup_printf ("%s %s", text, silence->sentence);

      gtk_label_set_text (GTK_LABEL (self->silence), whole);
    }
}

GtkWidget *
acc_delivery_entry_new (const AccDelivery *delivery, AccDeskLetter *letter, const AccSilence *silence)
{
  AccDeliveryEntry *self = g_object_new (ACC_TYPE_DELIVERY_ENTRY, NULL);
  AccDeliveryState state = ACC_DELIVERY_PREPARED;
  g_autofree char *why
    = g_strdup_printf ("%s · %s", label_role (delivery->role), acc_door_name_to_label (delivery->door));
  g_autofree char *words = NULL, *reason = NULL;
  g_autoptr (GString) spoken = g_string_new (delivery->name);

  words = acc_delivery_state_from_text (delivery->state, &state) ? describe_state (delivery, letter, state)
                                                                 : g_strdup (delivery->state);
  reason = acc_delivery_entry_describe_reason (delivery);
  g_string_append_printf (spoken, ", %s, %s%s%s", why, words, reason[0] != '\0' ? ", " : "", reason);
  add_receipts (self, delivery, letter, spoken);
  show_silence (self, delivery, silence, spoken);
  show_text (self->name, delivery->name);
  show_text (self->state, words);
  show_place (self, delivery, state, why);
  show_text (self->reason, reason);
  offer (self->try_now, states[state].tries, delivery);
  offer (self->send_again, states[state].stuck, delivery);
  offer (self->mark_as_sent, states[state].stuck, delivery);
  offer (self->heard_back, states[state].gone, delivery);
  gtk_widget_set_visible (self->orders, states[state].tries || states[state].stuck || states[state].gone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
  return GTK_WIDGET (self);
}

void
acc_delivery_entry_hide_reason (AccDeliveryEntry *self)
{
  g_return_if_fail (ACC_IS_DELIVERY_ENTRY (self));
  gtk_widget_set_visible (self->reason, FALSE);
}

static void
acc_delivery_entry_class_init (AccDeliveryEntryClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/delivery-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, name);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, state);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, why);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, place);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, reason);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, orders);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, receipts);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, heard_back);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, silence);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, next_level);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, leave);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, try_now);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, send_again);
  gtk_widget_class_bind_template_child (widget_class, AccDeliveryEntry, mark_as_sent);
}

static void
acc_delivery_entry_init (AccDeliveryEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
