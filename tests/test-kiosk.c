/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/file.h"
#include "inbox/accepted-key-table.h"
#include "inbox/inbox.h"
#include "kiosk/answer.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/light.h"
#include "kiosk/step.h"
#include "kit/ask.h"
#include "kit/typing.h"
#include "kit/sheet.h"
#include "kiosk-support.h"
#include "support.h"
#include "window-support.h"

static void
test_a_letter_goes_all_the_way (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  write_letter (&kiosk);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  assert_one_letter (&kiosk);
  act (&kiosk, "letter.finish");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  kiosk_clear (&kiosk);
}

static void
test_back_keeps_everything (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  while (step_of (&kiosk) != ACC_STEP_WELCOME)
    act (&kiosk, "letter.back");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_STORY_NEED, 0), ==,
                   "My mother's card was blocked on a Friday afternoon.");

  act (&kiosk, "letter.next");
  g_assert_true (test_shows_text (page_of (&kiosk), "Wilhelmina Quist"));
  g_assert_true (test_shows_text (page_of (&kiosk), "Fraud Operations"));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (test_find (page_of (&kiosk), "branch"))));
  while (step_of (&kiosk) != ACC_STEP_SIGN)
    act (&kiosk, "letter.next");
  g_assert_true (test_shows_text (page_of (&kiosk), "Maria López"));
  while (step_of (&kiosk) != ACC_STEP_READ)
    act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  kiosk_clear (&kiosk);
}

static void
go_to_first_name (Kiosk *kiosk)
{
  act (kiosk, "letter.next");
}

static void
go_to_department (Kiosk *kiosk)
{
  act (kiosk, "letter.next");
  answer_and_go_on (kiosk, "name", "Jessica");
  answer_and_go_on (kiosk, "called", "");
}

static void
go_to_banker (Kiosk *kiosk)
{
  say_who (kiosk);
  tell_story (kiosk);
  tick (kiosk, "yes");
  act (kiosk, "letter.next");
}

static void
go_to_own_name (Kiosk *kiosk)
{
  say_who (kiosk);
  tell_story (kiosk);
  act (kiosk, "letter.next");
}

static void
test_missing_is_said_only_after_trying (void)
{
  static const struct {
    void (*go) (Kiosk *kiosk);
    const char *id;
    const char *mended;
  } rows[] = {
    { go_to_first_name, "name", "Jessica" },
    { go_to_department, "department", "Cards" },
    { go_to_banker, "name", "Daniel" },
    { go_to_own_name, "name", "Maria" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AccAnswer *asked;
      GtkAccessible *control;
      Kiosk kiosk;

      kiosk_init (&kiosk);
      rows[i].go (&kiosk);
      asked = answer_of (&kiosk, rows[i].id);
      control = GTK_ACCESSIBLE (acc_answer_get_control (asked));
      g_assert_cmpstr (acc_answer_get_message (asked), ==, "");

      answer (&kiosk, rows[i].id, "\xC2\xA0 ");
      act (&kiosk, "letter.next");
      g_assert_cmpstr (question_of (&kiosk), ==, rows[i].id);
      g_assert_cmpstr (acc_answer_get_message (asked), !=, "");
      gtk_test_accessible_assert_state (control, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (control), "error"));

      answer (&kiosk, rows[i].id, rows[i].mended);
      g_assert_cmpstr (acc_answer_get_message (asked), ==, "");
      gtk_test_accessible_assert_state (control, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
      kiosk_clear (&kiosk);
    }
}

static void
test_story_may_have_gaps_but_not_be_empty (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  for (guint i = 0; i < 3; i++)
    act (&kiosk, "letter.next");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_STORY);
  g_assert_cmpstr (question_of (&kiosk), ==, "need");
  g_assert_cmpstr (acc_answer_get_message (answer_of (&kiosk, "need")), !=, "");

  act (&kiosk, "letter.next");
  act (&kiosk, "letter.next");
  answer_and_go_on (&kiosk, "difference", "The card worked.");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_BANKER);
  kiosk_clear (&kiosk);
}

