/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-pane-private.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "route/silences.h"
#include "kit/drop-down-name.h"

#define TICK_SECONDS 60

typedef enum { ORDER_OLDEST, ORDER_NEWEST, ORDER_ADDRESSEE, ORDER_DEPARTMENT } Order;

G_DEFINE_FINAL_TYPE (AccQueuePane, acc_queue_pane, GTK_TYPE_WIDGET)

enum { LETTER_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- the two lists: all letters, and what was found among them ---- */

static GtkWidget *
get_list (AccQueuePane *self)
{
  return self->question != NULL ? self->found_list : self->list;
}

static GtkSingleSelection *
get_selection (AccQueuePane *self)
{
  return self->question != NULL ? self->found_selection : self->selection;
}

static guint
count_shown (AccQueuePane *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_selection (self)));
}

static GListModel *
get_letters (AccQueuePane *self)
{
  return self->question != NULL ? G_LIST_MODEL (self->found_filtered) : G_LIST_MODEL (self->sorted);
}

/* The selected one, lent, or NULL. */
static AccQueueItem *
get_selected_letter (AccQueuePane *self)
{
  gpointer selected = gtk_single_selection_get_selected_item (get_selection (self));

  return self->question != NULL && selected != NULL ? acc_queue_place_get_letter (selected) : selected;
}

/* ---- chips ---- */

static GtkToggleButton *
get_chip (AccQueuePane *self, AccChip chip)
{
  GtkWidget *const buttons[ACC_N_CHIPS]
    = { self->waiting_chip, self->mine_chip,     self->held_chip, self->approved_chip,
        self->routed_chip,  self->declined_chip, self->all_chip,  self->late_chip,
        self->silent_chip };

  return GTK_TOGGLE_BUTTON (buttons[chip]);
}

AccChip
acc_queue_pane_get_chip (AccQueuePane *self)
{
  for (AccChip chip = 0; chip < ACC_N_CHIPS; chip++)
    if (gtk_toggle_button_get_active (get_chip (self, chip)))
      return chip;
  return ACC_CHIP_ALL;
}

void
acc_queue_pane_set_chip (AccQueuePane *self, AccChip chip)
{
  gtk_toggle_button_set_active (get_chip (self, chip), TRUE);
}

static gboolean
is_manager (AccQueuePane *self)
{
  const AccBanker *banker = self->session != NULL ? acc_desk_session_get_banker (self->session) : NULL;

  return banker != NULL && banker->manager;
}

/* ---- the chain ---- */

/* The open letter does not slip away under the banker's hands when its state moves on. */
static gboolean
filter_item (gpointer item, gpointer data)
{
  AccQueuePane *self = data;

  return (self->stays && g_strcmp0 (acc_queue_item_get_number (item), self->chosen) == 0)
         || acc_chip_shows (acc_queue_pane_get_chip (self), item, &self->view);
}

static int
compare_by_order (AccQueueItem *first, AccQueueItem *second, Order order)
{
  gint64 older = acc_queue_item_get_sequence (first) - acc_queue_item_get_sequence (second);
  int by_text = 0;

  if (order == ORDER_NEWEST)
    older = -older;
  else if (order == ORDER_ADDRESSEE)
    by_text = g_utf8_collate (acc_queue_item_get_addressee (first), acc_queue_item_get_addressee (second));
  else if (order == ORDER_DEPARTMENT)
    by_text = g_utf8_collate (acc_queue_item_get_department (first), acc_queue_item_get_department (second));
  return by_text != 0 ? by_text : older < 0 ? -1 : older > 0;
}

/* What waits too long stands on top, whatever the order. */
static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  AccQueuePane *self = data;
  AccQueueItem *first = ACC_QUEUE_ITEM ((gpointer) a), *second = ACC_QUEUE_ITEM ((gpointer) b);
  gboolean first_late = acc_chip_is_late (first, &self->view), second_late = acc_chip_is_late (second, &self->view);

  guint first_silence, second_silence;

  if (first_late != second_late)
    return first_late ? -1 : 1;
  first_silence = acc_chip_count_silence (first, &self->view);
  second_silence = acc_chip_count_silence (second, &self->view);
  if ((first_silence > 0) != (second_silence > 0))
    return first_silence > 0 ? -1 : 1;
  return compare_by_order (first, second, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->order)));
}

