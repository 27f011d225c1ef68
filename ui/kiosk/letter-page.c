/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/letter-page.h"

#include <glib/gi18n-lib.h>

#include "base/config.h"
#include "base/language.h"
#include "kiosk/head.h"
#include "kiosk/steps.h"
#include "kiosk/visit.h"
#include "kit/keyboard.h"
#include "kit/look.h"
#include "kit/pdf-view.h"
#include "kit/sheet.h"

/* What lies beside the step's page. */
typedef enum { BESIDE_NOTHING, BESIDE_SHEET, BESIDE_PDF } Beside;

typedef struct {
  AccStep step;
  GType (*get_type) (void);
  Beside beside;
  const char *primary; /* the foot's right button, which goes on or sends; NULL: the page has a button of its own */
  gboolean wide;       /* where room is tight, the page takes the paper's room too: it says nothing yet */
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

struct _AccLetterPage {
  GtkWidget parent_instance;

  AccHead *head;
  GtkGrid *body;
  GtkWidget *page_scroller;
  GtkStack *pages, *papers;
  AccSheet *sheet;
  AccPdfView *pdf;
  AccKeyboard *keyboard;
  GtkWidget *foot;
  GtkButton *next;

  AccLayout layout;
  AccStation *station;
  AccStepPage *steps[ACC_STEP_N]; /* lent by the stack */

  const char *language; /* the interface's, as long as this page lives */
  AccVisit *visit;
  GSignalGroup *visit_signals;
  AccStep step;
  AccForm *form;         /* what the pages show */
  AccReadyLetter *ready; /* what the PDF view shows */
  guint sketch;          /* tick callback */
  AccField written;      /* the answer that has a place on the sheet, though it may be empty */
};

enum { CHANGED, START_AGAIN, SENT, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccLetterPage, acc_letter_page, GTK_TYPE_WIDGET)

/* What keeps the letter from being sent, or from being read. */
static const char *
get_failure (AccLetterPage *self)
{
  const char *failure = acc_visit_get_failure (self->visit);

  return failure != NULL ? failure : acc_pdf_view_get_failure (self->pdf);
}

/* Which verbs make sense now. */
static void
update_actions (AccLetterPage *self)
{
  gboolean sending = acc_visit_is_sending (self->visit);
  gboolean writing = self->step < ACC_STEP_READ;
  gboolean reading = self->step == ACC_STEP_READ;
  gboolean shown = self->ready != NULL && acc_pdf_view_get_n_pages (self->pdf) > 0;
  gboolean idle = !sending && !acc_visit_is_preparing (self->visit);
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
static const Places places_beside_field = { { 0, 0, 2, 1 }, { 2, 0, 1, 1 } };
static const Places places_beside_asking = { { 0, 0, 1, 1 }, { 1, 0, 1, 1 } };
static const Places places_beside_asking_low = { { 0, 0, 8, 1 }, { 8, 0, 5, 1 } };
static const Places places_alone = { { 0, 0, 1, 1 }, { 0, 0, 1, 1 } }; /* cells of what is hidden would take room, too */
static const Places places_upright = { { 0, 4, 1, 5 }, { 0, 0, 1, 4 } };
static const Places places_upright_large = { { 0, 2, 1, 3 }, { 0, 0, 1, 2 } };
static const Places places_upright_large_writing = { { 0, 1, 1, 3 }, { 0, 0, 1, 1 } };
static const Places places_upright_reading = { { 0, 8, 1, 3 }, { 0, 0, 1, 8 } };
static const Places places_upright_reading_large = { { 0, 7, 1, 5 }, { 0, 0, 1, 7 } };
static const Places places_upright_asking = { { 0, 1, 1, 1 }, { 0, 0, 1, 1 } };
static const Places places_upright_asking_large = { { 0, 5, 1, 7 }, { 0, 0, 1, 5 } };

static void
place_in_body (AccLetterPage *self, GtkWidget *child, const Place *place)
{
  GtkLayoutManager *grid = gtk_widget_get_layout_manager (GTK_WIDGET (self->body));

  g_object_set (gtk_layout_manager_get_layout_child (grid, child), "column", place->column, "row", place->row,
                "column-span", place->width, "row-span", place->height, NULL);
}

/* A story wants much room, and the keyboard takes some. */
static gboolean
is_writing (AccLetterPage *self)
{
  return acc_step_page_get_text_view (self->steps[self->step]) != NULL
         || gtk_widget_get_visible (GTK_WIDGET (self->keyboard));
}

/* Every choice of what is asked is seen. */
static const Places *
find_places_upright (AccLetterPage *self)
{
  if (self->step != ACC_STEP_READ && self->layout.large)
    return is_writing (self) ? &places_upright_large_writing : &places_upright_large;
  if (self->step != ACC_STEP_READ)
    return &places_upright;
  if (acc_read_page_asks_language (ACC_READ_PAGE (self->steps[ACC_STEP_READ])))
    return self->layout.large ? &places_upright_asking_large : &places_upright_asking;
  return self->layout.large ? &places_upright_reading_large : &places_upright_reading;
}

static const Places *
find_places_beside (AccLetterPage *self)
{
  if (self->step != ACC_STEP_READ)
    return self->layout.field || acc_step_page_is_wide (self->steps[self->step]) ? &places_beside_field : &places_beside;
  if (self->layout.tight && acc_read_page_asks_language (ACC_READ_PAGE (self->steps[ACC_STEP_READ])))
    return self->layout.large && self->layout.compact ? &places_beside_asking_low : &places_beside_asking;
  return &places_beside;
}

static void
update_places (AccLetterPage *self)
{
  const Places *places;

  if (step_rows[self->step].beside == BESIDE_NOTHING)
    places = &places_alone;
  else
    places = self->layout.upright ? find_places_upright (self) : find_places_beside (self);

  place_in_body (self, self->page_scroller, &places->page);
  place_in_body (self, GTK_WIDGET (self->papers), &places->paper);
}

static gboolean
draw_sketch (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  AccLetterPage *self = ACC_LETTER_PAGE (widget);
  g_autoptr (AccLetter) sketch = acc_form_dup_sketch (self->form, self->written);
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
queue_sketch (AccLetterPage *self)
{
  if (self->sketch == 0)
    self->sketch = gtk_widget_add_tick_callback (GTK_WIDGET (self), draw_sketch, NULL, NULL);
}

/* An answer that was passed over leaves no empty place behind: the sheet is the paper. */
static void
show_place (AccLetterPage *self, AccField field, guint person)
{
  acc_sheet_set_focus_field (self->sheet, field, person);
  if (self->written == field)
    return;
  self->written = field;
  queue_sketch (self);
}

/* The caret, and the other end of what is selected. */
static void
read_selection (GtkTextBuffer *buffer, int ends[2])
{
  GtkTextMark *marks[] = { gtk_text_buffer_get_insert (buffer), gtk_text_buffer_get_selection_bound (buffer) };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_mark (buffer, &at, marks[i]);
      ends[i] = gtk_text_iter_get_offset (&at);
    }
}

/* A text view that changes its place leaves the screen for a moment, and GTK drops its selection. */
static void
select_again (GtkTextBuffer *buffer, const int ends[2])
{
  GtkTextIter insert, bound;
  int now[2];

  read_selection (buffer, now);
  if (now[0] == ends[0] && now[1] == ends[1])
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &insert, ends[0]);
  gtk_text_buffer_get_iter_at_offset (buffer, &bound, ends[1]);
  gtk_text_buffer_select_range (buffer, &insert, &bound);
}

static void
place_text_view (AccLetterPage *self, GtkTextView *view)
{
  GtkTextBuffer *buffer = view != NULL ? gtk_text_view_get_buffer (view) : NULL;
  int ends[2];

  if (buffer != NULL)
    read_selection (buffer, ends);
  if (self->layout.field)
    acc_sheet_follow_text_view (self->sheet, view);
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    acc_step_page_show_fields (self->steps[step], self->layout.field);
  if (!self->layout.field)
    acc_sheet_set_text_view (self->sheet, view);
  if (buffer != NULL)
    select_again (buffer, ends);
}

/* Where large type leaves too little of a low screen beside the keyboard, the paper, too small to be read there, gives
 * its room to what is written. */
static gboolean
takes_paper_room (AccLetterPage *self)
{
  gboolean wide = step_rows[self->step].wide || acc_step_page_is_wide (self->steps[self->step]);
  gboolean typing = gtk_widget_get_visible (GTK_WIDGET (self->keyboard));

  return (self->layout.tight && wide) || (self->layout.large && self->layout.compact && typing);
}

static void
update_paper (AccLetterPage *self)
{
  Beside beside = step_rows[self->step].beside;
  AccStepPage *page = self->steps[self->step];

  gtk_widget_set_visible (GTK_WIDGET (self->papers), beside != BESIDE_NOTHING && !takes_paper_room (self));
  gtk_stack_set_visible_child_name (self->papers, beside == BESIDE_PDF ? "pdf" : "sheet");
  show_place (self, beside == BESIDE_SHEET ? acc_step_page_get_field (page) : ACC_FIELD_NONE,
              acc_step_page_get_person (page));
  place_text_view (self, beside == BESIDE_SHEET ? acc_step_page_get_text_view (page) : NULL);
}

static void
update_reading (AccLetterPage *self)
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
update_widgets (AccLetterPage *self)
{
  const StepRow *row = &step_rows[self->step];
  gboolean under_way = self->step > ACC_STEP_WELCOME && self->step < ACC_STEP_SENT;

  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->steps[self->step]));
  acc_head_set_step (self->head, self->step);
  gtk_widget_set_visible (self->foot, under_way);
  if (row->primary != NULL)
    gtk_button_set_label (self->next, _ (row->primary));
  update_places (self);
  update_paper (self);
  update_reading (self);
  update_actions (self);
  if (self->step == ACC_STEP_SIGN)
    acc_visit_prepare_ahead (self->visit); /* with the last answers still open: what is read next is there at once */
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_form (AccLetterPage *self)
{
  if (!g_set_object (&self->form, acc_visit_get_form (self->visit)))
    return;
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    acc_step_page_set_form (self->steps[step], self->form);
  queue_sketch (self);
}

