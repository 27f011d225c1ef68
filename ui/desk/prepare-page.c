/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/prepare-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/entry-row.h"
#include "desk/words.h"
#include "kit/typing.h"
#include "letter/guard.h"

#define MATCHES_SHOWN 5

struct _AccPreparePage {
  GtkWidget parent;
  GtkWidget *form, *name, *matches, *department, *problem;
  GtkWidget *waiting, *whom, *until, *take_back;
  GtkWidget *outcome;

  AccHandoverWatch *watch;
  AccDirectory *directory;
  AccHandover *left; /* what waits, as it was seen last */
  gboolean choosing; /* a person's own words are being filled in */
};

G_DEFINE_FINAL_TYPE (AccPreparePage, acc_prepare_page, GTK_TYPE_WIDGET)

enum { CLOSED, NEWS, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
mark (GtkWidget *entry, gboolean invalid)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* @entry: the one concerned, which takes the focus; NULL: none. */
static void
show_problem (AccPreparePage *self, GtkWidget *entry, const char *sentence)
{
  show_label (self->problem, sentence);
  mark (self->name, entry == self->name);
  mark (self->department, entry == self->department);
  if (entry != NULL)
    gtk_widget_grab_focus (entry);
}

static void
clear_problem (AccPreparePage *self)
{
  show_problem (self, NULL, NULL);
}

/* Which of them holds what cannot stand in a letter. */
static GtkWidget *
find_concerned (AccPreparePage *self, const AccHandover *handover)
{
  AccGuardFind find;

  if (acc_guard_find_certain (handover->name, &find))
    return self->name;
  return acc_guard_find_certain (handover->department, &find) ? self->department : NULL;
}

/* ---- people of the directory ---- */

static void
show_matches (AccPreparePage *self, GPtrArray *people)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->matches)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->matches), row);
  for (guint i = 0; people != NULL && i < MIN (people->len, MATCHES_SHOWN); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->matches), acc_entry_row_new_person (g_ptr_array_index (people, i)));
  gtk_widget_set_visible (self->matches, people != NULL && people->len > 0);
}

static void
on_name_changed (AccPreparePage *self)
{
  g_autofree char *today = acc_clock_today ();
  g_autoptr (GPtrArray) people = NULL;

  if (self->choosing)
    return;
  clear_problem (self);
  if (self->directory != NULL && !acc_text_is_blank (get_text (self->name)))
    people = acc_directory_match (self->directory, get_text (self->name), get_text (self->department), today);
  show_matches (self, people);
}

static void
choose (AccPreparePage *self, GtkWidget *row)
{
  const AccPerson *person = acc_entry_row_get_person (ACC_ENTRY_ROW (row));

  self->choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), person->name);
  gtk_editable_set_text (GTK_EDITABLE (self->department), person->department);
  self->choosing = FALSE;
  gtk_widget_grab_focus (self->department);
  show_matches (self, NULL);
}

static void
on_match_activated (AccPreparePage *self, GtkListBoxRow *row)
{
  choose (self, GTK_WIDGET (row));
}

/* Enter takes the only match; among several it goes to the list, so that nobody is taken by mistake. */
static void
on_name_activate (AccPreparePage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->matches);

  if (first == NULL)
    gtk_widget_grab_focus (self->department);
  else if (gtk_widget_get_next_sibling (first) == NULL)
    choose (self, first);
  else
    gtk_widget_grab_focus (first);
}

static void
on_left_out (AccTextChange change, gpointer data)
{
  show_label (ACC_PREPARE_PAGE (data)->problem, _ ("What may not stand here, or did not fit, was left out."));
}

/* ---- what waits at the kiosk ---- */

/* As a clock on the wall says it. */
static char *
describe_end (const AccHandover *handover)
{
  gint64 end = acc_clock_now () + handover->expires - acc_clock_boot ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (end / G_USEC_PER_SEC);
  g_autofree char *clock = g_date_time_format (time, "%H:%M");

  /* Translators: until when a prepared letter is offered, such as 14:05. */
  return g_strdup_printf (_ ("The kiosk offers it until %s, to one client, once. Ask the client to go there."), clock);
}

static void
show_waiting (AccPreparePage *self)
{
  const gboolean has_department = *self->left->department != '\0';
  g_autofree char *whom = g_strdup_printf ("%s%s%s", self->left->name, has_department ? " · " : "", self->left->department);
  g_autofree char *until = describe_end (self->left);

  gtk_label_set_text (GTK_LABEL (self->whom), whom);
  gtk_label_set_text (GTK_LABEL (self->until), until);
}

/* Who begins at the kiosk may do so with it or without: that is nobody's business here. */
static const char *const outcomes[] = {
  [ACC_HANDOVER_BEGUN] = N_ ("The client has begun at the kiosk."),
  [ACC_HANDOVER_TAKEN_BACK] = N_ ("The prepared letter was taken back at another desk. The kiosk no longer offers it."),
  [ACC_HANDOVER_OVER] = N_ ("Nobody began in time. The kiosk no longer offers the prepared letter."),
};

static void
tell (AccPreparePage *self, const char *sentence)
{
  show_label (self->outcome, sentence);
  g_signal_emit (self, signals[NEWS], 0, sentence);
}

