/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue in the desk's real window: searched by keyboard alone, with steps taken back, and with what waits too long on
 * top; its page of keys, and the size that the window keeps. */
#include "desk-support.h"

#include <math.h>
#include <string.h>

#include "archive/queue.h"
#include "base/clock.h"
#include "desk/desk-app.h"
#include "desk/desk-search.h"
#include "desk/desk-state.h"
#include "desk/desk-window-private.h"
#include "desk/queue-chips.h"
#include "desk/queue-pane.h"
#include "desk/queue-places.h"
#include "desk/queue-row.h"
#include "desk/shortcuts.h"
#include "desk/window-size.h"
#include "support.h"
#include "window-support.h"

#define NOON 1795257600 /* 2026-11-21, 10:40 UTC */

static void
set_clock (gint64 hours)
{
  acc_clock_freeze ((NOON + hours * 3600) * G_USEC_PER_SEC, G_USEC_PER_SEC);
}

/* The one that is looked at: of all letters, or of what was found. */
static GtkListView *
get_list (Desk *desk)
{
  GtkWidget *queue = test_find (GTK_WIDGET (desk->window), "queue"); /* other pages have lists, too */
  GtkWidget *found = test_find (queue, "found_list");

  return GTK_LIST_VIEW (gtk_widget_get_mapped (found) ? found : test_find (queue, "list"));
}

static char *
dup_addressee (Desk *desk, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (get_list (desk))), position);
  AccQueueItem *letter
    = ACC_IS_QUEUE_PLACE (item) ? acc_queue_place_get_letter (ACC_QUEUE_PLACE (item)) : (gpointer) item;

  return letter != NULL ? g_strdup (acc_queue_item_get_addressee (letter)) : g_strdup ("");
}

static void
assert_addressees (Desk *desk, const char *const *expected)
{
  for (guint i = 0; expected[i] != NULL; i++)
    {
      g_autofree char *addressee = dup_addressee (desk, i);

      g_assert_cmpstr (addressee, ==, expected[i]);
    }
}

static gboolean
has_first_row (Desk *desk, gconstpointer addressee)
{
  g_autofree char *first = dup_addressee (desk, 0);

  return strcmp (first, addressee) == 0;
}

static void
submit (Desk *desk, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *number = desk_submit (desk, names[i], "Fraud Operations", NULL);
    }
}

static const char *const people[] = { "Jessica Okafor", "Noor", "Tomasz Wójcik", NULL };

/* ---- the table of chips ---- */

static void
test_every_state_has_a_chip (void)
{
  for (AccState state = 0; state < ACC_STATE_N; state++)
    {
      guint counts[ACC_STATE_N] = { 0 };

      counts[state] = 3;
      g_assert_cmpuint (acc_chip_count (ACC_CHIP_ALL, counts, 0), ==, 3);
    }
  for (AccChip chip = 0; chip < ACC_N_CHIPS; chip++)
    {
      g_autofree char *label = acc_chip_dup_label (chip, 7);

      g_assert_nonnull (strchr (label, '7'));
      g_assert_cmpstr (acc_chip_get_empty (chip), !=, "");
    }
}

/* ---- what is not known yet ---- */

static AccQueueItem *
make_item (gint64 sequence, AccState state)
{
  g_autofree char *number = g_strdup_printf ("%036" G_GINT64_FORMAT, sequence);
  const AccRecord record = { .number = number,
                             .sequence = sequence,
                             .state = state,
                             .submitted_at = (char *) "2026-11-20T10:40:00Z",
                             .changed_at = (char *) "2026-11-20T10:40:00Z" };
  g_autoptr (GPtrArray) bankers = g_ptr_array_new ();

  return acc_queue_item_new (&record, bankers, NULL, NULL);
}

