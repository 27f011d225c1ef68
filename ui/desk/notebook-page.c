/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/notebook-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/entry-row.h"
#include "desk/notebook-entry-pane.h"
#include "desk/words.h"

#define OTHERS_SHOWN 5
#define KEEP_SECONDS 1 /* after the last change of an entry */

struct _AccNotebookPage {
  GtkWidget parent;
  GtkWidget *query, *people, *nobody, *others_heading, *others, *pane, *problem, *lost_row, *lost;

  AccDeskSession *session;
  AccDirectory *directory;
  GCancellable *cancellable; /* of this opening of the page */
  GPtrArray *entries;        /* of AccNotebookEntry, one for each row of people; NULL: not yet read */
  guint keep_source;         /* what the pane shows has been changed, and will be kept */
  gboolean filling;          /* the list is being filled: nobody is being chosen */
};

G_DEFINE_FINAL_TYPE (AccNotebookPage, acc_notebook_page, GTK_TYPE_WIDGET)

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static const char *
get_query (AccNotebookPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->query));
}

static const AccPerson *
find_person (AccNotebookPage *self, const AccNotebookEntry *entry)
{
  return self->directory != NULL && *entry->staff_id != '\0' ? acc_directory_find_id (self->directory, entry->staff_id)
                                                             : NULL;
}

/* ---- the list ---- */

static char *
describe_letters (const AccNotebookEntry *entry)
{
  guint n = g_strv_length (entry->letters);

  return n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u letter", "%u letters", n), n) : g_strdup ("");
}

static void
show_row (AccEntryRow *row, const AccNotebookEntry *entry)
{
  g_autofree char *letters = describe_letters (entry);
  const char *again = entry->call_again ? _ ("Call again") : "";
  g_autofree char *about = g_strconcat (entry->department, *entry->department != '\0' && *again != '\0' ? " · " : "",
                                        again, NULL);

  acc_entry_row_set_texts (row, entry->name, about, letters);
}

static int
find_position (AccNotebookPage *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (((AccNotebookEntry *) g_ptr_array_index (self->entries, i))->id, id))
      return (int) i;
  return -1;
}

static gboolean
is_found (GtkListBoxRow *row, gpointer data)
{
  AccNotebookPage *self = data;
  int position = gtk_list_box_row_get_index (row);

  return self->entries != NULL && position >= 0 && (guint) position < self->entries->len
         && acc_notebook_entry_matches (g_ptr_array_index (self->entries, (guint) position), get_query (self));
}

static GtkListBoxRow *
find_first_found (AccNotebookPage *self)
{
  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->people), (int) i);

      if (is_found (row, self))
        return row;
    }
  return NULL;
}

static gboolean
is_noted (AccNotebookPage *self, const AccPerson *person)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (((AccNotebookEntry *) g_ptr_array_index (self->entries, i))->staff_id, person->id))
      return TRUE;
  return FALSE;
}

/* Who is in the directory but not in the notebook. */
static void
show_others (AccNotebookPage *self)
{
  g_autofree char *today = acc_clock_today ();
  g_autoptr (GPtrArray) people = NULL;
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (self->others)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->others), row);
  if (self->directory != NULL && self->entries != NULL && !acc_text_is_blank (get_query (self)))
    people = acc_directory_match (self->directory, get_query (self), NULL, today);
  for (guint i = 0; people != NULL && i < people->len && n < OTHERS_SHOWN; i++)
    if (!is_noted (self, g_ptr_array_index (people, i)))
      {
        gtk_list_box_append (GTK_LIST_BOX (self->others), acc_entry_row_new_person (g_ptr_array_index (people, i)));
        n++;
      }
  gtk_widget_set_visible (self->others, n > 0);
  gtk_widget_set_visible (self->others_heading, n > 0);
}

static void
show_nobody (AccNotebookPage *self)
{
  const char *sentence = NULL;

  if (self->entries != NULL && self->entries->len == 0)
    sentence = _ ("Nobody is noted yet. Whomever you send a letter about is noted here, and you can find others by name.");
  else if (self->entries != NULL && find_first_found (self) == NULL)
    sentence = _ ("Nobody in your notebook fits.");
  show_label (self->nobody, sentence);
}

