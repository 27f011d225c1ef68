/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/code-pad.h"

#include <string.h>

#include "inbox/exit-code.h"

struct _AccCodePad {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkEntry *exit_code;
  GtkLabel *code_message;
  GtkGrid *keys;

  gboolean checking;
};

enum { ENTERED, LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccCodePad, acc_code_pad, GTK_TYPE_WIDGET)

static void
update_actions (AccCodePad *self)
{
  guint digits = gtk_entry_get_text_length (self->exit_code);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.digit", !self->checking && digits < ACC_EXIT_CODE_MAX);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.delete", !self->checking && digits > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.enter", !self->checking && digits >= ACC_EXIT_CODE_MIN);
}

/* Only digits are typed, by whatever keyboard. */
static void
on_insert (GtkEditable *editable, const char *text, int length, int *position, AccCodePad *self)
{
  gsize bytes = length < 0 ? strlen (text) : (gsize) length;

  for (gsize i = 0; i < bytes; i++)
    if (!g_ascii_isdigit (text[i]))
      {
        g_signal_stop_emission_by_name (editable, "insert-text");
        return;
      }
}

static void
show_message (AccCodePad *self, const char *message)
{
  gtk_label_set_text (self->code_message, message != NULL ? message : "");
  gtk_widget_set_opacity (GTK_WIDGET (self->code_message), message != NULL ? 1 : 0);
}

/* The caret stays behind the last digit, and what was wrong before is not said of what is typed now. */
static void
on_changed (AccCodePad *self)
{
  if (gtk_entry_get_text_length (self->exit_code) > 0)
    show_message (self, NULL);
  update_actions (self);
}

static void
type_digit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccCodePad *self = ACC_CODE_PAD (widget);
  int end = gtk_entry_get_text_length (self->exit_code);

  gtk_editable_insert_text (GTK_EDITABLE (self->exit_code), g_variant_get_string (parameter, NULL), -1, &end);
  gtk_editable_set_position (GTK_EDITABLE (self->exit_code), -1);
}

static void
delete_digit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccCodePad *self = ACC_CODE_PAD (widget);
  int end = gtk_entry_get_text_length (self->exit_code);

  gtk_editable_delete_text (GTK_EDITABLE (self->exit_code), end - 1, end);
}

static void
enter_code (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccCodePad *self = ACC_CODE_PAD (widget);
  g_autofree char *code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->exit_code)));

  g_signal_emit (self, signals[ENTERED], 0, code);
}

static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[LEFT], 0);
}

static void
on_activate (AccCodePad *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "code.enter", NULL);
}

static void
add_key (AccCodePad *self, const char *digit, int column, int row)
{
  GtkWidget *key = gtk_button_new_with_label (digit);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "code.digit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (key), "s", digit);
  gtk_widget_set_focus_on_click (key, FALSE);
  gtk_grid_attach (self->keys, key, column, row, 1, 1);
}

/* As on a till or a telephone, whatever the direction of the language. */
static void
add_keys (AccCodePad *self)
{
  gtk_widget_set_direction (GTK_WIDGET (self->keys), GTK_TEXT_DIR_LTR);
  for (int digit = 1; digit <= 9; digit++)
    {
      const char text[] = { (char) ('0' + digit), '\0' };

      add_key (self, text, (digit - 1) % 3, (digit - 1) / 3);
    }
  add_key (self, "0", 1, 3);
}

static void
acc_code_pad_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_CODE_PAD);
  G_OBJECT_CLASS (acc_code_pad_parent_class)->dispose (object);
}

static void
acc_code_pad_class_init (AccCodePadClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_code_pad_dispose;
  signals[ENTERED] = g_signal_new ("entered", ACC_TYPE_CODE_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", ACC_TYPE_CODE_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "code.digit", "s", type_digit);
  gtk_widget_class_install_action (widget_class, "code.delete", NULL, delete_digit);
  gtk_widget_class_install_action (widget_class, "code.enter", NULL, enter_code);
  gtk_widget_class_install_action (widget_class, "code.leave", NULL, leave);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "code.leave", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/code-pad.ui");
  gtk_widget_class_bind_template_child (widget_class, AccCodePad, scroller);
  gtk_widget_class_bind_template_child (widget_class, AccCodePad, exit_code);
  gtk_widget_class_bind_template_child (widget_class, AccCodePad, code_message);
  gtk_widget_class_bind_template_child (widget_class, AccCodePad, keys);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
acc_code_pad_init (AccCodePad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->exit_code, ACC_EXIT_CODE_MAX);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->exit_code), FALSE);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->exit_code)), "insert-text", G_CALLBACK (on_insert),
                           self, 0);
  add_keys (self);
  show_message (self, NULL);
  update_actions (self);
}

void
acc_code_pad_set_state (AccCodePad *self, gboolean checking, const char *message)
{
  g_return_if_fail (ACC_IS_CODE_PAD (self));

  self->checking = checking;
  gtk_editable_set_text (GTK_EDITABLE (self->exit_code), "");
  gtk_editable_set_editable (GTK_EDITABLE (self->exit_code), !checking);
  show_message (self, message);
  update_actions (self);
}

void
acc_code_pad_enter (AccCodePad *self)
{
  g_return_if_fail (ACC_IS_CODE_PAD (self));

  acc_code_pad_set_state (self, FALSE, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->exit_code));
}
