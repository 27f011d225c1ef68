/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/kiosk-window.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "kiosk/steps.h"
#include "kiosk/way.h"
#include "kit/ask.h"
#include "kit/look.h"
#include "kit/pdf-view.h"
#include "kit/sheet.h"
#include "letter/number.h"

#define COMPACT_HEIGHT 900 /* pixels: lower than this, type and space step down */
#define EMBLEM_SIZE 60

/* What lies beside the step's page. */
typedef enum { BESIDE_NOTHING, BESIDE_SHEET, BESIDE_PDF } Beside;

typedef struct {
  AccStep step;
  GType (*get_type) (void);
  Beside beside;
  const char *primary; /* the foot's right button; NULL: the page has a button of its own */
  const char *action;
} StepRow;

static const StepRow step_rows[] = {
  { ACC_STEP_WELCOME, acc_welcome_page_get_type, BESIDE_SHEET, NULL, "letter.next" },
  { ACC_STEP_WHO, acc_who_page_get_type, BESIDE_SHEET, N_ ("Next"), "letter.next" },
  { ACC_STEP_STORY, acc_story_page_get_type, BESIDE_SHEET, N_ ("Next"), "letter.next" },
  { ACC_STEP_BANKER, acc_banker_page_get_type, BESIDE_SHEET, N_ ("Next"), "letter.next" },
  { ACC_STEP_SIGN, acc_sign_page_get_type, BESIDE_SHEET, N_ ("Next"), "letter.next" },
  { ACC_STEP_READ, acc_read_page_get_type, BESIDE_PDF, N_ ("Send"), "letter.send" },
  { ACC_STEP_SENT, acc_sent_page_get_type, BESIDE_NOTHING, NULL, "letter.finish" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_rows) == ACC_STEP_N);

struct _AccKioskWindow {
  GtkApplicationWindow parent_instance;

  AccAsk *ask;
  GtkStack *modes;
  GtkLabel *reason;
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

  gboolean upright;
  char *store_dir;
  AccStation *station;
  AccStepPage *steps[ACC_STEP_N]; /* lent by the stack */

  /* One client's visit. */
  AccStep step;
  AccForm *form;
  char *number;
  AccReadyLetter *ready; /* made of the form as it is; NULL once an answer changes */
  gboolean preparing, sending;
  gboolean tried;        /* a submission of this number has failed */
  char *failure;
  guint asked;           /* tells the present answer of a thread from a late one */
  guint sketch;          /* source */
};

G_DEFINE_FINAL_TYPE (AccKioskWindow, acc_kiosk_window, GTK_TYPE_APPLICATION_WINDOW)

static void begin_visit (AccKioskWindow *self);

/* Which verbs make sense now. */
static void
update_actions (AccKioskWindow *self)
{
  gboolean writing = self->form != NULL && self->step < ACC_STEP_READ;
  gboolean reading = self->form != NULL && self->step == ACC_STEP_READ;
  gboolean idle = !self->sending && !self->preparing;
  gboolean shown = acc_pdf_view_get_n_pages (self->pdf) > 0;
  const struct {
    const char *action;
    gboolean enabled;
  } verbs[] = {
    { "letter.next", writing },
    { "letter.back", (writing && self->step > ACC_STEP_WELCOME) || (reading && !self->sending) },
    { "letter.start-again", (writing && self->step > ACC_STEP_WELCOME) || (reading && !self->sending) },
    { "letter.send", reading && idle && ((self->ready != NULL && shown) || self->failure != NULL) },
    { "letter.finish", self->step == ACC_STEP_SENT },
    { "letter.larger", reading && shown },
    { "letter.smaller", reading && shown },
    { "letter.whole-width", reading && shown },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].action, verbs[i].enabled);
}

typedef struct {
  int column, row, width, height; /* cells of the body's grid, all of one size */
} Place;

