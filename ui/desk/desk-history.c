/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-history.h"

#include "desk/desk-session-private.h"
#include "route/recall.h"

static void
recall (AccDeskSession *self, AccOpenedLetter *opened)
{
  g_autoptr (GError) error = NULL;

  if (!acc_recall (self->history, self->desk, self->identity, opened, &error))
    g_debug ("Nothing is known of letter %s: %s", acc_opened_letter_get_record (opened)->number, error->message);
}

static void
on_letter_read (const AccRecord *record, AccOpenedLetter *opened, gpointer data)
{
  AccDeskSession *self = data;

  if (opened != NULL)
    recall (self, opened);
  else
    acc_history_remove (self->history, record->number);
}

void
acc_desk_session_open_history (AccDeskSession *self)
{
  g_clear_pointer (&self->history, acc_history_free);
  self->history = acc_history_new ();
  acc_queue_reader_set_watch (self->queue, on_letter_read, self);
}

void
acc_desk_session_close_history (AccDeskSession *self)
{
  g_clear_pointer (&self->history, acc_history_free);
}

void
acc_desk_session_complete_history (AccDeskSession *self)
{
  acc_history_set_complete (self->history);
}

void
acc_desk_session_look_back (AccDeskSession *self, AccDeskLetter *letter)
{
  g_autoptr (AccPrecedents) precedents = NULL;

  if (self->history == NULL)
    return;
  recall (self, acc_desk_letter_get_opened (letter));
  precedents = acc_history_look (self->history, acc_desk_letter_get_record (letter)->number,
                                 acc_config_get_int (self->place->config, ACC_CONFIG_INTEGRITY_PAIR_DAYS));
  acc_desk_letter_set_precedents (letter, precedents);
}
