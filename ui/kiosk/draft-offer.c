/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/draft-offer.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/language.h"
#include "kiosk/answer.h"
#include "kiosk/head.h"
#include "kit/countdown.h"
#include "kit/keyboard.h"
#include "kit/look.h"
#include "letter/draft.h"

#define LOOK_EACH 1000 /* milliseconds */
#define OFFER_SECONDS 30
#define TYPING_SECONDS 20 /* from the last key on, even if the offer would be over */
#define MOST_SECONDS 120  /* however somebody types */
#define TRIES 3

struct _AccDraftOffer {
  GtkWidget parent_instance;

  GtkWidget *page;
  AccHead *head;
  AccAnswer *name;
  AccCountdown *countdown;
  AccKeyboard *keyboard;

  AccForm *draft;
  guint tries;
  gint64 deadline, latest; /* microseconds since boot */
  guint tick;              /* source; 0: it is settled */
};

enum { SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccDraftOffer, acc_draft_offer, GTK_TYPE_WIDGET)

static void
settle (AccDraftOffer *self, gboolean found)
{
  if (self->tick == 0)
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  g_signal_emit (self, signals[SETTLED], 0, found);
}

static void
show_left (AccDraftOffer *self)
{
  gint64 left = MAX (self->deadline - acc_clock_boot (), 0);

  acc_countdown_set_seconds (self->countdown, (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
}

static gboolean
on_tick (gpointer data)
{
  AccDraftOffer *self = data;

  show_left (self);
  if (acc_clock_boot () < self->deadline)
    return G_SOURCE_CONTINUE;
  settle (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_typed (AccDraftOffer *self)
{
  gint64 wished = acc_clock_boot () + TYPING_SECONDS * G_USEC_PER_SEC;

  acc_answer_set_missing (self->name, NULL);
  self->deadline = MAX (self->deadline, MIN (wished, self->latest));
}

static void
try_name (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AccDraftOffer *self = ACC_DRAFT_OFFER (widget);
  g_autofree char *typed = acc_answer_dup_text (self->name);

  if (acc_draft_names (self->draft, typed))
    settle (self, TRUE);
  else if (++self->tries == TRIES)
    settle (self, FALSE);
  else
    {
      acc_answer_set_missing (self->name, _ ("That is not the name in the letter. Type it as you wrote it there."));
      acc_answer_focus (self->name);
    }
}

static void
refuse (GtkWidget *widget, const char *action, GVariant *parameter)
{
  settle (ACC_DRAFT_OFFER (widget), FALSE);
}

static void
on_keyboard (AccDraftOffer *self)
{
  acc_look_set_class (GTK_WIDGET (self), "typing", gtk_widget_get_visible (GTK_WIDGET (self->keyboard)));
}

static void
on_return (AccDraftOffer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "draft.open", NULL);
}

static void
acc_draft_offer_dispose (GObject *object)
{
  AccDraftOffer *self = ACC_DRAFT_OFFER (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_DRAFT_OFFER);
  G_OBJECT_CLASS (acc_draft_offer_parent_class)->dispose (object);
}

static void
acc_draft_offer_class_init (AccDraftOfferClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_draft_offer_dispose;
  signals[SETTLED] = g_signal_new ("settled", ACC_TYPE_DRAFT_OFFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_BOOLEAN);
  g_type_ensure (ACC_TYPE_ANSWER);
  g_type_ensure (ACC_TYPE_COUNTDOWN);
  g_type_ensure (ACC_TYPE_HEAD);
  g_type_ensure (ACC_TYPE_KEYBOARD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "draft.open", NULL, try_name);
  gtk_widget_class_install_action (widget_class, "draft.refuse", NULL, refuse);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/draft-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDraftOffer, page);
  gtk_widget_class_bind_template_child (widget_class, AccDraftOffer, head);
  gtk_widget_class_bind_template_child (widget_class, AccDraftOffer, name);
  gtk_widget_class_bind_template_child (widget_class, AccDraftOffer, countdown);
  gtk_widget_class_bind_template_child (widget_class, AccDraftOffer, keyboard);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_return);
  gtk_widget_class_bind_template_callback (widget_class, on_keyboard);
}

static void
acc_draft_offer_init (AccDraftOffer *self)
{
  gint64 now = acc_clock_boot ();

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_answer_set_question (self->name, _ ("Somebody’s letter was not finished"),
                           _ ("If it is yours, type the name of the person you were writing to. Otherwise it will be "
                              "cleared unread."));
  self->deadline = now + OFFER_SECONDS * G_USEC_PER_SEC;
  self->latest = now + MOST_SECONDS * G_USEC_PER_SEC;
  self->tick = g_timeout_add (LOOK_EACH, on_tick, self);
  show_left (self);
}

GtkWidget *
acc_draft_offer_new (AccForm *draft, AccStation *station)
{
  AccDraftOffer *self;

  g_return_val_if_fail (ACC_IS_FORM (draft), NULL);
  g_return_val_if_fail (ACC_IS_STATION (station), NULL);

  self = g_object_new (ACC_TYPE_DRAFT_OFFER, NULL);
  self->draft = g_object_ref (draft);
  acc_head_set_letterhead (self->head, acc_station_get_letterhead (station));
  acc_keyboard_set_language (self->keyboard, acc_language_get ());
  acc_keyboard_take_config (self->keyboard, acc_station_get_config (station));
  return GTK_WIDGET (self);
}

void
acc_draft_offer_enter (AccDraftOffer *self)
{
  g_return_if_fail (ACC_IS_DRAFT_OFFER (self));

  acc_answer_focus (self->name);
}

AccForm *
acc_draft_offer_get_draft (AccDraftOffer *self)
{
  g_return_val_if_fail (ACC_IS_DRAFT_OFFER (self), NULL);

  return self->draft;
}