static void
show_ready (AccLetterPage *self)
{
  if (!g_set_object (&self->ready, acc_visit_get_ready (self->visit)))
    return;
  acc_pdf_view_set_pdf (self->pdf, self->ready != NULL ? acc_ready_letter_get_pdf (self->ready) : NULL);
}

static void
on_visit_changed (AccLetterPage *self)
{
  show_form (self);
  show_ready (self);
  update_widgets (self);
}

static void
on_form_changed (AccLetterPage *self, AccForm *form)
{
  acc_visit_set_form (self->visit, form);
  if (self->step == ACC_STEP_READ) /* the letter's language was said there */
    acc_visit_prepare (self->visit);
}

static void
go_to_step (AccLetterPage *self, AccStep step, gboolean from_behind)
{
  self->step = step;
  if (step == ACC_STEP_READ)
    {
      acc_visit_prepare (self->visit);
      acc_read_page_ask_language (ACC_READ_PAGE (self->steps[step]));
    }
  update_widgets (self);
  acc_step_page_enter (self->steps[step], from_behind);
  if (step == ACC_STEP_READ)
    gtk_widget_grab_focus (GTK_WIDGET (self->pdf));
}

static void
next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccLetterPage *self = ACC_LETTER_PAGE (widget);

  if (!acc_step_page_next (self->steps[self->step]))
    go_to_step (self, self->step + 1, FALSE);
}

