/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/notebook-entry-pane.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "desk/words.h"
#include "kit/typing.h"

struct _AccNotebookEntryPane {
  GtkWidget parent;
  GtkWidget *pages, *name, *position, *email, *letters, *call_again, *good_at, *left_out, *removed_name, *put_back;
  AccNotebookEntry *entry;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (AccNotebookEntryPane, acc_notebook_entry_pane, GTK_TYPE_WIDGET)

enum { CHANGED, REMOVED, PUT_BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

/* What the directory knows today goes before what was noted once. */
static char *
describe_position (const AccNotebookEntry *entry, const AccPerson *person)
{
  g_autofree char *today = acc_clock_today ();

  if (person == NULL)
    return g_strdup (entry->department);
  if (!acc_person_is_here (person, today))
    return g_strdup (_ ("The directory says that this person is no longer here."));
  return acc_words_position (person);
}

static void
show_entry (AccNotebookEntryPane *self, const AccPerson *person)
{
  guint n = g_strv_length (self->entry->letters);
  g_autofree char *position = describe_position (self->entry, person);
  g_autofree char *letters
    = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u letter of yours so far", "%u letters of yours so far", n), n);
  g_autofree char *about = g_strdup_printf (_ ("What %s is good at"), self->entry->name);

  gtk_label_set_text (GTK_LABEL (self->name), self->entry->name);
  show_label (self->position, position);
  show_label (self->email, person != NULL ? person->email : "");
  show_label (self->letters, n > 0 ? letters : "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->call_again), self->entry->call_again);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->good_at)), self->entry->good_at, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->good_at), GTK_ACCESSIBLE_PROPERTY_LABEL, about, -1);
}

void
acc_notebook_entry_pane_set_entry (AccNotebookEntryPane *self, const AccNotebookEntry *entry, const AccPerson *person)
{
  AccNotebookEntry *copy;

  g_return_if_fail (ACC_IS_NOTEBOOK_ENTRY_PANE (self));

  copy = entry != NULL ? acc_notebook_entry_copy (entry) : NULL;
  acc_notebook_entry_free (self->entry);
  self->entry = copy;
  self->updating = TRUE;
  if (copy != NULL)
    show_entry (self, person);
  show_label (self->left_out, "");
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), copy != NULL ? "entry" : "none");
  self->updating = FALSE;
}

const AccNotebookEntry *
acc_notebook_entry_pane_get_entry (AccNotebookEntryPane *self)
{
  g_return_val_if_fail (ACC_IS_NOTEBOOK_ENTRY_PANE (self), NULL);
  return self->entry;
}

void
acc_notebook_entry_pane_show_removed (AccNotebookEntryPane *self)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (ACC_IS_NOTEBOOK_ENTRY_PANE (self) && self->entry != NULL);

  sentence = g_strdup_printf (_ ("%s is no longer in your notebook."), self->entry->name);
  gtk_label_set_text (GTK_LABEL (self->removed_name), sentence);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "removed");
  gtk_widget_grab_focus (self->put_back);
}

void
acc_notebook_entry_pane_take_focus (AccNotebookEntryPane *self)
{
  g_return_if_fail (ACC_IS_NOTEBOOK_ENTRY_PANE (self));
  gtk_widget_grab_focus (self->good_at);
}

static void
on_call_again (AccNotebookEntryPane *self)
{
  if (self->updating || self->entry == NULL)
    return;
  self->entry->call_again = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->call_again));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_text_changed (AccNotebookEntryPane *self, GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  if (self->updating || self->entry == NULL)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->entry->good_at);
  self->entry->good_at = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  show_label (self->left_out, "");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_left_out (AccTextChange change, gpointer data)
{
  AccNotebookEntryPane *self = data;

  if (!self->updating)
    show_label (self->left_out, _ ("What may not stand here, or did not fit, was left out."));
}

static void
on_remove (AccNotebookEntryPane *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
on_put_back (AccNotebookEntryPane *self)
{
  g_signal_emit (self, signals[PUT_BACK], 0);
}

static void
acc_notebook_entry_pane_dispose (GObject *object)
{
  AccNotebookEntryPane *self = ACC_NOTEBOOK_ENTRY_PANE (object);
  GtkWidget *child;

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->entry, acc_notebook_entry_free);
  G_OBJECT_CLASS (acc_notebook_entry_pane_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, ACC_TYPE_NOTEBOOK_ENTRY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_notebook_entry_pane_class_init (AccNotebookEntryPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_notebook_entry_pane_dispose;
  signals[CHANGED] = add_signal ("changed");
  signals[REMOVED] = add_signal ("removed");
  signals[PUT_BACK] = add_signal ("put-back");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/notebook-entry-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, pages);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, name);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, position);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, email);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, letters);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, call_again);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, good_at);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, left_out);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, removed_name);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookEntryPane, put_back);
  gtk_widget_class_bind_template_callback (widget_class, on_call_again);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_put_back);
}

static void
acc_notebook_entry_pane_init (AccNotebookEntryPane *self)
{
  GtkTextView *view;

  gtk_widget_init_template (GTK_WIDGET (self));
  view = GTK_TEXT_VIEW (self->good_at);
  acc_typing_watch_view (view, ACC_NOTEBOOK_WORDS_MAX, on_left_out, self);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "changed", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_SWAPPED);
}
