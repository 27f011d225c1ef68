/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panels beside a letter, in the desk's real window, under hurried hands: what stays of them once nobody is signed in,
 * and whose they are. */
#include "desk-support.h"

#include <string.h>

#include "archive/archive.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "kit/look-choice.h"
#include "store/statement.h"
#include "support.h"
#include "window-support.h"

#define HEARD_BACK "Heard back…"
#define WORDS "It made my whole week."
#define REASON "She is my own sister."

/* ---- what a widget holds, on the screen or not ---- */

static const char *
find_in_model (GtkWidget *list, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (list));

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (GTK_IS_STRING_OBJECT (item) && strstr (gtk_string_object_get_string (GTK_STRING_OBJECT (item)), text) != NULL)
        return "a list";
    }
  return NULL;
}

static const char *
find_in_buffer (GtkWidget *view, const char *text)
{
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), &start);
  return gtk_text_iter_forward_search (&start, text, 0, NULL, NULL, NULL) ? "a text" : NULL;
}

static const char *
find_in_widget (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget))
    return strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL ? "a label" : NULL;
  if (GTK_IS_EDITABLE (widget))
    return strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), text) != NULL ? "an entry" : NULL;
  if (GTK_IS_TEXT_VIEW (widget))
    return find_in_buffer (widget, text);
  return GTK_IS_DROP_DOWN (widget) ? find_in_model (widget, text) : NULL;
}

/* From the outside in. */
static char *
describe_place (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  g_autofree char *outer = parent != NULL ? describe_place (parent) : NULL;

  return outer != NULL ? g_strdup_printf ("%s %s", outer, G_OBJECT_TYPE_NAME (widget)) : g_strdup (G_OBJECT_TYPE_NAME (widget));
}

static void
assert_nowhere (GtkWidget *root, const char *text)
{
  const char *where = find_in_widget (root, text);

  if (where != NULL)
    {
      g_autofree char *place = describe_place (root);

      g_error ("“%s” is still in %s: %s", text, where, place);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_nowhere (child, text);
}

/* GTK keeps the words of the last tooltip for as long as the window is there: none may be of a letter. */
static void
assert_no_tooltip (GtkWidget *root, const char *text)
{
  const char *tooltip = gtk_widget_get_tooltip_text (root);

  if (tooltip != NULL && strstr (tooltip, text) != NULL)
    {
      g_autofree char *place = describe_place (root);

      g_error ("“%s” is in the tooltip of %s", text, place);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_no_tooltip (child, text);
}

static void
lock (Desk *desk)
{
  g_signal_emit_by_name (desk->window->lock, "due", "Nobody was at the desk for a while.");
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
}

static void
write_into (Desk *desk, const char *name, const char *text)
{
  GtkWidget *view = desk_find (desk, GTK_TYPE_TEXT_VIEW, name);

  g_assert_nonnull (view);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
route (Desk *desk)
{
  desk_click (desk, "Approve and route");
  desk_see (desk, "Ana Held routed it");
}

static void
ask_heard (Desk *desk)
{
  desk_wait_for (desk, HEARD_BACK, desk_offers, HEARD_BACK);
  test_key (GTK_WIDGET (desk->window), "ctrl+h");
  desk_wait_for (desk, "Record", desk_offers, "Record");
  write_into (desk, "What they said, if anything", WORDS);
}

/* ---- what is tried ---- */

static void
nothing_of_a_routed_letter_stays_after_the_lock (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  route (&desk);
  ask_heard (&desk);
  desk_click (&desk, "Record");
  desk_see (&desk, "“" WORDS "”");
  ask_heard (&desk);
  assert_no_tooltip (GTK_WIDGET (desk.window), "Jessica Okafor");
  lock (&desk);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (desk.window->toast)));
  assert_nowhere (GTK_WIDGET (desk.window), WORDS);
  assert_nowhere (GTK_WIDGET (desk.window), "Jessica Okafor");
  assert_nowhere (GTK_WIDGET (desk.window), DESK_CLIENT);
}

static void
nothing_of_a_reason_stays_after_the_lock (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  test_key (GTK_WIDGET (desk.window), "ctrl+d");
  desk_see (&desk, "Decline this letter");
  write_into (&desk, "In your words", REASON);
  lock (&desk);
  assert_nowhere (GTK_WIDGET (desk.window), REASON);
  assert_nowhere (GTK_WIDGET (desk.window), "Jessica Okafor");
}

static gboolean
is_over (gpointer timer)
{
  return *(guint *) timer == 0;
}

static gboolean
on_time (gpointer timer)
{
  *(guint *) timer = 0;
  return G_SOURCE_REMOVE;
}

/* GTK presses a button a quarter of a second after its key: by then whoever was quick has gone back, or away. */
static void
a_button_that_is_late_records_nothing (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  guint timer;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  route (&desk);
  ask_heard (&desk);
  gtk_widget_activate (desk_find_button (&desk, "Record"));
  g_signal_emit_by_name (acc_decision_pane_get_heard (ACC_DECISION_PANE (desk.window->decision)), "closed");
  g_assert_false (acc_decision_pane_is_asking (ACC_DECISION_PANE (desk.window->decision)));
  timer = g_timeout_add (600, on_time, &timer);
  test_wait (is_over, &timer);
  desk_wait_for (&desk, HEARD_BACK, desk_offers, HEARD_BACK);
  g_assert_cmpuint (acc_desk_letter_get_receipts (acc_review_draft_get_letter (desk.window->draft))->len, ==, 0);

  ask_heard (&desk);
  gtk_widget_activate (desk_find_button (&desk, "Record"));
  lock (&desk);
  timer = g_timeout_add (600, on_time, &timer);
  test_wait (is_over, &timer);
  g_assert_false (desk.window->busy);
}

/* Whoever has gone on to another letter, or to the search, is not pulled away from it. */
static void
a_receipt_leaves_the_focus_where_it_is (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *routed = NULL, *other = NULL;
  GtkWidget *search;

  desk_init (&desk);
  routed = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  other = desk_submit (&desk, "Tomasz Wójcik", "Loan Servicing", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, "Jessica Okafor");
  route (&desk);
  ask_heard (&desk);
  desk_click (&desk, "Record");
  g_assert_true (acc_queue_pane_step (ACC_QUEUE_PANE (desk.window->queue), 1));
  test_key (GTK_WIDGET (desk.window), "ctrl+k");
  search = gtk_window_get_focus (GTK_WINDOW (desk.window));
  g_assert_true (gtk_widget_is_ancestor (search, desk.window->queue));
  desk_see (&desk, "Noted.");
  g_assert_cmpstr (acc_queue_pane_get_chosen (ACC_QUEUE_PANE (desk.window->queue)), ==, other);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk.window)) == search);
}

