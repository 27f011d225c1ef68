/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/answer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "kit/entry-side.h"
#include "kit/look.h"
#include "kit/typing.h"
#include "letter/guard.h"

#define RING 4 /* pixels round the control, for the ring of what has the focus */

struct _AccAnswer {
  GtkWidget parent_instance;

  GtkLabel *question;
  GtkLabel *hint;
  GtkBox *place;
  GtkLabel *message;
  GtkWidget *something_else;
  GtkLabel *note;

  GtkWidget *control;
  GtkScrolledWindow *field; /* a story's, lent: where it is typed unless that is on the sheet */
  GSignalGroup *room;       /* of the page's scroller, while it is shown */
  guint tick;               /* of the frame clock */
  guint scroll;             /* source */
  double hint_height;       /* of the hint, in pixels, while it gives way; 0: it does not */
  double hint_room;         /* … and the room that it gave way in */
  char *missing;
  GStrv innocent; /* numbers that are not what they look like */
  char *number;   /* the one that is asked about; NULL: none, or one that must be taken out */
  gboolean has_number, marked;
  gboolean own_question; /* from the template */
};

enum { CHANGED, SOMETHING_ELSE, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { PROP_0, PROP_QUESTION, PROP_HINT, N_PROPS };
static GParamSpec *props[N_PROPS];

static void acc_answer_buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (AccAnswer, acc_answer, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, acc_answer_buildable_init))

static void queue_scroll (AccAnswer *self);

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* Where the first line of @label begins that lies below @top, in the page. */
static double
find_line_below (GtkLabel *label, double label_top, double top)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (gtk_label_get_layout (label));
  int x, y;

  gtk_label_get_layout_offsets (label, &x, &y);
  do
    {
      int start, end;

      pango_layout_iter_get_line_yrange (iter, &start, &end);
      if (label_top + y + (double) start / PANGO_SCALE >= top - 1)
        return label_top + y + (double) start / PANGO_SCALE;
      if (pango_layout_iter_at_last_line (iter))
        return label_top + y + (double) end / PANGO_SCALE;
    }
  while (pango_layout_iter_next_line (iter));
  return top;
}

/* Nothing that is read lies half above the page's edge @top: where to put that, in the page. */
static double
find_whole_top (GtkWidget *widget, GtkWidget *page, double top)
{
  graphene_rect_t place, whole;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, page, &place)
      || !gtk_widget_compute_bounds (page, page, &whole))
    return top;
  graphene_rect_offset (&place, 0, -whole.origin.y);
  if (place.origin.y >= top || place.origin.y + place.size.height <= top)
    return top;
  if (GTK_IS_LABEL (widget))
    return find_line_below (GTK_LABEL (widget), place.origin.y, top);
  if (GTK_IS_CHECK_BUTTON (widget) || GTK_IS_BUTTON (widget))
    return place.origin.y + place.size.height;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      double whole_top = find_whole_top (child, page, top);

      if (whole_top > top)
        return whole_top;
    }
  return top;
}

/* Scrolls on to where no line is cut across, @most at most; below the page's end there may have to be some room for that. */
static void
show_whole_lines (AccAnswer *self, GtkWidget *page, GtkAdjustment *down, double most)
{
  double top = MIN (ceil (find_whole_top (page, page, gtk_adjustment_get_value (down))), most);
  int spare = gtk_widget_get_margin_bottom (page);
  double end = gtk_adjustment_get_upper (down) - spare;
  int lacking = top > 0 ? (int) MAX (top + gtk_adjustment_get_page_size (down) - end, 0) : 0;

  if (lacking != spare)
    {
      gtk_widget_set_margin_bottom (page, lacking);
      queue_scroll (self);
    }
  gtk_adjustment_set_value (down, top);
}

static void
bring_hint_back (AccAnswer *self)
{
  self->hint_height = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->hint), gtk_label_get_text (self->hint)[0] != '\0');
}

/* The hint stands between the question and the line, and gives way where both do not fit with it; it comes back with as much
 * room more, so that it does not come and go while somebody writes. */