/* Letters @first to @last of 100: sixty wait, forty are routed. */
static AccQueuePart *
make_part (gint64 first, gint64 last)
{
  AccQueuePart *part = g_new0 (AccQueuePart, 1);

  part->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (gint64 i = first; i <= last; i++)
    g_ptr_array_add (part->items, make_item (i, i <= 60 ? ACC_STATE_WAITING : ACC_STATE_ROUTED));
  part->n_read = (guint) last;
  part->counted = first > 1;
  if (part->counted)
    {
      part->counts[ACC_STATE_WAITING] = 60;
      part->counts[ACC_STATE_ROUTED] = 40;
      part->n_letters = 100;
    }
  part->open_read = last >= 60;
  part->whole = last == 100;
  return part;
}

static void
assert_label (GtkWidget *pane, const char *button, const char *expected)
{
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (test_find (pane, button))), ==, expected);
}

static void
take_part (GtkWidget *pane, gint64 first, gint64 last)
{
  AccQueuePart *part = make_part (first, last);

  acc_queue_pane_take_part (ACC_QUEUE_PANE (pane), part);
  acc_queue_part_free (part);
}

/* The first rows stay the first: others follow them. */
static void
assert_in_order (GtkWidget *pane, guint n)
{
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (test_find (pane, "list"))));

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AccQueueItem) item = g_list_model_get_item (rows, i);

      g_assert_cmpint (acc_queue_item_get_sequence (item), ==, i + 1);
    }
}

static const char *
get_text (GtkWidget *pane, const char *label)
{
  return gtk_label_get_text (GTK_LABEL (test_find (pane, label)));
}

static void
test_what_is_not_known_yet_is_not_told (void)
{
  GtkWidget *window = gtk_window_new (), *pane = g_object_new (ACC_TYPE_QUEUE_PANE, NULL);

  gtk_window_set_child (GTK_WINDOW (window), pane);
  assert_label (pane, "waiting_chip", "Waiting …");
  g_assert_cmpstr (get_text (pane, "empty"), ==, "");
  g_assert_false (gtk_widget_get_visible (test_find (pane, "progress")));

  take_part (pane, 1, 32); /* nothing but the first letters */
  assert_in_order (pane, 32);
  assert_label (pane, "waiting_chip", "Waiting …");
  assert_label (pane, "mine_chip", "Mine …");
  assert_label (pane, "all_chip", "All …");
  assert_label (pane, "late_chip", "Late …");
  g_assert_true (gtk_widget_get_visible (test_find (pane, "progress")));
  g_assert_cmpstr (get_text (pane, "progress_text"), ==, "Opening the letters…");

  take_part (pane, 33, 50); /* the counts */
  assert_in_order (pane, 50);
  assert_label (pane, "waiting_chip", "Waiting 60");
  assert_label (pane, "mine_chip", "Mine 0");
  assert_label (pane, "all_chip", "All 100");
  assert_label (pane, "late_chip", "Late …"); /* letters that wait are still to be read */
  g_assert_cmpstr (get_text (pane, "progress_text"), ==, "50 of 100 letters read");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (test_find (pane, "routed_chip")), TRUE);
  g_assert_cmpstr (get_text (pane, "empty"), ==, "These letters are still being opened.");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (test_find (pane, "declined_chip")), TRUE);
  g_assert_cmpstr (get_text (pane, "empty"), ==, acc_chip_get_empty (ACC_CHIP_DECLINED));

  take_part (pane, 51, 70); /* all that wait */
  assert_label (pane, "late_chip", "Late 0");
  take_part (pane, 71, 100);
  g_assert_false (gtk_widget_get_visible (test_find (pane, "progress")));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (test_find (pane, "waiting_chip")), TRUE);
  assert_in_order (pane, 60);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where the row of letter @sequence stands in its list, from the list's top edge; NAN where it has none. */
static double
find_place (GtkWidget *pane, gint64 sequence)
{
  GtkWidget *list = test_find (pane, "list");

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);
      AccQueueItem *item = ACC_IS_QUEUE_ROW (child) ? acc_queue_row_get_item (ACC_QUEUE_ROW (child)) : NULL;
      graphene_rect_t place;

      if (item != NULL && acc_queue_item_get_sequence (item) == sequence && gtk_widget_get_mapped (row)
          && gtk_widget_compute_bounds (row, list, &place))
        return place.origin.y;
    }
  return NAN;
}