static void
test_lights_show_which_parts_have_words (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  g_assert_false (acc_light_is_lit (ACC_LIGHT (test_find (page_of (&kiosk), "need_light"))));
  answer (&kiosk, "need", "My card was lost.");
  g_assert_true (acc_light_is_lit (ACC_LIGHT (test_find (page_of (&kiosk), "need_light"))));
  g_assert_false (acc_light_is_lit (ACC_LIGHT (test_find (page_of (&kiosk), "act_light"))));
  answer (&kiosk, "need", " ");
  g_assert_false (acc_light_is_lit (ACC_LIGHT (test_find (page_of (&kiosk), "need_light"))));
  kiosk_clear (&kiosk);
}

static void
test_story_can_be_told_in_one_piece (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  answer_and_go_on (&kiosk, "need", "A card.");
  answer_and_go_on (&kiosk, "act", "She looked.");
  act (&kiosk, "letter.back");
  tick (&kiosk, "one_piece");
  g_assert_cmpstr (question_of (&kiosk), ==, "act");
  g_assert_true (test_shows_text (acc_answer_get_control (answer_of (&kiosk, "act")), "A card.\n\nShe looked."));
  act (&kiosk, "letter.next");
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_BANKER);
  kiosk_clear (&kiosk);
}

/* What is typed by real keys stands in the form and on the sheet. */
static void
test_story_is_typed_on_the_sheet (void)
{
  graphene_rect_t before, after;
  AccSheet *sheet;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  test_settle (kiosk.window);
  sheet = ACC_SHEET (test_find (kiosk.window, "sheet"));
  g_assert_true ((gpointer) acc_sheet_get_text_view (sheet) == acc_answer_get_control (answer_of (&kiosk, "need")));
  g_assert_true (acc_sheet_find_caret (sheet, 0, &before));
  test_key (kiosk.window, "H");
  test_key (kiosk.window, "i");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_STORY_NEED, 0), ==, "Hi");
  g_assert_true (acc_sheet_find_caret (sheet, 2, &after));
  g_assert_cmpfloat (after.origin.x, >, before.origin.x + 5);

  test_key (kiosk.window, "ctrl+Return");
  g_assert_cmpstr (question_of (&kiosk), ==, "act");
  g_assert_true ((gpointer) acc_sheet_get_text_view (sheet) == acc_answer_get_control (answer_of (&kiosk, "act")));
  kiosk_clear (&kiosk);
}

static void
test_return_in_an_entry_goes_on (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  act (&kiosk, "letter.next");
  test_settle (kiosk.window);
  test_key (kiosk.window, "J");
  test_key (kiosk.window, "Return");
  g_assert_cmpstr (question_of (&kiosk), ==, "called");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_TO_NAME, 0), ==, "J");
  kiosk_clear (&kiosk);
}

static void
test_department_can_be_chosen (void)
{
  GtkWidget *button;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  go_to_department (&kiosk);
  test_settle (kiosk.window);
  button = test_find_button (page_of (&kiosk), "Loan Servicing");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_TO_DEPARTMENT, 0), ==, "Loan Servicing");
  answer (&kiosk, "department", "fraud");
  test_settle (kiosk.window);
  g_assert_false (gtk_widget_get_child_visible (gtk_widget_get_parent (button)));
  g_assert_true (
    gtk_widget_get_child_visible (gtk_widget_get_parent (test_find_button (page_of (&kiosk), "Fraud Operations"))));
  kiosk_clear (&kiosk);
}

static void
test_a_card_number_stops_the_way (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  answer (&kiosk, "need", "My card 4111 1111 1111 1111 was blocked.");
  g_assert_nonnull (strstr (acc_answer_get_message (answer_of (&kiosk, "need")), "card number"));
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "need");
  answer (&kiosk, "need", "My card was blocked.");
  g_assert_cmpstr (acc_answer_get_message (answer_of (&kiosk, "need")), ==, "");
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "act");
  kiosk_clear (&kiosk);
}