static void
on_query_changed (AccNotebookPage *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->people));
  show_others (self);
  show_nobody (self);
}

static void
fill_list (AccNotebookPage *self)
{
  GtkWidget *row;

  self->filling = TRUE;
  while ((row = gtk_widget_get_first_child (self->people)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->people), row);
  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++)
    {
      row = acc_entry_row_new ("", "", "");
      show_row (ACC_ENTRY_ROW (row), g_ptr_array_index (self->entries, i));
      gtk_list_box_append (GTK_LIST_BOX (self->people), row);
    }
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->people));
  self->filling = FALSE;
  on_query_changed (self);
}

/* ---- keeping ---- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccNotebookPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!acc_desk_session_change_notebook_finish (ACC_DESK_SESSION (source), result, &error))
    sentence = acc_words_error (error);
  if (self->cancellable != NULL)
    show_label (self->problem, sentence);
}

static void
change (AccNotebookPage *self, AccNoteChange what, const AccNotebookEntry *entry)
{
  acc_desk_session_change_notebook_async (self->session, what, entry, on_changed, g_object_ref (self));
}

/* What the pane shows goes into the list and into the store. */
static void
keep_entry (AccNotebookPage *self)
{
  const AccNotebookEntry *entry = acc_notebook_entry_pane_get_entry (ACC_NOTEBOOK_ENTRY_PANE (self->pane));
  int position = entry != NULL && self->entries != NULL ? find_position (self, entry->id) : -1;

  if (self->keep_source == 0 || position < 0)
    return;
  g_clear_handle_id (&self->keep_source, g_source_remove);
  acc_notebook_entry_free (self->entries->pdata[position]);
  self->entries->pdata[position] = acc_notebook_entry_copy (entry);
  show_row (ACC_ENTRY_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->people), position)), entry);
  change (self, ACC_NOTE_KEEP, entry);
}

static gboolean
on_keep_time (gpointer data)
{
  keep_entry (data);
  return G_SOURCE_REMOVE;
}

static void
on_entry_changed (AccNotebookPage *self)
{
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->keep_source = g_timeout_add_seconds (KEEP_SECONDS, on_keep_time, self);
}

/* ---- one person ---- */

static void
on_person_selected (AccNotebookPage *self, GtkListBoxRow *row)
{
  const AccNotebookEntry *entry = NULL;

  if (self->filling)
    return;
  keep_entry (self);
  if (row != NULL)
    entry = g_ptr_array_index (self->entries, (guint) gtk_list_box_row_get_index (row));
  acc_notebook_entry_pane_set_entry (ACC_NOTEBOOK_ENTRY_PANE (self->pane), entry,
                                     entry != NULL ? find_person (self, entry) : NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const AccNotebookEntry *const *) a)->name, (*(const AccNotebookEntry *const *) b)->name);
}

/* Takes @entry into the list and chooses it. */
static void
add_entry (AccNotebookPage *self, AccNotebookEntry *entry)
{
  GtkListBoxRow *row;

  g_ptr_array_add (self->entries, entry);
  g_ptr_array_sort (self->entries, compare_names);
  fill_list (self);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->people), find_position (self, entry->id));
  gtk_list_box_select_row (GTK_LIST_BOX (self->people), row);
  change (self, ACC_NOTE_KEEP, entry);
  acc_notebook_entry_pane_take_focus (ACC_NOTEBOOK_ENTRY_PANE (self->pane));
}

static void
on_other_activated (AccNotebookPage *self, GtkListBoxRow *row)
{
  const AccPerson *person = acc_entry_row_get_person (ACC_ENTRY_ROW (row));

  keep_entry (self);
  add_entry (self, acc_notebook_entry_new (person->id, person->name, person->department));
}

static void
on_entry_removed (AccNotebookPage *self)
{
  AccNotebookEntryPane *pane = ACC_NOTEBOOK_ENTRY_PANE (self->pane);
  const AccNotebookEntry *entry = acc_notebook_entry_pane_get_entry (pane);
  int position = find_position (self, entry->id);

  g_return_if_fail (position >= 0);

  g_clear_handle_id (&self->keep_source, g_source_remove);
  change (self, ACC_NOTE_REMOVE, entry);
  g_ptr_array_remove_index (self->entries, (guint) position);
  fill_list (self);
  acc_notebook_entry_pane_show_removed (pane);
}

