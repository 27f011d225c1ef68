/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banker's notebook at the desk: opened from anywhere, found in as one types, and kept as one goes on. */
#include "desk-support.h"
#include "memory-support.h"
#include "support.h"
#include "window-support.h"

#include "desk/desk-app.h"
#include "desk/desk-window-private.h"

#define NOBODY_YET "Nobody is noted yet. Whomever you send a letter about is noted here, and you can find others by name."

static GtkWidget *
part (Desk *desk, const char *id)
{
  return test_find (GTK_WIDGET (desk->window->notebook), id);
}

static gboolean
knows_people (Desk *desk, gconstpointer data)
{
  return desk->window->directory != NULL;
}

static void
open_notebook (Desk *desk)
{
  desk_click (desk, "Notebook");
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (part (desk, "query"))))));
}

static void
begin (Desk *desk)
{
  desk_init (desk);
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, "the directory", knows_people, NULL);
  open_notebook (desk);
  desk_see (desk, NOBODY_YET);
}

static void
type_query (Desk *desk, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (part (desk, "query")), text);
  test_settle (GTK_WIDGET (desk->window));
}

static void
write_words (Desk *desk, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (part (desk, "good_at"))), text, -1);
}

static char *
dup_words (Desk *desk)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (part (desk, "good_at")));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
close_notebook (Desk *desk)
{
  g_signal_emit_by_name (desk->window->notebook, "closed");
  test_settle (GTK_WIDGET (desk->window));
}

/* Finds a person of the directory and notes them. */
static void
note_person (Desk *desk, const char *query)
{
  GtkWidget *row;

  type_query (desk, query);
  row = gtk_widget_get_first_child (part (desk, "others"));
  g_assert_nonnull (row);
  g_signal_emit_by_name (part (desk, "others"), "row-activated", row);
  test_settle (GTK_WIDGET (desk->window));
}

static guint
count_people (Desk *desk)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (part (desk, "people")); row != NULL; row = gtk_widget_get_next_sibling (row))
    n += gtk_widget_get_child_visible (row) ? 1 : 0;
  return n;
}

static gboolean
has_people (Desk *desk, gconstpointer n)
{
  return count_people (desk) == GPOINTER_TO_UINT (n);
}

static void
a_person_of_the_directory_is_noted_and_kept (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *words = NULL;

  begin (&desk);
  note_person (&desk, "jess ok");
  g_assert_true (gtk_widget_is_focus (part (&desk, "good_at")));
  write_words (&desk, "cards stopped abroad");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (part (&desk, "call_again")), TRUE);
  close_notebook (&desk); /* at once: nothing has been kept by the clock yet */

  open_notebook (&desk);
  desk_wait_for (&desk, "one person", has_people, GUINT_TO_POINTER (1));
  type_query (&desk, "abroad");
  g_assert_cmpuint (count_people (&desk), ==, 1);
  g_signal_emit_by_name (part (&desk, "query"), "activate");
  desk_see (&desk, "Jessica Okafor");
  words = dup_words (&desk);
  g_assert_cmpstr (words, ==, "cards stopped abroad");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (part (&desk, "call_again"))));
  g_assert_false (gtk_widget_get_visible (part (&desk, "others"))); /* noted already */
}

static void
what_was_being_written_outlasts_the_sign_out (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *words = NULL;

  begin (&desk);
  note_person (&desk, "jess ok");
  write_words (&desk, "calm");
  acc_desk_window_leave (desk.window);
  g_assert_null (gtk_widget_get_first_child (part (&desk, "people")));
  desk_sign_in (&desk, DESK_ANA);
  open_notebook (&desk);
  desk_wait_for (&desk, "one person", has_people, GUINT_TO_POINTER (1));
  g_signal_emit_by_name (part (&desk, "query"), "activate");
  words = dup_words (&desk);
  g_assert_cmpstr (words, ==, "calm");
}

static void
nobody_elses_is_shown (void)
{
  g_auto (Desk) desk = { 0 };

  begin (&desk);
  note_person (&desk, "jess ok");
  acc_desk_window_leave (desk.window);
  desk_sign_in (&desk, DESK_DANIEL);
  desk_wait_for (&desk, "the directory", knows_people, NULL);
  open_notebook (&desk);
  desk_see (&desk, NOBODY_YET);
}

