/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/kiosk-window.h"

#include <glib/gi18n-lib.h>

#include "base/config.h"
#include "base/error.h"
#include "base/language.h"
#include "inbox/inbox.h"
#include "kiosk/draft-keeper.h"
#include "kiosk/draft-offer.h"
#include "kiosk/idle.h"
#include "kiosk/layout.h"
#include "kiosk/letter-page.h"
#include "kiosk/look-chooser.h"
#include "kiosk/out-of-service.h"
#include "kiosk/slip-page.h"
#include "kiosk/staff-corner.h"
#include "kiosk/staff-page.h"
#include "kit/ask.h"
#include "kit/focus-ring.h"
#include "kit/look.h"
#include "kit/look-choice.h"
#include "kit/wipe.h"
#include "letter/handover-watch.h"

#define LOOK_SECONDS 10 /* between two looks whether a letter could be kept, while nobody writes one */

struct _AccKioskWindow {
  GtkApplicationWindow parent_instance;

  AccAsk *ask;
  GtkStack *layers, *modes;
  AccLetterPage *page; /* lent by the stack: the present client's; NULL while out of service */

  int width, height; /* pixels; 0 until it is known */
  AccLayout layout;
  char *store_dir;
  AccStation *station;
  gboolean open; /* the station is */
  guint look;    /* source */
  GtkWidget *first; /* the first client's page, until there can be one; NULL: none is made */

  AccIdle *idle;
  AccDraftKeeper *keeper;
  AccForm *left;        /* what a crash has left, until it is offered */
  AccDraftOffer *offer; /* lent by the stack; NULL: none is made */
  AccSlipPage *slip;    /* lent by the stack; NULL: nobody asks for a letter */
  AccStaffPage *staff;  /* lent by the layers; NULL: staff have not asked */

  AccHandoverWatch *handover; /* what a banker prepares; NULL until the station is open */
  gboolean offering;          /* … is on the screen */
};

enum { ENDING, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccKioskWindow, acc_kiosk_window, GTK_TYPE_APPLICATION_WINDOW)

static void look (AccKioskWindow *self);
static void open_station (AccKioskWindow *self);
static void show_page (AccKioskWindow *self, GtkWidget *page);
static void watch_handover (AccKioskWindow *self);

/* What is on the screen, for the wait that it may stand. */
static AccIdleScreen
find_screen (AccKioskWindow *self)
{
  AccStep step;

  if (self->slip != NULL)
    return ACC_IDLE_FAREWELL;
  if (self->page == NULL || acc_letter_page_is_sending (self->page))
    return ACC_IDLE_NOTHING;
  step = acc_letter_page_get_step (self->page);
  if (step == ACC_STEP_SENT)
    return ACC_IDLE_FAREWELL;
  return step == ACC_STEP_WELCOME && !acc_form_is_begun (acc_letter_page_get_form (self->page)) ? ACC_IDLE_WELCOME
                                                                                                : ACC_IDLE_LETTER;
}

/* A letter on its way is a draft no more: after a crash it may have arrived, and would be sent twice. */
static void
watch_page (AccKioskWindow *self)
{
  AccIdleScreen screen = find_screen (self);
  AccForm *form = screen == ACC_IDLE_LETTER ? acc_letter_page_get_form (self->page) : NULL;

  acc_idle_set_screen (self->idle, screen);
  acc_draft_keeper_set_form (self->keeper, form != NULL && acc_form_is_begun (form) ? form : NULL);
  watch_handover (self);
}

/* ---- from the desk ---- */

/* Offered to whoever has not begun. Who then begins has used it, or did without: in both cases it is gone. */
static void
watch_handover (AccKioskWindow *self)
{
  gboolean welcome = find_screen (self) == ACC_IDLE_WELCOME;
  const AccHandover *waiting = self->handover != NULL ? acc_handover_watch_get (self->handover) : NULL;
  gboolean was_offered = self->offering && self->page != NULL;

  self->offering = welcome && waiting != NULL;
  if (self->page != NULL)
    acc_letter_page_offer (self->page, self->offering ? waiting : NULL);
  if (was_offered && !welcome)
    acc_handover_watch_erase (self->handover);
}