/* The newest first, of which the last are read last: whoever reads already keeps their place. */
static void
test_what_is_read_later_moves_nothing (void)
{
  static const double scrolled[] = { 0, 700 };

  for (guint i = 0; i < G_N_ELEMENTS (scrolled); i++)
    {
      GtkWidget *window = gtk_window_new (), *pane = g_object_new (ACC_TYPE_QUEUE_PANE, NULL);
      GtkAdjustment *adjustment;
      gint64 looked_at = i == 0 ? 31 : 22;
      double before;

      gtk_window_set_child (GTK_WINDOW (window), pane);
      gtk_window_set_default_size (GTK_WINDOW (window), 420, 800);
      gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find (pane, "order")), 1);
      take_part (pane, 1, 32);
      gtk_window_present (GTK_WINDOW (window));
      test_settle (window);
      adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (test_find (pane, "list")));
      gtk_adjustment_set_value (adjustment, scrolled[i]);
      test_settle (window);
      before = find_place (pane, looked_at);
      take_part (pane, 33, 50);
      test_settle (window);
      take_part (pane, 51, 60);
      test_settle (window);
      g_assert_cmpfloat (find_place (pane, looked_at), ==, before);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* ---- searching ---- */

/* No pointer is used: Ctrl+K, the words, Return; then Escape. */
static void
test_search_by_keys_alone (void)
{
  g_auto (Desk) desk = { 0 };
  GtkWidget *window;

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  window = GTK_WIDGET (desk.window);
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  test_key (window, "ctrl+k");
  test_key (window, "w");
  test_key (window, "o");
  test_key (window, "j");
  desk_wait_for (&desk, "Tomasz Wójcik first", has_first_row, "Tomasz Wójcik");
  g_assert_true (desk_offers (&desk, "All 1")); /* what is found is counted */
  test_key (window, "Return");
  desk_see (&desk, "direct supervisor of Tomasz Wójcik");
  g_assert_true (GTK_IS_LIST_VIEW (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_LIST_VIEW)));

  test_key (window, "slash"); /* another word, which nobody wrote */
  test_key (window, "q");
  test_key (window, "u"); /* which no short number has */
  desk_see (&desk, "No letter has these words.");
  test_key (window, "Escape");
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  g_assert_cmpuint (desk_count_rows (&desk), ==, 3);
  assert_addressees (&desk, people);
}

/* What the rows on the screen say, one after the other. */
static char *
dup_rows (Desk *desk)
{
  g_autoptr (GString) said = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (get_list (desk))); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (said, "%s; ", gtk_label_get_text (GTK_LABEL (test_find (row, "addressee"))));
  return g_string_free (g_steal_pointer (&said), FALSE);
}

static gboolean
rows_say (Desk *desk, gconstpointer expected)
{
  g_autofree char *said = dup_rows (desk);

  return strcmp (said, expected) == 0;
}

static void
search_for (Desk *desk, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_find (desk, GTK_TYPE_SEARCH_ENTRY, "Search the letters")), text);
}

/* Who is said to be the addressee of what is selected, or "". */
static char *
dup_selected (Desk *desk)
{
  GtkSelectionModel *selection = gtk_list_view_get_model (get_list (desk));

  for (guint i = 0; i < desk_count_rows (desk); i++)
    if (gtk_selection_model_is_selected (selection, i))
      return dup_addressee (desk, i);
  return g_strdup ("");
}

static void
add_word (Desk *desk, const char *word)
{
  int end = -1;

  gtk_editable_insert_text (GTK_EDITABLE (desk_find (desk, GTK_TYPE_SEARCH_ENTRY, "Search the letters")), word, -1,
                            &end);
}

static gboolean
has_found_all (Desk *desk, gconstpointer data)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (get_list (desk))), "found_list") == 0
         && desk_count_rows (desk) == g_strv_length ((GStrv) people);
}

/* A key changes what the rows say, and how many there are; those that stay are the same. Selection and focus go with
 * the letter that is open. */
