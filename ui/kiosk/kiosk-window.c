/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/kiosk-window.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "kiosk/layout.h"
#include "kiosk/out-of-service.h"
#include "kiosk/steps.h"
#include "kiosk/visit.h"
#include "kiosk/way.h"
#include "kit/ask.h"
#include "kit/look.h"
#include "kit/pdf-view.h"
#include "kit/sheet.h"

#define EMBLEM_SIZE 60
#define LOOK_SECONDS 10 /* between two looks whether a letter could be kept, while nobody writes one */

/* What lies beside the step's page. */
typedef enum { BESIDE_NOTHING, BESIDE_SHEET, BESIDE_PDF } Beside;

typedef struct {
  AccStep step;
  GType (*get_type) (void);
  Beside beside;
  const char *primary; /* the foot's right button, which goes on or sends; NULL: the page has a button of its own */
  gboolean wide;       /* where type is large, the page takes the paper's room too: it says nothing yet */
} StepRow;

static const StepRow step_rows[] = {
  { ACC_STEP_WELCOME, acc_welcome_page_get_type, BESIDE_SHEET, NULL, TRUE },
  { ACC_STEP_WHO, acc_who_page_get_type, BESIDE_SHEET, N_ ("Next") },
  { ACC_STEP_STORY, acc_story_page_get_type, BESIDE_SHEET, N_ ("Next") },
  { ACC_STEP_BANKER, acc_banker_page_get_type, BESIDE_SHEET, N_ ("Next") },
  { ACC_STEP_SIGN, acc_sign_page_get_type, BESIDE_SHEET, N_ ("Next") },
  { ACC_STEP_READ, acc_read_page_get_type, BESIDE_PDF, N_ ("Send") },
  { ACC_STEP_SENT, acc_sent_page_get_type, BESIDE_NOTHING, NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_rows) == ACC_STEP_N);

struct _AccKioskWindow {
  GtkApplicationWindow parent_instance;

  AccAsk *ask;
  GtkStack *modes;
  AccOutOfService *out_of_service;
  GtkCenterBox *head;
  GtkBox *brand, *way_below;
  GtkLabel *bank;
  AccWay *way;
  GtkWidget *start_again;
  GtkGrid *body;
  GtkWidget *page_scroller;
  GtkStack *pages, *papers;
  AccSheet *sheet;
  AccPdfView *pdf;
  GtkWidget *foot;
  GtkButton *next;

  int width, height; /* pixels; 0 until it is known */
  AccLayout layout;
  char *store_dir;
  AccStation *station;
  AccStepPage *steps[ACC_STEP_N]; /* lent by the stack */

  AccVisit *visit; /* the present client's; NULL until the store is open */
  GSignalGroup *visit_signals;
  AccStep step;
  AccForm *form;         /* what the pages show */
  AccReadyLetter *ready; /* what the PDF view shows */
  guint sketch;          /* tick callback */
  guint look;            /* source */
};

G_DEFINE_FINAL_TYPE (AccKioskWindow, acc_kiosk_window, GTK_TYPE_APPLICATION_WINDOW)

static void begin_visit (AccKioskWindow *self);
static void look (AccKioskWindow *self);
static void open_station (AccKioskWindow *self);

/* What keeps the letter from being sent, or from being read. */
static const char *
get_failure (AccKioskWindow *self)
{
  const char *failure = acc_visit_get_failure (self->visit);

  return failure != NULL ? failure : acc_pdf_view_get_failure (self->pdf);
}

