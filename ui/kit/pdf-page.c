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
  AccPdfLayout *layout;
  GArray *marks; /* AccPdfMark; NULL: none */
};

/* Over the letters, which stay dark on any of them. What is pointed out has a line below it, and what was gone to a frame as
 * well: not by colour alone. The paper is white in every look of the window, so one table serves them all. */
static const struct {
  GdkRGBA colour;
  float line, frame; /* pixels */
} mark_looks[ACC_PDF_MARK_N] = {
  [ACC_PDF_MARK_PASSAGE] = { { 0.98f, 0.75f, 0.14f, 0.22f }, 3, 0 },
  [ACC_PDF_MARK_SHOWN] = { { 0.98f, 0.75f, 0.14f, 0.40f }, 3, 2 },
  [ACC_PDF_MARK_SELECTED] = { { 0.11f, 0.31f, 0.85f, 0.28f }, 0, 0 },
  [ACC_PDF_MARK_FOUND] = { { 0.98f, 0.75f, 0.14f, 0.40f }, 0, 0 },
  [ACC_PDF_MARK_CURRENT] = { { 0.98f, 0.55f, 0.05f, 0.50f }, 0, 2 },
};
static const GdkRGBA ink = { 0.09f, 0.14f, 0.23f, 1 };
static const GdkRGBA amber = { 0.42f, 0.27f, 0.f, 1 }; /* 8.5 to 1 on the paper */

G_DEFINE_FINAL_TYPE (AccPdfPage, acc_pdf_page, GTK_TYPE_WIDGET)

static void
acc_pdf_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  AccPdfPage *self = ACC_PDF_PAGE (widget);
  double points = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;

  *minimum = *natural = (int) round (points * self->zoom);
}

static void
snapshot_mark (AccPdfPage *self, GtkSnapshot *snapshot, const AccPdfMark *mark)
{
  const AccPdfPlace *place = &mark->place;
  float frame = mark_looks[mark->kind].frame, thick = mark_looks[mark->kind].line;
  graphene_rect_t area, line;
  GskRoundedRect outline;

  graphene_rect_init (&area, place->left * self->zoom, place->top * self->zoom, (place->right - place->left) * self->zoom,
                      (place->bottom - place->top) * self->zoom);
  gtk_snapshot_append_color (snapshot, &mark_looks[mark->kind].colour, &area);
  if (thick > 0)
    {
      graphene_rect_init (&line, area.origin.x, roundf (area.origin.y + area.size.height) - 1, area.size.width, thick);
      gtk_snapshot_append_color (snapshot, &amber, &line);
    }
  if (frame == 0)
    return;
  graphene_rect_inset (&area, -frame, -frame);
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ frame, frame, frame, frame },
                              (GdkRGBA[4]){ ink, ink, ink, ink });
}

static void
snapshot_marks (AccPdfPage *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; self->marks != NULL && i < self->marks->len; i++)
    snapshot_mark (self, snapshot, &g_array_index (self->marks, AccPdfMark, i));
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
  snapshot_marks (self, snapshot);
}

static void
acc_pdf_page_finalize (GObject *object)
{
  AccPdfPage *self = ACC_PDF_PAGE (object);

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_clear_pointer (&self->layout, acc_pdf_layout_free);
  g_clear_pointer (&self->marks, g_array_unref);
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

gboolean
acc_pdf_page_is_sharp (AccPdfPage *self)
{
  return self->picture != NULL && self->picture_scale == acc_pdf_page_get_sharp_scale (self);
}

void
acc_pdf_page_set_text (AccPdfPage *self, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
acc_pdf_page_set_layout (AccPdfPage *self, AccPdfLayout *layout)
{
  g_clear_pointer (&self->layout, acc_pdf_layout_free);
  self->layout = layout;
}

const AccPdfLayout *
acc_pdf_page_get_layout (AccPdfPage *self)
{
  return self->layout;
}

double
acc_pdf_page_get_zoom (AccPdfPage *self)
{
  return self->zoom;
}

void
acc_pdf_page_set_marks (AccPdfPage *self, GArray *marks)
{
  g_clear_pointer (&self->marks, g_array_unref);
  self->marks = marks->len > 0 ? g_array_ref (marks) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