static void
test_rows_stay_from_key_to_key (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *selected = NULL, *none = NULL;
  GtkWidget *first;

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  search_for (&desk, "stay");
  desk_wait_for (&desk, "all three found", has_found_all, NULL);
  selected = dup_selected (&desk);
  g_assert_cmpstr (selected, ==, "Jessica Okafor");
  first = gtk_widget_get_first_child (GTK_WIDGET (get_list (&desk)));
  add_word (&desk, "ed tomasz");
  desk_wait_for (&desk, "Tomasz alone", rows_say, "Tomasz Wójcik; ");
  g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (get_list (&desk))) == first);
  none = dup_selected (&desk);
  g_assert_cmpstr (none, ==, "");

  search_for (&desk, "stay");
  desk_wait_for (&desk, "all three found", has_found_all, NULL);
  acc_queue_pane_take_focus (ACC_QUEUE_PANE (test_find (GTK_WIDGET (desk.window), "queue")));
  add_word (&desk, "ed jessica");
  desk_wait_for (&desk, "Jessica alone", rows_say, "Jessica Okafor; ");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk.window))
                 == gtk_widget_get_first_child (GTK_WIDGET (get_list (&desk))));
}

static gboolean
marks_word (Desk *desk, gconstpointer word)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (get_list (desk))); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkLabel *passage = GTK_LABEL (test_find (row, "passage"));
      PangoAttrList *marks = gtk_label_get_attributes (passage);
      g_autoptr (GSList) attributes = marks != NULL ? pango_attr_list_get_attributes (marks) : NULL;
      gboolean marked = FALSE;

      for (GSList *link = attributes; link != NULL; link = link->next)
        {
          PangoAttribute *attribute = link->data;

          marked |= strncmp (gtk_label_get_text (passage) + attribute->start_index, word, strlen (word)) == 0;
          pango_attribute_destroy (attribute);
        }
      if (marked)
        return TRUE;
    }
  return FALSE;
}

static void
test_search_marks_what_fits (void)
{
  g_auto (Desk) desk = { 0 };
  GtkWidget *search;
  int end = 5;

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  search = desk_find (&desk, GTK_TYPE_SEARCH_ENTRY, "Search the letters");
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), "staye");
  desk_wait_for (&desk, "the word in the story", marks_word, "stayed");
  desk_wait_for (&desk, "All 3", desk_offers, "All 3");

  /* The same letters fit still; their marks follow what is typed. */
  gtk_editable_insert_text (GTK_EDITABLE (search), " line", -1, &end);
  desk_wait_for (&desk, "the second word in the story", marks_word, "line");
  desk_wait_for (&desk, "All 3", desk_offers, "All 3");

  /* Nobody who signs in next sees what was looked for. */
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskFound) found = acc_desk_session_search_finish (ACC_DESK_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->letters->len, ==, 1);
  g_string_append (data, "answer ");
}

static gboolean
on_would_paint (gpointer data)
{
  g_string_append (data, "frame");
  return G_SOURCE_REMOVE;
}

/* What was awaited comes before the frame that was wanted long before it. */
static void
test_awaited_answer_is_in_the_next_frame (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccSearchQuestion) question = acc_search_question_new ("jessica");
  g_autoptr (GString) order = g_string_new (NULL);

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  g_idle_add_full (GDK_PRIORITY_REDRAW, on_would_paint, order, NULL);
  acc_desk_session_search_async (desk.session, question, NULL, on_found, order);
  acc_desk_session_await_search (desk.session, G_TIME_SPAN_MINUTE);
  while (strstr (order->str, "frame") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (order->str, ==, "answer frame");

  /* It is answered: nothing is waited for. */
  acc_desk_session_await_search (desk.session, G_MAXINT64 / 4);
}

