/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/slip-page.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "kiosk/answer.h"
#include "kiosk/head.h"
#include "kiosk/slip-words.h"
#include "kit/ask.h"
#include "kit/keyboard.h"

struct _AccSlipPage {
  GtkWidget parent_instance;

  GtkWidget *page;
  AccHead *head;
  GtkStack *pages;
  AccAnswer *code;
  AccKeyboard *keyboard;
  GtkLabel *title, *sentence, *request, *failure;
  GtkWidget *withdraw, *erase, *leave;

  AccStation *station;
  AccSlip *slip; /* NULL until the code has opened it */
  gboolean busy; /* the station is at it */
};

enum { CHANGED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccSlipPage, acc_slip_page, GTK_TYPE_WIDGET)

static void
show_or_hide (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
update_widgets (AccSlipPage *self, const char *failure)
{
  AccSlipWords words = { NULL };

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "slip.look-up", !self->busy && self->slip == NULL);
  if (self->slip != NULL)
    {
      words = acc_slip_words_for (self->slip);
      gtk_label_set_text (self->title, words.title);
      gtk_label_set_text (self->sentence, words.sentence);
      show_or_hide (self->request, words.request);
      show_or_hide (self->failure, failure);
      /* each in a place of its own */
      gtk_widget_set_visible (gtk_widget_get_parent (self->withdraw), words.can_withdraw);
      gtk_widget_set_visible (gtk_widget_get_parent (self->erase), words.can_erase);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "slip.withdraw", !self->busy && words.can_withdraw);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "slip.erase", !self->busy && words.can_erase);
  gtk_stack_set_visible_child_name (self->pages, self->slip != NULL ? "state" : "code");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_slip (AccSlipPage *self, AccSlip *slip)
{
  g_clear_pointer (&self->slip, acc_slip_free);
  self->slip = slip;
}

/* ---- the code ---- */

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccSlipPage) self = data;
  g_autoptr (GError) error = NULL;
  AccSlip *slip = acc_station_look_up_slip_finish (ACC_STATION (source), result, &error);
  g_autofree char *sentence = NULL;

  if (self->station == NULL) /* the client has left */
    {
      acc_slip_free (slip);
      return;
    }
  self->busy = FALSE;
  if (slip != NULL)
    {
      take_slip (self, slip);
      update_widgets (self, NULL);
      gtk_widget_grab_focus (self->leave);
      return;
    }
  /* what is wrong with a code says itself what to do */
  sentence = g_error_matches (error, ACC_ERROR, ACC_ERROR_PASSPHRASE) ? g_strdup (error->message)
                                                                      : acc_error_sentence (error);
  acc_answer_set_missing (self->code, sentence);
  update_widgets (self, NULL);
  acc_answer_focus (self->code);
}

static void
look_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccSlipPage *self = ACC_SLIP_PAGE (widget);
  g_autofree char *code = acc_answer_dup_text (self->code);

  self->busy = TRUE;
  update_widgets (self, NULL);
  acc_station_look_up_slip_async (self->station, code, on_looked_up, g_object_ref (self));
}

static void
on_typed (AccSlipPage *self)
{
  acc_answer_set_missing (self->code, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_return (AccSlipPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "slip.look-up", NULL);
}

/* ---- the letter ---- */

/* A request under way; the question is asked before. */
typedef struct {
  AccSlipPage *page;
  AccRequestKind kind;
} Asking;

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccSlipPage) self = data;
  g_autoptr (GError) error = NULL;
  AccSlip *slip = acc_station_ask_slip_finish (ACC_STATION (source), result, &error);
  g_autofree char *sentence = error != NULL ? acc_error_sentence (error) : NULL;

  if (self->station == NULL)
    {
      acc_slip_free (slip);
      return;
    }
  self->busy = FALSE;
  if (slip != NULL)
    take_slip (self, slip);
  update_widgets (self, sentence);
  gtk_widget_grab_focus (self->leave);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (AccSlipPage) self = asking->page;

  if (!acc_ask_finish (ACC_ASK (source), result, NULL) || self->station == NULL || self->busy)
    return;
  self->busy = TRUE;
  update_widgets (self, NULL);
  acc_station_ask_slip_async (self->station, self->slip, asking->kind, on_asked, g_object_ref (self));
}

static void
ask (AccSlipPage *self, AccRequestKind kind)
{
  AccSlipQuestion words = acc_slip_words_ask (self->slip, kind);
  const AccQuestion question
    = { .question = words.question, .explanation = words.explanation, .yes = words.yes, .no = words.no };
  GtkWidget *sheet = gtk_widget_get_ancestor (GTK_WIDGET (self), ACC_TYPE_ASK);
  Asking *asking = g_new0 (Asking, 1);

  asking->page = g_object_ref (self);
  asking->kind = kind;
  acc_ask_async (ACC_ASK (sheet), &question, NULL, on_answered, asking);
}

static void
withdraw (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask (ACC_SLIP_PAGE (widget), ACC_REQUEST_WITHDRAW);
}

static void
erase (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask (ACC_SLIP_PAGE (widget), ACC_REQUEST_ERASE);
}

static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[FINISHED], 0);
}

/* ---- the class ---- */

static void
acc_slip_page_dispose (GObject *object)
{
  AccSlipPage *self = ACC_SLIP_PAGE (object);

  g_clear_object (&self->station);
  take_slip (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_SLIP_PAGE);
  G_OBJECT_CLASS (acc_slip_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/slip-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, page);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, head);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, pages);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, code);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, keyboard);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, title);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, request);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, failure);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, withdraw);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, erase);
  gtk_widget_class_bind_template_child (widget_class, AccSlipPage, leave);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_return);
}

static void
acc_slip_page_class_init (AccSlipPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_slip_page_dispose;
  signals[CHANGED]
    = g_signal_new ("changed", ACC_TYPE_SLIP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED]
    = g_signal_new ("finished", ACC_TYPE_SLIP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ACC_TYPE_ANSWER);
  g_type_ensure (ACC_TYPE_HEAD);
  g_type_ensure (ACC_TYPE_KEYBOARD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "slip.look-up", NULL, look_up);
  gtk_widget_class_install_action (widget_class, "slip.withdraw", NULL, withdraw);
  gtk_widget_class_install_action (widget_class, "slip.erase", NULL, erase);
  gtk_widget_class_install_action (widget_class, "slip.leave", NULL, leave);
  bind_template (widget_class);
}

static void
acc_slip_page_init (AccSlipPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_answer_set_question (self->code, _ ("What is the code on your slip?"),
                           _ ("It has 12 letters and digits. Capitals and dashes do not matter."));
  update_widgets (self, NULL);
}

GtkWidget *
acc_slip_page_new (AccStation *station)
{
  AccSlipPage *self;

  g_return_val_if_fail (ACC_IS_STATION (station), NULL);

  self = g_object_new (ACC_TYPE_SLIP_PAGE, NULL);
  self->station = g_object_ref (station);
  acc_head_set_letterhead (self->head, acc_station_get_letterhead (station));
  acc_keyboard_set_language (self->keyboard, "en"); /* a code is of Latin letters and digits, whatever is spoken */
  acc_keyboard_take_config (self->keyboard, acc_station_get_config (station));
  return GTK_WIDGET (self);
}

void
acc_slip_page_enter (AccSlipPage *self)
{
  g_return_if_fail (ACC_IS_SLIP_PAGE (self));

  acc_answer_focus (self->code);
}