static void
begin_prepared (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);
  g_autoptr (AccHandover) taken = self->offering ? acc_handover_watch_take (self->handover) : NULL;

  if (taken != NULL)
    acc_letter_page_begin_prepared (self->page, taken);
}

static void
watch_desk (AccKioskWindow *self)
{
  g_autofree char *inbox = acc_inbox_path (self->store_dir);
  AccConfig *config = acc_station_get_config (self->station);

  g_clear_object (&self->handover);
  self->handover = acc_handover_watch_new (acc_config_get (config, ACC_CONFIG_KIOSK_HANDOVER), inbox);
  g_signal_connect_object (self->handover, "changed", G_CALLBACK (watch_handover), self, G_CONNECT_SWAPPED);
}

/* ---- what is shown ---- */

static void
speak (AccKioskWindow *self, const char *tag)
{
  g_autoptr (AccLanguage) language = acc_language_find (tag);

  acc_language_use (tag);
  gtk_widget_set_default_direction (language != NULL && language->right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Write a letter of thanks"));
}

static void
show_mode (AccKioskWindow *self, GtkWidget *page, const char *name)
{
  acc_look_wrap_buttons (page);
  gtk_stack_add_named (self->modes, page, name);
  gtk_stack_set_visible_child (self->modes, page);
}

/* The branch's own language. */
static void
speak_first (AccKioskWindow *self)
{
  GPtrArray *languages = acc_station_get_languages (self->station);

  speak (self, ((const AccLanguage *) g_ptr_array_index (languages, 0))->tag);
}

static void
set_quiet (AccKioskWindow *self, AccConfigKey key)
{
  AccConfig *config = acc_station_get_config (self->station);

  acc_idle_set_seconds (self->idle, acc_config_get_int (config, key),
                        acc_config_get_int (config, ACC_CONFIG_KIOSK_WARNING));
}

/* The next client, or the same one anew: nothing of the last letter stays, nor the language and the look that were
 * chosen. */
static void
begin (AccKioskWindow *self)
{
  speak_first (self);
  acc_look_forget_choice (gtk_widget_get_display (GTK_WIDGET (self)));
  set_quiet (self, ACC_CONFIG_KIOSK_IDLE);
  show_page (self, self->first != NULL ? self->first : acc_letter_page_new (self->station));
  g_clear_object (&self->first);
}

/* For the present client, whom staff help: there is no hurry. */
static void
assist (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (self->open)
    set_quiet (self, ACC_CONFIG_KIOSK_ASSISTED);
}

static void
on_start_again_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccKioskWindow) self = data;

  if (acc_ask_finish (ACC_ASK (source), result, NULL))
    begin (self);
}

static void
on_start_again (AccKioskWindow *self)
{
  const AccQuestion question = {
    .question = _ ("Start again?"),
    .explanation = _ ("What you have written so far will be gone. Nobody keeps it."),
    .yes = _ ("Start again"),
    .no = _ ("Go on writing"),
  };

  acc_ask_async (self->ask, &question, NULL, on_start_again_answered, g_object_ref (self));
}

static void
choose_look (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);
  const AccQuestion question = {
    .question = _ ("Text and colours"),
    .explanation = _ ("For you, and only now. The letter stays as it is."),
    .no = _ ("Done"),
    .extra = acc_look_chooser_new (),
  };

  acc_ask_async (self->ask, &question, NULL, NULL, NULL);
}

static void
look_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (self->open)
    look (self);
  else
    open_station (self);
}

static void
on_sent (AccKioskWindow *self, const char *number)
{
  AccReadyLetter *ready = acc_letter_page_get_ready (self->page);
  g_autofree char *code = g_strdup (acc_ready_letter_get_slip_code (ready));

  show_page (self, acc_letter_page_new_farewell (self->station, number, code));
}

static gboolean
is_at_welcome (AccKioskWindow *self)
{
  return self->page != NULL && acc_letter_page_get_step (self->page) == ACC_STEP_WELCOME;
}

