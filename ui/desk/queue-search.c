/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-pane-private.h"

#include <string.h>

#define SHOWN_FIRST 12 /* about as many as there is room for: no row is made for what whoever types does not look at */
#define SHOWN_NEXT 6
#define ANSWER_AWAITED (8 * 1000) /* microseconds: half a frame; the other half is enough to paint it */
#define ASK_AGAIN_AFTER 5000 /* letters that were read since; and once all are */

static gboolean
is_searching (AccQueuePane *self)
{
  return self->question != NULL;
}

static void
cancel (AccQueuePane *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

/* ---- rows ---- */

static void
on_place_filled (AccQueuePlace *place, GParamSpec *pspec, GtkWidget *row)
{
  AccQueuePane *self = ACC_QUEUE_PANE (gtk_widget_get_ancestor (row, ACC_TYPE_QUEUE_PANE));

  acc_queue_pane_show_row (self, ACC_QUEUE_ROW (row), acc_queue_place_get_letter (place));
}

static void
on_found_row_bound (AccQueuePane *self, GtkListItem *list_item)
{
  AccQueuePlace *place = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);

  g_signal_connect_object (place, "notify::letter", G_CALLBACK (on_place_filled), row, 0);
  acc_queue_pane_show_row (self, ACC_QUEUE_ROW (row), acc_queue_place_get_letter (place));
}

static void
on_found_row_unbound (AccQueuePane *self, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), on_place_filled,
                                        gtk_list_item_get_child (list_item));
}

/* ---- what is shown ---- */

/* What was found stands in its own order: over all states, until a chip is chosen. */
static void
begin (AccQueuePane *self)
{
  self->chip_before = acc_queue_pane_get_chip (self);
  self->updating = TRUE;
  acc_queue_pane_set_chip (self, ACC_CHIP_ALL);
  self->updating = FALSE;
  gtk_filter_changed (self->found_filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
acc_queue_search_end (AccQueuePane *self)
{
  cancel (self);
  self->choose_found = FALSE;
  if (!is_searching (self))
    return;
  g_clear_pointer (&self->question, acc_search_question_unref);
  self->updating = TRUE;
  g_clear_handle_id (&self->growing, g_source_remove);
  g_list_store_remove_all (self->found);
  g_ptr_array_set_size (self->fitting, 0);
  g_hash_table_remove_all (self->passages);
  acc_queue_pane_set_chip (self, self->chip_before);
  self->updating = FALSE;
  acc_queue_pane_refilter (self);
}

/* The next of those that fit, in the place of @n_gone that were shown before. */
static void
show_next (AccQueuePane *self, guint n_gone, guint n_most)
{
  guint n = n_gone > 0 ? 0 : g_list_model_get_n_items (G_LIST_MODEL (self->found));

  self->updating = TRUE;
  g_list_store_splice (self->found, n, n_gone, self->fitting->pdata + n, MIN (n_most, self->fitting->len - n));
  acc_queue_pane_reselect (self);
  self->updating = FALSE;
}

static gboolean
grow (gpointer data)
{
  AccQueuePane *self = data;

  self->growing = 0;
  show_next (self, 0, SHOWN_NEXT);
  return G_SOURCE_REMOVE;
}

/* The list was laid out or scrolled: more follow before its end can be seen. */
void
acc_queue_search_follow (AccQueuePane *self, GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) - page;

  if (is_searching (self) && self->growing == 0 && left < page / 2
      && g_list_model_get_n_items (G_LIST_MODEL (self->found)) < self->fitting->len)
    self->growing = g_idle_add (grow, self);
}

static void
read_answer (AccQueuePane *self, const AccDeskFound *found)
{
  g_ptr_array_set_size (self->fitting, 0);
  g_hash_table_remove_all (self->passages);
  for (guint i = 0; i < found->letters->len; i++)
    {
      AccSearchFound *letter = g_ptr_array_index (found->letters, i);
      AccQueueItem *item = g_hash_table_lookup (self->by_number, letter->number);

      if (item == NULL) /* the part in which it was read has not come yet */
        continue;
      g_ptr_array_add (self->fitting, g_object_ref (item));
      g_hash_table_insert (self->passages, g_strdup (letter->number), g_strdup (letter->passage));
    }
}

/* The rows stay where they are when a letter's place changes: the focus goes with the letter. */
static gboolean
is_focus_found (AccQueuePane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->found_list);
}