static void
back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccLetterPage *self = ACC_LETTER_PAGE (widget);

  if (!acc_step_page_back (self->steps[self->step]))
    go_to_step (self, self->step - 1, TRUE);
}

static void
start_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[START_AGAIN], 0);
}

/* Never before the client could read it; after a failure, what failed is tried again. */
static void
send (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccLetterPage *self = ACC_LETTER_PAGE (widget);

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
  AccLetterPage *self = ACC_LETTER_PAGE (widget);

  gtk_widget_activate_action (widget, self->step == ACC_STEP_READ ? "letter.send" : "letter.next", NULL);
}

static void
finish (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[FINISHED], 0);
}

static void
larger (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ACC_LETTER_PAGE (widget)->pdf), "pdf.zoom-in", NULL);
}

static void
smaller (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ACC_LETTER_PAGE (widget)->pdf), "pdf.zoom-out", NULL);
}

static void
whole_width (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (ACC_LETTER_PAGE (widget)->pdf), "pdf.fit-width", NULL);
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
};

/* What the client wrote is sealed now. */
static void
on_sent (AccLetterPage *self)
{
  g_signal_emit (self, signals[SENT], 0, acc_visit_get_number (self->visit));
}

/* A tap on another answer of this step goes to its question. */
static void
on_answer_picked (AccLetterPage *self, guint field, guint index)
{
  acc_step_page_go_to (self->steps[self->step], field, index);
}

/* Whoever types has less of the screen: what can be spared steps back. */
static void
on_keyboard (AccLetterPage *self)
{
  acc_look_set_class (GTK_WIDGET (self), "typing", gtk_widget_get_visible (GTK_WIDGET (self->keyboard)));
  update_places (self);
  update_paper (self);
}

