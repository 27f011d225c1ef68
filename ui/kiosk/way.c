/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/way.h"

#include <glib/gi18n-lib.h>

#include "kit/look.h"
#include "letter/prompts.h"

#define FIRST ACC_STEP_WHO
#define LAST ACC_STEP_SENT
#define N_STOPS (LAST - FIRST + 1)

typedef struct {
  GtkWidget *stop; /* dot with half a line on each side, and the name under it */
  GtkWidget *before, *after;
  GtkWidget *name;
} Stop;

struct _AccWay {
  GtkWidget parent_instance;
  GtkWidget *row;
  Stop stops[N_STOPS];
  GtkWidget *present; /* the present step's name, where the way is brief */
  AccStep step;
  gboolean brief;
};

G_DEFINE_FINAL_TYPE (AccWay, acc_way, GTK_TYPE_WIDGET)

static GtkWidget *
add_part (GtkWidget *row, const char *class, gboolean expand)
{
  GtkWidget *part = g_object_new (GTK_TYPE_BOX, "hexpand", expand, "valign", GTK_ALIGN_CENTER, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (part, class);
  gtk_box_append (GTK_BOX (row), part);
  return part;
}

static void
add_stop (AccWay *self, AccStep step)
{
  Stop *stop = &self->stops[step - FIRST];
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, NULL);

  stop->stop = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "css-name", "stop", NULL);
  stop->before = add_part (row, "line", TRUE);
  add_part (row, "dot", FALSE);
  stop->after = add_part (row, "line", TRUE);
  stop->name = gtk_label_new (acc_prompts_step_name (step));
  acc_look_set_class (stop->before, "none", step == FIRST);
  acc_look_set_class (stop->after, "none", step == LAST);
  gtk_box_append (GTK_BOX (stop->stop), row);
  gtk_box_append (GTK_BOX (stop->stop), stop->name);
  gtk_box_append (GTK_BOX (self->row), stop->stop);
}

static void
acc_way_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_way_parent_class)->dispose (object);
}

static void
acc_way_class_init (AccWayClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_way_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "way");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
}

static void
acc_way_init (AccWay *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->row = g_object_new (GTK_TYPE_BOX, "homogeneous", TRUE, NULL);
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  for (AccStep step = FIRST; step <= LAST; step++)
    add_stop (self, step);
  self->present = g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]){ "present", NULL }, NULL);
  gtk_widget_set_parent (self->present, GTK_WIDGET (self));
}

static void
update_names (AccWay *self)
{
  for (AccStep i = FIRST; i <= LAST; i++)
    gtk_widget_set_visible (self->stops[i - FIRST].name, !self->brief);
  gtk_label_set_text (GTK_LABEL (self->present), acc_prompts_step_name (MAX (self->step, FIRST)));
  gtk_widget_set_visible (self->present, self->brief);
}

void
acc_way_set_brief (AccWay *self, gboolean brief)
{
  g_return_if_fail (ACC_IS_WAY (self));

  self->brief = brief;
  update_names (self);
}

void
acc_way_set_step (AccWay *self, AccStep step)
{
  g_autofree char *label = NULL;

  g_return_if_fail (ACC_IS_WAY (self));

  self->step = step;
  update_names (self);
  for (AccStep i = FIRST; i <= LAST; i++)
    {
      Stop *stop = &self->stops[i - FIRST];

      acc_look_set_class (stop->stop, "done", i < step);
      acc_look_set_class (stop->stop, "current", i == step);
      acc_look_set_class (stop->before, "done", i <= step);
      acc_look_set_class (stop->after, "done", i < step);
    }
  if (step < FIRST)
    return;
  /* Translators: where the client is on the way, such as "Step 2 of 6: Story". */
  label = g_strdup_printf (_ ("Step %u of %u: %s"), (guint) (step - FIRST + 1), (guint) N_STOPS,
                           acc_prompts_step_name (step));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