/* ---- what is shown ---- */

static guint
count_fitting (AccQueuePane *self, AccChip chip)
{
  guint n = 0;

  for (guint i = 0; i < self->fitting->len; i++)
    n += acc_chip_shows (chip, g_ptr_array_index (self->fitting, i), &self->view) ? 1 : 0;
  return n;
}

/* Those alone that wait for the branch can be late. */
static void
count_late (AccQueuePane *self)
{
  GHashTableIter iter;
  gpointer item;

  self->n_late = 0;
  self->late_changed = FALSE;
  g_hash_table_iter_init (&iter, self->waiting_on);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    self->n_late += acc_chip_shows (ACC_CHIP_LATE, item, &self->view) ? 1 : 0;
}

static guint
count_for (AccQueuePane *self, AccChip chip)
{
  if (self->question != NULL)
    return count_fitting (self, chip);
  if (chip == ACC_CHIP_SILENT)
    return self->view.silent != NULL ? g_hash_table_size (self->view.silent) : 0;
  return chip == ACC_CHIP_LATE ? self->n_late : acc_chip_count (chip, self->counts, self->n_mine);
}

/* Whether count_for says how many there are, and not only how many were read yet. */
static gboolean
is_counted (AccQueuePane *self, AccChip chip)
{
  return self->question != NULL || chip == ACC_CHIP_SILENT || (chip == ACC_CHIP_LATE ? self->open_read : self->counted);
}

static void
update_chips (AccQueuePane *self)
{
  for (AccChip chip = 0; chip < ACC_N_CHIPS; chip++)
    {
      g_autofree char *label = is_counted (self, chip) ? acc_chip_dup_label (chip, count_for (self, chip))
                                                       : acc_chip_dup_label_uncounted (chip);
      GtkButton *button = GTK_BUTTON (get_chip (self, chip));

      if (g_strcmp0 (gtk_button_get_label (button), label) != 0)
        gtk_button_set_label (button, label);
    }
  gtk_widget_set_visible (self->late_chip, is_manager (self));
  gtk_widget_set_visible (self->silent_chip, count_for (self, ACC_CHIP_SILENT) > 0
                                               || acc_queue_pane_get_chip (self) == ACC_CHIP_SILENT);
}

static gboolean
is_all_read (AccQueuePane *self)
{
  return self->counted && self->n_read >= self->n_letters;
}

static int
compute_percent (AccQueuePane *self)
{
  if (!self->counted)
    return -1;
  return self->n_letters > 0 ? (int) ((guint64) self->n_read * 100 / self->n_letters) : 100;
}

/* Changes of a hundredth alone, and at the end. */
static void
update_progress (AccQueuePane *self)
{
  int percent = compute_percent (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->progress, self->n_read > 0 && !is_all_read (self));
  if (percent == self->percent)
    return;
  self->percent = percent;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), MAX (percent, 0) / 100.0);
  if (percent < 0)
    text = g_strdup (_ ("Opening the letters…"));
  else
    /* Translators: how many of all letters have been opened so far: only those can be searched */
    text = g_strdup_printf (_ ("%u of %u letters read"), self->n_read, self->n_letters);
  gtk_label_set_text (GTK_LABEL (self->progress_text), text);
}

static void
update_found_note (AccQueuePane *self)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->found_note, self->question != NULL && self->more);
  if (!gtk_widget_get_visible (self->found_note))
    return;
  text = g_strdup_printf (_ ("The %u that fit best. Another word finds fewer."), ACC_SEARCH_FOUND_MAX);
  gtk_label_set_text (GTK_LABEL (self->found_note), text);
}

/* A list is called empty once it is: letters may be there that are not read yet. */
static const char *
find_empty (AccQueuePane *self)
{
  AccChip chip = acc_queue_pane_get_chip (self);

  if (self->question != NULL)
    return _ ("No letter has these words.");
  if (is_all_read (self) || (is_counted (self, chip) && count_for (self, chip) == 0))
    return acc_chip_get_empty (chip);
  return self->n_read > 0 ? _ ("These letters are still being opened.") : "";
}

void
acc_queue_pane_update (AccQueuePane *self)
{
  gboolean searching = self->question != NULL;

  update_chips (self);
  update_progress (self);
  update_found_note (self);
  gtk_widget_set_sensitive (self->order, !searching);
  gtk_label_set_text (GTK_LABEL (self->empty), find_empty (self));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages),
                                    count_shown (self) == 0 ? "empty" : searching ? "found" : "letters");
}