/* The page's place, then the paper's. The paper is where the client writes: a little wider. */
static const Place places_beside[] = { { 0, 0, 4, 1 }, { 4, 0, 5, 1 } };
static const Place places_upright[] = { { 0, 0, 1, 4 }, { 0, 4, 1, 5 } };
static const Place places_upright_reading[] = { { 0, 0, 1, 3 }, { 0, 3, 1, 8 } };

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
  const Place *places = !self->upright                    ? places_beside
                        : self->step == ACC_STEP_READ     ? places_upright_reading
                                                          : places_upright;

  place_in_body (self, self->page_scroller, &places[0]);
  place_in_body (self, GTK_WIDGET (self->papers), &places[1]);
}

static void
update_paper (AccKioskWindow *self)
{
  Beside beside = step_rows[self->step].beside;
  AccStepPage *page = self->steps[self->step];

  gtk_widget_set_visible (GTK_WIDGET (self->papers), beside != BESIDE_NOTHING);
  gtk_stack_set_visible_child_name (self->papers, beside == BESIDE_PDF ? "pdf" : "sheet");
  acc_sheet_set_focus_field (self->sheet, beside == BESIDE_SHEET ? acc_step_page_get_field (page) : ACC_FIELD_NONE, 0);
  acc_sheet_set_text_view (self->sheet, beside == BESIDE_SHEET ? acc_step_page_get_text_view (page) : NULL);
}

static void
update_reading (AccKioskWindow *self)
{
  const char *doing = self->sending ? _ ("Sealing the letter and putting it in the branch’s box")
                      : self->preparing ? _ ("Setting your letter on paper and reading it through")
                                        : NULL;
  const char *failure = self->failure != NULL ? self->failure : acc_pdf_view_get_failure (self->pdf);

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

  if (self->form == NULL)
    return;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->steps[self->step]));
  acc_way_set_step (self->way, self->step);
  gtk_widget_set_opacity (GTK_WIDGET (self->way), self->step == ACC_STEP_WELCOME ? 0 : 1);
  gtk_widget_set_visible (self->start_again, under_way);
  gtk_widget_set_visible (self->foot, under_way);
  if (row->primary != NULL)
    gtk_button_set_label (self->next, _ (row->primary));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), row->action);
  update_places (self);
  update_paper (self);
  update_reading (self);
  update_actions (self);
}

static gboolean
draw_sketch (gpointer data)
{
  AccKioskWindow *self = data;
  g_autoptr (AccLetter) sketch = acc_form_dup_sketch (self->form);
  g_autoptr (AccPages) pages = acc_station_sketch (self->station, sketch, self->number);

  self->sketch = 0;
  if (pages != NULL)
    acc_sheet_set_pages (self->sheet, pages);
  return G_SOURCE_REMOVE;
}

/* Once a frame at most, however fast somebody types. */
static void
queue_sketch (AccKioskWindow *self)
{
  if (self->sketch == 0)
    self->sketch = g_idle_add_full (GDK_PRIORITY_REDRAW - 10, draw_sketch, self, NULL);
}

static void
forget_ready (AccKioskWindow *self)
{
  self->asked++;
  self->preparing = FALSE;
  g_clear_object (&self->ready);
  g_clear_pointer (&self->failure, g_free);
  acc_pdf_view_set_pdf (self->pdf, NULL);
}

static void
set_form (AccKioskWindow *self, AccForm *form)
{
  if (!g_set_object (&self->form, form))
    return;
  forget_ready (self);
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    acc_step_page_set_form (self->steps[step], form);
  queue_sketch (self);
  update_widgets (self);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  AccKioskWindow *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccReadyLetter) ready = acc_station_prepare_finish (ACC_STATION (source), result, &error);

  if (GPOINTER_TO_UINT (g_task_get_task_data (task)) != self->asked)
    return;
  self->preparing = FALSE;
  if (ready == NULL) {
    self->failure = acc_error_sentence (error);
  } else {
    g_set_object (&self->ready, ready);
    g_free (self->number);
    self->number = g_strdup (acc_ready_letter_get_number (ready));
    acc_pdf_view_set_pdf (self->pdf, acc_ready_letter_get_pdf (ready));
  }
  update_widgets (self);
}

