/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preparing a letter for a client, at the desk: whom it is for, and what becomes of it at the kiosk. */
#include "desk-support.h"
#include "memory-support.h"
#include "support.h"
#include "window-support.h"

#include <string.h>

#include "base/clock.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "inbox/inbox.h"

#define LIFE (ACC_HANDOVER_MINUTES * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define BEGUN "The client has begun at the kiosk."
#define TAKEN_BACK "The prepared letter was taken back at another desk. The kiosk no longer offers it."
#define OVER "Nobody began in time. The kiosk no longer offers the prepared letter."

/* The kiosk's end. */
static AccHandoverWatch *
kiosk_new (Desk *desk)
{
  g_autofree char *inbox = acc_inbox_path (desk->store);

  return acc_handover_watch_new ("", inbox);
}

static gboolean
has_note (Desk *desk, gconstpointer kiosk)
{
  return acc_handover_watch_get ((AccHandoverWatch *) kiosk) != NULL;
}

static gboolean
has_none (Desk *desk, gconstpointer kiosk)
{
  return !has_note (desk, kiosk);
}

static GtkWidget *
entry (Desk *desk, const char *id)
{
  return test_find (GTK_WIDGET (desk->window->prepare), id);
}

static void
type (Desk *desk, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry (desk, id)), text);
  test_settle (GTK_WIDGET (desk->window));
}

static gboolean
knows_people (Desk *desk, gconstpointer data)
{
  return desk->window->directory != NULL;
}

static void
begin (Desk *desk)
{
  desk_init (desk);
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, "the directory", knows_people, NULL);
  desk_click (desk, "Prepare a letter");
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry (desk, "name"))))));
}

static void
hand_over (Desk *desk)
{
  type (desk, "name", "Somebody New");
  type (desk, "department", "Vaults");
  desk_click (desk, "Offer it at the kiosk");
  desk_see (desk, "Somebody New · Vaults");
}

static void
a_person_of_the_directory_need_not_be_spelled (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;
  const AccHandover *note;

  begin (&desk);
  kiosk = kiosk_new (&desk);
  type (&desk, "name", "jess ok");
  g_signal_emit_by_name (entry (&desk, "name"), "activate"); /* the only one there */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (&desk, "name"))), ==, "Jessica Okafor");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (&desk, "department"))), ==, "Fraud Operations");
  g_assert_false (gtk_widget_get_visible (entry (&desk, "matches")));
  g_signal_emit_by_name (entry (&desk, "department"), "activate");
  desk_see (&desk, "Jessica Okafor · Fraud Operations");
  desk_wait_for (&desk, "the note", has_note, kiosk);
  note = acc_handover_watch_get (kiosk);
  g_assert_cmpstr (note->name, ==, "Jessica Okafor");
  g_assert_cmpstr (note->department, ==, "Fraud Operations");
}

static void
of_several_people_nobody_is_taken_by_mistake (void)
{
  g_auto (Desk) desk = { 0 };
  GtkWidget *matches;

  begin (&desk);
  type (&desk, "name", "d");
  matches = entry (&desk, "matches");
  g_assert_nonnull (gtk_widget_get_next_sibling (gtk_widget_get_first_child (matches)));
  g_signal_emit_by_name (entry (&desk, "name"), "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (&desk, "name"))), ==, "d");
  g_assert_true (gtk_widget_has_focus (gtk_widget_get_first_child (matches)));
}

static void
without_a_name_nothing_is_offered (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  kiosk = kiosk_new (&desk);
  type (&desk, "name", "  ");
  desk_click (&desk, "Offer it at the kiosk");
  desk_see (&desk, "Write the name of the person whom the client wants to thank.");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry (&desk, "name")), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  type (&desk, "name", "4111 1111 1111 1111");
  g_assert_false (desk_shows (&desk, "Write the name of the person whom the client wants to thank."));
  desk_click (&desk, "Offer it at the kiosk");
  test_settle (GTK_WIDGET (desk.window));
  g_assert_true (gtk_widget_get_visible (entry (&desk, "problem")));
  g_assert_null (acc_handover_watch_get (kiosk));
}

