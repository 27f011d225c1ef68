/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every question that must be answered before anything else, in the window: a sheet over the dimmed content.
 * AccAsk wraps the window's content (its child). While it asks, nothing below takes focus or touch; Escape is
 * the safe answer. One question at a time; asking again answers the first one safely. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  const char *question;    /* "Start again?" */
  const char *explanation; /* what will happen, one sentence */
  const char *yes;         /* does it; NULL: the safe answer is the only one */
  const char *no;          /* the safe answer, focused first */
  GtkWidget *extra;        /* a widget between explanation and buttons, such as an entry; or NULL */
} AccQuestion;

#define ACC_TYPE_ASK (acc_ask_get_type ())
G_DECLARE_FINAL_TYPE (AccAsk, acc_ask, ACC, ASK, GtkWidget)

GtkWidget *acc_ask_new (void) G_GNUC_WARN_UNUSED_RESULT;

void acc_ask_set_child (AccAsk *self, GtkWidget *child); /* in a template: its <child> */
GtkWidget *acc_ask_get_child (AccAsk *self);

/* @question's texts are copied; its extra widget is held until the answer. */
void acc_ask_async (AccAsk *self, const AccQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer data);

/* TRUE if the answer was yes; FALSE with no error if it was no. */
gboolean acc_ask_finish (AccAsk *self, GAsyncResult *result, GError **error);

gboolean acc_ask_is_open (AccAsk *self);
void acc_ask_answer (AccAsk *self, gboolean yes); /* as if a button had been pressed */

G_END_DECLS
