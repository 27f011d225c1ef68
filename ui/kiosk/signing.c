/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/signing.h"

#include "base/text.h"
#include "kiosk/answer.h"
#include "kit/signature-pad.h"

struct _AccSigning {
  GtkWidget parent_instance;

  GtkStack *ways; /* "draw" or "type" */
  AccSignaturePad *pad;
  GtkWidget *clear, *type_instead;
  AccAnswer *typed;
  gboolean showing; /* what the letter says already */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccSigning, acc_signing, GTK_TYPE_WIDGET)

static void
on_changed (AccSigning *self)
{
  g_autoptr (AccSignature) drawn = acc_signature_pad_dup_signature (self->pad);

  gtk_widget_set_sensitive (self->clear, drawn != NULL);
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_clear (AccSigning *self)
{
  acc_signature_pad_clear (self->pad);
}

static void
on_type_instead (AccSigning *self)
{
  gtk_stack_set_visible_child_name (self->ways, "type");
  acc_answer_focus (self->typed);
  on_changed (self);
}

static void
on_draw_instead (AccSigning *self)
{
  gtk_stack_set_visible_child_name (self->ways, "draw");
  gtk_widget_grab_focus (self->type_instead);
  on_changed (self);
}

static void
acc_signing_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_SIGNING);
  G_OBJECT_CLASS (acc_signing_parent_class)->dispose (object);
}

static void
acc_signing_class_init (AccSigningClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_signing_dispose;
  signals[CHANGED] = g_signal_new ("changed", ACC_TYPE_SIGNING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ACC_TYPE_ANSWER);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/signing.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSigning, ways);
  gtk_widget_class_bind_template_child (widget_class, AccSigning, pad);
  gtk_widget_class_bind_template_child (widget_class, AccSigning, clear);
  gtk_widget_class_bind_template_child (widget_class, AccSigning, type_instead);
  gtk_widget_class_bind_template_child (widget_class, AccSigning, typed);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_type_instead);
  gtk_widget_class_bind_template_callback (widget_class, on_draw_instead);
}

static void
acc_signing_init (AccSigning *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_signing_set_signature (AccSigning *self, AccSignature *signature)
{
  gboolean typed = signature != NULL && acc_signature_get_kind (signature) == ACC_SIGNATURE_TYPED;

  g_return_if_fail (ACC_IS_SIGNING (self));

  self->showing = TRUE;
  acc_signature_pad_set_signature (self->pad, signature);
  acc_answer_set_text (self->typed, typed ? acc_signature_get_text (signature) : "");
  gtk_stack_set_visible_child_name (self->ways, typed ? "type" : "draw");
  on_changed (self);
  self->showing = FALSE;
}

AccSignature *
acc_signing_dup_signature (AccSigning *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (ACC_IS_SIGNING (self), NULL);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->ways), "draw"))
    return acc_signature_pad_dup_signature (self->pad);
  text = acc_answer_dup_text (self->typed);
  return acc_text_is_blank (text) ? NULL : acc_signature_new_typed (text);
}
