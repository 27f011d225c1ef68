/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/directory-finder.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/entry-row.h"
#include "desk/words.h"
#include "kit/typing.h"
#include "staff/staff-chain.h"

#define MATCHES_SHOWN 30

struct _AccDirectoryFinder {
  GtkWidget parent;
  GtkWidget *query, *matches, *hint, *on, *on_problem, *person, *name, *position, *absence, *supervisor, *chain, *end;

  AccDirectory *directory; /* NULL: none */
  char *shown;             /* the id of who is shown; NULL: nobody is */
  gboolean filling;        /* the list is being filled: nobody is being chosen */
};

G_DEFINE_FINAL_TYPE (AccDirectoryFinder, acc_directory_finder, GTK_TYPE_WIDGET)

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
remove_rows (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

/* ---- the way up ---- */

static GtkWidget *
make_step (const AccStaffChain *chain, guint step)
{
  const AccPerson *person = g_ptr_array_index (chain->people, step);
  g_autofree char *position = acc_words_position (person);
  g_autofree char *absence = acc_staff_chain_describe_absence (chain, person);
  g_autofree char *about = absence != NULL ? g_strconcat (position, "\n", absence, NULL) : g_strdup (position);

  return acc_entry_row_new (person->name, about, step == 0 ? _ ("Direct supervisor") : "");
}

static void
show_chain (AccDirectoryFinder *self, const AccPerson *person, const char *on)
{
  g_autoptr (AccStaffChain) chain = acc_staff_chain_new (self->directory, person, on);
  g_autofree char *position = acc_words_position (person);
  g_autofree char *absence = acc_staff_chain_describe_absence (chain, person);
  g_autofree char *supervisor = acc_staff_chain_describe_supervisor (chain);
  g_autofree char *end = chain->people->len > 0 ? acc_staff_chain_describe_end (chain) : NULL;

  gtk_label_set_text (GTK_LABEL (self->name), person->name);
  gtk_label_set_text (GTK_LABEL (self->position), position);
  show_label (self->absence, absence);
  show_label (self->supervisor, supervisor);
  for (guint i = 0; i < chain->people->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->chain), make_step (chain, i));
  gtk_widget_set_visible (self->chain, chain->people->len > 0);
  show_label (self->end, end);
}

/* Who is shown, as of the day that is asked for. */
static void
show_person (AccDirectoryFinder *self)
{
  const char *on = gtk_editable_get_text (GTK_EDITABLE (self->on));
  const AccPerson *person
    = self->directory != NULL && self->shown != NULL ? acc_directory_find_id (self->directory, self->shown) : NULL;
  gboolean is_date = acc_clock_is_date (on);

  remove_rows (self->chain);
  show_label (self->on_problem, is_date ? NULL : _ ("Write the day as 2026-11-20."));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->on), GTK_ACCESSIBLE_STATE_INVALID,
                               is_date ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_set_visible (self->person, person != NULL && is_date);
  if (person != NULL && is_date)
    show_chain (self, person, on);
}

/* ---- finding ---- */

static void
show_hint (AccDirectoryFinder *self, guint n)
{
  g_autofree char *hint = NULL;

  if (acc_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->query))))
    hint = g_strdup (_ ("Type a name to find the person."));
  else if (n == 0)
    hint = g_strdup (_ ("Nobody of that name is in the directory."));
  else if (n > MATCHES_SHOWN)
    hint = g_strdup_printf (_ ("%u more. Type more of the name."), n - MATCHES_SHOWN);
  show_label (self->hint, hint);
}

static void
on_query_changed (AccDirectoryFinder *self)
{
  g_autoptr (GPtrArray) people = NULL;

  self->filling = TRUE;
  remove_rows (self->matches);
  if (self->directory != NULL)
    people = acc_directory_find (self->directory, gtk_editable_get_text (GTK_EDITABLE (self->query)), NULL);
  for (guint i = 0; people != NULL && i < MIN (people->len, MATCHES_SHOWN); i++)
    {
      const AccPerson *person = g_ptr_array_index (people, i);
      GtkWidget *row = acc_entry_row_new_person (person);

      gtk_list_box_append (GTK_LIST_BOX (self->matches), row);
      if (g_strcmp0 (person->id, self->shown) == 0)
        gtk_list_box_select_row (GTK_LIST_BOX (self->matches), GTK_LIST_BOX_ROW (row));
    }
  gtk_widget_set_visible (self->matches, people != NULL && people->len > 0);
  show_hint (self, people != NULL ? people->len : 0);
  self->filling = FALSE;
}

static void
on_row_selected (AccDirectoryFinder *self, GtkListBoxRow *row)
{
  if (self->filling || row == NULL)
    return;
  g_free (self->shown);
  self->shown = g_strdup (acc_entry_row_get_person (ACC_ENTRY_ROW (row))->id);
  show_person (self);
}

/* Enter, or Down, shows the first one, and goes to the list. */
static void
on_query_activate (AccDirectoryFinder *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->matches), 0);

  if (first == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->matches), first);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static gboolean
on_query_key (AccDirectoryFinder *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || (modifiers & GDK_MODIFIER_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  on_query_activate (self);
  return GDK_EVENT_STOP;
}

/* What a name cannot hold finds nobody: that it was left out needs no words. */
static void
on_left_out (AccTextChange change, gpointer data)
{
}

static void
forget (AccDirectoryFinder *self)
{
  g_autofree char *today = acc_clock_today ();

  g_clear_pointer (&self->shown, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->query), "");
  gtk_editable_set_text (GTK_EDITABLE (self->on), today);
}

void
acc_directory_finder_set_directory (AccDirectoryFinder *self, AccDirectory *directory)
{
  g_autoptr (AccDirectory) before = NULL;

  g_return_if_fail (ACC_IS_DIRECTORY_FINDER (self));

  before = g_steal_pointer (&self->directory); /* the rows still tell of its people */
  self->directory = directory != NULL ? g_object_ref (directory) : NULL;
  if (directory == NULL)
    forget (self);
  on_query_changed (self);
  show_person (self);
}

gboolean
acc_directory_finder_take_focus (AccDirectoryFinder *self)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY_FINDER (self), FALSE);
  return gtk_widget_get_child_visible (GTK_WIDGET (self)) && gtk_widget_grab_focus (self->query);
}

static void
acc_directory_finder_dispose (GObject *object)
{
  AccDirectoryFinder *self = ACC_DIRECTORY_FINDER (object);
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (acc_directory_finder_parent_class)->dispose (object);
}

static void
acc_directory_finder_class_init (AccDirectoryFinderClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_directory_finder_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/directory-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, query);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, matches);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, hint);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, on);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, on_problem);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, person);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, name);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, position);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, absence);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, supervisor);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, chain);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryFinder, end);
  gtk_widget_class_bind_template_callback (widget_class, on_query_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_query_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_query_key);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, show_person);
}

static void
acc_directory_finder_init (AccDirectoryFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_typing_watch_editable (GTK_EDITABLE (self->query), on_left_out, self);
  forget (self);
}