/* ---- rows ---- */

void
acc_queue_pane_show_row (AccQueuePane *self, AccQueueRow *row, AccQueueItem *item)
{
  const char *passage = self->question != NULL && item != NULL
                          ? g_hash_table_lookup (self->passages, acc_queue_item_get_number (item))
                          : NULL;

  acc_queue_row_show (row, item, &self->view, self->question, passage);
}

static void
on_row_set_up (AccQueuePane *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (ACC_TYPE_QUEUE_ROW, NULL));
}

static void
on_row_bound (AccQueuePane *self, GtkListItem *list_item)
{
  acc_queue_pane_show_row (self, ACC_QUEUE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

/* What the rows on the screen say of now: ages, what is late, marks. */
static void
update_rows (AccQueuePane *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (get_list (self)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (ACC_IS_QUEUE_ROW (child))
        acc_queue_pane_show_row (self, ACC_QUEUE_ROW (child), acc_queue_row_get_item (ACC_QUEUE_ROW (child)));
    }
}

/* ---- the selection ---- */

/* The row of the open letter, or GTK_INVALID_LIST_POSITION. As a rule it is the selected one. */
static guint
find_chosen (AccQueuePane *self)
{
  AccQueueItem *selected = get_selected_letter (self);
  AccQueueItem *item = self->chosen != NULL ? g_hash_table_lookup (self->by_number, self->chosen) : NULL;

  if (item == NULL || !filter_item (item, self))
    return GTK_INVALID_LIST_POSITION;
  if (selected == item)
    return gtk_single_selection_get_selected (get_selection (self));
  for (guint i = 0; i < count_shown (self); i++)
    {
      g_autoptr (AccQueueItem) shown = g_list_model_get_item (get_letters (self), i);

      if (shown == item)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* The row of the chosen letter, where it is on the screen. */
static GtkWidget *
find_row (AccQueuePane *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (get_list (self)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);
      AccQueueItem *item = ACC_IS_QUEUE_ROW (child) ? acc_queue_row_get_item (ACC_QUEUE_ROW (child)) : NULL;

      if (item != NULL && g_strcmp0 (acc_queue_item_get_number (item), self->chosen) == 0)
        return row;
    }
  return NULL;
}

/* Over places, a row keeps the focus when another letter comes to stand there. */
static gboolean
must_focus_follow (AccQueuePane *self)
{
  GtkWidget *row = self->question != NULL ? find_row (self) : NULL;

  return row != NULL && gtk_widget_is_focus (row);
}

void
acc_queue_pane_reselect (AccQueuePane *self)
{
  guint position = find_chosen (self);

  gtk_single_selection_set_selected (get_selection (self), position);
  if (position != GTK_INVALID_LIST_POSITION)
    self->position = position;
}

void
acc_queue_pane_refilter (AccQueuePane *self)
{
  gboolean focus = must_focus_follow (self);

  self->updating = TRUE;
  gtk_filter_changed (self->question != NULL ? self->found_filter : self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  acc_queue_pane_reselect (self);
  self->updating = FALSE;
  update_rows (self);
  acc_queue_pane_update (self);
  if (focus)
    acc_queue_pane_take_focus (self);
}

static void
on_chip_toggled (AccQueuePane *self, GtkToggleButton *chip)
{
  if (!gtk_toggle_button_get_active (chip) || self->updating)
    return;
  self->stays = FALSE;
  self->position = 0;
  acc_queue_pane_refilter (self);
}

static void
on_order_changed (AccQueuePane *self)
{
  acc_queue_pane_refilter (self);
}

/* Whether letter @number belongs to what is looked at. */
static gboolean
shows (AccQueuePane *self, const char *number)
{
  AccQueueItem *item = g_hash_table_lookup (self->by_number, number);

  return item != NULL && acc_chip_shows (acc_queue_pane_get_chip (self), item, &self->view);
}

static void
on_selected (AccQueuePane *self)
{
  AccQueueItem *item = get_selected_letter (self);
  g_autofree char *before = NULL;

  if (self->updating || item == NULL || g_strcmp0 (acc_queue_item_get_number (item), self->chosen) == 0)
    return;
  before = g_steal_pointer (&self->chosen);
  self->chosen = g_strdup (acc_queue_item_get_number (item));
  self->position = gtk_single_selection_get_selected (get_selection (self));
  self->stays = TRUE;
  /* The letter that was open may leave the list now. */
  if (before != NULL && !shows (self, before))
    acc_queue_pane_refilter (self);
  g_signal_emit (self, signals[LETTER_CHOSEN], 0, self->chosen);
}

/* ---- the list's contents ---- */

static gboolean
is_same (AccQueueItem *a, AccQueueItem *b)
{
  return acc_queue_item_get_state (a) == acc_queue_item_get_state (b)
         && strcmp (acc_queue_item_get_addressee (a), acc_queue_item_get_addressee (b)) == 0
         && strcmp (acc_queue_item_get_author (a), acc_queue_item_get_author (b)) == 0
         && strcmp (acc_queue_item_get_claimed_by (a), acc_queue_item_get_claimed_by (b)) == 0
         && strcmp (acc_queue_item_get_note (a), acc_queue_item_get_note (b)) == 0;
}

static void
note_waiting (AccQueuePane *self, AccQueueItem *before, AccQueueItem *now)
{
  if (before != NULL && g_hash_table_remove (self->waiting_on, before))
    self->late_changed = TRUE;
  if (acc_queue_item_is_open (now) && g_hash_table_add (self->waiting_on, now))
    self->late_changed = TRUE;
}

static void
replace (AccQueuePane *self, AccQueueItem *before, AccQueueItem *now)
{
  guint position;

  if (is_same (before, now) || !g_list_store_find (self->store, before, &position))
    return;
  note_waiting (self, before, now);
  acc_queue_search_replace (self, before, now);
  g_hash_table_replace (self->by_number, (gpointer) acc_queue_item_get_number (now), now);
  g_list_store_splice (self->store, position, 1, (gpointer *) &now, 1);
}

static void
take_items (AccQueuePane *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      AccQueueItem *now = g_ptr_array_index (items, i);
      AccQueueItem *before = g_hash_table_lookup (self->by_number, acc_queue_item_get_number (now));

      if (before != NULL)
        {
          replace (self, before, now);
          continue;
        }
      note_waiting (self, NULL, now);
      g_hash_table_insert (self->by_number, (gpointer) acc_queue_item_get_number (now), now);
      g_ptr_array_add (added, now);
    }
  g_list_store_splice (self->store, g_list_model_get_n_items (G_LIST_MODEL (self->store)), 0, added->pdata, added->len);
}

void
acc_queue_pane_take_part (AccQueuePane *self, const AccQueuePart *part)
{
  gboolean focus;

  g_return_if_fail (ACC_IS_QUEUE_PANE (self) && part != NULL);

  focus = must_focus_follow (self);
  self->updating = TRUE;
  take_items (self, part->items);
  acc_queue_pane_reselect (self);
  self->updating = FALSE;
  memcpy (self->counts, part->counts, sizeof self->counts);
  self->n_mine = part->n_mine;
  self->n_read = part->n_read;
  self->n_letters = part->n_letters;
  self->counted = part->counted;
  self->open_read = part->open_read;
  if (self->open_read && self->late_changed)
    count_late (self);
  acc_queue_pane_update (self);
  if (focus)
    acc_queue_pane_take_focus (self);
  acc_queue_search_ask_again (self);
}

void
acc_queue_pane_set_silences (AccQueuePane *self, GPtrArray *silences)
{
  g_return_if_fail (ACC_IS_QUEUE_PANE (self));

  /* As a rule there are none, and nothing changes. */
  if (self->view.silent == NULL && (silences == NULL || silences->len == 0))
    return;
  g_clear_pointer (&self->view.silent, g_hash_table_unref);
  if (silences != NULL && silences->len > 0)
    self->view.silent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; silences != NULL && i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);
      guint days = GPOINTER_TO_UINT (g_hash_table_lookup (self->view.silent, silence->number));

      g_hash_table_insert (self->view.silent, g_strdup (silence->number), GUINT_TO_POINTER (MAX (MAX (days, silence->days), 1)));
    }
  acc_queue_pane_refilter (self);
}

/* ---- the minutes go by ---- */

static gboolean
on_tick (gpointer data)
{
  AccQueuePane *self = data;

  count_late (self);
  update_rows (self);
  acc_queue_pane_update (self);
  return G_SOURCE_CONTINUE;
}

static void
empty (AccQueuePane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  acc_queue_search_end (self);
  self->updating = TRUE;
  g_clear_pointer (&self->chosen, g_free);
  self->stays = FALSE;
  self->position = 0;
  g_hash_table_remove_all (self->waiting_on);
  g_hash_table_remove_all (self->by_number);
  g_list_store_remove_all (self->store);
  memset (self->counts, 0, sizeof self->counts);
  self->n_mine = self->n_late = self->n_read = self->n_letters = 0;
  self->counted = self->open_read = FALSE;
  acc_queue_pane_set_chip (self, ACC_CHIP_WAITING);
  self->updating = FALSE;
}

void
acc_queue_pane_set_session (AccQueuePane *self, AccDeskSession *session)
{
  const AccBanker *banker = session != NULL ? acc_desk_session_get_banker (session) : NULL;

  g_return_if_fail (ACC_IS_QUEUE_PANE (self));

  empty (self);
  g_set_object (&self->session, session);
  g_free (self->banker);
  self->banker = banker != NULL ? g_strdup (banker->name) : NULL;
  g_clear_pointer (&self->view.silent, g_hash_table_unref);
  self->view = (AccChipView) { self->banker, session != NULL ? 3600 * (gint64) acc_desk_session_get_wait_hours (session) : 0 };
  g_clear_handle_id (&self->tick, g_source_remove);
  if (session != NULL)
    self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  acc_queue_pane_set_problem (self, NULL);
  acc_queue_pane_refilter (self);
}

GStrv
acc_queue_pane_list_waiting (AccQueuePane *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer item;

  g_return_val_if_fail (ACC_IS_QUEUE_PANE (self), NULL);

  g_hash_table_iter_init (&iter, self->waiting_on);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_strv_builder_add (names, acc_queue_item_get_addressee (item));
  return g_strv_builder_end (names);
}

void
acc_queue_pane_set_problem (AccQueuePane *self, const char *problem)
{
  g_return_if_fail (ACC_IS_QUEUE_PANE (self));
  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

/* ---- choosing ---- */

static gboolean
choose (AccQueuePane *self, guint position)
{
  if (position >= count_shown (self))
    return FALSE;
  gtk_single_selection_set_selected (get_selection (self), position);
  gtk_widget_activate_action (get_list (self), "list.scroll-to-item", "u",
                              gtk_single_selection_get_selected (get_selection (self)));
  return TRUE;
}

gboolean
acc_queue_pane_choose_first (AccQueuePane *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_PANE (self), FALSE);
  return choose (self, 0);
}

gboolean
acc_queue_pane_step (AccQueuePane *self, int step)
{
  guint n, position;

  g_return_val_if_fail (ACC_IS_QUEUE_PANE (self), FALSE);
  n = count_shown (self);
  position = find_chosen (self);
  /* A letter that has left the list leaves the next one in its place. */
  if (position == GTK_INVALID_LIST_POSITION)
    return n > 0 && choose (self, MIN (self->position, n - 1));
  if (step < 0)
    return position > 0 && choose (self, position - 1);
  return choose (self, position + 1);
}

void
acc_queue_pane_take_focus (AccQueuePane *self)
{
  GtkWidget *row;

  g_return_if_fail (ACC_IS_QUEUE_PANE (self));
  row = find_row (self);
  if (row != NULL && gtk_widget_get_mapped (row) && gtk_widget_grab_focus (row))
    return;
  if (!gtk_widget_get_mapped (get_list (self)) || !gtk_widget_grab_focus (get_list (self)))
    gtk_widget_grab_focus (GTK_WIDGET (get_chip (self, acc_queue_pane_get_chip (self))));
}

const char *
acc_queue_pane_get_chosen (AccQueuePane *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_PANE (self), "");
  return self->chosen != NULL ? self->chosen : "";
}

