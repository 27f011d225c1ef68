/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/sheet.h"

#include "base/clock.h"
#include "kit/look.h"
#include "kit/sheet-paper.h"
#include "kit/typing.h"

#define KEEP_AROUND 56 /* pixels kept in view above and below the caret */
#define KEEP_TOP 260   /* an answer further down than this is scrolled up, so that what leads to it is still seen */
#define BLINK_SECONDS 5 /* WCAG 2.2, 2.2.2 */
#define BLINK_LEAST 170 /* milliseconds, half a flash: no more than three a second (2.3.2) */

struct _AccSheet {
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  AccSheetPaper *paper;

  AccField field;
  guint index;
  GtkTextView *view;
  gboolean held; /* the view lies on the paper; else it stands elsewhere and is only followed */
  GSignalGroup *view_signals;
  GSignalGroup *buffer_signals;
  guint blink; /* source */
  gint64 blinks_until; /* microseconds since boot */
  gboolean blink_on;
  guint scroll; /* source */
};

enum { ANSWER_PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccSheet, acc_sheet, GTK_TYPE_WIDGET)

/* The view's buffer counts in characters, the paper in bytes. */
static char *
dup_text (AccSheet *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gsize
iter_byte (const char *text, const GtkTextIter *iter)
{
  return g_utf8_offset_to_pointer (text, gtk_text_iter_get_offset (iter)) - text;
}

static gsize
mark_byte (AccSheet *self, const char *text, GtkTextMark *mark)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (gtk_text_view_get_buffer (self->view), &iter, mark);
  return iter_byte (text, &iter);
}

static void
place_cursor (AccSheet *self, gsize byte, gboolean extend)
{
  g_autofree char *text = dup_text (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, g_utf8_strlen (text, MIN (byte, strlen (text))));
  if (extend)
    gtk_text_buffer_move_mark (buffer, gtk_text_buffer_get_insert (buffer), &iter);
  else
    gtk_text_buffer_place_cursor (buffer, &iter);
}

/* The line in focus, with some air, and where there is room the top of its answer too. */
static gboolean
scroll_to_focus (gpointer data)
{
  AccSheet *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  graphene_rect_t place;

  self->scroll = 0;
  if (!acc_sheet_paper_find_focus (self->paper, self->view != NULL, &place))
    return G_SOURCE_REMOVE;
  if (place.origin.y - KEEP_AROUND < value)
    gtk_adjustment_set_value (adjustment, place.origin.y - MIN (KEEP_TOP, page / 3));
  else if (place.origin.y + place.size.height + KEEP_AROUND > value + page)
    gtk_adjustment_set_value (adjustment, MIN (place.origin.y - MIN (KEEP_TOP, page / 3),
                                               place.origin.y + place.size.height + KEEP_AROUND - page * 2 / 3));
  return G_SOURCE_REMOVE;
}

/* After the layout of this frame: only then the paper has its new height. */
static void
queue_scroll (AccSheet *self)
{
  if (self->scroll == 0)
    self->scroll = g_idle_add (scroll_to_focus, self);
}

static gboolean
on_blink (gpointer data)
{
  AccSheet *self = data;

  gboolean has_ended = acc_clock_boot () >= self->blinks_until;

  self->blink_on = !self->blink_on || has_ended;
  acc_sheet_paper_show_caret (self->paper, self->blink_on);
  if (!has_ended)
    return G_SOURCE_CONTINUE;
  self->blink = 0;
  return G_SOURCE_REMOVE;
}

/* Shows the caret while the view has the focus, and lets it blink as the settings say, but no faster than anything may
 * flash and no longer than anything may move by itself; not at all where motion is not wished for. */
static void
restart_blink (AccSheet *self)
{
  gboolean focused = self->held && gtk_widget_has_focus (GTK_WIDGET (self->view)), moves = FALSE;
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int period = 0, seconds = 0;

  g_clear_handle_id (&self->blink, g_source_remove);
  acc_sheet_paper_show_caret (self->paper, focused);
  if (!focused)
    return;
  g_object_get (settings, "gtk-cursor-blink-time", &period, "gtk-cursor-blink-timeout", &seconds,
                "gtk-enable-animations", &moves, NULL);
  if (!acc_look_caret_blinks (settings) || !moves)
    return;
  self->blink_on = TRUE;
  self->blinks_until = acc_clock_boot () + MIN (seconds, BLINK_SECONDS) * G_USEC_PER_SEC;
  self->blink = g_timeout_add (MAX (period / 2, BLINK_LEAST), on_blink, self);
}

