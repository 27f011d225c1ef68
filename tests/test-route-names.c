/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that were taken out of a letter, in all that leaves the branch. */
#include "route-support.h"
#include "support.h"

#include "letter/passages.h"
#include "paper/edition.h"
#include "review/black-out.h"
#include "route/folder-door.h"
#include "vault/hash.h"

/* Takes the client's name and what the addressee is called out of what leaves. */
static void
take_names_out (const RouteSession *session)
{
  AccLetter *letter = acc_opened_letter_get_letter (session->letter);
  const AccPassage names[] = { { ACC_FIELD_FROM_NAME, 0, 1 }, { ACC_FIELD_TO_CALLED, 0, 1 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) passages = acc_passages_new (letter, names, G_N_ELEMENTS (names), &error);
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  const AccEdition edition = { letter, "Market Street", ROUTE_NUMBER, FALSE, passages };
  g_autoptr (GBytes) pdf = acc_edition_write (&edition, letterhead, &error);
  const AccBlackOut order = { passages, "The client asked for it.", pdf, ACC_NAMED_NOT };

  g_assert_no_error (error);
  acc_black_out (session->desk, session->identity, session->letter, &order, &error);
  g_assert_no_error (error);
}

static void
route (const RouteSession *session, const char *outbox)
{
  g_autoptr (AccDoor) door = acc_folder_door_new (outbox);
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);
  g_autoptr (AccPlan) plan = route_plan_of (session);
  g_autoptr (GArray) covers = route_write_covers (session, plan);
  g_autoptr (GError) error = NULL;

  acc_routing_prepare (session->desk, session->identity, session->letter, plan, (const AccCoverDone *) covers->data, doors,
                       &error);
  g_assert_no_error (error);
  acc_routing_hand_over (session->desk, session->identity, session->letter, doors, &error);
  g_assert_no_error (error);
}

static AccLetter *
letter_by (const char *client, const char *called)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  route_letter_fields (&fields, TRUE);
  g_free (fields.from[0].name);
  g_free (fields.to[0].called);
  fields.from[0].name = g_strdup (client);
  fields.to[0].called = g_strdup (called);
  acc_signature_unref (fields.from[0].signature);
  fields.from[0].signature = acc_signature_new_typed (client);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

/* All that leaves of that letter, and what it is called: "name/name: hash" in lines. */
static char *
route_without_names (const char *client, const char *called)
{
  static const char *const suffixes[] = { ".pdf", "-cover.pdf", ".eml" };
  static const char *const packages[]
    = { "1-supervisor", "2-employee", "3-supervisor", "4-employee", "5-own-supervisor" };
  g_autoptr (AccLetter) letter = letter_by (client, called);
  g_autoptr (GString) all = NULL;
  RouteBranch branch;
  RouteSession session;

  route_branch_set_up_with (&branch, letter);
  route_branch_decide (&branch, (const AccMove[]){ ACC_MOVE_CLAIM }, 1);
  route_session_open (&session, &branch);
  take_names_out (&session);
  route_session_close (&session);
  route_branch_decide (&branch, (const AccMove[]){ ACC_MOVE_APPROVE }, 1);
  route_session_open (&session, &branch);
  route (&session, branch.outbox);
  all = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (packages) * G_N_ELEMENTS (suffixes); i++)
    {
      const char *package = packages[i / G_N_ELEMENTS (suffixes)], *suffix = suffixes[i % G_N_ELEMENTS (suffixes)];
      g_autoptr (GBytes) bytes = route_read_outbox (&branch, package, suffix);
      g_autofree char *hash = acc_hash_bytes (bytes);

      g_string_append_printf (all, "%s%s: %s\n", package, suffix, hash);
    }

  g_autofree char *names = route_list_folder (branch.outbox);

  g_string_append (all, names);
  route_session_close (&session);
  route_branch_remove (&branch);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* Letter, cover and message: nobody who gets them can tell who it was, not by their size and not by a guess. */
static void
names_taken_out_change_nothing_that_leaves (void)
{
  g_autofree char *one = route_without_names ("Li", "Jo");
  g_autofree char *other = route_without_names ("Maria del Carmen Hernández y Fernández", "our dear Mrs Okafor");

  g_assert_cmpstr (one, ==, other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  route_freeze_clock ();
  g_test_add_func ("/route-names/change-nothing-that-leaves", names_taken_out_change_nothing_that_leaves);
  return g_test_run ();
}