/* Which verbs make sense now. */
static void
update_actions (AccKioskWindow *self)
{
  gboolean open = self->visit != NULL && acc_kiosk_window_is_in_service (self);
  gboolean sending = open && acc_visit_is_sending (self->visit);
  gboolean writing = open && self->step < ACC_STEP_READ;
  gboolean reading = open && self->step == ACC_STEP_READ;
  gboolean shown = self->ready != NULL && acc_pdf_view_get_n_pages (self->pdf) > 0;
  gboolean idle = open && !sending && !acc_visit_is_preparing (self->visit);
  const struct {
    const char *action;
    gboolean enabled;
  } verbs[] = {
    { "letter.next", writing },
    { "letter.go-on", writing || (reading && idle && (shown || get_failure (self) != NULL)) },
    { "letter.back", (writing && self->step > ACC_STEP_WELCOME) || (reading && !sending) },
    { "letter.start-again", (writing && self->step > ACC_STEP_WELCOME) || (reading && !sending) },
    { "letter.send", reading && idle && (shown || get_failure (self) != NULL) },
    { "letter.finish", self->step == ACC_STEP_SENT },
    { "letter.larger", reading && shown },
    { "letter.smaller", reading && shown },
    { "letter.whole-width", reading && shown },
    { "kiosk.look-again", !open },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].action, verbs[i].enabled);
}

typedef struct {
  int column, row, width, height; /* cells of the body's grid, all of one size */
} Place;

typedef struct {
  Place page, paper;
} Places;

/* Where the client writes or reads is the larger part. */
static const Places places_beside = { { 0, 0, 4, 1 }, { 4, 0, 5, 1 } };
static const Places places_beside_field = { { 0, 0, 3, 1 }, { 3, 0, 2, 1 } };
static const Places places_upright = { { 0, 4, 1, 5 }, { 0, 0, 1, 4 } };
static const Places places_upright_reading = { { 0, 8, 1, 3 }, { 0, 0, 1, 8 } };
static const Places places_upright_reading_large = { { 0, 7, 1, 5 }, { 0, 0, 1, 7 } };

static void
place_in_body (AccKioskWindow *self, GtkWidget *child, const Place *place)
{
  GtkLayoutManager *grid = gtk_widget_get_layout_manager (GTK_WIDGET (self->body));

  g_object_set (gtk_layout_manager_get_layout_child (grid, child), "column", place->column, "row", place->row,
                "column-span", place->width, "row-span", place->height, NULL);
}

static void
update_places (AccKioskWindow *self)
{
  const Places *upright_reading = self->layout.large ? &places_upright_reading_large : &places_upright_reading;
  const Places *places;

  if (self->step == ACC_STEP_READ)
    places = self->layout.upright ? upright_reading : &places_beside;
  else if (self->layout.upright)
    places = &places_upright;
  else
    places = self->layout.field ? &places_beside_field : &places_beside;

  place_in_body (self, self->page_scroller, &places->page);
  place_in_body (self, GTK_WIDGET (self->papers), &places->paper);
}

static void
update_paper (AccKioskWindow *self)
{
  Beside beside = step_rows[self->step].beside;
  AccStepPage *page = self->steps[self->step];
  GtkTextView *view = beside == BESIDE_SHEET ? acc_step_page_get_text_view (page) : NULL;
  gboolean wide = step_rows[self->step].wide && self->layout.large;

  gtk_widget_set_visible (GTK_WIDGET (self->papers), beside != BESIDE_NOTHING && !wide);
  gtk_stack_set_visible_child_name (self->papers, beside == BESIDE_PDF ? "pdf" : "sheet");
  acc_sheet_set_focus_field (self->sheet, beside == BESIDE_SHEET ? acc_step_page_get_field (page) : ACC_FIELD_NONE, 0);
  if (self->layout.field)
    acc_sheet_follow_text_view (self->sheet, view);
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    acc_step_page_show_fields (self->steps[step], self->layout.field);
  if (!self->layout.field)
    acc_sheet_set_text_view (self->sheet, view);
}

static void
update_reading (AccKioskWindow *self)
{
  const char *doing = acc_visit_is_sending (self->visit) ? _ ("Sealing the letter and putting it in the branch’s box")
                      : acc_visit_is_preparing (self->visit) ? _ ("Setting your letter on paper and reading it through")
                                                             : NULL;
  const char *failure = get_failure (self);

  acc_read_page_set_state (ACC_READ_PAGE (self->steps[ACC_STEP_READ]), doing, failure);
  if (self->step == ACC_STEP_READ && failure != NULL)
    gtk_button_set_label (self->next, _ ("Try again"));
}

