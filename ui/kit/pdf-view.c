/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/pdf-view-private.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

#define ZOOM_STEP 1.25
#define ZOOM_MIN 0.4
#define ZOOM_MAX 6.0
#define FIT_MAX (1.35 * 96 / 72) /* a page that fits a wide screen's width would be read like a poster */
#define SIDE_PIXELS_MAX 4000 /* what accolade-pdf draws at most */
#define MARGIN 32            /* pixels on each side of a page that fits the width */
#define LINE_PIXELS 60       /* one press of an arrow key */

enum { LOADED, PASSAGE_LOST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccPdfView, acc_pdf_view, GTK_TYPE_WIDGET)

/* What the paper's thread found out on opening. */
typedef struct {
  AccPdfDocument *document;
  guint n_pages;
  double *sizes; /* width, height of each page */
} Opened;

/* What is asked of one page, and what came of it. */
typedef struct {
  AccPdfDocument *document;
  guint page;
  double scale;
  cairo_surface_t *picture;
  char *text;
  AccPdfLayout *layout;
} Drawing;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_free (opened->sizes);
  g_free (opened);
}

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  g_clear_pointer (&drawing->picture, cairo_surface_destroy);
  g_free (drawing->text);
  g_clear_pointer (&drawing->layout, acc_pdf_layout_free);
  g_free (drawing);
}

static void
close_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccPdfDocument *document = data;

  g_clear_object (&document->process);
  g_task_return_boolean (task, TRUE);
}

static void
close_document (AccWorker *worker, AccPdfDocument *document)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, document, g_free);
  acc_worker_run (worker, task, close_body);
}

static void
open_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Opened *opened;
  AccPdfProcess *process;

  if (g_task_return_error_if_cancelled (task))
    return;
  process = acc_pdf_process_open (data, &error);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  opened = g_new0 (Opened, 1);
  opened->document = g_new0 (AccPdfDocument, 1);
  opened->document->process = process;
  opened->n_pages = acc_pdf_process_get_n_pages (process);
  opened->sizes = g_new0 (double, 2 * MAX (opened->n_pages, 1));
  for (guint page = 0; page < opened->n_pages; page++)
    acc_pdf_process_get_page_size (process, page, &opened->sizes[2 * page], &opened->sizes[2 * page + 1]);
  g_task_return_pointer (task, opened, opened_free);
}