static void
who_is_removed_can_be_put_back (void)
{
  g_auto (Desk) desk = { 0 };

  begin (&desk);
  note_person (&desk, "jess ok");
  write_words (&desk, "calm");
  desk_click (&desk, "Remove from the notebook");
  desk_see (&desk, "Jessica Okafor is no longer in your notebook.");
  g_assert_true (gtk_widget_is_focus (part (&desk, "put_back")));
  g_assert_null (gtk_widget_get_first_child (part (&desk, "people")));
  desk_click (&desk, "Put it back");
  close_notebook (&desk);
  open_notebook (&desk);
  desk_wait_for (&desk, "one person", has_people, GUINT_TO_POINTER (1));
  type_query (&desk, "calm");
  g_assert_cmpuint (count_people (&desk), ==, 1);
}

static void
it_goes_back_to_where_it_was_opened (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "the directory", knows_people, NULL);
  desk_click (&desk, "Prepare a letter");
  gtk_editable_set_text (GTK_EDITABLE (test_find (GTK_WIDGET (desk.window->prepare), "name")), "Somebody");
  g_action_group_activate_action (G_ACTION_GROUP (desk.window->desk), "notebook", NULL);
  desk_see (&desk, NOBODY_YET);
  close_notebook (&desk);
  g_assert_true (acc_desk_window_is_preparing (desk.window));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find (GTK_WIDGET (desk.window->prepare), "name"))), ==, "Somebody");
}

/* The page of keys lies over everything: from there nothing else is opened that would never be closed with it. */
static void
it_is_not_opened_over_the_keys (void)
{
  g_auto (Desk) desk = { 0 };
  GActionGroup *actions;

  desk_init (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "the directory", knows_people, NULL);
  actions = G_ACTION_GROUP (desk.window->desk);
  g_action_group_activate_action (actions, "shortcuts", NULL);
  g_assert_false (g_action_group_get_action_enabled (actions, "notebook"));
  g_action_group_activate_action (actions, "notebook", NULL);
  g_signal_emit_by_name (desk.window->shortcuts, "closed");
  g_assert_false (acc_desk_window_is_away (desk.window));
  g_assert_true (g_action_group_get_action_enabled (actions, "notebook"));

  /* the other way round it goes back to the notebook, and from there to the letters */
  g_action_group_activate_action (actions, "notebook", NULL);
  g_action_group_activate_action (actions, "shortcuts", NULL);
  g_signal_emit_by_name (desk.window->shortcuts, "closed");
  desk_see (&desk, NOBODY_YET);
  close_notebook (&desk);
  g_assert_false (acc_desk_window_is_away (desk.window));
}

static void
whoever_a_letter_is_sent_about_is_noted (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_click (&desk, "Approve and route");
  desk_see (&desk, "Routed");
  open_notebook (&desk);
  desk_wait_for (&desk, "one person", has_people, GUINT_TO_POINTER (1));
  g_signal_emit_by_name (part (&desk, "query"), "activate");
  desk_see (&desk, "1 letter of yours so far");
}

int
main (int argc, char **argv)
{
  char *session = memory_session_new ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-notebook/a-person-of-the-directory-is-noted-and-kept", a_person_of_the_directory_is_noted_and_kept);
  g_test_add_func ("/desk-notebook/what-was-being-written-outlasts-the-sign-out", what_was_being_written_outlasts_the_sign_out);
  g_test_add_func ("/desk-notebook/nobody-elses-is-shown", nobody_elses_is_shown);
  g_test_add_func ("/desk-notebook/who-is-removed-can-be-put-back", who_is_removed_can_be_put_back);
  g_test_add_func ("/desk-notebook/it-goes-back-to-where-it-was-opened", it_goes_back_to_where_it_was_opened);
  g_test_add_func ("/desk-notebook/it-is-not-opened-over-the-keys", it_is_not_opened_over_the_keys);
  g_test_add_func ("/desk-notebook/whoever-a-letter-is-sent-about-is-noted", whoever_a_letter_is_sent_about_is_noted);
  status = g_test_run ();
  test_folder_free (session);
  return status;
}