static void
speak_to_client (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (!is_at_welcome (self))
    return;
  speak (self, g_variant_get_string (parameter, NULL));
  show_page (self, acc_letter_page_new_translated (self->page));
}

static void
update_actions (AccKioskWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "kiosk.look-again", self->page == NULL);
}

static void
drop_page (AccKioskWindow *self)
{
  if (self->page != NULL)
    gtk_stack_remove (self->modes, GTK_WIDGET (g_steal_pointer (&self->page)));
  if (self->offer != NULL)
    gtk_stack_remove (self->modes, GTK_WIDGET (g_steal_pointer (&self->offer)));
  if (self->slip != NULL)
    gtk_stack_remove (self->modes, GTK_WIDGET (g_steal_pointer (&self->slip)));
  acc_wipe_clipboards (GTK_WIDGET (self));
  watch_page (self);
}

static void
show_page (AccKioskWindow *self, GtkWidget *page)
{
  drop_page (self);
  self->page = ACC_LETTER_PAGE (page);
  g_signal_connect_object (page, "start-again", G_CALLBACK (on_start_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "sent", G_CALLBACK (on_sent), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "finished", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  acc_letter_page_set_layout (self->page, &self->layout);
  show_mode (self, page, "letter");
  acc_letter_page_enter (self->page);
  g_signal_connect_object (page, "changed", G_CALLBACK (watch_page), self, G_CONNECT_SWAPPED);
  watch_page (self);
  update_actions (self);
  look (self);
}

/* ---- with the code of a slip ---- */

static void
open_slip (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);
  GtkWidget *slip;

  if (!is_at_welcome (self))
    return;
  drop_page (self);
  slip = acc_slip_page_new (self->station);
  self->slip = ACC_SLIP_PAGE (slip);
  g_signal_connect_object (slip, "finished", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  show_mode (self, slip, "slip");
  acc_slip_page_enter (self->slip);
  watch_page (self);
  update_actions (self);
}

/* ---- after a crash ---- */

/* As the letter was begun, if the kiosk speaks that. */
static void
speak_for (AccKioskWindow *self, AccForm *draft)
{
  const char *begun = acc_form_get_fields (draft)->language;
  GPtrArray *languages = acc_station_get_languages (self->station);

  speak_first (self);
  for (guint i = 0; i < languages->len; i++)
    if (g_str_equal (((const AccLanguage *) g_ptr_array_index (languages, i))->tag, begun))
      speak (self, begun);
}

static void
on_offer_settled (AccKioskWindow *self, gboolean found)
{
  g_autoptr (AccForm) draft = g_object_ref (acc_draft_offer_get_draft (self->offer));

  begin (self);
  if (!found)
    return;
  speak_for (self, draft);
  show_page (self, acc_letter_page_new (self->station));
  self->offering = FALSE; /* it is for somebody else */
  acc_letter_page_take_up (self->page, draft);
}

static void
offer_what_is_left (AccKioskWindow *self)
{
  g_autoptr (AccForm) left = g_steal_pointer (&self->left);
  GtkWidget *offer;

  if (left == NULL)
    {
      begin (self);
      return;
    }
  drop_page (self);
  speak_for (self, left);
  offer = acc_draft_offer_new (left, self->station);
  self->offer = ACC_DRAFT_OFFER (offer);
  g_signal_connect_object (offer, "settled", G_CALLBACK (on_offer_settled), self, G_CONNECT_SWAPPED);
  show_mode (self, offer, "offer");
  acc_draft_offer_enter (self->offer);
  update_actions (self);
}

/* Made anew each time: it is in the branch's own language, whatever the last client read. */
static void
leave_service (AccKioskWindow *self, const GError *error)
{
  g_autofree char *sentence = acc_error_screen_sentence (error);
  GtkWidget *before = gtk_stack_get_child_by_name (self->modes, "out-of-service");
  GtkWidget *page;

  if (self->open)
    speak_first (self);
  page = acc_out_of_service_new (sentence, self->open ? acc_station_get_letterhead (self->station) : NULL);
  if (before != NULL)
    gtk_stack_remove (self->modes, before);
  show_mode (self, page, "out-of-service");
  drop_page (self);
  update_actions (self);
}

/* Out of service: nobody is here, and nobody is asked for. */
static gboolean
is_vacant (AccKioskWindow *self)
{
  return self->page == NULL && self->offer == NULL && self->slip == NULL;
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
  if (!can_keep && (is_at_welcome (self) || is_vacant (self)))
    leave_service (self, error);
  else if (can_keep && is_vacant (self))
    begin (self);
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

  if (is_at_welcome (self) || is_vacant (self))
    look (self);
  return G_SOURCE_CONTINUE;
}

/* Made while the trial letter is written. Nobody sees it before that is read. */
static void
on_loaded (AccKioskWindow *self, AccStation *station)
{
  if (station != self->station || self->left != NULL)
    return;
  speak_first (self);
  g_clear_object (&self->first);
  self->first = g_object_ref_sink (acc_letter_page_new (self->station));
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
      g_clear_object (&self->left);
      g_clear_object (&self->first);
      leave_service (self, error);
      return;
    }
  self->open = TRUE;
  acc_look_apply_letterhead (gtk_widget_get_display (GTK_WIDGET (self)), acc_station_get_letterhead (self->station));
  self->look = g_timeout_add_seconds (LOOK_SECONDS, on_look_due, self);
  watch_desk (self);
  offer_what_is_left (self);
}

/* Takes @station. */
static void
take_station (AccKioskWindow *self, AccStation *station)
{
  g_clear_object (&self->station);
  self->station = station;
  g_signal_connect_object (station, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  acc_station_open_async (self->station, on_opened, g_object_ref (self));
}

static void
open_station (AccKioskWindow *self)
{
  take_station (self, acc_station_new (self->store_dir));
}

/* ---- for staff ---- */

static void
close_staff (AccKioskWindow *self)
{
  gtk_stack_set_visible_child (self->layers, GTK_WIDGET (self->modes)); /* a stack shows nothing once that goes */
  gtk_stack_remove (self->layers, GTK_WIDGET (g_steal_pointer (&self->staff)));
  if (self->page != NULL)
    acc_letter_page_enter (self->page);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->modes), GTK_DIR_TAB_FORWARD);
}

