/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history is told of letters as they really are in the store: who approved them, for whom, with which covers. */
#include "route/recall.h"

#include <string.h>

#include "review/approvals.h"
#include "route/cover.h"
#include "route/folder-door.h"
#include "route/routing.h"
#include "route-support.h"
#include "staff/directory-table.h"

static void
recall (AccHistory *history, const RouteSession *session)
{
  g_autoptr (GError) error = NULL;

  acc_recall (history, session->desk, session->identity, session->letter, &error);
  g_assert_no_error (error);
}

static AccPlan *
plan_of (const RouteSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = acc_directory_table_load (session->desk, session->identity, NULL, &error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J"), acc_directory_find_id (directory, "T") };

  g_assert_no_error (error);
  return acc_plan_new (acc_opened_letter_get_letter (session->letter), directory, employees,
                       acc_identity_get_banker (session->identity));
}

static void
clear_cover (gpointer data)
{
  AccCoverDone *cover = data;

  g_free (cover->paragraph);
  g_bytes_unref (cover->cover_pdf);
}

static void
route (const RouteSession *session, const char *outbox)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPlan) plan = plan_of (session);
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  g_autoptr (AccDoor) door = acc_folder_door_new (outbox);
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);
  g_autoptr (GArray) covers = g_array_new (FALSE, TRUE, sizeof (AccCoverDone));

  g_array_set_clear_func (covers, clear_cover);
  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);
      AccCoverDone cover = { .paragraph = g_strdup_printf ("A note for %s.", recipient->person->name) };

      cover.cover_pdf = acc_cover_write (acc_opened_letter_get_letter (session->letter), ROUTE_NUMBER, recipient,
                                         acc_identity_get_banker (session->identity), cover.paragraph, FALSE, letterhead,
                                         "Market Street", &error);
      g_assert_no_error (error);
      g_array_append_val (covers, cover);
    }
  acc_routing_prepare (session->desk, session->identity, session->letter, plan, (const AccCoverDone *) covers->data,
                       doors, &error);
  g_assert_no_error (error);
  acc_routing_hand_over (session->desk, session->identity, session->letter, doors, &error);
  g_assert_no_error (error);
}

static void
assert_pairs (AccHistory *history, const char *number, guint j, guint t)
{
  g_autoptr (AccPrecedents) precedents = acc_history_look (history, number, 90);

  g_assert_cmpuint (acc_precedents_count_pair (precedents, "J"), ==, j);
  g_assert_cmpuint (acc_precedents_count_pair (precedents, "T"), ==, t);
}

static void
a_waiting_letter_is_nobodys (void)
{
  g_autoptr (AccHistory) history = acc_history_new ();
  RouteBranch branch;
  RouteSession session;

  route_branch_set_up (&branch, TRUE);
  route_session_open (&session, &branch);
  recall (history, &session);
  assert_pairs (history, "another", 0, 0);
  route_session_close (&session);
  route_branch_remove (&branch);
}

/* An approved letter is known by the ids in its deliveries, encrypted in the store; before they are there, by nobody's. */
static void
a_routed_letter_is_known_by_whom_it_was_for (void)
{
  g_autoptr (AccHistory) history = acc_history_new ();
  g_autoptr (AccPrecedents) precedents = NULL;
  RouteBranch branch;
  RouteSession session;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  recall (history, &session);
  assert_pairs (history, "another", 0, 0);
  route (&session, branch.outbox);
  route_session_close (&session);

  route_session_open (&session, &branch);
  recall (history, &session);
  assert_pairs (history, "another", 1, 1);
  assert_pairs (history, ROUTE_NUMBER, 0, 0); /* itself does not count */
  precedents = acc_history_look (history, "another", 90);
  g_assert_cmpuint (g_strv_length (precedents->covers), >=, 3);
  g_assert_true (g_str_has_prefix (precedents->covers[0], "A note for Person "));
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
an_approval_is_its_bankers (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (GError) error = NULL;
  g_autofree char *at = NULL, *others = NULL, *unknown = NULL;

  route_branch_set_up_approved (&branch, FALSE);
  route_session_open (&session, &branch);
  acc_approval_find (session.desk, ROUTE_NUMBER, acc_identity_get_banker (session.identity)->id, &at, &error);
  g_assert_no_error (error);
  acc_approval_find (session.desk, ROUTE_NUMBER, 99, &others, &error);
  g_assert_no_error (error);
  acc_approval_find (session.desk, "00000000-0000-4000-8000-000000000000", 1, &unknown, &error);
  g_assert_no_error (error);
  g_assert_nonnull (at);
  g_assert_true (g_str_has_prefix (at, "2026-11-21T10:42"));
  g_assert_null (others);
  g_assert_null (unknown);
  route_session_close (&session);
  route_branch_remove (&branch);
}

/* ---- what both supervisors are told ---- */

static void
both_supervisors_are_told_and_nobody_else (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccPlan) plan = NULL;
  guint n_told = 0;

  route_branch_set_up (&branch, FALSE);
  route_session_open (&session, &branch);
  plan = plan_of (&session);
  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);
      g_autofree char *told
        = acc_cover_tell_pair (recipient, acc_identity_get_banker (session.identity), recipient->employee, 6, 90);

      g_assert_cmpint (told != NULL, ==,
                       recipient->role == ACC_ROLE_SUPERVISOR || recipient->role == ACC_ROLE_OWN_SUPERVISOR);
      n_told += told != NULL;
      if (told != NULL)
        g_assert_cmpstr (told, ==,
                         "For your information: letters about Person J that Daniel Reyes approved in the last 90 days: 6.");
    }
  g_assert_cmpuint (n_told, ==, 2);
  route_session_close (&session);
  route_branch_remove (&branch);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  route_freeze_clock ();
  g_test_add_func ("/recall/waiting-letter", a_waiting_letter_is_nobodys);
  g_test_add_func ("/recall/routed-letter", a_routed_letter_is_known_by_whom_it_was_for);
  g_test_add_func ("/recall/approval-is-its-bankers", an_approval_is_its_bankers);
  g_test_add_func ("/recall/both-supervisors-are-told", both_supervisors_are_told_and_nobody_else);
  return g_test_run ();
}