static gboolean
is_asked_again (AccQueuePane *self, const AccDeskFound *found)
{
  return is_searching (self)
         && strcmp (acc_search_question_get_match (self->question), acc_search_question_get_match (found->question)) == 0;
}

/* In the place of what is shown. Of the same question no less than before, as somebody may look through it; of another
 * one from the top, where what fits best stands. */
static void
show_answer (AccQueuePane *self, gboolean again)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  g_clear_handle_id (&self->growing, g_source_remove);
  show_next (self, n_before, again ? MAX (n_before, SHOWN_FIRST) : SHOWN_FIRST);
  if (!again)
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->found_list)), 0);
}

static void
show (AccQueuePane *self, const AccDeskFound *found)
{
  gboolean focus = is_focus_found (self), again = is_asked_again (self, found);

  if (!is_searching (self))
    begin (self);
  else
    acc_search_question_unref (self->question);
  self->question = acc_search_question_ref (found->question);
  self->more = found->more;
  read_answer (self, found);
  show_answer (self, again);
  acc_queue_pane_update (self);
  if (focus)
    acc_queue_pane_take_focus (self);
}

void
acc_queue_search_replace (AccQueuePane *self, AccQueueItem *before, AccQueueItem *now)
{
  guint position;

  if (g_ptr_array_find (self->fitting, before, &position))
    g_set_object ((AccQueueItem **) &g_ptr_array_index (self->fitting, position), now);
  if (g_list_store_find (self->found, before, &position))
    g_list_store_splice (self->found, position, 1, (gpointer *) &now, 1);
}

/* ---- asking ---- */

static void
choose_found (AccQueuePane *self)
{
  self->choose_found = FALSE;
  if (acc_queue_pane_choose_first (self))
    acc_queue_pane_take_focus (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccQueuePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskFound) found = acc_desk_session_search_finish (ACC_DESK_SESSION (source), result, &error);

  /* Another question, another session, or none. */
  if (self->asking == NULL || g_task_get_cancellable (G_TASK (result)) != self->asking)
    return;
  g_clear_object (&self->asking);
  if (found == NULL)
    return;
  show (self, found);
  if (self->choose_found)
    choose_found (self);
}

static void
ask (AccQueuePane *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (AccSearchQuestion) question = self->session != NULL ? acc_search_question_new (typed) : NULL;

  cancel (self);
  if (question == NULL)
    {
      acc_queue_search_end (self);
      return;
    }
  self->asking = g_cancellable_new ();
  self->n_read_asked = self->n_read;
  acc_desk_session_search_async (self->session, question, self->asking, on_found, g_object_ref (self));
}

void
acc_queue_search_ask_again (AccQueuePane *self)
{
  if (!is_searching (self) || self->asking != NULL || self->n_read == self->n_read_asked)
    return;
  if (self->n_read >= self->n_letters || self->n_read - self->n_read_asked >= ASK_AGAIN_AFTER)
    ask (self);
}

/* ---- the entry ---- */

static void
on_search_changed (AccQueuePane *self)
{
  self->choose_found = FALSE;
  ask (self);
  if (self->asking != NULL)
    acc_desk_session_await_search (self->session, ANSWER_AWAITED);
}

/* As soon as the answer is there. */
static void
on_search_activated (AccQueuePane *self)
{
  if (self->asking != NULL)
    self->choose_found = TRUE;
  else
    choose_found (self);
}

static void
on_search_stopped (AccQueuePane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  acc_queue_pane_take_focus (self);
}

static gboolean
on_search_key (AccQueuePane *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || (modifiers & GDK_MODIFIER_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  on_search_activated (self);
  return GDK_EVENT_STOP;
}

void
acc_queue_search_bind_callbacks (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_callback (class, on_search_changed);
  gtk_widget_class_bind_template_callback (class, on_search_activated);
  gtk_widget_class_bind_template_callback (class, on_search_stopped);
  gtk_widget_class_bind_template_callback (class, on_search_key);
  gtk_widget_class_bind_template_callback (class, on_found_row_bound);
  gtk_widget_class_bind_template_callback (class, on_found_row_unbound);
}

void
acc_queue_pane_begin_search (AccQueuePane *self)
{
  g_return_if_fail (ACC_IS_QUEUE_PANE (self));
  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
