/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the banker answers to a client's request, in the window. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "desk/desk-requests.h"
#include "desk/words.h"

/* An answer that cannot be undone, while it is asked about. */
typedef struct {
  AccDeskWindow *window;
  char *number;
} Asking;

static const struct {
  const char *question, *explanation, *yes;
} questions[ACC_REQUEST_N] = {
  [ACC_REQUEST_WITHDRAW]
  = { N_ ("Take this letter back for its client?"), N_ ("It goes to nobody. Its client sees that at the kiosk."),
      N_ ("Take it back") },
  [ACC_REQUEST_ERASE] = { N_ ("Erase this letter for good?"),
                          N_ ("Its words and the key that opens them are destroyed. A receipt for its client goes into "
                              "your documents."),
                          N_ ("Erase it") },
};

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = acc_desk_session_answer_finish (ACC_DESK_SESSION (source), result, &error);

  if (self->disposed)
    return;
  self->busy = FALSE;
  if (sentence == NULL)
    sentence = acc_words_error (error);
  if (acc_desk_session_get_banker (self->session) != NULL)
    acc_request_strip_set_note (ACC_REQUEST_STRIP (self->requests), sentence);
  acc_request_strip_set_busy (ACC_REQUEST_STRIP (self->requests), FALSE);
  acc_desk_window_refresh (self, TRUE);
  acc_desk_window_update (self);
}

static void
answer (AccDeskWindow *self, const AccSlip *slip, AccRequestAnswer given)
{
  self->busy = TRUE;
  acc_request_strip_set_busy (ACC_REQUEST_STRIP (self->requests), TRUE);
  acc_request_strip_set_note (ACC_REQUEST_STRIP (self->requests), NULL);
  acc_desk_window_update (self);
  acc_desk_session_answer_async (self->session, slip, given, on_done, g_object_ref (self));
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (AccDeskWindow) self = asking->window;
  g_autofree char *number = asking->number;
  gboolean yes = acc_ask_finish (ACC_ASK (source), result, NULL);
  /* the queue may have been read anew meanwhile */
  const AccSlip *slip = self->disposed ? NULL : acc_request_strip_find (ACC_REQUEST_STRIP (self->requests), number);

  if (yes && slip != NULL && !self->busy)
    answer (self, slip, ACC_ANSWER_DONE);
}

void
acc_desk_window_answer_request (AccDeskWindow *self, const char *number, AccRequestAnswer given)
{
  const AccSlip *slip = acc_request_strip_find (ACC_REQUEST_STRIP (self->requests), number);
  AccQuestion question = { .no = _ ("Not now") };
  Asking *asking;

  if (slip == NULL || self->busy)
    return;
  if (given != ACC_ANSWER_DONE)
    {
      answer (self, slip, given);
      return;
    }
  question.question = _ (questions[slip->asked].question);
  question.explanation = _ (questions[slip->asked].explanation);
  question.yes = _ (questions[slip->asked].yes);
  asking = g_new0 (Asking, 1);
  asking->window = g_object_ref (self);
  asking->number = g_strdup (number);
  acc_ask_async (ACC_ASK (self->ask), &question, NULL, on_asked, asking);
}
