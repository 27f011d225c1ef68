/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/vertical-boxes.h"

static void (*measure_before) (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                               int *minimum, int *natural, int *minimum_baseline, int *natural_baseline);

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean is_column = gtk_orientable_get_orientation (GTK_ORIENTABLE (manager)) == GTK_ORIENTATION_VERTICAL;

  if (is_column && orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  measure_before (manager, widget, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

void
acc_vertical_boxes_mend (void)
{
  GtkLayoutManagerClass *class;

  if (measure_before != NULL)
    return;
  class = g_type_class_ref (GTK_TYPE_BOX_LAYOUT); /* for good: its vfunc is ours */
  measure_before = class->measure;
  class->measure = measure;
}