static void
assert_invalid (Desk *desk, const char *id, GtkAccessibleInvalidState invalid)
{
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry (desk, id)), GTK_ACCESSIBLE_STATE_INVALID, invalid);
}

static void
the_field_concerned_is_marked_until_it_changes (void)
{
  g_auto (Desk) desk = { 0 };

  begin (&desk);
  type (&desk, "name", "Somebody New");
  type (&desk, "department", "4111 1111 1111 1111");
  desk_click (&desk, "Offer it at the kiosk");
  test_settle (GTK_WIDGET (desk.window));
  g_assert_true (gtk_widget_get_visible (entry (&desk, "problem")));
  assert_invalid (&desk, "name", GTK_ACCESSIBLE_INVALID_FALSE);
  assert_invalid (&desk, "department", GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry (&desk, "department"))))));
  type (&desk, "department", "Vaults");
  g_assert_false (gtk_widget_get_visible (entry (&desk, "problem")));
  assert_invalid (&desk, "department", GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
the_banker_is_told_that_the_client_has_begun (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;
  g_autoptr (AccHandover) taken = NULL;

  begin (&desk);
  hand_over (&desk);
  kiosk = kiosk_new (&desk);
  taken = acc_handover_watch_take (kiosk);
  g_assert_nonnull (taken);
  desk_see (&desk, BEGUN);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (&desk, "name"))), ==, ""); /* for the next client */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (&desk, "department"))), ==, "");
}

/* … also among the letters, where the button says that something waits. */
static void
the_banker_goes_on_with_the_letters_meanwhile (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  hand_over (&desk);
  desk_click (&desk, "Back to the letters");
  g_assert_nonnull (desk_find_button (&desk, "A letter waits at the kiosk"));
  kiosk = kiosk_new (&desk);
  acc_handover_watch_erase (kiosk);
  desk_see (&desk, BEGUN);
  desk_click (&desk, "Prepare a letter");
  g_assert_false (gtk_widget_get_visible (entry (&desk, "outcome"))); /* the next client's is not told of this one's */
}

static void
the_banker_is_told_that_nobody_began (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  acc_clock_freeze (acc_clock_now (), 0);
  hand_over (&desk);
  acc_clock_freeze (acc_clock_now (), LIFE);
  kiosk = kiosk_new (&desk); /* which erases it */
  desk_see (&desk, OVER);
  acc_clock_freeze (-1, -1);
}

static void
the_banker_is_told_that_another_desk_took_it_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) other = NULL;

  begin (&desk);
  hand_over (&desk);
  other = kiosk_new (&desk);
  acc_handover_watch_take_back (other);
  desk_see (&desk, TAKEN_BACK);
  g_assert_false (desk_shows (&desk, BEGUN));
}

/* What became of the first one can be told no more precisely. */
static void
the_banker_is_told_that_another_one_waits (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) other = NULL;
  g_autoptr (AccHandover) next = acc_handover_new ("Jessica Okafor", "Fraud Operations");
  g_autoptr (GError) error = NULL;

  begin (&desk);
  hand_over (&desk);
  other = kiosk_new (&desk);
  acc_handover_watch_take_back (other);
  acc_handover_watch_leave (other, next, &error); /* before this desk's turn */
  g_assert_no_error (error);
  desk_see (&desk, "Jessica Okafor · Fraud Operations");
  desk_see (&desk, "The letter prepared for Somebody New waits no longer: a client has begun, or a desk took it back.");
  g_assert_false (desk_shows (&desk, BEGUN));
  g_assert_false (desk_shows (&desk, TAKEN_BACK));
}

static void
it_can_be_taken_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  kiosk = kiosk_new (&desk);
  hand_over (&desk);
  desk_wait_for (&desk, "the note", has_note, kiosk);
  desk_click (&desk, "Offer it no longer");
  desk_wait_for (&desk, "no note", has_none, kiosk);
  g_assert_false (desk_shows (&desk, BEGUN));
  g_assert_false (desk_shows (&desk, TAKEN_BACK)); /* who has done it knows */
  g_assert_true (gtk_widget_get_visible (entry (&desk, "form")));
}