static void
fit_hint (AccAnswer *self, double needed, double room)
{
  GtkWidget *hint = GTK_WIDGET (self->hint);
  graphene_rect_t own;

  if (self->hint_height > 0 && room >= self->hint_room + self->hint_height)
    {
      bring_hint_back (self);
      queue_scroll (self);
    }
  else if (self->hint_height == 0 && needed > room && gtk_widget_get_mapped (hint)
           && gtk_widget_compute_bounds (hint, GTK_WIDGET (self), &own)
           && needed - own.size.height <= room)
    {
      self->hint_height = own.size.height;
      self->hint_room = room;
      gtk_widget_set_visible (hint, FALSE);
      queue_scroll (self);
    }
}

/* The question with the line, where the page has room for both. */
static void
add_question (AccAnswer *self, GtkWidget *page, double room, graphene_rect_t *shown)
{
  graphene_rect_t question;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->question))
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->question), page, &question))
    return;
  graphene_rect_union (&question, shown, &question);
  fit_hint (self, question.size.height, room);
  if (question.size.height <= room)
    *shown = question;
}

/* Whether the line being written is another question's, within this one's answer; or, while this one's is on the sheet,
 * something of @page has the focus, and is in view already. */
static gboolean
is_elsewhere (AccAnswer *self, GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL)
    return FALSE;
  if (!gtk_widget_is_ancestor (self->control, page))
    return gtk_widget_is_ancestor (focus, page);
  return gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
         && gtk_widget_get_ancestor (focus, ACC_TYPE_ANSWER) != GTK_WIDGET (self);
}

/* Adds the place that @widget has in @page to @shown, which is empty with a height of 0. */
static void
add_place (GtkWidget *widget, GtkWidget *page, graphene_rect_t *shown)
{
  graphene_rect_t place;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_ancestor (widget, page)
      || !gtk_widget_compute_bounds (widget, page, &place))
    return;
  if (shown->size.height > 0)
    graphene_rect_union (&place, shown, shown);
  else
    *shown = place;
}

/* Where the page is higher than its room, the control and what is wrong with it are shown, the control first, unless
 * that is on the sheet. Counted in the page: how far that is scrolled may have changed since it was laid out. */
static void
scroll_page (AccAnswer *self)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkWidget *page = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  graphene_rect_t shown = { 0 }, whole;
  GtkAdjustment *down;
  double top;

  if (page == NULL || is_elsewhere (self, page) || !gtk_widget_compute_bounds (page, page, &whole))
    return;
  add_place (self->control, page, &shown);
  add_place (GTK_WIDGET (self->message), page, &shown);
  add_place (self->something_else, page, &shown);
  if (shown.size.height == 0)
    return;
  down = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  graphene_rect_inset (&shown, 0, -RING);
  add_question (self, page, gtk_adjustment_get_page_size (down), &shown);
  graphene_rect_round_extents (&shown, &shown);
  top = MAX (shown.origin.y - whole.origin.y, 0);
  gtk_adjustment_clamp_page (down, top, top + shown.size.height);
  show_whole_lines (self, page, down, top);
}

static gboolean
on_scroll (gpointer data)
{
  AccAnswer *self = data;

  self->scroll = 0;
  if (self->control == NULL)
    return G_SOURCE_REMOVE;
  if (self->field != NULL && gtk_widget_get_visible (GTK_WIDGET (self->field)))
    {
      GtkTextView *view = GTK_TEXT_VIEW (self->control);

      gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)));
    }
  scroll_page (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AccAnswer *self = ACC_ANSWER (widget);

  self->tick = 0;
  if (self->scroll == 0)
    self->scroll = g_idle_add (on_scroll, self);
  return G_SOURCE_REMOVE;
}

