/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker does with receipts: notes who was heard from, and tells the client of a message back. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "desk/desk-receipts.h"
#include "desk/words.h"

#define REPLIES_SECONDS 60 /* at least between two looks into the maildir */
#define LEFT_SHOWN 3       /* of the answers that were left alone */

static const char *
get_number (AccDeskWindow *self)
{
  return acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->number;
}

/* ---- heard back ---- */

gboolean
acc_desk_window_may_hear (AccDeskWindow *self)
{
  return self->draft != NULL && acc_heard_panel_can_begin (acc_review_draft_get_letter (self->draft));
}

/* @position: NULL from the key, which asks of whom. */
static void
ask_heard (GSimpleAction *action, GVariant *position, gpointer data)
{
  AccDeskWindow *self = data;

  acc_decision_pane_ask_heard (ACC_DECISION_PANE (self->decision),
                               position != NULL ? g_variant_get_uint32 (position) : 0);
  acc_desk_window_update (self);
}

typedef struct {
  AccDeskWindow *window;
  char *kept_as; /* what was said */
} Recording;

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Recording *recording = data;
  g_autofree char *kept_as = recording->kept_as;
  g_autoptr (AccDeskWindow) self = recording->window;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);

  if (letter == NULL)
    return;
  acc_desk_window_forget_words (self, letter, kept_as);
  acc_desk_window_show_toast (self, acc_desk_letter_get_record (letter)->state == ACC_STATE_ACKNOWLEDGED
                                      ? _ ("Noted. The letter has arrived, and the client’s slip says so.")
                                      : _ ("Noted."));
  acc_desk_window_return_focus (self, letter);
  acc_desk_window_look_for_silences (self);
}

void
acc_desk_window_record_heard (AccDeskWindow *self)
{
  AccHeardPanel *panel = acc_decision_pane_get_heard (ACC_DECISION_PANE (self->decision));
  g_autofree char *words = acc_heard_panel_dup_words (panel);
  const AccHeard heard = { acc_heard_panel_get_position (panel), acc_heard_panel_get_day (panel), words };
  Recording *recording = g_new0 (Recording, 1);

  recording->window = g_object_ref (self);
  recording->kept_as = acc_decision_pane_dup_kept_as (ACC_DECISION_PANE (self->decision));
  acc_desk_window_begin_step (self);
  acc_desk_session_record_receipt_async (self->session, get_number (self), &heard, on_recorded, recording);
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  acc_desk_window_update (self);
}

/* ---- passing on ---- */

typedef struct {
  AccDeskWindow *window;
  char *number;
  guint sequence;
} Opening;

static void
on_passing_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (AccDeskWindow) self = opening->window;
  g_autofree char *number = opening->number;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPassing) passing
    = acc_desk_session_open_passing_finish (ACC_DESK_SESSION (source), result, &error);

  if (self->disposed)
    return;
  self->busy = FALSE;
  if (passing == NULL)
    acc_desk_window_set_problem (self, error);
  else if (self->draft != NULL && g_str_equal (get_number (self), number))
    acc_decision_pane_show_passing (ACC_DECISION_PANE (self->decision), passing, opening->sequence);
  acc_desk_window_update (self);
}

static void
open_passing (GSimpleAction *action, GVariant *sequence, gpointer data)
{
  AccDeskWindow *self = data;
  Opening *opening;

  if (self->draft == NULL || self->busy)
    return;
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->number = g_strdup (get_number (self));
  opening->sequence = g_variant_get_uint32 (sequence);
  acc_desk_window_begin_step (self);
  acc_desk_session_open_passing_async (self->session, opening->number, opening->sequence, on_passing_opened, opening);
}

static void
on_passed_on (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (AccDeskLetter) letter = self->disposed ? NULL : acc_desk_window_end_step (self, result);

  if (letter == NULL)
    return;
  acc_desk_window_show_toast (self, _ ("Noted: the client knows."));
  acc_desk_window_return_focus (self, letter);
}

void
acc_desk_window_pass_on (AccDeskWindow *self)
{
  AccPassPanel *panel = acc_decision_pane_get_pass (ACC_DECISION_PANE (self->decision));

  acc_desk_window_begin_step (self);
  acc_desk_session_pass_on_async (self->session, get_number (self), acc_pass_panel_get_sequence (panel), on_passed_on,
                                  g_object_ref (self));
  acc_decision_pane_stop_asking (ACC_DECISION_PANE (self->decision));
  acc_desk_window_update (self);
}