/* Values in, state out: everything that the window shows, from the form and the step. */
static void
update_widgets (AccKioskWindow *self)
{
  const StepRow *row = &step_rows[self->step];
  gboolean under_way = self->step > ACC_STEP_WELCOME && self->step < ACC_STEP_SENT;

  if (self->visit == NULL)
    return;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->steps[self->step]));
  acc_way_set_step (self->way, self->step);
  gtk_widget_set_opacity (GTK_WIDGET (self->way), self->step == ACC_STEP_WELCOME ? 0 : 1);
  gtk_widget_set_visible (self->start_again, under_way);
  gtk_widget_set_visible (self->foot, under_way);
  if (row->primary != NULL)
    gtk_button_set_label (self->next, _ (row->primary));
  update_places (self);
  update_paper (self);
  update_reading (self);
  update_actions (self);
}

static gboolean
draw_sketch (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);
  g_autoptr (AccLetter) sketch = acc_form_dup_sketch (self->form);
  g_autoptr (AccPages) pages = acc_station_sketch (self->station, sketch, acc_visit_get_number (self->visit),
                                                   acc_sheet_get_pages (self->sheet));

  self->sketch = 0;
  if (pages != NULL)
    acc_sheet_set_pages (self->sheet, pages);
  return G_SOURCE_REMOVE;
}

/* Once a frame at most, however fast somebody types; and in the very frame that shows the key, where an idle source would
 * come after it. */
static void
queue_sketch (AccKioskWindow *self)
{
  if (self->sketch == 0)
    self->sketch = gtk_widget_add_tick_callback (GTK_WIDGET (self), draw_sketch, NULL, NULL);
}

static void
show_form (AccKioskWindow *self)
{
  if (!g_set_object (&self->form, acc_visit_get_form (self->visit)))
    return;
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    acc_step_page_set_form (self->steps[step], self->form);
  queue_sketch (self);
}

static void
show_ready (AccKioskWindow *self)
{
  if (!g_set_object (&self->ready, acc_visit_get_ready (self->visit)))
    return;
  acc_pdf_view_set_pdf (self->pdf, self->ready != NULL ? acc_ready_letter_get_pdf (self->ready) : NULL);
}

static void
on_visit_changed (AccKioskWindow *self)
{
  show_form (self);
  show_ready (self);
  update_widgets (self);
}

static void
on_form_changed (AccKioskWindow *self, AccForm *form)
{
  acc_visit_set_form (self->visit, form);
}

static void
go_to_step (AccKioskWindow *self, AccStep step, gboolean from_behind)
{
  self->step = step;
  if (step == ACC_STEP_READ)
    acc_visit_prepare (self->visit);
  update_widgets (self);
  acc_step_page_enter (self->steps[step], from_behind);
  if (step == ACC_STEP_READ)
    gtk_widget_grab_focus (GTK_WIDGET (self->pdf));
}

static void
next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (!acc_ask_is_open (self->ask) && !acc_step_page_next (self->steps[self->step]))
    go_to_step (self, self->step + 1, FALSE);
}

static void
back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (!acc_step_page_back (self->steps[self->step]))
    go_to_step (self, self->step - 1, TRUE);
}

static void
on_start_again_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccKioskWindow) self = data;

  if (acc_ask_finish (ACC_ASK (source), result, NULL))
    begin_visit (self);
}

static void
start_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);
  const AccQuestion question = {
    .question = _ ("Start again?"),
    .explanation = _ ("What you have written so far will be gone. Nobody keeps it."),
    .yes = _ ("Start again"),
    .no = _ ("Go on writing"),
  };

  acc_ask_async (self->ask, &question, NULL, on_start_again_answered, g_object_ref (self));
}

/* What the client wrote is sealed now: nothing of it stays behind the words of farewell. */
static void
on_sent (AccKioskWindow *self)
{
  g_autofree char *number = g_strdup (acc_visit_get_number (self->visit));

  begin_visit (self);
  acc_sent_page_set_number (ACC_SENT_PAGE (self->steps[ACC_STEP_SENT]), number);
  go_to_step (self, ACC_STEP_SENT, FALSE);
}

