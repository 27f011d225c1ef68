/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-row.h"

#include <glib/gi18n-lib.h>

#include "desk/queue-row-layout.h"
#include "desk/words.h"
#include "kit/look.h"

struct _AccQueueRow {
  GtkWidget parent;
  AccQueueItem *item;
  GtkWidget *addressee, *age, *department, *author, *state, *late, *silence, *badge, *passage, *note;
};

G_DEFINE_FINAL_TYPE (AccQueueRow, acc_queue_row, GTK_TYPE_WIDGET)

/* ---- words ---- */

/* Who works on it; else the state, where it says more than that the letter waits. */
static char *
describe_state (AccQueueItem *item, const AccChipView *view)
{
  const char *claimed_by = acc_queue_item_get_claimed_by (item);
  AccState state = acc_queue_item_get_state (item);

  if (state == ACC_STATE_WAITING)
    return g_strdup ("");
  if (state == ACC_STATE_CLAIMED && g_strcmp0 (claimed_by, view->banker) == 0)
    return g_strdup (_ ("You are working on this"));
  if (state == ACC_STATE_CLAIMED && claimed_by[0] != '\0')
    return g_strdup_printf (_ ("%s is working on this"), claimed_by);
  return g_strdup (acc_state_to_label (state));
}

static gboolean
is_open (AccState state)
{
  return state == ACC_STATE_CLAIMED || state == ACC_STATE_APPROVED || state == ACC_STATE_HELD;
}

/* ---- marks ---- */

static void
mark (PangoAttrList *marks, gsize start, gsize end)
{
  PangoAttribute *const attributes[] = { pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
                                         pango_attr_weight_new (PANGO_WEIGHT_BOLD) };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      attributes[i]->start_index = (guint) start;
      attributes[i]->end_index = (guint) end;
      pango_attr_list_insert (marks, attributes[i]);
    }
}

/* Sets @text; marks in it what of @searched, a part of it, the question speaks of. */
static void
show_text (GtkWidget *label, const char *text, const char *searched, AccSearchQuestion *question)
{
  g_autoptr (PangoAttrList) marks = NULL;
  const char *part = question != NULL ? strstr (text, searched) : NULL;
  gsize start = 0, end = 0;

  gtk_label_set_text (GTK_LABEL (label), text);
  while (part != NULL && acc_search_question_find (question, searched, &start, &end))
    {
      if (marks == NULL)
        marks = pango_attr_list_new ();
      mark (marks, (gsize) (part - text) + start, (gsize) (part - text) + end);
    }
  gtk_label_set_attributes (GTK_LABEL (label), marks);
}

/* ---- the row ---- */

static void
show_people (AccQueueRow *self, AccSearchQuestion *question)
{
  const char *addressee = acc_queue_item_get_addressee (self->item);
  const char *department = acc_queue_item_get_department (self->item);
  const char *author = acc_queue_item_get_author (self->item);
  g_autofree char *from = author[0] != '\0' ? g_strdup_printf (_ ("from %s"), author) : g_strdup ("");

  show_text (self->addressee, addressee, addressee, question);
  show_text (self->department, department, department, question);
  show_text (self->author, from, author, question);
}

static void
show_silence (AccQueueRow *self, guint days)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->silence, days > 0);
  if (days == 0)
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Nothing heard for %u day", "Nothing heard for %u days", days),
                          days);
  gtk_label_set_text (GTK_LABEL (self->silence), text);
}

void
acc_queue_row_show (AccQueueRow *self, AccQueueItem *item, const AccChipView *view, AccSearchQuestion *question,
                    const char *passage)
{
  g_autofree char *age = NULL, *state = NULL, *note = NULL;
  gboolean late;

  g_return_if_fail (ACC_IS_QUEUE_ROW (self) && view != NULL);

  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  show_people (self, question);
  age = acc_queue_item_dup_age (item);
  gtk_label_set_text (GTK_LABEL (self->age), age);
  late = acc_chip_is_late (item, view);
  state = describe_state (item, view);
  gtk_label_set_text (GTK_LABEL (self->badge), state);
  acc_look_set_class (self->badge, "open", is_open (acc_queue_item_get_state (item)));
  gtk_widget_set_visible (self->badge, state[0] != '\0');
  gtk_widget_set_visible (self->late, late);
  show_silence (self, acc_chip_count_silence (item, view));
  gtk_widget_set_visible (self->state, late || state[0] != '\0');
  note = acc_words_isolate_quotation (acc_queue_item_get_note (item));
  gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_visible (self->note, acc_queue_item_get_state (item) == ACC_STATE_HELD);
  passage = passage != NULL ? passage : "";
  show_text (self->passage, passage, passage, question);
  gtk_widget_set_visible (self->passage, passage[0] != '\0');
}

AccQueueItem *
acc_queue_row_get_item (AccQueueRow *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ROW (self), NULL);
  return self->item;
}

static void
acc_queue_row_dispose (GObject *object)
{
  AccQueueRow *self = ACC_QUEUE_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (acc_queue_row_parent_class)->dispose (object);
}

static void
acc_queue_row_class_init (AccQueueRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (ACC_TYPE_QUEUE_ROW_LAYOUT);
  G_OBJECT_CLASS (class)->dispose = acc_queue_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, addressee);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, age);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, department);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, author);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, state);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, late);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, silence);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, badge);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, passage);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, note);
}

static void
acc_queue_row_init (AccQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