/* ---- answers by mail ---- */

/* Why those were left alone of which nobody was told yet, while the program runs; whom nobody waits for any more is no news
 * either. Lent by @left. */
static GPtrArray *
list_news (AccDeskWindow *self, GPtrArray *left)
{
  GPtrArray *news = g_ptr_array_new ();

  for (guint i = 0; i < left->len; i++)
    {
      const AccReplyLeft *one = g_ptr_array_index (left, i);
      g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, one->file, -1); /* it may name somebody */

      if (!one->settled && g_hash_table_add (self->replies_told, g_steal_pointer (&key)))
        g_ptr_array_add (news, one->why);
    }
  return news;
}

/* A line for each of the newest. */
static void
add_news (GString *text, GPtrArray *news)
{
  if (text->len > 0 && news->len > 0)
    g_string_append_c (text, '\n');
  if (news->len == 1)
    g_string_append_printf (text, _ ("An answer by mail was left alone: %s"), (const char *) g_ptr_array_index (news, 0));
  else if (news->len > 1)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "%u answer by mail was left alone:",
                                         "%u answers by mail were left alone:", news->len),
                            news->len);
  for (guint i = 0; news->len > 1 && i < MIN (news->len, LEFT_SHOWN); i++)
    g_string_append_printf (text, "\n– %s", (const char *) g_ptr_array_index (news, i));
}

static void
take_replies (AccDeskWindow *self)
{
  acc_desk_window_refresh (self, FALSE);
  acc_desk_window_look_for_silences (self);
  if (self->draft != NULL && !self->busy && self->opening == NULL
      && acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->state == ACC_STATE_ROUTED)
    acc_desk_window_open_letter (self, get_number (self), TRUE);
}

static void
show_replies (AccDeskWindow *self, const AccReplies *replies)
{
  g_autoptr (GPtrArray) news = list_news (self, replies->left);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = replies->n_recorded;

  if (n > 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u reply was read", "%u replies were read", n), n);
  add_news (text, news);
  if (self->replies_unread && text->len == 0)
    g_string_append (text, _ ("Answers by mail are read again."));
  self->replies_unread = FALSE;
  if (text->len > 0)
    acc_desk_window_show_toast (self, text->str);
  if (n > 0)
    take_replies (self);
}

/* Once for each change. What keeps the stores from being read, the next refresh tells. */
static void
tell_unread (AccDeskWindow *self, const GError *error)
{
  g_autofree char *why = NULL, *text = NULL;

  g_info ("Replies are read later: %s", error->message);
  if (self->replies_unread || !g_error_matches (error, ACC_ERROR, ACC_ERROR_SYSTEM))
    return;
  self->replies_unread = TRUE;
  why = acc_words_error (error);
  /* Translators: sentences that say why follow */
  text = g_strdup_printf (_ ("Answers by mail are not being read. %s"), why);
  acc_desk_window_show_toast (self, text);
}

static void
on_replies_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccReplies) replies = acc_desk_session_read_replies_finish (ACC_DESK_SESSION (source), result, &error);

  self->reading_replies = FALSE;
  if (self->disposed || acc_desk_session_get_banker (self->session) == NULL)
    return;
  if (error != NULL)
    tell_unread (self, error);
  if (replies != NULL)
    show_replies (self, replies);
}

void
acc_desk_window_read_replies (AccDeskWindow *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->reading_replies || (self->replies_read_at != 0 && now - self->replies_read_at < REPLIES_SECONDS * G_USEC_PER_SEC))
    return;
  self->reading_replies = TRUE;
  self->replies_read_at = now;
  acc_desk_session_read_replies_async (self->session, on_replies_read, g_object_ref (self));
}

/* ---- the verbs ---- */

void
acc_desk_window_install_receipts (AccDeskWindow *self)
{
  static const GActionEntry deliveries[] = {
    { .name = "heard-back", .activate = ask_heard, .parameter_type = "u" },
    { .name = "pass-on", .activate = open_passing, .parameter_type = "u" },
  };
  static const GActionEntry reviews[] = { { .name = "heard-back", .activate = ask_heard } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->delivery), deliveries, G_N_ELEMENTS (deliveries), self);
  acc_desk_window_install_silences (self);
  g_signal_connect_object (self->session, "history-read", G_CALLBACK (acc_desk_window_read_replies), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self->review), reviews, G_N_ELEMENTS (reviews), self);
}
