/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/decline-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "kit/drop-down-name.h"
#include "kit/typing.h"

#define WORDS_MAX 1000 /* characters: a reason, not a story */

struct _AccDeclinePanel {
  GtkWidget parent;
  GtkWidget *heading, *hint, *reason_label, *reason, *words, *missing, *done;
  gboolean reopening;
};

G_DEFINE_FINAL_TYPE (AccDeclinePanel, acc_decline_panel, GTK_TYPE_WIDGET)

/* What it is asked for. */
static const struct {
  const char *heading, *hint, *verb;
} asked[] = {
  [FALSE] = { N_ ("Decline this letter"),
              N_ ("The letter goes to nobody. It is kept with your reason, which the next banker can read."),
              N_ ("Decline") },
  [TRUE] = { N_ ("Let it wait again"), N_ ("The letter is decided like any other then. It is kept with your reason."),
             N_ ("Let it wait") },
};

enum { DECLINED, REOPENED, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_missing (AccDeclinePanel *self, GtkWidget *widget, const char *sentence)
{
  GtkWidget *const fields[] = { self->reason, self->words };

  gtk_label_set_text (GTK_LABEL (self->missing), sentence);
  gtk_widget_set_visible (self->missing, widget != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_accessible_update_state (GTK_ACCESSIBLE (fields[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                 fields[i] == widget ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

static void
on_edited (AccDeclinePanel *self)
{
  set_missing (self, NULL, "");
}

char *
acc_decline_panel_dup_words (AccDeclinePanel *self)
{
  g_return_val_if_fail (ACC_IS_DECLINE_PANEL (self), NULL);

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->words));
  GtkTextIter start, end;
  g_autofree char *typed = NULL, *clean = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  typed = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  clean = acc_text_clean (typed, -1, ACC_TEXT_STORY, NULL);
  return acc_text_trim (clean);
}

void
acc_decline_panel_set_words (AccDeclinePanel *self, const char *words)
{
  g_return_if_fail (ACC_IS_DECLINE_PANEL (self) && words != NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->words)), words, -1);
}

const char *
acc_decline_panel_get_reason (AccDeclinePanel *self)
{
  GtkDropDown *list;

  g_return_val_if_fail (ACC_IS_DECLINE_PANEL (self), "");
  list = GTK_DROP_DOWN (self->reason);
  if (gtk_drop_down_get_selected (list) == 0)
    return "";
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (list));
}

void
acc_decline_panel_set_reason (AccDeclinePanel *self, const char *reason)
{
  GListModel *reasons;

  g_return_if_fail (ACC_IS_DECLINE_PANEL (self) && reason != NULL);
  reasons = gtk_drop_down_get_model (GTK_DROP_DOWN (self->reason));
  for (guint i = 1; i < g_list_model_get_n_items (reasons); i++)
    if (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (reasons), i), reason) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->reason), i);
}

gboolean
acc_decline_panel_is_reopening (AccDeclinePanel *self)
{
  g_return_val_if_fail (ACC_IS_DECLINE_PANEL (self), FALSE);
  return self->reopening;
}

static void
on_left_out (AccTextChange change, gpointer data)
{
  AccDeclinePanel *self = data;

  gtk_label_set_text (GTK_LABEL (self->missing), _ ("What may not stand here, or did not fit, was left out."));
  gtk_widget_set_visible (self->missing, TRUE);
}

static void
finish (AccDeclinePanel *self)
{
  const char *chosen = acc_decline_panel_get_reason (self);
  g_autofree char *words = acc_decline_panel_dup_words (self);
  g_autofree char *reason = NULL;

  if (!self->reopening && *chosen == '\0')
    set_missing (self, self->reason, _ ("Choose a reason from the list."));
  else if (acc_text_is_blank (words))
    set_missing (self, self->words, _ ("Say in a few words why, so that the next banker understands."));
  else if (self->reopening)
    g_signal_emit (self, signals[REOPENED], 0, words);
  else
    {
      reason = g_strdup_printf ("%s. %s", chosen, words);
      g_signal_emit (self, signals[DECLINED], 0, reason);
    }
}

static void
go_back (AccDeclinePanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
acc_decline_panel_begin (AccDeclinePanel *self, gboolean reopening)
{
  g_return_if_fail (ACC_IS_DECLINE_PANEL (self));
  self->reopening = reopening;
  gtk_label_set_text (GTK_LABEL (self->heading), _ (asked[reopening].heading));
  gtk_label_set_text (GTK_LABEL (self->hint), _ (asked[reopening].hint));
  gtk_button_set_label (GTK_BUTTON (self->done), _ (asked[reopening].verb));
  gtk_widget_set_visible (self->reason_label, !reopening);
  gtk_widget_set_visible (self->reason, !reopening);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->reason), 0);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->words)), "", 0);
  set_missing (self, NULL, "");
  gtk_widget_grab_focus (reopening ? self->words : self->reason);
}

void
acc_decline_panel_end (AccDeclinePanel *self)
{
  g_return_if_fail (ACC_IS_DECLINE_PANEL (self));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->words)), "", 0);
}

static void
acc_decline_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_decline_panel_parent_class)->dispose (object);
}

static void
acc_decline_panel_class_init (AccDeclinePanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_decline_panel_dispose;
  signals[DECLINED] = g_signal_new ("declined", ACC_TYPE_DECLINE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REOPENED] = g_signal_new ("reopened", ACC_TYPE_DECLINE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_DECLINE_PANEL, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/decline-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, heading);
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, hint);
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, reason_label);
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, done);
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, reason);
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, words);
  gtk_widget_class_bind_template_child (widget_class, AccDeclinePanel, missing);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, finish);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
acc_decline_panel_init (AccDeclinePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_drop_down_name (GTK_DROP_DOWN (self->reason), _ ("Reason"));
  acc_typing_watch_view (GTK_TEXT_VIEW (self->words), WORDS_MAX, on_left_out, self);
}
