/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many letters that a search finds, in the desk's real window: whoever looks through them keeps their place. */
#include "desk-support.h"

#include <string.h>

#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "desk/queue-pane-private.h"
#include "support.h"
#include "window-support.h"

#define N_LETTERS 20
#define CHOSEN 17 /* below all that is shown at first */

static AccQueuePane *
get_queue (Desk *desk)
{
  return ACC_QUEUE_PANE (desk->window->queue);
}

static gboolean
has_read (Desk *desk, gconstpointer n)
{
  return get_queue (desk)->n_read == GPOINTER_TO_UINT (n) && get_queue (desk)->n_letters == GPOINTER_TO_UINT (n);
}

static gboolean
has_answer (Desk *desk, gconstpointer data)
{
  return get_queue (desk)->question != NULL && get_queue (desk)->asking == NULL;
}

static GtkAdjustment *
get_scrolled (Desk *desk)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_queue (desk)->found_list));
}

static gboolean
shows_all (Desk *desk, gconstpointer data)
{
  GtkAdjustment *scrolled = get_scrolled (desk);

  gtk_adjustment_set_value (scrolled, gtk_adjustment_get_upper (scrolled));
  return desk_count_rows (desk) == N_LETTERS;
}

/* Finds all letters, and scrolls to the last. */
static void
find_all (Desk *desk)
{
  desk_init (desk);
  for (guint i = 0; i < N_LETTERS; i++)
    g_free (desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL));
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, "the letters", has_read, GUINT_TO_POINTER (N_LETTERS));
  gtk_editable_set_text (GTK_EDITABLE (get_queue (desk)->search), "okafor");
  desk_wait_for (desk, "an answer", has_answer, NULL);
  test_settle (GTK_WIDGET (desk->window));
  desk_wait_for (desk, "all of them", shows_all, NULL);
  test_settle (GTK_WIDGET (desk->window));
}

static gboolean
is_focused (Desk *desk, gconstpointer number)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return ACC_IS_QUEUE_ROW (row)
         && strcmp (acc_queue_item_get_number (acc_queue_row_get_item (ACC_QUEUE_ROW (row))), number) == 0;
}

static void
a_letter_that_comes_moves_nothing (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  double before;

  find_all (&desk);
  gtk_single_selection_set_selected (get_queue (&desk)->found_selection, CHOSEN);
  acc_queue_pane_take_focus (get_queue (&desk));
  test_settle (GTK_WIDGET (desk.window));
  number = g_strdup (acc_queue_pane_get_chosen (get_queue (&desk)));
  desk_wait_for (&desk, "the focus", is_focused, number);
  before = gtk_adjustment_get_value (get_scrolled (&desk));

  g_free (desk_submit (&desk, "Tomasz Wójcik", "Loan Servicing", NULL));
  acc_desk_window_refresh (desk.window, TRUE);
  desk_wait_for (&desk, "one more", has_read, GUINT_TO_POINTER (N_LETTERS + 1));
  desk_wait_for (&desk, "an answer", has_answer, NULL);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_queue (&desk)->found_selection), ==, CHOSEN);
  g_assert_true (is_focused (&desk, number));
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scrolled (&desk)), ==, before);
}

static gboolean
is_declined (Desk *desk, gconstpointer number)
{
  AccQueueItem *item = g_hash_table_lookup (get_queue (desk)->by_number, number);

  return item != NULL && acc_queue_item_get_state (item) == ACC_STATE_DECLINED;
}

static gboolean
has_opened (Desk *desk, gconstpointer number)
{
  return desk->window->opening == NULL && desk->window->draft != NULL
         && strcmp (acc_queue_pane_get_chosen (get_queue (desk)), number) != 0;
}

/* What was decided leaves the list once another letter is chosen, and the rows below it say something else. */
static void
the_focus_goes_with_its_letter (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *first = NULL;
  AccQueuePane *queue;

  desk_init (&desk);
  for (guint i = 0; i < 4; i++)
    g_free (desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL));
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "the letters", has_read, GUINT_TO_POINTER (4));
  queue = get_queue (&desk);
  gtk_editable_set_text (GTK_EDITABLE (queue->search), "okafor");
  desk_wait_for (&desk, "an answer", has_answer, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (queue->waiting_chip), TRUE);
  acc_queue_pane_choose_first (queue);
  acc_queue_pane_take_focus (queue);
  test_settle (GTK_WIDGET (desk.window));
  first = g_strdup (acc_queue_pane_get_chosen (queue));
  desk_wait_for (&desk, "the focus", is_focused, first);
  desk_decide_elsewhere (&desk, first, ACC_MOVE_CLAIM, NULL);
  desk_decide_elsewhere (&desk, first, ACC_MOVE_DECLINE, "It thanks nobody.");
  acc_desk_window_refresh (desk.window, TRUE);
  desk_wait_for (&desk, "what became of it", is_declined, first);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpuint (desk_count_rows (&desk), ==, 4);
  test_key (GTK_WIDGET (desk.window), "Down");
  desk_wait_for (&desk, "the next letter", has_opened, first);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpuint (desk_count_rows (&desk), ==, 3);
  g_assert_true (is_focused (&desk, acc_queue_pane_get_chosen (queue)));
  for (guint i = 1; i < 3; i++)
    {
      test_key (GTK_WIDGET (desk.window), "Down");
      test_settle (GTK_WIDGET (desk.window));
      g_assert_cmpuint (gtk_single_selection_get_selected (queue->found_selection), ==, i);
      g_assert_true (is_focused (&desk, acc_queue_pane_get_chosen (queue)));
    }
}

/* Where what fits best stands. */
static void
another_question_is_answered_from_the_top (void)
{
  g_auto (Desk) desk = { 0 };
  int end = -1;

  find_all (&desk);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scrolled (&desk)), >, 0);
  gtk_editable_insert_text (GTK_EDITABLE (get_queue (&desk)->search), " jessica", -1, &end);
  desk_wait_for (&desk, "an answer", has_answer, NULL);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scrolled (&desk)), ==, 0);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-search/comes", a_letter_that_comes_moves_nothing);
  g_test_add_func ("/desk-search/leaves", the_focus_goes_with_its_letter);
  g_test_add_func ("/desk-search/top", another_question_is_answered_from_the_top);
  return g_test_run ();
}
