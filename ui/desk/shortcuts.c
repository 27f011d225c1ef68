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
  { ACC_SHORTCUTS_LETTER, "F8", "review.large-print", ANYWHERE, N_ ("Read it in large print, and back") },
  { ACC_SHORTCUTS_LETTER, "<Control>f", "review.find", ANYWHERE, N_ ("Find words in it") },
  { ACC_SHORTCUTS_LETTER, "<Control>z", "review.undo", NOT_IN_TEXT, N_ ("Take the last step back") },
  { ACC_SHORTCUTS_DESK, "F6", "desk.next-pane", ANYWHERE, N_ ("Go to the next pane") },
  { ACC_SHORTCUTS_DESK, "<Shift>F6", "desk.previous-pane", ANYWHERE, N_ ("Go to the pane before") },
  { ACC_SHORTCUTS_DESK, "<Control>p", "desk.prepare", ANYWHERE, N_ ("Prepare a letter for a client") },
  { ACC_SHORTCUTS_DESK, "<Control>b", "desk.notebook", ANYWHERE, N_ ("Open your notebook") },
  { ACC_SHORTCUTS_DESK, "F1", "desk.shortcuts", ANYWHERE, N_ ("Show these keys") },
  { ACC_SHORTCUTS_DESK, "question", "desk.shortcuts", NOT_IN_TEXT, N_ ("Show these keys") },
  { ACC_SHORTCUTS_DESK, "<Control><Shift>l", "desk.sign-out", ANYWHERE, N_ ("Sign out") },
};

const guint acc_shortcuts_n = G_N_ELEMENTS (acc_shortcuts);

/* ---- the keys ---- */

/* Whether somebody writes where @focus is: a text that is as it was found has nothing to take back, either. */
static gboolean
is_writing (GtkWidget *focus, const char *action)
{
  if (GTK_IS_TEXT_VIEW (focus) && strcmp (action, "review.undo") == 0)
    return gtk_text_buffer_get_can_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)));
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

/* ---- the page ---- */

struct _AccShortcutsPage {
  GtkWidget parent;
  GtkWidget *queue_keys, *letter_keys, *desk_keys, *close;
};

G_DEFINE_FINAL_TYPE (AccShortcutsPage, acc_shortcuts_page, GTK_TYPE_WIDGET)

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
go_back (AccShortcutsPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static GtkWidget *
make_label (const char *text, const char *class, gboolean expands)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), expands);
  gtk_widget_set_hexpand (label, expands);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (label, expands ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

/* A second key for the same stands beside the first. */
static void
add_row (AccShortcutsPage *self, const AccShortcut *shortcut, gboolean again)
{
  GtkWidget *const groups[ACC_SHORTCUTS_N] = { self->queue_keys, self->letter_keys, self->desk_keys };
  g_autofree char *keys = acc_shortcuts_dup_keys (shortcut, gtk_widget_get_display (GTK_WIDGET (self)));
  GtkWidget *row = again ? gtk_widget_get_last_child (groups[shortcut->group]) : NULL;

  if (row == NULL)
    {
      row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_widget_add_css_class (row, "shortcut");
      gtk_box_append (GTK_BOX (row), make_label (_ (shortcut->words), "words", TRUE));
      gtk_box_append (GTK_BOX (groups[shortcut->group]), row);
    }
  gtk_box_append (GTK_BOX (row), make_label (keys, "keycap", FALSE));
}

static void
acc_shortcuts_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_shortcuts_page_parent_class)->dispose (object);
}

static void
acc_shortcuts_page_class_init (AccShortcutsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_shortcuts_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/shortcuts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, queue_keys);
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, letter_keys);
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, desk_keys);
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, close);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_SHORTCUTS_PAGE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Escape, 0, "closed", NULL);
}

static void
acc_shortcuts_page_init (AccShortcutsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < acc_shortcuts_n; i++)
    add_row (self, &acc_shortcuts[i], i > 0 && g_str_equal (acc_shortcuts[i].words, acc_shortcuts[i - 1].words));
}

void
acc_shortcuts_page_take_focus (AccShortcutsPage *self)
{
  g_return_if_fail (ACC_IS_SHORTCUTS_PAGE (self));
  gtk_widget_grab_focus (self->close);
}