static void
on_cursor_moved (AccSheet *self)
{
  g_autofree char *text = NULL;
  GtkTextBuffer *buffer;

  if (self->view == NULL)
    return;
  buffer = gtk_text_view_get_buffer (self->view);
  text = dup_text (self);
  acc_sheet_paper_set_cursor (self->paper, mark_byte (self, text, gtk_text_buffer_get_insert (buffer)),
                              mark_byte (self, text, gtk_text_buffer_get_selection_bound (buffer)));
  restart_blink (self);
  queue_scroll (self);
}

/* What the buffer's tag for it marks. */
static void
on_tags_changed (AccSheet *self)
{
  GtkTextBuffer *buffer = self->view != NULL ? gtk_text_view_get_buffer (self->view) : NULL;
  GtkTextTag *tag
    = buffer != NULL ? gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), ACC_TYPING_MARK) : NULL;
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  if (buffer != NULL)
    gtk_text_buffer_get_start_iter (buffer, &start);
  if (tag == NULL || !(gtk_text_iter_starts_tag (&start, tag) || gtk_text_iter_forward_to_tag_toggle (&start, tag)))
    {
      acc_sheet_paper_set_mark (self->paper, 0, 0);
      return;
    }
  end = start;
  gtk_text_iter_forward_to_tag_toggle (&end, tag);
  text = dup_text (self);
  acc_sheet_paper_set_mark (self->paper, iter_byte (text, &start), iter_byte (text, &end));
}

static void
on_mark_set (AccSheet *self, GtkTextIter *iter, GtkTextMark *mark, GtkTextBuffer *buffer)
{
  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    on_cursor_moved (self);
}

static void
on_preedit_changed (AccSheet *self, const char *preedit)
{
  acc_sheet_paper_set_preedit (self->paper, preedit);
}

static gboolean
is_own_line (AccSheet *self, const AccLine *line)
{
  return line->block != G_MAXUINT && line->field == self->field && line->index == self->index;
}

/* The line of the answer that the caret stands on; FALSE if there is none. */
static gboolean
find_caret_line (AccSheet *self, AccPages *pages, gsize byte, guint *position, AccArea *caret)
{
  guint page;

  if (!acc_pages_find_caret (pages, self->field, self->index, byte, &page, caret))
    return FALSE;
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      double middle = caret->y + caret->height / 2;
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      if (is_own_line (self, &line) && line.page == page && middle >= line.area.y
          && middle <= line.area.y + line.area.height)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Up and down go by the paper's lines: the unseen view breaks its own elsewhere. */
static void
move_by_line (AccSheet *self, int count, gboolean extend)
{
  AccPages *pages = acc_sheet_paper_get_pages (self->paper);
  g_autofree char *text = dup_text (self);
  gsize byte = mark_byte (self, text, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (self->view)));
  guint position, index;
  AccArea caret;
  AccField field;
  AccLine line;

  if (pages == NULL || !find_caret_line (self, pages, byte, &position, &caret))
    return;
  if ((count < 0 && position == 0) || position + count >= acc_pages_get_n_lines (pages))
    return;
  acc_pages_get_line (pages, position + count, &line);
  if (is_own_line (self, &line)
      && acc_pages_find_byte (pages, line.page, caret.x, line.area.y + line.area.height / 2, &field, &index, &byte)
      && field == self->field && index == self->index)
    place_cursor (self, byte, extend);
}