/* Never before the client could read it; after a failure, what failed is tried again. */
static void
send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (self->ready == NULL)
    acc_visit_prepare (self->visit);
  else if (acc_pdf_view_get_n_pages (self->pdf) == 0)
    acc_pdf_view_set_pdf (self->pdf, acc_ready_letter_get_pdf (self->ready));
  else
    acc_visit_send (self->visit);
  update_widgets (self);
}

/* The foot's right button keeps this one verb: GTK 4.8 notes each change of a button's action for good, and the kiosk
 * would become slower with each letter. */
static void
go_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  gtk_widget_activate_action (widget, self->step == ACC_STEP_READ ? "letter.send" : "letter.next", NULL);
}

static void
finish (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin_visit (ACC_KIOSK_WINDOW (widget));
}

static void
look_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (self->visit != NULL)
    look (self);
  else
    open_station (self);
}

static void
larger (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ACC_KIOSK_WINDOW (widget)->pdf), "pdf.zoom-in", NULL);
}

static void
smaller (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ACC_KIOSK_WINDOW (widget)->pdf), "pdf.zoom-out", NULL);
}

static void
whole_width (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ACC_KIOSK_WINDOW (widget)->pdf), "pdf.fit-width", NULL);
}

static const struct {
  const char *name;
  GtkWidgetActionActivateFunc activate;
} verb_rows[] = {
  { "letter.next", next },               /* on to the next question, or step */
  { "letter.back", back },               /* one question or step back; nothing is lost */
  { "letter.start-again", start_again }, /* asks, then forgets everything */
  { "letter.go-on", go_on },             /* whichever of next and send it is the turn of */
  { "letter.send", send },               /* the letter that was read; after a failure, again */
  { "letter.finish", finish },           /* from the farewell to the welcome */
  { "letter.larger", larger },           /* the letter to be read */
  { "letter.smaller", smaller },
  { "letter.whole-width", whole_width },
  { "kiosk.look-again", look_again }, /* for staff, when what was wrong is mended */
};

/* A tap on another answer of this step goes to its question. */
static void
on_answer_picked (AccKioskWindow *self, guint field, guint index)
{
  acc_step_page_go_to (self->steps[self->step], field);
}

static void
on_departments (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccKioskWindow) self = data;
  g_auto (GStrv) names = acc_station_list_departments_finish (ACC_STATION (source), result, NULL);

  if (self->visit != NULL)
    acc_who_page_set_departments (ACC_WHO_PAGE (self->steps[ACC_STEP_WHO]), (const char *const *) names);
}

/* What the client may have copied goes too; what came from elsewhere is not ours to take. */
static void
clear_clipboards (AccKioskWindow *self)
{
  GdkClipboard *clipboards[]
    = { gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_widget_get_primary_clipboard (GTK_WIDGET (self)) };

  for (guint i = 0; i < G_N_ELEMENTS (clipboards); i++)
    if (gdk_clipboard_is_local (clipboards[i]))
      gdk_clipboard_set_content (clipboards[i], NULL);
}