static void
on_assist (AccKioskWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "kiosk.assist", NULL);
}

/* What a client has begun does not outlast it. */
static void
on_service_changed (AccKioskWindow *self)
{
  if (self->open)
    begin (self);
  else
    open_station (self);
  gtk_widget_child_focus (GTK_WIDGET (self->staff), GTK_DIR_TAB_FORWARD);
}

static void
on_ending (AccKioskWindow *self, int status)
{
  drop_page (self);
  watch_page (self);
  g_signal_emit (self, signals[ENDING], 0, status);
}

static void
open_staff (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);
  GtkWidget *staff;

  if (self->staff != NULL || acc_ask_is_open (self->ask))
    return;
  staff = acc_staff_page_new (self->store_dir, self->open ? acc_station_get_letterhead (self->station) : NULL,
                              acc_station_get_paper_worker (self->station));
  self->staff = ACC_STAFF_PAGE (staff);
  acc_staff_page_set_layout (self->staff, &self->layout);
  g_signal_connect_object (staff, "left", G_CALLBACK (close_staff), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (staff, "assist", G_CALLBACK (on_assist), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (staff, "service-changed", G_CALLBACK (on_service_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (staff, "ending", G_CALLBACK (on_ending), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->layers, staff);
  gtk_stack_set_visible_child (self->layers, staff);
  acc_staff_page_enter (self->staff);
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
  acc_look_set_class (GTK_WIDGET (self), "tight", self->layout.tight);
  if (self->page != NULL)
    acc_letter_page_set_layout (self->page, &self->layout);
  if (self->staff != NULL)
    acc_staff_page_set_layout (self->staff, &self->layout);
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

/* An open question or a call that is under way may hold the window past the program's end. */
static void
acc_kiosk_window_unrealize (GtkWidget *widget)
{
  acc_draft_keeper_set_form (ACC_KIOSK_WINDOW (widget)->keeper, NULL);
  GTK_WIDGET_CLASS (acc_kiosk_window_parent_class)->unrealize (widget);
}

static void
acc_kiosk_window_dispose (GObject *object)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (object);

  g_clear_handle_id (&self->look, g_source_remove);
  self->page = NULL;
  self->staff = NULL;
  self->offer = NULL;
  self->slip = NULL;
  g_clear_object (&self->first);
  g_clear_object (&self->left);
  g_clear_object (&self->keeper);
  g_clear_object (&self->idle);
  g_clear_object (&self->handover);
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
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, layers);
  gtk_widget_class_bind_template_child (widget_class, AccKioskWindow, modes);
}

static void
acc_kiosk_window_class_init (AccKioskWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_kiosk_window_dispose;
  object_class->finalize = acc_kiosk_window_finalize;
  widget_class->realize = acc_kiosk_window_realize;
  widget_class->unrealize = acc_kiosk_window_unrealize;
  /* For staff, when what was wrong is mended. */
  gtk_widget_class_install_action (widget_class, "kiosk.look-again", NULL, look_again);
  /* For staff who help a client. */
  gtk_widget_class_install_action (widget_class, "kiosk.assist", NULL, assist);
  /* The welcome's, for who comes back with a slip. */
  gtk_widget_class_install_action (widget_class, "kiosk.open-slip", NULL, open_slip);
  gtk_widget_class_install_action (widget_class, "kiosk.begin-prepared", NULL, begin_prepared);
  gtk_widget_class_install_action (widget_class, "kiosk.staff", NULL, open_staff);
  signals[ENDING] = g_signal_new ("ending", ACC_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_INT);
  /* Of every page. */
  gtk_widget_class_install_action (widget_class, "kiosk.choose-look", NULL, choose_look);
  /* The welcome's, with a language's tag. */
  gtk_widget_class_install_action (widget_class, "kiosk.speak", "s", speak_to_client);
  bind_template (widget_class);
}

static gboolean
on_go_on_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  AccKioskWindow *self = ACC_KIOSK_WINDOW (widget);

  if (self->page == NULL || acc_ask_is_open (self->ask))
    return GDK_EVENT_STOP;
  if (self->offering)
    gtk_widget_activate_action (widget, "kiosk.begin-prepared", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->page), "letter.next", NULL);
  return GDK_EVENT_STOP;
}

