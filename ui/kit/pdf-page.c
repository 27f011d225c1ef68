/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/pdf-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _AccPdfPage {
  GtkWidget parent_instance;
  double width, height; /* points */
  double zoom;
  cairo_surface_t *picture;
  double picture_scale, asked;
};

G_DEFINE_FINAL_TYPE (AccPdfPage, acc_pdf_page, GTK_TYPE_WIDGET)

static void
acc_pdf_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  AccPdfPage *self = ACC_PDF_PAGE (widget);
  double points = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;

  *minimum = *natural = (int) round (points * self->zoom);
}

/* A picture drawn for this very size goes pixel for pixel; an older one is stretched until the new one is there. Not as a
 * texture: GTK 4.8 would turn each of its bytes into a number and back whenever it is painted. */
static void
acc_pdf_page_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AccPdfPage *self = ACC_PDF_PAGE (widget);
  int factor = gtk_widget_get_scale_factor (widget);
  double across, down;
  graphene_rect_t bounds;
  cairo_t *cr;

  if (self->picture == NULL)
    return;
  across = cairo_image_surface_get_width (self->picture);
  down = cairo_image_surface_get_height (self->picture);
  if (self->picture_scale == acc_pdf_page_get_sharp_scale (self))
    graphene_rect_init (&bounds, 0, 0, (float) (across / factor), (float) (down / factor));
  else
    graphene_rect_init (&bounds, 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_scale (cr, bounds.size.width / across, bounds.size.height / down);
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
acc_pdf_page_finalize (GObject *object)
{
  g_clear_pointer (&ACC_PDF_PAGE (object)->picture, cairo_surface_destroy);
  G_OBJECT_CLASS (acc_pdf_page_parent_class)->finalize (object);
}

static void
acc_pdf_page_class_init (AccPdfPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = acc_pdf_page_finalize;
  widget_class->measure = acc_pdf_page_measure;
  widget_class->snapshot = acc_pdf_page_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pdfpage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
acc_pdf_page_init (AccPdfPage *self)
{
  self->zoom = 1;
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
acc_pdf_page_new (guint position, guint n_pages, double width, double height)
{
  AccPdfPage *self = g_object_new (ACC_TYPE_PDF_PAGE, NULL);
  g_autofree char *label = g_strdup_printf (_ ("Page %u of %u"), position + 1, n_pages);

  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
acc_pdf_page_set_zoom (AccPdfPage *self, double zoom)
{
  if (self->zoom == zoom)
    return;
  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
acc_pdf_page_get_points_wide (AccPdfPage *self)
{
  return self->width;
}

void
acc_pdf_page_set_picture (AccPdfPage *self, cairo_surface_t *picture, double scale)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = picture != NULL ? cairo_surface_reference (picture) : NULL;
  self->picture_scale = scale;
  self->asked = scale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
acc_pdf_page_get_asked (AccPdfPage *self)
{
  return self->asked;
}

void
acc_pdf_page_set_asked (AccPdfPage *self, double scale)
{
  self->asked = scale;
}

double
acc_pdf_page_get_sharp_scale (AccPdfPage *self)
{
  double pixels = round (self->width * self->zoom);

  return pixels * gtk_widget_get_scale_factor (GTK_WIDGET (self)) / self->width;
}

gboolean
acc_pdf_page_has_picture (AccPdfPage *self)
{
  return self->picture != NULL;
}

void
acc_pdf_page_set_text (AccPdfPage *self, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
