/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/signature-pad.h"

#include "paper/strokes.h"

#include <math.h>

#define MINIMUM_WIDTH 240 /* pixels */
#define WIDEST 624        /* beyond it a hand has room enough, and what stands below is to be seen */
#define RULE_DOWN 0.74 /* where the baseline lies, of the pad's height */
#define RULE_IN 0.06   /* where it begins, of the pad's width */

struct _AccSignaturePad {
  GtkWidget parent_instance;

  GtkWidget *rule;
  GtkWidget *cross;
  GPtrArray *strokes; /* GArray of AccPoint */
  gint64 started;     /* monotonic microseconds of the first touch */
  gboolean drawing;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccSignaturePad, acc_signature_pad, GTK_TYPE_WIDGET)

/* A finger that leaves the pad draws along its edge, not outside it. */
static void
add_point (AccSignaturePad *self, double x, double y)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  GArray *stroke = g_ptr_array_index (self->strokes, self->strokes->len - 1);
  AccPoint point = { (float) CLAMP (x / width, 0, 1), (float) CLAMP (y / height, 0, 1),
                     (guint32) ((g_get_monotonic_time () - self->started) / 1000) };

  g_array_append_val (stroke, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_begin (AccSignaturePad *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->strokes->len == 0)
    self->started = g_get_monotonic_time ();
  g_ptr_array_add (self->strokes, g_array_new (FALSE, FALSE, sizeof (AccPoint)));
  self->drawing = TRUE;
  add_point (self, x, y);
}

static void
on_update (AccSignaturePad *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  double x, y;

  if (self->drawing && gtk_gesture_drag_get_start_point (gesture, &x, &y))
    add_point (self, x + offset_x, y + offset_y);
}

/* However a stroke ends, lifted or lost, what is drawn stays. */
static void
end_stroke (AccSignaturePad *self)
{
  if (!self->drawing)
    return;
  self->drawing = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "signature.clear", TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  acc_signature_pad_clear (ACC_SIGNATURE_PAD (widget));
}

static GtkSizeRequestMode
acc_signature_pad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
acc_signature_pad_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM_WIDTH;
      *natural = WIDEST;
    }
  else
    {
      /* GTK asks for the height at no width, and takes it ill if at some width, however absurd, it is more. */
      int width = for_size < 0 ? WIDEST : MIN (for_size, WIDEST);

      *minimum = *natural = (int) ceil (width / ACC_SIGNATURE_PAD_ASPECT);
    }
}

static void
acc_signature_pad_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AccSignaturePad *self = ACC_SIGNATURE_PAD (widget);
  GtkRequisition rule, cross;
  GtkAllocation place;
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int in = (int) (width * RULE_IN);
  int down = (int) (height * RULE_DOWN);

  gtk_widget_get_preferred_size (self->rule, &rule, NULL);
  gtk_widget_get_preferred_size (self->cross, &cross, NULL);
  place = (GtkAllocation){ in, down, MAX (width - 2 * in, rule.width), rule.height };
  gtk_widget_size_allocate (self->rule, &place, -1);
  place = (GtkAllocation){ from_right ? width - in - cross.width : in, down - cross.height, cross.width, cross.height };
  gtk_widget_size_allocate (self->cross, &place, -1);
}

static void
acc_signature_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AccSignaturePad *self = ACC_SIGNATURE_PAD (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  g_autoptr (AccSignature) signature = acc_signature_pad_dup_signature (self);
  cairo_t *cr;

  GTK_WIDGET_CLASS (acc_signature_pad_parent_class)->snapshot (widget, snapshot);
  if (signature == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  /* The pad is paper under every look, and this is the letter's ink. */
  cairo_set_source_rgb (cr, 0x16 / 255.0, 0x23 / 255.0, 0x3A / 255.0);
  acc_strokes_draw (signature, cr, &(AccArea){ 0, 0, width, height });
  cairo_destroy (cr);
}

static void
acc_signature_pad_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_SIGNATURE_PAD);
  G_OBJECT_CLASS (acc_signature_pad_parent_class)->dispose (object);
}

static void
acc_signature_pad_finalize (GObject *object)
{
  g_ptr_array_unref (ACC_SIGNATURE_PAD (object)->strokes);
  G_OBJECT_CLASS (acc_signature_pad_parent_class)->finalize (object);
}

static void
acc_signature_pad_class_init (AccSignaturePadClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_signature_pad_dispose;
  object_class->finalize = acc_signature_pad_finalize;
  widget_class->get_request_mode = acc_signature_pad_get_request_mode;
  widget_class->measure = acc_signature_pad_measure;
  widget_class->size_allocate = acc_signature_pad_size_allocate;
  widget_class->snapshot = acc_signature_pad_snapshot;

  signals[CHANGED]
    = g_signal_new ("changed", ACC_TYPE_SIGNATURE_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "signature.clear", NULL, clear_action);

  gtk_widget_class_set_css_name (widget_class, "signaturepad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kit/signature-pad.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSignaturePad, rule);
  gtk_widget_class_bind_template_child (widget_class, AccSignaturePad, cross);
}

static void
acc_signature_pad_init (AccSignaturePad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "signature.clear", FALSE);
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (end_stroke), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (end_stroke), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
acc_signature_pad_new (void)
{
  return g_object_new (ACC_TYPE_SIGNATURE_PAD, NULL);
}

AccSignature *
acc_signature_pad_dup_signature (AccSignaturePad *self)
{
  g_return_val_if_fail (ACC_IS_SIGNATURE_PAD (self), NULL);

  return self->strokes->len > 0 ? acc_signature_new_strokes (self->strokes) : NULL;
}

void
acc_signature_pad_set_signature (AccSignaturePad *self, AccSignature *signature)
{
  g_return_if_fail (ACC_IS_SIGNATURE_PAD (self));

  g_ptr_array_set_size (self->strokes, 0);
  self->drawing = FALSE;
  if (signature != NULL && acc_signature_get_kind (signature) == ACC_SIGNATURE_STROKES)
    for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
      {
        guint n_points;
        const AccPoint *points = acc_signature_get_stroke (signature, i, &n_points);
        GArray *stroke = g_array_new (FALSE, FALSE, sizeof (AccPoint));

        g_array_append_vals (stroke, points, n_points);
        g_ptr_array_add (self->strokes, stroke);
      }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "signature.clear", self->strokes->len > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
acc_signature_pad_clear (AccSignaturePad *self)
{
  g_return_if_fail (ACC_IS_SIGNATURE_PAD (self));

  acc_signature_pad_set_signature (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}