static void
on_departments (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccLetterPage) self = data;
  g_auto (GStrv) names = acc_station_list_departments_finish (ACC_STATION (source), result, NULL);

  if (self->visit != NULL)
    acc_who_page_set_departments (ACC_WHO_PAGE (self->steps[ACC_STEP_WHO]), (const char *const *) names);
}

static void
acc_letter_page_dispose (GObject *object)
{
  AccLetterPage *self = ACC_LETTER_PAGE (object);
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (self->sketch != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->sketch);
  self->sketch = 0;
  if (self->sheet != NULL)
    acc_sheet_set_text_view (self->sheet, NULL);
  if (self->visit_signals != NULL)
    g_signal_group_set_target (self->visit_signals, NULL);
  g_clear_object (&self->visit_signals);
  memset (self->steps, 0, sizeof self->steps);
  gtk_widget_dispose_template (GTK_WIDGET (self), ACC_TYPE_LETTER_PAGE);
  g_clear_pointer (&content, gtk_widget_unparent);
  g_clear_object (&self->visit);
  g_clear_object (&self->ready);
  g_clear_object (&self->form);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (acc_letter_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/letter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, head);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, body);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, page_scroller);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, pages);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, papers);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, pdf);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, keyboard);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, foot);
  gtk_widget_class_bind_template_child (widget_class, AccLetterPage, next);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_keyboard);
  gtk_widget_class_bind_template_callback (widget_class, update_widgets);
}