static void
test_search_has_nothing_for_whoever_is_not_signed_in (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccSearchQuestion) question = acc_search_question_new ("jessica");
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskFound) found = NULL;
  g_autoptr (AccDeskNews) news = NULL;

  desk_init (&desk);
  submit (&desk, people);
  g_assert_null (acc_desk_session_search (desk.session, question, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  acc_desk_session_look_up (desk.session, NULL);
  acc_desk_session_sign_in (desk.session, DESK_ANA, DESK_PASSPHRASE, &error);
  g_assert_no_error (error);
  news = acc_desk_session_refresh (desk.session, TRUE, &error);
  g_assert_no_error (error);
  found = acc_desk_session_search (desk.session, question, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->letters->len, ==, 1);
}

/* ---- what stays where it is ---- */

static void
test_new_letters_move_nothing (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *new = NULL;
  GtkSelectionModel *selection;

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find (GTK_WIDGET (desk.window), "order")), 1);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "review.previous", NULL);
  desk_see (&desk, "Who is “Noor”?");
  selection = gtk_list_view_get_model (get_list (&desk));
  new = desk_submit (&desk, "Imani Brooks", "Fraud Operations", NULL);
  desk_wait_for (&desk, "Waiting 4", desk_offers, "Waiting 4");
  g_assert_true (has_first_row (&desk, "Imani Brooks"));
  g_assert_true (gtk_selection_model_is_selected (selection, 2)); /* the same letter, one row further down */
  g_assert_true (desk_shows (&desk, "Who is “Noor”?"));
}

/* ---- what waits too long ---- */

static void
test_late_letters_rise_and_reach_the_manager (void)
{
  g_auto (Desk) desk = { 0 };
  static const char *const early[] = { "Jessica Okafor", NULL }, *const later[] = { "Noor", "Tomasz Wójcik", NULL };

  desk_init (&desk);
  set_clock (0);
  submit (&desk, early);
  set_clock (30);
  submit (&desk, later);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find (GTK_WIDGET (desk.window), "order")), 1);
  assert_addressees (&desk, (const char *const[]) { "Jessica Okafor", "Tomasz Wójcik", "Noor", NULL });
  desk_see (&desk, "Waiting too long");
  g_assert_true (desk_offers (&desk, "Late 0"));
  desk_click (&desk, "Sign out");

  set_clock (49);
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (&desk, DESK_ANA);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Late 1", desk_offers, "Late 1");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (desk_find_button (&desk, "Late 1")), TRUE);
  g_assert_cmpuint (desk_count_rows (&desk), ==, 1);
  assert_addressees (&desk, early);
  desk_click (&desk, "Sign out");

  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (&desk, DESK_DANIEL);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");
  g_assert_null (desk_find_button (&desk, "Late 1"));
  set_clock (0);
}

static void
test_row_says_who_works_on_it (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_DANIEL);
  desk_click (&desk, "Work on this");
  desk_wait_for (&desk, "Mine 1", desk_offers, "Mine 1");
  desk_click (&desk, "Sign out");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (&desk, DESK_ANA);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_wait_for (&desk, "Waiting 2", desk_offers, "Waiting 2");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (desk_find_button (&desk, "All 3")), TRUE);
  desk_see (&desk, "Daniel Reyes is working on this");
}

/* ---- taking a step back ---- */

static void
test_inverse_is_what_the_table_says (void)
{
  AccBanker banker = { .id = 1, .name = (char *) DESK_ANA, .manager = TRUE };
  guint n_found = 0;

  for (guint i = 0; i < acc_move_n_rules; i++)
    for (gint64 claimed_by = 0; claimed_by <= 2; claimed_by++)
      {
        const AccMoveRule *rule = &acc_move_rules[i];
        AccDeskFacts facts = { .banker = &banker, .open = TRUE, .state = rule->from, .claimed_by = claimed_by };
        const AccMoveRule *back;
        AccMove inverse;

        if (!acc_desk_state_find_inverse (&facts, rule->move, &inverse))
          continue;
        back = acc_move_find_rule (inverse, rule->to);
        n_found++;
        g_assert_cmpint (back->to, ==, rule->from);
        g_assert_cmpint (acc_move_next_claimer (back, acc_move_next_claimer (rule, claimed_by, 1), 1), ==, claimed_by);
        /* What has left the branch stays gone. */
        g_assert_true (rule->to == ACC_STATE_WAITING || rule->to == ACC_STATE_CLAIMED || rule->to == ACC_STATE_HELD
                       || rule->to == ACC_STATE_DECLINED);
        g_assert_false (back->needs_reason); /* nobody is asked for one */
      }
  g_assert_cmpuint (n_found, >=, 4); /* claim, release, free, decline */
}