/* The tag that marks a number in a story, where it begins and ends. */
static void
assert_marked (Kiosk *kiosk, int start, int end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (acc_answer_get_text_view (answer_of (kiosk, "need")));
  GtkTextTag *mark = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), ACC_TYPING_MARK);
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (buffer, &iter);
  g_assert_cmpint (gtk_text_iter_forward_to_tag_toggle (&iter, mark), ==, end > 0);
  if (end == 0)
    return;
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, start);
  g_assert_true (gtk_text_iter_forward_to_tag_toggle (&iter, mark));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, end);
}

static void
test_what_only_looks_like_a_number_is_asked_about (void)
{
  GtkWidget *something_else;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  answer (&kiosk, "need", "Żółw, my account 12345678 was stopped.");
  something_else = test_find (GTK_WIDGET (answer_of (&kiosk, "need")), "something_else");
  g_assert_nonnull (strstr (acc_answer_get_message (answer_of (&kiosk, "need")), "an account number: “12345678”"));
  g_assert_true (gtk_widget_get_visible (something_else));
  assert_marked (&kiosk, 17, 25);
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "need");
  g_signal_emit_by_name (something_else, "clicked");
  g_assert_cmpstr (acc_answer_get_message (answer_of (&kiosk, "need")), ==, "");
  g_assert_false (gtk_widget_get_visible (something_else));
  assert_marked (&kiosk, 0, 0);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (acc_answer_get_text_view (answer_of (&kiosk, "need")))));
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "act");

  /* Another number is another question, and a card is none. */
  act (&kiosk, "letter.back");
  answer (&kiosk, "need", "My account 12345678, PIN 4321");
  assert_marked (&kiosk, 25, 29);
  g_assert_true (gtk_widget_get_visible (something_else));
  answer (&kiosk, "need", "My card 4111 1111 1111 1111");
  assert_marked (&kiosk, 8, 27);
  g_assert_false (gtk_widget_get_visible (something_else));
  kiosk_clear (&kiosk);
}

static void
test_what_cannot_be_printed_is_left_out_with_a_note (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  act (&kiosk, "letter.next");
  answer (&kiosk, "name", "Jes\xE2\x80\x8Bsica");
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_TO_NAME, 0), ==, "Jessica");
  g_assert_true (test_shows_text (page_of (&kiosk), "were left out"));
  kiosk_clear (&kiosk);
}

static void
test_send_twice_is_one_letter (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  gtk_widget_activate_action (GTK_WIDGET (letter_of (&kiosk)), "letter.send", NULL);
  gtk_widget_activate_action (GTK_WIDGET (letter_of (&kiosk)), "letter.send", NULL);
  g_assert_false (gtk_widget_is_sensitive (test_find (kiosk.window, "next")));
  test_wait (is_sent, kiosk.window);
  assert_one_letter (&kiosk);
  kiosk_clear (&kiosk);
}

static gboolean
has_failed (gpointer window)
{
  GtkWidget *next = test_find (window, "next");

  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (next)), "Try again") == 0 && gtk_widget_is_sensitive (next);
}

/* While this work lasts, nobody else can write. */
static gboolean
send_while_locked (AccStore *inbox, gpointer data, GError **error)
{
  act (data, "letter.send");
  test_wait (has_failed, ((Kiosk *) data)->window);
  return TRUE;
}

