/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selecting, copying and finding what stands on the pages. */
#include "kit/pdf-view-private.h"

#include "kit/typing.h"

#include <glib/gi18n-lib.h>

static const char *const actions[]
  = { "pdf.select-all", "pdf.copy", "pdf.find", "pdf.find-next", "pdf.find-previous", "pdf.find-end" };

static AccPdfPage *
get_page (AccPdfView *self, guint page)
{
  return g_ptr_array_index (self->list, page);
}

/* ---- the selection ---- */

static gboolean
is_before (AccPdfCaret one, AccPdfCaret other)
{
  return one.page < other.page || (one.page == other.page && one.at < other.at);
}

/* What of @page is selected; nothing where the range is empty. */
static AccPdfRange
find_selected (AccPdfView *self, guint page)
{
  AccPdfCaret from = is_before (self->anchor, self->head) ? self->anchor : self->head;
  AccPdfCaret to = is_before (self->anchor, self->head) ? self->head : self->anchor;
  AccPdfRange range = { page == from.page ? from.at : 0, page == to.page ? to.at : G_MAXUINT };

  return page < from.page || page > to.page ? (AccPdfRange){ 0, 0 } : range;
}

static gboolean
has_selection (AccPdfView *self)
{
  return is_before (self->anchor, self->head) || is_before (self->head, self->anchor);
}

char *
acc_pdf_view_dup_selection (AccPdfView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (ACC_IS_PDF_VIEW (self), NULL);

  for (guint i = 0; has_selection (self) && i < self->list->len; i++)
    {
      const AccPdfLayout *layout = acc_pdf_page_get_layout (get_page (self, i));
      AccPdfRange range = find_selected (self, i);
      g_autofree char *part = NULL;

      if (layout == NULL || range.start >= range.end)
        continue;
      part = acc_pdf_layout_dup_text (layout, range);
      g_string_append_printf (text, "%s%s", text->len > 0 && part[0] != '\0' ? "\n" : "", part);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* ---- marks ---- */

void
acc_pdf_view_add_marks (GArray *marks, const AccPdfLayout *layout, AccPdfRange range, AccPdfMarkKind kind)
{
  g_autoptr (GArray) areas = acc_pdf_layout_list_areas (layout, range);

  for (guint i = 0; i < areas->len; i++)
    {
      const AccPdfMark mark = { g_array_index (areas, AccPdfPlace, i), kind };

      g_array_append_val (marks, mark);
    }
}

static void
mark_page (AccPdfView *self, guint page)
{
  const AccPdfLayout *layout = acc_pdf_page_get_layout (get_page (self, page));
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (AccPdfMark));

  if (layout == NULL)
    return;
  acc_pdf_view_mark_passages (self, page, marks);
  for (guint i = 0; i < self->matches->len; i++)
    {
      const AccPdfMatch *match = &g_array_index (self->matches, AccPdfMatch, i);

      if (match->page == page)
        acc_pdf_view_add_marks (marks, layout, match->range,
                                i == self->current ? ACC_PDF_MARK_CURRENT : ACC_PDF_MARK_FOUND);
    }
  if (has_selection (self))
    acc_pdf_view_add_marks (marks, layout, find_selected (self, page), ACC_PDF_MARK_SELECTED);
  acc_pdf_page_set_marks (get_page (self, page), marks);
}

void
acc_pdf_view_mark_pages (AccPdfView *self)
{
  for (guint i = 0; i < self->list->len; i++)
    mark_page (self, i);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.copy", self->readable && has_selection (self));
}

/* ---- by the pointer ---- */

/* The place nearest to a point of the pages. FALSE where no page is there, or nothing is known of it. */
static gboolean
find_caret (AccPdfView *self, double x, double y, AccPdfCaret *caret)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      AccPdfPage *page = get_page (self, i);
      const AccPdfLayout *layout = acc_pdf_page_get_layout (page);
      double zoom = acc_pdf_page_get_zoom (page);
      graphene_rect_t bounds;

      if (layout == NULL || layout->n == 0
          || !gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (self->pages), &bounds)
          || y < bounds.origin.y || y > bounds.origin.y + bounds.size.height)
        continue;
      *caret = (AccPdfCaret){ i, acc_pdf_layout_find_nearest (layout, (x - bounds.origin.x) / zoom,
                                                              (y - bounds.origin.y) / zoom) };
      return TRUE;
    }
  return FALSE;
}

static void
on_drag_begin (AccPdfView *self, double x, double y)
{
  AccPdfCaret caret;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_caret (self, x, y, &caret))
    caret = (AccPdfCaret){ 0, 0 };
  self->anchor = self->head = caret;
  acc_pdf_view_mark_pages (self);
}