static void
move_to_line_end (AccSheet *self, int count, gboolean extend)
{
  AccPages *pages = acc_sheet_paper_get_pages (self->paper);
  g_autofree char *text = dup_text (self);
  gsize byte = mark_byte (self, text, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (self->view)));
  guint position, index;
  AccArea caret;
  AccField field;
  AccLine line;
  double x;

  if (pages == NULL || !find_caret_line (self, pages, byte, &position, &caret))
    return;
  acc_pages_get_line (pages, position, &line);
  x = count < 0 ? line.area.x : line.area.x + line.area.width;
  if (acc_pages_find_byte (pages, line.page, x, line.area.y + line.area.height / 2, &field, &index, &byte))
    place_cursor (self, byte, extend);
}

static void
on_move_cursor (AccSheet *self, GtkMovementStep step, int count, gboolean extend, GtkTextView *view)
{
  if (!self->held)
    return;
  if (step == GTK_MOVEMENT_DISPLAY_LINES && ABS (count) == 1)
    move_by_line (self, count, extend);
  else if (step == GTK_MOVEMENT_DISPLAY_LINE_ENDS)
    move_to_line_end (self, count, extend);
  else
    return;
  g_signal_stop_emission_by_name (view, "move-cursor");
}

/* A tap on another answer asks for it; one on the answer in focus places the caret. */
static void
on_pressed (AccSheet *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  graphene_point_t point;
  AccField field;
  guint page, index;
  gsize byte;

  if (!acc_sheet_paper_find_point (self->paper, x, y, &page, &point)
      || !acc_pages_find_byte (acc_sheet_paper_get_pages (self->paper), page, point.x, point.y, &field, &index, &byte))
    return;
  if (field != self->field || index != self->index)
    g_signal_emit (self, signals[ANSWER_PICKED], 0, (guint) field, index);
  if (self->view == NULL || field != self->field || index != self->index)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  place_cursor (self, byte,
                (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) & GDK_SHIFT_MASK) != 0);
}

/* The mouse selects; a finger scrolls. */
static void
on_drag (AccSheet *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));
  graphene_point_t point;
  double x, y;
  AccField field;
  guint page, index;
  gsize byte;

  if (self->view == NULL || device == NULL || gdk_device_get_source (device) != GDK_SOURCE_MOUSE
      || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (acc_sheet_paper_find_point (self->paper, x + offset_x, y + offset_y, &page, &point)
      && acc_pages_find_byte (acc_sheet_paper_get_pages (self->paper), page, point.x, point.y, &field, &index, &byte)
      && field == self->field && index == self->index && (ABS (offset_x) > 4 || ABS (offset_y) > 4))
    place_cursor (self, byte, TRUE);
}

static void
acc_sheet_dispose (GObject *object)
{
  AccSheet *self = ACC_SHEET (object);

  g_clear_handle_id (&self->blink, g_source_remove);
  g_clear_handle_id (&self->scroll, g_source_remove);
  if (self->view_signals != NULL)
    {
      g_signal_group_set_target (self->view_signals, NULL);
      g_signal_group_set_target (self->buffer_signals, NULL);
    }
  g_clear_object (&self->view_signals);
  g_clear_object (&self->buffer_signals);
  if (self->paper != NULL)
    acc_sheet_paper_set_view (self->paper, NULL);
  g_clear_object (&self->view);
  self->paper = NULL;
  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;
  G_OBJECT_CLASS (acc_sheet_parent_class)->dispose (object);
}