/* The window lives as long as a thread may still answer it. */
static GTask *
question_new (AccKioskWindow *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, GUINT_TO_POINTER (self->asked), NULL);
  return task;
}

/* The letter as it will be sent, made on the paper's thread; the same one as long as no answer changes. */
static void
prepare_letter (AccKioskWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = NULL;

  if (self->preparing || (self->ready != NULL && acc_pdf_view_get_n_pages (self->pdf) > 0))
    return;
  forget_ready (self);
  letter = acc_form_dup_letter (self->form, &error);
  if (letter == NULL) {
    self->failure = acc_error_sentence (error);
    return;
  }
  self->preparing = TRUE;
  acc_station_prepare_async (self->station, letter, self->number, self->tried, on_prepared, question_new (self));
}

static void
go_to_step (AccKioskWindow *self, AccStep step, gboolean from_behind)
{
  self->step = step;
  if (step == ACC_STEP_READ)
    prepare_letter (self);
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

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  AccKioskWindow *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  gboolean sent = acc_station_send_finish (ACC_STATION (source), result, &error);

  if (self->form == NULL) /* the window was closed meanwhile */
    return;
  self->sending = FALSE;
  if (!sent) {
    self->tried = TRUE;
    g_free (self->failure);
    self->failure = acc_error_sentence (error);
    update_widgets (self);
    return;
  }
  /* What the client wrote is sealed now: nothing of it stays behind the words of farewell. */
  number = g_strdup (acc_ready_letter_get_number (self->ready));
  begin_visit (self);
  acc_sent_page_set_number (ACC_SENT_PAGE (self->steps[ACC_STEP_SENT]), number);
  go_to_step (self, ACC_STEP_SENT, FALSE);
}

/* Never before the client could read it; after a failure the same letter again, under the same number. */
static void
send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (self->ready == NULL || acc_pdf_view_get_n_pages (self->pdf) == 0) {
    prepare_letter (self);
  } else {
    self->sending = TRUE;
    g_clear_pointer (&self->failure, g_free);
    acc_station_send_async (self->station, self->ready, on_sent, question_new (self));
  }
  update_widgets (self);
}

static void
finish (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin_visit (ACC_KIOSK_WINDOW (widget));
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
  { "letter.send", send },               /* the letter that was read; after a failure, again */
  { "letter.finish", finish },           /* from the farewell to the welcome */
  { "letter.larger", larger },           /* the letter to be read */
  { "letter.smaller", smaller },
  { "letter.whole-width", whole_width },
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
  g_autoptr (GTask) task = data;
  AccKioskWindow *self = g_task_get_source_object (task);
  g_auto (GStrv) names = acc_station_list_departments_finish (ACC_STATION (source), result, NULL);

  if (self->steps[ACC_STEP_WHO] != NULL)
    acc_who_page_set_departments (ACC_WHO_PAGE (self->steps[ACC_STEP_WHO]), (const char *const *) names);
}

/* What the client may have copied goes too; what came from elsewhere is not ours to take. */
static void
clear_clipboards (AccKioskWindow *self)
{
  GdkClipboard *clipboards[] = { gtk_widget_get_clipboard (GTK_WIDGET (self)),
                                 gtk_widget_get_primary_clipboard (GTK_WIDGET (self)) };

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
  for (AccStep step = 0; step < ACC_STEP_N; step++) {
    if (self->steps[step] != NULL)
      gtk_stack_remove (self->pages, GTK_WIDGET (self->steps[step]));
    self->steps[step] = g_object_new (step_rows[step].get_type (), NULL);
    gtk_stack_add_child (self->pages, GTK_WIDGET (self->steps[step]));
    g_signal_connect_object (self->steps[step], "form-changed", G_CALLBACK (set_form), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->steps[step], "question-changed", G_CALLBACK (update_widgets), self,
                             G_CONNECT_SWAPPED);
  }
}