static int
measure_decision (Desk *desk)
{
  int natural;

  gtk_widget_measure (desk->window->decision, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Where there is room, the pane gets the width it asks for: it must not push the letter aside with each sentence. */
static void
a_sentence_leaves_the_letter_its_width (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  int width;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  width = measure_decision (&desk);
  acc_decision_pane_update (ACC_DECISION_PANE (desk.window->decision), desk.window->draft, FALSE,
                            "This cannot be done with a letter that is routed. Ask a branch manager, or wait until "
                            "whoever holds it has given it back.");
  g_assert_cmpint (measure_decision (&desk), ==, width);
  test_key (GTK_WIDGET (desk.window), "ctrl+d");
  desk_see (&desk, "Decline this letter");
  g_assert_cmpint (measure_decision (&desk), ==, width);
  desk_click (&desk, "Decline");
  desk_see (&desk, "Choose a reason from the list.");
  g_assert_cmpint (measure_decision (&desk), ==, width);
}

/* ---- the looks of it ---- */

static GtkWidget *
find_cover (Desk *desk)
{
  GtkWidget *cover = desk_find (desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");

  g_assert_nonnull (cover);
  return cover;
}

/* The sentence below it takes from the room that the cover stands in. */
static void
what_is_written_stays_in_view_when_a_sentence_comes (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkWidget *cover, *field, *scroller;
  graphene_rect_t bounds;

  desk_init (&desk);
  number = desk_submit_story (&desk, "She took herself off the phone queue, stayed after closing time and made an exception "
                                     "for me. It was not her job."); /* each with a card above the cover */
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = find_cover (&desk);
  gtk_widget_grab_focus (cover);
  test_settle (GTK_WIDGET (desk.window));
  acc_decision_pane_update (ACC_DECISION_PANE (desk.window->decision), desk.window->draft, FALSE,
                            "One of the covers quotes words that were taken out of the letter. Take them out there, too, or "
                            "send all of the letter, and then go on with it as before.");
  test_settle (GTK_WIDGET (desk.window));
  test_settle (GTK_WIDGET (desk.window));
  field = gtk_widget_get_ancestor (cover, GTK_TYPE_SCROLLED_WINDOW);
  scroller = test_find (desk.window->decision, "scroller");
  g_assert_true (gtk_widget_compute_bounds (field, scroller, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller) + 1); /* it is drawn at whole pixels */
}

/* The colours are the desk's own, whatever those of the other programs are. Seen without the ground that it stands on. */
static void
what_is_written_stands_out_in_the_dark (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  graphene_rect_t area = { 0 };
  GtkWidget *cover;
  guint words;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  cover = find_cover (&desk);
  test_settle (GTK_WIDGET (desk.window));
  area.size.width = (float) gtk_widget_get_width (cover);
  area.size.height = (float) gtk_widget_get_height (cover);
  words = test_count_dark (cover, &area);
  g_assert_cmpuint (words, >, 1000);
  acc_look_choose_colours (gdk_display_get_default (), ACC_COLOURS_DARK);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpuint (test_count_dark (cover, &area), <, words / 10); /* the line below a misspelt word */
  acc_look_choose_colours (gdk_display_get_default (), ACC_COLOURS_LIGHT);
}

/* As wide as what is decided, which stands below it there; and beside it again. */
static void
an_upright_window_has_room_for_the_letter (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  graphene_rect_t letter, decision;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
  test_resize (GTK_WIDGET (desk.window), 1080, 1920);
  g_assert_true (gtk_widget_compute_bounds (desk.window->letter, GTK_WIDGET (desk.window), &letter));
  g_assert_true (gtk_widget_compute_bounds (desk.window->decision, GTK_WIDGET (desk.window), &decision));
  g_assert_cmpfloat (letter.size.width, >, 700);
  g_assert_cmpfloat (letter.size.width, ==, decision.size.width);
  g_assert_cmpfloat (letter.origin.y + letter.size.height, <=, decision.origin.y);

  test_resize (GTK_WIDGET (desk.window), 1366, 768);
  g_assert_true (gtk_widget_compute_bounds (desk.window->letter, GTK_WIDGET (desk.window), &letter));
  g_assert_true (gtk_widget_compute_bounds (desk.window->decision, GTK_WIDGET (desk.window), &decision));
  g_assert_cmpfloat (letter.origin.x + letter.size.width, <=, decision.origin.x);
}

static int
measure_width (GtkWidget *window)
{
  int width;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

/* It opens no wider than it was to be, since it needs less than one that lies. */
static void
an_upright_window_opens_upright (void)
{
  g_auto (Desk) desk = { 0 };
  int width;

  desk_init (&desk);
  desk.window = acc_desk_window_new (NULL, desk.session);
  width = measure_width (GTK_WIDGET (desk.window)) - 1;
  gtk_window_set_default_size (GTK_WINDOW (desk.window), width, 1900);
  gtk_window_present (GTK_WINDOW (desk.window));
  test_settle (GTK_WIDGET (desk.window));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (desk.window)), ==, 1900);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (desk.window)), ==, width);
}

