/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-pane.h"

#include <glib/gi18n-lib.h>

#include "archive/queue.h"
#include "desk/queue-row.h"

typedef enum { CHIP_WAITING, CHIP_MINE, CHIP_HELD, CHIP_APPROVED, CHIP_ROUTED, CHIP_DECLINED, CHIP_ALL, N_CHIPS } Chip;

#define STATE_BIT(state) (1u << (state))

/* One row a chip: the states it shows, whether only the banker's own, its name and count, what an empty list says. */
static const struct {
  guint states;
  gboolean mine;
  const char *label;
  const char *empty;
} chips[N_CHIPS] = {
  /* what nobody has taken up yet */
  [CHIP_WAITING] = { STATE_BIT (ACC_STATE_WAITING), FALSE, N_ ("Waiting %u"),
                     N_ ("Every letter has been read. New ones appear here by themselves.") },
  /* what this banker has taken up */
  [CHIP_MINE] = { STATE_BIT (ACC_STATE_CLAIMED), TRUE, N_ ("Mine %u"), N_ ("You are not working on a letter.") },
  /* what a manager must look at */
  [CHIP_HELD] = { STATE_BIT (ACC_STATE_HELD), FALSE, N_ ("Held %u"), N_ ("No letter is held.") },
  /* what could not go out yet */
  [CHIP_APPROVED] = { STATE_BIT (ACC_STATE_APPROVED), FALSE, N_ ("Approved %u"),
                      N_ ("Every approved letter is on its way.") },
  [CHIP_ROUTED] = { STATE_BIT (ACC_STATE_ROUTED) | STATE_BIT (ACC_STATE_ACKNOWLEDGED), FALSE, N_ ("Routed %u"),
                    N_ ("The letters you route will be kept here.") },
  [CHIP_DECLINED] = { STATE_BIT (ACC_STATE_DECLINED), FALSE, N_ ("Declined %u"), N_ ("No letter has been declined.") },
  [CHIP_ALL] = { STATE_BIT (ACC_STATE_N) - 1, FALSE, N_ ("All %u"),
                 N_ ("No letter has come in yet. The first one will appear here by itself.") },
};

typedef enum { ORDER_OLDEST, ORDER_NEWEST, ORDER_ADDRESSEE, ORDER_DEPARTMENT } Order;

struct _AccQueuePane {
  GtkWidget parent;
  GtkWidget *waiting_chip, *mine_chip, *held_chip, *approved_chip, *routed_chip, *declined_chip, *all_chip;
  GtkWidget *order, *problem, *pages, *list, *empty;
  GtkSingleSelection *selection;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;

  GListStore *store;
  GtkFilter *filter;
  GtkSorter *sorter;
  char *banker;
  char *chosen;     /* the open letter's number */
  guint position;   /* where it stands, or stood before it left the list */
  gboolean stays;   /* the open letter stays in the list although its state has moved on */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (AccQueuePane, acc_queue_pane, GTK_TYPE_WIDGET)

enum { LETTER_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkToggleButton *
get_chip (AccQueuePane *self, Chip chip)
{
  GtkWidget *const buttons[N_CHIPS] = { self->waiting_chip, self->mine_chip,     self->held_chip, self->approved_chip,
                                        self->routed_chip,  self->declined_chip, self->all_chip };

  return GTK_TOGGLE_BUTTON (buttons[chip]);
}

static Chip
get_active_chip (AccQueuePane *self)
{
  for (Chip chip = 0; chip < N_CHIPS; chip++)
    if (gtk_toggle_button_get_active (get_chip (self, chip)))
      return chip;
  return CHIP_ALL;
}

static gboolean
chip_shows (AccQueuePane *self, Chip chip, AccQueueItem *item)
{
  g_autofree char *claimed_by = NULL;

  if ((chips[chip].states & STATE_BIT (acc_queue_item_get_state (item))) == 0)
    return FALSE;
  if (!chips[chip].mine)
    return TRUE;
  g_object_get (item, "claimed-by", &claimed_by, NULL);
  return g_strcmp0 (claimed_by, self->banker) == 0;
}

/* The open letter does not slip away under the banker's hands when its state moves on. */
static gboolean
filter_item (gpointer item, gpointer data)
{
  AccQueuePane *self = data;

  return (self->stays && g_strcmp0 (acc_queue_item_get_number (item), self->chosen) == 0)
         || chip_shows (self, get_active_chip (self), item);
}

static gint64
get_sequence (AccQueueItem *item)
{
  gint64 sequence = 0;

  g_object_get (item, "sequence", &sequence, NULL);
  return sequence;
}

static int
compare_text (AccQueueItem *a, AccQueueItem *b, const char *property)
{
  g_autofree char *text_a = NULL, *text_b = NULL;

  g_object_get (a, property, &text_a, NULL);
  g_object_get (b, property, &text_b, NULL);
  return g_utf8_collate (text_a, text_b);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  AccQueuePane *self = data;
  AccQueueItem *first = ACC_QUEUE_ITEM ((gpointer) a), *second = ACC_QUEUE_ITEM ((gpointer) b);
  gint64 older = get_sequence (first) - get_sequence (second);
  Order order = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->order));
  int by_text = 0;