static void
draw_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Drawing *drawing = data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  drawing->picture = acc_pdf_process_draw (drawing->document->process, drawing->page, drawing->scale, &error);
  if (drawing->picture == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Drawing *drawing = data;

  if (g_task_return_error_if_cancelled (task))
    return;
  drawing->text = acc_pdf_process_read_text (drawing->document->process, drawing->page, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
read_layout_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Drawing *drawing = data;

  if (g_task_return_error_if_cancelled (task))
    return;
  drawing->layout = acc_pdf_process_read_layout (drawing->document->process, drawing->page, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
ask (AccPdfView *self, guint page, double scale, GTaskThreadFunc body, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, NULL);
  Drawing *drawing = g_new0 (Drawing, 1);

  drawing->document = self->document;
  drawing->page = page;
  drawing->scale = scale;
  g_task_set_task_data (task, drawing, drawing_free);
  acc_worker_run (self->worker, task, body);
}

static void
show_message (AccPdfView *self, const char *message)
{
  gtk_label_set_text (self->message, message);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
fail (AccPdfView *self, const GError *error)
{
  g_free (self->failure);
  self->failure = acc_error_sentence (error);
  show_message (self, self->failure);
  g_signal_emit (self, signals[LOADED], 0);
}

/* What the page says, for who cannot see it; later than the picture, which is waited for. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  AccPdfView *self = ACC_PDF_VIEW (source);
  const Drawing *drawing = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL) && drawing->document == self->document && drawing->text != NULL)
    acc_pdf_page_set_text (g_ptr_array_index (self->list, drawing->page), drawing->text);
}

/* A page whose letters have no place says nothing, and is not asked again. */
static void
on_layout_read (GObject *source, GAsyncResult *result, gpointer data)
{
  AccPdfView *self = ACC_PDF_VIEW (source);
  Drawing *drawing = g_task_get_task_data (G_TASK (result));
  AccPdfPage *page;

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || drawing->document != self->document)
    return;
  page = g_ptr_array_index (self->list, drawing->page);
  if (drawing->layout == NULL)
    {
      drawing->layout = g_new0 (AccPdfLayout, 1);
      drawing->layout->text = g_strdup ("");
    }
  acc_pdf_page_set_text (page, drawing->layout->text);
  acc_pdf_page_set_layout (page, g_steal_pointer (&drawing->layout));
  acc_pdf_view_take_layout (self, drawing->page);
}

void
acc_pdf_view_ask_layout (AccPdfView *self, guint page)
{
  ask (self, page, 0, read_layout_body, on_layout_read);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  AccPdfView *self = ACC_PDF_VIEW (source);
  Drawing *drawing = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  AccPdfPage *page;
  gboolean first;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
      return;
    }
  if (drawing->document != self->document)
    return;
  page = g_ptr_array_index (self->list, drawing->page);
  if (acc_pdf_page_get_asked (page) != drawing->scale)
    return;
  first = !acc_pdf_page_has_picture (page);
  acc_pdf_page_set_picture (page, drawing->picture, drawing->scale);
  if (first && !self->readable)
    ask (self, drawing->page, 0, read_body, on_read);
  else if (first && acc_pdf_page_get_layout (page) == NULL)
    acc_pdf_view_ask_layout (self, drawing->page);
}

static void
ask_for_page (AccPdfView *self, guint position)
{
  AccPdfPage *page = g_ptr_array_index (self->list, position);
  double scale = acc_pdf_page_get_sharp_scale (page);

  acc_pdf_page_set_asked (page, scale);
  ask (self, position, scale, draw_body, on_drawn);
}

/* What is in view, and a screen above and below it, is drawn; what is far away is let go. */
static void
draw_visible (AccPdfView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double top = gtk_adjustment_get_value (adjustment);
  double screen = MAX (gtk_adjustment_get_page_size (adjustment), 1);

  for (guint i = 0; i < self->list->len; i++)
    {
      AccPdfPage *page = g_ptr_array_index (self->list, i);
      graphene_rect_t bounds;
      gboolean near, far;

      if (!gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (self->pages), &bounds))
        continue;
      near = bounds.origin.y < top + 2 * screen && bounds.origin.y + bounds.size.height > top - screen;
      far = bounds.origin.y > top + 4 * screen || bounds.origin.y + bounds.size.height < top - 3 * screen;
      if (near && acc_pdf_page_get_asked (page) != acc_pdf_page_get_sharp_scale (page))
        ask_for_page (self, i);
      else if (far)
        acc_pdf_page_set_picture (page, NULL, 0);
    }
}

static double
widest_page (AccPdfView *self)
{
  double widest = 1;

  for (guint i = 0; i < self->list->len; i++)
    widest = MAX (widest, acc_pdf_page_get_points_wide (g_ptr_array_index (self->list, i)));
  return widest;
}

static double
largest_zoom (AccPdfView *self)
{
  return MIN (ZOOM_MAX,
              SIDE_PIXELS_MAX / (widest_page (self) * 1.42) / gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

/* One that was never shown will be as wide as what it is shown in: its first page is drawn ahead. */
static int
find_width (AccPdfView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return width > 0 || parent == NULL ? width : gtk_widget_get_width (parent);
}

/* Sets each page's size from the zoom, or the zoom from the width there is. */
static gboolean
settle_zoom (gpointer data)
{
  AccPdfView *self = data;
  int width = find_width (self) - 2 * MARGIN; /* the pages', be they on top yet or not */

  g_clear_handle_id (&self->settle, g_source_remove);
  self->settled_width = gtk_widget_get_width (GTK_WIDGET (self));
  if (self->fits && width > 0)
    self->zoom = CLAMP (width / widest_page (self), ZOOM_MIN, MIN (FIT_MAX, largest_zoom (self)));
  for (guint i = 0; i < self->list->len; i++)
    acc_pdf_page_set_zoom (g_ptr_array_index (self->list, i), self->zoom);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.zoom-in", self->zoom < largest_zoom (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.zoom-out", self->zoom > ZOOM_MIN);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
queue_settle (AccPdfView *self)
{
  if (self->settle == 0)
    self->settle = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, settle_zoom, self, NULL);
}

static void
acc_pdf_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (ACC_PDF_VIEW (widget)->stack), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
acc_pdf_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AccPdfView *self = ACC_PDF_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  if (self->settled_width != width)
    queue_settle (self);
  else
    draw_visible (self);
}