static void
test_a_failure_is_said_and_tried_again_with_the_same_letter (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) other = NULL;
  g_autofree char *number = NULL;
  g_autoptr (GPtrArray) numbers = NULL;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  number = g_strdup (acc_ready_letter_get_number (acc_letter_page_get_ready (letter_of (&kiosk))));
  other = acc_inbox_open (kiosk.store_dir, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  acc_store_transact (other, send_while_locked, &kiosk, &error);
  g_assert_no_error (error);

  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_READ);
  g_assert_true (gtk_widget_get_visible (test_find (page_of (&kiosk), "failure")));
  numbers = list_inbox (&kiosk);
  g_assert_cmpuint (numbers->len, ==, 0);

  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  assert_one_letter (&kiosk);
  g_ptr_array_unref (numbers);
  numbers = list_inbox (&kiosk);
  g_assert_cmpstr (g_ptr_array_index (numbers, 0), ==, number);
  kiosk_clear (&kiosk);
}

static void
test_a_change_after_reading_makes_a_new_letter_of_the_same_number (void)
{
  g_autoptr (AccReadyLetter) first = NULL;
  AccReadyLetter *second;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  first = g_object_ref (acc_letter_page_get_ready (letter_of (&kiosk)));

  act (&kiosk, "letter.back");
  act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  g_assert_true (acc_letter_page_get_ready (letter_of (&kiosk)) == first);

  act (&kiosk, "letter.back");
  tick (&kiosk, "share");
  act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  second = acc_letter_page_get_ready (letter_of (&kiosk));
  g_assert_true (second != first);
  g_assert_cmpstr (acc_ready_letter_get_number (second), ==, acc_ready_letter_get_number (first));
  g_assert_true (acc_letter_get_fields (acc_ready_letter_get_letter (second))->consent_share);
  kiosk_clear (&kiosk);
}

static gboolean
is_made (gpointer kiosk)
{
  return acc_letter_page_get_ready (letter_of (kiosk)) != NULL;
}

/* The letter is made while consent is still being given: what is read is what stands there when it is asked for. */
static void
test_a_change_while_the_letter_is_made_is_in_it (void)
{
  GtkCheckButton *share;
  AccLetter *letter;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  act (&kiosk, "letter.back");
  share = GTK_CHECK_BUTTON (test_find (page_of (&kiosk), "share"));
  gtk_check_button_set_active (share, TRUE);
  gtk_check_button_set_active (share, FALSE);
  act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  letter = acc_ready_letter_get_letter (acc_letter_page_get_ready (letter_of (&kiosk)));
  g_assert_false (acc_letter_get_fields (letter)->consent_share);
  kiosk_clear (&kiosk);
}

/* Nobody need wait for it who thinks for a moment. */
static void
test_the_letter_is_made_ahead (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  act (&kiosk, "letter.back");
  tick (&kiosk, "share");
  test_wait (is_made, &kiosk);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_SIGN);
  kiosk_clear (&kiosk);
}

static void
test_start_again_leaves_nothing (void)
{
  GtkWidget *answer_button;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (kiosk.window), "Wilhelmina");
  act (&kiosk, "letter.start-again");
  g_assert_true (acc_ask_is_open (ACC_ASK (test_find (kiosk.window, "ask"))));
  acc_ask_answer (ACC_ASK (test_find (kiosk.window, "ask")), FALSE);
  test_settle (kiosk.window);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_READ);

  act (&kiosk, "letter.start-again");
  answer_button = test_find (kiosk.window, "yes_button");
  g_signal_emit_by_name (answer_button, "clicked");
  test_settle (kiosk.window);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  assert_nothing_left (&kiosk);
  g_assert_false (gdk_clipboard_is_local (gtk_widget_get_clipboard (kiosk.window))
                  && gdk_clipboard_get_content (gtk_widget_get_clipboard (kiosk.window)) != NULL);
  for (AccField field = ACC_FIELD_TO_NAME; field <= ACC_FIELD_TO_DEPARTMENT; field++)
    g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), field, 0), ==, "");
  kiosk_clear (&kiosk);
}

static void
test_sending_leaves_nothing (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  assert_nothing_left (&kiosk);
  g_assert_null (acc_letter_page_get_ready (letter_of (&kiosk)));
  kiosk_clear (&kiosk);
}