  if (order == ORDER_NEWEST)
    older = -older;
  else if (order == ORDER_ADDRESSEE)
    by_text = compare_text (first, second, "addressee");
  else if (order == ORDER_DEPARTMENT)
    by_text = compare_text (first, second, "department");
  return by_text != 0 ? by_text : older < 0 ? -1 : older > 0;
}

/* ---- what is shown ---- */

static guint
count_items (AccQueuePane *self, Chip chip)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (AccQueueItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      n += chip_shows (self, chip, item) ? 1 : 0;
    }
  return n;
}

static void
update_widgets (AccQueuePane *self)
{
  for (Chip chip = 0; chip < N_CHIPS; chip++)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *label = g_strdup_printf (_ (chips[chip].label), count_items (self, chip));
#pragma GCC diagnostic pop

      gtk_button_set_label (GTK_BUTTON (get_chip (self, chip)), label);
    }
  gtk_label_set_text (GTK_LABEL (self->empty), _ (chips[get_active_chip (self)].empty));
  gtk_stack_set_visible_child_name (
    GTK_STACK (self->pages), g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0 ? "letters" : "empty");
}

/* The row of the open letter, or GTK_INVALID_LIST_POSITION. */
static guint
find_chosen (AccQueuePane *self)
{
  for (guint i = 0; self->chosen != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (AccQueueItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (strcmp (acc_queue_item_get_number (item), self->chosen) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
reselect (AccQueuePane *self)
{
  guint position = find_chosen (self);

  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    self->position = position;
}

static void
refilter (AccQueuePane *self)
{
  self->updating = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  reselect (self);
  self->updating = FALSE;
  update_widgets (self);
}

static void
on_chip_toggled (AccQueuePane *self, GtkToggleButton *chip)
{
  if (!gtk_toggle_button_get_active (chip) || self->updating)
    return;
  self->stays = FALSE;
  self->position = 0;
  refilter (self);
}

static void
on_order_changed (AccQueuePane *self)
{
  refilter (self);
}

static void
on_selected (AccQueuePane *self)
{
  AccQueueItem *item = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *before = NULL;

  if (self->updating || item == NULL || g_strcmp0 (acc_queue_item_get_number (item), self->chosen) == 0)
    return;
  before = g_steal_pointer (&self->chosen);
  self->chosen = g_strdup (acc_queue_item_get_number (item));
  self->position = gtk_single_selection_get_selected (self->selection);
  self->stays = TRUE;
  /* The letter that was open may leave the list now. */
  if (before != NULL)
    refilter (self);
  g_signal_emit (self, signals[LETTER_CHOSEN], 0, self->chosen);
}

/* ---- the list's contents ---- */

static gboolean
is_same (AccQueueItem *a, AccQueueItem *b)
{
  static const char *const texts[] = { "addressee", "department", "author", "age", "claimed-by", "note" };

  if (acc_queue_item_get_state (a) != acc_queue_item_get_state (b))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (compare_text (a, b, texts[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Replaces what has changed and removes what has gone; takes what it has met out of @incoming. */
static void
bring_up_to_date (AccQueuePane *self, GHashTable *incoming)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->store)); i-- > 0;)
    {
      g_autoptr (AccQueueItem) present = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      const char *number = acc_queue_item_get_number (present);
      AccQueueItem *now = g_hash_table_lookup (incoming, number);

      if (now != NULL && !is_same (present, now))
        g_list_store_splice (self->store, i, 1, (gpointer *) &now, 1);
      g_hash_table_remove (incoming, number);
    }
}

void
acc_queue_pane_set_items (AccQueuePane *self, GPtrArray *items)
{
  g_autoptr (GHashTable) incoming = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  g_return_if_fail (ACC_IS_QUEUE_PANE (self) && items != NULL);
  for (guint i = 0; i < items->len; i++)
    {
      AccQueueItem *item = g_ptr_array_index (items, i);

      g_hash_table_insert (incoming, (gpointer) acc_queue_item_get_number (item), item);
    }
  self->updating = TRUE;
  bring_up_to_date (self, incoming);
  for (guint i = 0; i < items->len; i++)
    if (g_hash_table_contains (incoming, acc_queue_item_get_number (g_ptr_array_index (items, i))))
      g_ptr_array_add (added, g_ptr_array_index (items, i));
  g_list_store_splice (self->store, 0, 0, added->pdata, added->len);
  reselect (self);
  self->updating = FALSE;
  update_widgets (self);
}

void
acc_queue_pane_set_banker (AccQueuePane *self, const char *banker)
{
  g_return_if_fail (ACC_IS_QUEUE_PANE (self));
  g_free (self->banker);
  self->banker = g_strdup (banker);
  self->updating = TRUE;
  g_clear_pointer (&self->chosen, g_free);
  self->stays = FALSE;
  self->position = 0;
  g_list_store_remove_all (self->store);
  gtk_toggle_button_set_active (get_chip (self, CHIP_WAITING), TRUE);
  self->updating = FALSE;
  acc_queue_pane_set_problem (self, NULL);
  refilter (self);
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
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    return FALSE;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u",
                              gtk_single_selection_get_selected (self->selection));
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
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  position = find_chosen (self);
  /* A letter that has left the list leaves the next one in its place. */
  if (position == GTK_INVALID_LIST_POSITION)
    return n > 0 && choose (self, MIN (self->position, n - 1));
  if (step < 0)
    return position > 0 && choose (self, position - 1);
  return choose (self, position + 1);
}

/* The row of the chosen letter, where it is on the screen. */
static GtkWidget *
find_row (AccQueuePane *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);
      g_autoptr (AccQueueItem) item = NULL;

      if (child == NULL)
        continue;
      g_object_get (child, "item", &item, NULL);
      if (item != NULL && g_strcmp0 (acc_queue_item_get_number (item), self->chosen) == 0)
        return row;
    }
  return NULL;
}

void
acc_queue_pane_take_focus (AccQueuePane *self)
{
  GtkWidget *row;

  g_return_if_fail (ACC_IS_QUEUE_PANE (self));
  row = find_row (self);
  if (row != NULL && gtk_widget_get_mapped (row) && gtk_widget_grab_focus (row))
    return;
  if (!gtk_widget_get_mapped (self->list) || !gtk_widget_grab_focus (self->list))
    gtk_widget_grab_focus (GTK_WIDGET (get_chip (self, get_active_chip (self))));
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
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->banker, g_free);
  g_clear_pointer (&self->chosen, g_free);
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
  gtk_widget_class_bind_template_child (class, AccQueuePane, order);
  gtk_widget_class_bind_template_child (class, AccQueuePane, problem);
  gtk_widget_class_bind_template_child (class, AccQueuePane, pages);
  gtk_widget_class_bind_template_child (class, AccQueuePane, list);
  gtk_widget_class_bind_template_child (class, AccQueuePane, empty);
  gtk_widget_class_bind_template_child (class, AccQueuePane, selection);
  gtk_widget_class_bind_template_child (class, AccQueuePane, sorted);
  gtk_widget_class_bind_template_child (class, AccQueuePane, filtered);
  gtk_widget_class_bind_template_callback (class, on_chip_toggled);
  gtk_widget_class_bind_template_callback (class, on_order_changed);
  gtk_widget_class_bind_template_callback (class, on_selected);
}

static void
acc_queue_pane_class_init (AccQueuePaneClass *class)
{
  g_type_ensure (ACC_TYPE_QUEUE_ITEM);
  g_type_ensure (ACC_TYPE_QUEUE_ROW);
  G_OBJECT_CLASS (class)->dispose = acc_queue_pane_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (class), "/org/accolade/desk/queue-pane.ui");
  bind_children (GTK_WIDGET_CLASS (class));
  signals[LETTER_CHOSEN] = g_signal_new ("letter-chosen", ACC_TYPE_QUEUE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
acc_queue_pane_init (AccQueuePane *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->store = g_list_store_new (ACC_TYPE_QUEUE_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_item, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, self, NULL));
  gtk_filter_list_model_set_filter (self->filtered, self->filter);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->store));
  gtk_sort_list_model_set_sorter (self->sorted, self->sorter);
  self->updating = FALSE;
  update_widgets (self);
}
