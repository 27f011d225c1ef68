/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/head.h"

#include "kiosk/way.h"
#include "kit/look.h"

#define EMBLEM_SIZE 60

struct _AccHead {
  GtkWidget parent_instance;

  GtkCenterBox *row;
  GtkBox *brand, *way_below;
  GtkLabel *bank;
  AccWay *way;
  GtkWidget *start_again;
};

G_DEFINE_FINAL_TYPE (AccHead, acc_head, GTK_TYPE_WIDGET)

static void
acc_head_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_HEAD);
  G_OBJECT_CLASS (acc_head_parent_class)->dispose (object);
}

static void
acc_head_class_init (AccHeadClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_head_dispose;
  g_type_ensure (ACC_TYPE_WAY);
  gtk_widget_class_set_css_name (widget_class, "head");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/head.ui");
  gtk_widget_class_bind_template_child (widget_class, AccHead, row);
  gtk_widget_class_bind_template_child (widget_class, AccHead, brand);
  gtk_widget_class_bind_template_child (widget_class, AccHead, way_below);
  gtk_widget_class_bind_template_child (widget_class, AccHead, bank);
  gtk_widget_class_bind_template_child (widget_class, AccHead, way);
  gtk_widget_class_bind_template_child (widget_class, AccHead, start_again);
}

static void
acc_head_init (AccHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_head_set_letterhead (AccHead *self, AccLetterhead *letterhead)
{
  g_return_if_fail (ACC_IS_HEAD (self));

  gtk_label_set_text (self->bank, acc_letterhead_get_bank (letterhead));
  gtk_box_prepend (self->brand, acc_look_emblem_new (letterhead, EMBLEM_SIZE));
}

void
acc_head_set_step (AccHead *self, AccStep step)
{
  g_return_if_fail (ACC_IS_HEAD (self));

  acc_way_set_step (self->way, step);
  gtk_widget_set_visible (GTK_WIDGET (self->way), step > ACC_STEP_WELCOME);
  gtk_widget_set_visible (self->start_again, step > ACC_STEP_WELCOME && step < ACC_STEP_SENT);
}

void
acc_head_set_layout (AccHead *self, const AccLayout *layout)
{
  gboolean is_below;

  g_return_if_fail (ACC_IS_HEAD (self));

  acc_way_set_brief (self->way, layout->brief);
  gtk_widget_set_visible (GTK_WIDGET (self->way_below), layout->upright);
  is_below = gtk_widget_get_parent (GTK_WIDGET (self->way)) == GTK_WIDGET (self->way_below);
  if (layout->upright && !is_below)
    {
      g_autoptr (GtkWidget) way = g_object_ref (GTK_WIDGET (self->way));

      gtk_center_box_set_center_widget (self->row, NULL);
      gtk_box_append (self->way_below, way);
    }
  else if (!layout->upright && is_below)
    {
      g_autoptr (GtkWidget) way = g_object_ref (GTK_WIDGET (self->way));

      gtk_box_remove (self->way_below, way);
      gtk_center_box_set_center_widget (self->row, way);
    }
}