/* Another desk has left one in its place before this one looked: which of the two it was, nothing tells any more. */
static void
tell_replaced (AccPreparePage *self)
{
  g_autofree char *sentence = NULL;

  if (acc_handover_watch_get_end (self->watch) == ACC_HANDOVER_OVER)
    {
      tell (self, _ (outcomes[ACC_HANDOVER_OVER]));
      return;
    }
  sentence = g_strdup_printf (_ ("The letter prepared for %s waits no longer: a client has begun, or a desk took it back."),
                              self->left->name);
  tell (self, sentence);
}

static void
update (AccPreparePage *self)
{
  const AccHandover *waiting = acc_handover_watch_get (self->watch);

  if (waiting == NULL && self->left != NULL)
    tell (self, _ (outcomes[acc_handover_watch_get_end (self->watch)]));
  else if (self->left != NULL && !acc_handover_equal (self->left, waiting))
    tell_replaced (self);
  else if (waiting != NULL)
    show_label (self->outcome, NULL);
  acc_handover_free (self->left);
  self->left = waiting != NULL ? acc_handover_copy (waiting) : NULL;
  gtk_widget_set_visible (self->form, waiting == NULL);
  gtk_widget_set_visible (self->waiting, waiting != NULL);
  if (waiting != NULL)
    show_waiting (self);
}

static void
empty (AccPreparePage *self)
{
  self->choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_editable_set_text (GTK_EDITABLE (self->department), "");
  self->choosing = FALSE;
  show_matches (self, NULL);
  clear_problem (self);
}

static void
hand_over (AccPreparePage *self)
{
  g_autoptr (AccHandover) handover = NULL;
  g_autoptr (GError) error = NULL;

  if (acc_text_is_blank (get_text (self->name)))
    {
      show_problem (self, self->name, _ ("Write the name of the person whom the client wants to thank."));
      return;
    }
  handover = acc_handover_new (get_text (self->name), get_text (self->department));
  if (!acc_handover_watch_leave (self->watch, handover, &error))
    {
      g_autofree char *sentence = acc_words_error (error);

      show_problem (self, find_concerned (self, handover), sentence);
      return;
    }
  empty (self); /* for the next client */
  if (gtk_widget_get_visible (self->waiting))
    gtk_widget_grab_focus (self->take_back);
}

static void
take_it_back (AccPreparePage *self)
{
  g_clear_pointer (&self->left, acc_handover_free); /* no news: who is told has done it */
  acc_handover_watch_take_back (self->watch);
  update (self);
  gtk_widget_grab_focus (self->name);
}

static void
go_back (AccPreparePage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

void
acc_prepare_page_set_watch (AccPreparePage *self, AccHandoverWatch *watch)
{
  g_return_if_fail (ACC_IS_PREPARE_PAGE (self));
  g_return_if_fail (ACC_IS_HANDOVER_WATCH (watch) && self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
acc_prepare_page_begin (AccPreparePage *self, AccDirectory *directory)
{
  g_return_if_fail (ACC_IS_PREPARE_PAGE (self));
  g_return_if_fail (self->watch != NULL);

  g_set_object (&self->directory, directory);
  show_label (self->outcome, NULL); /* it was another client's */
  empty (self);
  update (self);
  gtk_widget_grab_focus (self->left != NULL ? self->take_back : self->name);
}

void
acc_prepare_page_end (AccPreparePage *self)
{
  g_return_if_fail (ACC_IS_PREPARE_PAGE (self));

  empty (self);
  show_label (self->outcome, NULL);
  g_clear_object (&self->directory);
}

gboolean
acc_prepare_page_is_waiting (AccPreparePage *self)
{
  g_return_val_if_fail (ACC_IS_PREPARE_PAGE (self), FALSE);

  return self->left != NULL;
}

/* With the window, which a question or a call may hold past the program's end: what waits goes now. */
static void
acc_prepare_page_unrealize (GtkWidget *widget)
{
  g_clear_object (&ACC_PREPARE_PAGE (widget)->watch);
  GTK_WIDGET_CLASS (acc_prepare_page_parent_class)->unrealize (widget);
}

static void
acc_prepare_page_dispose (GObject *object)
{
  AccPreparePage *self = ACC_PREPARE_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->watch);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->left, acc_handover_free);
  G_OBJECT_CLASS (acc_prepare_page_parent_class)->dispose (object);
}

static void
acc_prepare_page_class_init (AccPreparePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_prepare_page_dispose;
  widget_class->unrealize = acc_prepare_page_unrealize;
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_PREPARE_PAGE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[NEWS] = g_signal_new ("news", ACC_TYPE_PREPARE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/prepare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, form);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, name);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, matches);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, department);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, problem);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, waiting);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, whom);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, until);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, take_back);
  gtk_widget_class_bind_template_child (widget_class, AccPreparePage, outcome);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, clear_problem);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_match_activated);
  gtk_widget_class_bind_template_callback (widget_class, hand_over);
  gtk_widget_class_bind_template_callback (widget_class, take_it_back);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
acc_prepare_page_init (AccPreparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
  acc_typing_watch_editable (GTK_EDITABLE (self->name), on_left_out, self);
  acc_typing_watch_editable (GTK_EDITABLE (self->department), on_left_out, self);
}