static double
find_middle (GtkAdjustment *adjustment)
{
  return (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) / 2)
         / MAX (gtk_adjustment_get_upper (adjustment), 1);
}

static void
restore_middle (GtkAdjustment *adjustment, double middle)
{
  gtk_adjustment_set_value (adjustment, middle * gtk_adjustment_get_upper (adjustment)
                                          - gtk_adjustment_get_page_size (adjustment) / 2);
}

/* What was in the middle of the view stays there: after the layout, since only then the pages have their new size. */
static gboolean
keep_middle (gpointer data)
{
  AccPdfView *self = data;

  self->keep = 0;
  restore_middle (gtk_scrolled_window_get_hadjustment (self->scroller), self->middle_x);
  restore_middle (gtk_scrolled_window_get_vadjustment (self->scroller), self->middle_y);
  return G_SOURCE_REMOVE;
}

static void
set_zoom (AccPdfView *self, double zoom)
{
  if (self->keep == 0)
    {
      self->middle_x = find_middle (gtk_scrolled_window_get_hadjustment (self->scroller));
      self->middle_y = find_middle (gtk_scrolled_window_get_vadjustment (self->scroller));
      self->keep = g_idle_add (keep_middle, self);
    }
  self->fits = FALSE;
  self->zoom = CLAMP (zoom, ZOOM_MIN, largest_zoom (self));
  settle_zoom (self);
}

static void
zoom_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_zoom (ACC_PDF_VIEW (widget), ACC_PDF_VIEW (widget)->zoom * ZOOM_STEP);
}

static void
zoom_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_zoom (ACC_PDF_VIEW (widget), ACC_PDF_VIEW (widget)->zoom / ZOOM_STEP);
}

static void
fit_width (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ACC_PDF_VIEW (widget)->fits = TRUE;
  settle_zoom (ACC_PDF_VIEW (widget));
}

/* @args: how many lines, and how many screens, to scroll. */
static gboolean
on_scroll_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  AccPdfView *self = ACC_PDF_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double lines, screens;

  g_variant_get (args, "(dd)", &lines, &screens);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + lines * LINE_PIXELS
                                          + screens * 0.9 * gtk_adjustment_get_page_size (adjustment));
  return TRUE;
}

static void
clear_document (AccPdfView *self)
{
  GtkWidget *page;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->document != NULL)
    close_document (self->worker, g_steal_pointer (&self->document));
  g_ptr_array_set_size (self->list, 0);
  acc_pdf_view_clear_reading (self);
  g_clear_pointer (&self->failure, g_free);
  if (self->pages == NULL)
    return;
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_box_remove (self->pages, page);
}

static void
show_document (AccPdfView *self, const Opened *opened)
{
  self->document = opened->document;
  for (guint i = 0; i < opened->n_pages; i++)
    {
      GtkWidget *page = acc_pdf_page_new (i, opened->n_pages, opened->sizes[2 * i], opened->sizes[2 * i + 1]);

      gtk_box_append (self->pages, page);
      g_ptr_array_add (self->list, page);
    }
  self->fits = TRUE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_stack_set_visible_child_name (self->stack, "pages");
  settle_zoom (self);
  self->settled_width = 0;
  ask_for_page (self, 0); /* it is drawn while the window makes room for it */
  g_signal_emit (self, signals[LOADED], 0);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  AccPdfView *self = ACC_PDF_VIEW (source);
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_autoptr (GError) error = NULL;
  Opened *opened;

  opened = g_task_propagate_pointer (G_TASK (result), &error);
  if (cancellable != self->cancellable)
    {
      if (opened != NULL)
        close_document (self->worker, opened->document);
    }
  else if (opened != NULL)
    {
      show_document (self, opened);
    }
  else
    {
      fail (self, error);
    }
  g_clear_pointer (&opened, opened_free);
}

