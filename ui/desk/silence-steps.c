/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deliveries of which nothing was heard: marked in the queue and on their letter, taken to the next level or left at that. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "desk/desk-silences.h"

#define WAIT_MOST (60 * 1000) /* milliseconds between two looks at the clock */

static const char *
get_number (AccDeskWindow *self)
{
  return acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->number;
}

/* ---- which they are ---- */

void
acc_desk_window_set_silences (AccDeskWindow *self, GPtrArray *silences)
{
  acc_queue_pane_set_silences (ACC_QUEUE_PANE (self->queue), silences);
  acc_decision_pane_set_silences (ACC_DECISION_PANE (self->decision), silences);
}

static void wait_for_next (AccDeskWindow *self, gint64 due);

static gboolean
on_waited (gpointer data)
{
  AccDeskWindow *self = data;

  self->silence_source = 0;
  if (acc_clock_now () < self->silence_due)
    wait_for_next (self, self->silence_due);
  else
    acc_desk_window_look_for_silences (self);
  return G_SOURCE_REMOVE;
}

/* A desk where nobody takes a step sees the next one all the same. In short waits: one of days would stand still while the
 * machine sleeps, and know of no clock that is put right. */
static void
wait_for_next (AccDeskWindow *self, gint64 due)
{
  gint64 left = MAX (due - acc_clock_now (), 0) / 1000 + 1; /* milliseconds */

  acc_desk_window_stop_waiting_for_silences (self);
  self->silence_due = due;
  if (due > 0)
    self->silence_source = g_timeout_add ((guint) MIN (left, WAIT_MOST), on_waited, self);
}

void
acc_desk_window_stop_waiting_for_silences (AccDeskWindow *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 due = 0;
  g_autoptr (GPtrArray) silences
    = acc_desk_session_list_silences_finish (ACC_DESK_SESSION (source), result, &due, &error);
  gboolean again = self->look_again;

  self->looking = self->look_again = FALSE;
  if (self->disposed || acc_desk_session_get_banker (self->session) == NULL)
    return;
  /* What keeps the stores from being read, the next refresh tells. */
  if (silences != NULL)
    acc_desk_window_set_silences (self, silences);
  else
    g_info ("Of whom nothing was heard is looked for later: %s", error->message);
  wait_for_next (self, due);
  if (again)
    acc_desk_window_look_for_silences (self);
}

void
acc_desk_window_look_for_silences (AccDeskWindow *self)
{
  if (self->looking)
    {
      self->look_again = TRUE;
      return;
    }
  self->looking = TRUE;
  acc_desk_session_list_silences_async (self->session, on_listed, g_object_ref (self));
}

/* ---- the next level ---- */

static void
on_next_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskNext) next = acc_desk_session_open_next_finish (ACC_DESK_SESSION (source), result, &error);
  AccDeskFacts facts;

  if (self->disposed)
    return;
  self->busy = FALSE;
  if (next == NULL)
    acc_desk_window_set_problem (self, error);
  else if (next->recipient == NULL)
    acc_desk_window_show_toast (self, next->sentence);
  else if (self->draft != NULL
           && g_str_equal (get_number (self), acc_desk_letter_get_record (next->letter)->number))
    {
      acc_review_draft_get_facts (self->draft, FALSE, &facts);
      acc_decision_pane_ask_next (ACC_DECISION_PANE (self->decision), next,
                                  acc_desk_session_get_banker (self->session), facts.named);
    }
  acc_desk_window_update (self);
}

static void
open_next (GSimpleAction *action, GVariant *position, gpointer data)
{
  AccDeskWindow *self = data;

  if (self->draft == NULL || self->busy)
    return;
  acc_desk_window_begin_step (self);
  acc_desk_session_open_next_async (self->session, get_number (self), g_variant_get_uint32 (position), on_next_opened,
                                    g_object_ref (self));
}

typedef struct {
  AccDeskWindow *window;
  char *toast;
  char *kept_as; /* what was written for it; NULL: nothing was */
} Step;

static Step *
step_new (AccDeskWindow *self, char *toast)
{
  Step *step = g_new0 (Step, 1);

  step->window = g_object_ref (self);
  step->toast = toast;
  return step;
}

static void
on_step_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Step *step = data;
  g_autofree char *toast = step->toast, *kept_as = step->kept_as;
  g_autoptr (AccDeskWindow) self = step->window;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);

  if (self->disposed)
    return;
  acc_desk_window_look_for_silences (self);
  if (letter == NULL)
    return;
  if (kept_as != NULL)
    acc_desk_window_forget_words (self, letter, kept_as);
  acc_desk_window_show_toast (self, toast);
  acc_desk_window_return_focus (self, letter);
}

void
acc_desk_window_send_next (AccDeskWindow *self)
{
  AccNextPanel *panel = acc_decision_pane_get_next (ACC_DECISION_PANE (self->decision));
  AccDeskNext *next = acc_next_panel_get_next (panel);
  g_autofree char *paragraph = acc_next_panel_dup_paragraph (panel);
  Step *step = step_new (self, g_strdup_printf (_ ("It goes to %s as well."), next->recipient->person->name));

  step->kept_as = acc_decision_pane_dup_kept_as (ACC_DECISION_PANE (self->decision));
  acc_desk_window_begin_step (self);
  acc_desk_session_send_next_async (self->session, next, paragraph, acc_next_panel_get_named (panel), on_step_ended,
                                    step);
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  acc_desk_window_update (self);
}

static void
leave (GSimpleAction *action, GVariant *position, gpointer data)
{
  AccDeskWindow *self = data;

  if (self->draft == NULL || self->busy)
    return;
  acc_desk_window_begin_step (self);
  acc_desk_session_leave_silence_async (self->session, get_number (self), g_variant_get_uint32 (position), on_step_ended,
                                        step_new (self, g_strdup (_ ("Left at that. An answer can still be noted."))));
}

/* ---- the verbs ---- */

void
acc_desk_window_install_silences (AccDeskWindow *self)
{
  static const GActionEntry deliveries[] = {
    { .name = "next-level", .activate = open_next, .parameter_type = "u" },
    { .name = "leave", .activate = leave, .parameter_type = "u" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->delivery), deliveries, G_N_ELEMENTS (deliveries), self);
  /* Once the letters are read: nobody waits for it. */
  g_signal_connect_object (self->session, "history-read", G_CALLBACK (acc_desk_window_look_for_silences), self,
                           G_CONNECT_SWAPPED);
}