/* Keeps in view what is being written: after the layout of the next frame, which alone knows the places. */
static void
queue_scroll (AccAnswer *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* The keyboard takes some of the page's room, and gives it back. */
static void
on_room (AccAnswer *self)
{
  if (self->control != NULL
      && (self->hint_height > 0 || (gtk_widget_get_state_flags (self->control) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0))
    queue_scroll (self);
}

static void
acc_answer_map (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  GTK_WIDGET_CLASS (acc_answer_parent_class)->map (widget);
  if (viewport != NULL)
    g_signal_group_set_target (ACC_ANSWER (widget)->room, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)));
}

static void
acc_answer_unmap (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *page = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;

  g_signal_group_set_target (ACC_ANSWER (widget)->room, NULL);
  bring_hint_back (ACC_ANSWER (widget));
  if (page != NULL)
    gtk_widget_set_margin_bottom (page, 0); /* the next one may fit */
  GTK_WIDGET_CLASS (acc_answer_parent_class)->unmap (widget);
}

static void
mark_number (AccAnswer *self, const char *text, const AccGuardFind *find)
{
  if (find == NULL && !self->marked)
    return;
  self->marked = find != NULL;
  if (GTK_IS_ENTRY (self->control))
    {
      g_autoptr (PangoAttrList) marks = pango_attr_list_new ();

      if (find != NULL)
        {
          PangoAttribute *mark = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

          mark->start_index = (guint) find->start;
          mark->end_index = (guint) find->end;
          pango_attr_list_insert (marks, mark);
        }
      gtk_entry_set_attributes (GTK_ENTRY (self->control), marks);
    }
  else if (GTK_IS_TEXT_VIEW (self->control))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control));
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_remove_tag_by_name (buffer, ACC_TYPING_MARK, &start, &end);
      if (find == NULL)
        return;
      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (text, text + find->start));
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) g_utf8_pointer_to_offset (text, text + find->end));
      gtk_text_buffer_apply_tag_by_name (buffer, ACC_TYPING_MARK, &start, &end);
    }
}

/* Marks the number that keeps the letter from going on, and asks about one that may be something else. What is wrong with
 * it, or NULL. */
static char *
look_for_number (AccAnswer *self)
{
  g_autofree char *text = acc_answer_dup_text (self);
  AccGuardFind find;

  self->has_number = acc_guard_find_open (text, (const char *const *) self->innocent, &find);
  mark_number (self, text, self->has_number ? &find : NULL);
  g_clear_pointer (&self->number, g_free);
  if (self->has_number && !acc_guard_is_certain (find.kind))
    self->number = g_strndup (text + find.start, find.end - find.start);
  gtk_widget_set_visible (self->something_else, self->number != NULL);
  return self->has_number ? acc_guard_sentence (text, &find) : NULL;
}

/* One place for what is wrong: a number comes first, then what is missing. */
static void
update_message (AccAnswer *self)
{
  g_autofree char *number = look_for_number (self);
  const char *message = number != NULL ? number : self->missing;

  if (g_strcmp0 (message != NULL ? message : "", gtk_label_get_text (self->message)) != 0)
    queue_scroll (self);
  show_label (self->message, message);
  if (self->control == NULL)
    return;
  acc_look_set_class (self->control, "error", message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
on_note (AccTextChange change, gpointer data)
{
  AccAnswer *self = data;

  show_label (self->note, (change & ACC_TEXT_CUT) != 0 ? _ ("That is as much as fits; the rest was left out.")
                                                       : _ ("Some characters cannot be printed and were left out."));
}

static void
on_changed (AccAnswer *self)
{
  update_message (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_something_else (AccAnswer *self)
{
  g_autofree char *number = g_strdup (self->number);

  if (number == NULL)
    return;
  g_signal_emit (self, signals[SOMETHING_ELSE], 0, number);
  acc_answer_focus (self);
}

/* The note is about the last insertion: it goes when the person goes on. */
static void
on_insert (AccAnswer *self)
{
  show_label (self->note, NULL);
}

/* Return goes on at once; the window's default button would wait for its own animation. */
static void
on_activate (AccAnswer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "letter.next", NULL);
}

static void
take_entry (AccAnswer *self, GtkEntry *entry)
{
  acc_entry_side_watch (entry);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "insert-text", G_CALLBACK (on_insert),
                           self, G_CONNECT_SWAPPED);
  acc_typing_watch_editable (GTK_EDITABLE (entry), on_note, self);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->place, GTK_WIDGET (entry));
}

static void
add_field (AccAnswer *self)
{
  GtkAdjustment *down;

  self->field = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "focusable", FALSE,
                              "vexpand", TRUE, "visible", FALSE, "css-classes", (const char *[]){ "story", NULL }, NULL);
  down = gtk_scrolled_window_get_vadjustment (self->field);
  g_signal_connect_object (down, "notify::page-size", G_CALLBACK (queue_scroll), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_after (GTK_WIDGET (self->field), GTK_WIDGET (self), GTK_WIDGET (self->place));
}

static void
take_text_view (AccAnswer *self, GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  add_field (self);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (on_insert), self, G_CONNECT_SWAPPED);
  acc_typing_watch_view (view, ACC_STORY_MAX, on_note, self);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->place), FALSE);
}