static void
acc_pdf_view_dispose (GObject *object)
{
  AccPdfView *self = ACC_PDF_VIEW (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_handle_id (&self->keep, g_source_remove);
  clear_document (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ACC_TYPE_PDF_VIEW);
  G_OBJECT_CLASS (acc_pdf_view_parent_class)->dispose (object);
}

static void
acc_pdf_view_finalize (GObject *object)
{
  AccPdfView *self = ACC_PDF_VIEW (object);

  g_ptr_array_unref (self->list);
  g_array_unref (self->matches);
  acc_pdf_view_end_passages (self);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (acc_pdf_view_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *class)
{
  static const struct {
    guint key;
    double lines, screens;
  } scroll[] = {
    { GDK_KEY_Up, -1, 0 },      { GDK_KEY_Down, 1, 0 },   { GDK_KEY_Page_Up, 0, -1 }, { GDK_KEY_Page_Down, 0, 1 },
    { GDK_KEY_Home, 0, -1000 }, { GDK_KEY_End, 0, 1000 }, { GDK_KEY_space, 0, 1 },
  };
  static const struct {
    guint key;
    const char *action;
  } zoom[] = {
    { GDK_KEY_plus, "pdf.zoom-in" },         { GDK_KEY_KP_Add, "pdf.zoom-in" }, { GDK_KEY_minus, "pdf.zoom-out" },
    { GDK_KEY_KP_Subtract, "pdf.zoom-out" }, { GDK_KEY_0, "pdf.fit-width" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scroll); i++)
    gtk_widget_class_add_binding (class, scroll[i].key, 0, on_scroll_key, "(dd)", scroll[i].lines, scroll[i].screens);
  for (guint i = 0; i < G_N_ELEMENTS (zoom); i++)
    {
      gtk_widget_class_add_binding_action (class, zoom[i].key, 0, zoom[i].action, NULL);
      gtk_widget_class_add_binding_action (class, zoom[i].key, GDK_CONTROL_MASK, zoom[i].action, NULL);
    }
}

static void
acc_pdf_view_class_init (AccPdfViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_pdf_view_dispose;
  object_class->finalize = acc_pdf_view_finalize;
  widget_class->measure = acc_pdf_view_measure;
  widget_class->size_allocate = acc_pdf_view_size_allocate;

  /* The PDF is open, or it cannot be shown. */
  signals[LOADED] = g_signal_new ("loaded", ACC_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* Not all that is pointed out was found on the pages. */
  g_signal_new ("passages-unplaced", ACC_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* What was to be brought into view does not stand on the pages. */
  signals[PASSAGE_LOST]
    = g_signal_new ("passage-lost", ACC_TYPE_PDF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "pdf.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "pdf.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "pdf.fit-width", NULL, fit_width);
  add_keys (widget_class);
  acc_pdf_view_class_init_reading (widget_class);

  gtk_widget_class_set_css_name (widget_class, "pdfview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kit/pdf-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, stack);
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, message);
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, scroller);
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, pages);
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, find_bar);
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, find_entry);
  gtk_widget_class_bind_template_child (widget_class, AccPdfView, find_count);
}

static void
acc_pdf_view_init (AccPdfView *self)
{
  self->list = g_ptr_array_new ();
  self->zoom = 1;
  self->fits = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_pdf_view_init_reading (self);
  acc_pdf_view_init_passages (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (draw_visible), self, G_CONNECT_SWAPPED);
}

GtkWidget *
acc_pdf_view_new (void)
{
  return g_object_new (ACC_TYPE_PDF_VIEW, NULL);
}

void
acc_pdf_view_set_worker (AccPdfView *self, AccWorker *paper)
{
  g_return_if_fail (ACC_IS_PDF_VIEW (self));
  g_return_if_fail (ACC_IS_WORKER (paper));
  g_return_if_fail (self->worker == NULL || self->worker == paper);

  g_set_object (&self->worker, paper);
  acc_pdf_process_keep_spare ();
}

void
acc_pdf_view_set_pdf (AccPdfView *self, GBytes *pdf)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_PDF_VIEW (self));
  g_return_if_fail (pdf == NULL || self->worker != NULL);

  clear_document (self);
  show_message (self, pdf != NULL ? _ ("Opening the letter") : "");
  if (pdf == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_opened, NULL);
  /* What was opened must be closed even where nobody wants it any more. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_bytes_ref (pdf), (GDestroyNotify) g_bytes_unref);
  acc_worker_run (self->worker, task, open_body);
}

guint
acc_pdf_view_get_n_pages (AccPdfView *self)
{
  g_return_val_if_fail (ACC_IS_PDF_VIEW (self), 0);

  return self->list->len;
}

const char *
acc_pdf_view_get_failure (AccPdfView *self)
{
  g_return_val_if_fail (ACC_IS_PDF_VIEW (self), NULL);

  return self->failure;
}