static void
acc_letter_page_class_init (AccLetterPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_letter_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", ACC_TYPE_LETTER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   0);
  signals[START_AGAIN] = g_signal_new ("start-again", ACC_TYPE_LETTER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  signals[SENT] = g_signal_new ("sent", ACC_TYPE_LETTER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  signals[FINISHED] = g_signal_new ("finished", ACC_TYPE_LETTER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (verb_rows); i++)
    gtk_widget_class_install_action (widget_class, verb_rows[i].name, NULL, verb_rows[i].activate);
  g_type_ensure (ACC_TYPE_HEAD);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
add_steps (AccLetterPage *self)
{
  for (AccStep step = 0; step < ACC_STEP_N; step++)
    {
      self->steps[step] = g_object_new (step_rows[step].get_type (), NULL);
      gtk_stack_add_child (self->pages, GTK_WIDGET (self->steps[step]));
      g_signal_connect_object (self->steps[step], "form-changed", G_CALLBACK (on_form_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->steps[step], "question-changed", G_CALLBACK (update_widgets), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
acc_letter_page_init (AccLetterPage *self)
{
  self->language = acc_language_get ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_steps (self);
  self->visit_signals = g_signal_group_new (ACC_TYPE_VISIT);
  g_signal_group_connect_swapped (self->visit_signals, "changed", G_CALLBACK (on_visit_changed), self);
  g_signal_group_connect_swapped (self->visit_signals, "sent", G_CALLBACK (on_sent), self);
}

static void
take_station (AccLetterPage *self, AccStation *station)
{
  self->station = g_object_ref (station);
  acc_head_set_letterhead (self->head, acc_station_get_letterhead (station));
  acc_pdf_view_set_worker (self->pdf, acc_station_get_paper_worker (station));
  acc_keyboard_set_language (self->keyboard, acc_language_get ());
  acc_keyboard_take_config (self->keyboard, acc_station_get_config (station));
  acc_welcome_page_set_languages (ACC_WELCOME_PAGE (self->steps[ACC_STEP_WELCOME]), acc_station_get_languages (station));
  acc_station_list_departments_async (station, on_departments, g_object_ref (self));
}

/* Takes @visit. */
static GtkWidget *
page_new (AccStation *station, AccVisit *visit)
{
  AccLetterPage *self = g_object_new (ACC_TYPE_LETTER_PAGE, NULL);

  take_station (self, station);
  self->visit = visit;
  g_signal_group_set_target (self->visit_signals, visit);
  on_visit_changed (self);
  return GTK_WIDGET (self);
}

GtkWidget *
acc_letter_page_new (AccStation *station)
{
  g_return_val_if_fail (ACC_IS_STATION (station), NULL);

  return page_new (station, acc_visit_new (station));
}

GtkWidget *
acc_letter_page_new_translated (AccLetterPage *page)
{
  AccVisit *visit;

  g_return_val_if_fail (ACC_IS_LETTER_PAGE (page), NULL);

  visit = g_object_ref (page->visit);
  if (g_str_equal (acc_form_get_fields (page->form)->language, page->language))
    {
      g_autoptr (AccForm) form = acc_form_with_language (page->form, acc_language_get ());

      acc_visit_set_form (visit, form);
    }
  return page_new (page->station, visit);
}

GtkWidget *
acc_letter_page_new_farewell (AccStation *station, const char *number, const char *slip_code)
{
  AccLetterPage *self;

  g_return_val_if_fail (ACC_IS_STATION (station), NULL);

  self = ACC_LETTER_PAGE (acc_letter_page_new (station));
  self->step = ACC_STEP_SENT;
  acc_sent_page_set_slip (ACC_SENT_PAGE (self->steps[ACC_STEP_SENT]), station, number, slip_code);
  update_widgets (self);
  return GTK_WIDGET (self);
}

void
acc_letter_page_set_layout (AccLetterPage *self, const AccLayout *layout)
{
  g_return_if_fail (ACC_IS_LETTER_PAGE (self));

  self->layout = *layout;
  acc_head_set_layout (self->head, layout);
  update_places (self);
  update_paper (self);
}

void
acc_letter_page_enter (AccLetterPage *self)
{
  g_return_if_fail (ACC_IS_LETTER_PAGE (self));

  acc_step_page_enter (self->steps[self->step], FALSE);
}

/* Where something is written: the last of these steps is where the client had got to. */
static const struct {
  AccStep step;
  AccField field;
} trail_rows[] = {
  { ACC_STEP_STORY, ACC_FIELD_STORY_NEED },
  { ACC_STEP_STORY, ACC_FIELD_STORY_ACT },
  { ACC_STEP_STORY, ACC_FIELD_STORY_DIFFERENCE },
  { ACC_STEP_BANKER, ACC_FIELD_BANKER_NAME },
  { ACC_STEP_BANKER, ACC_FIELD_BANKER_WORDS },
  { ACC_STEP_SIGN, ACC_FIELD_FROM_NAME },
};

void
acc_letter_page_take_up (AccLetterPage *self, AccForm *form)
{
  AccStep step = ACC_STEP_WHO;

  g_return_if_fail (ACC_IS_LETTER_PAGE (self));
  g_return_if_fail (ACC_IS_FORM (form));

  for (guint i = 0; i < G_N_ELEMENTS (trail_rows); i++)
    if (*acc_form_get_text (form, trail_rows[i].field, 0) != '\0')
      step = trail_rows[i].step;
  acc_visit_set_form (self->visit, form);
  go_to_step (self, step, FALSE);
}

void
acc_letter_page_offer (AccLetterPage *self, const AccHandover *handover)
{
  g_return_if_fail (ACC_IS_LETTER_PAGE (self));

  acc_welcome_page_offer (ACC_WELCOME_PAGE (self->steps[ACC_STEP_WELCOME]), handover);
}

void
acc_letter_page_begin_prepared (AccLetterPage *self, const AccHandover *handover)
{
  const struct {
    AccField field;
    const char *text;
  } answers[] = {
    { ACC_FIELD_TO_NAME, handover->name },
    { ACC_FIELD_TO_DEPARTMENT, handover->department },
  };
  g_autoptr (AccForm) form = NULL;

  g_return_if_fail (ACC_IS_LETTER_PAGE (self));

  form = g_object_ref (self->form);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (AccForm) next_form = acc_form_with_text (form, answers[i].field, 0, answers[i].text);

      g_set_object (&form, next_form);
    }
  acc_visit_set_form (self->visit, form);
  go_to_step (self, ACC_STEP_WHO, FALSE);
}

AccStep
acc_letter_page_get_step (AccLetterPage *self)
{
  g_return_val_if_fail (ACC_IS_LETTER_PAGE (self), ACC_STEP_WELCOME);

  return self->step;
}

AccForm *
acc_letter_page_get_form (AccLetterPage *self)
{
  g_return_val_if_fail (ACC_IS_LETTER_PAGE (self), NULL);

  return self->form;
}

AccReadyLetter *
acc_letter_page_get_ready (AccLetterPage *self)
{
  g_return_val_if_fail (ACC_IS_LETTER_PAGE (self), NULL);

  return self->ready;
}

gboolean
acc_letter_page_is_sending (AccLetterPage *self)
{
  g_return_val_if_fail (ACC_IS_LETTER_PAGE (self), FALSE);

  return acc_visit_is_sending (self->visit);
}
