/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/shortcuts.h"

#include <glib/gi18n-lib.h>

#define NOT_IN_TEXT TRUE
#define ANYWHERE FALSE

const AccShortcut acc_shortcuts[] = {
  { ACC_SHORTCUTS_QUEUE, "<Control>k", "desk.search", ANYWHERE, N_ ("Search the letters") },
  { ACC_SHORTCUTS_QUEUE, "slash|KP_Divide", "desk.search", NOT_IN_TEXT, N_ ("Search the letters") },
  { ACC_SHORTCUTS_QUEUE, "Escape", NULL, ANYWHERE, N_ ("End the search, in its field") },
  { ACC_SHORTCUTS_QUEUE, "<Alt>Down", "review.next", ANYWHERE, N_ ("Open the next letter") },
  { ACC_SHORTCUTS_QUEUE, "<Alt>Up", "review.previous", ANYWHERE, N_ ("Open the letter before") },
  { ACC_SHORTCUTS_LETTER, "<Control>l", "review.claim", ANYWHERE, N_ ("Work on this letter") },
  { ACC_SHORTCUTS_LETTER, "<Control><Shift>g", "review.release", ANYWHERE, N_ ("Give it back") },
  { ACC_SHORTCUTS_LETTER, "<Control>Return|<Control>KP_Enter", "review.approve-and-route", ANYWHERE,
    N_ ("Approve and route") },
  { ACC_SHORTCUTS_LETTER, "<Control>d", "review.decline", ANYWHERE, N_ ("Decline, with a reason") },
  { ACC_SHORTCUTS_LETTER, "<Control>t", "review.black-out", ANYWHERE, N_ ("Take words out of what leaves") },
  { ACC_SHORTCUTS_LETTER, "<Control>h", "review.heard-back", ANYWHERE, N_ ("Note that a recipient was heard from") },
  { ACC_SHORTCUTS_LETTER, "F8", "review.large-print", ANYWHERE, N_ ("Read it in large print, and back") },
  { ACC_SHORTCUTS_LETTER, "<Control>f", "review.find", ANYWHERE, N_ ("Find words in it") },
  { ACC_SHORTCUTS_LETTER, "<Control>z", "review.undo", NOT_IN_TEXT, N_ ("Take the last step back") },
  { ACC_SHORTCUTS_DESK, "F6", "desk.next-pane", ANYWHERE, N_ ("Go to the next pane") },
  { ACC_SHORTCUTS_DESK, "<Shift>F6", "desk.previous-pane", ANYWHERE, N_ ("Go to the pane before") },
  { ACC_SHORTCUTS_DESK, "<Control>p", "desk.prepare", ANYWHERE, N_ ("Prepare a letter for a client") },
  { ACC_SHORTCUTS_DESK, "<Control>b", "desk.notebook", ANYWHERE, N_ ("Open your notebook") },
  { ACC_SHORTCUTS_DESK, "F9", "desk.directory", ANYWHERE, N_ ("Open the staff directory") },
  { ACC_SHORTCUTS_DESK, "F1", "desk.shortcuts", ANYWHERE, N_ ("Show these keys") },
  { ACC_SHORTCUTS_DESK, "question", "desk.shortcuts", NOT_IN_TEXT, N_ ("Show these keys") },
  { ACC_SHORTCUTS_DESK, "<Control><Shift>l", "desk.sign-out", ANYWHERE, N_ ("Sign out") },
};

const guint acc_shortcuts_n = G_N_ELEMENTS (acc_shortcuts);

/* ---- the keys ---- */

/* Whether somebody writes where @focus is: a text that is as it was found has nothing to take back, either. What is written
 * at the desk keeps no history, so that nothing but its buffer's mark tells. */
static gboolean
is_writing (GtkWidget *focus, const char *action)
{
  if (GTK_IS_TEXT_VIEW (focus) && strcmp (action, "review.undo") == 0)
    return gtk_text_buffer_get_modified (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)));
  return GTK_IS_TEXT (focus) || (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)));
}

static gboolean
start_unless_writing (GtkWidget *window, GVariant *arguments, gpointer action)
{
  if (is_writing (gtk_window_get_focus (GTK_WINDOW (window)), action))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (window, action, NULL);
}

static GtkShortcutAction *
make_action (const AccShortcut *shortcut)
{
  if (shortcut->not_in_text)
    return gtk_callback_action_new (start_unless_writing, (gpointer) shortcut->action, NULL);
  return gtk_named_action_new (shortcut->action);
}

void
acc_shortcuts_install (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < acc_shortcuts_n; i++)
    if (acc_shortcuts[i].action != NULL)
      {
        GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (acc_shortcuts[i].triggers);

        g_assert (trigger != NULL);
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                              gtk_shortcut_new (trigger, make_action (&acc_shortcuts[i])));
      }
  gtk_widget_add_controller (window, controller);
}

char *
acc_shortcuts_dup_keys (const AccShortcut *shortcut, GdkDisplay *display)
{
  g_auto (GStrv) triggers = NULL;
  g_autoptr (GtkShortcutTrigger) first = NULL;

  g_return_val_if_fail (shortcut != NULL && GDK_IS_DISPLAY (display), NULL);

  triggers = g_strsplit (shortcut->triggers, "|", 2);
  first = gtk_shortcut_trigger_parse_string (triggers[0]);
  return gtk_shortcut_trigger_to_label (first, display);
}
