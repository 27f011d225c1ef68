/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/real-size.h"

#define USUAL (96 / 25.4) /* pixels a millimetre */
#define LEAST 1.5         /* a screen of three metres at 4,000 pixels */
#define MOST 10.0         /* 254 pixels an inch; those of a finer one are counted together */
#define SQUARE 0.15       /* by how much width and height may disagree */

double
acc_real_size_for (int width, int height, int width_mm, int height_mm)
{
  double across, down;

  if (width <= 0 || height <= 0 || width_mm <= 0 || height_mm <= 0)
    return USUAL;
  /* Turned by a quarter: not every driver turns what it says. */
  if ((width > height && width_mm < height_mm) || (width < height && width_mm > height_mm))
    {
      int swapped = width_mm;

      width_mm = height_mm;
      height_mm = swapped;
    }
  across = (double) width / width_mm;
  down = (double) height / height_mm;
  if (across < LEAST || across > MOST || ABS (across / down - 1) > SQUARE)
    return USUAL;
  return across;
}

double
acc_real_size_of (GtkWidget *widget)
{
  GdkSurface *surface;
  GdkMonitor *monitor;
  GdkRectangle area;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && gtk_widget_get_realized (widget), USUAL);

  surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor == NULL)
    return USUAL;
  gdk_monitor_get_geometry (monitor, &area);
  return acc_real_size_for (area.width, area.height, gdk_monitor_get_width_mm (monitor),
                            gdk_monitor_get_height_mm (monitor));
}