static void
test_claim_and_release_are_undone (void)
{
  g_auto (Desk) desk = { 0 };
  GtkWidget *window;

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  window = GTK_WIDGET (desk.window);
  desk_wait_for (&desk, "Work on this", desk_offers, "Work on this");
  g_assert_false (desk_offers (&desk, "Undo"));
  test_key (window, "ctrl+l");
  desk_wait_for (&desk, "Mine 1", desk_offers, "Mine 1");
  desk_click (&desk, "Undo");
  desk_wait_for (&desk, "Mine 0", desk_offers, "Mine 0");
  desk_wait_for (&desk, "Waiting 3", desk_offers, "Waiting 3");

  desk_click (&desk, "Work on this");
  desk_wait_for (&desk, "Give back", desk_offers, "Give back");
  test_key (window, "ctrl+shift+g");
  desk_wait_for (&desk, "Work on this", desk_offers, "Work on this");
  test_key (window, "ctrl+z");
  desk_wait_for (&desk, "Mine 1 again", desk_offers, "Mine 1");

  gtk_widget_activate_action (window, "review.next", NULL); /* another letter: the step before is not this one's */
  desk_see (&desk, "Who is “Noor”?");
  desk_wait_for (&desk, "Work on this", desk_offers, "Work on this");
  g_assert_false (gtk_widget_activate_action (window, "review.undo", NULL) && desk_offers (&desk, "Mine 0"));
}

static gboolean
has_cover (Desk *desk, gconstpointer unused)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));

  return GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus));
}

/* Whoever has written since the last step does not mean the step with Ctrl+Z. */
static void
test_writing_is_not_a_step_to_undo (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *window;
  GtkTextBuffer *cover;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  window = GTK_WIDGET (desk.window);
  desk_wait_for (&desk, "Work on this", desk_offers, "Work on this");
  test_key (window, "ctrl+l");
  desk_wait_for (&desk, "Give back", desk_offers, "Give back");
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  gtk_widget_activate_action (window, "desk.previous-pane", NULL);
  gtk_widget_activate_action (window, "desk.next-pane", NULL);
  desk_wait_for (&desk, "the cover", has_cover, NULL);
  cover = gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_true (gtk_text_buffer_insert_interactive_at_cursor (cover, "Well", -1, TRUE));
  test_key (window, "ctrl+z");
  g_assert_false (desk.window->busy);
  g_assert_true (desk_offers (&desk, "Give back"));
}

/* ---- the page of keys ---- */

static gboolean
shows_keys (Desk *desk, gconstpointer shown)
{
  return (test_find_button (GTK_WIDGET (desk->window), "Close") != NULL
          && gtk_widget_get_mapped (test_find_button (GTK_WIDGET (desk->window), "Close")))
         == GPOINTER_TO_INT (shown);
}

/* Each row of the table names an action that the window has, and stands on the page with its key. */
static void
test_page_of_keys_is_the_table (void)
{
  g_auto (Desk) desk = { 0 };
  GtkWidget *window;

  desk_init (&desk);
  submit (&desk, people);
  desk_sign_in (&desk, DESK_ANA);
  window = GTK_WIDGET (desk.window);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  test_key (window, "F1");
  desk_wait_for (&desk, "the keys", shows_keys, GINT_TO_POINTER (TRUE));
  for (guint i = 0; i < acc_shortcuts_n; i++)
    {
      g_autofree char *keys = acc_shortcuts_dup_keys (&acc_shortcuts[i], gtk_widget_get_display (window));
      g_auto (GStrv) name = g_strsplit (acc_shortcuts[i].action != NULL ? acc_shortcuts[i].action : "desk.search", ".", 2);

      g_assert_true (desk_shows (&desk, keys));
      g_assert_true (desk_shows (&desk, acc_shortcuts[i].words));
      g_assert_true (gtk_shortcut_trigger_parse_string (acc_shortcuts[i].triggers) != NULL);
      g_assert_true (strcmp (name[0], "review") == 0 || strcmp (name[0], "desk") == 0);
    }
  test_key (window, "Escape");
  desk_wait_for (&desk, "no keys", shows_keys, GINT_TO_POINTER (FALSE));
  test_key (window, "question");
  desk_wait_for (&desk, "the keys", shows_keys, GINT_TO_POINTER (TRUE));
  desk_click (&desk, "Close");
  desk_wait_for (&desk, "no keys", shows_keys, GINT_TO_POINTER (FALSE));

  /* Where somebody writes, ? is theirs. */
  test_key (window, "ctrl+k");
  test_key (window, "question");
  test_settle (window);
  g_assert_true (shows_keys (&desk, GINT_TO_POINTER (FALSE)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (desk_find (&desk, GTK_TYPE_SEARCH_ENTRY, "Search the letters"))),
                   ==, "?");
}

