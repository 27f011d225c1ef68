/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/person-chooser.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "desk/entry-row.h"
#include "desk/words.h"
#include "kit/typing.h"

#define MATCHES_SHOWN 6

struct _AccPersonChooser {
  GtkWidget parent;
  GtkWidget *question, *card, *name, *position, *other, *finder, *search, *matches, *hint;
  AccReviewDraft *draft;
  guint addressee;
  gboolean alike;     /* those who are shown do not bear the name */
  gboolean searching; /* somebody else is being looked for, although a person is chosen */
};

G_DEFINE_FINAL_TYPE (AccPersonChooser, acc_person_chooser, GTK_TYPE_WIDGET)

/* @n of that name, or, where nobody is, @n_alike whose name is like it. */
static void
show_hint (AccPersonChooser *self, const char *text, guint n, guint n_alike)
{
  g_autofree char *hint = NULL;

  if (acc_text_is_blank (text))
    hint = g_strdup (_ ("Type a name to find the person."));
  else if (n == 0 && n_alike > 0)
    hint = g_strdup (_ ("Nobody has just that name. These are spelt or said alike, or it is short for theirs."));
  else if (n == 0)
    hint = g_strdup (_ ("Nobody of that name is in the directory. Try another spelling, or ask the department."));
  else if (n > MATCHES_SHOWN)
    hint = g_strdup_printf (_ ("%u more. Type more of the name."), n - MATCHES_SHOWN);
  gtk_label_set_text (GTK_LABEL (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->hint, hint != NULL);
}

static void
on_search_changed (AccPersonChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) alike = NULL;
  GPtrArray *offered;
  GtkWidget *row;

  if (self->draft == NULL)
    return;
  while ((row = gtk_widget_get_first_child (self->matches)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->matches), row);
  people = acc_review_draft_find_people (self->draft, self->addressee, text);
  if (people->len == 0)
    alike = acc_review_draft_find_alike (self->draft, self->addressee, text);
  offered = alike != NULL ? alike : people;
  for (guint i = 0; i < MIN (offered->len, MATCHES_SHOWN); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->matches), acc_entry_row_new_person (g_ptr_array_index (offered, i)));
  gtk_widget_set_visible (self->matches, offered->len > 0);
  show_hint (self, text, people->len, alike != NULL ? alike->len : 0);
  self->alike = alike != NULL && alike->len > 0;
}

/* What a name cannot hold finds nobody: that it was left out needs no words. */
static void
on_left_out (AccTextChange change, gpointer data)
{
}

static void
choose (AccPersonChooser *self, GtkWidget *row)
{
  self->searching = FALSE;
  acc_review_draft_set_person (self->draft, self->addressee, acc_entry_row_get_person (ACC_ENTRY_ROW (row)));
  acc_person_chooser_update (self, TRUE);
  gtk_widget_grab_focus (self->other);
}

static void
on_match_activated (AccPersonChooser *self, GtkListBoxRow *row)
{
  choose (self, GTK_WIDGET (row));
}

/* Enter takes the only match; among several, or those whose name is only like it, it goes to the list, so that nobody is
 * taken by mistake. */
static void
on_search_activate (AccPersonChooser *self)
{
  GtkWidget *first;

  on_search_changed (self);
  first = gtk_widget_get_first_child (self->matches);
  if (first == NULL)
    return;
  if (gtk_widget_get_next_sibling (first) == NULL && !self->alike)
    choose (self, first);
  else
    gtk_widget_grab_focus (first);
}

static void
on_stop_search (AccPersonChooser *self)
{
  self->searching = FALSE;
  acc_person_chooser_update (self, TRUE);
}

static void
choose_other (AccPersonChooser *self)
{
  self->searching = TRUE;
  acc_person_chooser_update (self, TRUE);
  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

void
acc_person_chooser_update (AccPersonChooser *self, gboolean editable)
{
  const AccPerson *person;

  g_return_if_fail (ACC_IS_PERSON_CHOOSER (self));
  person = acc_review_draft_get_person (self->draft, self->addressee);
  gtk_widget_set_visible (self->card, person != NULL && !self->searching);
  gtk_widget_set_visible (self->other, person != NULL && !self->searching);
  gtk_widget_set_visible (self->finder, person == NULL || self->searching);
  gtk_widget_set_sensitive (GTK_WIDGET (self), editable);
  if (person != NULL)
    {
      g_autofree char *position = acc_words_position (person);

      gtk_label_set_text (GTK_LABEL (self->name), person->name);
      gtk_label_set_text (GTK_LABEL (self->position), position);
    }
}

gboolean
acc_person_chooser_focus (AccPersonChooser *self)
{
  g_return_val_if_fail (ACC_IS_PERSON_CHOOSER (self), FALSE);
  return gtk_widget_get_visible (self->finder) && gtk_widget_grab_focus (self->search);
}

GtkWidget *
acc_person_chooser_new (AccReviewDraft *draft, guint addressee)
{
  AccPersonChooser *self = g_object_new (ACC_TYPE_PERSON_CHOOSER, NULL);
  const AccAddressee *meant = acc_review_draft_get_addressee (draft, addressee);
  g_autofree char *question = g_strdup_printf (_ ("Who is “%s”?"), meant->name);
  g_autofree char *label = g_strdup_printf (_ ("Find “%s” in the directory"), meant->name);

  self->draft = g_object_ref (draft);
  self->addressee = addressee;
  gtk_label_set_text (GTK_LABEL (self->question), question);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->matches), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_editable_set_text (GTK_EDITABLE (self->search), meant->name);
  on_search_changed (self);
  acc_person_chooser_update (self, TRUE);
  return GTK_WIDGET (self);
}

static void
acc_person_chooser_dispose (GObject *object)
{
  AccPersonChooser *self = ACC_PERSON_CHOOSER (object);
  GtkWidget *child;

  g_clear_object (&self->draft);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_person_chooser_parent_class)->dispose (object);
}

static void
acc_person_chooser_class_init (AccPersonChooserClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_person_chooser_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/person-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, question);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, card);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, name);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, position);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, other);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, finder);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, search);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, matches);
  gtk_widget_class_bind_template_child (widget_class, AccPersonChooser, hint);
  gtk_widget_class_bind_template_callback (widget_class, choose_other);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_match_activated);
}

static void
acc_person_chooser_init (AccPersonChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_typing_watch_editable (GTK_EDITABLE (self->search), on_left_out, self);
}