/* Every control of an answer is named by its question, described by its hint, and knows where its error stands. */
static void
assert_named (GtkWidget *widget, guint *n)
{
  if (ACC_IS_ANSWER (widget))
    {
      GtkAccessible *control = GTK_ACCESSIBLE (acc_answer_get_control (ACC_ANSWER (widget)));
      GtkWidget *question = gtk_widget_get_first_child (widget);

      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (question)), !=, "");
      gtk_test_accessible_assert_relation (control, GTK_ACCESSIBLE_RELATION_LABELLED_BY, question, NULL);
      g_assert_true (gtk_test_accessible_has_relation (control, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
      g_assert_true (gtk_test_accessible_has_relation (control, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE));
      *n += 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child, n);
}

static void
test_every_answer_has_a_name (void)
{
  guint n = 0;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  assert_named (test_find (kiosk.window, "pages"), &n);
  g_assert_cmpuint (n, ==, 4 + 4 + 3 + 6);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test_find (kiosk.window, "next")), GTK_ACCESSIBLE_ROLE_BUTTON);
  kiosk_clear (&kiosk);
}

static void
test_verbs_fit_the_step (void)
{
  static const struct {
    AccStep step;
    const char *enabled[5];
  } rows[] = {
    { ACC_STEP_WELCOME, { "letter.next" } },
    { ACC_STEP_WHO, { "letter.next", "letter.back", "letter.start-again" } },
    { ACC_STEP_STORY, { "letter.next", "letter.back", "letter.start-again" } },
    { ACC_STEP_BANKER, { "letter.next", "letter.back", "letter.start-again" } },
    { ACC_STEP_SIGN, { "letter.next", "letter.back", "letter.start-again" } },
    { ACC_STEP_READ, { "letter.send", "letter.back", "letter.start-again", "letter.larger" } },
    { ACC_STEP_SENT, { "letter.finish" } },
  };
  static void (*const ways[]) (Kiosk * kiosk) = { say_who, tell_story, thank_banker, sign_by_typing };
  Kiosk kiosk;

  kiosk_init (&kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (i == 1)
        act (&kiosk, "letter.next");
      else if (i == 2)
        {
          act (&kiosk, "letter.back");
          say_who (&kiosk);
        }
      else if (i >= 3 && i <= 5)
        ways[i - 2](&kiosk);
      if (rows[i].step == ACC_STEP_READ)
        {
          act (&kiosk, "letter.next");
          test_wait (can_send, kiosk.window);
        }
      if (rows[i].step == ACC_STEP_SENT)
        {
          act (&kiosk, "letter.send");
          test_wait (is_sent, kiosk.window);
        }
      g_assert_cmpint (step_of (&kiosk), ==, rows[i].step);
      for (guint j = 0; j < G_N_ELEMENTS (rows[i].enabled) && rows[i].enabled[j] != NULL; j++)
        {
          GtkWidget *button = gtk_button_new ();

          gtk_actionable_set_action_name (GTK_ACTIONABLE (button), rows[i].enabled[j]);
          gtk_box_append (GTK_BOX (test_find (kiosk.window, "brand")), button);
          g_assert_true (gtk_widget_is_sensitive (button));
          gtk_box_remove (GTK_BOX (test_find (kiosk.window, "brand")), button);
        }
      g_assert_cmpint (gtk_widget_get_visible (test_find (kiosk.window, "foot")), ==,
                       rows[i].step > ACC_STEP_WELCOME && rows[i].step < ACC_STEP_SENT);
    }
  kiosk_clear (&kiosk);
}