static gboolean
is_as_wide (Desk *desk, gconstpointer width)
{
  return gtk_widget_get_width (GTK_WIDGET (desk->window)) == GPOINTER_TO_INT (width);
}

/* What is asked scrolls: it makes no window higher than its screen, not even one that was upright before. */
static void
a_panel_fits_a_low_screen (void)
{
  static const char *const verbs[] = { "Take words out…", "Decline…" };
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      desk_click (&desk, verbs[i]);
      test_resize (GTK_WIDGET (desk.window), 1080, 1800);
      gtk_window_set_default_size (GTK_WINDOW (desk.window), 1366, 768);
      desk_wait_for (&desk, "a wide window", is_as_wide, GINT_TO_POINTER (1366));
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (desk.window)), ==, 768);
      desk_click (&desk, "Back");
    }
}

/* However many orders there are for a delivery. */
static void
orders_leave_the_letter_its_width (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (AccStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  int width;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  route (&desk);
  width = measure_decision (&desk);
  store = acc_archive_open (desk.store, ACC_STORE_WRITE, &error);
  statement = acc_statement_new (store, "UPDATE delivery SET state = 'unsure', reason = 'connection lost'", &error);
  acc_statement_run (statement, &error);
  g_assert_no_error (error);
  acc_desk_window_open_letter (desk.window, number, FALSE);
  desk_see (&desk, "may have arrived");
  g_assert_true (desk_offers (&desk, "Mark as sent: Jessica Okafor"));
  g_assert_cmpint (measure_decision (&desk), ==, width);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-panels/lock-clears-receipts", nothing_of_a_routed_letter_stays_after_the_lock);
  g_test_add_func ("/desk-panels/lock-clears-reason", nothing_of_a_reason_stays_after_the_lock);
  g_test_add_func ("/desk-panels/late-button", a_button_that_is_late_records_nothing);
  g_test_add_func ("/desk-panels/focus", a_receipt_leaves_the_focus_where_it_is);
  g_test_add_func ("/desk-panels/width", a_sentence_leaves_the_letter_its_width);
  g_test_add_func ("/desk-panels/in-view", what_is_written_stays_in_view_when_a_sentence_comes);
  g_test_add_func ("/desk-panels/dark", what_is_written_stands_out_in_the_dark);
  g_test_add_func ("/desk-panels/low", a_panel_fits_a_low_screen);
  g_test_add_func ("/desk-panels/upright", an_upright_window_has_room_for_the_letter);
  g_test_add_func ("/desk-panels/opens-upright", an_upright_window_opens_upright);
  g_test_add_func ("/desk-panels/orders", orders_leave_the_letter_its_width);
  return g_test_run ();
}