/* ---- the window's size ---- */

static void
test_window_keeps_its_size (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "below", "desk.conf", NULL);
  GtkWidget *first = gtk_window_new (), *second = gtk_window_new (), *third = gtk_window_new ();
  int width = 0, height = 0;

  acc_window_size_remember (GTK_WINDOW (first), file, 900, 600);
  gtk_window_get_default_size (GTK_WINDOW (first), &width, &height);
  g_assert_cmpint (width, ==, 900);
  gtk_window_set_default_size (GTK_WINDOW (first), 1111, 777);
  gtk_window_destroy (GTK_WINDOW (first));
  acc_window_size_remember (GTK_WINDOW (second), file, 900, 600);
  gtk_window_get_default_size (GTK_WINDOW (second), &width, &height);
  g_assert_cmpint (width, ==, 1111);
  g_assert_cmpint (height, ==, 777);
  gtk_window_destroy (GTK_WINDOW (second));

  g_assert_true (g_file_set_contents (file, "[window]\nwidth=-5\nheight=99999999999\n", -1, NULL));
  acc_window_size_remember (GTK_WINDOW (third), file, 900, 600);
  gtk_window_get_default_size (GTK_WINDOW (third), &width, &height);
  g_assert_cmpint (width, ==, 900);
  g_assert_cmpint (height, ==, 600);
  gtk_window_destroy (GTK_WINDOW (third));
  test_folder_free (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  set_clock (0);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());

  g_test_add_func ("/desk-queue/every-state-has-a-chip", test_every_state_has_a_chip);
  g_test_add_func ("/desk-queue/what-is-not-known-yet-is-not-told", test_what_is_not_known_yet_is_not_told);
  g_test_add_func ("/desk-queue/what-is-read-later-moves-nothing", test_what_is_read_later_moves_nothing);
  g_test_add_func ("/desk-queue/search-by-keys-alone", test_search_by_keys_alone);
  g_test_add_func ("/desk-queue/rows-stay-from-key-to-key", test_rows_stay_from_key_to_key);
  g_test_add_func ("/desk-queue/search-marks-what-fits", test_search_marks_what_fits);
  g_test_add_func ("/desk-queue/awaited-answer-is-in-the-next-frame", test_awaited_answer_is_in_the_next_frame);
  g_test_add_func ("/desk-queue/search-has-nothing-for-whoever-is-not-signed-in",
                   test_search_has_nothing_for_whoever_is_not_signed_in);
  g_test_add_func ("/desk-queue/new-letters-move-nothing", test_new_letters_move_nothing);
  g_test_add_func ("/desk-queue/late-letters-rise-and-reach-the-manager", test_late_letters_rise_and_reach_the_manager);
  g_test_add_func ("/desk-queue/row-says-who-works-on-it", test_row_says_who_works_on_it);
  g_test_add_func ("/desk-queue/inverse-is-what-the-table-says", test_inverse_is_what_the_table_says);
  g_test_add_func ("/desk-queue/claim-and-release-are-undone", test_claim_and_release_are_undone);
  g_test_add_func ("/desk-queue/writing-is-not-a-step-to-undo", test_writing_is_not_a_step_to_undo);
  g_test_add_func ("/desk-queue/page-of-keys-is-the-table", test_page_of_keys_is_the_table);
  g_test_add_func ("/desk-queue/window-keeps-its-size", test_window_keeps_its_size);
  return g_test_run ();
}
