/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/receipt-entry.h"

#include <glib/gi18n-lib.h>

#include "desk/words.h"

struct _AccReceiptEntry {
  GtkWidget parent;
  GtkWidget *heard, *message, *passed, *pass_on;
};

G_DEFINE_FINAL_TYPE (AccReceiptEntry, acc_receipt_entry, GTK_TYPE_WIDGET)

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

static char *
describe_heard (const AccReceipt *receipt)
{
  g_autofree char *day = acc_words_date (receipt->heard_on);

  if (receipt->source == ACC_RECEIPT_BY_REPLY)
    return g_strdup_printf (_ ("Answered by mail on %s"), day);
  return g_strdup_printf (_ ("Heard from on %s, says %s"), day, receipt->banker);
}

static char *
describe_passed (const AccReceipt *receipt, gboolean contact)
{
  g_autofree char *moment = NULL;

  if (receipt->message[0] == '\0')
    return g_strdup ("");
  if (receipt->passed_on_at[0] == '\0')
    return g_strdup (contact ? "" : _ ("The client did not ask to be contacted."));
  moment = acc_words_moment (receipt->passed_on_at);
  return g_strdup_printf (_ ("Passed on to the client: %s"), moment);
}

GtkWidget *
acc_receipt_entry_new (const AccReceipt *receipt, const char *from, gboolean contact)
{
  AccReceiptEntry *self = g_object_new (ACC_TYPE_RECEIPT_ENTRY, NULL);
  g_autofree char *heard = describe_heard (receipt), *passed = describe_passed (receipt, contact), *message = NULL;
  g_autofree char *spoken = g_strdup_printf ("%s: %s", gtk_button_get_label (GTK_BUTTON (self->pass_on)), from);

  message = receipt->message[0] != '\0' ? g_strdup_printf (_ ("“%s”"), receipt->message) : g_strdup ("");
  show_text (self->heard, heard);
  show_text (self->message, message);
  show_text (self->passed, passed);
  gtk_widget_set_visible (self->pass_on, receipt->message[0] != '\0' && receipt->passed_on_at[0] == '\0' && contact);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->pass_on), "u", receipt->sequence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pass_on), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}

char *
acc_receipt_entry_dup_spoken (AccReceiptEntry *self)
{
  GString *spoken = g_string_new (NULL);

  g_return_val_if_fail (ACC_IS_RECEIPT_ENTRY (self), NULL);

  GtkWidget *const labels[] = { self->heard, self->message, self->passed };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const char *text = gtk_label_get_text (GTK_LABEL (labels[i]));

      if (text[0] != '\0')
        g_string_append_printf (spoken, "%s%s", spoken->len > 0 ? ", " : "", text);
    }
  return g_string_free (spoken, FALSE);
}

static void
acc_receipt_entry_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_receipt_entry_parent_class)->dispose (object);
}

static void
acc_receipt_entry_class_init (AccReceiptEntryClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_receipt_entry_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/receipt-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, AccReceiptEntry, heard);
  gtk_widget_class_bind_template_child (widget_class, AccReceiptEntry, message);
  gtk_widget_class_bind_template_child (widget_class, AccReceiptEntry, passed);
  gtk_widget_class_bind_template_child (widget_class, AccReceiptEntry, pass_on);
}

static void
acc_receipt_entry_init (AccReceiptEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
