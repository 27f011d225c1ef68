/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/decision-foot.h"

#include <glib/gi18n-lib.h>

struct _AccDecisionFoot {
  GtkWidget parent;
  GtkWidget *verbs, *problem, *blocked;
  GtkWidget *decide, *verb, *free, *next, *reopen_button, *decline_button, *black_out_button;
};

G_DEFINE_FINAL_TYPE (AccDecisionFoot, acc_decision_foot, GTK_TYPE_WIDGET)

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

void
acc_decision_foot_update (AccDecisionFoot *self, const AccDeskFacts *idle_facts, const AccDeskState *state)
{
  const char *verb = state->primary == ACC_DESK_PRIMARY_ROUTE ? _ ("Route") : _ ("Approve and route");
  AccDeskState idle;
  gboolean claim_first;

  g_return_if_fail (ACC_IS_DECISION_FOOT (self));
  acc_desk_state (idle_facts, &idle);
  show_label (self->blocked, state->blocked);
  gtk_widget_set_visible (self->decide, state->primary == ACC_DESK_PRIMARY_APPROVE
                                          || state->primary == ACC_DESK_PRIMARY_ROUTE);
  gtk_label_set_text (GTK_LABEL (self->verb), verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->decide), GTK_ACCESSIBLE_PROPERTY_LABEL, verb, -1);
  gtk_widget_set_visible (self->free, state->primary == ACC_DESK_PRIMARY_FREE);
  gtk_widget_set_visible (self->next, state->primary == ACC_DESK_PRIMARY_NEXT);
  gtk_widget_set_visible (self->reopen_button, acc_desk_state_may (idle_facts, ACC_MOVE_REOPEN, &claim_first));
  gtk_widget_set_visible (self->decline_button, idle.can_decline);
  gtk_widget_set_visible (self->black_out_button, acc_desk_state_may (idle_facts, ACC_MOVE_BLACK_OUT, &claim_first));
}

void
acc_decision_foot_set_problem (AccDecisionFoot *self, const char *problem)
{
  g_return_if_fail (ACC_IS_DECISION_FOOT (self));
  show_label (self->problem, problem);
}

void
acc_decision_foot_take_focus (AccDecisionFoot *self)
{
  g_return_if_fail (ACC_IS_DECISION_FOOT (self));

  GtkWidget *const buttons[] = { self->decide, self->free, self->next };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (gtk_widget_get_mapped (buttons[i]) && gtk_widget_grab_focus (buttons[i]))
      return;
}

void
acc_decision_foot_focus_decline (AccDecisionFoot *self)
{
  g_return_if_fail (ACC_IS_DECISION_FOOT (self));
  gtk_widget_grab_focus (gtk_widget_get_visible (self->reopen_button) ? self->reopen_button : self->decline_button);
}

void
acc_decision_foot_focus_black_out (AccDecisionFoot *self)
{
  g_return_if_fail (ACC_IS_DECISION_FOOT (self));
  gtk_widget_grab_focus (self->black_out_button);
}

static void
acc_decision_foot_dispose (GObject *object)
{
  AccDecisionFoot *self = ACC_DECISION_FOOT (object);

  g_clear_pointer (&self->verbs, gtk_widget_unparent);
  G_OBJECT_CLASS (acc_decision_foot_parent_class)->dispose (object);
}

static void
acc_decision_foot_class_init (AccDecisionFootClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_decision_foot_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/decision-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, verbs);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, problem);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, blocked);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, decide);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, verb);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, free);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, next);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, decline_button);
  gtk_widget_class_bind_template_child (widget_class, AccDecisionFoot, black_out_button);
}

static void
acc_decision_foot_init (AccDecisionFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