/* In a story Return is a new line, so going on by keyboard is Ctrl+Return everywhere; seen before the text view. */
static void
add_keys (AccKioskWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (on_go_on_key, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
acc_kiosk_window_init (AccKioskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
  acc_focus_ring_keep (GTK_WINDOW (self));
  acc_staff_corner_watch (GTK_WINDOW (self), "kiosk.staff");
  self->idle = acc_idle_new (GTK_WINDOW (self), self->ask);
  g_signal_connect_object (self->idle, "gone", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

/* At once: it is not left lying while the kiosk opens, or cannot. */
static void
take_what_is_left (AccKioskWindow *self)
{
  g_autoptr (AccConfig) config = acc_config_load (self->store_dir, NULL);

  self->keeper
    = acc_draft_keeper_new (config != NULL ? acc_config_get (config, ACC_CONFIG_KIOSK_DRAFTS) : "", self->store_dir);
  self->left = acc_draft_keeper_take (self->keeper);
}

AccKioskWindow *
acc_kiosk_window_new (GtkApplication *application, const char *store_dir, AccStation *station)
{
  AccKioskWindow *self;

  g_return_val_if_fail (store_dir != NULL, NULL);

  self = g_object_new (ACC_TYPE_KIOSK_WINDOW, "application", application, NULL);
  self->store_dir = g_strdup (store_dir);
  take_what_is_left (self);
  take_station (self, station != NULL ? g_object_ref (station) : acc_station_new (store_dir));
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

AccLetterPage *
acc_kiosk_window_get_page (AccKioskWindow *self)
{
  g_return_val_if_fail (ACC_IS_KIOSK_WINDOW (self), NULL);

  return self->page;
}
