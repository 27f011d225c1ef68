/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/request-strip.h"

#include <glib/gi18n-lib.h>

#include "desk/request-row.h"

struct _AccRequestStrip {
  GtkWidget parent;
  GtkWidget *summary, *panel, *rows, *note;

  GPtrArray *requests; /* of AccSlip; NULL: none were set yet */
};

G_DEFINE_FINAL_TYPE (AccRequestStrip, acc_request_strip, GTK_TYPE_WIDGET)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
update_visible (AccRequestStrip *self)
{
  guint n = self->requests != NULL ? self->requests->len : 0;

  gtk_widget_set_visible (self->summary, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || gtk_widget_get_visible (self->note));
}

static void
on_toggled (AccRequestStrip *self)
{
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->summary));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->panel), open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->summary), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static void
on_row_answered (AccRequestRow *row, guint answer, AccRequestStrip *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, acc_request_row_get_number (row), answer);
}

void
acc_request_strip_set_requests (AccRequestStrip *self, GPtrArray *requests, gboolean manager)
{
  guint n = requests != NULL ? requests->len : 0;
  g_autofree char *text = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u client asks for something", "%u clients ask for something", n), n);
  GtkWidget *child;

  g_return_if_fail (ACC_IS_REQUEST_STRIP (self));

  g_clear_pointer (&self->requests, g_ptr_array_unref);
  self->requests = requests != NULL ? g_ptr_array_ref (requests) : NULL;
  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = acc_request_row_new (g_ptr_array_index (requests, i), manager);

      g_signal_connect_object (row, "answered", G_CALLBACK (on_row_answered), self, 0);
      gtk_box_append (GTK_BOX (self->rows), row);
    }
  gtk_button_set_label (GTK_BUTTON (self->summary), text);
  if (n == 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->summary), FALSE);
  update_visible (self);
}

const AccSlip *
acc_request_strip_find (AccRequestStrip *self, const char *number)
{
  g_return_val_if_fail (ACC_IS_REQUEST_STRIP (self) && number != NULL, NULL);

  for (guint i = 0; self->requests != NULL && i < self->requests->len; i++)
    {
      const AccSlip *slip = g_ptr_array_index (self->requests, i);

      if (g_str_equal (slip->number, number))
        return slip;
    }
  return NULL;
}

void
acc_request_strip_set_note (AccRequestStrip *self, const char *sentence)
{
  g_return_if_fail (ACC_IS_REQUEST_STRIP (self));

  gtk_label_set_text (GTK_LABEL (self->note), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->note, sentence != NULL);
  update_visible (self);
}

void
acc_request_strip_set_busy (AccRequestStrip *self, gboolean busy)
{
  g_return_if_fail (ACC_IS_REQUEST_STRIP (self));

  gtk_widget_set_sensitive (self->rows, !busy);
}

static void
acc_request_strip_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_pointer (&ACC_REQUEST_STRIP (object)->requests, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_request_strip_parent_class)->dispose (object);
}

static void
acc_request_strip_class_init (AccRequestStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_request_strip_dispose;
  signals[ANSWERED] = g_signal_new ("answered", ACC_TYPE_REQUEST_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/request-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, AccRequestStrip, summary);
  gtk_widget_class_bind_template_child (widget_class, AccRequestStrip, panel);
  gtk_widget_class_bind_template_child (widget_class, AccRequestStrip, rows);
  gtk_widget_class_bind_template_child (widget_class, AccRequestStrip, note);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
acc_request_strip_init (AccRequestStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_visible (self);
}