static void
on_entry_put_back (AccNotebookPage *self)
{
  AccNotebookEntryPane *pane = ACC_NOTEBOOK_ENTRY_PANE (self->pane);

  add_entry (self, acc_notebook_entry_copy (acc_notebook_entry_pane_get_entry (pane)));
}

/* Enter goes to the first who fits. */
static void
on_query_activate (AccNotebookPage *self)
{
  GtkListBoxRow *row = find_first_found (self);

  if (row == NULL)
    {
      gtk_widget_child_focus (self->others, GTK_DIR_TAB_FORWARD);
      return;
    }
  gtk_list_box_select_row (GTK_LIST_BOX (self->people), row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* ---- what no longer opens ---- */

static void
show_lost (AccNotebookPage *self, guint n)
{
  g_autofree char *sentence
    = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "%u entry was written before a manager gave you a new passphrase. Nobody can open it.",
                                    "%u entries were written before a manager gave you a new passphrase. Nobody can open "
                                    "them.",
                                    n),
                       n);

  gtk_label_set_text (GTK_LABEL (self->lost), sentence);
  gtk_widget_set_visible (self->lost_row, n > 0);
}

static void
remove_lost (AccNotebookPage *self)
{
  change (self, ACC_NOTE_REMOVE_LOST, NULL);
  gtk_widget_set_visible (self->lost_row, FALSE);
  gtk_widget_grab_focus (self->query);
}

/* ---- opening and closing ---- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccNotebookPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskNotebook) notebook = acc_desk_session_load_notebook_finish (ACC_DESK_SESSION (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (notebook == NULL)
    {
      sentence = acc_words_error (error);
      show_label (self->problem, sentence);
      return;
    }
  self->entries = g_steal_pointer (&notebook->entries);
  show_lost (self, notebook->n_lost);
  fill_list (self);
}

static void
empty (AccNotebookPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  acc_notebook_entry_pane_set_entry (ACC_NOTEBOOK_ENTRY_PANE (self->pane), NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->query), "");
  fill_list (self);
  show_label (self->problem, NULL);
  gtk_widget_set_visible (self->lost_row, FALSE);
  g_clear_object (&self->directory);
}

void
acc_notebook_page_set_session (AccNotebookPage *self, AccDeskSession *session)
{
  g_return_if_fail (ACC_IS_NOTEBOOK_PAGE (self) && ACC_IS_DESK_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
}

void
acc_notebook_page_begin (AccNotebookPage *self, AccDirectory *directory)
{
  g_return_if_fail (ACC_IS_NOTEBOOK_PAGE (self) && self->session != NULL);

  empty (self);
  g_set_object (&self->directory, directory);
  self->cancellable = g_cancellable_new ();
  acc_desk_session_load_notebook_async (self->session, self->cancellable, on_loaded, g_object_ref (self));
  gtk_widget_grab_focus (self->query);
}

void
acc_notebook_page_end (AccNotebookPage *self)
{
  g_return_if_fail (ACC_IS_NOTEBOOK_PAGE (self));

  keep_entry (self);
  empty (self);
}

static void
go_back (AccNotebookPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
acc_notebook_page_dispose (GObject *object)
{
  AccNotebookPage *self = ACC_NOTEBOOK_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (acc_notebook_page_parent_class)->dispose (object);
}

static void
acc_notebook_page_class_init (AccNotebookPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_notebook_page_dispose;
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_NOTEBOOK_PAGE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  g_type_ensure (ACC_TYPE_NOTEBOOK_ENTRY_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/notebook-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, query);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, people);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, nobody);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, others_heading);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, others);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, pane);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, problem);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, lost_row);
  gtk_widget_class_bind_template_child (widget_class, AccNotebookPage, lost);
  gtk_widget_class_bind_template_callback (widget_class, on_query_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_query_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_person_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_other_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_removed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_put_back);
  gtk_widget_class_bind_template_callback (widget_class, remove_lost);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
acc_notebook_page_init (AccNotebookPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->people), is_found, self, NULL);
}