/* New widgets for each client: no text, undo or selection of the last one can be left in them. */
static void
rebuild_pages (AccKioskWindow *self)
{
  acc_sheet_set_text_view (self->sheet, NULL);
  acc_sheet_set_pages (self->sheet, NULL);
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    {
      if (self->steps[step] != NULL)
        gtk_stack_remove (self->pages, GTK_WIDGET (self->steps[step]));
      self->steps[step] = g_object_new (step_rows[step].get_type (), NULL);
      gtk_stack_add_child (self->pages, GTK_WIDGET (self->steps[step]));
      g_signal_connect_object (self->steps[step], "form-changed", G_CALLBACK (on_form_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->steps[step], "question-changed", G_CALLBACK (update_widgets), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
begin_visit (AccKioskWindow *self)
{
  g_autoptr (AccVisit) visit = acc_visit_new (self->station);

  self->step = ACC_STEP_WELCOME;
  rebuild_pages (self);
  clear_clipboards (self);
  g_set_object (&self->visit, visit);
  g_signal_group_set_target (self->visit_signals, visit);
  on_visit_changed (self);
  acc_step_page_enter (self->steps[ACC_STEP_WELCOME], FALSE);
  acc_station_list_departments_async (self->station, on_departments, g_object_ref (self));
  look (self);
}

static void
leave_service (AccKioskWindow *self, const GError *error)
{
  g_autofree char *sentence = acc_error_sentence (error);

  acc_out_of_service_set_reason (self->out_of_service, sentence);
  gtk_stack_set_visible_child_name (self->modes, "out-of-service");
  update_actions (self);
}

static void
enter_service (AccKioskWindow *self)
{
  gtk_stack_set_visible_child_name (self->modes, "letter");
  begin_visit (self);
}

/* A client who has begun is not sent away: what is left may do for that letter. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccKioskWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean can_keep = acc_station_look_finish (ACC_STATION (source), result, &error);

  if (self->station == NULL)
    return;
  if (!can_keep && self->step == ACC_STEP_WELCOME)
    leave_service (self, error);
  else if (can_keep && !acc_kiosk_window_is_in_service (self))
    enter_service (self);
}

static void
look (AccKioskWindow *self)
{
  acc_station_look_async (self->station, on_looked, g_object_ref (self));
}

static gboolean
on_look_due (gpointer data)
{
  AccKioskWindow *self = data;

  if (self->step == ACC_STEP_WELCOME)
    look (self);
  return G_SOURCE_CONTINUE;
}

static void
show_brand (AccKioskWindow *self)
{
  AccLetterhead *letterhead = acc_station_get_letterhead (self->station);

  acc_look_apply_letterhead (gtk_widget_get_display (GTK_WIDGET (self)), letterhead);
  gtk_label_set_text (self->bank, acc_letterhead_get_bank (letterhead));
  gtk_box_prepend (self->brand, acc_look_emblem_new (letterhead, EMBLEM_SIZE));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccKioskWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (ACC_STATION (source) != self->station)
    return;
  if (!acc_station_open_finish (self->station, result, &error))
    {
      leave_service (self, error);
      return;
    }
  show_brand (self);
  acc_pdf_view_set_worker (self->pdf, acc_station_get_paper_worker (self->station));
  self->look = g_timeout_add_seconds (LOOK_SECONDS, on_look_due, self);
  enter_service (self);
}

static void
open_station (AccKioskWindow *self)
{
  g_set_object (&self->station, NULL);
  self->station = acc_station_new (self->store_dir);
  acc_station_open_async (self->station, on_opened, g_object_ref (self));
}

/* Upright, the way goes under the head and the paper under the question. */
static void
place_way (AccKioskWindow *self, gboolean below)
{
  gboolean is_below = gtk_widget_get_parent (GTK_WIDGET (self->way)) == GTK_WIDGET (self->way_below);
  g_autoptr (GtkWidget) way = g_object_ref (GTK_WIDGET (self->way));

  if (below == is_below)
    return;
  if (below)
    {
      gtk_center_box_set_center_widget (self->head, NULL);
      gtk_box_append (self->way_below, way);
    }
  else
    {
      gtk_box_remove (self->way_below, way);
      gtk_center_box_set_center_widget (self->head, way);
    }
}

static void
on_layout (GdkSurface *surface, int width, int height, AccKioskWindow *self)
{
  acc_kiosk_window_set_room (self, width, height);
}

/* Takes the layout that window and text size ask for. Who is typing goes on: the view keeps text, caret and focus. */
static void
update_layout (AccKioskWindow *self)
{
  double text_scale = acc_look_get_text_scale (gtk_widget_get_settings (GTK_WIDGET (self)));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->width == 0)
    return;
  self->layout = acc_layout_for (self->width, self->height, text_scale);
  acc_look_set_class (GTK_WIDGET (self), "compact", self->layout.compact);
  acc_look_set_class (GTK_WIDGET (self), "upright", self->layout.upright);
  acc_look_set_class (GTK_WIDGET (self), "large", self->layout.large);
  acc_way_set_brief (self->way, self->layout.large);
  place_way (self, self->layout.upright);
  update_places (self);
  if (self->visit != NULL)
    update_paper (self);
  if (GTK_IS_TEXT_VIEW (focus)) /* it may have moved, and the window would look for another one */
    gtk_widget_grab_focus (focus);
}

static void
acc_kiosk_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (acc_kiosk_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi", G_CALLBACK (update_layout), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (on_layout), widget, 0);
}

static void
acc_kiosk_window_dispose (GObject *object)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (object);

  if (self->sketch != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->sketch);
  self->sketch = 0;
  g_clear_handle_id (&self->look, g_source_remove);
  if (self->visit != NULL)
    acc_sheet_set_text_view (self->sheet, NULL);
  if (self->visit_signals != NULL)
    g_signal_group_set_target (self->visit_signals, NULL);
  g_clear_object (&self->visit_signals);
  memset (self->steps, 0, sizeof self->steps);
  g_clear_object (&self->visit);
  g_clear_object (&self->ready);
  g_clear_object (&self->form);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (acc_kiosk_window_parent_class)->dispose (object);
}

static void
acc_kiosk_window_finalize (GObject *object)
{
  g_free (ACC_KIOSK_WINDOW (object)->store_dir);
  G_OBJECT_CLASS (acc_kiosk_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/kiosk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, ask);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, modes);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, out_of_service);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, head);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, brand);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, way_below);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, bank);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, way);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, start_again);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, body);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, page_scroller);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, papers);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, sheet);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, pdf);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, next);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_picked);
  gtk_widget_class_bind_template_callback (widget_class, update_widgets);
}