static void
acc_sheet_class_init (AccSheetClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_sheet_dispose;

  /* (field, index): somebody has tapped into another answer than the one in focus */
  signals[ANSWER_PICKED] = g_signal_new ("answer-picked", ACC_TYPE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "sheet");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
connect_view (AccSheet *self)
{
  self->view_signals = g_signal_group_new (GTK_TYPE_TEXT_VIEW);
  g_signal_group_connect_swapped (self->view_signals, "move-cursor", G_CALLBACK (on_move_cursor), self);
  g_signal_group_connect_swapped (self->view_signals, "preedit-changed", G_CALLBACK (on_preedit_changed), self);
  g_signal_group_connect_swapped (self->view_signals, "notify::has-focus", G_CALLBACK (restart_blink), self);
  self->buffer_signals = g_signal_group_new (GTK_TYPE_TEXT_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "mark-set", G_CALLBACK (on_mark_set), self);
  g_signal_group_connect_swapped (self->buffer_signals, "changed", G_CALLBACK (on_cursor_moved), self);
  g_signal_group_connect_data (self->buffer_signals, "apply-tag", G_CALLBACK (on_tags_changed), self, NULL,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_group_connect_data (self->buffer_signals, "remove-tag", G_CALLBACK (on_tags_changed), self, NULL,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
acc_sheet_init (AccSheet *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkWidget *viewport = g_object_new (GTK_TYPE_VIEWPORT, "scroll-to-focus", FALSE, NULL);

  self->paper = g_object_new (ACC_TYPE_SHEET_PAPER, NULL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->paper));
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", viewport,
                                 "focusable", FALSE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->scroller), GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed", G_CALLBACK (queue_scroll),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->paper), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self->paper), GTK_EVENT_CONTROLLER (drag));
  connect_view (self);
}

GtkWidget *
acc_sheet_new (void)
{
  return g_object_new (ACC_TYPE_SHEET, NULL);
}

void
acc_sheet_set_pages (AccSheet *self, AccPages *pages)
{
  g_return_if_fail (ACC_IS_SHEET (self));
  g_return_if_fail (pages == NULL || ACC_IS_PAGES (pages));

  acc_sheet_paper_set_pages (self->paper, pages);
  if (pages == NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  queue_scroll (self);
}

AccPages *
acc_sheet_get_pages (AccSheet *self)
{
  g_return_val_if_fail (ACC_IS_SHEET (self), NULL);

  return acc_sheet_paper_get_pages (self->paper);
}

void
acc_sheet_set_focus_field (AccSheet *self, AccField field, guint index)
{
  g_return_if_fail (ACC_IS_SHEET (self));

  if (self->field == field && self->index == index)
    return;
  self->field = field;
  self->index = index;
  acc_sheet_paper_set_field (self->paper, field, index);
  queue_scroll (self);
}

static void
attach_view (AccSheet *self, GtkTextView *view, gboolean held)
{
  if (self->view == view && self->held == held)
    return;
  self->held = held;
  acc_sheet_paper_set_view (self->paper, held ? GTK_WIDGET (view) : NULL);
  acc_sheet_paper_set_preedit (self->paper, "");
  g_set_object (&self->view, view);
  g_signal_group_set_target (self->view_signals, view);
  g_signal_group_set_target (self->buffer_signals, view != NULL ? gtk_text_view_get_buffer (view) : NULL);
  restart_blink (self);
  on_cursor_moved (self);
  on_tags_changed (self);
}

void
acc_sheet_set_text_view (AccSheet *self, GtkTextView *view)
{
  g_return_if_fail (ACC_IS_SHEET (self));
  g_return_if_fail (view == NULL || GTK_IS_TEXT_VIEW (view));

  attach_view (self, view, view != NULL);
}

void
acc_sheet_follow_text_view (AccSheet *self, GtkTextView *view)
{
  g_return_if_fail (ACC_IS_SHEET (self));
  g_return_if_fail (view == NULL || GTK_IS_TEXT_VIEW (view));

  attach_view (self, view, FALSE);
}

GtkTextView *
acc_sheet_get_text_view (AccSheet *self)
{
  g_return_val_if_fail (ACC_IS_SHEET (self), NULL);

  return self->view;
}

gboolean
acc_sheet_find_caret (AccSheet *self, gsize byte, graphene_rect_t *caret)
{
  AccPages *pages;
  graphene_point_t point;
  graphene_rect_t place;
  AccArea area;
  guint page;

  g_return_val_if_fail (ACC_IS_SHEET (self), FALSE);
  g_return_val_if_fail (caret != NULL, FALSE);

  pages = acc_sheet_paper_get_pages (self->paper);
  if (pages == NULL || !acc_pages_find_caret (pages, self->field, self->index, byte, &page, &area))
    return FALSE;
  acc_sheet_paper_place_area (self->paper, page, &area, &place);
  if (!gtk_widget_compute_point (GTK_WIDGET (self->paper), GTK_WIDGET (self), &place.origin, &point))
    return FALSE;
  *caret = GRAPHENE_RECT_INIT (point.x, point.y, place.size.width, place.size.height);
  return TRUE;
}
