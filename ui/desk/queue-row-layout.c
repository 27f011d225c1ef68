/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-row-layout.h"

#define GAP 8 /* pixels between the two of the first line */

struct _AccQueueRowLayout {
  GtkLayoutManager parent;
};

G_DEFINE_FINAL_TYPE (AccQueueRowLayout, acc_queue_row_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
measure_width (GtkWidget *child)
{
  int minimum;

  if (GTK_IS_LABEL (child) && gtk_label_get_ellipsize (GTK_LABEL (child)) != PANGO_ELLIPSIZE_NONE)
    return 0;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
measure_height (GtkWidget *child, int width)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* How high the line of @first and the one beside it is. Neither of them wraps. */
static int
measure_first_line (GtkWidget *first)
{
  return MAX (measure_height (first, -1), measure_height (gtk_widget_get_next_sibling (first), -1));
}

/* What stands below the first line, and is shown: after @child, or the first of it. */
static GtkWidget *
get_next_line (GtkWidget *child)
{
  do
    child = gtk_widget_get_next_sibling (child);
  while (child != NULL && !gtk_widget_should_layout (child));
  return child;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget), *second = gtk_widget_get_next_sibling (first);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int size = across ? measure_width (first) + GAP + measure_width (second) : measure_first_line (first);

  for (GtkWidget *line = get_next_line (second); line != NULL; line = get_next_line (line))
    size = across ? MAX (size, measure_width (line)) : size + measure_height (line, for_size);
  *minimum = *natural = size;
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget), *second = gtk_widget_get_next_sibling (first);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int beside = measure_width (second), rest = MAX (width - GAP - beside, 0);
  int y = measure_first_line (first);

  gtk_widget_size_allocate (first, &(GtkAllocation) { mirrored ? width - rest : 0, 0, rest, y }, -1);
  gtk_widget_size_allocate (second, &(GtkAllocation) { mirrored ? 0 : width - beside, 0, beside, y }, -1);
  for (GtkWidget *line = get_next_line (second); line != NULL; line = get_next_line (line))
    {
      int line_height = measure_height (line, width);

      gtk_widget_size_allocate (line, &(GtkAllocation) { 0, y, width, line_height }, -1);
      y += line_height;
    }
}

static void
acc_queue_row_layout_class_init (AccQueueRowLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
acc_queue_row_layout_init (AccQueueRowLayout *self)
{
}
