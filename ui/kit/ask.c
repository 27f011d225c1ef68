/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/ask.h"

#include <glib/gi18n-lib.h>

#include "kit/look.h"

struct _AccAsk {
  GtkWidget parent_instance;

  GtkOverlay *overlay;
  GtkRevealer *revealer;
  GtkWidget *card;
  GtkLabel *question;
  GtkLabel *explanation;
  GtkBox *extra_place;
  GtkButton *no_button;
  GtkButton *yes_button;

  GTask *task;       /* the question under way */
  GtkWidget *before; /* what had the focus; weak */
};

static void acc_ask_buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (AccAsk, acc_ask, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, acc_ask_buildable_init))

static void
clear_extra (AccAsk *self)
{
  GtkWidget *extra;

  while ((extra = gtk_widget_get_first_child (GTK_WIDGET (self->extra_place))) != NULL)
    gtk_box_remove (self->extra_place, extra);
  gtk_widget_set_visible (GTK_WIDGET (self->extra_place), FALSE);
}

/* What lies under the question keeps its look, but takes neither focus nor touch. */
static void
set_child_reachable (AccAsk *self, gboolean reachable)
{
  GtkWidget *child = gtk_overlay_get_child (self->overlay);

  if (child == NULL)
    return;
  gtk_widget_set_can_focus (child, reachable);
  gtk_widget_set_can_target (child, reachable);
}

static void
set_before (AccAsk *self, GtkWidget *before)
{
  g_set_weak_pointer (&self->before, before);
}

/* The revealer leaves the layout once it is closed: an overlay that shows nothing must not catch touches. */
static void
on_revealed (AccAsk *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer) && !gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
}

static void
close_card (AccAsk *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self->revealer), FALSE);
  set_child_reachable (self, TRUE);
  if (self->before != NULL && gtk_widget_get_mapped (self->before))
    gtk_widget_grab_focus (self->before);
  set_before (self, NULL);
  clear_extra (self);
  on_revealed (self);
}

static void
finish_question (AccAsk *self, gboolean yes)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task == NULL)
    return;
  close_card (self);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, yes);
}

static void
answer_yes (AccAsk *self)
{
  finish_question (self, TRUE);
}

static void
answer_no (AccAsk *self)
{
  finish_question (self, FALSE);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  AccAsk *self = ACC_ASK (widget);

  if (self->task == NULL)
    return FALSE;
  finish_question (self, FALSE);
  return TRUE;
}

/* The next search for a focus begins at an end. */
static void
forget_focus (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    return;
  forget_focus (child);
  gtk_widget_set_focus_child (widget, NULL);
}

/* Tab goes round inside the question. */
static gboolean
acc_ask_focus (GtkWidget *widget, GtkDirectionType direction)
{
  AccAsk *self = ACC_ASK (widget);

  if (self->task == NULL)
    return GTK_WIDGET_CLASS (acc_ask_parent_class)->focus (widget, direction);
  if (gtk_widget_child_focus (self->card, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    {
      forget_focus (self->card);
      gtk_widget_child_focus (self->card, direction);
    }
  return TRUE;
}

static void
acc_ask_dispose (GObject *object)
{
  AccAsk *self = ACC_ASK (object);

  if (self->task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      g_task_return_boolean (task, FALSE);
    }
  set_before (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ACC_TYPE_ASK);
  G_OBJECT_CLASS (acc_ask_parent_class)->dispose (object);
}

static void
acc_ask_class_init (AccAskClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_ask_dispose;
  widget_class->focus = acc_ask_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kit/ask.ui");
  gtk_widget_class_bind_template_child (widget_class, AccAsk, overlay);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, revealer);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, card);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, question);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, explanation);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, extra_place);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, no_button);
  gtk_widget_class_bind_template_child (widget_class, AccAsk, yes_button);
  gtk_widget_class_bind_template_callback (widget_class, answer_yes);
  gtk_widget_class_bind_template_callback (widget_class, answer_no);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
acc_ask_init (AccAsk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  clear_extra (self);
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_revealed), self, G_CONNECT_SWAPPED);
}

static void
acc_ask_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  AccAsk *self = ACC_ASK (buildable);

  /* The template's own child comes through here too, before the overlay is bound. */
  if (self->overlay != NULL && GTK_IS_WIDGET (child))
    acc_ask_set_child (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
acc_ask_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = acc_ask_add_child;
}

GtkWidget *
acc_ask_new (void)
{
  return g_object_new (ACC_TYPE_ASK, NULL);
}

void
acc_ask_set_child (AccAsk *self, GtkWidget *child)
{
  g_return_if_fail (ACC_IS_ASK (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  gtk_overlay_set_child (self->overlay, child);
  set_child_reachable (self, self->task == NULL);
}

GtkWidget *
acc_ask_get_child (AccAsk *self)
{
  g_return_val_if_fail (ACC_IS_ASK (self), NULL);

  return gtk_overlay_get_child (self->overlay);
}

static void
open_card (AccAsk *self, const AccQuestion *question)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_label_set_text (self->question, question->question);
  gtk_label_set_text (self->explanation, question->explanation);
  gtk_widget_set_visible (GTK_WIDGET (self->yes_button), question->yes != NULL);
  acc_look_set_class (GTK_WIDGET (self->no_button), "primary", question->yes == NULL);
  gtk_button_set_label (self->yes_button, question->yes != NULL ? question->yes : "");
  gtk_button_set_label (self->no_button, question->no);
  acc_look_wrap_buttons (self->card);
  if (question->extra != NULL)
    {
      gtk_box_append (self->extra_place, question->extra);
      gtk_widget_set_visible (GTK_WIDGET (self->extra_place), TRUE);
    }
  set_before (self, root != NULL ? gtk_root_get_focus (root) : NULL);
  set_child_reachable (self, FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self->revealer), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  if (question->extra == NULL || !gtk_widget_child_focus (question->extra, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->no_button));
}

void
acc_ask_async (AccAsk *self, const AccQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer data)
{
  g_return_if_fail (ACC_IS_ASK (self));
  g_return_if_fail (question != NULL);

  finish_question (self, FALSE);
  self->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (self->task, acc_ask_async);
  open_card (self, question);
}

gboolean
acc_ask_finish (AccAsk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
acc_ask_is_open (AccAsk *self)
{
  g_return_val_if_fail (ACC_IS_ASK (self), FALSE);

  return self->task != NULL;
}

void
acc_ask_answer (AccAsk *self, gboolean yes)
{
  g_return_if_fail (ACC_IS_ASK (self));

  finish_question (self, yes);
}