/* ---- the object ---- */

static void
acc_queue_pane_dispose (GObject *object)
{
  AccQueuePane *self = ACC_QUEUE_PANE (object);
  GtkWidget *child;

  self->updating = TRUE;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->tick, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->question, acc_search_question_unref);
  g_clear_pointer (&self->passages, g_hash_table_unref);
  g_clear_pointer (&self->waiting_on, g_hash_table_unref);
  g_clear_pointer (&self->by_number, g_hash_table_unref);
  g_clear_handle_id (&self->growing, g_source_remove);
  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  g_clear_object (&self->found);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_object (&self->filter);
  g_clear_object (&self->found_filter);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->banker, g_free);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->view.silent, g_hash_table_unref);
  G_OBJECT_CLASS (acc_queue_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, AccQueuePane, waiting_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, mine_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, held_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, approved_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, routed_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, declined_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, all_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, late_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, silent_chip);
  gtk_widget_class_bind_template_child (class, AccQueuePane, search);
  gtk_widget_class_bind_template_child (class, AccQueuePane, found_note);
  gtk_widget_class_bind_template_child (class, AccQueuePane, progress);
  gtk_widget_class_bind_template_child (class, AccQueuePane, progress_text);
  gtk_widget_class_bind_template_child (class, AccQueuePane, progress_bar);
  gtk_widget_class_bind_template_child (class, AccQueuePane, order);
  gtk_widget_class_bind_template_child (class, AccQueuePane, problem);
  gtk_widget_class_bind_template_child (class, AccQueuePane, pages);
  gtk_widget_class_bind_template_child (class, AccQueuePane, list);
  gtk_widget_class_bind_template_child (class, AccQueuePane, found_list);
  gtk_widget_class_bind_template_child (class, AccQueuePane, empty);
  gtk_widget_class_bind_template_child (class, AccQueuePane, selection);
  gtk_widget_class_bind_template_child (class, AccQueuePane, found_selection);
  gtk_widget_class_bind_template_child (class, AccQueuePane, sorted);
  gtk_widget_class_bind_template_child (class, AccQueuePane, filtered);
  gtk_widget_class_bind_template_child (class, AccQueuePane, found_filtered);
  gtk_widget_class_bind_template_child (class, AccQueuePane, found_places);
  gtk_widget_class_bind_template_callback (class, on_chip_toggled);
  gtk_widget_class_bind_template_callback (class, on_order_changed);
  gtk_widget_class_bind_template_callback (class, on_selected);
  gtk_widget_class_bind_template_callback (class, on_row_set_up);
  gtk_widget_class_bind_template_callback (class, on_row_bound);
  acc_queue_search_bind_callbacks (class);
}