static void
acc_kiosk_window_class_init (AccKioskWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_kiosk_window_dispose;
  object_class->finalize = acc_kiosk_window_finalize;
  widget_class->realize = acc_kiosk_window_realize;
  for (guint i = 0; i < G_N_ELEMENTS (verb_rows); i++)
    gtk_widget_class_install_action (widget_class, verb_rows[i].name, NULL, verb_rows[i].activate);
  g_type_ensure (ACC_TYPE_OUT_OF_SERVICE);
  g_type_ensure (ACC_TYPE_WAY);
  bind_template (widget_class);
}

/* In a story Return is a new line, so going on by keyboard is Ctrl+Return everywhere; seen before the text view. */
static void
add_keys (AccKioskWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK), gtk_named_action_new ("letter.next")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
acc_kiosk_window_init (AccKioskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
  self->visit_signals = g_signal_group_new (ACC_TYPE_VISIT);
  g_signal_group_connect_swapped (self->visit_signals, "changed", G_CALLBACK (on_visit_changed), self);
  g_signal_group_connect_swapped (self->visit_signals, "sent", G_CALLBACK (on_sent), self);
  update_actions (self);
}

AccKioskWindow *
acc_kiosk_window_new (GtkApplication *application, const char *store_dir)
{
  AccKioskWindow *self;

  g_return_val_if_fail (store_dir != NULL, NULL);

  self = g_object_new (ACC_TYPE_KIOSK_WINDOW, "application", application, NULL);
  self->store_dir = g_strdup (store_dir);
  open_station (self);
  return self;
}

void
acc_kiosk_window_set_room (AccKioskWindow *self, int width, int height)
{
  g_return_if_fail (ACC_IS_KIOSK_WINDOW (self));

  self->width = width;
  self->height = height;
  update_layout (self);
}

AccStep
acc_kiosk_window_get_step (AccKioskWindow *self)
{
  g_return_val_if_fail (ACC_IS_KIOSK_WINDOW (self), ACC_STEP_WELCOME);

  return self->step;
}

AccForm *
acc_kiosk_window_get_form (AccKioskWindow *self)
{
  g_return_val_if_fail (ACC_IS_KIOSK_WINDOW (self), NULL);

  return self->form;
}

AccReadyLetter *
acc_kiosk_window_get_ready (AccKioskWindow *self)
{
  g_return_val_if_fail (ACC_IS_KIOSK_WINDOW (self), NULL);

  return self->ready;
}

gboolean
acc_kiosk_window_is_in_service (AccKioskWindow *self)
{
  g_return_val_if_fail (ACC_IS_KIOSK_WINDOW (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->modes), "letter") == 0;
}