static void
begin_visit (AccKioskWindow *self)
{
  g_autoptr (AccForm) form
    = acc_form_new (acc_station_get_language (self->station), acc_station_get_paper (self->station));

  self->sending = FALSE;
  self->tried = FALSE;
  self->step = ACC_STEP_WELCOME;
  rebuild_pages (self);
  clear_clipboards (self);
  g_free (self->number);
  self->number = acc_number_new ();
  set_form (self, form);
  acc_step_page_enter (self->steps[ACC_STEP_WELCOME], FALSE);
  acc_station_list_departments_async (self->station, on_departments, question_new (self));
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
  g_autoptr (GTask) task = data;
  AccKioskWindow *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (ACC_STATION (source) != self->station)
    return;
  if (!acc_station_open_finish (self->station, result, &error)) {
    g_autofree char *sentence = acc_error_sentence (error);

    gtk_label_set_text (self->reason, sentence);
    gtk_stack_set_visible_child_name (self->modes, "out-of-service");
    return;
  }
  show_brand (self);
  acc_pdf_view_set_worker (self->pdf, acc_station_get_paper_worker (self->station));
  gtk_stack_set_visible_child_name (self->modes, "letter");
  begin_visit (self);
}

static void
open_station (AccKioskWindow *self)
{
  g_set_object (&self->station, NULL);
  self->station = acc_station_new (self->store_dir);
  acc_station_open_async (self->station, on_opened, question_new (self));
}

static void
set_class (AccKioskWindow *self, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), class);
}

/* Upright, the way goes under the head and the paper under the question. */
static void
place_way (AccKioskWindow *self, gboolean below)
{
  gboolean is_below = gtk_widget_get_parent (GTK_WIDGET (self->way)) == GTK_WIDGET (self->way_below);
  g_autoptr (GtkWidget) way = g_object_ref (GTK_WIDGET (self->way));

  if (below == is_below)
    return;
  if (below) {
    gtk_center_box_set_center_widget (self->head, NULL);
    gtk_box_append (self->way_below, way);
  } else {
    gtk_box_remove (self->way_below, way);
    gtk_center_box_set_center_widget (self->head, way);
  }
}

static void
on_layout (GdkSurface *surface, int width, int height, AccKioskWindow *self)
{
  acc_kiosk_window_set_room (self, width, height);
}

static void
acc_kiosk_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (acc_kiosk_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (on_layout), widget, 0);
}

static void
acc_kiosk_window_dispose (GObject *object)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (object);

  g_clear_handle_id (&self->sketch, g_source_remove);
  self->asked++;
  if (self->form != NULL)
    acc_sheet_set_text_view (self->sheet, NULL);
  memset (self->steps, 0, sizeof self->steps);
  g_clear_object (&self->ready);
  g_clear_object (&self->form);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (acc_kiosk_window_parent_class)->dispose (object);
}

static void
acc_kiosk_window_finalize (GObject *object)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (object);

  g_free (self->store_dir);
  g_free (self->number);
  g_free (self->failure);
  G_OBJECT_CLASS (acc_kiosk_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/kiosk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, ask);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, modes);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, reason);
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
  gtk_widget_class_bind_template_callback (widget_class, open_station);
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
  g_type_ensure (ACC_TYPE_WAY);
  bind_template (widget_class);
}

/* In a story Return is a new line, so going on by keyboard is Ctrl+Return everywhere; seen before the text view. */
static void
add_keys (AccKioskWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("letter.next")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
acc_kiosk_window_init (AccKioskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
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
  gboolean upright = height > width;

  g_return_if_fail (ACC_IS_KIOSK_WINDOW (self));

  set_class (self, "compact", height < COMPACT_HEIGHT);
  set_class (self, "upright", upright);
  self->upright = upright;
  place_way (self, upright);
  update_places (self);
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