static void
acc_queue_pane_class_init (AccQueuePaneClass *class)
{
  g_type_ensure (ACC_TYPE_QUEUE_ITEM);
  g_type_ensure (ACC_TYPE_QUEUE_PLACES);
  g_type_ensure (ACC_TYPE_QUEUE_ROW);
  G_OBJECT_CLASS (class)->dispose = acc_queue_pane_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (class), "/org/accolade/desk/queue-pane.ui");
  bind_children (GTK_WIDGET_CLASS (class));
  signals[LETTER_CHOSEN] = g_signal_new ("letter-chosen", ACC_TYPE_QUEUE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
follow_scrolling (AccQueuePane *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->found_list));

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (acc_queue_search_follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (acc_queue_search_follow), self, G_CONNECT_SWAPPED);
}

static void
acc_queue_pane_init (AccQueuePane *self)
{
  self->updating = TRUE;
  self->store = g_list_store_new (ACC_TYPE_QUEUE_ITEM);
  self->found = g_list_store_new (ACC_TYPE_QUEUE_ITEM);
  self->fitting = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_number = g_hash_table_new (g_str_hash, g_str_equal);
  self->waiting_on = g_hash_table_new (NULL, NULL);
  self->passages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_drop_down_name (GTK_DROP_DOWN (self->order), _ ("Order of the letters"));
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_item, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, self, NULL));
  self->found_filter = GTK_FILTER (gtk_custom_filter_new (filter_item, self, NULL));
  gtk_filter_list_model_set_filter (self->filtered, self->filter);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->store));
  gtk_filter_list_model_set_filter (self->found_filtered, self->found_filter);
  gtk_filter_list_model_set_model (self->found_filtered, G_LIST_MODEL (self->found));
  acc_queue_places_set_letters (self->found_places, G_LIST_MODEL (self->found_filtered));
  gtk_sort_list_model_set_sorter (self->sorted, self->sorter);
  follow_scrolling (self);
  self->updating = FALSE;
  acc_queue_pane_update (self);
}
