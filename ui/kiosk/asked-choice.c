/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/asked-choice.h"

struct _AccAskedChoice {
  GtkWidget parent_instance;

  GtkCheckButton *asked_yes, *asked_no, *asked_unsaid;
  AccAsked asked;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccAskedChoice, acc_asked_choice, GTK_TYPE_WIDGET)

static AccAsked
read_buttons (AccAskedChoice *self)
{
  if (gtk_check_button_get_active (self->asked_yes))
    return ACC_ASKED_YES;
  return gtk_check_button_get_active (self->asked_no) ? ACC_ASKED_NO : ACC_ASKED_UNSAID;
}

/* Once for the button that goes out, once for the one that comes on: the latter tells. */
static void
on_toggled (AccAskedChoice *self, GtkCheckButton *button)
{
  AccAsked asked = read_buttons (self);

  if (!gtk_check_button_get_active (button) || self->asked == asked)
    return;
  self->asked = asked;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
acc_asked_choice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_ASKED_CHOICE);
  G_OBJECT_CLASS (acc_asked_choice_parent_class)->dispose (object);
}

static void
acc_asked_choice_class_init (AccAskedChoiceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_asked_choice_dispose;
  signals[CHANGED]
    = g_signal_new ("changed", ACC_TYPE_ASKED_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "box");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/asked-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, AccAskedChoice, asked_yes);
  gtk_widget_class_bind_template_child (widget_class, AccAskedChoice, asked_no);
  gtk_widget_class_bind_template_child (widget_class, AccAskedChoice, asked_unsaid);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
acc_asked_choice_init (AccAskedChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_asked_choice_set_asked (AccAskedChoice *self, AccAsked asked)
{
  g_return_if_fail (ACC_IS_ASKED_CHOICE (self));

  self->asked = asked;
  gtk_check_button_set_active (asked == ACC_ASKED_YES  ? self->asked_yes
                               : asked == ACC_ASKED_NO ? self->asked_no
                                                       : self->asked_unsaid,
                               TRUE);
}

AccAsked
acc_asked_choice_get_asked (AccAskedChoice *self)
{
  g_return_val_if_fail (ACC_IS_ASKED_CHOICE (self), ACC_ASKED_UNSAID);

  return self->asked;
}