static void
test_a_signature_can_be_drawn (void)
{
  static const graphene_point_t curve[] = { { 60, 60 }, { 120, 30 }, { 180, 80 }, { 240, 40 } };
  const AccLetterFields *fields;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  go_to_own_name (&kiosk);
  answer_and_go_on (&kiosk, "name", "Maria López");
  test_settle (kiosk.window);
  test_drag (test_find (page_of (&kiosk), "pad"), curve, G_N_ELEMENTS (curve));
  fields = acc_form_get_fields (form_of (&kiosk));
  g_assert_nonnull (fields->from[0].signature);
  g_assert_cmpint (acc_signature_get_kind (fields->from[0].signature), ==, ACC_SIGNATURE_STROKES);
  act (&kiosk, "letter.next");
  g_assert_cmpstr (question_of (&kiosk), ==, "asked");
  kiosk_clear (&kiosk);
}

static void
test_without_a_key_nothing_is_captured (void)
{
  GtkWidget *look_again;
  Kiosk kiosk = { .store_dir = make_branch () };

  open_kiosk (&kiosk);
  g_assert_null (letter_of (&kiosk));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (test_find (kiosk.window, "reason"))), !=, "");

  write_branch_key (kiosk.store_dir);
  look_again = test_find (kiosk.window, "look_again");
  g_signal_emit_by_name (look_again, "clicked");
  while (letter_of (&kiosk) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  kiosk_clear (&kiosk);
}

/* As the desk does it: from then on only this key counts. */
static void
accept_only (const char *store_dir, AccBranchKey *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_WRITE, &error);

  g_assert_no_error (error);
  acc_accepted_key_set_only (inbox, key, &error);
  g_assert_no_error (error);
}

static void
test_with_another_branchs_key_nothing_is_captured (void)
{
  static const guint8 other[32] = { 9, 1 };
  g_autoptr (AccBranchKey) key = acc_branch_key_new (other);
  Kiosk kiosk = { .store_dir = make_branch () };
  const char *reason;

  write_branch_key (kiosk.store_dir);
  accept_only (kiosk.store_dir, key);
  open_kiosk (&kiosk);
  g_assert_null (letter_of (&kiosk));
  reason = gtk_label_get_text (GTK_LABEL (test_find (kiosk.window, "reason")));
  g_assert_nonnull (strstr (reason, "branch.pub"));
  kiosk_clear (&kiosk);
}