static void
while_it_is_prepared_no_key_decides_a_letter (void)
{
  g_auto (Desk) desk = { 0 };
  g_auto (GStrv) names = NULL;
  GActionGroup *actions;

  desk_init (&desk);
  g_free (desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL));
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, "1 new letter");
  desk_wait_for (&desk, "a letter to work on", desk_offers, "Work on this");
  actions = G_ACTION_GROUP (desk.window->review);
  g_assert_true (g_action_group_get_action_enabled (actions, "claim"));
  desk_click (&desk, "Prepare a letter");
  names = g_action_group_list_actions (actions);
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_false (g_action_group_get_action_enabled (actions, names[i]));
  desk_click (&desk, "Back");
  g_assert_true (g_action_group_get_action_enabled (actions, "claim"));
}

/* It is the client's by then. What was typed is not. */
static void
signing_out_leaves_it_at_the_kiosk (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  kiosk = kiosk_new (&desk);
  hand_over (&desk);
  acc_desk_window_leave (desk.window);
  desk_wait_for (&desk, "the note", has_note, kiosk);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (&desk, "name"))), ==, "");
  desk_wait_for (&desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (&desk, DESK_DANIEL);
  desk_type_passphrase (&desk, DESK_PASSPHRASE);
  desk_click (&desk, "Sign in");
  desk_click (&desk, "A letter waits at the kiosk");
  desk_see (&desk, "Somebody New · Vaults");
}

static void
the_desks_end_takes_it_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  kiosk = kiosk_new (&desk);
  hand_over (&desk);
  desk_wait_for (&desk, "the note", has_note, kiosk);
  gtk_window_destroy (GTK_WINDOW (desk.window));
  desk.window = NULL;
  desk_wait_for (&desk, "no note", has_none, kiosk);
}

/* A question or a call that is under way holds the window, and the program ends before that lets go. */
static void
the_desks_end_takes_it_back_at_once (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccDeskWindow) held = NULL;
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  begin (&desk);
  hand_over (&desk);
  held = g_object_ref (desk.window);
  gtk_window_destroy (GTK_WINDOW (desk.window));
  desk.window = NULL;
  kiosk = kiosk_new (&desk);
  g_assert_null (acc_handover_watch_get (kiosk));
}

int
main (int argc, char **argv)
{
  char *session = memory_session_new ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-handover/directory", a_person_of_the_directory_need_not_be_spelled);
  g_test_add_func ("/desk-handover/several", of_several_people_nobody_is_taken_by_mistake);
  g_test_add_func ("/desk-handover/no-name", without_a_name_nothing_is_offered);
  g_test_add_func ("/desk-handover/field-concerned", the_field_concerned_is_marked_until_it_changes);
  g_test_add_func ("/desk-handover/begun", the_banker_is_told_that_the_client_has_begun);
  g_test_add_func ("/desk-handover/meanwhile", the_banker_goes_on_with_the_letters_meanwhile);
  g_test_add_func ("/desk-handover/over", the_banker_is_told_that_nobody_began);
  g_test_add_func ("/desk-handover/another-desk", the_banker_is_told_that_another_desk_took_it_back);
  g_test_add_func ("/desk-handover/another-one-waits", the_banker_is_told_that_another_one_waits);
  g_test_add_func ("/desk-handover/taken-back", it_can_be_taken_back);
  g_test_add_func ("/desk-handover/keys", while_it_is_prepared_no_key_decides_a_letter);
  g_test_add_func ("/desk-handover/signing-out", signing_out_leaves_it_at_the_kiosk);
  g_test_add_func ("/desk-handover/desk-ends", the_desks_end_takes_it_back);
  g_test_add_func ("/desk-handover/desk-ends-at-once", the_desks_end_takes_it_back_at_once);
  status = g_test_run ();
  test_folder_free (session);
  return status;
}