static void
take_control (AccAnswer *self, GtkWidget *control)
{
  g_return_if_fail (self->control == NULL);

  self->control = g_object_ref_sink (control);
  if (GTK_IS_ENTRY (control))
    take_entry (self, GTK_ENTRY (control));
  else if (GTK_IS_TEXT_VIEW (control))
    take_text_view (self, GTK_TEXT_VIEW (control));
  else
    gtk_box_append (self->place, control);
  gtk_label_set_mnemonic_widget (self->question, control);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->question, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint, NULL,
                                  GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->message, -1);
}

static void
acc_answer_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  AccAnswer *self = ACC_ANSWER (buildable);

  /* The template's own children come through here too, before they are bound. */
  if (self->place == NULL)
    parent_buildable->add_child (buildable, builder, child, type);
  else if (self->control == NULL)
    take_control (self, GTK_WIDGET (child));
  else
    gtk_box_append (self->place, GTK_WIDGET (child));
}

static void
acc_answer_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = acc_answer_add_child;
}

static void
acc_answer_set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
  AccAnswer *self = ACC_ANSWER (object);

  switch (property)
    {
    case PROP_QUESTION:
      gtk_label_set_text (self->question, g_value_get_string (value));
      self->own_question = TRUE;
      break;
    case PROP_HINT:
      show_label (self->hint, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
acc_answer_dispose (GObject *object)
{
  AccAnswer *self = ACC_ANSWER (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
  if (self->field != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->field));
  self->field = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ACC_TYPE_ANSWER);
  g_clear_object (&self->control);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (acc_answer_parent_class)->dispose (object);
}

static void
acc_answer_finalize (GObject *object)
{
  AccAnswer *self = ACC_ANSWER (object);

  g_free (self->missing);
  g_free (self->number);
  g_strfreev (self->innocent);
  G_OBJECT_CLASS (acc_answer_parent_class)->finalize (object);
}

static void
acc_answer_class_init (AccAnswerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = acc_answer_set_property;
  object_class->dispose = acc_answer_dispose;
  object_class->finalize = acc_answer_finalize;
  widget_class->map = acc_answer_map;
  widget_class->unmap = acc_answer_unmap;

  /* For questions that never name anybody: said once, in the template. */
  props[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", ACC_TYPE_ANSWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[SOMETHING_ELSE] = g_signal_new ("something-else", ACC_TYPE_ANSWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "answer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/answer.ui");
  gtk_widget_class_bind_template_child (widget_class, AccAnswer, question);
  gtk_widget_class_bind_template_child (widget_class, AccAnswer, hint);
  gtk_widget_class_bind_template_child (widget_class, AccAnswer, place);
  gtk_widget_class_bind_template_child (widget_class, AccAnswer, message);
  gtk_widget_class_bind_template_child (widget_class, AccAnswer, something_else);
  gtk_widget_class_bind_template_child (widget_class, AccAnswer, note);
  gtk_widget_class_bind_template_callback (widget_class, on_something_else);
}

static void
acc_answer_init (AccAnswer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_label (self->hint, NULL);
  self->room = g_signal_group_new (GTK_TYPE_ADJUSTMENT);
  g_signal_group_connect_swapped (self->room, "notify::page-size", G_CALLBACK (on_room), self);
}

void
acc_answer_set_question (AccAnswer *self, const char *question, const char *hint)
{
  g_return_if_fail (ACC_IS_ANSWER (self));

  if (self->own_question)
    return;
  gtk_label_set_text (self->question, question);
  show_label (self->hint, hint);
  self->hint_height = 0;
}

char *
acc_answer_dup_text (AccAnswer *self)
{
  GtkTextIter start, end;
  GtkTextBuffer *buffer;

  g_return_val_if_fail (ACC_IS_ANSWER (self), NULL);

  if (GTK_IS_ENTRY (self->control))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  if (!GTK_IS_TEXT_VIEW (self->control))
    return g_strdup ("");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
acc_answer_set_text (AccAnswer *self, const char *text)
{
  g_autofree char *old = NULL;

  g_return_if_fail (ACC_IS_ANSWER (self));

  old = acc_answer_dup_text (self);
  if (g_str_equal (old, text))
    return;
  if (GTK_IS_ENTRY (self->control))
    gtk_editable_set_text (GTK_EDITABLE (self->control), text);
  else if (GTK_IS_TEXT_VIEW (self->control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control)), text, -1);
}

void
acc_answer_set_missing (AccAnswer *self, const char *message)
{
  g_return_if_fail (ACC_IS_ANSWER (self));

  if (g_strcmp0 (self->missing, message) == 0)
    return;
  g_free (self->missing);
  self->missing = g_strdup (message);
  update_message (self);
}

const char *
acc_answer_get_message (AccAnswer *self)
{
  g_return_val_if_fail (ACC_IS_ANSWER (self), "");

  return gtk_label_get_text (self->message);
}

gboolean
acc_answer_has_number (AccAnswer *self)
{
  g_return_val_if_fail (ACC_IS_ANSWER (self), FALSE);

  return self->has_number;
}

void
acc_answer_set_innocent (AccAnswer *self, const char *const *numbers)
{
  g_return_if_fail (ACC_IS_ANSWER (self));

  if (numbers == NULL ? self->innocent == NULL
                      : self->innocent != NULL && g_strv_equal ((const char *const *) self->innocent, numbers))
    return;
  g_strfreev (self->innocent);
  self->innocent = g_strdupv ((char **) numbers);
  update_message (self);
}

GtkWidget *
acc_answer_get_control (AccAnswer *self)
{
  g_return_val_if_fail (ACC_IS_ANSWER (self), NULL);

  return self->control;
}

GtkTextView *
acc_answer_get_text_view (AccAnswer *self)
{
  g_return_val_if_fail (ACC_IS_ANSWER (self), NULL);

  return GTK_IS_TEXT_VIEW (self->control) ? GTK_TEXT_VIEW (self->control) : NULL;
}

void
acc_answer_show_field (AccAnswer *self, gboolean shown)
{
  g_return_if_fail (ACC_IS_ANSWER (self));

  if (self->field == NULL || gtk_widget_get_visible (GTK_WIDGET (self->field)) == shown)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->field), shown);
  gtk_widget_set_vexpand (GTK_WIDGET (self), shown);
  gtk_scrolled_window_set_child (self->field, shown ? self->control : NULL);
  queue_scroll (self);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->control), shown ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
  acc_look_set_class (self->control, "field", shown);
}

void
acc_answer_focus (AccAnswer *self)
{
  g_return_if_fail (ACC_IS_ANSWER (self));

  queue_scroll (self);
  if (GTK_IS_ENTRY (self->control))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->control));
  else if (GTK_IS_TEXT_VIEW (self->control))
    gtk_widget_grab_focus (self->control);
  else if (self->control != NULL && (gtk_widget_get_state_flags (self->control) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    gtk_widget_child_focus (self->control, GTK_DIR_TAB_FORWARD);
}