static void
on_drag_update (AccPdfView *self, double across, double down, GtkGestureDrag *drag)
{
  double x, y;
  AccPdfCaret caret;

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y) || !find_caret (self, x + across, y + down, &caret))
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  self->head = caret;
  acc_pdf_view_mark_pages (self);
}

/* ---- by keys ---- */

static void
select_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccPdfView *self = ACC_PDF_VIEW (widget);

  if (self->list->len == 0)
    return;
  self->anchor = (AccPdfCaret){ 0, 0 };
  self->head = (AccPdfCaret){ self->list->len - 1, G_MAXUINT };
  for (guint i = 0; i < self->list->len; i++)
    if (acc_pdf_page_get_layout (get_page (self, i)) == NULL)
      acc_pdf_view_ask_layout (self, i);
  acc_pdf_view_mark_pages (self);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *text = acc_pdf_view_dup_selection (ACC_PDF_VIEW (widget));

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* ---- finding ---- */

static const char *
get_words (AccPdfView *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
}

static gboolean
is_finding (AccPdfView *self)
{
  return gtk_widget_get_visible (self->find_bar) && get_words (self)[0] != '\0';
}

guint
acc_pdf_view_find_unread (AccPdfView *self)
{
  for (guint i = 0; i < self->list->len; i++)
    if (acc_pdf_page_get_layout (get_page (self, i)) == NULL)
      return i;
  return G_MAXUINT;
}

static gboolean
is_all_read (AccPdfView *self)
{
  return acc_pdf_view_find_unread (self) == G_MAXUINT;
}

static void
tell_count (AccPdfView *self)
{
  g_autofree char *told = NULL;
  gboolean found = self->matches->len > 0;

  if (found)
    told = g_strdup_printf (_ ("%u of %u"), self->current + 1, self->matches->len);
  else if (is_finding (self))
    told = g_strdup (is_all_read (self) ? _ ("Not found") : _ ("Reading"));
  gtk_label_set_text (GTK_LABEL (self->find_count), told != NULL ? told : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.find-next", found);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.find-previous", found);
}

/* Into the view's middle, as far as it can. */
static void
show_at (GtkAdjustment *adjustment, double at)
{
  double page = gtk_adjustment_get_page_size (adjustment), value = gtk_adjustment_get_value (adjustment);

  if (at < value + page / 8 || at > value + page * 7 / 8)
    gtk_adjustment_set_value (adjustment, at - page / 2);
}

void
acc_pdf_view_bring_place_into_view (AccPdfView *self, guint page, const AccPdfPlace *place)
{
  GtkWidget *on = GTK_WIDGET (get_page (self, page));
  double zoom = acc_pdf_page_get_zoom (get_page (self, page));
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (on, GTK_WIDGET (self->pages), &bounds))
    return;
  show_at (gtk_scrolled_window_get_vadjustment (self->scroller),
           bounds.origin.y + (place->top + place->bottom) / 2 * zoom);
  show_at (gtk_scrolled_window_get_hadjustment (self->scroller),
           bounds.origin.x + (place->left + place->right) / 2 * zoom);
}

void
acc_pdf_view_bring_into_view (AccPdfView *self, const AccPdfMatch *match)
{
  const AccPdfLayout *layout = acc_pdf_page_get_layout (get_page (self, match->page));
  g_autoptr (GArray) areas = acc_pdf_layout_list_areas (layout, match->range);

  if (areas->len > 0)
    acc_pdf_view_bring_place_into_view (self, match->page, &g_array_index (areas, AccPdfPlace, 0));
}

static void
show_current (AccPdfView *self)
{
  acc_pdf_view_bring_into_view (self, &g_array_index (self->matches, AccPdfMatch, self->current));
}

static void
go_to (AccPdfView *self, guint match)
{
  self->current = match;
  show_current (self);
  acc_pdf_view_mark_pages (self);
  tell_count (self);
}

static void
find_on_page (AccPdfView *self, guint page)
{
  const AccPdfLayout *layout = acc_pdf_page_get_layout (get_page (self, page));
  g_autoptr (GArray) found = layout != NULL ? acc_pdf_layout_find (layout, get_words (self)) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const AccPdfMatch match = { page, g_array_index (found, AccPdfRange, i) };

      g_array_append_val (self->matches, match);
    }
}

/* Anew over all pages; those that are not read yet are asked for, and bring it here again. */
static void
find (AccPdfView *self)
{
  guint before = self->current;

  g_array_set_size (self->matches, 0);
  self->current = 0;
  for (guint i = 0; is_finding (self) && i < self->list->len; i++)
    find_on_page (self, i);
  if (self->matches->len > 0)
    self->current = MIN (before, self->matches->len - 1);
  acc_pdf_view_mark_pages (self);
  tell_count (self);
}