/* The branch gets a new key while a client writes: the letter is sealed for that one. */
static void
test_a_running_kiosk_follows_a_new_key (void)
{
  static const guint8 other[32] = { 9, 1 };
  g_autoptr (AccBranchKey) key = acc_branch_key_new (other);
  g_autoptr (GBytes) file = acc_branch_key_to_file (key);
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (AccStore) inbox = NULL;
  g_autoptr (AccInboxLetter) letter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  path = acc_inbox_branch_key_path (kiosk.store_dir);
  accept_only (kiosk.store_dir, key);
  acc_file_write (path, file, 0644, &error);
  g_assert_no_error (error);
  test_wait (can_send, kiosk.window);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  numbers = list_inbox (&kiosk);
  g_assert_cmpuint (numbers->len, ==, 1);
  inbox = acc_inbox_open (kiosk.store_dir, ACC_STORE_READ, &error);
  letter = acc_inbox_find (inbox, g_ptr_array_index (numbers, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (letter->sealed->branch_key, ==, acc_branch_key_get_id (key));
  kiosk_clear (&kiosk);
}

static void
test_without_a_store_nothing_is_made (void)
{
  Kiosk kiosk = { .store_dir = test_folder_new () };
  g_autofree char *path = acc_inbox_path (kiosk.store_dir);

  open_kiosk (&kiosk);
  g_assert_null (letter_of (&kiosk));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  kiosk_clear (&kiosk);
}

/* On the screens that a kiosk has, nothing is cut off at any question, and nothing has to be scrolled to. */
static void
test_every_question_fits_every_screen (void)
{
  static const struct {
    int width, height;
  } screens[] = { { 1920, 1080 }, { 1366, 768 }, { 1080, 1920 } };

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Kiosk kiosk = { .width = screens[i].width, .height = screens[i].height, .must_fit = TRUE };

      kiosk.store_dir = make_branch ();
      write_branch_key (kiosk.store_dir);
      open_kiosk (&kiosk);
      assert_fits (&kiosk);
      write_letter (&kiosk);
      act (&kiosk, "letter.back");
      tick (&kiosk, "contact");
      assert_fits (&kiosk);
      act (&kiosk, "letter.next");
      test_wait (can_send, kiosk.window);
      act (&kiosk, "letter.send");
      test_wait (is_sent, kiosk.window);
      assert_fits (&kiosk);
      kiosk_clear (&kiosk);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk/a-letter-goes-all-the-way", test_a_letter_goes_all_the_way);
  g_test_add_func ("/kiosk/back-keeps-everything", test_back_keeps_everything);
  g_test_add_func ("/kiosk/missing-is-said-only-after-trying", test_missing_is_said_only_after_trying);
  g_test_add_func ("/kiosk/story-may-have-gaps-but-not-be-empty", test_story_may_have_gaps_but_not_be_empty);
  g_test_add_func ("/kiosk/lights-show-which-parts-have-words", test_lights_show_which_parts_have_words);
  g_test_add_func ("/kiosk/story-can-be-told-in-one-piece", test_story_can_be_told_in_one_piece);
  g_test_add_func ("/kiosk/story-is-typed-on-the-sheet", test_story_is_typed_on_the_sheet);
  g_test_add_func ("/kiosk/return-in-an-entry-goes-on", test_return_in_an_entry_goes_on);
  g_test_add_func ("/kiosk/department-can-be-chosen", test_department_can_be_chosen);
  g_test_add_func ("/kiosk/a-card-number-stops-the-way", test_a_card_number_stops_the_way);
  g_test_add_func ("/kiosk/what-only-looks-like-a-number-is-asked-about",
                   test_what_only_looks_like_a_number_is_asked_about);
  g_test_add_func ("/kiosk/what-cannot-be-printed-is-left-out-with-a-note",
                   test_what_cannot_be_printed_is_left_out_with_a_note);
  g_test_add_func ("/kiosk/send-twice-is-one-letter", test_send_twice_is_one_letter);
  g_test_add_func ("/kiosk/a-failure-is-said-and-tried-again-with-the-same-letter",
                   test_a_failure_is_said_and_tried_again_with_the_same_letter);
  g_test_add_func ("/kiosk/a-change-after-reading-makes-a-new-letter-of-the-same-number",
                   test_a_change_after_reading_makes_a_new_letter_of_the_same_number);
  g_test_add_func ("/kiosk/a-change-while-the-letter-is-made-is-in-it",
                   test_a_change_while_the_letter_is_made_is_in_it);
  g_test_add_func ("/kiosk/the-letter-is-made-ahead", test_the_letter_is_made_ahead);
  g_test_add_func ("/kiosk/start-again-leaves-nothing", test_start_again_leaves_nothing);
  g_test_add_func ("/kiosk/sending-leaves-nothing", test_sending_leaves_nothing);
  g_test_add_func ("/kiosk/every-answer-has-a-name", test_every_answer_has_a_name);
  g_test_add_func ("/kiosk/verbs-fit-the-step", test_verbs_fit_the_step);
  g_test_add_func ("/kiosk/a-signature-can-be-drawn", test_a_signature_can_be_drawn);
  g_test_add_func ("/kiosk/without-a-key-nothing-is-captured", test_without_a_key_nothing_is_captured);
  g_test_add_func ("/kiosk/with-another-branchs-key-nothing-is-captured",
                   test_with_another_branchs_key_nothing_is_captured);
  g_test_add_func ("/kiosk/a-running-kiosk-follows-a-new-key", test_a_running_kiosk_follows_a_new_key);
  g_test_add_func ("/kiosk/without-a-store-nothing-is-made", test_without_a_store_nothing_is_made);
  g_test_add_func ("/kiosk/every-question-fits-every-screen", test_every_question_fits_every_screen);
  return g_test_run ();
}