/* One page at a time: a long document holds up nobody who waits for a picture. */
static void
ask_next (AccPdfView *self)
{
  guint unread = acc_pdf_view_find_unread (self);

  if (is_finding (self) && unread != G_MAXUINT)
    acc_pdf_view_ask_layout (self, unread);
}

static void
on_words_changed (AccPdfView *self)
{
  self->current = 0;
  find (self);
  if (self->matches->len > 0)
    go_to (self, 0);
  ask_next (self);
}

static void
step (AccPdfView *self, guint by)
{
  if (self->matches->len > 0)
    go_to (self, (self->current + by) % self->matches->len);
}

static void
find_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (ACC_PDF_VIEW (widget), 1);
}

static void
find_previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (ACC_PDF_VIEW (widget), ACC_PDF_VIEW (widget)->matches->len - 1);
}

static void
begin_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccPdfView *self = ACC_PDF_VIEW (widget);

  gtk_widget_set_visible (self->find_bar, TRUE);
  gtk_widget_action_set_enabled (widget, "pdf.find-end", TRUE);
  gtk_widget_grab_focus (self->find_entry);
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
  on_words_changed (self);
}

/* What was found last stays selected: the keyboard's way to select and copy it. */
static void
end_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccPdfView *self = ACC_PDF_VIEW (widget);

  if (self->matches->len > 0)
    {
      const AccPdfMatch *match = &g_array_index (self->matches, AccPdfMatch, self->current);

      self->anchor = (AccPdfCaret){ match->page, match->range.start };
      self->head = (AccPdfCaret){ match->page, match->range.end };
    }
  gtk_widget_set_visible (self->find_bar, FALSE);
  gtk_widget_action_set_enabled (widget, "pdf.find-end", FALSE);
  find (self);
  gtk_widget_grab_focus (widget);
}

static void
on_stop_search (AccPdfView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pdf.find-end", NULL);
}

static void
on_entry_activated (AccPdfView *self)
{
  step (self, 1);
}

/* Too long to be on a page is not found; there is nothing to say of it. */
static void
on_words_cut (AccTextChange change, gpointer data)
{
}

/* ---- the view's ---- */

void
acc_pdf_view_take_layout (AccPdfView *self, guint page)
{
  if (is_finding (self))
    {
      gboolean none = self->matches->len == 0;

      find (self);
      if (none && self->matches->len > 0)
        show_current (self);
      ask_next (self);
    }
  else
    mark_page (self, page);
  acc_pdf_view_place_passages (self);
}

/* A new document, or a change of its own: what is looked for stays, what was selected does not. */
void
acc_pdf_view_clear_reading (AccPdfView *self)
{
  self->anchor = self->head = (AccPdfCaret){ 0, 0 };
  self->current = 0;
  g_array_set_size (self->matches, 0);
  acc_pdf_view_clear_places (self);
}

void
acc_pdf_view_make_readable (AccPdfView *self)
{
  GtkGesture *drag;

  g_return_if_fail (ACC_IS_PDF_VIEW (self) && !self->readable);

  self->readable = TRUE;
  drag = gtk_gesture_drag_new ();
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_update), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->pages), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->pages), "text");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.select-all", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pdf.find", TRUE);
}

void
acc_pdf_view_class_init_reading (GtkWidgetClass *class)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_a, GDK_CONTROL_MASK, "pdf.select-all" }, { GDK_KEY_c, GDK_CONTROL_MASK, "pdf.copy" },
    { GDK_KEY_f, GDK_CONTROL_MASK, "pdf.find" },       { GDK_KEY_F3, 0, "pdf.find-next" },
    { GDK_KEY_F3, GDK_SHIFT_MASK, "pdf.find-previous" }, { GDK_KEY_Escape, 0, "pdf.find-end" },
  };
  const GtkWidgetActionActivateFunc verbs[G_N_ELEMENTS (actions)]
    = { select_all, copy, begin_find, find_next, find_previous, end_find };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (class, actions[i], NULL, verbs[i]);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

/* Nothing of it can be done until the view is made readable. */
void
acc_pdf_view_init_reading (AccPdfView *self)
{
  self->matches = g_array_new (FALSE, FALSE, sizeof (AccPdfMatch));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], FALSE);
  acc_typing_watch_editable (GTK_EDITABLE (self->find_entry), on_words_cut, self);
  g_signal_connect_object (self->find_entry, "search-changed", G_CALLBACK (on_words_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_entry, "stop-search", G_CALLBACK (on_stop_search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_entry, "activate", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find_entry, "next-match", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
}
